"""`shoushan jobs` in processes of its own really calls the reminders: once each, however many workers there are."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import migrated

CLOCKS = 40
SETTINGS = "tests.deadlines.reminding_settings"
PREPARE = f"""
import django; django.setup()
from datetime import timedelta
from django.core.management import call_command
from django.utils import timezone
from shoushan.deadlines import services
from shoushan.deadlines.services_schedules import ensure_states
call_command("migrate", verbosity=0)
at = timezone.now() - timedelta(days=1)
ensure_states(at=at)
for number in range({CLOCKS}):
    services.start_clock(kind="reminding.minute", subject=f"matter:M{{number}}", area_code="370102", at=at)
"""
START_ONE_MORE = """
import django; django.setup()
from datetime import timedelta
from django.utils import timezone
from shoushan.deadlines import services
from shoushan.deadlines.models import ScheduleState
at = timezone.now()
services.start_clock(
    kind="reminding.minute", subject="matter:late", area_code="370102", at=at, started_at=at - timedelta(minutes=2)
)
ScheduleState.objects.update(next_due_at=at)
"""


def environment(home: Path) -> dict[str, str]:
    return {
        "SHOUSHAN_HOME": str(home),
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"src{os.pathsep}.",
        "PYTHONUTF8": "1",
        "DJANGO_SETTINGS_MODULE": SETTINGS,
    }


def script(home: Path, text: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", text], env=environment(home), capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr


@contextmanager
def workers(home: Path, count: int, *arguments: str) -> Iterator[list[subprocess.Popen[str]]]:
    """So many `shoushan jobs`, stopped at the end."""
    command = [sys.executable, "-m", "shoushan.config.cli", "jobs", *arguments]
    started = [
        subprocess.Popen(command, env=environment(home), stderr=subprocess.PIPE, encoding="utf-8")
        for _number in range(count)
    ]
    try:
        yield started
    finally:
        for process in started:
            process.send_signal(signal.SIGTERM)
        for process in started:
            process.communicate(timeout=60)


def heard(home: Path) -> list[str]:
    file = home / "heard.txt"
    return file.read_text().splitlines() if file.exists() else []


def wait_for(home: Path, lines: int) -> None:
    until = time.monotonic() + 60
    while len(heard(home)) < lines and time.monotonic() < until:
        time.sleep(0.1)


@pytest.fixture
def home(tmp_path: Path, django_db_setup: None) -> Path:
    migrated.put_into(tmp_path)
    script(tmp_path, PREPARE)
    return tmp_path


def test_it_reminds_once_with_two_workers_after_a_day_of_standstill(home: Path) -> None:
    with workers(home, 2) as running:
        wait_for(home, CLOCKS)
        script(home, START_ONE_MORE)  # a reminder that falls due while they run
        wait_for(home, CLOCKS + 1)
        time.sleep(1)
        assert [process.poll() for process in running] == [None, None]

    subjects = [line.split()[1:] for line in heard(home)]
    assert sorted(subjects) == sorted(
        [*([f"matter:M{each}", "True"] for each in range(CLOCKS)), ["matter:late", "False"]]
    )


def test_it_reminds_and_leaves_when_asked_to_run_once(home: Path) -> None:
    for _time in range(2):
        with workers(home, 1, "--once") as running:
            assert running[0].wait(60) == 0

    assert len(heard(home)) == CLOCKS
