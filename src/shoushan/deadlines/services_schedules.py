"""Runs what is due by the clock: claims a schedule, runs it, notes when it is due next."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from django.db.models import F, Q

from shoushan.deadlines.models import ScheduleState
from shoushan.lib.schedules import Schedule, all_schedules, next_moment

LEASE: Final = timedelta(minutes=10)
"""How long a claim holds. A worker that died leaves its schedule to the others after this time."""
LONGEST_FAILURE: Final = 1000

logger = logging.getLogger(__name__)


class Ran(NamedTuple):
    """One schedule that this worker ran: whether it went well, and how late it began."""

    name: str
    is_done: bool
    late: timedelta


def run_due_schedules(*, worker: str, clock: Callable[[], datetime]) -> list[Ran]:
    """Run every registered schedule that is due and that no other worker has; `clock` is read as time goes by.

    However many times a schedule was missed, it runs once and says how late. A function that fails is noted with its
    error and runs again at its next time.
    """
    ensure_states(at=clock())
    ran = [_run(schedule, worker, clock) for schedule in all_schedules().values()]
    return [each for each in ran if each is not None]


def ensure_states(*, at: datetime) -> None:
    """A row for every registered schedule; a changed cron text counts from now on."""
    known = {state.name: state for state in ScheduleState.objects.all()}
    schedules = all_schedules()
    missing = [schedule for name, schedule in schedules.items() if name not in known]
    ScheduleState.objects.bulk_create(
        [
            ScheduleState(name=each.name, cron=each.cron, next_due_at=next_moment(each.cron, after=at))
            for each in missing
        ],
        ignore_conflicts=True,
    )
    for name, state in known.items():
        if name in schedules and schedules[name].cron != state.cron:
            cron = schedules[name].cron
            ScheduleState.objects.filter(pk=state.pk).update(cron=cron, next_due_at=next_moment(cron, after=at))


def _run(schedule: Schedule, worker: str, clock: Callable[[], datetime]) -> Ran | None:
    due_at = _claim(schedule, worker, clock())
    if due_at is None:
        return None
    failure, at = "", clock()
    try:
        schedule.function(at)
    except Exception as error:  # a schedule that fails must not take the others with it
        logger.exception("Schedule %s failed", schedule.name)
        failure = f"{type(error).__name__}: {error}"[:LONGEST_FAILURE]
    _release(schedule, worker, clock(), at - due_at, failure)
    return Ran(schedule.name, not failure, at - due_at)


def _claim(schedule: Schedule, worker: str, at: datetime) -> datetime | None:
    """When the schedule was due, if this worker has it now: one UPDATE, which only one of many workers wins."""
    is_free = Q(claimed_until=None) | Q(claimed_until__lt=at)
    mine = ScheduleState.objects.filter(is_free, name=schedule.name, next_due_at__lte=at)
    if not mine.update(claimed_by=worker, claimed_until=at + LEASE, started_at=at):
        return None
    return ScheduleState.objects.get(name=schedule.name).next_due_at


def _release(schedule: Schedule, worker: str, at: datetime, late: timedelta, failure: str) -> None:
    state = ScheduleState.objects.filter(name=schedule.name, claimed_by=worker)
    state.update(
        claimed_by="",
        claimed_until=None,
        finished_at=at,
        next_due_at=next_moment(schedule.cron, after=at),
        late_seconds=int(late.total_seconds()),
        failure=failure,
        runs=F("runs") + 1,
    )
