"""A year as its page shows it: twelve months of weeks, each day with its kind in words and colour."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from shoushan.deadlines.differences import Changes, changed_by
from shoushan.deadlines.enums import DayKind
from shoushan.deadlines.models import CalendarVersion
from shoushan.deadlines.workdays import SATURDAY
from shoushan.lib.languages import is_english


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day: its kind, its name if it has one, and whether another version orders it differently."""

    day: date
    kind: DayKind
    name: str
    is_changed: bool

    @property
    def mark(self) -> str:
        """The word beside the number: 休 or 班."""
        return {DayKind.OFF: _("休"), DayKind.MAKE_UP: _("班")}.get(self.kind, "")

    @property
    def words(self) -> str:
        """The day in a sentence, for those who read rather than look."""
        name = "" if is_english() else self.name  # names of holidays are data, and Chinese
        parts = [f"{self.day:%Y-%m-%d}", str(self.kind.label), name]
        return " ".join([*filter(None, parts), *([_("与所比版本不同")] if self.is_changed else [])])


@dataclass(frozen=True, slots=True)
class Month:
    """One month: its weeks from Monday, with None for days of other months, and its working days."""

    number: int
    weeks: list[list[DayCell | None]]

    @property
    def workdays(self) -> int:
        """How many days of the month are worked."""
        cells = [cell for week in self.weeks for cell in week if cell]
        return sum(cell.kind in {DayKind.WORKDAY, DayKind.MAKE_UP} for cell in cells)


@dataclass(frozen=True, slots=True)
class YearPage:
    """A version of a year, perhaps beside another."""

    version: CalendarVersion
    months: list[Month]
    changes: Changes

    @property
    def workdays(self) -> int:
        """Working days of the year."""
        return sum(month.workdays for month in self.months)

    @property
    def off_days(self) -> int:
        """Days that the document gives off."""
        return self._count(DayKind.OFF)

    @property
    def make_up_days(self) -> int:
        """Weekend days that the document orders to be worked."""
        return self._count(DayKind.MAKE_UP)

    def _count(self, kind: DayKind) -> int:
        return sum(cell.kind == kind for month in self.months for week in month.weeks for cell in week if cell)


def year_page(version: CalendarVersion, compared: CalendarVersion | None) -> YearPage:
    """The page of a version; days that the compared version orders differently are marked."""
    orders = {each.on: (each.is_working, each.name) for each in version.days.all()}
    changes: Changes = []
    if compared is not None:
        old = dict(compared.days.values_list("on", "is_working"))
        changes = changed_by(old, {day: is_working for day, (is_working, _name) in orders.items()})
    changed = {day for day, _is_working in changes}
    weeks = calendar.Calendar()
    months = []
    for number in range(1, 13):
        rows = weeks.monthdatescalendar(version.year, number)
        months.append(Month(number, [list(_cells(row, number, orders, changed)) for row in rows]))
    return YearPage(version, months, changes)


def _cells(
    row: list[date], month: int, orders: dict[date, tuple[bool, str]], changed: set[date]
) -> Iterator[DayCell | None]:
    for day in row:
        if day.month != month:
            yield None
            continue
        by_week = day.weekday() < SATURDAY
        is_working, name = orders.get(day, (by_week, ""))
        if day in orders:
            kind = DayKind.MAKE_UP if is_working else DayKind.OFF
        else:
            kind = DayKind.WORKDAY if is_working else DayKind.WEEKEND
        yield DayCell(day, kind, name, day in changed)
