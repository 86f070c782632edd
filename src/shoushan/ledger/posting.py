"""Entering events: idempotent by key, totals kept in the same transaction, reversals one to one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from hashlib import blake2b
from itertools import chain
from typing import Any, Final, NamedTuple

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from shoushan.ledger import keys, names, single
from shoushan.ledger.errors import KeyTakenError, LedgerError, UnknownEntryError
from shoushan.ledger.transfers import (
    SEPARATOR,
    Account,
    Move,
    Posting,
    details_text,
    problem_of_posting,
    reverse_moves,
)
from shoushan.lib import records, rows

ENTRY_COLUMNS: Final = [
    "id",
    "key",
    "kind",
    "occurred_on",
    "recorded_at",
    "actor",
    "subject_id",
    "details",
    "reverses_id",
    "digest",
]
TRANSFER_COLUMNS: Final = ["entry_id", "source_id", "target_id", "amount", "occurred_on", "subject_id"]
TOTAL_COLUMNS: Final = ["account_id", "grain", "period", "net"]
Change = tuple[int, str, date, int]
"""A row of Total, in the order of TOTAL_COLUMNS, to be added to what is there."""

Numbered = tuple[int, int, int]
"""A move with account numbers: source, target, amount."""


class Content(NamedTuple):
    """The parts of an entry that make it the same entry, whoever enters it and whenever."""

    key: str
    kind: str
    occurred_on: str
    subject: str
    reverses: str
    details: str
    moves: str


def post(
    *,
    key: str,
    kind: str,
    occurred_on: date,
    subject: str,
    moves: Sequence[Move],
    at: datetime,
    actor: str,
    details: Mapping[str, Any] | None = None,
) -> int:
    """Enter one event and return its number. The same key with the same content is entered once.

    Raises `KeyTakenError` when the key stands for other content, `LedgerError` for anything that is not well formed.
    """
    posting = Posting(key, kind, occurred_on, subject, tuple(moves), details or {})
    return post_many([posting], at=at, actor=actor)[0]


def post_many(postings: Sequence[Posting], *, at: datetime, actor: str) -> list[int]:
    """Enter events in one transaction; returns their numbers in the same order. See `post`."""
    for posting in postings:
        if problem := problem_of_posting(posting):
            raise LedgerError(_(problem.sentence) % problem.words)
    with _transaction():
        return _enter(postings, at=at, actor=actor) if postings else []


def post_with(posting: Posting, also: records.Pair, *, at: datetime, actor: str) -> int:
    """Enter one event together with the record that it changes and a new row about it. See `post`.

    The number goes into both; where the very same event is there already, they are stored with its number.
    """
    if problem := problem_of_posting(posting):
        raise LedgerError(_(problem.sentence) % problem.words)
    with _transaction():
        accounts = names.account_ids({account for move in posting.moves for account in move[:2]})
        subjects = names.subject_ids([posting.subject])
        return _write_single(posting, accounts, subjects, at=at, actor=actor, also=also)


@contextmanager
def _transaction() -> Iterator[None]:
    """The caller's transaction or a new one. No savepoint: every refusal comes before the first row is written, and
    after an error of the database itself the caller's transaction can only be rolled back.
    """
    if not connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    try:
        yield
    except DatabaseError:
        transaction.set_rollback(True)
        raise


def _enter(postings: Sequence[Posting], *, at: datetime, actor: str) -> list[int]:
    accounts = names.account_ids({account for posting in postings for move in posting.moves for account in move[:2]})
    subjects = names.subject_ids(posting.subject for posting in postings)
    if len(postings) == 1:
        return [_write_single(postings[0], accounts, subjects, at=at, actor=actor)]
    try:
        with transaction.atomic():
            return _write(postings, accounts, subjects, at=at, actor=actor)
    except IntegrityError:
        # Some key is there already (or twice in this batch): find out which, and whether the content is the same.
        return _write_missing(postings, accounts, subjects, at=at, actor=actor)


def _write_single(
    posting: Posting,
    accounts: dict[Account, int],
    subjects: dict[str, int],
    *,
    at: datetime,
    actor: str,
    also: records.Pair | None = None,
) -> int:
    """One decision: no savepoint and no reserved numbers, because the key itself says whether it is there already."""
    key, kind, occurred_on, subject, moves, details, reverses = posting
    day, recorded, subject_id = occurred_on.isoformat(), recorded_text(at), subjects[subject]
    numbered = [(accounts[source], accounts[target], amount) for source, target, amount in moves]
    text = details_text(details)
    parts = ",".join([f"{out}>{into}:{amount}" for out, into, amount in numbered])
    content = canonical_text(key, kind, day, recorded, actor, subject, reverses, text, parts)
    reversed_id = _reversed_ids([posting]).get(reverses)
    row = [key, kind, day, recorded, actor, subject_id, text, reversed_id, keys.digest(content.encode())]
    totals: dict[tuple[int, date], int] = {}
    for move in numbered:
        _count(totals, occurred_on, *move)
    number = single.insert(row, numbered, day, subject_id, changes_of_totals(totals), also)
    if number is None:
        number = _write_missing([posting], accounts, subjects, at=at, actor=actor)[0]
        if also is not None:
            single.number_pair(also, number)
            also.store()
    return number


def _write_missing(
    postings: Sequence[Posting], accounts: dict[Account, int], subjects: dict[str, int], *, at: datetime, actor: str
) -> list[int]:
    known = stored_contents([posting.key for posting in postings])
    fresh: dict[str, Posting] = {}
    for posting in postings:
        content = content_of(posting, accounts)
        there = known[posting.key][1] if posting.key in known else None
        if there is None and posting.key in fresh:
            there = content_of(fresh[posting.key], accounts)
        if there is None:
            fresh[posting.key] = posting
        elif there != content:
            sentence = _("分录键 %(key)s 已用于另一内容，同一件事不能记成两样。")
            raise KeyTakenError(sentence % {"key": posting.key})
    numbers = {key: number for key, (number, _) in known.items()}
    new = list(fresh.values())
    numbers.update(zip(fresh, _write(new, accounts, subjects, at=at, actor=actor), strict=True))
    return [numbers[posting.key] for posting in postings]


def _write(
    postings: Sequence[Posting], accounts: dict[Account, int], subjects: dict[str, int], *, at: datetime, actor: str
) -> list[int]:
    if not postings:
        return []
    reversed_ids = _reversed_ids(postings)
    recorded = recorded_text(at)
    day_texts: dict[date, str] = {}
    totals: dict[tuple[int, date], int] = {}
    numbers = list(rows.reserve_ids("ledger_entry", len(postings)))
    entries, transfers = [], []
    secret = keys.digest_key()
    for number, (key, kind, occurred_on, subject, moves, details, reverses) in zip(numbers, postings, strict=True):
        day = day_texts.get(occurred_on) or day_texts.setdefault(occurred_on, occurred_on.isoformat())
        subject_id = subjects[subject]
        parts = []
        for source, target, amount in moves:
            out, into = accounts[source], accounts[target]
            parts.append(f"{out}>{into}:{amount}")
            transfers.append((number, out, into, amount, day, subject_id))
            _count(totals, occurred_on, out, into, amount)
        text = details_text(details) if details else "{}"
        content = canonical_text(key, kind, day, recorded, actor, subject, reverses, text, ",".join(parts))
        entries.append(
            (
                number,
                key,
                kind,
                day,
                recorded,
                actor,
                subject_id,
                text,
                reversed_ids.get(reverses),
                blake2b(content.encode(), key=secret, digest_size=32).digest(),
            )
        )
    rows.insert("ledger_entry", ENTRY_COLUMNS, entries)
    rows.insert("ledger_transfer", TRANSFER_COLUMNS, transfers)
    _add_to_totals(totals)
    return numbers


def _count(totals: dict[tuple[int, date], int], day: date, out: int, into: int, amount: int) -> None:
    """Add one move to the changes by account and day."""
    totals[out, day] = totals.get((out, day), 0) - amount
    totals[into, day] = totals.get((into, day), 0) + amount


def canonical_text(
    key: str, kind: str, day: str, recorded: str, actor: str, subject: str, reverses: str, details: str, moves: str
) -> str:
    """What digest and seal are over. `checks.CANONICAL` builds the same text inside the database."""
    return SEPARATOR.join((key, kind, day, recorded, actor, subject, reverses, details, moves))


def recorded_text(at: datetime) -> str:
    """The moment in UTC, whole seconds: as SQLite stores it and PostgreSQL reads it (with the session in UTC)."""
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


def changes_of_totals(totals: Mapping[tuple[int, date], int]) -> list[Change]:
    """The changes by day and by month, in one order everywhere, so that two writers never wait in a circle."""
    months: dict[tuple[int, date], int] = {}
    for (account, day), net in totals.items():
        month = account, day.replace(day=1)
        months[month] = months.get(month, 0) + net
    changes = [(account, "D", day, net) for (account, day), net in totals.items() if net]
    changes += [(account, "M", month, net) for (account, month), net in months.items() if net]
    changes.sort()
    return changes


def _add_to_totals(totals: Mapping[tuple[int, date], int]) -> None:
    rows.upsert(
        "ledger_total",
        ["account_id", "grain", "period"],
        "net = ledger_total.net + excluded.net",
        TOTAL_COLUMNS,
        changes_of_totals(totals),
        ["bigint", "text", "date", "bigint"],
    )


def content_of(posting: Posting, accounts: dict[Account, int]) -> Content:
    """The content of a posting in the form in which the tables give it back."""
    moves = ",".join(f"{accounts[source]}>{accounts[target]}:{amount}" for source, target, amount in posting.moves)
    key, kind, occurred_on, subject, _, details, reverses = posting
    return Content(key, kind, occurred_on.isoformat(), subject, reverses, details_text(details), moves)


def stored_contents(wanted: Sequence[str]) -> dict[str, tuple[int, Content]]:
    """Number and content of those keys that are entered."""
    sql = (
        "SELECT e.id, e.key, e.kind, CAST(e.occurred_on AS text), s.code, COALESCE(r.key, ''), e.details"
        " FROM ledger_entry e JOIN ledger_subject s ON s.id = e.subject_id LEFT JOIN ledger_entry r ON r.id = e.reverses_id"
        " WHERE e.key IN {in}"
    )
    found = {row[0]: row[1:] for row in rows.fetch_in(sql, sorted(set(wanted)))}
    moves = numbered_moves(list(found))
    contents = {}
    for number, row in found.items():
        text = ",".join(f"{source}>{target}:{amount}" for source, target, amount in moves.get(number, ()))
        contents[row[0]] = (number, Content._make((*row, text)))
    return contents


def numbered_moves(entries: Sequence[int]) -> dict[int, list[Numbered]]:
    """The moves of entries, with account numbers."""
    sql = "SELECT entry_id, source_id, target_id, amount FROM ledger_transfer WHERE entry_id IN {in} ORDER BY id"
    moves: dict[int, list[Numbered]] = {}
    for entry, source, target, amount in rows.fetch_in(sql, list(entries)):
        moves.setdefault(entry, []).append((source, target, amount))
    return moves


def _reversed_ids(postings: Sequence[Posting]) -> dict[str, int]:
    wanted = {posting.reverses for posting in postings if posting.reverses}
    if not wanted:
        return {}
    found = dict(rows.fetch_in("SELECT key, id FROM ledger_entry WHERE key IN {in}", sorted(wanted)))
    for key in wanted - found.keys():
        raise UnknownEntryError(_("没有键为 %(key)s 的分录，无法冲销。") % {"key": key})
    return found


@transaction.atomic
def reverse(*, key: str, reversal_key: str, at: datetime, actor: str, kind: str = "", reason: str = "") -> int:
    """Take an entry back: the same moves the other way round, on the same day, so that every balance is as if it had
    never been. Both entries stay. An entry is reversed once at most; the same reversal again changes nothing.
    """
    stored = stored_contents([key]).get(key)
    if stored is None:
        raise UnknownEntryError(_("没有键为 %(key)s 的分录，无法冲销。") % {"key": key})
    number, content = stored
    moves = [Move(*move) for move in _named_moves(number)]
    posting = Posting(
        key=reversal_key,
        kind=kind or content.kind,
        occurred_on=date.fromisoformat(content.occurred_on),
        subject=content.subject,
        moves=reverse_moves(moves),
        details={"reason": reason} if reason else {},
        reverses=key,
    )
    taken = rows.fetch("SELECT key FROM ledger_entry WHERE reverses_id = %s", [number])
    if taken and taken[0][0] != reversal_key:
        words = {"key": key, "by": taken[0][0]}
        raise KeyTakenError(_("分录 %(key)s 已由 %(by)s 冲销，不能再次冲销。") % words)
    return post_many([posting], at=at, actor=actor)[0]


def _named_moves(entry: int) -> list[tuple[Account, Account, int]]:
    numbered = numbered_moves([entry]).get(entry, [])
    wanted = sorted(set(chain.from_iterable(move[:2] for move in numbered)))
    sql = "SELECT id, code, unit, area, category FROM ledger_account WHERE id IN {in}"
    accounts = {row[0]: Account(*row[1:]) for row in rows.fetch_in(sql, wanted)}
    return [(accounts[source], accounts[target], amount) for source, target, amount in numbered]
