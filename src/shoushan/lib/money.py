"""Money and land in exact arithmetic: whole fen between 元, 万元 and 亿元; 亩 and square metres; never float."""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction
from typing import Final

FEN_PER_UNIT: Final[dict[str, int]] = {
    "分": 1,
    "角": 10,
    "元": 10**2,
    "千元": 10**5,
    "万元": 10**6,
    "百万元": 10**8,
    "千万元": 10**9,
    "亿元": 10**10,
    "万亿元": 10**14,
}
_PLACES: Final = {unit: len(str(fen)) - 1 for unit, fen in FEN_PER_UNIT.items()}
_WIDE: Final = Context(prec=400)
SQM_PER_UNIT: Final[dict[str, Fraction]] = {
    "平方米": Fraction(1),
    "万平方米": Fraction(10**4),
    "亩": Fraction(2000, 3),
    "公顷": Fraction(10**4),
    "平方公里": Fraction(10**6),
}
SAME_UNIT: Final[dict[str, str]] = {
    "圆": "元",
    "块": "元",
    "人民币": "元",
    "㎡": "平方米",
    "m2": "平方米",
    "m²": "平方米",
    "平米": "平方米",
    "平": "平方米",
    "万㎡": "万平方米",
    "万平米": "万平方米",
    "万平": "万平方米",
    "平方千米": "平方公里",
    "km2": "平方公里",
    "km²": "平方公里",
}


class InexactAmountError(ValueError):
    """The amount cannot be held in whole fen."""


def to_fen(amount: Decimal | int, unit: str) -> int:
    """Whole fen of an amount in `unit` (元, 万元, 亿元 …); raises InexactAmountError for a part of a fen."""
    fen = _exact(amount) * FEN_PER_UNIT[unit]
    if fen.denominator != 1:
        raise InexactAmountError(f"{amount} {unit} is not a whole number of fen")
    return fen.numerator


def from_fen(fen: int, unit: str) -> Decimal:
    """The amount in `unit`, exact, with all the places that fen need there: 118 fen are 1.18 元."""
    return Decimal(fen).scaleb(-_PLACES[unit], _WIDE)


def to_sqm(amount: Decimal | int, unit: str, *, places: int = 2) -> Decimal:
    """Square metres of an area in `unit` (亩, 公顷 …), rounded half up: one 亩 is 2000/3 square metres."""
    return rounded(_exact(amount) * SQM_PER_UNIT[unit], places)


def from_sqm(sqm: Decimal | int, unit: str, *, places: int = 2) -> Decimal:
    """The area in `unit`, rounded half up to `places`."""
    return rounded(_exact(sqm) / SQM_PER_UNIT[unit], places)


def is_convertible(unit: str, expected: str) -> bool:
    """Both are units of money, or both are units of area."""
    return any(unit in table and expected in table for table in (FEN_PER_UNIT, SQM_PER_UNIT))


def factor(unit: str, expected: str) -> Fraction:
    """How many of `expected` one `unit` is; both of one kind, see `is_convertible`."""
    if unit in FEN_PER_UNIT:
        return Fraction(FEN_PER_UNIT[unit], FEN_PER_UNIT[expected])
    return SQM_PER_UNIT[unit] / SQM_PER_UNIT[expected]


def rounded(amount: Fraction | Decimal, places: int) -> Decimal:
    """`amount` with exactly `places` decimal places, half up and away from zero."""
    exact = Fraction(amount)
    shifted = abs(exact) * 10**places
    units = (2 * shifted.numerator + shifted.denominator) // (2 * shifted.denominator)
    return Decimal((int(exact < 0 and units != 0), tuple(map(int, str(units))), -places))


def _exact(amount: Decimal | int) -> Fraction:
    if isinstance(amount, float):  # a caller without types could still pass one
        raise TypeError("money and area are never float")
    return Fraction(amount)
