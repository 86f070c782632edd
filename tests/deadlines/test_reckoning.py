"""A clock's arithmetic: due moments, pauses, lights and rungs in every unit."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shoushan.deadlines.enums import DayEnd, Light, RungWhen, Unit
from shoushan.deadlines.hours import MINUTE
from shoushan.deadlines.reckoning import Pause, Reckoning, Terms, amount_text, due_text, light_of, reckon
from tests.deadlines.factories import a_calendar, local

MONDAY = "2020-03-02 10:00"


def reckoned(unit: str, budget: int, start: str, *pauses: tuple[str, str | None], day_end: str = "") -> Reckoning:
    stands = tuple(Pause(local(since), local(until) if until else None) for since, until in pauses)
    terms = Terms(unit, budget, local(start), day_end or DayEnd.MIDNIGHT, stands)
    return reckon(terms, a_calendar([2020, 2021]))


@pytest.mark.parametrize(
    ("unit", "budget", "start", "due"),
    [
        (Unit.NATURAL_HOURS, 60, "2020-01-24 23:30", "2020-01-25 00:30"),
        (Unit.NATURAL_HOURS, 24 * 60, "2020-02-01 12:00", "2020-02-02 12:00"),
        (Unit.WORKING_HOURS, 4 * 60, "2020-03-06 15:00", "2020-03-09 11:00"),
        (Unit.WORKING_DAYS, 3, "2020-01-22 16:59", "2020-02-04 24:00"),
        (Unit.WORKING_DAYS, 2, "2020-04-24 08:00", "2020-04-27 24:00"),
        (Unit.NATURAL_DAYS, 7, "2020-02-28 09:00", "2020-03-06 24:00"),
        (Unit.NATURAL_DAYS, 3, "2020-01-22 09:00", "2020-02-03 24:00"),  # ends on a holiday: next working day
    ],
)
def test_it_is_due_when_the_rules_say(unit: str, budget: int, start: str, due: str) -> None:
    assert due_text(reckoned(unit, budget, start).due_at) == due


def test_it_ends_with_office_hours_where_the_kind_says_so() -> None:
    found = reckoned(Unit.WORKING_DAYS, 3, "2020-01-22 10:00", day_end=DayEnd.BUSINESS)

    assert due_text(found.due_at) == "2020-02-04 17:00"


def test_it_needs_no_calendar_for_natural_hours_and_says_when_it_needs_one() -> None:
    assert reckon(Terms(Unit.NATURAL_HOURS, 60, local(MONDAY)), None).due_at == local("2020-03-02 11:00")
    with pytest.raises(TypeError, match="WORKING_DAYS needs a calendar"):
        reckon(Terms(Unit.WORKING_DAYS, 1, local(MONDAY)), None)


@pytest.mark.parametrize(
    ("unit", "budget", "pauses", "due"),
    [
        (Unit.NATURAL_HOURS, 120, [("2020-03-02 11:00", "2020-03-02 15:00")], "2020-03-02 16:00"),
        (Unit.WORKING_HOURS, 120, [("2020-03-02 11:00", "2020-03-03 09:30")], "2020-03-03 10:30"),
        (Unit.WORKING_DAYS, 5, [("2020-03-03 09:00", "2020-03-05 15:00")], "2020-03-11 24:00"),
        (Unit.WORKING_DAYS, 5, [("2020-03-03 09:00", "2020-03-03 15:00")], "2020-03-09 24:00"),  # within one day
        (Unit.WORKING_DAYS, 5, [("2020-03-06 09:00", "2020-03-08 15:00")], "2020-03-09 24:00"),  # a weekend
        (Unit.WORKING_DAYS, 2, [("2020-03-04 09:00", "2020-03-06 09:00")], "2020-03-06 24:00"),  # on the last day
        (Unit.WORKING_DAYS, 2, [("2020-03-04 09:00", "2020-03-07 09:00")], "2020-03-09 24:00"),  # … to a Saturday
        (Unit.NATURAL_DAYS, 3, [("2020-03-03 09:00", "2020-03-05 09:00")], "2020-03-09 24:00"),  # Saturday: Monday
        (
            Unit.NATURAL_HOURS,
            120,
            [("2020-03-02 10:30", "2020-03-02 11:30"), ("2020-03-02 12:30", "2020-03-02 13:00")],
            "2020-03-02 13:30",
        ),
        (Unit.NATURAL_HOURS, 60, [("2020-03-02 12:00", "2020-03-02 13:00")], "2020-03-02 11:00"),  # too late
    ],
)
def test_it_does_not_count_pauses(unit: str, budget: int, pauses: list[tuple[str, str]], due: str) -> None:
    assert due_text(reckoned(unit, budget, MONDAY, *pauses).due_at) == due


def test_it_stands_still_while_paused() -> None:
    found = reckoned(Unit.NATURAL_HOURS, 120, MONDAY, ("2020-03-02 10:30", None))

    for later in ("2020-03-02 10:30", "2020-03-20 10:30"):
        assert found.remaining(local(later)) == 90 * MINUTE
        assert found.light(local(later)) == Light.GREEN
        assert not found.is_overdue(local(later))
    assert found.left_text(local("2020-03-20 10:30")) == "还剩 1 小时 30 分钟"


def test_it_counts_days_left_and_days_late() -> None:
    found = reckoned(Unit.WORKING_DAYS, 5, MONDAY)

    texts = {text: found.left_text(local(text)) for text in (MONDAY, "2020-03-08 12:00", "2020-03-09 23:59")}
    assert list(texts.values()) == ["还剩 5 个工作日", "还剩 1 个工作日", "还剩 0 个工作日"]
    assert found.left_text(local("2020-03-10 00:01")) == "已逾期 1 个工作日"
    assert found.left_text(local("2020-03-15 00:01")) == "已逾期 4 个工作日"
    assert found.used(local(MONDAY) - timedelta(days=3)) == 0


@pytest.mark.parametrize(
    ("at", "light"),
    [
        ("2020-03-02 10:00", Light.GREEN),
        ("2020-03-04 23:59", Light.GREEN),  # two of five days used
        ("2020-03-05 00:00", Light.YELLOW),
        ("2020-03-08 23:59", Light.YELLOW),
        ("2020-03-09 00:00", Light.ORANGE),
        ("2020-03-10 00:00", Light.ORANGE),  # midnight itself is in time
        ("2020-03-10 00:01", Light.RED),
    ],
)
def test_it_shows_the_lights_of_the_handbook(at: str, light: Light) -> None:
    assert reckoned(Unit.WORKING_DAYS, 5, MONDAY).light(local(at)) == light


def test_it_shows_green_first_on_a_clock_of_an_hour() -> None:
    found = reckoned(Unit.NATURAL_HOURS, 60, MONDAY)

    minutes = [0, 29, 30, 60, 61]
    assert [found.light(local(MONDAY) + timedelta(minutes=each)) for each in minutes] == [
        Light.GREEN,
        Light.GREEN,
        Light.ORANGE,
        Light.ORANGE,
        Light.RED,
    ]
    assert light_of(due_at=found.due_at, half_at=found.half_at, at=found.due_at) == Light.ORANGE


@pytest.mark.parametrize(
    ("when", "amount", "moment"),
    [
        (RungWhen.SHARE_USED, 50, "2020-03-05 00:00"),
        (RungWhen.SHARE_USED, 80, "2020-03-06 00:00"),
        (RungWhen.BEFORE_DUE, 24 * 60, "2020-03-09 00:00"),
        (RungWhen.AFTER_DUE, 0, "2020-03-10 00:00"),
        (RungWhen.AFTER_DUE, 90, "2020-03-10 01:30"),
        (RungWhen.WORKDAYS_OVERDUE, 2, "2020-03-11 09:00"),
    ],
)
def test_it_knows_when_rungs_are_due(when: str, amount: int, moment: str) -> None:
    assert reckoned(Unit.WORKING_DAYS, 5, MONDAY).rung_at(when, amount) == local(moment)


def test_it_leaves_out_rungs_that_a_short_clock_cannot_have() -> None:
    assert reckoned(Unit.NATURAL_HOURS, 60, MONDAY).rung_at(RungWhen.BEFORE_DUE, 24 * 60) is None
    late = reckoned(Unit.NATURAL_HOURS, 60, "2021-12-31 10:00")
    assert late.rung_at(RungWhen.WORKDAYS_OVERDUE, 1) is None


def test_it_writes_amounts_in_words() -> None:
    assert amount_text(Unit.NATURAL_HOURS, 90 * MINUTE) == "1 小时 30 分钟"
    assert amount_text(Unit.NATURAL_HOURS, 24 * 60 * MINUTE) == "24 小时"
    assert amount_text(Unit.WORKING_HOURS, 0) == "0 分钟"
    assert amount_text(Unit.NATURAL_DAYS, 7) == "7 天"
