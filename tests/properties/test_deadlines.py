"""What must hold of working days and clocks whatever is asked; some of it against a model that walks day by day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from shoushan.deadlines.enums import HOURS, RungWhen, Unit
from shoushan.deadlines.reckoning import Pause, Terms, reckon
from tests.deadlines.factories import a_calendar, local

CALENDAR = a_calendar([2019, 2020, 2021])
FIRST = date(2020, 1, 1)
MORNING = local("2020-01-15 00:00")

days = st.integers(0, 500).map(lambda number: FIRST + timedelta(days=number))
minutes = st.integers(0, 60 * 24 * 60)
moments = minutes.map(lambda number: MORNING + timedelta(minutes=number))
units = st.sampled_from(list(Unit))


@st.composite
def terms(draw: st.DrawFn, *, most_pauses: int = 3) -> Terms:
    """A clock with closed pauses in order."""
    unit = draw(units)
    budget = draw(st.integers(1, 40 * 60 if unit in HOURS else 30))
    start = draw(moments)
    gaps = draw(st.lists(st.tuples(st.integers(0, 9000), st.integers(1, 9000)), max_size=most_pauses))
    pauses, at = [], start
    for before, length in gaps:
        since = at + timedelta(minutes=before)
        at = since + timedelta(minutes=length)
        pauses.append(Pause(since, at))
    return Terms(unit, budget, start, pauses=tuple(pauses))


@given(days, st.integers(0, 120))
def test_it_counts_back_what_it_added(start: date, number: int) -> None:
    end = CALENDAR.add_workdays(start, number)

    assert CALENDAR.workdays_between(start, end) == number
    assert number == 0 or CALENDAR.is_working(end)


@given(days, st.integers(1, 60))
def test_it_ends_where_a_walk_from_day_to_day_ends(start: date, number: int) -> None:
    day, left = start, number
    while left:
        day += timedelta(days=1)
        left -= CALENDAR.is_working(day)

    assert CALENDAR.add_workdays(start, number) == day


@given(days, days, st.integers(0, 60), st.integers(0, 60))
def test_it_never_ends_earlier_for_a_later_start_or_a_longer_period(a: date, b: date, n: int, m: int) -> None:
    assert CALENDAR.add_workdays(min(a, b), n) <= CALENDAR.add_workdays(max(a, b), n)
    assert CALENDAR.add_workdays(a, min(n, m)) <= CALENDAR.add_workdays(a, max(n, m))


@given(days, days, days)
def test_it_adds_up_over_parts(a: date, b: date, c: date) -> None:
    parts = CALENDAR.workdays_between(a, b) + CALENDAR.workdays_between(b, c)

    assert parts == CALENDAR.workdays_between(a, c)


@given(moments, st.integers(1, 40 * 60))
def test_it_adds_working_time_as_a_walk_from_minute_to_minute_does(start: datetime, amount: int) -> None:
    found = reckon(Terms(Unit.WORKING_HOURS, amount, start), CALENDAR).due_at

    at, left = start, amount
    while left:
        if CALENDAR.is_working(at.date()) and 9 <= at.hour < 17:
            left -= 1
        elif at.hour == 17:
            at += timedelta(hours=7) - timedelta(minutes=at.minute + 1)
        at += timedelta(minutes=1)
    assert found == at


@settings(max_examples=300)
@given(terms(), minutes)
def test_it_splits_the_budget_into_used_and_remaining(clock: Terms, later: int) -> None:
    found = reckon(clock, CALENDAR)
    at = clock.started_at + timedelta(minutes=later)

    assert found.used(at) + found.remaining(at) == clock.budget * clock.scale
    assert found.used(clock.started_at) == 0
    assert found.used(at) >= 0


@settings(max_examples=300)
@given(terms(), minutes, minutes)
def test_it_never_gives_back_what_was_used(clock: Terms, a: int, b: int) -> None:
    found = reckon(clock, CALENDAR)
    early, late = sorted((clock.started_at + timedelta(minutes=a), clock.started_at + timedelta(minutes=b)))

    assert found.remaining(early) >= found.remaining(late) or clock.unit not in HOURS
    assert found.is_overdue(late) or not found.is_overdue(early)


@settings(max_examples=300)
@given(terms())
def test_it_is_used_up_exactly_when_due(clock: Terms) -> None:
    found = reckon(clock, CALENDAR)

    if clock.unit in HOURS:
        assert found.remaining(found.due_at) == 0
        assert found.remaining(found.due_at - timedelta(microseconds=1)) == 1
    else:
        assert found.remaining(found.due_at - timedelta(microseconds=1)) <= 0
    assert found.half_at <= found.due_at


@settings(max_examples=300)
@given(terms())
def test_it_is_never_shortened_by_a_pause(clock: Terms) -> None:
    for count in range(len(clock.pauses)):
        fewer = Terms(clock.unit, clock.budget, clock.started_at, clock.day_end, clock.pauses[:count])
        more = Terms(clock.unit, clock.budget, clock.started_at, clock.day_end, clock.pauses[: count + 1])
        assert reckon(fewer, CALENDAR).due_at <= reckon(more, CALENDAR).due_at


@settings(max_examples=300)
@given(terms())
def test_it_is_never_over_at_the_moment_of_resuming(clock: Terms) -> None:
    for count, pause in enumerate(clock.pauses):
        before = Terms(clock.unit, clock.budget, clock.started_at, clock.day_end, clock.pauses[:count])
        after = Terms(clock.unit, clock.budget, clock.started_at, clock.day_end, clock.pauses[: count + 1])
        if pause.since < reckon(before, CALENDAR).due_at and pause.until:
            assert reckon(after, CALENDAR).due_at > pause.until


@given(terms(), st.integers(1, 30))
def test_it_ends_later_with_a_longer_budget(clock: Terms, more: int) -> None:
    longer = Terms(clock.unit, clock.budget + more, clock.started_at, clock.day_end, clock.pauses)

    assert reckon(clock, CALENDAR).due_at <= reckon(longer, CALENDAR).due_at


@given(terms(most_pauses=0), st.integers(0, 99), st.integers(0, 99))
def test_it_has_its_rungs_in_the_order_of_their_shares(clock: Terms, a: int, b: int) -> None:
    found = reckon(clock, CALENDAR)

    early = found.rung_at(RungWhen.SHARE_USED, min(a, b)) or clock.started_at
    late = found.rung_at(RungWhen.SHARE_USED, max(a, b)) or clock.started_at
    assert early <= late <= found.due_at
