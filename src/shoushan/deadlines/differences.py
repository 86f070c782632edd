"""What a document changed: days that two versions order differently, in words, as the reason why a deadline moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from shoushan.deadlines.hours import local_day
from shoushan.deadlines.models import CalendarVersion, Clock, WorkingHours
from shoushan.deadlines.selectors import KnownCalendar, days_of
from shoushan.deadlines.workdays import SATURDAY
from shoushan.lib.days import document_day

LONGEST_REASON: Final = 400
_MOST_NAMED: Final = 8

Changes = Sequence[tuple[date, bool]]
"""Days with what they have become: at work (True) or off (False)."""


class Reason(NamedTuple):
    """Why a deadline moved: a sentence, and the calendar version or the working hours behind it."""

    text: str
    version: int | None = None
    hours: int | None = None


def changed_by(old: Mapping[date, bool], new: Mapping[date, bool]) -> Changes:
    """The days that two sets of orders treat differently, as the second has it; unnamed days follow the week."""
    found = []
    for day in sorted(old.keys() | new.keys()):
        by_week = day.weekday() < SATURDAY
        if old.get(day, by_week) != new.get(day, by_week):
            found.append((day, new.get(day, by_week)))
    return found


def within(changes: Changes, first: date, last: date) -> Changes:
    """The changes that lie in a span."""
    return [(day, is_working) for day, is_working in changes if first <= day <= last]


def change_text(changes: Changes) -> str:
    """Changes in words: 1月31日改为放假、2月1日改为放假."""
    words = [
        (_("%(month)d月%(day)d日改为上班") if is_working else _("%(month)d月%(day)d日改为放假"))
        % {"month": day.month, "day": day.day}
        for day, is_working in changes[:_MOST_NAMED]
    ]
    more = _("等%(count)d天") % {"count": len(changes)} if len(changes) > _MOST_NAMED else ""
    return "、".join(words) + more


def document_text(version: CalendarVersion) -> str:
    """A document as it is cited: number and day."""
    return _("%(document)s（%(day)s）") % {
        "document": version.document_no,
        "day": document_day(version.issued_on),
    }


class Explainer:
    """Says why deadlines moved; asks the database once per pair of versions, however many deadlines there are."""

    def __init__(self, known: KnownCalendar, purpose: str) -> None:
        self._known = known
        self._purpose = purpose
        self._changes: dict[tuple[int, int], Changes] = {}
        self._versions: dict[int, CalendarVersion] = {}

    def __call__(self, clock: Clock, due_before: datetime, old_versions: Sequence[int]) -> Reason:
        """The documents between the versions a deadline stood on and those it stands on now; else the working hours."""
        first, last = local_day(clock.started_at), local_day(max(due_before, clock.due_at))
        parts, newest = [], None
        for old in map(self._version, old_versions):
            new = self._version(self._known.versions.get(old.year, old.pk))
            days = within(self._between(old.pk, new.pk), first, last)
            if days:
                parts.append(_("%(document)s：%(days)s") % {"document": document_text(new), "days": change_text(days)})
                newest = new.pk
        return Reason("；".join(parts)[:LONGEST_REASON], newest) if parts else self._hours_reason()

    def _version(self, pk: int) -> CalendarVersion:
        if pk not in self._versions:
            self._versions[pk] = CalendarVersion.objects.get(pk=pk)
        return self._versions[pk]

    def _between(self, old: int, new: int) -> Changes:
        if (old, new) not in self._changes:
            days = days_of([old, new])
            self._changes[old, new] = changed_by(days[old], days[new])
        return self._changes[old, new]

    def _hours_reason(self) -> Reason:
        newest = WorkingHours.objects.filter(purpose=self._purpose).order_by("-pk").first()
        if newest is None:
            return Reason(_("按现行日历重新推算"))
        words = {
            "day": document_day(newest.valid_from),
            "opens": f"{newest.opens_at:%H:%M}",
            "closes": f"{newest.closes_at:%H:%M}",
        }
        return Reason(_("自%(day)s起工作时间为%(opens)s至%(closes)s") % words, hours=newest.pk)
