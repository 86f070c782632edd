"""Typed columns of a sheet: how a cell is read, written, hinted at and summed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, field, replace
from datetime import date
from decimal import Decimal as Exact
from typing import Any, ClassVar, Final, Protocol, TypeAlias

from shoushan.exchange import messages
from shoushan.lib import codes, days, money, numbers, origins, texts
from shoushan.lib.readings import Cell, Reading

Raw: TypeAlias = Cell
"""What a file reader hands over for one cell; booleans arrive as the words TRUE and FALSE, as Excel shows them."""

Reader: TypeAlias = Callable[[Raw], Reading]


class MatchedArea(Protocol):
    """What an area matcher answers: at least a code and a name."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...


class AreaMatcher(Protocol):
    """Resolves the spelling of an area in memory (`directory.selectors.area_matcher`)."""

    def match(self, text: str, *args: Any, **kwargs: Any) -> MatchedArea | None: ...


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the readers of one file may know besides the cell."""

    on: date
    year: int | None = None
    epoch_1904: bool = False
    area_matcher: AreaMatcher | None = None


@dataclass(frozen=True, eq=False)
class Column:
    """One column of a sheet; `name` is the field, `title` the official heading."""

    name: str
    title: str
    _: KW_ONLY
    required: bool = False
    """The table must have the column, and every record a value in it."""
    may_be_blank: bool = False
    """With `required`: the column must be there, but a record may leave its cell empty."""
    synonyms: tuple[str, ...] = ()
    unit: str = ""
    hint: str = ""
    group: str = ""
    """Heading above this one in a two-level header, e.g. 其中; columns of one group stand side by side."""
    is_ditto_allowed: bool = False
    """同上 and a blank cell repeat the value above."""
    is_personal: bool = False
    control_total: bool = False
    """Takes part in the comparison with the sheet's own 合计 row, and is summed on export."""
    width: int = 14

    number_format: ClassVar[str] = "@"

    def reader(self, about: Circumstances) -> Reader:
        """The function that reads one non-empty cell of this column."""
        raise NotImplementedError

    def cell(self, value: Any) -> Raw:
        """What to write for a stored value, so that reading it again gives the value."""
        return None if value is None else str(value)

    def in_unit(self, total: Exact) -> Exact:
        """A sum of stored values in the unit of the heading."""
        return total

    def stored(self, amount: Exact) -> Exact:
        """The inverse of `in_unit`: an amount in the unit of the heading as values are stored."""
        return amount

    def for_heading(self, unit: str) -> Column | None:
        """This column for a file whose heading names `unit` instead of its own; None where it can't be read so."""
        return None

    @property
    def allowed(self) -> tuple[str, ...]:
        """The closed list for a drop-down, or nothing."""
        return ()


@dataclass(frozen=True, eq=False)
class Text(Column):
    """Free text, cleaned of line breaks, full-width letters and doubled blanks."""

    max_length: int = 200

    def reader(self, about: Circumstances) -> Reader:
        longest = self.max_length
        read_text = texts.read_text

        def read(raw: Raw) -> Reading:
            reading = read_text(raw)
            if reading.value is not None and len(reading.value) > longest:
                return messages.refusal("too_long", raw, suggestion=str(longest))
            return reading

        return read


@dataclass(frozen=True, eq=False)
class Uscc(Column):
    """A unified social credit code."""

    width: int = 22

    def reader(self, about: Circumstances) -> Reader:
        return codes.read_uscc


@dataclass(frozen=True, eq=False)
class ResidentId(Column):
    """A resident identity number."""

    width: int = 22
    is_personal: bool = True

    def reader(self, about: Circumstances) -> Reader:
        on, read_resident_id = about.on, codes.read_resident_id
        return lambda raw: read_resident_id(raw, on)


@dataclass(frozen=True, eq=False)
class Mobile(Column):
    """A mobile telephone number."""

    is_personal: bool = True

    def reader(self, about: Circumstances) -> Reader:
        return codes.read_mobile


@dataclass(frozen=True, eq=False)
class Industry(Column):
    """An industry code of GB/T 4754."""

    def reader(self, about: Circumstances) -> Reader:
        return codes.read_industry


@dataclass(frozen=True, eq=False)
class Whole(Column):
    """A whole number between `least` and `most`."""

    least: int | None = 0
    most: int | None = None
    number_format: ClassVar[str] = "0"

    def reader(self, about: Circumstances) -> Reader:
        unit, read_whole = self.unit, numbers.read_whole
        return bounded(lambda raw: read_whole(raw, unit=unit), self.least, self.most)

    def cell(self, value: Any) -> Raw:
        return None if value is None else int(value)


@dataclass(frozen=True, eq=False)
class Decimal(Column):
    """An exact decimal number with a fixed number of places."""

    places: int = 2
    least: Exact | None = None
    most: Exact | None = None
    number_format: ClassVar[str] = "General"

    def reader(self, about: Circumstances) -> Reader:
        places, unit, read_decimal = self.places, self.unit, numbers.read_decimal
        return bounded(lambda raw: read_decimal(raw, places, unit=unit), self.least, self.most)

    def cell(self, value: Any) -> Raw:
        return None if value is None else plain_number(Exact(value))


@dataclass(frozen=True, eq=False)
class Money(Column):
    """An amount of money in the heading's unit (万元, 亿元); the value is whole fen, never less than nothing.

    A cell that names another unit of money is converted; a part of a fen is rounded with a warning.
    """

    unit: str = "万元"
    number_format: ClassVar[str] = "General"

    def reader(self, about: Circumstances) -> Reader:
        unit, read_decimal = self.unit, numbers.read_decimal
        places = len(str(money.FEN_PER_UNIT[unit])) - 1

        def read(raw: Raw) -> Reading:
            reading = read_decimal(raw, places, unit=unit)
            return reading if reading.value is None else reading._replace(value=money.to_fen(reading.value, unit))

        return bounded(read, 0, None)

    def cell(self, value: Any) -> Raw:
        return None if value is None else plain_number(self.in_unit(Exact(value)).normalize())

    def in_unit(self, total: Exact) -> Exact:
        return money.from_fen(int(total), self.unit)

    def stored(self, amount: Exact) -> Exact:
        return amount * money.FEN_PER_UNIT[self.unit]

    def for_heading(self, unit: str) -> Column | None:
        """Amounts in any unit of money are as good: the whole column is converted."""
        return replace(self, unit=unit) if unit in money.FEN_PER_UNIT else None


@dataclass(frozen=True, eq=False)
class Years(Column):
    """From one year to another, in one cell: 2019-2021; one year alone is both."""

    def reader(self, about: Circumstances) -> Reader:
        def read(raw: Raw) -> Reading:
            text = texts.clean(int(raw) if isinstance(raw, float) and raw.is_integer() else raw)
            match = _YEARS.fullmatch(text)
            if match is None:
                return texts.common_failure(raw, text) or messages.refusal("not_years", raw)
            first = int(match["first"])
            last = int(match["last"] or first)
            return messages.refusal("years_backwards", raw) if last < first else Reading((first, last))

        return read

    def cell(self, value: Any) -> Raw:
        return None if value is None else f"{value[0]}-{value[1]}"


_YEAR: Final = r"(?:19|20)\d\d"
_MONTH: Final = r"(?:年|[./](?:1[0-2]|0?[1-9])|年(?:1[0-2]|0?[1-9])月)?"
_YEARS: Final = re.compile(
    rf"(?P<first>{_YEAR}){_MONTH}(?: ?(?:-|—|－|~|至|到)+ ?(?P<last>{_YEAR}){_MONTH})?", re.ASCII
)


@dataclass(frozen=True, eq=False)
class Percent(Column):
    """A percentage, kept in points: 85 is 85 %."""

    places: int = 2
    least: Exact | None = Exact(0)
    most: Exact | None = None
    number_format: ClassVar[str] = "@"

    def reader(self, about: Circumstances) -> Reader:
        places, read_percent = self.places, numbers.read_percent
        return bounded(lambda raw: read_percent(raw, places), self.least, self.most)

    def cell(self, value: Any) -> Raw:
        """With its sign: a bare 0.85 could be read as 85 %."""
        return None if value is None else f"{Exact(value).normalize():f}%"


@dataclass(frozen=True, eq=False)
class Day(Column):
    """A civil date."""

    number_format: ClassVar[str] = "yyyy-mm-dd"

    def reader(self, about: Circumstances) -> Reader:
        year, epoch_1904, read_day = about.year, about.epoch_1904, days.read_day
        return lambda raw: read_day(raw, year=year, epoch_1904=epoch_1904)

    def cell(self, value: Any) -> Raw:
        return value if isinstance(value, date) or value is None else str(value)


@dataclass(frozen=True, eq=False)
class Span(Column):
    """From one civil date to another, in one cell: 2020-02-12至2020-02-26."""

    def reader(self, about: Circumstances) -> Reader:
        year, epoch_1904 = about.year, about.epoch_1904

        def read(raw: Raw) -> Reading:
            text = texts.clean(raw)
            parts = [part for part in re.split(r"至|到|—|~|－|(?<=\D)-(?=\D)| - ", text) if part.strip()]
            if len(parts) != 2:
                return texts.common_failure(raw, text) or messages.refusal("not_a_span", raw)
            first, last = (days.read_day(part.strip(), year=year, epoch_1904=epoch_1904) for part in parts)
            if not isinstance(first.value, date) or not isinstance(last.value, date):
                return messages.refusal("not_a_span", raw)
            if last.value < first.value:
                return messages.refusal("span_backwards", raw)
            return Reading((first.value, last.value))

        return read

    def cell(self, value: Any) -> Raw:
        return None if value is None else f"{value[0].isoformat()}至{value[1].isoformat()}"


@dataclass(frozen=True, slots=True)
class NamedOrigin:
    """Where somebody comes from: the division code and the words."""

    code: str
    text: str


@dataclass(frozen=True, eq=False)
class Origin(Column):
    """The place that somebody comes from, by its province or city; the value is a NamedOrigin."""

    def reader(self, about: Circumstances) -> Reader:
        def read(raw: Raw) -> Reading:
            reading = origins.read_origin(raw)
            if reading.value is None:
                return reading
            return reading._replace(value=NamedOrigin(reading.value, texts.clean(raw)))

        return read

    def cell(self, value: Any) -> Raw:
        return value.text if isinstance(value, NamedOrigin) else value


@dataclass(frozen=True, eq=False)
class Choice(Column):
    """One of a closed list: accepted spelling -> stored code; the first spelling of a code is the one we write."""

    choices: Mapping[str, str] = field(default_factory=dict)

    def reader(self, about: Circumstances) -> Reader:
        known = {texts.match_key(spelling): code for spelling, code in self.choices.items()}
        known.update({texts.match_key(code): code for code in self.choices.values()})
        offered = "、".join(self.allowed)

        def read(raw: Raw) -> Reading:
            text = texts.clean(raw)
            code = known.get(texts.match_key(text))
            if code is not None:
                return Reading(code)
            return texts.common_failure(raw, text) or messages.refusal("not_a_choice", raw, suggestion=offered)

        return read

    def cell(self, value: Any) -> Raw:
        return next((spelling for spelling, code in self.choices.items() if code == value), value)

    @property
    def allowed(self) -> tuple[str, ...]:
        first: dict[str, str] = {}
        for spelling, code in self.choices.items():
            first.setdefault(code, spelling)
        return tuple(first.values())


@dataclass(frozen=True, eq=False)
class Area(Column):
    """An area by its name or alias; the value is its code. `level` is handed to the matcher when given."""

    level: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    """code -> name for writing; exports may pass their own by `with_names`."""

    def reader(self, about: Circumstances) -> Reader:
        matcher, level = about.area_matcher, self.level

        def read(raw: Raw) -> Reading:
            text = texts.clean(raw)
            area = None
            if matcher is not None:
                area = matcher.match(text, level) if level else matcher.match(text)
            if area is not None:
                return Reading(area.code)
            return texts.common_failure(raw, text) or messages.refusal("area_unknown", raw)

        return read

    def cell(self, value: Any) -> Raw:
        return None if value is None else self.names.get(value, value)


def bounded(read: Callable[[Any], Reading], least: Any, most: Any) -> Reader:
    """`read`, refusing what lies outside the two bounds."""

    def checked(raw: Raw) -> Reading:
        reading = read(raw)
        value = reading.value
        if value is None:
            return reading
        if least is not None and value < least:
            return messages.refusal("too_small", raw, suggestion=str(least))
        if most is not None and value > most:
            return messages.refusal("too_large", raw, suggestion=str(most))
        return reading

    return checked if least is not None or most is not None else read


def plain_number(value: Exact) -> int | float | str:
    """A number that a workbook keeps exactly (15 digits), otherwise its text."""
    if value == value.to_integral_value() and abs(value) < 10**15:
        return int(value)
    as_float = float(value)
    return as_float if Exact(repr(as_float)) == value else format(value, "f")
