"""The background worker: runs queued tasks, and takes up again what a killed worker left behind."""

from __future__ import annotations

import logging
import signal
import threading
from datetime import timedelta

from django.conf import settings
from django.db import OperationalError, close_old_connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from shoushan.exchange.services import abandoned_uploads
from shoushan.exchange.tasks import check_upload_task, import_upload_task

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
    """Look for abandoned steps now and then, as long as the worker runs."""
    while not stop.wait(settings.STEP_LOST_SECONDS / 2):
        close_old_connections()
        try:
            take_up_abandoned()
        except OperationalError as error:  # a long commit has the database to itself; the next round will do
            logger.info("no look for abandoned steps: %s", error)
