"""A migrated database, made once for every state of the migrations: later test runs copy it instead of migrating.

Migrating takes half a minute on each of the workers. SQLite's copy lies under `build/`; PostgreSQL's is a template database.
"""

from __future__ import annotations

import fcntl
import hashlib
import platform
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import django
from django.core import management
from django.db import connection

ROOT: Final = Path(__file__).parents[1]
KEPT: Final = ROOT / "build" / "migrated"
PREFIX: Final = "shoushan_migrated_"


@contextmanager
def copied() -> Iterator[None]:
    """Within it `migrate` of the test database is a copy where there is one, else it leaves one behind."""
    real = management.call_command

    def call(name: str, *args: Any, **options: Any) -> Any:
        if name != "migrate":
            return real(name, *args, **options)
        KEPT.mkdir(parents=True, exist_ok=True)
        with (KEPT / "lock").open("w") as lock:  # the workers of one run start together
            fcntl.flock(lock, fcntl.LOCK_EX)
            ways = {"sqlite": _sqlite, "postgresql": _postgresql}
            return ways[connection.vendor](lambda: real(name, *args, **options))

    management.call_command = call
    try:
        yield
    finally:
        management.call_command = real


def put_into(home: Path) -> None:
    """A migrated database for a home of its own, so that `shoushan setup` finds its tables; nothing where none is kept."""
    kept = KEPT / f"{_state()}.sqlite3"
    if kept.exists():
        home.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(kept, home / "shoushan.sqlite3")


def _state() -> str:
    """A digest of all migrations and of what runs them."""
    found = hashlib.sha256(f"{platform.python_version()} {django.get_version()}".encode())
    places = [*(ROOT / "src").rglob("migrations/*"), *(ROOT / "tests").rglob("migrations/*")]
    data = (ROOT / "src").rglob("data/*")  # some migrations read it
    for path in sorted(each for each in [*places, *data] if each.is_file() and each.suffix != ".pyc"):
        found.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return found.hexdigest()[:16]


def _sqlite(migrate: Callable[[], Any]) -> None:
    kept = KEPT / f"{_state()}.sqlite3"
    connection.ensure_connection()
    if kept.exists():
        _copy(sqlite3.connect(kept), connection.connection)
        return
    migrate()
    for old in KEPT.glob("*.sqlite3"):
        old.unlink()
    fresh = kept.with_suffix(".part")
    fresh.unlink(missing_ok=True)
    _copy(connection.connection, sqlite3.connect(fresh))
    fresh.rename(kept)


def _copy(source: Any, target: Any) -> None:
    source.backup(target)
    for each in (source, target):
        if each is not connection.connection:
            each.close()


def _postgresql(migrate: Callable[[], Any]) -> None:
    """A database is copied while nobody is connected to it."""
    kept, name = f"{PREFIX}{_state()}", connection.settings_dict["NAME"]
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{PREFIX}%"])
        there = {row[0] for row in cursor.fetchall()}
    if kept not in there:
        migrate()
    connection.close()
    with connection.creation._nodb_cursor() as cursor:
        if kept in there:
            cursor.execute(f'DROP DATABASE "{name}"')
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{kept}"')
            return
        for old in there:
            cursor.execute(f'DROP DATABASE "{old}"')
        cursor.execute(f'CREATE DATABASE "{kept}" TEMPLATE "{name}"')
