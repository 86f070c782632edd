"""Numbers as officials write them: 1,096家, 1 096, full-width digits, 1.18亿元, (5), 85%, and — for "not stated"."""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Final

from shoushan.lib import money
from shoushan.lib.readings import EMPTY, Cell, Code, Reading, failure, warning
from shoushan.lib.texts import DASHES, common_failure, is_not_stated, narrow

MOST_DIGITS: Final = 15
"""What a spreadsheet keeps; longer numbers have already lost digits."""
MOST_PLACES: Final = 12
LONGEST_NUMBER: Final = 40
COUNTERS: Final = frozenset(
    {
        "家", "户", "个", "人", "名", "位", "人次", "项", "件", "次", "天", "日", "间", "套",
        "栋", "座", "辆", "台", "只", "份", "批", "条", "起", "处", "所", "吨", "℃",
    }
)  # fmt: skip
_LIMIT: Final = 10**MOST_DIGITS
_SCALES: Final = {"": 1, "百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12}
_SAME_UNIT: Final = money.SAME_UNIT | {"°C": "℃", "度": "℃"}
_KNOWN_UNITS: Final = COUNTERS | money.FEN_PER_UNIT.keys() | money.SQM_PER_UNIT.keys() | {"%", "‰"}
_NUMBER: Final = r"\d+(?:[, ]\d+)*(?:\.\d+)?"
_CELL: Final = re.compile(
    rf"(?P<open>\()?(?P<sign>[-+]?) ?(?P<yuan>[\u00a5\uffe5]?) ?(?P<number>{_NUMBER})"
    r" ?(?P<scale>(?:万亿|百万|千万|百|千|万|亿)?) ?(?P<unit>[^\d\s()]{0,6})(?P<close>\))?",
    re.ASCII,
)
_GROUPED: Final = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+", re.ASCII)
_APPROXIMATE: Final = re.compile(
    r"^(?:大约|大概|约|近|超过|超|逾|不足|至少|[~≈><≥≤])|(?:多|余|左右|上下|以上|以下|[+])(?=\D*$)|(?<=\d)几", re.ASCII
)
_RANGE: Final = re.compile(rf"\D{{0,3}}{_NUMBER}\D{{0,3}}(?:-|~|至|到){_NUMBER}\D{{0,4}}", re.ASCII)
_SCIENTIFIC: Final = re.compile(r"[-+]?\d+(?:\.\d*)?[Ee][+-]?\d+", re.ASCII)
_FOREIGN: Final = re.compile(r"美元|美金|欧元|港元|港币|日元|英镑|韩元|USD|EUR|HKD|JPY|GBP|US\$|\$|€|£", re.IGNORECASE)
_CHINESE_POINT: Final = re.compile(r"\d+。\d+", re.ASCII)
_QUANTA: Final = tuple(Decimal((0, (1,), -places)) for places in range(MOST_PLACES + 1))
_SMALL: Final[dict[float, Reading]] = {number: Reading(number) for number in range(10_000)}
"""Readings made beforehand: nearly every count of a ledger is below ten thousand, as int or as float."""
_WIDE: Final = Context(prec=MOST_DIGITS + MOST_PLACES + 1, rounding=ROUND_HALF_UP)


def read_whole(raw: Cell, *, unit: str = "") -> Reading:
    """A whole number of counted things; a unit in the cell must be `unit`, if the column names one."""
    if type(raw) is int or type(raw) is float:
        if small := _SMALL.get(raw):
            return small
        if type(raw) is int and -_LIMIT < raw < _LIMIT:
            return Reading(raw)
    elif type(raw) is str and raw.isdigit() and raw.isascii() and len(raw) <= MOST_DIGITS:
        return Reading(int(raw))
    reading = _exact(raw, unit)
    exact = reading.value
    if exact is None:
        return reading
    return failure(Code.NOT_WHOLE, raw) if exact.denominator != 1 else Reading(exact.numerator)


def read_decimal(raw: Cell, places: int, *, unit: str = "") -> Reading:
    """An exact decimal with `places` places (at most 12); longer ones are rounded half up with a warning.

    A unit of money or area in the cell is converted to `unit`, the column's own; without one it is refused.
    """
    plain = _plain(raw)
    if plain is not None:
        return _placed(plain, places, raw)
    reading = _exact(raw, unit)
    return reading if reading.value is None else _placed(reading.value, places, raw)


def read_percent(raw: Cell, places: int = 2) -> Reading:
    """Percent points: "85%" is 85, and so are 85 and, as spreadsheets keep a percentage, the float 0.85.

    Without a sign, above 1 means points and up to 1 means a fraction. That is certain only for a float between 0 and 1,
    because such a cell is formatted as a percentage; text such as "0.85", and a bare 1, are read so with a warning.
    """
    text = narrow(raw) if isinstance(raw, str) else ""
    has_sign = text.endswith(("%", "﹪"))
    reading = _unsigned(text[:-1].rstrip(), raw) if has_sign else _number(raw)
    exact = reading.value
    if exact is None:
        return failure(Code.NOT_A_NUMBER, raw) if has_sign and not reading.code else reading
    if has_sign or exact == 0 or abs(exact) > 1:
        return _placed(exact, places, raw)
    placed = _placed(exact * 100, places, raw)
    if placed.code or (isinstance(raw, float) and abs(exact) != 1):
        return placed
    return warning(placed.value, Code.PERCENT_ASSUMED, raw, f"{placed.value.normalize():f}%")


def _plain(raw: Cell) -> Decimal | None:
    """The number where it takes no reading: a number cell, or text of digits and one point."""
    if type(raw) is float or type(raw) is int:
        # 15 significant digits are what a spreadsheet calculates with: 0.1 + 0.2 is 0.3 there.
        return Decimal(format(raw, ".15g")) if -_LIMIT < raw < _LIMIT else None
    if type(raw) is str and len(raw) <= MOST_DIGITS and raw.isascii() and raw.replace(".", "", 1).isdigit():
        return Decimal(raw)
    return None


def _number(raw: Cell) -> Reading:
    plain = _plain(raw)
    return _exact(raw, "") if plain is None else Reading(plain)


def _unsigned(text: str, raw: Cell) -> Reading:
    """What stands before the percent sign."""
    plain = _plain(text)
    return _text(text.translate(DASHES), raw, "") if plain is None else Reading(plain)


def _placed(exact: Decimal | Fraction, places: int, raw: Cell) -> Reading:
    if isinstance(exact, Decimal):
        value = exact.quantize(_QUANTA[places], context=_WIDE) or _QUANTA[places] * 0
        is_same = value == exact
    else:
        value = money.rounded(exact, places)
        is_same = Fraction(value) == exact
    return Reading(value) if is_same else warning(value, Code.ROUNDED, raw, f"{value:f}")


def _exact(raw: Cell, unit: str) -> Reading:
    """The number as a Fraction, or what is wrong with it."""
    if isinstance(raw, str):
        text = narrow(raw).translate(DASHES)
        return _text(text, raw, unit) if text else EMPTY
    if raw is None:
        return EMPTY
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        return failure(Code.WRONG_KIND, raw)
    if math.isnan(raw):
        return failure(Code.NOT_A_NUMBER, raw)
    if not -_LIMIT < raw < _LIMIT:
        return failure(Code.NUMBER_TOO_LARGE, raw)
    return Reading(Fraction(format(raw, ".15g")) if isinstance(raw, float) else Fraction(raw))


def _text(text: str, raw: Cell, unit: str) -> Reading:
    if is_not_stated(text):
        return Reading(None, read=text)
    match = _CELL.fullmatch(text) if len(text) <= LONGEST_NUMBER else None
    if match is None or bool(match["open"]) != bool(match["close"]) or (match["open"] and match["sign"]):
        return _not_a_number(text, raw)
    whole, _point, decimals = match["number"].partition(".")
    if not _GROUPED.fullmatch(whole):
        return failure(Code.GROUPING, raw)
    named = match["unit"] or ("元" if match["yuan"] else "")
    times = _factor(match["scale"], named, unit)
    if times is None:
        return _wrong_unit(text, raw, match["scale"], named)
    exact = Fraction(whole.replace(",", "").replace(" ", "") + "." + (decimals or "0")) * times
    if exact >= _LIMIT:
        return failure(Code.NUMBER_TOO_LARGE, raw)
    return Reading(-exact if match["open"] or match["sign"] == "-" else exact)


def _factor(scale: str, named: str, expected: str) -> Fraction | None:
    """What to multiply by, or None where the unit in the cell is not one that this column can hold."""
    named, expected = _SAME_UNIT.get(named, named), _SAME_UNIT.get(expected, expected)
    if named and scale + named == expected:
        return Fraction(1)
    if money.is_convertible(scale + named, expected):
        return money.factor(scale + named, expected)
    if money.is_convertible(named, expected):
        return money.factor(named, expected) * _SCALES[scale]
    if named:
        return Fraction(_SCALES[scale]) if named in COUNTERS and expected in ("", named) else None
    # 5万 in a column of 万元 may mean five or fifty thousand of them.
    return None if scale and expected and expected[0] in _SCALES else Fraction(_SCALES[scale])


def _wrong_unit(text: str, raw: Cell, scale: str, named: str) -> Reading:
    if not _APPROXIMATE.search(text) and (not named or _SAME_UNIT.get(named, named) in _KNOWN_UNITS):
        return failure(Code.UNIT_UNEXPECTED, raw)
    return _not_a_number(text, raw)


def _not_a_number(text: str, raw: Cell) -> Reading:
    if len(text) > LONGEST_NUMBER:
        return failure(Code.NOT_A_NUMBER, raw)
    if _SCIENTIFIC.fullmatch(text):
        return failure(Code.SCIENTIFIC_NOTATION, raw)
    if _FOREIGN.search(text) and re.search(r"\d", text):
        return failure(Code.FOREIGN_CURRENCY, raw)
    if _RANGE.fullmatch(text):
        return failure(Code.NUMBER_RANGE, raw)
    if _APPROXIMATE.search(text):
        found = re.findall(_NUMBER, text)
        is_plain = len(found) == 1 and not any(scale in text for scale in _SCALES if scale)
        return failure(Code.APPROXIMATE, raw, found[0].replace(",", "").replace(" ", "") if is_plain else "")
    likely = text.replace("。", ".") if _CHINESE_POINT.fullmatch(text) else ""
    return common_failure(raw, text) or failure(Code.NOT_A_NUMBER, raw, likely)
