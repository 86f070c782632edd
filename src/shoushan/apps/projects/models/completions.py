"""What is said of the premises of a project that is or will be completed, beside plan, evidence and ledger of buildings."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shoushan.apps.projects.models.projects import Project
from shoushan.exchange.models import SourceFile


class CompletionStatement(models.Model):
    """As of a day: how large it will be, how much can be let and is taken, who is interested. Append-only.

    The newest revision of the newest day counts. It holds until a completion is confirmed (for the area) and until the
    building stands in the ledger of premises (for what can be let and is taken): those are not asked here again.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="completion_statements", db_index=False)
    stated_on = models.DateField(_("截至"))
    revision = models.PositiveSmallIntegerField(_("版次"), default=1)
    area_sqm = models.PositiveIntegerField(_("建筑面积（平方米）"), null=True, blank=True)
    lettable_sqm = models.PositiveIntegerField(_("可招商面积（平方米）"), null=True, blank=True)
    absorbed_sqm = models.PositiveIntegerField(_("已去化面积（平方米）"), null=True, blank=True)
    prospects = models.CharField(_("意向企业"), max_length=500, blank=True)
    entered_at = models.DateTimeField(_("录入时间"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    source = models.ForeignKey(SourceFile, models.PROTECT, null=True, related_name="+", db_index=False)
    source_row = models.PositiveIntegerField(_("文件行号"), null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["project", "stated_on", "revision"], name="projects_completion_revision_once"
            ),
            models.CheckConstraint(
                name="projects_completion_absorbed_within_lettable",
                condition=Q(absorbed_sqm__isnull=True)
                | Q(lettable_sqm__isnull=True)
                | Q(absorbed_sqm__lte=F("lettable_sqm")),
            ),
        ]
