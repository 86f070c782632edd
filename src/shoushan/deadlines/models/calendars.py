"""Calendars, versioned by the document that issued them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shoushan.deadlines.enums import CalendarPurpose


class CalendarVersion(models.Model):
    """The working days of one year for one purpose, as one document ordered them.

    Never changes: the database refuses it. A new document, or a mistake in entering one, makes a new version. What was
    known at a moment is the version issued last by then; of several with the same day the one with the higher number.
    """

    purpose = models.CharField(_("适用对象"), max_length=10, choices=CalendarPurpose)
    year = models.PositiveSmallIntegerField(_("年份"))
    number = models.PositiveSmallIntegerField(_("版次"))
    document_no = models.CharField(_("发文字号"), max_length=80)
    title = models.CharField(_("文件标题"), max_length=200, blank=True)
    issued_on = models.DateField(_("发文日期"))
    note = models.CharField(_("说明"), max_length=300, blank=True)
    digest = models.CharField(_("内容摘要"), max_length=64)
    recorded_at = models.DateTimeField(_("录入时间"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("录入人")
    )

    class Meta:
        verbose_name = _("日历版本")
        ordering: ClassVar[list[str]] = ["purpose", "year", "issued_on", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="deadlines_calendarversion_number_unique_in_year", fields=["purpose", "year", "number"]
            ),
            models.CheckConstraint(name="deadlines_calendarversion_names_its_document", condition=~Q(document_no="")),
            models.CheckConstraint(
                name="deadlines_calendarversion_year_is_plausible", condition=Q(year__gte=1949, year__lte=2100)
            ),
        ]

    def __str__(self) -> str:
        return self.document_no


class CalendarDay(models.Model):
    """One day that a version orders otherwise than the week, or names. Never changes, like its version."""

    version = models.ForeignKey(CalendarVersion, models.PROTECT, related_name="days", verbose_name=_("日历版本"))
    on = models.DateField(_("日期"))
    is_working = models.BooleanField(_("是否上班"))
    name = models.CharField(_("名称"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("日历日期")
        ordering: ClassVar[list[str]] = ["version", "on"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="deadlines_calendarday_once_in_version", fields=["version", "on"]),
        ]


class WorkingHours(models.Model):
    """The working hours of one purpose from a day on. Never changes; of rows with the same day the newest holds."""

    purpose = models.CharField(_("适用对象"), max_length=10, choices=CalendarPurpose)
    valid_from = models.DateField(_("生效日期"))
    opens_at = models.TimeField(_("上班时间"))
    closes_at = models.TimeField(_("下班时间"))
    lunch_from = models.TimeField(_("午休开始"), null=True, blank=True)
    lunch_to = models.TimeField(_("午休结束"), null=True, blank=True)
    document_no = models.CharField(_("依据"), max_length=80, blank=True)
    recorded_at = models.DateTimeField(_("录入时间"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("录入人")
    )

    class Meta:
        verbose_name = _("工作时间")
        ordering: ClassVar[list[str]] = ["purpose", "valid_from", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="deadlines_workinghours_close_after_they_open", condition=Q(closes_at__gt=F("opens_at"))
            ),
            models.CheckConstraint(
                name="deadlines_workinghours_lunch_lies_within",
                condition=Q(lunch_from__isnull=True, lunch_to__isnull=True)
                | Q(
                    lunch_from__isnull=False,
                    lunch_to__isnull=False,
                    lunch_from__gt=F("opens_at"),
                    lunch_to__gt=F("lunch_from"),
                    closes_at__gt=F("lunch_to"),
                ),
            ),
        ]
