"""The notices that come with the program, and what the package `holidays` knows of a year."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

FIRST_YEAR: Final = 2011
SATURDAY: Final = 5


class DayOrder(NamedTuple):
    """What a document orders for a day: at work or off, and the name it gives the day."""

    is_working: bool
    name: str = ""


class Notice(NamedTuple):
    """One document for one year."""

    document_no: str
    title: str
    issued_on: date
    year: int
    purposes: tuple[str, ...]
    days: Mapping[date, DayOrder]
    note: str


def seeded_notices() -> Iterator[Notice]:
    """The documents of 2011–2026, in the order in which they were issued for each year."""
    text = resources.files("shoushan.deadlines").joinpath("data", "notices.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(line for line in text.splitlines() if not line.startswith("#")):
        year = int(row["year"])
        days = dict(library_days(year))
        for change in filter(None, row["changes"].split("|")):
            _apply(days, year, *change.split())
        issued_on = date.fromisoformat(row["issued_on"])
        purposes = tuple(row["purposes"].split("|"))
        yield Notice(row["document_no"], row["title"], issued_on, year, purposes, days, row["note"])


def _apply(days: dict[date, DayOrder], year: int, month_and_day: str, order: str) -> None:
    day = date.fromisoformat(f"{year}-{month_and_day}")
    days.pop(day, None)
    if order == "work":
        days[day] = DayOrder(is_working=True, name="调休上班")
    if order == "off":
        days[day] = DayOrder(is_working=False, name="延迟复工")


def library_days(year: int) -> dict[date, DayOrder]:
    """Days off and make-up working days of a year, with the names that `holidays` gives them."""
    calendar = _library()
    days = {day: DayOrder(is_working=False, name=name) for day, name in calendar.items() if day.year == year}
    make_up = {day for day in calendar.weekend_workdays if day.year == year}
    return dict(sorted((days | {day: DayOrder(is_working=True, name="调休上班") for day in make_up}).items()))


def is_known_in_full(year: int) -> bool:
    """Whether the library knows the make-up working days of a year, not only the statutory holidays."""
    return any(order.is_working for order in library_days(year).values())


def suggestion_sentence(year: int) -> str:
    """What the days that a form proposes are worth."""
    if is_known_in_full(year):
        return _("下面已填入程序所知的%(year)s年放假和调休日期，请与文件逐日核对后再录入。") % {"year": year}
    return _(
        "程序只知道%(year)s年的法定节假日，还不知道调休安排：请按国务院办公厅的通知补齐放假和调休上班日期，通知未发布的不要录入。"
    ) % {"year": year}


@cache
def _library():  # type: ignore[no-untyped-def]
    import holidays

    return holidays.country_holidays("CN", years=range(FIRST_YEAR - 1, 2032), language="zh_CN")
