"""Zones: areas in which projects gather and which are no administrative areas (片区)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from shoushan.apps.projects.enums.projects import ZoneKind


class Zone(models.Model):
    """One zone. It is there before anybody has drawn it; what it encloses is its newest outline."""

    code = models.CharField(_("代码"), max_length=20, unique=True)
    name = models.CharField(_("名称"), max_length=60, unique=True)
    kind = models.CharField(_("类型"), max_length=8, choices=ZoneKind)

    class Meta:
        ordering: ClassVar[list[str]] = ["kind", "code"]

    def __str__(self) -> str:
        return self.name


class ZoneStay(models.Model):
    """From which day a project belongs to a zone; the last entered of the latest day counts. Append-only.

    A project of which there is no stay by a day lies in no zone then.
    """

    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="zone_stays", db_index=False)
    zone = models.ForeignKey(Zone, models.PROTECT, related_name="stays", verbose_name=_("片区"))
    since = models.DateField(_("归属自"))
    entered_at = models.DateTimeField(_("录入时间"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["since", "pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["project", "since"], name="projects_zone_stay_by_day"),
        ]


class ZoneOutline(models.Model):
    """How a zone was drawn by somebody, on which grounds: polygons of rings of [longitude, latitude] in WGS-84 or CGCS2000.

    Append-only: a zone that is drawn anew has a further revision, and every earlier one stays known.
    """

    zone = models.ForeignKey(Zone, models.PROTECT, related_name="outlines", db_index=False)
    revision = models.PositiveSmallIntegerField(_("版次"), default=1)
    polygons = models.JSONField(_("边界"))
    points = models.PositiveIntegerField(_("点数"))
    is_schematic = models.BooleanField(_("示意"), default=False)
    source = models.CharField(_("依据"), max_length=200)
    entered_at = models.DateTimeField(_("录入时间"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["zone", "revision"], name="projects_zone_outline_revision_once")
        ]
