"""The background worker: runs queued tasks and what is due by the clock, and takes up what a killed worker left."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import OperationalError, close_old_connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from shoushan.deadlines.services import run_due_schedules
from shoushan.exchange.services import abandoned_uploads
from shoushan.exchange.tasks import check_upload_task, import_upload_task

SCHEDULE_SECONDS: Final = 5

logger = logging.getLogger(__name__)


def take_up_abandoned() -> int:
    """Queue the steps again whose worker was killed; each step is safe to be run twice. Returns how many."""
    at = timezone.now()
    lost = timedelta(seconds=settings.STEP_LOST_SECONDS)
    queued = _queued()
    taken = 0
    for upload in abandoned_uploads(before=at - lost, at=at):
        task = import_upload_task if upload.is_confirmed else check_upload_task
        if (task.module_path, upload.pk) not in queued:  # it has a place in the queue, which is long
            task.enqueue(upload.pk)
            taken += 1
    return taken


def _queued() -> set[tuple[str, int]]:
    """The steps that wait for a worker."""
    waiting = DBTaskResult.objects.ready().values_list("task_path", "args_kwargs")
    return {(path, arguments["args"][0]) for path, arguments in waiting if arguments["args"]}


def run_worker(*, once: bool = False, interval: float = 0.5) -> None:
    """Work until stopped, or with `once` until what is due and what is queued is done."""
    name = f"shoushan-{os.getpid()}-{timezone.now():%H%M%S%f}"
    take_up_abandoned()
    run_schedules(name)
    worker = Worker(
        queue_names=["default"],
        interval=interval,
        batch=once,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    )
    stop = threading.Event()
    if not once:
        _every(settings.STEP_LOST_SECONDS / 2, stop, take_up_abandoned)
        _every(SCHEDULE_SECONDS, stop, lambda: run_schedules(name))
        signal.signal(signal.SIGTERM, worker.shutdown)
        signal.signal(signal.SIGINT, worker.shutdown)
    try:
        worker.run()
    finally:
        stop.set()


def run_schedules(worker: str) -> None:
    """Run what is due by the clock and not in another worker's hands."""
    run_due_schedules(worker=worker, clock=timezone.now)


def _every(seconds: float, stop: threading.Event, work: Callable[[], object]) -> None:
    """Do the work again and again in a thread of its own, until told to stop; a failure is noted, not the end."""

    def repeat() -> None:
        while not stop.wait(seconds):
            close_old_connections()
            try:
                work()
            except OperationalError as error:  # a long commit has the database to itself; the next round will do
                logger.info("Work in the background waits for the database: %s", error)
            except Exception:  # what fails once must not end reminders for good
                logger.exception("Work in the background failed and will be tried again")

    threading.Thread(target=repeat, daemon=True).start()
