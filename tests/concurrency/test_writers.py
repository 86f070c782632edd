"""Many writers at once, on PostgreSQL with real commits."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, connections

from shoushan.ledger import api as ledger
from tests.ledger.factories import AT, enter, posting, state

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

WRITERS = 8
PENDING = ["test.enterprises.pending"]


def at_once(work: Callable[[int], object]) -> list[object]:
    """Run the work in as many threads, each with its own connection."""

    def run(number: int) -> object:
        try:
            return work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(run, range(WRITERS)))


def pending() -> int:
    return sum(each.amount for each in ledger.balances(PENDING, as_of=date(2020, 3, 31)))


def test_it_loses_no_total_with_eight_writers_on_two_hot_accounts() -> None:
    at_once(lambda writer: [enter(posting(f"w{writer}/{number}")) for number in range(20)])

    assert pending() == WRITERS * 20
    assert ledger.verify() == []


def test_it_enters_each_key_once_when_all_send_the_same() -> None:
    answers = at_once(lambda _writer: enter(*[posting(f"same/{number}") for number in range(10)]))

    assert pending() == 10
    assert len({tuple(answer) for answer in answers}) == 1  # type: ignore[arg-type]


def test_it_gives_no_leaf_twice_while_others_write() -> None:
    def work(writer: int) -> None:
        for number in range(10):
            enter(posting(f"w{writer}/{number}", subject=f"enterprise:E{writer}"))
            if number % 3 == 0:
                ledger.seal(at=AT)

    at_once(work)
    sealed = ledger.seal(at=AT)

    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*), COUNT(DISTINCT entry_id), MAX(number) FROM ledger_leaf")
        assert cursor.fetchone() == (80, 80, 79)
    assert sealed.size == 80
    assert ledger.verify() == []


def test_it_lets_two_statements_about_one_subject_wait_for_each_other() -> None:
    at_once(lambda writer: state(date(2020, 3, 1 + writer), 10 + writer))

    by_day = [
        sum(each.amount for each in ledger.balances(["test.people.at_work"], as_of=date(2020, 3, 1 + day)))
        for day in range(WRITERS)
    ]
    assert by_day == [10 + day for day in range(WRITERS)]
    assert ledger.verify() == []


def test_it_opens_an_account_once_when_all_need_it_first() -> None:
    at_once(lambda writer: enter(posting(f"first/{writer}", subject=f"enterprise:N{writer}")))

    assert pending() == WRITERS
