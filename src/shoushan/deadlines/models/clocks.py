"""Clocks: what is to be done by when, with pauses, extensions, fired rungs and moved deadlines."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shoushan.deadlines.enums import (
    LIGHT_TONES,
    OUTCOME_TONES,
    CalendarPurpose,
    ClockState,
    DayEnd,
    Light,
    Outcome,
    Unit,
)
from shoushan.deadlines.models.calendars import CalendarVersion, WorkingHours
from shoushan.deadlines.reckoning import ORANGE_BEFORE, budget_text, light_of

OPEN = Q(state__in=[ClockState.RUNNING, ClockState.PAUSED])


class ClockQuerySet(models.QuerySet["Clock"]):
    """Clocks by state and light."""

    def open(self) -> Self:
        """Clocks that run or stand, but have not ended."""
        return self.filter(OPEN)

    def of_light(self, light: str, *, at: datetime) -> Self:
        """Open clocks that show this light at a moment: `Clock.light`, as a condition on the projection."""
        is_late = _holds("due_at", "lt", at)
        is_green = _holds("half_at", "gt", at)
        is_near = _holds("due_at", "lte", at, plus=ORANGE_BEFORE)
        return self.open().filter(
            {
                Light.RED: is_late,
                Light.GREEN: ~is_late & is_green,
                Light.ORANGE: ~is_late & ~is_green & is_near,
                Light.YELLOW: ~is_late & ~is_green & ~is_near,
            }[Light(light)]
        )


def _holds(field: str, comparison: str, at: datetime, plus: timedelta = timedelta()) -> Q:
    """Whether a column compares so with the moment at which a clock is judged: `at`, or since when it stands still."""
    name = f"{field}__{comparison}"
    stands = Q(standing_since__isnull=False, standing_since__lte=at)
    return (stands & Q((name, F("standing_since") + plus))) | (~stands & Q((name, at + plus)))


class Clock(models.Model):
    """One deadline of one subject: start, budget, pauses. What is due when follows from them and the calendar.

    RUNNING ⇄ PAUSED → STOPPED. `due_at`, `half_at`, `standing_since`, `next_rung_at` and `calendar_versions` are a projection
    for lists and indexes: `projections.project` alone writes them, from the terms and the calendar known at that time.
    Of a stopped clock they stay as they were when it was judged. There is no column for overdue, and no counter.
    """

    kind = models.CharField(_("时限种类"), max_length=80)
    subject = models.CharField(_("对象"), max_length=120)
    purpose = models.CharField(_("事项"), max_length=120)
    area_code = models.CharField(_("辖区代码"), max_length=15)
    organisation = models.ForeignKey(
        "directory.Organisation",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("承办单位"),
        help_text="Empty while nobody has been named: such a clock runs and is escalated like any other.",
    )
    calendar = models.CharField(_("适用日历"), max_length=10, choices=CalendarPurpose)
    unit = models.CharField(_("计时单位"), max_length=14, choices=Unit)
    budget = models.PositiveIntegerField(_("时限"), help_text="Minutes for hours, days for days; without extensions.")
    day_end = models.CharField(_("末日截止"), max_length=8, choices=DayEnd, default=DayEnd.MIDNIGHT)
    rungs = models.JSONField(_("提醒和升级"), default=list)
    started_at = models.DateTimeField(_("开始时间"))
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("启动人")
    )
    state = models.CharField(_("状态"), max_length=8, choices=ClockState, default=ClockState.RUNNING)
    stopped_at = models.DateTimeField(_("停止时间"), null=True)
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("停止人")
    )
    outcome = models.CharField(_("结果"), max_length=6, choices=Outcome, blank=True)
    due_at = models.DateTimeField(_("到期时间"))
    half_at = models.DateTimeField(_("过半时间"))
    standing_since = models.DateTimeField(_("暂停时间"), null=True)
    next_rung_at = models.DateTimeField(_("下次提醒"), null=True)
    calendar_versions = models.JSONField(_("日历版本"), default=list)

    objects: ClassVar[ClockQuerySet] = ClockQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("时限")
        ordering: ClassVar[list[str]] = ["due_at", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="deadlines_clock_open_by_due", fields=["due_at", "id"], condition=OPEN),
            models.Index(
                name="deadlines_clock_next_rung",
                fields=["next_rung_at", "id"],
                condition=Q(next_rung_at__isnull=False),
            ),
            models.Index(name="deadlines_clock_subject", fields=["subject", "kind"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="deadlines_clock_one_open_of_a_kind", fields=["subject", "kind"], condition=OPEN
            ),
            models.CheckConstraint(name="deadlines_clock_subject_is_typed", condition=Q(subject__contains=":")),
            models.CheckConstraint(name="deadlines_clock_budget_is_positive", condition=Q(budget__gt=0)),
            models.CheckConstraint(name="deadlines_clock_has_an_area", condition=~Q(area_code="")),
            models.CheckConstraint(
                name="deadlines_clock_stopped_iff_judged",
                condition=(Q(state=ClockState.STOPPED, stopped_at__isnull=False) & ~Q(outcome=""))
                | (~Q(state=ClockState.STOPPED) & Q(stopped_at__isnull=True, outcome="")),
            ),
            models.CheckConstraint(
                name="deadlines_clock_stops_after_it_starts",
                condition=Q(stopped_at__isnull=True) | Q(stopped_at__gte=F("started_at")),
            ),
            models.CheckConstraint(
                name="deadlines_clock_stands_iff_paused",
                condition=Q(state=ClockState.PAUSED, standing_since__isnull=False)
                | (~Q(state=ClockState.PAUSED) & Q(standing_since__isnull=True)),
            ),
            models.CheckConstraint(
                name="deadlines_clock_only_running_ones_remind",
                condition=Q(state=ClockState.RUNNING) | Q(next_rung_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.subject}"

    def light(self, at: datetime) -> Light:
        """The light of an open clock at a moment, from its projection."""
        judged_at = min(at, self.standing_since) if self.standing_since else at
        return light_of(due_at=self.due_at, half_at=self.half_at, at=judged_at)

    def light_tone(self, at: datetime) -> str:
        """The colour of the light's badge."""
        return LIGHT_TONES[self.light(at)]

    @property
    def outcome_tone(self) -> str:
        """The colour of the outcome's badge."""
        return OUTCOME_TONES.get(self.outcome, "neutral")

    @property
    def budget_text(self) -> str:
        """The budget in words, without extensions."""
        return budget_text(self.unit, self.budget)


class ClockPause(models.Model):
    """A stretch in which a clock stands: from when to when, why, and who said so. Open until the clock is resumed."""

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="pauses", verbose_name=_("时限"))
    paused_at = models.DateTimeField(_("暂停时间"))
    paused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("暂停人")
    )
    reason = models.CharField(_("暂停原因"), max_length=300)
    resumed_at = models.DateTimeField(_("恢复时间"), null=True)
    resumed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("恢复人")
    )

    class Meta:
        verbose_name = _("时限暂停")
        ordering: ClassVar[list[str]] = ["clock", "paused_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="deadlines_clockpause_open_once", fields=["clock"], condition=Q(resumed_at__isnull=True)
            ),
            models.CheckConstraint(name="deadlines_clockpause_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="deadlines_clockpause_ends_after_it_starts",
                condition=Q(resumed_at__isnull=True) | Q(resumed_at__gte=F("paused_at")),
            ),
        ]


class ClockExtension(models.Model):
    """More budget for a clock: how much, why, who asked, and who else agreed. Never changes."""

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="extensions", verbose_name=_("时限"))
    amount = models.PositiveIntegerField(_("延长"), help_text="Minutes for hours, days for days.")
    reason = models.CharField(_("延长原因"), max_length=300)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("申请人"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("批准人")
    )
    at = models.DateTimeField(_("批准时间"))

    class Meta:
        verbose_name = _("时限延长")
        ordering: ClassVar[list[str]] = ["clock", "at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="deadlines_clockextension_is_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="deadlines_clockextension_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="deadlines_clockextension_needs_a_second_person", condition=~Q(asked_by=F("approved_by"))
            ),
        ]


class Firing(models.Model):
    """One rung of one clock that was carried out: the proof that it happened, and that it happens once."""

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="firings", verbose_name=_("时限"))
    rung = models.CharField(_("级次"), max_length=40)
    rung_at = models.DateTimeField(_("应提醒时间"))
    fired_at = models.DateTimeField(_("提醒时间"))
    is_late = models.BooleanField(_("是否补发"))

    class Meta:
        verbose_name = _("提醒记录")
        ordering: ClassVar[list[str]] = ["clock", "fired_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="deadlines_firing_once_for_clock_and_rung", fields=["clock", "rung"]),
        ]


class DeadlineMove(models.Model):
    """One open deadline that a change of calendar or of working hours moved: from when to when, and why. Kept for ever."""

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="moves", verbose_name=_("时限"))
    version = models.ForeignKey(
        CalendarVersion, models.PROTECT, null=True, related_name="moves", verbose_name=_("日历版本")
    )
    hours = models.ForeignKey(WorkingHours, models.PROTECT, null=True, related_name="moves", verbose_name=_("工作时间"))
    due_before = models.DateTimeField(_("原到期时间"))
    due_after = models.DateTimeField(_("现到期时间"))
    reason = models.CharField(_("原因"), max_length=400)
    moved_at = models.DateTimeField(_("变更时间"))

    class Meta:
        verbose_name = _("到期时间变更")
        ordering: ClassVar[list[str]] = ["-moved_at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="deadlines_deadlinemove_moves", condition=~Q(due_before=F("due_after"))),
            models.CheckConstraint(name="deadlines_deadlinemove_says_why", condition=~Q(reason="")),
        ]
