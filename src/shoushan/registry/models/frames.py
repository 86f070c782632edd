"""The dated lists of above-scale enterprises that the statistics bureau hands over."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shoushan.registry.enums import AboveScaleType


class Frame(models.Model):
    """One list of the statistics bureau (分母名册) for one month: the named denominator of every rate.

    Open while it is loaded; locked for good afterwards. The database refuses every change to a locked frame and to
    its members (migration 0002); a corrected list of the same month is a new revision.
    """

    name = models.CharField(_("名称"), max_length=120)
    list_name = models.CharField(_("名册"), max_length=60)
    month = models.DateField(_("月份"), help_text=_("该月第一天"))
    revision = models.PositiveSmallIntegerField(_("版次"), default=1)
    created_at = models.DateTimeField(_("建立时间"))
    locked_at = models.DateTimeField(_("锁定时间"), null=True, blank=True)
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("锁定人")
    )

    class Meta:
        verbose_name = _("四上企业名册")
        ordering: ClassVar[list[str]] = ["-month", "list_name", "-revision"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="registry_frame_revision_unique_in_month", fields=["list_name", "month", "revision"]
            ),
            models.UniqueConstraint(
                name="registry_frame_one_open_in_month",
                fields=["list_name", "month"],
                condition=Q(locked_at__isnull=True),
            ),
            models.CheckConstraint(
                name="registry_frame_locked_by_only_when_locked",
                condition=Q(locked_by__isnull=True) | Q(locked_at__isnull=False),
            ),
            models.CheckConstraint(name="registry_frame_revision_counts_from_one", condition=Q(revision__gte=1)),
            models.CheckConstraint(
                name="registry_frame_locked_after_it_was_made",
                condition=Q(locked_at__isnull=True) | Q(locked_at__gte=F("created_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_locked(self) -> bool:
        """Whether the members are fixed."""
        return self.locked_at is not None


class FrameMember(models.Model):
    """One enterprise in one frame, with the above-scale type that the bureau gave it; never computed by us."""

    frame = models.ForeignKey(Frame, models.PROTECT, related_name="members", verbose_name=_("名册"))
    enterprise = models.ForeignKey(
        "registry.Enterprise", models.PROTECT, related_name="memberships", verbose_name=_("企业")
    )
    above_scale_type = models.CharField(_("四上类别"), max_length=14, choices=AboveScaleType)

    class Meta:
        verbose_name = _("四上企业名册成员")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="registry_framemember_by_type", fields=["frame", "above_scale_type", "enterprise"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="registry_framemember_once_in_a_frame", fields=["frame", "enterprise"]),
        ]
