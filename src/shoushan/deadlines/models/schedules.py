"""When each schedule is due next, and which worker has it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ScheduleState(models.Model):
    """One registered schedule. A worker claims the row for a lease; a claim that ran out belongs to nobody."""

    name = models.CharField(_("名称"), max_length=80, unique=True)
    cron = models.CharField(_("周期"), max_length=60)
    next_due_at = models.DateTimeField(_("下次运行"))
    claimed_by = models.CharField(_("运行者"), max_length=40, blank=True)
    claimed_until = models.DateTimeField(_("占用至"), null=True)
    started_at = models.DateTimeField(_("上次开始"), null=True)
    finished_at = models.DateTimeField(_("上次完成"), null=True)
    late_seconds = models.PositiveIntegerField(_("上次延误（秒）"), default=0)
    runs = models.PositiveIntegerField(_("运行次数"), default=0)
    failure = models.TextField(_("上次错误"), blank=True)

    class Meta:
        verbose_name = _("定时任务")
        ordering: ClassVar[list[str]] = ["name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="deadlines_schedulestate_claimed_iff_by_someone",
                condition=Q(claimed_by="", claimed_until__isnull=True)
                | (~Q(claimed_by="") & Q(claimed_until__isnull=False)),
            ),
        ]
