"""The arithmetic of working days: one prefix table over the loaded years, so that every question is one look-up."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from shoushan.deadlines.errors import CalendarMissingError, DeadlineError

SATURDAY: Final = 5
MOST_DAYS: Final = 10_000
"""More than any rule asks for; keeps a mistyped number from leaving the range of dates."""


class DayTable:
    """The working days of one purpose in all loaded years. Built once per set of documents, never changed.

    `years` gives for each year the days that a document ordered, off (False) or at work (True); all other days follow
    the week. Every question raises CalendarMissingError when its answer needs a year that is not loaded.
    """

    def __init__(self, purpose: str, years: Mapping[int, Mapping[date, bool]]) -> None:
        self.purpose = purpose
        self.years = frozenset(years)
        self.first_year = min(self.years, default=0)
        self.last_year = max(self.years, default=-1)
        self.first = date(self.first_year, 1, 1).toordinal() if years else 0
        self._missing = sorted(set(range(self.first_year, self.last_year + 1)) - self.years)
        self._workdays = array("l")
        self._until = array("l", [0])
        ordered = {day: is_working for days in years.values() for day, is_working in days.items()}
        end = date(self.last_year, 12, 31).toordinal() if years else -1
        for ordinal in range(self.first, end + 1):
            day = date.fromordinal(ordinal)
            if day.year in self.years and ordered.get(day, day.weekday() < SATURDAY):
                self._workdays.append(ordinal)
            self._until.append(len(self._workdays))

    def require(self, first: int, last: int) -> None:
        """Raise CalendarMissingError for the first year of the span that is not loaded."""
        if self.first_year <= first and last <= self.last_year and not self._missing:
            return
        for year in range(first, last + 1):
            if year not in self.years:
                raise CalendarMissingError(self.purpose, year)

    def is_working(self, day: date) -> bool:
        """Whether the purpose works on this day."""
        self.require(day.year, day.year)
        index = day.toordinal() - self.first
        return self._until[index + 1] > self._until[index]

    def count_through(self, day: date) -> int:
        """Working days from the first loaded day through this one."""
        return self._until[day.toordinal() - self.first + 1]

    def add_workdays(self, start: date, days: int) -> date:
        """The day on which a period of so many working days ends; the start day is not counted (civil code art. 201)."""
        if not 0 <= days <= MOST_DAYS:
            raise DeadlineError(_too_many(days))
        self.require(start.year, start.year)
        if days == 0:
            return start
        return self._workday(start, self.count_through(start) + days - 1)

    def workdays_between(self, start: date, end: date) -> int:
        """Working days after `start` through `end`: 2020-03-02 to 2020-03-09 is 5. Negative when `end` comes first."""
        self.require(min(start, end).year, max(start, end).year)
        return self.count_through(end) - self.count_through(start)

    def next_workday(self, day: date) -> date:
        """The day itself when it is a working day, else the next one (civil code art. 203)."""
        self.require(day.year, day.year)
        return self._workday(day, self._until[day.toordinal() - self.first])

    def add_days(self, start: date, days: int) -> date:
        """The last day of a period of natural days: start day not counted, moved off a day of rest to a working day."""
        if not 0 <= days <= MOST_DAYS:
            raise DeadlineError(_too_many(days))
        return self.next_workday(start + timedelta(days=days))

    def _workday(self, since: date, index: int) -> date:
        """The working day of this index, if every year up to it is loaded."""
        if index >= len(self._workdays):
            self.require(since.year, self.last_year + 1)
        found = date.fromordinal(self._workdays[index])
        self.require(since.year, found.year)
        return found

    def workdays_of(self, first: date, last: date) -> int:
        """Working days from `first` through `last`, both counted."""
        self.require(first.year, last.year)
        return self._until[last.toordinal() - self.first + 1] - self._until[first.toordinal() - self.first]


def _too_many(days: int) -> str:
    return _("天数 %(days)s 不对，请填写 0 至 %(most)s 之间的整数。") % {"days": days, "most": MOST_DAYS}
