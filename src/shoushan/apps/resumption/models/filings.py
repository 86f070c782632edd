"""Daily returns as enterprises file them, and the reminders to those that did not."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from shoushan.lifecycle.models import LifecycleRecord
from shoushan.registry.models import Enterprise


class ReturnFiling(LifecycleRecord):
    """That an enterprise filed its return of one day itself; the numbers are in its DailyReturn, where all returns are.

    It counts as soon as it is filed; approval and acceptance say that somebody answers for it. An accepted one is closed to the enterprise
    and to later files until the department sends it back with a reason.
    """

    SUBJECT: ClassVar[str] = "filing"
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="filings", db_index=False)
    as_of = models.DateField(_("填报日"))
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    filed_at = models.DateTimeField(_("首次填报时间"))
    is_late = models.BooleanField(_("迟报"), default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["enterprise", "as_of"], name="resumption_filing_once_per_day"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["as_of", "area_code", "state"], name="resumption_filing_by_day"),
        ]


class ReturnReminder(models.Model):
    """That an enterprise was reminded of the return of one day. Once: a second tap or a job that runs twice adds nothing."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="reminders", db_index=False)
    as_of = models.DateField(_("填报日"))
    reminded_at = models.DateTimeField(_("提醒时间"))
    reminded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["enterprise", "as_of"], name="resumption_reminder_once_per_day"),
        ]


class ReturnLock(models.Model):
    """A day of a subdistrict is closed: its returns, however they came, are changed by an exception only."""

    area_code = models.CharField(_("所属街道"), max_length=9)
    as_of = models.DateField(_("填报日"))
    locked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    locked_at = models.DateTimeField(_("锁定时间"))

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["area_code", "as_of"], name="resumption_lock_once_per_day"),
        ]


class LockException(models.Model):
    """That one enterprise's return of a locked day may be changed once: who let it, why, and when it was used."""

    lock = models.ForeignKey(ReturnLock, models.PROTECT, related_name="exceptions")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="+")
    reason = models.CharField(_("理由"), max_length=500)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(_("批准时间"))
    used_at = models.DateTimeField(_("更正时间"), null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["lock", "enterprise"], condition=models.Q(used_at=None), name="resumption_exception_open_once"
            ),
            models.CheckConstraint(name="resumption_exception_says_why", condition=~models.Q(reason="")),
        ]
