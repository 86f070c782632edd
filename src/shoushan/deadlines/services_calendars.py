"""Changes to calendars: a new version of a year, new working hours; each moves the open deadlines in the same transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from shoushan.deadlines.differences import Changes, Explainer, Reason, change_text, changed_by
from shoushan.deadlines.enums import CalendarPurpose
from shoushan.deadlines.errors import DeadlineError
from shoushan.deadlines.hours import DayHours, WorkCalendar, local_day
from shoushan.deadlines.locks import hold_calendars
from shoushan.deadlines.models import CalendarDay, CalendarVersion, Clock, DeadlineMove, WorkingHours
from shoushan.deadlines.notices import DayOrder, seeded_notices
from shoushan.deadlines.projections import BATCH, COLUMNS, Moved, current_calendar, open_clocks, reprojected
from shoushan.deadlines.selectors import DEFAULT_HOURS, KnownCalendar, days_of, known_calendar
from shoushan.deadlines.workdays import SATURDAY
from shoushan.lib.days import document_day

if TYPE_CHECKING:
    from shoushan.directory.models import User

Days = Mapping[date, DayOrder]


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A version as it is entered: which document orders which days of which year for whom."""

    purposes: tuple[str, ...]
    year: int
    document_no: str
    title: str
    issued_on: date
    days: Days
    note: str = ""


@dataclass(frozen=True)
class Preview:
    """What a draft would change for one purpose: days against the version in force, and open deadlines."""

    purpose: str
    before: CalendarVersion | None
    changes: Changes
    moved: list[Moved]
    workdays: int

    @property
    def purpose_label(self) -> str:
        """The purpose in words."""
        return str(CalendarPurpose(self.purpose).label)

    @property
    def change_text(self) -> str:
        """The changed days in words."""
        return change_text(self.changes)


# ---- versions of a year -----------------------------------------------------------------------------
def preview_version(draft: Draft, *, at: datetime) -> list[Preview]:
    """What entering a draft would change now; nothing is written. Raises DeadlineError like add_version."""
    _check(draft, at)
    return [_preview(draft, purpose, at) for purpose in draft.purposes]


def _preview(draft: Draft, purpose: str, at: datetime) -> Preview:
    before = _in_force(purpose, draft.year, local_day(at))
    orders = _orders(draft.days)
    known = current_calendar(purpose, at)
    is_newest = before is None or before.issued_on <= draft.issued_on
    after = _with_year(known, purpose, draft.year, orders) if is_newest else known
    moved = [
        move
        for batch in open_clocks(purpose, is_locking=False)
        for _clock, move in reprojected(batch, after, lambda *_more: Reason(""))
        if move is not None
    ]
    old = days_of([before.pk])[before.pk] if before else {}
    first, last = date(draft.year, 1, 1), date(draft.year, 12, 31)
    workdays = WorkCalendar(purpose, {draft.year: orders}, [DEFAULT_HOURS]).workdays_of(first, last)
    return Preview(purpose, before, changed_by(old, orders), moved, workdays)


def _with_year(known: KnownCalendar, purpose: str, year: int, orders: Mapping[date, bool]) -> KnownCalendar:
    days = days_of(list(known.versions.values()))
    years = {each: days[pk] for each, pk in known.versions.items()} | {year: dict(orders)}
    return KnownCalendar(WorkCalendar(purpose, years, known.calendar.hours), known.versions)


@transaction.atomic
def add_version(draft: Draft, *, at: datetime, actor: User | None = None) -> tuple[list[CalendarVersion], int]:
    """Enter what a document orders, as a new version for each purpose, and move the open deadlines.

    Returns the versions and how many deadlines moved. Raises DeadlineError when the draft is not plausible, or
    orders exactly what is in force already.
    """
    _check(draft, at)
    hold_calendars(is_changing=True)
    for purpose in draft.purposes:
        _check_is_new(draft, purpose, at)
    made = [_write(draft, purpose, at, actor) for purpose in draft.purposes]
    return made, sum(_move_deadlines(purpose, at) for purpose in draft.purposes)


def _write(draft: Draft, purpose: str, at: datetime, actor: User | None) -> CalendarVersion:
    version = CalendarVersion.objects.create(
        purpose=purpose,
        year=draft.year,
        number=CalendarVersion.objects.filter(purpose=purpose, year=draft.year).count() + 1,
        document_no=draft.document_no.strip(),
        title=draft.title.strip(),
        issued_on=draft.issued_on,
        note=draft.note.strip(),
        digest=_digest(purpose, draft.year, draft.days),
        recorded_at=at,
        recorded_by=actor,
    )
    CalendarDay.objects.bulk_create(
        CalendarDay(version=version, on=day, is_working=order.is_working, name=order.name)
        for day, order in sorted(draft.days.items())
    )
    return version


def _check(draft: Draft, at: datetime) -> None:
    if not draft.purposes or not draft.document_no.strip():
        raise DeadlineError(_("请写明发文字号，并选择适用对象。"))
    if draft.issued_on > local_day(at):
        raise DeadlineError(_("发文日期 %(day)s 还没有到，请核对。") % {"day": draft.issued_on})
    if not any(order.is_working is False for order in draft.days.values()):
        raise DeadlineError(_("没有一天放假，请按文件填写放假日期。"))
    for day, order in sorted(draft.days.items()):
        if day.year != draft.year:
            raise DeadlineError(
                _("%(day)s不在%(year)s年，一个版本只写一年的日期；跨年的调休请另录该年的版本。")
                % {"day": document_day(day), "year": draft.year}
            )
        if order.is_working and day.weekday() < SATURDAY:
            raise DeadlineError(
                _("%(day)s不是周末，本来就要上班，不能作为调休上班日，请核对。") % {"day": document_day(day)}
            )


def _check_is_new(draft: Draft, purpose: str, at: datetime) -> None:
    before = _in_force(purpose, draft.year, local_day(at))
    if before is not None and before.digest == _digest(purpose, draft.year, draft.days):
        raise DeadlineError(
            _("与现行版本（%(document)s）完全相同，没有需要录入的变化。") % {"document": before.document_no}
        )


def _in_force(purpose: str, year: int, on: date) -> CalendarVersion | None:
    rows = CalendarVersion.objects.filter(purpose=purpose, year=year, issued_on__lte=on)
    return rows.order_by("issued_on", "number").last()


def _orders(days: Days) -> dict[date, bool]:
    return {day: order.is_working for day, order in days.items()}


def _digest(purpose: str, year: int, days: Days) -> str:
    lines = [f"{purpose} {year}", *(f"{day} {order.is_working} {order.name}" for day, order in sorted(days.items()))]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@transaction.atomic
def load_calendars(*, at: datetime) -> int:
    """Enter the versions of 2011–2026 and the usual working hours where they are missing; returns how many versions.

    A year for which somebody entered a version already is left to them.
    """
    hold_calendars(is_changing=True)
    for purpose in CalendarPurpose.values:
        if not WorkingHours.objects.filter(purpose=purpose).exists():
            WorkingHours.objects.create(purpose=purpose, recorded_at=at, **DEFAULT_HOURS._asdict())
    taken = set(CalendarVersion.objects.values_list("purpose", "year"))
    count = 0
    for notice in seeded_notices():
        purposes = tuple(each for each in notice.purposes if (each, notice.year) not in taken)
        draft = Draft(
            purposes=purposes,
            year=notice.year,
            document_no=notice.document_no,
            title=notice.title,
            issued_on=notice.issued_on,
            days=notice.days,
            note=notice.note,
        )
        count += len([_write(draft, purpose, at, None) for purpose in purposes])
    return count


# ---- working hours ----------------------------------------------------------------------------------
@transaction.atomic
def set_working_hours(
    *,
    purpose: str,
    valid_from: date,
    opens_at: time,
    closes_at: time,
    lunch: tuple[time, time] | None = None,
    document_no: str = "",
    at: datetime,
    actor: User | None = None,
) -> tuple[WorkingHours, int]:
    """New working hours from a day on, and the open deadlines moved; returns the row and how many moved."""
    hours = DayHours(valid_from, opens_at, closes_at, *(lunch or (None, None)))
    borders = [opens_at, *(lunch or ()), closes_at]
    if any(later <= earlier for earlier, later in pairwise(borders)):
        raise DeadlineError(_("工作时间的先后不对：上班、午休开始、午休结束、下班应依次在后，请核对。"))
    hold_calendars(is_changing=True)
    row = WorkingHours.objects.create(
        purpose=purpose, document_no=document_no.strip(), recorded_at=at, recorded_by=actor, **hours._asdict()
    )
    return row, _move_deadlines(purpose, at)


# ---- open deadlines ---------------------------------------------------------------------------------
@transaction.atomic
def reproject_deadlines(*, at: datetime) -> int:
    """Compute every open deadline again, as after a change; finds nothing to move unless a document became known since."""
    hold_calendars(is_changing=True)
    return sum(_move_deadlines(purpose, at) for purpose in CalendarPurpose.values)


def _move_deadlines(purpose: str, at: datetime) -> int:
    known = known_calendar(purpose, known_on=local_day(at))
    explain = Explainer(known, purpose)
    count = 0
    for batch in open_clocks(purpose):
        projected = list(reprojected(batch, known, explain))
        Clock.objects.bulk_update([clock for clock, _move in projected], COLUMNS, batch_size=BATCH)
        count += len(_keep([move for _clock, move in projected if move is not None], at))
    return count


def _keep(moves: Sequence[Moved], at: datetime) -> list[DeadlineMove]:
    return DeadlineMove.objects.bulk_create(
        DeadlineMove(
            clock=move.clock,
            version_id=move.reason.version,
            hours_id=move.reason.hours,
            due_before=move.due_before,
            due_after=move.due_after,
            reason=move.reason.text,
            moved_at=at,
        )
        for move in moves
    )
