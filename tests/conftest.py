"""What every test may count on: the right database, and no memory of the test before."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import coverage
import pytest
from django.conf import settings
from django.db import connection, connections
from django.template import Template
from django.test import TransactionTestCase
from django.test import utils as test_utils

from shoushan.config.messages import compile_messages
from shoushan.ledger import names
from tests import migrated

GUARDED = (
    "ledger_%",
    "lifecycle_%",
    "figures_release%",
    "registry_frame%",
    "deadlines_%",
    "resumption_%",
    "projects_%",
    "premises_%",
    "casework_%",
    "privacy_%",
    "directory_administrativeentry%",
)
"""Triggers that refuse to empty a table: lifted while a transactional test is flushed."""


def pytest_configure() -> None:
    """English pages need the compiled catalogue, as after `shoushan setup`."""
    compile_messages(settings.LOCALE_PATHS[0])


def pytest_collection_finish() -> None:
    """What was collected stays to the end: looking through it again and again for garbage took a tenth of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--write-expectations`: what script/expectations does."""
    parser.addoption("--write-expectations", action="store_true", help="write the files of tests/access anew")


@pytest.fixture
def write_expectations(request: pytest.FixtureRequest) -> bool:
    """Shall the test write what it expects instead of comparing?"""
    return bool(request.config.getoption("--write-expectations"))


ONE_DATABASE = (
    "access/test_answers.py",
    "architecture",
    "bench",
    "config/test_command_language.py",
    "demo",
    "docs",
    "exchange/test_damage.py",
    "lib",
    "portal/test_english.py",
    "script",
)
"""What answers the same whatever the database is, or asks none: tested on SQLite only, to keep the whole run short."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests that need PostgreSQL are skipped on SQLite, with the reason; on PostgreSQL those of ONE_DATABASE are left out."""
    if connection.vendor == "postgresql":
        here = Path(__file__).parent
        alike = {item for item in items if item.path.relative_to(here).as_posix().startswith(ONE_DATABASE)}
        config.hook.pytest_deselected(items=list(alike))
        items[:] = [item for item in items if item not in alike]
        return
    skip = pytest.mark.skip(reason="needs PostgreSQL: set SHOUSHAN_DATABASE_URL")
    for item in items:
        if "postgres" in item.keywords:
            item.add_marker(skip)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """The test database is a copy of a migrated one where there is one."""
    with migrated.copied():
        yield


@pytest.fixture(autouse=True)
def _forget_accounts() -> Iterator[None]:
    names.forget()
    yield
    names.forget()


def _lift(vendor: str) -> list[str]:
    """Take the guards off; returns what puts them back."""
    with connections["default"].cursor() as cursor:
        if vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            return ["SET session_replication_role = DEFAULT"]
        where = " OR ".join(["tbl_name LIKE %s"] * len(GUARDED))
        cursor.execute(f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND ({where})", GUARDED)
        found = cursor.fetchall()
        for name, _sql in found:
            cursor.execute(f'DROP TRIGGER "{name}"')
        return [sql for _name, sql in found]


@pytest.fixture(autouse=True, scope="session")
def _flush_in_spite_of_the_guards() -> Iterator[None]:
    """Transactional tests end with a flush, which append-only tables refuse: lift the guards for it, then restore."""
    flush = TransactionTestCase._fixture_teardown

    def teardown(self: Any) -> None:
        restore = _lift(connection.vendor)
        try:
            flush(self)
        finally:
            with connection.cursor() as cursor:
                for sql in restore:
                    cursor.execute(sql)

    TransactionTestCase._fixture_teardown = teardown  # type: ignore[method-assign]
    yield
    TransactionTestCase._fixture_teardown = flush  # type: ignore[method-assign]


@pytest.fixture
def unmeasured() -> Iterator[None]:
    """For a walk through every page, which shows that each answers and is no test of what its lines do.

    No line is measured, and the test client keeps no copies of what templates were given.
    """
    measuring, kept = coverage.Coverage.current(), Template._render
    if measuring is not None:
        measuring.stop()
    Template._render = test_utils._TestState.saved_data.template_render  # type: ignore[attr-defined]
    yield
    Template._render = kept
    if measuring is not None:
        measuring.start()


@pytest.fixture
def lifted_guards() -> Iterator[None]:
    """The guards are off within the test, as for someone with the database's own password."""
    restore = _lift(connection.vendor)
    yield
    with connection.cursor() as cursor:
        for sql in restore:
            cursor.execute(sql)
