"""How numbers are written for readers: thousands separators, fixed decimals, percentages with one decimal."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Final

Number = int | float | Decimal | Fraction
NOTHING = "—"
WIDE: Final = Context(prec=400)
"""Wide enough for every number that a float can be, so that no digit of a huge value is lost."""


def written(value: Number | str | None, *, places: int | None = None) -> str:
    """`1234567.5` -> `1,234,567.5`; with `places`, rounded half up as accountants do; nothing known -> a dash.

    The empty string counts as nothing, because that is what a template makes of a missing variable.
    """
    exact = _exact(value)
    if exact is None:
        return NOTHING
    if isinstance(exact, Fraction):
        exact = _rounded(exact, 2 if places is None else places)
    elif places is not None:
        exact = exact.quantize(Decimal((0, (1,), -places)), ROUND_HALF_UP, WIDE)
    return f"{exact:,f}" if exact else f"{abs(exact):,f}"  # never "-0.0"


def exact_text(value: Number | str | None) -> str:
    """A number for a program: no separators, nothing rounded but what never ends, which has eight decimals."""
    exact = _exact(value)
    if isinstance(exact, Fraction):
        exact = _rounded(exact, 8).normalize()
    return "" if exact is None else f"{exact:f}"


def percentage(ratio: Number | str | None, *, places: int = 1) -> str:
    """A ratio as a percentage: `0.9288` -> `92.9%`."""
    exact = _exact(ratio)
    return NOTHING if exact is None else f"{written(Fraction(exact) * 100, places=places)}%"


def _exact(value: Number | str | None) -> Decimal | Fraction | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal, Fraction)):
        raise TypeError(f"A number is wanted, not {type(value).__name__}.")
    if isinstance(value, Fraction):
        return value
    if not math.isfinite(value):
        return None
    return value if isinstance(value, Decimal) else Decimal(repr(value))


def _rounded(value: Fraction, places: int) -> Decimal:
    """Half away from zero, computed in whole numbers so that no digit of a huge value is lost."""
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(f"{'-' if value < 0 else ''}{whole}E-{places}")
