"""Ideas for projects before there is a project (项目策划)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shoushan.apps.projects.enums.pool import IdeaSource, IdeaTheme
from shoushan.apps.projects.models.projects import Project
from shoushan.apps.projects.models.zones import Zone
from shoushan.directory.models import Organisation
from shoushan.lifecycle.models import LifecycleRecord


class Idea(LifecycleRecord):
    """One idea: what it is to bring to life, where, with which effect, and the project that it became."""

    SUBJECT: ClassVar[str] = "idea"
    name = models.CharField(_("策划项目名称"), max_length=120)
    name_key = models.CharField(max_length=120, editable=False, unique=True)
    theme = models.CharField(_("主题"), max_length=14, choices=IdeaTheme)
    zone = models.ForeignKey(Zone, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("片区"))
    industry = models.CharField(_("行业"), max_length=40, blank=True)
    content = models.TextField(_("策划内容"), max_length=2000)
    invest_fen = models.BigIntegerField(_("预计总投资（分）"))
    tax_fen = models.BigIntegerField(_("预计年税收（分）"), default=0)
    jobs = models.PositiveIntegerField(_("预计就业（人）"), default=0)
    source = models.CharField(_("来源"), max_length=10, choices=IdeaSource)
    lead = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("策划单位"))
    proposed_on = models.DateField(_("入库日期"))
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="ideas", verbose_name=_("转化为项目")
    )
    became_on = models.DateField(_("转化日期"), null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="projects_idea_expects_something", condition=Q(invest_fen__gt=0, tax_fen__gte=0)
            ),
            models.CheckConstraint(
                name="projects_idea_converted_iff_into_a_project",
                condition=Q(state="CONVERTED", project__isnull=False, became_on__isnull=False)
                | (~Q(state="CONVERTED") & Q(project__isnull=True, became_on__isnull=True)),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["area_code", "state"], name="projects_idea_area"),
        ]

    def __str__(self) -> str:
        return self.name
