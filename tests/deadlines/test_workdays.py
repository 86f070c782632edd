"""Working days against the handbook's vectors, two independent libraries, and the edges of what is loaded."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from shoushan.deadlines.enums import CalendarPurpose
from shoushan.deadlines.errors import CalendarMissingError, DeadlineError
from shoushan.deadlines.workdays import MOST_DAYS, DayTable
from tests.deadlines.factories import ANNOUNCED, EXTENDED, a_calendar, orders_of

BOTH = [2020, 2021]
# Start, working days, end by the calendar in force, end by the one announced in November 2019 (handbook J4).
VECTORS = [
    ("2020-01-22", 3, "2020-02-04", "2020-02-01"),
    ("2020-01-23", 5, "2020-02-07", "2020-02-05"),
    ("2020-01-20", 10, "2020-02-11", "2020-02-07"),
    ("2020-02-01", 1, "2020-02-03", "2020-02-03"),
    ("2020-02-11", 5, "2020-02-18", "2020-02-18"),
    ("2020-03-02", 5, "2020-03-09", "2020-03-09"),
    ("2020-03-30", 5, "2020-04-07", "2020-04-07"),
    ("2020-04-03", 1, "2020-04-07", "2020-04-07"),
    ("2020-04-24", 5, "2020-04-30", "2020-04-30"),
    ("2020-04-30", 1, "2020-05-06", "2020-05-06"),
    ("2020-04-30", 5, "2020-05-11", "2020-05-11"),
    ("2020-06-24", 1, "2020-06-28", "2020-06-28"),
    ("2020-09-25", 5, "2020-10-09", "2020-10-09"),
    ("2020-09-30", 5, "2020-10-14", "2020-10-14"),
    ("2020-12-28", 5, "2021-01-05", "2021-01-05"),
]
MONTHS_2020 = [17, 20, 22, 22, 19, 21, 23, 21, 23, 17, 21, 23]


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(("start", "days", "end", "announced_end"), VECTORS)
def test_it_ends_periods_as_the_handbook_says_under_both_documents(
    start: str, days: int, end: str, announced_end: str
) -> None:
    in_force = a_calendar(BOTH)
    announced = DayTable("GOVERNMENT", _announced_with_2021())

    assert in_force.add_workdays(day(start), days) == day(end)
    assert announced.add_workdays(day(start), days) == day(announced_end)
    assert in_force.workdays_between(day(start), day(end)) == days


def _announced_with_2021() -> dict[int, dict[date, bool]]:
    orders = {2020: orders_of(2020, known_on=ANNOUNCED), 2021: orders_of(2021, known_on=date(2021, 1, 1))}
    return {year: {on: order.is_working for on, order in days.items()} for year, days in orders.items()}


def test_it_counts_the_working_days_of_2020_by_month() -> None:
    table = a_calendar()

    months = [
        table.workdays_of(date(2020, month, 1), date(2020 + month // 12, month % 12 + 1, 1) - timedelta(days=1))
        for month in range(1, 13)
    ]
    assert months == MONTHS_2020
    assert table.workdays_of(date(2020, 1, 1), date(2020, 12, 31)) == 249


def test_it_agrees_with_two_libraries_on_every_day_and_on_every_running_count() -> None:
    table = a_calendar(range(2011, 2027))
    library = holidays.country_holidays("CN", years=range(2010, 2028))

    count = 0
    for ordinal in range(date(2011, 1, 1).toordinal(), date(2027, 1, 1).toordinal()):
        on = date.fromordinal(ordinal)
        answers = {table.is_working(on), library.is_working_day(on), chinese_calendar.is_workday(on)}
        assert len(answers) == 1, on
        count += answers.pop()
        assert table.workdays_of(date(2011, 1, 1), on) == count
    assert count == 3991


def test_it_knows_first_of_february_2020_as_each_document_had_it() -> None:
    assert a_calendar(known_on=ANNOUNCED).is_working(date(2020, 2, 1))
    assert not a_calendar(known_on=EXTENDED).is_working(date(2020, 2, 1))


def test_it_lets_enterprises_reopen_on_10_february_2020_at_the_earliest() -> None:
    enterprise = a_calendar(purpose=CalendarPurpose.ENTERPRISE)

    assert enterprise.add_workdays(date(2020, 1, 23), 1) == date(2020, 2, 10)
    assert a_calendar().add_workdays(date(2020, 1, 23), 1) == date(2020, 2, 3)


@pytest.mark.parametrize("changed", [date(2011, 12, 31), date(2015, 9, 6), date(2018, 12, 29), date(2019, 5, 5)])
def test_it_knows_make_up_days_only_from_the_document_that_ordered_them(changed: date) -> None:
    early = {2011: date(2011, 1, 1), 2015: date(2015, 1, 1), 2018: date(2018, 1, 1), 2019: date(2019, 1, 1)}

    assert not a_calendar([changed.year], known_on=early[changed.year]).is_working(changed)
    assert a_calendar([changed.year]).is_working(changed)


def test_it_refuses_a_year_that_is_not_loaded_and_says_what_to_do() -> None:
    with pytest.raises(CalendarMissingError, match=r"2021年的工作日历（政府机关）还没有录入.*请系统管理员") as caught:
        a_calendar().add_workdays(date(2020, 12, 28), 5)

    assert (caught.value.year, caught.value.purpose) == (2021, "GOVERNMENT")


@pytest.mark.parametrize(
    ("first", "last", "missing"),
    [("2019-12-31", "2020-01-02", 2019), ("2020-12-31", "2021-01-01", 2021), ("2020-05-01", "2022-05-01", 2021)],
)
def test_it_refuses_to_count_over_a_gap(first: str, last: str, missing: int) -> None:
    table = a_calendar([2020, 2022])

    with pytest.raises(CalendarMissingError) as caught:
        table.workdays_between(day(first), day(last))
    assert caught.value.year == missing
    with pytest.raises(CalendarMissingError):
        table.add_workdays(date(2020, 12, 31), 1)


def test_it_refuses_everything_without_any_calendar() -> None:
    empty = DayTable("ENTERPRISE", {})

    for question in (empty.is_working, empty.next_workday):
        with pytest.raises(CalendarMissingError, match="企业"):
            question(date(2020, 2, 3))


@pytest.mark.parametrize("days", [-1, MOST_DAYS + 1])
def test_it_refuses_numbers_of_days_that_no_rule_has(days: int) -> None:
    with pytest.raises(DeadlineError, match="0 至 10000"):
        a_calendar().add_workdays(date(2020, 3, 2), days)
    with pytest.raises(DeadlineError, match="0 至 10000"):
        a_calendar().add_days(date(2020, 3, 2), days)


def test_it_moves_the_end_of_natural_days_off_days_of_rest() -> None:
    table = a_calendar()

    assert table.add_days(date(2020, 1, 22), 3) == date(2020, 2, 3)
    assert table.add_days(date(2020, 4, 24), 2) == date(2020, 4, 26)  # Sunday, but a working one
    assert table.add_days(date(2020, 4, 27), 4) == date(2020, 5, 6)
    assert table.next_workday(date(2020, 1, 1)) == date(2020, 1, 2)
    assert table.workdays_between(date(2020, 3, 9), date(2020, 3, 2)) == -5
