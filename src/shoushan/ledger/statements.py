"""Restated levels: what is so of a subject from a day on, stated again and again.

The ledger gets the difference to the level before. When a past day is stated anew, the days that were stated after it
stay as they were: the next stated day gets the opposite difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from django.db import connection, transaction

from shoushan.ledger import names, posting
from shoushan.ledger.transfers import (
    Move,
    Positions,
    Posting,
    Statement,
    normal_positions,
    plan_moves,
    positions_text,
    read_positions,
)
from shoushan.lib import rows

COLUMNS: Final = ["subject_id", "book", "stated_on", "positions", "revision", "is_withdrawn"]
TYPES: Final = ["bigint", "text", "date", "text", "integer", "boolean"]
Change = tuple[int, str, date, str, int, bool]
"""A row of StatedLevel, in the order of COLUMNS."""


class Stated(NamedTuple):
    """A stored row: the positions in force from `on`, how many entries were made for that day, and whether it counts."""

    on: date
    positions: Positions
    revision: int
    is_withdrawn: bool = False


class Neighbours(NamedTuple):
    """The statements of one subject around a day: the last before it, the one of the day, the first after it."""

    before: Stated | None
    same: Stated | None
    after: Stated | None


NOTHING: Final = Neighbours(None, None, None)


@transaction.atomic
def state_many(book: str, statements: Sequence[Statement], *, at: datetime, actor: str) -> int:
    """State positions for days; what stands already is left alone. Returns the number of entries made.

    A day that is stated with the same positions as the day before gets an entry without moves: that it was stated is a
    fact, and a later correction of an earlier day must not reach through it.
    """
    made = 0
    for round_ in _rounds(statements):
        made += _state_round(book, round_, at=at, actor=actor)
    return made


def _rounds(statements: Iterable[Statement]) -> list[list[Statement]]:
    """The statements in rounds that hold each subject once, earlier days first."""
    rounds: list[list[Statement]] = []
    seen: dict[str, int] = {}
    for statement in sorted(statements, key=lambda each: each.on):
        index = seen.get(statement.subject, 0)
        seen[statement.subject] = index + 1
        if index == len(rounds):
            rounds.append([])
        rounds[index].append(statement)
    return rounds


def _state_round(book: str, statements: Sequence[Statement], *, at: datetime, actor: str) -> int:
    subjects = names.subject_ids(statement.subject for statement in statements)
    _lock(subjects.values())
    around = _neighbours(book, [(subjects[statement.subject], statement.on) for statement in statements])
    postings: list[Posting] = []
    changed: list[Change] = []
    for statement in statements:
        subject_id = subjects[statement.subject]
        positions = normal_positions(statement.positions)
        found = around.get((subject_id, statement.on))
        if found is None:  # the first that is ever stated of this subject: by far the most frequent in a first import
            postings.append(_entry(book, statement, 1, plan_moves((), positions)))
            changed.append((subject_id, book, statement.on, positions_text(positions), 1, False))
            continue
        before, same, after = found
        is_stated = same is not None and not same.is_withdrawn
        if same and is_stated and same.positions == positions:
            continue
        in_force = same if is_stated else before
        held = in_force.positions if in_force else ()
        revision = same.revision + 1 if same else 1
        postings.append(_entry(book, statement, revision, plan_moves(held, positions)))
        changed.append((subject_id, book, statement.on, positions_text(positions), revision, False))
        if after:
            carry = plan_moves(positions, held)
            if carry:
                postings.append(_carry(book, statement, after, carry))
                changed.append((subject_id, book, after.on, positions_text(after.positions), after.revision + 1, False))
    posting.post_many(postings, at=at, actor=actor)
    _store(changed)
    return len(postings)


def _entry(book: str, statement: Statement, revision: int, moves: tuple[Move, ...]) -> Posting:
    key = f"{book}/{statement.subject}/{statement.on.isoformat()}/{revision}"
    return Posting(key, statement.kind, statement.on, statement.subject, moves, statement.details)


def _carry(book: str, statement: Statement, after: Stated, moves: tuple[Move, ...]) -> Posting:
    key = f"{book}/{statement.subject}/{after.on.isoformat()}/{after.revision + 1}"
    details = {"kept_after_restating": statement.on.isoformat()}
    return Posting(key, statement.kind, after.on, statement.subject, moves, details)


@transaction.atomic
def retract(book: str, *, subject: str, on: date, kind: str, reason: str, at: datetime, actor: str) -> bool:
    """Take the statement of a day back: the day before is in force again until the next stated day.

    Returns False when nothing was stated for that day. The entry of a day stated once is reversed one to one.
    """
    known = names.find_subjects([subject])
    if subject not in known:
        return False
    subject_id = known[subject]
    _lock([subject_id])
    before, same, after = _neighbours(book, [(subject_id, on)]).get((subject_id, on), NOTHING)
    if same is None or same.is_withdrawn:
        return False
    held = before.positions if before else ()
    key = f"{book}/{subject}/{on.isoformat()}"
    gone = Posting(
        f"{key}/{same.revision + 1}", kind, on, subject, plan_moves(same.positions, held), {"reason": reason}
    )
    if same.revision == 1:
        gone = gone._replace(reverses=f"{key}/1")
    postings = [gone]
    changed: list[Change] = [(subject_id, book, on, "", same.revision + 1, True)]
    carry = plan_moves(held, same.positions)
    if after and carry:
        stand_in = Statement(subject, on, held, kind)
        postings.append(_carry(book, stand_in, after, carry))
        changed.append((subject_id, book, after.on, positions_text(after.positions), after.revision + 1, False))
    posting.post_many(postings, at=at, actor=actor)
    _store(changed)
    return True


def stated_levels(book: str, subjects: Sequence[str], *, as_of: date | None = None) -> dict[str, list[Stated]]:
    """Everything stated of the subjects in a book, by day; up to `as_of` where given."""
    sql = (
        "SELECT s.code, l.stated_on, l.positions, l.revision FROM ledger_statedlevel l"
        " JOIN ledger_subject s ON s.id = l.subject_id WHERE l.book = %s AND NOT l.is_withdrawn AND s.code IN {in} ORDER BY l.stated_on"
    )
    found: dict[str, list[Stated]] = {}
    for code, on, text, revision in rows.fetch_in(sql, list(subjects), before=[book]):
        day = rows.as_day(on)
        if as_of is None or day <= as_of:
            found.setdefault(code, []).append(Stated(day, read_positions(text), revision))
    return found


def _lock(subject_ids: Iterable[int]) -> None:
    """Two statements about one subject wait for each other (PostgreSQL; SQLite has one writer anyway)."""
    if rows.is_postgresql():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT 1 FROM ledger_subject WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE", [list(subject_ids)]
            )


def _neighbours(book: str, wanted: Sequence[tuple[int, date]]) -> dict[tuple[int, date], Neighbours]:
    by_day: dict[date, list[int]] = {}
    for subject_id, on in wanted:
        by_day.setdefault(on, []).append(subject_id)
    found: dict[tuple[int, date], Neighbours] = {}
    for on, subject_ids in by_day.items():
        for row in rows.fetch_in(_NEIGHBOURS, subject_ids, before=[book, on, book, on], after=[book, on]):
            subject_id, stated_on, text, revision, is_withdrawn = row
            stated = Stated(rows.as_day(stated_on), read_positions(text), revision, bool(is_withdrawn))
            place = "same" if stated.on == on else "before" if stated.on < on else "after"
            key = subject_id, on
            found[key] = found.get(key, NOTHING)._replace(**{place: stated})
    return found


_PICK = "(SELECT {pick}(x.stated_on) FROM ledger_statedlevel x WHERE x.subject_id = s.id AND x.book = %s AND NOT x.is_withdrawn AND x.stated_on {sign} %s)"
_NEIGHBOURS = (
    "WITH near AS MATERIALIZED"  # else PostgreSQL looks for the two days again at every level that a subject ever had
    f" (SELECT s.id, {_PICK.format(pick='MAX', sign='<')} AS before, {_PICK.format(pick='MIN', sign='>')} AS after"
    " FROM ledger_subject s WHERE s.id IN {in})"
    " SELECT l.subject_id, l.stated_on, l.positions, l.revision, l.is_withdrawn FROM near"
    " JOIN ledger_statedlevel l ON l.subject_id = near.id AND l.book = %s AND l.stated_on IN (%s, near.before, near.after)"
)


def _store(changed: list[Change]) -> None:
    rows.upsert(
        "ledger_statedlevel",
        ["subject_id", "book", "stated_on"],
        "positions = excluded.positions, revision = excluded.revision, is_withdrawn = excluded.is_withdrawn",
        COLUMNS,
        sorted(changed),
        TYPES,
    )
