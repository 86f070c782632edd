"""Stated levels against the ledger: what is kept of each statement is what its transfers add up to, on every day.

The levels are what later statements are compared with: a level altered by hand would make the next difference wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from shoushan.ledger.transfers import OUTSIDE, Account, read_positions
from shoushan.lib import rows

SUBJECTS: Final = 5_000
"""Subjects looked at in one go."""

Amounts = dict[Account, int]
Book = tuple[int, str]
"""A subject's number and the book in which it is stated."""


def differing_levels() -> Iterator[tuple[str, str, date]]:
    """Subject, book and day where a stated level is not what the transfers of its book add up to."""
    accounts = {
        row[0]: Account(*row[1:]) for row in rows.fetch("SELECT id, code, unit, area, category FROM ledger_account")
    }
    subjects = dict(
        rows.fetch(
            "SELECT s.id, s.code FROM ledger_subject s WHERE EXISTS"
            " (SELECT 1 FROM ledger_statedlevel l WHERE l.subject_id = s.id) ORDER BY s.id"
        )
    )
    for part in rows.chunks(list(subjects), SUBJECTS):
        levels = _levels(part)
        changes = _changes(part, subjects, accounts)
        for book in sorted(levels.keys() | changes.keys()):
            for day in _differing_days(levels.get(book, {}), changes.get(book, {})):
                yield subjects[book[0]], book[1], day


def _levels(subjects: Sequence[int]) -> dict[Book, dict[date, Amounts]]:
    sql = (
        "SELECT subject_id, book, stated_on, positions FROM ledger_statedlevel"
        " WHERE NOT is_withdrawn AND subject_id IN {in}"
    )
    levels: dict[Book, dict[date, Amounts]] = defaultdict(dict)
    for subject, book, day, text in rows.fetch_in(sql, subjects):
        levels[subject, book][rows.as_day(day)] = dict(read_positions(text))
    return levels


def _changes(
    subjects: Sequence[int], codes: dict[int, str], accounts: dict[int, Account]
) -> dict[Book, dict[date, Amounts]]:
    """Net change of every account by book and day; entries of a book are told by their keys."""
    sql = (
        "SELECT t.subject_id, e.key, t.occurred_on, t.source_id, t.target_id, t.amount FROM ledger_transfer t"
        " JOIN ledger_entry e ON e.id = t.entry_id WHERE t.subject_id IN {in}"
    )
    changes: dict[Book, dict[date, Amounts]] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    for row in rows.fetch_in(sql, subjects):
        _add(changes, row, codes, accounts)
    return changes


def _add(
    changes: dict[Book, dict[date, Amounts]], row: tuple[Any, ...], codes: dict[int, str], accounts: dict[int, Account]
) -> None:
    subject, key, day, source, target, amount = row
    book, _, rest = key.partition("/")
    if not rest.startswith(f"{codes[subject]}/"):
        return
    for number, signed in ((source, -amount), (target, amount)):
        account = accounts.get(number)
        if account is not None and not account.code.endswith(f".{OUTSIDE}"):
            changes[subject, book][rows.as_day(day)][account] += signed


def _differing_days(levels: dict[date, Amounts], changes: dict[date, Amounts]) -> Iterator[date]:
    """The days, from the first on which they part, on which running amounts and stated level are not the same."""
    running: Amounts = defaultdict(int)
    stated: Amounts = {}
    for day in sorted(levels.keys() | changes.keys()):
        for account, change in changes.get(day, {}).items():
            running[account] += change
        stated = levels.get(day, stated)
        if {account: amount for account, amount in running.items() if amount} != stated:
            yield day
