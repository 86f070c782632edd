"""Makers of workers on their way back for the tests. Identity numbers are synthetic: born in the 1890s."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from shoushan.apps.resumption.lifecycle import WORKERS
from shoushan.apps.resumption.models import Worker
from shoushan.apps.resumption.services.workers import NewWorker, register_worker
from shoushan.directory.models import User
from shoushan.lib.resident_ids import check_mark
from shoushan.lifecycle.services import advance
from tests.apps.resumption.applications import Cast, cast

AT = datetime(2020, 2, 14, 2, 0, tzinfo=UTC)
FRIDAY = date(2020, 2, 14)
ARRIVAL: dict[str, Any] = {
    "transport": "包车 鲁A00001",
    "charter": "YES",
    "certificate_no": "JK0001",
    "key_area": "NO",
    "temperature": "36.5",
}


def number(serial: int) -> str:
    """A synthetic identity number."""
    body = f"3701021890{1 + serial // 28 % 12:02d}{1 + serial % 28:02d}{serial % 1000:03d}"
    return body + check_mark(body)


def people(folder: Path) -> Cast:
    """The cast of an enterprise."""
    return cast(folder)


def a_worker(
    who: Cast, serial: int = 1, origin: str = "河南省商丘市", at: datetime = AT, actor: User | None = None
) -> Worker:
    """A worker who is expected."""
    worker = NewWorker(f"示例工{serial}", number(serial), f"1380000{serial:04d}", origin, "河南省商丘市示例县")
    return register_worker(enterprise=who.claim.enterprise, worker=worker, actor=actor or who.contact, at=at)


def step(worker: Worker, name: str, actor: User | None, at: datetime = AT, **more: Any) -> Worker:
    """One step of a worker."""
    done: Worker = advance(WORKERS, worker.pk, name, actor=actor, at=at, **more)
    return done


def arrived(who: Cast, serial: int = 1, origin: str = "河南省商丘市", at: datetime = AT, **changed: Any) -> Worker:
    """A worker who has arrived, by charter and with a certificate unless said otherwise."""
    return step(a_worker(who, serial, origin, at), "arrive", who.contact, at, values=ARRIVAL | changed)


def observed(who: Cast, serial: int = 1, at: datetime = AT) -> Worker:
    """A worker who came from abroad, which is observed under every rule."""
    return arrived(who, serial, "境外", at=at, certificate_no="")
