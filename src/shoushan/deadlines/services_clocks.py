"""Changes to clocks: start, pause, resume, extend, stop. Each recomputes the projection in its own transaction."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from shoushan.deadlines.enums import HOURS, TRANSITIONS, ClockState, Outcome
from shoushan.deadlines.errors import DeadlineError
from shoushan.deadlines.kinds import Rung, check_rungs, kind_of
from shoushan.deadlines.locks import hold_calendars
from shoushan.deadlines.models import Clock, ClockExtension, ClockPause
from shoushan.deadlines.projections import COLUMNS, current_calendar, project
from shoushan.deadlines.reckoning import due_text

if TYPE_CHECKING:
    from shoushan.directory.models import Organisation, User

LONGEST_BUDGET_DAYS = 3660
MINUTES_A_DAY = 1440


@transaction.atomic
def start_clock(
    *,
    kind: str,
    subject: str,
    area_code: str,
    at: datetime,
    actor: User | None = None,
    organisation: Organisation | None = None,
    started_at: datetime | None = None,
    purpose: str = "",
    unit: str = "",
    budget: int = 0,
    calendar: str = "",
    day_end: str = "",
    rungs: tuple[Rung, ...] | None = None,
) -> Clock:
    """A deadline begins to run for a subject (`matter:M1`); what is not said is as the kind declares.

    `budget` is minutes for hours and days for days; `started_at` may lie before `at`, never after it. Raises
    DeadlineError when the subject has an open clock of this kind, CalendarMissingError when a year is not loaded.
    """
    declared = kind_of(kind)
    hold_calendars(is_changing=False)
    since = started_at or at
    kept = declared.rungs if rungs is None else rungs
    check_rungs(kind, kept)
    clock = Clock(
        kind=kind,
        subject=subject,
        purpose=purpose or str(declared.label),
        area_code=area_code,
        organisation=organisation,
        calendar=calendar or declared.calendar,
        unit=unit or declared.unit,
        budget=budget or declared.budget,
        day_end=day_end or declared.day_end,
        rungs=[rung.as_dict() for rung in kept],
        started_at=since,
        started_by=actor,
    )
    _check_start(clock, at)
    clock.due_at = clock.half_at = since  # computed once the row is there to be asked for its pauses
    clock.save()
    return _projected(clock, at)


def _check_start(clock: Clock, at: datetime) -> None:
    if ":" not in clock.subject or not clock.area_code:
        raise DeadlineError(_("时限必须写明对象和辖区。"))
    if clock.started_at > at:
        raise DeadlineError(_("开始时间不能晚于现在，请核对。"))
    _check_amount(clock.unit, clock.budget)
    if Clock.objects.open().filter(subject=clock.subject, kind=clock.kind).exists():
        raise DeadlineError(_("“%(purpose)s”已在计时，请先停止原来的时限。") % {"purpose": clock.purpose})


def _check_amount(unit: str, amount: int) -> None:
    most = LONGEST_BUDGET_DAYS * (MINUTES_A_DAY if unit in HOURS else 1)
    if not 0 < amount <= most:
        raise DeadlineError(_("时限长度不对，应为正数且不超过十年，请核对。"))


@transaction.atomic
def pause_clock(*, clock_id: int, reason: str, at: datetime, actor: User | None = None) -> Clock:
    """A running clock stands still from a moment on, for a reason that is kept; an overdue one cannot be paused."""
    clock = _locked(clock_id)
    _check_state(clock, ClockState.PAUSED)
    _check_reason(reason, _("暂停时限必须写明原因。"))
    _check_order(clock, at)
    _check_in_time(clock, at, _("“%(purpose)s”已于 %(due)s 到期，到期以后不能再暂停，请尽快办结。"))
    ClockPause.objects.create(clock=clock, paused_at=at, paused_by=actor, reason=reason.strip())
    clock.state = ClockState.PAUSED
    return _projected(clock, at)


@transaction.atomic
def resume_clock(*, clock_id: int, at: datetime, actor: User | None = None) -> Clock:
    """A paused clock runs again; what passed in between is not counted."""
    clock = _locked(clock_id)
    _check_state(clock, ClockState.RUNNING)
    _check_order(clock, at)
    _end_pause(clock, at, actor)
    clock.state = ClockState.RUNNING
    return _projected(clock, at)


@transaction.atomic
def extend_clock(*, clock_id: int, amount: int, reason: str, asked_by: User, approved_by: User, at: datetime) -> Clock:
    """More budget for an open clock that is not overdue: one person asks and says why, another one agrees.

    `amount` is minutes for hours and days for days.
    """
    clock = _locked(clock_id)
    if clock.state == ClockState.STOPPED:
        raise DeadlineError(_("时限已经停止，不能延长。"))
    _check_reason(reason, _("延长时限必须写明原因。"))
    _check_amount(clock.unit, amount)
    if asked_by.pk == approved_by.pk:
        raise DeadlineError(_("延长时限须由另一人批准，申请人不能自己批准。"))
    _check_order(clock, at)
    _check_in_time(clock, at, _("“%(purpose)s”已于 %(due)s 到期，到期以后不能再延长。"))
    ClockExtension.objects.create(
        clock=clock, amount=amount, reason=reason.strip(), asked_by=asked_by, approved_by=approved_by, at=at
    )
    return _projected(clock, at)


@transaction.atomic
def stop_clock(*, clock_id: int, at: datetime, actor: User | None = None, is_void: bool = False) -> Clock:
    """A clock ends: met when the due moment has not passed, missed when it has, void when the matter fell away.

    Judged by the calendar known at that moment; what becomes known later does not change it.
    """
    clock = _locked(clock_id)
    _check_state(clock, ClockState.STOPPED)
    _check_order(clock, at)
    if clock.state == ClockState.PAUSED:
        _end_pause(clock, at, actor)
    clock.state = ClockState.STOPPED
    project(clock, current_calendar(clock.calendar, at))
    clock.outcome = Outcome.VOID if is_void else Outcome.MET if at <= clock.due_at else Outcome.MISSED
    clock.stopped_at, clock.stopped_by = at, actor
    clock.save(update_fields=[*COLUMNS, "state", "outcome", "stopped_at", "stopped_by"])
    return clock


# ---- what the verbs share -----------------------------------------------------------------------------
def _locked(clock_id: int) -> Clock:
    hold_calendars(is_changing=False)
    clock = Clock.objects.select_for_update().filter(pk=clock_id).first()
    if clock is None:
        raise DeadlineError(_("没有这个时限，它可能已被撤销，请刷新页面。"))
    return clock


def _projected(clock: Clock, at: datetime) -> Clock:
    project(clock, current_calendar(clock.calendar, at))
    clock.save(update_fields=[*COLUMNS, "state"])
    return clock


def _end_pause(clock: Clock, at: datetime, actor: User | None) -> None:
    clock.pauses.filter(resumed_at=None).update(resumed_at=at, resumed_by=actor)


def _check_state(clock: Clock, target: str) -> None:
    if target not in TRANSITIONS[clock.state]:
        raise DeadlineError(
            _("“%(purpose)s”现在是“%(state)s”，不能这样操作，请刷新页面后再办。")
            % {"purpose": clock.purpose, "state": clock.get_state_display()}
        )


def _check_reason(reason: str, sentence: str) -> None:
    if not reason.strip():
        raise DeadlineError(sentence)


def _check_order(clock: Clock, at: datetime) -> None:
    """Nothing happens before what happened already: pauses stay in order and never overlap."""
    moments = [clock.started_at]
    for paused_at, resumed_at in clock.pauses.values_list("paused_at", "resumed_at"):
        moments.append(resumed_at or paused_at)
    if at < max(moments):
        raise DeadlineError(_("时间早于该时限上一次变动的时间，请核对。"))


def _check_in_time(clock: Clock, at: datetime, sentence: str) -> None:
    found = project(clock, current_calendar(clock.calendar, at))
    if found.is_overdue(at):
        raise DeadlineError(sentence % {"purpose": clock.purpose, "due": due_text(found.due_at)})
