"""Questions to the ledger: balances on any day, as known at any seal, with the subjects that make them up."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from shoushan.ledger.transfers import Account
from shoushan.lib import rows


class Balance(NamedTuple):
    """What is in one account."""

    account: Account
    amount: int


class Holder(NamedTuple):
    """A subject with its part of a balance."""

    subject: str
    amount: int


class Holding(NamedTuple):
    """What a subject has in one account."""

    subject: str
    account: Account
    amount: int


class EntryLine(NamedTuple):
    """An entry as a reader sees it, with the moves that concern the question."""

    number: int
    key: str
    kind: str
    occurred_on: date
    recorded_at: datetime
    actor: str
    subject: str
    details: dict[str, Any]
    reverses: str
    leaf: int | None
    moves: tuple[tuple[Account, Account, int], ...]


def _filters(codes: Sequence[str], areas: Sequence[str], category: str = "") -> tuple[str, list[Any]]:
    """The WHERE part over accounts `a`: these codes, below any of these area prefixes, of a category where it is named."""
    where = f"a.code IN ({', '.join(['%s'] * len(codes))})"
    parameters: list[Any] = list(codes)
    if areas:
        where += f" AND ({' OR '.join(['a.area LIKE %s'] * len(areas))})"
        parameters += [f"{area}%" for area in areas]
    if category:
        where += " AND a.category = %s"
        parameters.append(category)
    return where, parameters


def balances(
    codes: Sequence[str], *, as_of: date, areas: Sequence[str] = (), known_at: int | None = None, category: str = ""
) -> list[Balance]:
    """What is in every account of these codes at the end of `as_of`, zeros left out.

    `areas` are prefixes of area codes, any of which counts; `known_at` is the size of a seal: only what it covers counts.
    """
    where, parameters = _filters(codes, areas, category)
    accounts = {
        row[0]: Account(*row[1:])
        for row in rows.fetch(f"SELECT id, code, unit, area, category FROM ledger_account a WHERE {where}", parameters)
    }
    if not accounts:
        return []
    if known_at is None:
        sums = _sums_of_totals(where, parameters, as_of)
    else:
        sums = _sums_of_transfers(where, parameters, as_of, known_at)
    return sorted(Balance(accounts[number], int(amount)) for number, amount in sums if amount)


def _sums_of_totals(where: str, parameters: list[Any], as_of: date) -> list[tuple[Any, ...]]:
    sql = (
        "SELECT account_id, SUM(net) FROM ("
        f" SELECT t.account_id, t.net FROM ledger_account a JOIN ledger_total t ON t.account_id = a.id"
        f" WHERE {where} AND t.grain = 'M' AND t.period < %s"
        f" UNION ALL SELECT t.account_id, t.net FROM ledger_account a JOIN ledger_total t ON t.account_id = a.id"
        f" WHERE {where} AND t.grain = 'D' AND t.period >= %s AND t.period <= %s"
        ") parts GROUP BY account_id"
    )
    month = as_of.replace(day=1)
    return rows.fetch(sql, [*parameters, month, *parameters, month, as_of])


_KNOWN = " JOIN ledger_leaf f ON f.entry_id = t.entry_id AND f.number < %s"


def _sides(where: str, parameters: list[Any], as_of: date, known_at: int | None, column: str) -> tuple[str, list[Any]]:
    """Both sides of the transfers that touch the accounts: `column`, signed amount."""
    known, extra = ("", []) if known_at is None else (_KNOWN, [known_at])
    side = (
        "SELECT {column} AS item, {sign}t.amount AS amount FROM ledger_account a JOIN ledger_transfer t ON t.{side}_id = a.id"
        + known
        + f" WHERE {where} AND t.occurred_on <= %s"
    )
    out = side.format(column=column, sign="-", side="source")
    into = side.format(column=column, sign="", side="target")
    return f"{into} UNION ALL {out}", [*extra, *parameters, as_of] * 2


def _sums_of_transfers(where: str, parameters: list[Any], as_of: date, known_at: int) -> list[tuple[Any, ...]]:
    sides, values = _sides(where, parameters, as_of, known_at, "a.id")
    return rows.fetch(f"SELECT item, SUM(amount) FROM ({sides}) sides GROUP BY item", values)


def holders(
    codes: Sequence[str], *, as_of: date, areas: Sequence[str] = (), known_at: int | None = None, category: str = ""
) -> list[Holder]:
    """The subjects that make up the balance of these accounts, by code; their amounts add up to it, always."""
    where, parameters = _filters(codes, areas, category)
    sides, values = _sides(where, parameters, as_of, known_at, "t.subject_id")
    sql = (
        f"SELECT s.code, held.amount FROM (SELECT item, SUM(amount) AS amount FROM ({sides}) sides GROUP BY item"
        " HAVING SUM(amount) <> 0) held JOIN ledger_subject s ON s.id = held.item"
    )
    return sorted(Holder(code, int(amount)) for code, amount in rows.fetch(sql, values))


def holdings(
    codes: Sequence[str], *, as_of: date, areas: Sequence[str] = (), known_at: int | None = None
) -> list[Holding]:
    """The holders with the account that each part is in: the finest answer there is to "who is behind this number"."""
    where, parameters = _filters(codes, areas)
    sides, values = _sides(where, parameters, as_of, known_at, "t.subject_id AS subject, a.id")
    sql = (
        f"SELECT s.code, a.code, a.unit, a.area, a.category, held.amount FROM (SELECT subject, item, SUM(amount) AS amount"
        f" FROM ({sides}) sides GROUP BY subject, item HAVING SUM(amount) <> 0) held"
        " JOIN ledger_subject s ON s.id = held.subject JOIN ledger_account a ON a.id = held.item"
    )
    return sorted(Holding(row[0], Account(*row[1:5]), int(row[5])) for row in rows.fetch(sql, values))


def daily_changes(
    codes: Sequence[str], *, first: date, last: date, areas: Sequence[str] = ()
) -> list[tuple[date, Account, int]]:
    """Net change of each account on each day of a range, days without change left out."""
    where, parameters = _filters(codes, areas)
    sql = (
        "SELECT t.period, a.code, a.unit, a.area, a.category, t.net FROM ledger_account a JOIN ledger_total t ON t.account_id = a.id"
        f" WHERE {where} AND t.grain = 'D' AND t.period >= %s AND t.period <= %s AND t.net <> 0 ORDER BY t.period, a.id"
    )
    return [(rows.as_day(row[0]), Account(*row[1:5]), row[5]) for row in rows.fetch(sql, [*parameters, first, last])]


def first_day(codes: Sequence[str], *, areas: Sequence[str] = ()) -> date | None:
    """The first day on which any of the accounts moved: before it there was nothing to count."""
    where, parameters = _filters(codes, areas)
    sql = f"SELECT MIN(t.period) FROM ledger_account a JOIN ledger_total t ON t.account_id = a.id WHERE {where} AND t.grain = 'D'"
    ((found,),) = rows.fetch(sql, parameters)
    return None if found is None else rows.as_day(found)


def sums_by_code(codes: Sequence[str], *, as_of: date, areas: Sequence[str] = (), category: str = "") -> dict[str, int]:
    """What is in all accounts of each code together at the end of `as_of`; codes without an account are left out."""
    where, parameters = _filters(codes, areas, category)
    sql = (
        "SELECT code, SUM(net) FROM ("
        " SELECT a.code, t.net FROM ledger_account a JOIN ledger_total t ON t.account_id = a.id"
        f" WHERE {where} AND t.grain = 'M' AND t.period < %s"
        " UNION ALL SELECT a.code, t.net FROM ledger_account a JOIN ledger_total t ON t.account_id = a.id"
        f" WHERE {where} AND t.grain = 'D' AND t.period >= %s AND t.period <= %s"
        ") parts GROUP BY code"
    )
    month = as_of.replace(day=1)
    found = rows.fetch(sql, [*parameters, month, *parameters, month, as_of])
    return {code: int(amount) for code, amount in found}


def daily_sums(
    codes: Sequence[str], *, first: date, last: date, areas: Sequence[str] = (), category: str = ""
) -> list[tuple[date, str, int]]:
    """Net change of all accounts of each code together on each day of a range; days without any are left out."""
    where, parameters = _filters(codes, areas, category)
    sql = (
        "SELECT t.period, a.code, SUM(t.net) FROM ledger_account a JOIN ledger_total t ON t.account_id = a.id"
        f" WHERE {where} AND t.grain = 'D' AND t.period >= %s AND t.period <= %s GROUP BY t.period, a.code"
    )
    found = rows.fetch(sql, [*parameters, first, last])
    return [(rows.as_day(day), code, int(amount)) for day, code, amount in found]


def first_days(codes: Sequence[str], *, areas: Sequence[str] = ()) -> dict[str, date]:
    """The first day on which accounts of each code moved; codes that never did are left out."""
    where, parameters = _filters(codes, areas)
    sql = (
        "SELECT a.code, MIN(t.period) FROM ledger_account a JOIN ledger_total t ON t.account_id = a.id"
        f" WHERE {where} AND t.grain = 'D' GROUP BY a.code"
    )
    return {code: rows.as_day(day) for code, day in rows.fetch(sql, parameters)}


def subject_changes(codes: Sequence[str], *, subject: str, last: date | None = None) -> list[tuple[date, int]]:
    """Net change of what one subject holds in these accounts, by day: its own series."""
    where, parameters = _filters(codes, ())
    sides, values = _sides(where, parameters, last or date.max, None, "t.occurred_on")
    by_subject = sides.replace("t.occurred_on <= %s", "t.occurred_on <= %s AND t.subject_id = %s")
    number = rows.fetch("SELECT id FROM ledger_subject WHERE code = %s", [subject])
    if not number:
        return []
    half = len(values) // 2
    each = [*values[:half], number[0][0]]
    sql = f"SELECT item, SUM(amount) FROM ({by_subject}) sides GROUP BY item HAVING SUM(amount) <> 0 ORDER BY item"
    return [(rows.as_day(day), int(amount)) for day, amount in rows.fetch(sql, each * 2)]


def last_entry(kind: str, *, as_of: date, known_at: int | None = None) -> EntryLine | None:
    """The newest entry of a kind that counts on `as_of`."""
    known = "" if known_at is None else " AND f.number < %s"
    extra = [] if known_at is None else [known_at]
    return next(_entry_lines(f"e.kind = %s AND e.occurred_on <= %s{known}", [kind, as_of, *extra], 1, 0), None)


def entry(number: int) -> EntryLine | None:
    """One entry by its number."""
    return next(_entry_lines("e.id = %s", [number], 1, 0), None)


def timeline(subject: str, *, limit: int = 200, offset: int = 0) -> list[EntryLine]:
    """What happened to a subject, newest first."""
    return list(_entry_lines("s.code = %s", [subject], limit, offset))


def entries_behind(
    codes: Sequence[str],
    *,
    as_of: date,
    areas: Sequence[str] = (),
    limit: int = 50,
    offset: int = 0,
    category: str = "",
) -> list[EntryLine]:
    """The entries that moved something into or out of these accounts up to a day, newest first."""
    where, parameters = _filters(codes, areas, category)
    sides = " UNION ".join(
        f"SELECT t.entry_id FROM ledger_account a JOIN ledger_transfer t ON t.{side}_id = a.id WHERE {where} AND t.occurred_on <= %s"
        for side in ("source", "target")
    )
    return list(_entry_lines(f"e.id IN ({sides})", [*parameters, as_of] * 2, limit, offset))


def _entry_lines(where: str, parameters: Sequence[Any], limit: int, offset: int) -> Iterator[EntryLine]:
    sql = (
        "SELECT e.id, e.key, e.kind, e.occurred_on, e.recorded_at, e.actor, s.code, e.details, COALESCE(r.key, ''), f.number"
        " FROM ledger_entry e JOIN ledger_subject s ON s.id = e.subject_id LEFT JOIN ledger_entry r ON r.id = e.reverses_id"
        f" LEFT JOIN ledger_leaf f ON f.entry_id = e.id WHERE {where} ORDER BY e.occurred_on DESC, e.id DESC LIMIT %s OFFSET %s"
    )
    found = rows.fetch(sql, [*parameters, limit, offset])
    moves = _moves([row[0] for row in found])
    for number, key, kind, day, recorded, actor, subject, details, reverses, leaf in found:
        yield EntryLine(
            number,
            key,
            kind,
            rows.as_day(day),
            recorded,
            actor,
            subject,
            json.loads(details),
            reverses,
            leaf,
            tuple(moves.get(number, ())),
        )


def _moves(entries: Sequence[int]) -> dict[int, list[tuple[Account, Account, int]]]:
    sql = (
        "SELECT t.entry_id, a.code, a.unit, a.area, a.category, b.code, b.unit, b.area, b.category, t.amount FROM ledger_transfer t"
        " JOIN ledger_account a ON a.id = t.source_id JOIN ledger_account b ON b.id = t.target_id WHERE t.entry_id IN {in} ORDER BY t.id"
    )
    moves: dict[int, list[tuple[Account, Account, int]]] = {}
    for row in rows.fetch_in(sql, entries):
        moves.setdefault(row[0], []).append((Account(*row[1:5]), Account(*row[5:9]), row[9]))
    return moves
