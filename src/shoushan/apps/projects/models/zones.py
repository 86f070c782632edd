"""Zones: areas in which projects gather and which are no administrative areas (片区)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shoushan.apps.projects.enums.projects import ZoneKind


class Zone(models.Model):
    """One zone. Its outline is a list of rings of [longitude, latitude], empty until somebody has drawn it."""

    code = models.CharField(_("代码"), max_length=20, unique=True)
    name = models.CharField(_("名称"), max_length=60, unique=True)
    kind = models.CharField(_("类型"), max_length=8, choices=ZoneKind)
    outline = models.JSONField(_("边界"), default=list, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["kind", "code"]

    def __str__(self) -> str:
        return self.name
