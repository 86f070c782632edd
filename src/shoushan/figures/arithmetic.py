"""How figures are computed from whole numbers, free of any framework: the same rules for a page and for a released file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Commercial rounding (四舍五入), always from the unrounded value."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def percentage(numerator: int, denominator: int, decimals: int, factor: int = 100) -> Decimal | None:
    """Numerator ÷ denominator, `factor` times: in per cent unless told otherwise; None when there is nothing to divide by."""
    if denominator == 0:
        return None
    return rounded(Decimal(numerator) * factor / Decimal(denominator), decimals)


def value_of(
    numerator: int, denominator: int | None, decimals: int, scale: int = 1, factor: int = 100
) -> int | Decimal | None:
    """A count is its numerator, in a unit that holds `scale` of the ledger's; a rate is computed from both parts."""
    if denominator is not None:
        return percentage(numerator, denominator, decimals, factor)
    return numerator if scale == 1 else rounded(in_units(numerator, scale), decimals)


def change_of(now: int | Decimal | None, before: int | Decimal | None) -> int | Decimal | None:
    """By how much a value is more than before; none where one of them is unknown, which is not a zero."""
    return None if now is None or before is None else now - before


def in_units(amount: int, scale: int) -> Decimal:
    """An amount of the ledger in a unit that holds `scale` of the ledger's, a power of ten: exact, with all its places."""
    return Decimal(amount).scaleb(1 - len(str(scale)))


def plain(value: int | Decimal | None) -> int | float | None:
    """A value as JSON holds it."""
    return float(value) if isinstance(value, Decimal) else value


def days_before(day: date, days: int) -> date:
    """So many days earlier; the calendar begins with the year 1, and nothing happened before it."""
    return date.fromordinal(max(1, day.toordinal() - days))


def group_key(area: str, category: str, by: str, depth: int) -> str:
    """To which line of a breakdown an account belongs: an area code cut to `depth` digits, or a category."""
    return area[:depth] if by == "area" else category


def sums_by(lines: Iterable[tuple[str, str, int]], by: str, depth: int) -> dict[str, int]:
    """Amounts (area, category, amount) added up by the key of a breakdown."""
    sums: dict[str, int] = {}
    for area, category, amount in lines:
        key = group_key(area, category, by, depth)
        sums[key] = sums.get(key, 0) + amount
    return sums


def release_lines(holdings: Iterable[list[Any]], codes: Iterable[str]) -> list[tuple[str, str, int]]:
    """From frozen holdings [subject, account, area, category, amount]: those in the accounts of a measure."""
    wanted = set(codes)
    return [(area, category, amount) for _subject, account, area, category, amount in holdings if account in wanted]
