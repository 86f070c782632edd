"""Working hours: moments, lunch, weekends, and hours that change from a day on."""

from __future__ import annotations

from datetime import UTC, date, time, timedelta

import pytest

from shoushan.deadlines.errors import CalendarMissingError
from shoushan.deadlines.hours import MINUTE, DayHours, WorkCalendar
from tests.deadlines.factories import a_calendar, local, orders_of

HOUR = 60 * MINUTE
WITH_LUNCH = DayHours(date(2020, 1, 1), time(8, 30), time(17, 30), time(12), time(13, 30))


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2020-03-02 09:00", 8, "2020-03-02 17:00"),
        ("2020-03-02 16:00", 2, "2020-03-03 10:00"),
        ("2020-03-06 16:30", 1, "2020-03-09 09:30"),  # Friday to Monday
        ("2020-03-07 11:00", 1, "2020-03-09 10:00"),  # begun on a Saturday
        ("2020-01-23 16:00", 2, "2020-02-03 10:00"),  # over the holiday as it was extended
        ("2020-04-25 12:00", 3, "2020-04-26 12:00"),  # into a Sunday that is worked
        ("2020-03-02 05:00", 1, "2020-03-02 10:00"),
        ("2020-03-02 23:00", 16, "2020-03-04 17:00"),
    ],
)
def test_it_adds_working_hours(start: str, hours: int, end: str) -> None:
    calendar = a_calendar()

    assert calendar.add_working_time(local(start), hours * HOUR) == local(end)
    assert calendar.working_time_between(local(start), local(end)) == hours * HOUR


def test_it_leaves_lunch_out() -> None:
    calendar = a_calendar(hours=WITH_LUNCH)

    assert calendar.add_working_time(local("2020-03-02 11:00"), 2 * HOUR) == local("2020-03-02 14:30")
    assert calendar.working_time_between(local("2020-03-02 12:10"), local("2020-03-02 13:20")) == 0
    assert calendar.working_time_between(local("2020-03-02 00:00"), local("2020-03-03 00:00")) == 7.5 * HOUR


def test_it_changes_hours_from_their_day_on() -> None:
    days = {on: order.is_working for on, order in orders_of(2020, known_on=date(2020, 3, 1)).items()}
    usual = DayHours(date(2011, 1, 1), time(9), time(17))
    summer = DayHours(date(2020, 6, 1), time(9), time(18))
    calendar = WorkCalendar("GOVERNMENT", {2020: days}, [summer, usual])

    assert calendar.working_time_between(local("2020-05-29 00:00"), local("2020-05-30 00:00")) == 8 * HOUR
    assert calendar.working_time_between(local("2020-06-01 00:00"), local("2020-06-02 00:00")) == 9 * HOUR
    assert calendar.hours_on(date(2020, 5, 31)) == usual


def test_it_reads_moments_of_any_zone_as_local_time() -> None:
    utc = local("2020-03-02 16:00").astimezone(UTC)

    assert a_calendar().add_working_time(utc, 2 * HOUR) == local("2020-03-03 10:00")
    assert a_calendar().add_working_time(utc, 0) == utc


def test_it_refuses_to_run_into_a_year_that_is_not_loaded() -> None:
    calendar = a_calendar()

    with pytest.raises(CalendarMissingError):
        calendar.add_working_time(local("2020-12-31 16:00"), 2 * HOUR)
    with pytest.raises(CalendarMissingError):
        calendar.working_time_between(local("2020-12-31 16:00"), local("2020-12-31 16:00") + timedelta(days=1))
