"""Reminders and escalations: carries out every rung that is due, once, whoever asks and however often."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from django.db import connection, transaction

from shoushan.deadlines.enums import ClockState
from shoushan.deadlines.kinds import FiringNotice, Rung, kind_of
from shoushan.deadlines.locks import hold_calendars
from shoushan.deadlines.models import Clock, Firing
from shoushan.deadlines.projections import COLUMNS, current_calendar, open_rungs, project

LATE_AFTER: Final = timedelta(minutes=10)
"""The job runs every minute; a rung that fires later than this was missed, and says so."""

logger = logging.getLogger(__name__)


class Fired(NamedTuple):
    """What one pass did: rungs carried out, of these late ones, and rungs whose handler failed (tried again later)."""

    fired: int = 0
    late: int = 0
    failed: int = 0


def fire_due_rungs(*, at: datetime) -> Fired:
    """Carry out every rung that is due at a moment. Two passes at once, or one pass twice, carry out each rung once."""
    due = Clock.objects.filter(state=ClockState.RUNNING, next_rung_at__lte=at)
    total = Fired()
    for clock_id in list(due.order_by("next_rung_at", "pk").values_list("pk", flat=True)):
        try:
            done = _fire_clock(clock_id, at)
        except Exception:  # one broken clock must not keep the reminders of all others from going out
            logger.exception("The rungs of clock %s could not be carried out", clock_id)
            done = Fired(failed=1)
        total = Fired(*(a + b for a, b in zip(total, done, strict=True)))
    return total


@transaction.atomic
def _fire_clock(clock_id: int, at: datetime) -> Fired:
    """The due rungs of one clock, under its lock; nothing when another worker has it or was here before."""
    hold_calendars(is_changing=False)
    rows = Clock.objects.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
    clock = rows.filter(pk=clock_id, state=ClockState.RUNNING, next_rung_at__lte=at).first()
    if clock is None:
        return Fired()
    known = current_calendar(clock.calendar, at)
    found = project(clock, known)
    total = Fired()
    for rung, rung_at in sorted(open_rungs(clock, found), key=lambda pair: pair[1]):
        if rung_at <= at:
            done = _fire_rung(clock, rung, rung_at, at)
            total = Fired(*(a + b for a, b in zip(total, done, strict=True)))
    _save_if_still_running(clock_id, at)
    return total


def _fire_rung(clock: Clock, rung: Rung, rung_at: datetime, at: datetime) -> Fired:
    """The row and what the handler writes are kept together, or neither is."""
    is_late = at - rung_at > LATE_AFTER
    try:
        with transaction.atomic():
            Firing.objects.create(clock=clock, rung=rung.code, rung_at=rung_at, fired_at=at, is_late=is_late)
            handler = kind_of(clock.kind).handler
            if handler is not None:
                handler(FiringNotice(clock, rung, rung_at, at, is_late))
    except Exception:  # the handler belongs to another package; its rung stays due and is tried again
        logger.exception("Rung %s of clock %s could not be carried out", rung.code, clock.pk)
        return Fired(failed=1)
    return Fired(fired=1, late=int(is_late))


def _save_if_still_running(clock_id: int, at: datetime) -> None:
    """When the next rung is due; read again, because a handler may have paused, extended or stopped the clock."""
    clock = Clock.objects.get(pk=clock_id)
    if clock.state == ClockState.RUNNING:
        project(clock, current_calendar(clock.calendar, at))
        clock.save(update_fields=COLUMNS)
