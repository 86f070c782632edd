"""Notices and who has read them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shoushan.directory.models import Organisation


class Notice(models.Model):
    """One message to one person, or to everybody of one organisation. `key` keeps what is told twice from arriving twice."""

    key = models.CharField(max_length=160, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="notices")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="notices")
    subject = models.CharField(_("对象"), max_length=80)
    title = models.CharField(_("标题"), max_length=120)
    detail = models.CharField(_("内容"), max_length=500, blank=True)
    address = models.CharField(max_length=200, blank=True)
    is_urgent = models.BooleanField(_("紧急"), default=False)
    sent_at = models.DateTimeField(_("时间"))

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="notices_notice_has_one_recipient",
                condition=Q(user__isnull=True, organisation__isnull=False)
                | Q(user__isnull=False, organisation__isnull=True),
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user", "-sent_at"], name="notices_notice_by_user"),
            models.Index(fields=["organisation", "-sent_at"], name="notices_notice_by_organisation"),
            models.Index(fields=["subject"], name="notices_notice_by_subject"),
        ]


class Reading(models.Model):
    """That a person has read a notice; of an organisation's notice each of its people has their own."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="readings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    read_at = models.DateTimeField(_("已读时间"))

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "notice"], name="notices_reading_once")
        ]
