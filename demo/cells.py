"""Kinds of cell that a sheet of the reference district can hold, and a day in the spellings that people use."""

from datetime import date
from typing import NamedTuple

EXCEL_EPOCH = date(1899, 12, 30)


class Formula(NamedTuple):
    """A formula with the value that Excel would have stored beside it."""

    text: str
    value: int


class Percentage(NamedTuple):
    """A fraction which the sheet shows with a percent sign by its number format."""

    fraction: float


Cell = str | int | float | date | Formula | Percentage | None

DAY_SPELLINGS = {
    "dots": "{0.year}.{0.month}.{0.day}",
    "month_day": "{0.month}月{0.day}日",
    "compact": "{0:%Y%m%d}",
    "iso": "{0:%Y-%m-%d}",
    "slashes": "{0.year}/{0.month}/{0.day}",
    "official": "{0.year}年{0.month}月{0.day}日",
}


def spell_day(day: date, spelling: str) -> Cell:
    """Return a day as a true date cell (`date`), as a bare serial number (`serial`) or as one of the text spellings."""
    if spelling == "date":
        return day
    if spelling == "serial":
        return (day - EXCEL_EPOCH).days
    return DAY_SPELLINGS[spelling].format(day)
