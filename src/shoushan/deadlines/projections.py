"""The one place where a clock's stored projection is computed from its terms, and computed again when calendars change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from shoushan.deadlines.differences import Reason
from shoushan.deadlines.enums import ClockState, Unit
from shoushan.deadlines.errors import CalendarMissingError
from shoushan.deadlines.hours import local_day
from shoushan.deadlines.kinds import Rung, rung_of
from shoushan.deadlines.models import Clock
from shoushan.deadlines.reckoning import Reckoning, reckon
from shoushan.deadlines.selectors import KnownCalendar, known_calendar, terms_of

COLUMNS: Final = ["due_at", "half_at", "standing_since", "next_rung_at", "calendar_versions"]
BATCH: Final = 500


def project(clock: Clock, known: KnownCalendar) -> Reckoning:
    """Set the projection of an open clock from its rows under a calendar; the caller saves COLUMNS.

    Raises CalendarMissingError when a year is needed that the calendar does not have.
    """
    found = reckon(terms_of(clock), known.calendar)
    clock.due_at, clock.half_at = found.due_at, found.half_at
    clock.standing_since = found.standing_since
    clock.next_rung_at = min((moment for _rung, moment in open_rungs(clock, found)), default=None)
    is_dated = clock.unit != Unit.NATURAL_HOURS
    span = (local_day(clock.started_at), local_day(clock.due_at))
    clock.calendar_versions = known.versions_between(*span) if is_dated else []
    return found


def open_rungs(clock: Clock, found: Reckoning) -> Iterator[tuple[Rung, datetime]]:
    """The rungs of a running clock that have not fired, each with its moment."""
    if clock.state != ClockState.RUNNING:
        return
    fired = {each.rung for each in clock.firings.all()} if clock.pk else set()
    for content in clock.rungs:
        rung = rung_of(content)
        moment = found.rung_at(rung.when, rung.amount)
        if moment is not None and rung.code not in fired:
            yield rung, moment


class Moved(NamedTuple):
    """One open clock whose due moment is another under other documents."""

    clock: Clock
    due_before: datetime
    due_after: datetime
    reason: Reason


def reprojected(
    clocks: Iterable[Clock], known: KnownCalendar, explain: Callable[[Clock, datetime, Sequence[int]], Reason]
) -> Iterator[tuple[Clock, Moved | None]]:
    """Project clocks of one purpose under a calendar; of each, whether its due moment moved, and why.

    The clocks are changed in memory only. One that the calendar cannot answer for stays as it was.
    """
    for clock in clocks:
        before, old_versions = clock.due_at, list(clock.calendar_versions)
        try:
            project(clock, known)
        except CalendarMissingError:
            continue
        moved = clock.due_at != before
        yield clock, Moved(clock, before, clock.due_at, explain(clock, before, old_versions)) if moved else None


def open_clocks(purpose: str, *, is_locking: bool = True) -> Iterator[list[Clock]]:
    """The open clocks of a purpose in batches, with what their projection needs; locked unless only looked at."""
    rows = Clock.objects.open().filter(calendar=purpose)
    pks = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), BATCH):
        batch = rows.filter(pk__in=pks[start : start + BATCH]).order_by("pk")
        batch = batch.select_for_update() if is_locking else batch
        yield list(batch.prefetch_related("pauses", "extensions", "firings"))


def current_calendar(purpose: str, at: datetime) -> KnownCalendar:
    """The calendar by all documents issued until the local day of a moment."""
    return known_calendar(purpose, known_on=local_day(at))
