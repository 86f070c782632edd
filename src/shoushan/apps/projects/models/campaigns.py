"""Campaigns: a dated cohort of projects in batches, and the meetings that drive it on (三个一批, 百日大会战)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from shoushan.apps.projects.enums.campaigns import CampaignChangeKind
from shoushan.apps.projects.enums.projects import Batch
from shoushan.apps.projects.models.projects import Project
from shoushan.directory.models import Organisation
from shoushan.lib.money import from_fen


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
    """That a project is to be signed, landed or started within a campaign, by a day. Achieved by its own steps, never by hand.

    An item that was removed from its batch stays on record with the day from which it no longer counts; the project may be
    put into the batch anew.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="items")
    project = models.ForeignKey(Project, models.PROTECT, related_name="campaign_items")
    key = models.CharField(_("批次"), max_length=5, choices=Batch)
    added_on = models.DateField(_("列入日期"))
    planned_on = models.DateField(_("计划日期"))
    removed_on = models.DateField(_("移出日期"), null=True, blank=True)
    reason = models.CharField(_("未完成原因"), max_length=200, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["campaign", "project", "key"],
                condition=Q(removed_on__isnull=True),
                name="projects_item_once_a_batch",
            ),
            models.CheckConstraint(
                name="projects_item_removed_later",
                condition=Q(removed_on__isnull=True) | Q(removed_on__gte=F("added_on")),
            ),
        ]


class CampaignChange(models.Model):
    """What of a campaign, or of one of its items, was changed from a day on, why and by whom. Append-only.

    `before` and `after` hold the changed values by name: what stood on an earlier day is read back from them.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="changes")
    item = models.ForeignKey(CampaignItem, models.PROTECT, null=True, related_name="changes")
    kind = models.CharField(_("事项"), max_length=8, choices=CampaignChangeKind)
    changed_on = models.DateField(_("调整日期"))
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.CharField(_("理由"), max_length=500, blank=True)
    entered_at = models.DateTimeField(_("录入时间"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["-changed_on", "-id"]

    @property
    def words(self) -> list[tuple[Any, str, str]]:
        """Each changed value with its name: what stood before, what stands after."""
        names = [*dict.fromkeys([*self.before, *self.after])]
        return [(_label(each), _shown(each, self.before), _shown(each, self.after)) for each in names]


def _label(name: str) -> Any:
    """The name of a changed value for readers."""
    batch, _sign, part = name.partition("_")
    if batch in Batch.values:
        return format_lazy("{} {}", Batch(batch).label, _("目标个数") if part == "count" else _("目标总投资（亿元）"))
    return LABELS.get(name, name)


def _shown(name: str, values: dict[str, Any]) -> str:
    value = values.get(name)
    if value in {None, ""}:
        return "—"
    return f"{from_fen(int(value), '亿元').normalize():f}" if name.endswith("_fen") else str(value)


LABELS: Final = {
    "name": _("名称"),
    "days": _("天数"),
    "planned_on": _("计划日期"),
    "removed_on": _("移出日期"),
    "reason": _("未完成原因"),
}


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
