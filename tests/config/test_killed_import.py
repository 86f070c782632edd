"""A process that is killed in the middle of an import leaves the database as before it or as after it."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from tests import migrated
from tests.apps.resumption.factories import ledger_file
from tests.outside import surroundings

LINES = 1200
BEFORE, AFTER = (0, 0, 0), (LINES, LINES, 1)
DAY = date(2020, 2, 10)


def command(home: Path, *arguments: object) -> subprocess.Popen[str]:
    """Start a command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "shoushan.config.cli", *map(str, arguments)],
        env=surroundings(SHOUSHAN_HOME=str(home)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def answer(home: Path, *arguments: object) -> str:
    """What a command that succeeds prints."""
    process = command(home, *arguments)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out


def rows_of(home: Path) -> tuple[int, int, int]:
    """Returns, enterprises and source files that are in the database."""
    with closing(sqlite3.connect(home / "shoushan.sqlite3")) as database:
        tables = ("resumption_dailyreturn", "registry_enterprise", "exchange_sourcefile")
        counts = [database.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in tables]
    return counts[0], counts[1], counts[2]


class Ready(NamedTuple):
    home: Path
    file: Path
    seconds: float
    """How long the import takes when nobody kills it."""


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Ready:
    """A home that is set up, and a large file that is not in it yet."""
    folder = tmp_path_factory.mktemp("killed")
    home, whole = folder / "home", folder / "whole"
    migrated.put_into(home)
    answer(home, "setup")
    file = ledger_file(folder, DAY, [[number, 50, "2020-02-10", 30] for number in range(LINES)])
    shutil.copytree(home, whole)
    started = time.monotonic()
    answer(whole, "import", file)
    assert rows_of(whole) == AFTER
    return Ready(home, file, time.monotonic() - started)


def wait_for_commit(home: Path, process: subprocess.Popen[str]) -> None:
    """Until the write-ahead log grows, which it does when the transaction is written."""
    wal = home / "shoushan.sqlite3-wal"
    while process.poll() is None and not (wal.exists() and wal.stat().st_size):
        time.sleep(0.001)


@pytest.mark.parametrize("moment", [0.5, 0.75, 0.9, "commit"])
def test_it_is_as_before_or_as_after(ready: Ready, tmp_path: Path, moment: float | str) -> None:
    home = tmp_path / "home"
    shutil.copytree(ready.home, home)

    process = command(home, "import", ready.file)
    if isinstance(moment, str):
        wait_for_commit(home, process)
    else:
        time.sleep(ready.seconds * moment)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)

    assert rows_of(home) in {BEFORE, AFTER}
    assert answer(home, "ledger", "verify").startswith("台账完好")
