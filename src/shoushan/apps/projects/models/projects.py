"""Projects, their parts and former names, whose lists they are on, and what was approved for each year."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shoushan.apps.projects.enums.projects import (
    ContractType,
    FirstWork,
    Kind,
    Level,
    Nature,
    SiteBasis,
    StartBasis,
)
from shoushan.apps.projects.models.zones import Zone
from shoushan.directory.models import Organisation
from shoushan.exchange.models import SourceFile
from shoushan.lifecycle.models import LifecycleRecord
from shoushan.registry.models import Enterprise


class Project(LifecycleRecord):
    """One row of a list of key projects (handbook D2). Its money is in its plans and monthly returns.

    What a stage asked for as evidence stands here as it was confirmed; the files are with the step.
    """

    SUBJECT: ClassVar[str] = "project"
    name = models.CharField(_("项目名称"), max_length=120)
    name_key = models.CharField(max_length=120, editable=False)
    project_code = models.CharField(_("项目统一代码"), max_length=24, blank=True)
    kind = models.CharField(_("项目类别"), max_length=14, choices=Kind, default=Kind.OTHER)
    nature = models.CharField(_("建设性质"), max_length=10, choices=Nature, default=Nature.NEW)
    owner = models.ForeignKey(Enterprise, models.PROTECT, null=True, related_name="+", verbose_name=_("建设单位"))
    owner_name = models.CharField(_("建设单位"), max_length=120)
    zone = models.ForeignKey(
        Zone, models.PROTECT, null=True, blank=True, related_name="projects", verbose_name=_("片区")
    )
    site = models.CharField(_("建设地点"), max_length=200)
    content = models.TextField(_("建设规模及主要内容"), max_length=2000)
    lead = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("牵头单位"))
    sponsor = models.CharField(_("包挂领导"), max_length=60, blank=True)
    service_officer = models.CharField(_("服务专员"), max_length=60, blank=True)
    note = models.CharField(_("备注"), max_length=500, blank=True)

    contract_type = models.CharField(_("合同类型"), max_length=9, choices=ContractType, blank=True)
    contract_no = models.CharField(_("合同编号"), max_length=60, blank=True)
    site_basis = models.CharField(_("落地依据"), max_length=5, choices=SiteBasis, blank=True)
    start_basis = models.CharField(_("开工依据"), max_length=6, choices=StartBasis, blank=True)
    start_document = models.CharField(_("许可证号或文号"), max_length=60, blank=True)
    first_work = models.CharField(_("当日施工内容"), max_length=9, choices=FirstWork, blank=True)
    started_on = models.DateField(_("开工日期"), null=True, blank=True)
    completed_on = models.DateField(_("竣工日期"), null=True, blank=True)
    acceptance_document = models.CharField(_("竣工验收备案号"), max_length=60, blank=True)
    premises_done_sqm = models.PositiveIntegerField(_("竣工载体面积（平方米）"), null=True, blank=True)
    statistics_on = models.DateField(_("入库纳统日期"), null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["project_code"], condition=~Q(project_code=""), name="projects_project_code_once"
            ),
            models.UniqueConstraint(fields=["name_key"], name="projects_project_name_once"),
            models.CheckConstraint(
                name="projects_project_completed_after_it_started",
                condition=Q(completed_on__isnull=True)
                | Q(started_on__isnull=True)
                | Q(completed_on__gte=F("started_on")),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["area_code", "state"], name="projects_project_area"),
            models.Index(fields=["state", "area_code"], name="projects_project_state"),
        ]

    def __str__(self) -> str:
        return self.name


class ProjectPart(models.Model):
    """One of the works within a packaged row (子项). It is counted beside the rows; its money is in the row's."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="parts")
    name = models.CharField(_("子项名称"), max_length=120)
    content = models.CharField(_("建设内容"), max_length=500, blank=True)
    since = models.DateField(_("列入日期"))
    until = models.DateField(_("移出日期"), null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["project", "name"], name="projects_part_once")
        ]


class ProjectProfile(models.Model):
    """Whose a project was from a day on, where, what, of which kind, and who answers for it; the newest is the project's own.

    Append-only: a list or an adjustment that says otherwise leaves what earlier days knew (handbook D3, 调整).
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="profiles", db_index=False)
    since = models.DateField(_("自"))
    kind = models.CharField(_("项目类别"), max_length=14, choices=Kind)
    owner_name = models.CharField(_("建设单位"), max_length=120)
    site = models.CharField(_("建设地点"), max_length=200)
    content = models.TextField(_("建设规模及主要内容"), max_length=2000)
    lead = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("牵头单位"))
    sponsor = models.CharField(_("包挂领导"), max_length=60, blank=True)
    service_officer = models.CharField(_("服务专员"), max_length=60, blank=True)
    reason = models.CharField(_("依据"), max_length=500, blank=True)
    entered_at = models.DateTimeField(_("录入时间"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["since", "pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["project", "since"], name="projects_profile_by_day")
        ]


class FormerProjectName(models.Model):
    """A name that a project had until a day; a list that still uses it is understood."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="former_names")
    name = models.CharField(_("曾用名"), max_length=120)
    name_key = models.CharField(max_length=120, db_index=True)
    until = models.DateField(_("用至"))


class FormerProjectCode(models.Model):
    """A national code that a project had until a day; the old style gave way to the new one in 2020-11. Append-only."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="former_codes")
    code = models.CharField(_("曾用统一代码"), max_length=24, unique=True)
    until = models.DateField(_("用至"))


class ListMembership(models.Model):
    """That a project is on the list of a level for a year, from a day on, until the day on which it was taken off.

    One that comes back has a further row: the days between stay known.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="memberships", db_index=False)
    year = models.PositiveSmallIntegerField(_("年度"))
    level = models.CharField(_("级别"), max_length=8, choices=Level)
    since = models.DateField(_("列入日期"))
    until = models.DateField(_("移出日期"), null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["project", "year", "level"],
                condition=Q(until__isnull=True),
                name="projects_membership_in_force_once",
            ),
            models.CheckConstraint(
                name="projects_membership_ends_after_it_begins",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["year", "level", "project"], name="projects_membership_year"),
            models.Index(fields=["project", "year", "until", "level"], name="projects_membership_of"),
        ]


class ProjectPlan(models.Model):
    """What is planned for a project in a year. Revision 1 is the plan as approved; a later one adjusts it, with its reason.

    Append-only: the plan of any day stays known, and nothing is changed after the year began without a trace.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="plans", db_index=False)
    year = models.PositiveSmallIntegerField(_("年度"))
    revision = models.PositiveSmallIntegerField(_("版次"), default=1)
    effective_on = models.DateField(_("生效日期"))
    total_fen = models.BigIntegerField(_("计划总投资（分）"))
    done_before_fen = models.BigIntegerField(_("截至上年底完成投资（分）"), default=0)
    year_fen = models.BigIntegerField(_("本年计划投资（分）"))
    year_content = models.CharField(_("本年建设内容"), max_length=1000, blank=True)
    start_year = models.PositiveSmallIntegerField(_("开工年份"))
    end_year = models.PositiveSmallIntegerField(_("竣工年份"))
    premises_sqm = models.PositiveIntegerField(_("本年竣工载体面积（平方米）"), default=0)
    reason = models.CharField(_("调整原因"), max_length=500, blank=True)
    entered_at = models.DateTimeField(_("录入时间"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    source = models.ForeignKey(SourceFile, models.PROTECT, null=True, related_name="+", db_index=False)
    source_row = models.PositiveIntegerField(_("文件行号"), null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["project", "year", "revision"], name="projects_plan_revision_once"),
            models.CheckConstraint(
                name="projects_plan_fits_the_total",
                condition=Q(total_fen__gt=0, year_fen__gte=0, done_before_fen__gte=0)
                & Q(year_fen__lte=F("total_fen") - F("done_before_fen")),
            ),
            models.CheckConstraint(name="projects_plan_years_in_order", condition=Q(end_year__gte=F("start_year"))),
            models.CheckConstraint(
                name="projects_plan_adjusted_with_a_reason", condition=Q(revision=1) | ~Q(reason="")
            ),
        ]

    @property
    def completes(self) -> bool:
        """Is it to be completed within this year?"""
        return self.end_year == self.year

    @property
    def starts(self) -> bool:
        """Is it to be started within this year?"""
        return self.start_year == self.year
