"""What must hold of the ledger whatever is entered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from shoushan.ledger import api as ledger
from shoushan.ledger import checks, names
from shoushan.ledger.transfers import normal_positions, plan_moves
from tests.ledger.factories import ACTOR, AT, account, enter, people

pytestmark = pytest.mark.django_db

STATUSES = ["outside", "pending", "approved", "stopped"]
AREAS = ["370102011", "370102013"]
FIRST = date(2020, 2, 25)
LAST = FIRST + timedelta(days=30)
CODES = [f"test.enterprises.{status}" for status in STATUSES]

accounts = st.builds(account, st.sampled_from(STATUSES), st.sampled_from(AREAS))
moves = (
    st.tuples(accounts, accounts, st.integers(1, 9))
    .filter(lambda each: each[0] != each[1])
    .map(lambda each: ledger.Move(*each))
)
days = st.integers(0, 30).map(lambda number: FIRST + timedelta(days=number))
events = st.lists(st.tuples(days, st.sampled_from("ABC"), st.lists(moves, max_size=3)), max_size=8)
statements = st.lists(st.tuples(days, st.integers(0, 9), st.sampled_from(AREAS)), max_size=7)


@contextmanager
def clean_ledger() -> Iterator[None]:
    """Each example starts from an empty ledger."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    names.forget()


def postings(rows: list[tuple[date, str, list[ledger.Move]]]) -> list[ledger.Posting]:
    return [
        ledger.Posting(f"k{number}", "test.thing_happened", day, f"enterprise:{subject}", tuple(parts))
        for number, (day, subject, parts) in enumerate(rows)
    ]


def balances(day: date) -> dict[ledger.Account, int]:
    return dict(ledger.balances([*CODES, "test.people.at_work", "test.people.outside"], as_of=day))


@settings(max_examples=40, deadline=None)
@given(events)
def test_it_conserves_what_is_counted_and_keeps_totals_that_a_rebuild_gives(
    rows: list[tuple[date, str, list[ledger.Move]]],
) -> None:
    with clean_ledger():
        enter(*postings(rows))

        assert sum(balances(LAST).values()) == 0
        assert [finding for finding in checks.verify() if finding.table == "total"] == []


@settings(max_examples=30, deadline=None)
@given(events, st.randoms(use_true_random=False))
def test_it_gives_the_same_balances_in_any_order(
    rows: list[tuple[date, str, list[ledger.Move]]], random: object
) -> None:
    made = postings(rows)
    mixed = made[:]
    random.shuffle(mixed)  # type: ignore[attr-defined]
    with clean_ledger():
        enter(*made)
        straight = [balances(FIRST + timedelta(days=number)) for number in range(31)]
    with clean_ledger():
        for each in mixed:
            enter(each)

        assert [balances(FIRST + timedelta(days=number)) for number in range(31)] == straight


@settings(max_examples=30, deadline=None)
@given(events)
def test_it_is_as_if_nothing_had_been_after_reversing_all(rows: list[tuple[date, str, list[ledger.Move]]]) -> None:
    with clean_ledger():
        made = postings(rows)
        enter(*made)
        for each in made:
            ledger.reverse(key=each.key, reversal_key=f"{each.key}/reversed", at=AT, actor=ACTOR)

        assert [balances(FIRST + timedelta(days=number)) for number in range(0, 31, 5)] == [{}] * 7


@settings(max_examples=30, deadline=None)
@given(events, days)
def test_it_opens_every_balance_onto_holders_that_add_up(
    rows: list[tuple[date, str, list[ledger.Move]]], day: date
) -> None:
    with clean_ledger():
        enter(*postings(rows))

        for code in CODES:
            total = sum(each.amount for each in ledger.balances([code], as_of=day))
            assert sum(each.amount for each in ledger.holders([code], as_of=day)) == total
            assert sum(each.amount for each in ledger.holdings([code], as_of=day)) == total


@settings(max_examples=25, deadline=None)
@given(events)
def test_it_includes_more_the_later_it_is_asked(rows: list[tuple[date, str, list[ledger.Move]]]) -> None:
    with clean_ledger():
        enter(*postings(rows))

        included = [
            {line.key for line in ledger.entries_behind(CODES, as_of=FIRST + timedelta(days=number), limit=99)}
            for number in range(31)
        ]
        assert all(earlier <= later for earlier, later in pairwise(included))


def level(day: date) -> int:
    return sum(each.amount for each in ledger.balances(["test.people.at_work"], as_of=day))


def stated(day: date) -> dict[ledger.Account, int]:
    """What was stated; from which area's account of origin it came may differ with the order."""
    return dict(ledger.balances(["test.people.at_work"], as_of=day))


def state(rows: list[tuple[date, int, str]]) -> None:
    for day, amount, area in rows:
        statement = ledger.Statement(
            "enterprise:A", day, (ledger.Position(people(area=area), amount),), "test.people_stated"
        )
        ledger.state_many("test.people", [statement], at=AT, actor=ACTOR)


@settings(max_examples=40, deadline=None)
@given(statements)
def test_it_gives_on_every_day_what_was_last_stated_for_it(rows: list[tuple[date, int, str]]) -> None:
    with clean_ledger():
        state(rows)

        stated = {day: amount for day, amount, _area in rows}
        expected = 0
        for number in range(31):
            day = FIRST + timedelta(days=number)
            expected = stated.get(day, expected)
            assert level(day) == expected


@settings(max_examples=30, deadline=None)
@given(statements, days, st.integers(0, 9))
def test_it_leaves_later_stated_days_alone_when_a_past_day_is_restated(
    rows: list[tuple[date, int, str]], past: date, amount: int
) -> None:
    with clean_ledger():
        state(rows)
        later = {day: level(day) for day, _amount, _area in rows if day > past}

        state([(past, amount, AREAS[0])])

        assert level(past) == amount
        assert {day: level(day) for day in later} == later


@settings(max_examples=30, deadline=None)
@given(statements, st.randoms(use_true_random=False))
def test_it_gives_the_same_levels_in_any_order_of_stating(rows: list[tuple[date, int, str]], random: object) -> None:
    once = list({day: (day, amount, area) for day, amount, area in rows}.values())
    mixed = once[:]
    random.shuffle(mixed)  # type: ignore[attr-defined]
    with clean_ledger():
        state(once)
        straight = [stated(FIRST + timedelta(days=number)) for number in range(31)]
    with clean_ledger():
        state(mixed)

        assert [stated(FIRST + timedelta(days=number)) for number in range(31)] == straight


positions = st.lists(
    st.tuples(st.sampled_from(["pending", "approved", "stopped"]), st.sampled_from(AREAS), st.integers(0, 5)),
    max_size=4,
    unique_by=lambda each: each[:2],
).map(lambda rows: normal_positions(ledger.Position(account(status, area), amount) for status, area, amount in rows))


@given(positions, positions)
def test_it_plans_moves_that_lead_from_one_place_to_the_other(
    before: ledger.Positions, after: ledger.Positions
) -> None:
    held = dict(before)
    for source, target, amount in plan_moves(before, after):
        assert amount > 0
        held[source] = held.get(source, 0) - amount
        held[target] = held.get(target, 0) + amount

    kept = {place: amount for place, amount in held.items() if amount and not place.code.endswith(".outside")}
    assert kept == dict(after)
