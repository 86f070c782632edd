"""A worker that is killed in the middle of a step: another takes the step up, and the file comes in exactly once."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from shoushan.exchange import progress
from shoushan.exchange.progress import Standing
from tests import migrated
from tests.apps.resumption.factories import ledger_file

pytestmark = pytest.mark.slow

LINES = 4500
"""Three chunks: the first is read when the worker is killed."""
DAY = date(2020, 2, 10)
PATIENCE = 60
SEND = """
import sys
from pathlib import Path
import django
django.setup()
from django.utils import timezone
from shoushan.directory.models import User
from shoushan.exchange import services, tasks
actor = User.objects.get(username="office")
with Path(sys.argv[1]).open("rb") as file:
    upload = services.receive_upload(file=file, name=Path(sys.argv[1]).name, actor=actor, at=timezone.now())
tasks.check_upload_task.enqueue(upload.pk)
"""
CONFIRM = """
import sys, time
import django
django.setup()
from django.utils import timezone
from shoushan.directory.models import User
from shoushan.exchange import services, tasks
actor = User.objects.get(username="office")
time.sleep(max(0, float(sys.argv[1]) - time.time()))
try:
    services.confirm_upload(upload_id=1, actor=actor, at=timezone.now())
except services.WrongStateError:
    print("told that it was done")
else:
    tasks.import_upload_task.enqueue(1)
    print("confirmed")
"""


class Office:
    """A home of its own with its worker, seen from outside."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.worker: subprocess.Popen[str] | None = None

    def start(self, *command: object) -> subprocess.Popen[str]:
        environment = {"SHOUSHAN_HOME": str(self.home), "SHOUSHAN_STEP_LOST_SECONDS": "3", "PATH": os.environ["PATH"]}
        environment |= {"PYTHONPATH": "src", "PYTHONUTF8": "1", "DJANGO_SETTINGS_MODULE": "shoushan.config.settings"}
        return subprocess.Popen(
            [sys.executable, *map(str, command)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def answer(self, *command: object) -> str:
        process = self.start(*command)
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        return out

    def shoushan(self, *arguments: object) -> str:
        return self.answer("-m", "shoushan.config.cli", *arguments)

    def work(self) -> None:
        """Start a worker."""
        self.worker = self.start("-m", "shoushan.config.cli", "jobs")

    def kill(self) -> None:
        """End the worker as a power cut would."""
        assert self.worker is not None
        self.worker.send_signal(signal.SIGKILL)
        self.worker.communicate(timeout=PATIENCE)

    def ask(self, query: str) -> Any:
        with closing(sqlite3.connect(self.home / "shoushan.sqlite3")) as database:
            return database.execute(query).fetchone()[0]

    @property
    def state(self) -> str:
        return str(self.ask("SELECT state FROM exchange_upload"))

    @property
    def standing(self) -> Standing | None:
        found = list((self.home / "uploads").rglob("*.progress.json"))
        return progress.read(found[0]) if found else None

    def wait(self, until: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not until():
            assert time.monotonic() < end, (self.state, self.standing)
            time.sleep(0.005)

    def wait_for_middle(self, state: str) -> Standing:
        """Until the step of this state has read a part of the file, and not all."""
        self.wait(lambda: self.state == state and (there := self.standing) is not None and 0 < there.done < LINES)
        there = self.standing
        assert there is not None
        return there


@pytest.fixture
def office(tmp_path: Path, django_db_setup: None) -> Iterator[Office]:
    """A home with the demonstration's accounts."""
    made = Office(tmp_path / "home")
    migrated.put_into(made.home)
    made.shoushan("setup")
    made.shoushan("demo-accounts")
    yield made
    if made.worker is not None and made.worker.poll() is None:
        made.kill()
    shutil.rmtree(made.home)


def test_it_finishes_each_step_once_though_its_worker_is_killed(office: Office, tmp_path: Path) -> None:
    file = ledger_file(tmp_path, DAY, [[number, 50, "2020-02-10", 30] for number in range(LINES)])
    office.answer("-c", SEND, file)

    office.work()
    office.wait_for_middle("CHECKING")
    office.kill()
    assert (office.state, office.ask("SELECT COUNT(*) FROM registry_enterprise")) == ("CHECKING", 0)
    office.work()
    office.wait(lambda: office.state == "CHECKED")

    office.kill()  # idle now; nobody may begin the import before both have confirmed
    moment = time.time() + 2
    both = [office.start("-c", CONFIRM, moment) for _person in range(2)]
    said = sorted(process.communicate(timeout=PATIENCE)[0].strip() for process in both)
    assert said == ["confirmed", "told that it was done"]

    office.work()
    seen = office.wait_for_middle("IMPORTING")  # a commit shows how far it is, also on SQLite
    assert seen.total >= seen.done
    office.kill()
    assert (office.state, office.ask("SELECT COUNT(*) FROM registry_enterprise")) == ("IMPORTING", 0)
    office.work()
    office.wait(lambda: office.state == "DONE")

    assert office.ask("SELECT COUNT(*) FROM exchange_sourcefile") == 1
    assert office.ask("SELECT rows_new FROM exchange_sourcefile") == LINES
    assert office.ask("SELECT COUNT(*) FROM resumption_dailyreturn") == LINES
    assert office.ask("SELECT COUNT(*) FROM registry_enterprise") == LINES
    assert office.ask("SELECT losses FROM exchange_upload") == 1
    office.wait(lambda: office.standing is None)
    assert office.shoushan("ledger", "verify").startswith("台账完好")
