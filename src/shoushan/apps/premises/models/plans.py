"""Drawings of the floors of buildings."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shoushan.apps.premises.models.buildings import Building, floor_label


class FloorPlan(models.Model):
    """A drawing of a floor (平面图) as a file. Append-only; of one floor the newest revision counts.

    The file itself lies where the files of steps lie, by its content.
    """

    building = models.ForeignKey(Building, models.PROTECT, related_name="floor_plans", db_index=False)
    floor = models.SmallIntegerField(_("楼层"))
    revision = models.PositiveSmallIntegerField(_("版次"), default=1)
    file_name = models.CharField(_("文件名"), max_length=255)
    path = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()
    entered_at = models.DateTimeField(_("录入时间"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["building", "-floor", "-revision"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["building", "floor", "revision"], name="premises_plan_revision_once"),
            models.CheckConstraint(name="premises_plan_has_no_floor_zero", condition=~Q(floor=0)),
        ]

    @property
    def floor_label(self) -> str:
        """Floor as it is written: 12, B1."""
        return floor_label(self.floor)
