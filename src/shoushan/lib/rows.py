"""How rows reach the tables: bulk writes and number ranges, each in the fastest way that the database offers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final, TypeVar

import psycopg
from django.db import connection

T = TypeVar("T")

CHUNK = 800
"""Parameters per IN-list: below SQLite's oldest limit of 999."""


def is_postgresql() -> bool:
    """Is the default database PostgreSQL (else it is SQLite)?"""
    return connection.vendor == "postgresql"


def chunks(items: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """The items in slices of at most `size`."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def fetch(sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """All rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def as_day(value: date | str) -> date:
    """A day of a plain query, which SQLite gives as text."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def fetch_prepared(sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """All rows of a query that is asked again and again: PostgreSQL plans it once a connection."""
    if not is_postgresql():
        return fetch(sql, parameters)
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        return cursor.execute(sql, parameters, prepare=True).fetchall()


def run(sql: str, parameters: Sequence[Any] = ()) -> None:
    """Execute a statement that answers nothing."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def fetch_in(
    sql: str, values: Sequence[Any], before: Sequence[Any] = (), after: Sequence[Any] = ()
) -> Iterator[tuple[Any, ...]]:
    """Rows of a query whose one IN-list, written `{in}`, is filled chunk by chunk."""
    if not values:
        return
    with connection.cursor() as cursor:
        if is_postgresql():
            cursor.execute(sql.replace("IN {in}", "= ANY(%s)"), [*before, list(values), *after])
            yield from cursor.fetchall()
            return
        for part in chunks(values):
            places = f"({','.join(['%s'] * len(part))})"
            cursor.execute(sql.replace("{in}", places), [*before, *part, *after])
            yield from cursor.fetchall()


def reserve_ids(table: str, count: int) -> range | list[int]:
    """Numbers for new rows. On SQLite the caller holds the write lock, so the next numbers are ours."""
    if is_postgresql():
        sql = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
        return [row[0] for row in fetch(sql, [table, count])]
    used, largest = fetch(
        f"SELECT (SELECT MAX(seq) FROM sqlite_sequence WHERE name = %s), (SELECT MAX(id) FROM {table})", [table]
    )[0]
    first = max(used or 0, largest or 0) + 1
    return range(first, first + count)


FEW: Final = 20
"""Rows up to which one INSERT is quicker than a COPY, which takes several round trips."""


def insert(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows: COPY on PostgreSQL (one INSERT for a few), one prepared statement on SQLite."""
    if not rows:
        return
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if is_postgresql() and len(rows) <= FEW:
            places = ", ".join([f"({', '.join(['%s'] * len(columns))})"] * len(rows))
            cursor.execute(f"INSERT INTO {table} ({names}) VALUES {places}", [value for row in rows for value in row])
            return
        if is_postgresql():
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        places = ", ".join(["%s"] * len(columns))
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)


def upsert(
    table: str,
    keys: Sequence[str],
    changes: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    types: Sequence[str],
) -> None:
    """Insert rows or, where the key is there, apply `changes` (`excluded` is the new row).

    Rows come in one order everywhere, so that two writers never wait for each other in a circle.
    """
    if not rows:
        return
    names, target = ", ".join(columns), ", ".join(keys)
    tail = f"ON CONFLICT ({target}) DO UPDATE SET {changes}"
    with connection.cursor() as cursor:
        if is_postgresql():
            arrays = ", ".join(f"%s::{kind}[]" for kind in types)
            cursor.execute(
                f"INSERT INTO {table} ({names}) SELECT * FROM unnest({arrays}) {tail}",
                [list(values) for values in zip(*rows, strict=True)],
            )
            return
        places = ", ".join(["%s"] * len(columns))
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places}) {tail}", rows)


def update(table: str, key: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], types: Sequence[str]) -> None:
    """Set columns of rows that are there. Each row is its key's value, then one value per column; `types` likewise.

    One statement on PostgreSQL, one prepared statement on SQLite: 10,000 rows take a tenth of a second. Callers lock
    the rows in one order before, as PostgreSQL takes them in any.
    """
    if not rows:
        return
    with connection.cursor() as cursor:
        if is_postgresql():
            changes = ", ".join(f"{name} = new.{name}" for name in columns)
            arrays = ", ".join(f"%s::{kind}[]" for kind in types)
            cursor.execute(
                f"UPDATE {table} SET {changes} FROM unnest({arrays}) AS new({', '.join([key, *columns])})"
                f" WHERE {table}.{key} = new.{key}",
                [list(values) for values in zip(*rows, strict=True)],
            )
            return
        changes = ", ".join(f"{name} = %s" for name in columns)
        cursor.executemany(f"UPDATE {table} SET {changes} WHERE {key} = %s", [[*row[1:], row[0]] for row in rows])
