"""Permits that a project needs before it is built and used, one application a row."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shoushan.apps.projects.enums.permits import LIVE_PERMITS, PermitOutcome, PermitStage
from shoushan.apps.projects.models.projects import Project
from shoushan.directory.models import Organisation
from shoushan.lifecycle.models import LifecycleRecord


class Permit(LifecycleRecord):
    """One application for one step of the approval of a project, with the terms that were promised when it was made.

    A step that was refused or returned is applied for again by a further row. The promised time is a clock of
    `deadlines`; `used_days` and `outcome` are what it said on the day of the decision.
    """

    SUBJECT: ClassVar[str] = "permit"
    project = models.ForeignKey(Project, models.PROTECT, related_name="permits")
    stage = models.CharField(_("审批阶段"), max_length=6, choices=PermitStage)
    item = models.CharField(_("事项代码"), max_length=40)
    item_name = models.CharField(_("审批事项"), max_length=100)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("审批单位"))
    promised_days = models.PositiveSmallIntegerField(_("承诺时限（工作日）"))
    is_ahead = models.BooleanField(_("提前办理"), default=False)
    is_tolerant = models.BooleanField(_("容缺受理"), default=False)
    applied_on = models.DateField(_("申请日期"))
    accepted_on = models.DateField(_("受理日期"), null=True, blank=True)
    decided_on = models.DateField(_("办结日期"), null=True, blank=True)
    document_no = models.CharField(_("证书或文件编号"), max_length=80, blank=True)
    used_days = models.PositiveSmallIntegerField(_("用时（工作日）"), null=True, blank=True)
    outcome = models.CharField(_("时限结果"), max_length=7, choices=PermitOutcome, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["project", "item"],
                condition=Q(state__in=[each.value for each in LIVE_PERMITS]),
                name="projects_permit_step_once_at_a_time",
            ),
            models.CheckConstraint(name="projects_permit_promises_days", condition=Q(promised_days__gt=0)),
            models.CheckConstraint(
                name="projects_permit_decided_after_it_was_accepted",
                condition=Q(decided_on__isnull=True)
                | Q(accepted_on__isnull=True)
                | Q(decided_on__gte=F("accepted_on")),
            ),
            models.CheckConstraint(
                name="projects_permit_timed_once_decided",
                condition=(Q(outcome="") & Q(used_days__isnull=True))
                | (~Q(outcome="") & Q(used_days__isnull=False, decided_on__isnull=False)),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "state"], name="projects_permit_authority"),
            models.Index(fields=["area_code", "state"], name="projects_permit_area"),
        ]

    def __str__(self) -> str:
        return self.item_name


class MissingDocument(models.Model):
    """A document that an application was accepted without (容缺受理), by when it is to be there, and how that ended."""

    permit = models.ForeignKey(Permit, models.PROTECT, related_name="missing", verbose_name=_("审批事项"))
    number = models.PositiveSmallIntegerField(_("序号"))
    name = models.CharField(_("缺少的材料"), max_length=100)
    due_on = models.DateField(_("补齐期限"))
    made_good_on = models.DateField(_("补齐日期"), null=True, blank=True)
    lapsed_on = models.DateField(_("失效日期"), null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["permit", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["permit", "number"], name="projects_missing_number_once"),
            models.UniqueConstraint(fields=["permit", "name"], name="projects_missing_document_once"),
            models.CheckConstraint(
                name="projects_missing_ends_one_way",
                condition=Q(made_good_on__isnull=True) | Q(lapsed_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        """By which its clock knows it."""
        return f"missing:{self.permit.code}-M{self.number}"
