"""Status reports of a project or of a portfolio: what was said on a day, and never changed since."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shoushan.apps.projects.models.projects import Project


class StatusReport(models.Model):
    """One report (情况通报) as of a day: of one project, or of the portfolio of a year within an area.

    Never changes: the database refuses it. A correction is a further report that names the old one and says why.
    `content` is the canonical JSON whose digest is entered into the ledger.
    """

    number = models.CharField(_("编号"), max_length=40, unique=True)
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, related_name="status_reports", verbose_name=_("项目")
    )
    area_code = models.CharField(_("辖区"), max_length=12, help_text="Of the project; of the portfolio what it covers.")
    year = models.PositiveSmallIntegerField(_("年度"))
    series = models.CharField(
        _("专题"), max_length=20, blank=True, help_text="What of it is reported on by itself; empty for the whole."
    )
    as_of = models.DateField(_("截至"))
    title = models.CharField(_("标题"), max_length=200)
    content = models.TextField(_("内容"))
    digest = models.CharField(_("摘要"), max_length=64)
    entry_number = models.BigIntegerField(_("台账分录"))
    issued_at = models.DateTimeField(_("发布时间"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("发布人")
    )
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="corrected_by", verbose_name=_("更正")
    )
    reason = models.CharField(_("更正原因"), max_length=500, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, reason="") | (Q(corrects__isnull=False) & ~Q(reason="")),
                name="projects_report_correction_says_why",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["area_code", "as_of"], name="projects_report_area"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def said(self) -> dict[str, Any]:
        """The frozen content."""
        said: dict[str, Any] = json.loads(self.content)
        return said
