"""The arithmetic of working hours over a table of working days; all moments are read as local time of China."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from shoushan.deadlines.workdays import DayTable
from shoushan.lib.days import CIVIL_ZONE

MICROSECOND: Final = timedelta(microseconds=1)
MINUTE: Final = timedelta(minutes=1) // MICROSECOND
_DAY: Final = timedelta(days=1) // MICROSECOND


class DayHours(NamedTuple):
    """Working hours of a day, with or without a break at noon, from a day on."""

    valid_from: date
    opens_at: time
    closes_at: time
    lunch_from: time | None = None
    lunch_to: time | None = None

    def stretches(self) -> tuple[tuple[int, int], ...]:
        """The stretches at work, in microseconds of the day."""
        if self.lunch_from is None or self.lunch_to is None:
            return ((_of_day(self.opens_at), _of_day(self.closes_at)),)
        return (
            (_of_day(self.opens_at), _of_day(self.lunch_from)),
            (_of_day(self.lunch_to), _of_day(self.closes_at)),
        )


class WorkCalendar(DayTable):
    """Working days and the working hours in them. `hours` are in force from their day on; the first also before it."""

    def __init__(self, purpose: str, years: Mapping[int, Mapping[date, bool]], hours: Sequence[DayHours]) -> None:
        super().__init__(purpose, years)
        self.hours = sorted(hours, key=lambda each: each.valid_from)
        self._since = [each.valid_from.toordinal() for each in self.hours]
        self._stretches = [each.stretches() for each in self.hours]
        self._worked = self._running_total()

    def _running_total(self) -> list[int]:
        lengths = [sum(end - start for start, end in each) for each in self._stretches]
        total, found = 0, [0]
        for index in range(len(self._until) - 1):
            if self._until[index + 1] > self._until[index]:
                total += lengths[self._index(self.first + index)]
            found.append(total)
        return found

    def _index(self, ordinal: int) -> int:
        return max(0, bisect_right(self._since, ordinal) - 1)

    def hours_on(self, day: date) -> DayHours:
        """The working hours in force on a day, whether or not anybody works on it."""
        return self.hours[self._index(day.toordinal())]

    def worked_until(self, moment: datetime) -> int:
        """Working time from the first loaded day until a moment, in microseconds."""
        local = moment.astimezone(CIVIL_ZONE)
        self.require(local.year, local.year)
        index = local.date().toordinal() - self.first
        total = self._worked[index]
        if self._worked[index + 1] == total:
            return total
        now = _of_day(local.time())
        stretches = self._stretches[self._index(index + self.first)]
        return total + sum(max(0, min(now, end) - start) for start, end in stretches)

    def working_time_between(self, start: datetime, end: datetime) -> int:
        """Working time between two moments, in microseconds; negative when `end` comes first."""
        years = sorted((start.astimezone(CIVIL_ZONE).year, end.astimezone(CIVIL_ZONE).year))
        self.require(*years)
        return self.worked_until(end) - self.worked_until(start)

    def add_working_time(self, start: datetime, amount: int) -> datetime:
        """The first moment by which so much working time has passed since the start; amount in microseconds."""
        since = start.astimezone(CIVIL_ZONE)
        target = self.worked_until(start) + amount
        if amount <= 0:
            return since
        index = bisect_left(self._worked, target) - 1
        if index >= len(self._worked) - 1:
            self.require(since.year, self.last_year + 1)
        day = date.fromordinal(self.first + index)
        self.require(since.year, day.year)
        return start_of(day) + self._within(self.first + index, target - self._worked[index]) * MICROSECOND

    def _within(self, ordinal: int, rest: int) -> int:
        """The microsecond of the day at which the rest of the working time has passed."""
        for start, end in self._stretches[self._index(ordinal)]:
            if rest <= end - start:
                return start + rest
            rest -= end - start
        return _DAY


def start_of(day: date) -> datetime:
    """Midnight at which the day begins, local time of China."""
    return datetime.combine(day, time(), tzinfo=CIVIL_ZONE)


def local_day(moment: datetime) -> date:
    """The day that the clocks in China showed."""
    return moment.astimezone(CIVIL_ZONE).date()


def _of_day(clock: time) -> int:
    parts = timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second, microseconds=clock.microsecond)
    return parts // MICROSECOND
