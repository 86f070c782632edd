"""One entry with its transfers and totals in as few statements as the database allows: the path of every decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from shoushan.lib import records, rows

_ENTRY: Final = (
    "INSERT INTO ledger_entry"
    " (key, kind, occurred_on, recorded_at, actor, subject_id, details, reverses_id, digest)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (key) DO NOTHING RETURNING id"
)
_TRANSFERS: Final = "INSERT INTO ledger_transfer (entry_id, source_id, target_id, amount, occurred_on, subject_id)"
_TOTALS: Final = "INSERT INTO ledger_total (account_id, grain, period, net)"
_ADDED: Final = "ON CONFLICT (account_id, grain, period) DO UPDATE SET net = ledger_total.net + excluded.net"
_AT_ONCE: Final = (
    f"WITH e AS ({_ENTRY}),"
    f" t AS ({_TRANSFERS} SELECT e.id, m.source, m.target, m.amount, %s::date, %s::bigint"
    " FROM e CROSS JOIN unnest(%s::bigint[], %s::bigint[], %s::bigint[]) WITH ORDINALITY m(source, target, amount, place)"
    " ORDER BY m.place),"
    f" n AS ({_TOTALS} SELECT c.account, c.grain, c.period, c.net"
    " FROM e CROSS JOIN unnest(%s::bigint[], %s::text[], %s::date[], %s::bigint[]) c(account, grain, period, net)"
    f" {_ADDED})"
)
"""PostgreSQL: one round trip; where the key is taken, `e` is empty and nothing is written at all."""


def insert(
    entry: Sequence[Any],
    moves: Sequence[tuple[int, int, int]],
    day: str,
    subject: int,
    totals: Sequence[tuple[int, str, date, int]],
    also: records.Pair | None = None,
) -> int | None:
    """The new entry's number; None, and nothing written, when its key is there already. `also` is stored with it."""
    if rows.is_postgresql():
        sides = [_array(side) for side in zip(*moves, strict=True)] or ["{}"] * 3
        changes = [_array(column) for column in zip(*totals, strict=True)] or ["{}"] * 4
        given = [*entry, day, subject, *sides, *changes]
        if also is not None:
            return _insert_also(also, given)
        found = rows.fetch_prepared(f"{_AT_ONCE} SELECT id FROM e", given)
        return int(found[0][0]) if found else None
    found = rows.fetch(_ENTRY, entry)
    if not found:
        return None
    number = int(found[0][0])
    if moves:
        places = ", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(moves))
        values = [value for out, into, amount in moves for value in (number, out, into, amount, day, subject)]
        rows.run(f"{_TRANSFERS} VALUES {places}", values)
    if totals:
        places = ", ".join(["(%s, %s, %s, %s)"] * len(totals))
        rows.run(f"{_TOTALS} VALUES {places} {_ADDED}", [value for change in totals for value in change])
    if also is not None:
        number_pair(also, number)
        also.store()
    return number


def _insert_also(also: records.Pair, given: list[Any]) -> int | None:
    sql = f"{_AT_ONCE}, {also.sql} SELECT e.id, added.number FROM e, added"
    found = rows.fetch_prepared(sql, [*given, *also.values])
    if not found:
        return None
    number, also.added.pk = found[0]
    number_pair(also, int(number))
    return int(number)


def number_pair(also: records.Pair, number: int) -> None:
    """Both rows know their entry."""
    for row in also:
        setattr(row, records.ENTRY, number)


def _array(values: Iterable[int | str | date]) -> str:
    """The text of an array of numbers, days and grains, none of which needs quotes: a third of the driver's time."""
    return "{" + ",".join(map(str, values)) + "}"
