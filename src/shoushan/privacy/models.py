"""Who looked at which personal data, and why."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shoushan.privacy.enums import AccessKind


class Access(models.Model):
    """One look at personal data: one value shown, a file exported or brought in, a search by number. Append-only.

    It names the record by its typed code and the columns; never the data itself.
    """

    at = models.DateTimeField(_("时间"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("账号")
    )
    organisation = models.ForeignKey(
        "directory.Organisation", models.PROTECT, null=True, related_name="+", verbose_name=_("单位")
    )
    kind = models.CharField(_("操作"), max_length=8, choices=AccessKind)
    subject = models.CharField(_("对象"), max_length=80)
    fields = models.CharField(_("内容"), max_length=200)
    count = models.PositiveIntegerField(_("条数"), default=1)
    purpose = models.CharField(_("用途"), max_length=200)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="privacy_access_has_a_purpose", condition=~Q(purpose=""))
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-at"], name="privacy_access_newest"),
            models.Index(fields=["subject"], name="privacy_access_by_subject"),
        ]
