"""What most tests begin with, made once a process: from then on its rows are put in as they came out the first time.

The reference district, its rules and its calendars take a third of a second to load, which was half of the suite's time.
Loading itself is tested with the product's own functions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from datetime import datetime, time
from typing import Any, Final, NamedTuple

from django.db import connection

from shoushan.deadlines.services import load_calendars
from shoushan.directory.services import load_reference_district
from shoushan.lifecycle import seeds
from shoushan.lifecycle.services import load_policies

INSERT: Final = re.compile(r'^INSERT (?:OR IGNORE )?INTO "(\w+)"')


class Rows(NamedTuple):
    """What one table got."""

    insert: str
    rows: list[tuple[Any, ...]]


_kept: dict[Hashable, dict[str, Rows]] = {}


def district() -> None:
    """The reference district's areas and organisations."""
    _once("district", load_reference_district)


def policies(at: datetime) -> None:
    """Every rule that the apps bring along."""
    _once(("policies", at), lambda: load_policies(seeds.registered(), at=at))


def calendars(at: datetime) -> None:
    """The calendars of the years that are known."""
    _once(("calendars", at), lambda: load_calendars(at=at))


def _once(key: Hashable, make: Callable[[], Any]) -> None:
    """Make it, or put in what was kept of the first time; where anything is there already it is made as usual."""
    kept = _kept.get(key)
    if kept is not None and all(_is_empty(table) for table in kept):
        with connection.cursor() as cursor:
            for part in kept.values():
                cursor.executemany(part.insert, part.rows)
        return
    tables: dict[str, bool] = {}
    with _inserts(tables):
        make()
    if kept is None and all(tables.values()):
        _kept[key] = {table: _rows_of(table) for table in tables}


@contextmanager
def _inserts(tables: dict[str, bool]) -> Iterator[None]:
    """Notes into which tables something is put, and whether each was empty before."""

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = INSERT.match(sql)
        if found and found[1] not in tables:
            tables[found[1]] = _is_empty(found[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield


def _is_empty(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT 1 FROM "{table}" LIMIT 1')
        return cursor.fetchone() is None


def _rows_of(table: str) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        rows = [tuple(map(_bound, row)) for row in cursor.fetchall()]
        names = [column[0] for column in cursor.description]
    columns, places = ", ".join(f'"{name}"' for name in names), ", ".join(["%s"] * len(names))
    return Rows(f'INSERT INTO "{table}" ({columns}) VALUES ({places})', rows)


def _bound(value: Any) -> Any:
    """As it can be put in again: SQLite's driver reads times of day and doesn't write them."""
    return value.isoformat() if isinstance(value, time) else value
