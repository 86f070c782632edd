"""What administrators did: who opened which account, gave which role, made whom responsible. Append-only."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from shoushan.directory.enums import AdministrativeAct


class AdministrativeEntry(models.Model):
    """One act of administration. The auditor reads all of them; nobody changes one, the database refuses it."""

    act = models.CharField(_("事项"), max_length=24, choices=AdministrativeAct)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("经办人"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("账号")
    )
    details = models.JSONField(_("内容"), default=dict)
    done_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("管理记录")
        ordering: ClassVar[list[str]] = ["-done_at", "-id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["-done_at"], name="directory_entry_by_time")]
