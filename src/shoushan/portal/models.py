"""Lists as somebody wants to see them again."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shoushan.directory.enums import Role


class SavedView(models.Model):
    """The filters, order and columns of one list under a name: a person's own, or that of everybody who holds a role."""

    page = models.CharField(_("列表"), max_length=80, help_text="URL name of the list.")
    name = models.CharField(_("名称"), max_length=30)
    query = models.CharField(_("条件"), max_length=1000)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    role = models.CharField(_("角色"), max_length=20, choices=Role, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("保存时间"))

    class Meta:
        ordering: ClassVar[list[str]] = ["page", "name", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "page", "name"], name="portal_view_once_a_person"),
            models.UniqueConstraint(
                fields=["role", "page", "name"], name="portal_view_once_a_role", condition=~Q(role="")
            ),
            models.CheckConstraint(
                name="portal_view_has_one_owner",
                condition=Q(user__isnull=True) & ~Q(role="") | Q(user__isnull=False, role=""),
            ),
        ]
