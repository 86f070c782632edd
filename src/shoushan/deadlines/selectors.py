"""Questions to calendars and clocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from shoushan.deadlines.enums import CalendarPurpose
from shoushan.deadlines.errors import CalendarMissingError
from shoushan.deadlines.hours import DayHours, WorkCalendar
from shoushan.deadlines.models import CalendarDay, CalendarVersion, Clock, WorkingHours
from shoushan.deadlines.reckoning import Reckoning, Terms, pauses_of, reckon

DEFAULT_HOURS: Final = DayHours(date(1949, 10, 1), time(9), time(17))
"""Handbook: 09:00–17:00 unless the district says else."""
NOTICE_MONTH: Final = 10
"""From this month on the State Council's notice for the next year may be out, and deadlines reach into that year."""


class VersionKey(NamedTuple):
    """Which version stands for a year. The digest makes the key safe to remember: same key, same days."""

    year: int
    pk: int
    digest: str


@dataclass(frozen=True, slots=True)
class KnownCalendar:
    """A calendar as it was known on a day: the arithmetic, and the version that each year comes from."""

    calendar: WorkCalendar
    versions: Mapping[int, int]

    def versions_between(self, first: date, last: date) -> list[int]:
        """The versions of the years that a period touches."""
        return [self.versions[year] for year in range(first.year, last.year + 1) if year in self.versions]


def known_calendar(purpose: str, *, known_on: date) -> KnownCalendar:
    """The calendar of a purpose by all documents issued until a day, whenever they were entered here."""
    rows = (
        CalendarVersion.objects.filter(purpose=purpose, issued_on__lte=known_on)
        .order_by("issued_on", "number")
        .values_list("year", "pk", "digest")
    )
    newest = {row[0]: VersionKey(*row) for row in rows}
    return _built(purpose, tuple(newest[year] for year in sorted(newest)), working_hours(purpose))


def work_calendar(purpose: str, *, known_on: date) -> WorkCalendar:
    """Only the arithmetic of `known_calendar`."""
    return known_calendar(purpose, known_on=known_on).calendar


def working_hours(purpose: str) -> tuple[DayHours, ...]:
    """The working hours of a purpose by the day from which they hold; 09:00–17:00 before any other are entered."""
    rows = WorkingHours.objects.filter(purpose=purpose).order_by("valid_from", "pk")
    found = rows.values_list("valid_from", "opens_at", "closes_at", "lunch_from", "lunch_to")
    hours = {DEFAULT_HOURS.valid_from: DEFAULT_HOURS} | {row[0]: DayHours(*row) for row in found}
    return tuple(hours[day] for day in sorted(hours))


def days_of(version_ids: Sequence[int]) -> dict[int, dict[date, bool]]:
    """The ordered days of versions, by version."""
    found: dict[int, dict[date, bool]] = {pk: {} for pk in version_ids}
    rows = CalendarDay.objects.filter(version_id__in=version_ids).values_list("version_id", "on", "is_working")
    for pk, day, is_working in rows:
        found[pk][day] = is_working
    return found


@lru_cache(maxsize=32)
def _built(purpose: str, versions: tuple[VersionKey, ...], hours: tuple[DayHours, ...]) -> KnownCalendar:
    days = days_of([version.pk for version in versions])
    years = {version.year: days[version.pk] for version in versions}
    return KnownCalendar(WorkCalendar(purpose, years, hours), {version.year: version.pk for version in versions})


# ---- clocks ---------------------------------------------------------------------------------------
def terms_of(clock: Clock) -> Terms:
    """What a clock runs on, from its rows; prefetch `pauses` and `extensions` when asking for many."""
    return Terms(
        unit=clock.unit,
        budget=clock.budget + sum(each.amount for each in clock.extensions.all()),
        started_at=clock.started_at,
        day_end=clock.day_end,
        pauses=pauses_of([(each.paused_at, each.resumed_at) for each in clock.pauses.all()]),
    )


def reckoning_of(clock: Clock, *, known_on: date) -> Reckoning:
    """A clock's due moment, use and light under the calendar known on a day."""
    return reckon(terms_of(clock), work_calendar(clock.calendar, known_on=known_on))


# ---- questions of the pages -----------------------------------------------------------------------
class Answer(NamedTuple):
    """The end of a period under the documents known on a day; a sentence instead where they do not say."""

    known_on: date
    version: CalendarVersion
    last_day: date | None
    refusal: str


def answers_by_version(*, purpose: str, start: date, days: int, today: date) -> list[Answer]:
    """The end of a period of working days as it followed from each document in turn, oldest first."""
    latest = _answer(purpose, start, days, today)
    last = latest[0] or start + timedelta(days=366)
    versions = CalendarVersion.objects.filter(
        purpose=purpose, year__gte=start.year, year__lte=last.year, issued_on__lte=today
    ).order_by("issued_on", "number", "year")
    by_day = {version.issued_on: version for version in versions}
    return [Answer(day, version, *_answer(purpose, start, days, day)) for day, version in by_day.items()]


def _answer(purpose: str, start: date, days: int, known_on: date) -> tuple[date | None, str]:
    try:
        return work_calendar(purpose, known_on=known_on).add_workdays(start, days), ""
    except CalendarMissingError as error:
        return None, str(error)


def missing_years(*, today: date) -> list[tuple[CalendarPurpose, int]]:
    """The calendars that are needed now and not loaded: this year's, and towards its end the next year's."""
    needed = [today.year, *([today.year + 1] if today.month >= NOTICE_MONTH else [])]
    loaded = set(CalendarVersion.objects.filter(year__in=needed).values_list("purpose", "year"))
    return [(purpose, year) for year in needed for purpose in CalendarPurpose if (purpose.value, year) not in loaded]
