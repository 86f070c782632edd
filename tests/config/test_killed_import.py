"""A process that is killed in the middle of an import leaves the database as before it or as after it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from tests.apps.resumption.factories import ledger_file

LINES = 2500
DAY = date(2020, 2, 10)


def command(home: Path, *arguments: object) -> subprocess.Popen[str]:
    """Start a command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "shoushan.config.cli", *map(str, arguments)],
        env={"SHOUSHAN_HOME": str(home), "PATH": os.environ["PATH"], "PYTHONPATH": "src", "PYTHONUTF8": "1"},
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


def size_of_wal(home: Path) -> int:
    """How much the running transaction has spilled to disk so far."""
    wal = home / "shoushan.sqlite3-wal"
    return wal.stat().st_size if wal.exists() else 0


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A home that is set up, and a large file that is not in it yet."""
    folder = tmp_path_factory.mktemp("killed")
    home = folder / "home"
    answer(home, "setup")
    rows = [[number, 50, "2020-02-10", 30] for number in range(LINES)]
    return home, ledger_file(folder, DAY, rows)


@pytest.mark.parametrize("after", ["start", "first rows", "0.3", "0.6", "0.9", "commit"])
def test_it_is_as_before_or_as_after(ready: tuple[Path, Path], tmp_path: Path, after: str) -> None:
    home = tmp_path / "home"
    shutil.copytree(ready[0], home)
    before = size_of_wal(home)

    process = command(home, "import", ready[1], "--json")
    if after == "commit":
        process.communicate(timeout=120)
    else:
        deadline = time.monotonic() + 60
        while after != "start" and size_of_wal(home) <= before and process.poll() is None:
            assert time.monotonic() < deadline
            time.sleep(0.005)
        time.sleep(float(after) if after[0] == "0" else 0)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)

    verified = answer(home, "ledger", "verify")
    again = json.loads(answer(home, "import", ready[1], "--json"))[0]
    assert verified.startswith("台账完好")
    assert again["rows"] == LINES
    assert (again["new"], again["unchanged"]) in {(LINES, 0), (0, LINES)}
    if after == "commit":
        assert again["unchanged"] == LINES
