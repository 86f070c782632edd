"""What belongs to an obstacle of a project besides the matter itself."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shoushan.apps.projects.enums.projects import MilestoneKey
from shoushan.apps.projects.models.projects import Project
from shoushan.casework.models import Matter


class Obstacle(models.Model):
    """That a matter stands in the way of a project: which milestone it holds up, and whether nothing goes on without it."""

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="obstacle")
    project = models.ForeignKey(Project, models.PROTECT, related_name="obstacles", verbose_name=_("项目"))
    holds_up = models.CharField(_("影响的节点"), max_length=15, choices=MilestoneKey, blank=True)
    is_critical = models.BooleanField(_("关键堵点"), default=False)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["is_critical", "project"], name="projects_obstacle_critical")
        ]
