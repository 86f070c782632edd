"""The background worker: runs queued tasks, and takes up again what a killed worker left behind."""

from __future__ import annotations

import signal
import threading
from datetime import timedelta
from typing import Final

from django.db import close_old_connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker

from shoushan.exchange.services import abandoned_uploads
from shoushan.exchange.tasks import check_upload_task, import_upload_task

WATCH_SECONDS: Final = 10
ABANDONED_AFTER: Final = timedelta(seconds=60)
"""A step without a sign of life for so long lost its worker (a commit on SQLite shows none until its end)."""


def take_up_abandoned() -> int:
    """Queue the steps again whose worker was killed; each step is safe to be run twice. Returns how many."""
    at = timezone.now()
    taken = abandoned_uploads(before=at - ABANDONED_AFTER, at=at)
    for upload in taken:
        task = import_upload_task if upload.is_confirmed else check_upload_task
        task.enqueue(upload.pk)
    return len(taken)


def run_worker(*, once: bool = False, interval: float = 0.5) -> None:
    """Work until stopped, or until the queue is empty with `once`."""
    take_up_abandoned()
    worker = Worker(
        queue_names=["default"],
        interval=interval,
        batch=once,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"shoushan-{timezone.now():%H%M%S%f}",
        excluded_queue_names=[],
    )
    stop = threading.Event()
    if not once:
        threading.Thread(target=_watch, args=(stop,), daemon=True).start()
        signal.signal(signal.SIGTERM, worker.shutdown)
        signal.signal(signal.SIGINT, worker.shutdown)
    try:
        worker.run()
    finally:
        stop.set()


def _watch(stop: threading.Event) -> None:
    while not stop.wait(WATCH_SECONDS):
        close_old_connections()
        take_up_abandoned()
