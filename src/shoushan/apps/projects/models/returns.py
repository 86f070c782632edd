"""Monthly returns of investment and progress, and the days by which a project is followed."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shoushan.apps.projects.enums.projects import MilestoneKey
from shoushan.apps.projects.models.projects import Project
from shoushan.lifecycle.models import LifecycleRecord


class MonthlyReturn(LifecycleRecord):
    """What was done in one month (月调度): it counts from the last day of the month, once it is reported.

    Investment is work done in money, not cash paid (固定资产投资统计口径). A correction states the month again; a reviewed
    return is closed until it is sent back.
    """

    SUBJECT: ClassVar[str] = "progress"
    project = models.ForeignKey(Project, models.PROTECT, related_name="returns", db_index=False)
    month = models.DateField(_("月份"), help_text="The first day of the month.")
    month_fen = models.BigIntegerField(_("本月完成投资（分）"))
    year_fen = models.BigIntegerField(_("本年累计完成投资（分）"))
    total_fen = models.BigIntegerField(_("自开始建设累计完成投资（分）"))
    progress = models.CharField(_("形象进度"), max_length=500)
    workers = models.PositiveIntegerField(_("现场人数"), null=True, blank=True)
    problems = models.CharField(_("存在问题"), max_length=500, blank=True)
    next_step = models.CharField(_("下步打算"), max_length=500, blank=True)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reported_at = models.DateTimeField(_("首次报送时间"))

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["project", "month"], name="projects_return_once_a_month"),
            models.CheckConstraint(name="projects_return_of_a_month", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="projects_return_adds_up",
                condition=Q(month_fen__gte=0, year_fen__gte=F("month_fen"), total_fen__gte=F("year_fen")),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["month", "state"], name="projects_return_month"),
        ]


class Milestone(models.Model):
    """One day of a project: planned, now expected, and when it was. Append-only; the newest revision counts.

    The first revision holds the plan as approved, so that slippage is known.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="milestones", db_index=False)
    key = models.CharField(_("节点"), max_length=15, choices=MilestoneKey)
    revision = models.PositiveSmallIntegerField(_("版次"), default=1)
    planned_on = models.DateField(_("计划日期"))
    forecast_on = models.DateField(_("预计日期"), null=True, blank=True)
    actual_on = models.DateField(_("实际日期"), null=True, blank=True)
    reason = models.CharField(_("变动原因"), max_length=300, blank=True)
    entered_at = models.DateTimeField(_("录入时间"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["project", "key", "revision"], name="projects_milestone_revision_once")
        ]

    @property
    def expected_on(self) -> date:
        """When it was; while it was not, when it is expected; without an expectation, as planned."""
        return expected_day(self.planned_on, self.forecast_on, self.actual_on)


def expected_day(planned: date, forecast: date | None, actual: date | None) -> date:
    """The day on which a milestone was reached; until then the one forecast, without a forecast the one planned."""
    return actual or forecast or planned
