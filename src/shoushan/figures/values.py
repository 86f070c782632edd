"""Values of measures on any day: as of, by area and category, as a series, with the members behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from shoushan.figures import arithmetic, naming
from shoushan.figures.measures import Measure
from shoushan.ledger import api as ledger

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SUBDISTRICT_DIGITS: Final = 9
COMMUNITY_DIGITS: Final = 12


class Part(NamedTuple):
    """One line of a breakdown."""

    key: str
    name: StrOrPromise
    value: int | Decimal | None
    numerator: int
    denominator: int | None

    @property
    def is_record(self) -> bool:
        """Is it named by a record, in Chinese for every reader? Labels of the program wait for their reader's language."""
        return isinstance(self.name, str)


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure's value with everything that it was computed from."""

    measure: Measure
    as_of: date
    value: int | Decimal | None
    numerator: int
    denominator: int | None
    frame: str = ""
    by: str = ""
    parts: list[Part] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The answer of the command line and the API."""
        return {
            "code": self.measure.code,
            "name": str(self.measure.name),
            "as_of": self.as_of.isoformat(),
            "value": arithmetic.plain(self.value),
            "unit": self.measure.unit,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "base": str(self.measure.base),
            "frame": self.frame,
            "by": {part.key: arithmetic.plain(part.value) for part in self.parts},
            "names": {part.key: str(part.name) for part in self.parts},
        }


class Member(NamedTuple):
    """A subject behind a figure, with its part of the numerator, also as it is `shown` in the measure's unit."""

    subject: str
    name: str
    amount: int
    shown: int | Decimal

    def as_dict(self) -> dict[str, Any]:
        """The answer of the command line, in the ledger's own unit."""
        return {"subject": self.subject, "name": self.name, "amount": self.amount}


Lines = list[tuple[str, str, int]]
"""Area, category, amount."""
Names = Mapping[str, "StrOrPromise"]


Moves = Sequence[tuple[ledger.Account, ledger.Account, int]]


def moves_within(moves: Moves, areas: Sequence[str]) -> Moves:
    """The moves of an entry that concern someone who answers for these area prefixes: one of their sides lies there."""
    return [
        move for move in moves if any(account.area.startswith(area) for account in move[:2] for area in areas if area)
    ]


def concerns(line: ledger.EntryLine, areas: Sequence[str], *, district: str) -> bool:
    """Does an entry concern someone who answers for these area prefixes?

    One that moved nothing lies where its subject was ever counted; a subject that was never counted anywhere (a frame, a
    release) concerns those who answer for the whole district.
    """
    moves = line.moves or [move for each in ledger.timeline(line.subject) for move in each.moves]
    return bool(moves_within(moves, areas)) if moves else any(district.startswith(area) for area in areas)


def evaluate(
    measure: Measure,
    *,
    as_of: date,
    areas: Sequence[str] = (),
    by: str = "",
    depth: int = SUBDISTRICT_DIGITS,
    known_at: int | None = None,
    category: str = "",
) -> Figure:
    """The measure's value at the end of `as_of`, within area prefixes, broken down by `area` or `category`.

    `known_at` is the size of a seal: the answer as it was known then. `category` narrows it to one.
    """
    top = _lines(measure, measure.numerator, as_of, areas, known_at, category)
    bottom = _lines(measure, measure.denominator, as_of, areas, known_at, category) if measure.is_rate else None
    return figure_from_lines(
        measure, as_of, top, bottom, by=by, depth=depth, frame=frame_in_force(measure, as_of, known_at)
    )


def evaluate_many(
    measures: Iterable[Measure], *, as_of: date, areas: Sequence[str] = (), by: str = ""
) -> dict[str, Figure]:
    """Several measures of one day, by code; the ledger is asked once a day that they look at, not once a measure."""
    wanted = list(measures)
    days: dict[date, set[str]] = {as_of: set()}
    for each in wanted:
        days[as_of].update(each.numerator, each.denominator)
        days.setdefault(arithmetic.days_before(as_of, each.days_back), set()).update(each.numerator)
    lines = {day: _lines_by_code(codes, day, areas) for day, codes in days.items()}
    frames = {each.frame_kind: each for each in wanted}
    in_force = {kind: frame_in_force(each, as_of) for kind, each in frames.items()}
    names = {kind: naming.breakdown_names(kind) for kind in {_breakdown(each, by) for each in wanted}} if by else {}
    found = {}
    for each in wanted:
        top = [line for code in each.numerator for line in lines[as_of].get(code, ())]
        if each.days_back:
            earlier = lines[arithmetic.days_before(as_of, each.days_back)]
            top += [(area, kind, -amount) for code in each.numerator for area, kind, amount in earlier.get(code, ())]
        bottom = [line for code in each.denominator for line in lines[as_of].get(code, ())] if each.is_rate else None
        found[each.code] = figure_from_lines(
            each,
            as_of,
            top,
            bottom,
            by=by,
            depth=SUBDISTRICT_DIGITS,
            frame=in_force[each.frame_kind],
            names=names.get(_breakdown(each, by)),
        )
    return found


def _lines_by_code(codes: Iterable[str], as_of: date, areas: Sequence[str]) -> dict[str, Lines]:
    found: dict[str, Lines] = {}
    for account, amount in ledger.balances(sorted(codes), as_of=as_of, areas=areas):
        found.setdefault(account.code, []).append((account.area, account.category, amount))
    return found


def _lines(
    measure: Measure, codes: Sequence[str], as_of: date, areas: Sequence[str], known_at: int | None, category: str
) -> Lines:
    lines = _balance_lines(codes, as_of, areas, known_at, category)
    if measure.days_back:
        earlier = _balance_lines(codes, arithmetic.days_before(as_of, measure.days_back), areas, known_at, category)
        lines += [(area, category, -amount) for area, category, amount in earlier]
    return lines


def _balance_lines(
    codes: Sequence[str], as_of: date, areas: Sequence[str], known_at: int | None, category: str
) -> Lines:
    found = ledger.balances(codes, as_of=as_of, areas=areas, known_at=known_at, category=category)
    return [(account.area, account.category, amount) for account, amount in found]


def figure_from_lines(
    measure: Measure,
    as_of: date,
    top: Lines,
    bottom: Lines | None,
    *,
    by: str,
    depth: int,
    frame: str,
    names: Names | None = None,
) -> Figure:
    """Put a figure together from the lines of its parts; `names` are those of its breakdown where they are known."""
    numerator = sum(amount for _, _, amount in top)
    denominator = None if bottom is None else sum(amount for _, _, amount in bottom)
    value = arithmetic.value_of(numerator, denominator, measure.decimals, measure.scale, measure.factor)
    parts: list[Part] = []
    if by:
        names = naming.breakdown_names(_breakdown(measure, by)) if names is None else names
        parts = _parts(measure, top, bottom, by, depth, names)
    return Figure(measure, as_of, value, numerator, denominator, frame, by, parts)


def _breakdown(measure: Measure, by: str) -> str:
    """Under which name the names of its parts are registered."""
    return measure.categories if by == "category" else by


def _parts(measure: Measure, top: Lines, bottom: Lines | None, by: str, depth: int, names: Names) -> list[Part]:
    tops = arithmetic.sums_by(top, by, depth)
    bottoms = arithmetic.sums_by(bottom, by, depth) if bottom is not None else {}
    order = [key for key in names if key in tops or key in bottoms]
    order += sorted((tops.keys() | bottoms.keys()) - names.keys())
    parts = []
    for key in order:
        over = tops.get(key, 0)
        under = bottoms.get(key, 0) if bottom is not None else None
        value = arithmetic.value_of(over, under, measure.decimals, measure.scale, measure.factor)
        parts.append(Part(key, names.get(key, key), value, over, under))
    return parts


def frame_in_force(measure: Measure, as_of: date, known_at: int | None = None) -> str:
    """Name of the frame list that the measure's figures stand on; empty for measures without a frame."""
    if not measure.frame_kind:
        return ""
    entry = ledger.last_entry(measure.frame_kind, as_of=as_of, known_at=known_at)
    return str(entry.details.get("frame", "")) if entry else ""


def members(
    measure: Measure, *, as_of: date, areas: Sequence[str] = (), known_at: int | None = None, category: str = ""
) -> list[Member]:
    """The subjects behind the numerator, largest first; their amounts add up to it, always."""
    within: dict[str, Any] = {"areas": areas, "known_at": known_at, "category": category}
    amounts = dict(ledger.holders(measure.numerator, as_of=as_of, **within))
    if measure.days_back:
        earlier = arithmetic.days_before(as_of, measure.days_back)
        for subject, amount in ledger.holders(measure.numerator, as_of=earlier, **within):
            amounts[subject] = amounts.get(subject, 0) - amount
    kept = {subject: amount for subject, amount in amounts.items() if amount}
    names = naming.subject_names(kept)
    return sorted(
        (Member(subject, names[subject], amount, measure.shown(amount)) for subject, amount in kept.items()),
        key=lambda each: (-each.amount, each.name),
    )


class Compared(NamedTuple):
    """A figure beside the same of an earlier day."""

    figure: Figure
    before: int | Decimal | None

    @property
    def change(self) -> int | Decimal | None:
        """By how much it is more now; none where one of the days has none."""
        return arithmetic.change_of(self.figure.value, self.before)


def compared(figures: Iterable[Figure], *, with_day: date, areas: Sequence[str] = ()) -> list[Compared]:
    """Figures with those of another day, asked for within the same areas."""
    asked = list(figures)
    before = evaluate_many([each.measure for each in asked], as_of=with_day, areas=areas)
    return [Compared(each, before[each.measure.code].value) for each in asked]


Series = list[tuple[date, "int | Decimal | None"]]


def series(measure: Measure, *, first: date, last: date, areas: Sequence[str] = (), category: str = "") -> Series:
    """The measure's value on every day of a range, of one category where it is named."""
    return series_many([measure], first=first, last=last, areas=areas, category=category)[measure.code]


def series_many(
    measures: Iterable[Measure], *, first: date, last: date, areas: Sequence[str] = (), category: str = ""
) -> dict[str, Series]:
    """`series` of several measures by code; the ledger is asked twice in all, however many they are."""
    wanted = list(measures)
    since = min(arithmetic.days_before(first, each.days_back) for each in wanted)
    codes = sorted({code for each in wanted for code in (*each.numerator, *each.denominator)})
    running = ledger.sums_by_code(codes, as_of=arithmetic.days_before(since, 1), areas=areas, category=category)
    changes: dict[date, dict[str, int]] = {}
    for day, code, net in ledger.daily_sums(codes, first=since, last=last, areas=areas, category=category):
        changes.setdefault(day, {})[code] = net
    balances: dict[date, dict[str, int]] = {}
    for offset in range((last - since).days + 1):
        day = since + timedelta(days=offset)
        moved = changes.get(day, {})
        running = {code: running.get(code, 0) + moved.get(code, 0) for code in codes}
        balances[day] = running
    days = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    return {each.code: [(day, _value_on(each, balances, day)) for day in days] for each in wanted}


def _value_on(measure: Measure, balances: Mapping[date, Mapping[str, int]], day: date) -> int | Decimal | None:
    over = sum(balances[day][code] for code in measure.numerator)
    if measure.days_back:
        earlier = balances[arithmetic.days_before(day, measure.days_back)]
        over -= sum(earlier[code] for code in measure.numerator)
    under = sum(balances[day][code] for code in measure.denominator) if measure.is_rate else None
    return arithmetic.value_of(over, under, measure.decimals, measure.scale, measure.factor)


def begun_many(measures: Iterable[Measure], *, areas: Sequence[str] = ()) -> dict[str, date]:
    """`begun_on` of several measures by code, those without an entry left out."""
    wanted = list(measures)
    days = ledger.first_days(sorted({code for each in wanted for code in each.numerator}), areas=areas)
    begun = {each.code: [days[code] for code in each.numerator if code in days] for each in wanted}
    return {code: min(found) for code, found in begun.items() if found}


def begun_on(measure: Measure, *, areas: Sequence[str] = ()) -> date | None:
    """The day of the measure's first entry: a zero before it says that nothing was recorded, not that nothing was there."""
    return begun_many([measure], areas=areas).get(measure.code)
