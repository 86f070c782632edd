"""Campaigns: a dated cohort of projects in batches, and the meetings that drive it on (三个一批, 百日大会战)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shoushan.apps.projects.enums.projects import Batch
from shoushan.apps.projects.models.projects import Project
from shoushan.directory.models import Organisation


class Campaign(models.Model):
    """So many days from a first one on, which is day 1."""

    code = models.CharField(_("编号"), max_length=30, unique=True)
    name = models.CharField(_("名称"), max_length=80)
    start_on = models.DateField(_("开始日期"))
    days = models.PositiveSmallIntegerField(_("天数"), default=100)

    class Meta:
        ordering: ClassVar[list[str]] = ["-start_on", "code"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="projects_campaign_has_days", condition=Q(days__gt=0)),
            models.CheckConstraint(name="projects_campaign_code_in_capitals", condition=Q(code__regex=r"^[A-Z0-9_]+$")),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def end_on(self) -> date:
        """The last day."""
        return self.start_on + timedelta(days=self.days - 1)

    def day_number(self, day: date) -> int:
        """Day N: 1 on the first day, 0 or less before it, more than `days` after the last."""
        return (day - self.start_on).days + 1


class CampaignBatch(models.Model):
    """The targets of one batch."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="batches")
    key = models.CharField(_("批次"), max_length=5, choices=Batch)
    target_count = models.PositiveSmallIntegerField(_("目标个数"))
    target_fen = models.BigIntegerField(_("目标总投资（分）"), default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["campaign", "key"], name="projects_batch_once")
        ]


class CampaignItem(models.Model):
    """That a project is to be signed, landed or started within a campaign, by a day. Achieved by its own steps, never by hand."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="items")
    project = models.ForeignKey(Project, models.PROTECT, related_name="campaign_items")
    key = models.CharField(_("批次"), max_length=5, choices=Batch)
    added_on = models.DateField(_("列入日期"))
    planned_on = models.DateField(_("计划日期"))

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["campaign", "project", "key"], name="projects_item_once_a_batch"),
            models.CheckConstraint(name="projects_item_planned_later", condition=Q(planned_on__gte=F("added_on"))),
        ]


class DispatchDecision(models.Model):
    """What a dispatch meeting (周调度) of a campaign decided of a project: who does what by when, and when it was done."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="decisions")
    held_on = models.DateField(_("会议日期"))
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name=_("项目")
    )
    text = models.CharField(_("议定事项"), max_length=500)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("责任单位"))
    due_on = models.DateField(_("完成期限"))
    done_on = models.DateField(_("完成日期"), null=True, blank=True)
    result = models.CharField(_("落实情况"), max_length=500, blank=True)
    entered_at = models.DateTimeField(_("录入时间"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["-held_on", "due_on", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="projects_decision_due_after_the_meeting", condition=Q(due_on__gte=F("held_on"))
            ),
        ]
