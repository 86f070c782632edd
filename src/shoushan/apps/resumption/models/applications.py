"""Applications for work resumption, what inspectors found, and the permits that come of them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shoushan.apps.resumption.enums.applications import Accommodation, ItemResult, MeasureState, Party
from shoushan.apps.resumption.enums.policies import EntryMeasure, Regime
from shoushan.lifecycle.models import LifecycleRecord, Rule
from shoushan.registry.models import Enterprise


class Application(LifecycleRecord):
    """One enterprise's application, filing, commitment or report to resume work at one place (handbook C3).

    The regime is that of the day of submission, with the rule that said so; a draft has none yet.
    """

    SUBJECT: ClassVar[str] = "application"
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="applications", verbose_name=_("企业"))
    site = models.CharField(_("复工地点"), max_length=200)
    is_exempt = models.BooleanField(_("属保供等豁免类别"), default=False)
    regime = models.CharField(_("办理方式"), max_length=12, choices=Regime, blank=True)
    rule = models.ForeignKey(Rule, models.PROTECT, null=True, related_name="+")
    rule_place = models.PositiveSmallIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    applied_on = models.DateField(_("申请时间"), null=True)
    planned_on = models.DateField(_("拟复工时间"), null=True, blank=True)
    declared_on = models.DateField(_("企业申报的复工首日"), null=True)
    started_on = models.DateField(_("实际复工时间"), null=True)
    staff_total = models.PositiveIntegerField(_("职工总数"), null=True, blank=True)
    staff_planned = models.PositiveIntegerField(_("拟返岗人数"), null=True, blank=True)
    staff_from_hubei = models.PositiveIntegerField(_("其中：湖北籍或来自湖北"), default=0)
    staff_from_other = models.PositiveIntegerField(_("其中：来自其他外省"), default=0)
    staff_isolated = models.PositiveIntegerField(_("正在隔离观察人数"), default=0)
    accommodation = models.CharField(_("住宿方式"), max_length=14, choices=Accommodation, blank=True)
    isolation_rooms = models.PositiveIntegerField(_("隔离房间数"), default=0)
    masks = models.PositiveIntegerField(_("口罩库存（只）"), default=0)
    masks_daily = models.PositiveIntegerField(_("口罩日用量（只）"), default=0)
    disinfectant = models.PositiveIntegerField(_("消毒液库存（升）"), default=0)
    disinfectant_daily = models.PositiveIntegerField(_("消毒液日用量（升）"), default=0)
    thermometers = models.PositiveIntegerField(_("测温设备（台）"), default=0)
    entrances = models.PositiveIntegerField(_("出入口数"), default=1)
    completion_list = models.CharField(_("一次性补正清单"), max_length=2000, blank=True)
    decision_number = models.CharField(_("批复/备案号"), max_length=60, blank=True)
    conditions = models.CharField(_("附加要求"), max_length=500, blank=True)
    decided_on = models.DateField(_("批复日期"), null=True)
    capacity_rate = models.PositiveSmallIntegerField(_("产能恢复%"), null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="resumption_application_planned_within_staff",
                condition=Q(staff_planned__isnull=True)
                | Q(staff_total__isnull=True)
                | Q(staff_planned__lte=F("staff_total")),
            ),
            models.CheckConstraint(
                name="resumption_application_judged_by_a_rule",
                condition=Q(regime="", rule__isnull=True) | (~Q(regime="") & Q(rule__isnull=False)),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["area_code", "state"], name="resumption_application_area"),
            models.Index(fields=["state", "applied_on"], name="resumption_application_state"),
        ]

    @property
    def supplies_days(self) -> float | None:
        """For how many days the scarcest of the protective supplies lasts; None where no daily use is stated."""
        pairs = ((self.masks, self.masks_daily), (self.disinfectant, self.disinfectant_daily))
        return min((stock / use for stock, use in pairs if use), default=None)


class CheckFinding(models.Model):
    """What one party found of one item of the check list, on site. Append-only: the newest finding of an item counts."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="findings")
    party = models.CharField(_("核验方"), max_length=11, choices=Party)
    measure = models.CharField(_("四个到位"), max_length=10, choices=EntryMeasure)
    item_code = models.CharField(_("编号"), max_length=20)
    text = models.CharField(_("核验内容"), max_length=200)
    standard = models.CharField(_("合格标准"), max_length=200, blank=True)
    result = models.CharField(_("结果"), max_length=14, choices=ItemResult)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    rule = models.ForeignKey(Rule, models.PROTECT, related_name="+")
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(_("核验时间"))
    checked_on = models.DateField(_("核验日期"))
    round = models.PositiveSmallIntegerField(_("轮次"), default=1)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["application", "item_code"], name="resumption_finding_by_item"),
        ]


class MeasureStanding(models.Model):
    """Where one of the four measures of an application stands; findings of an earlier round no longer count."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="measures")
    measure = models.CharField(_("四个到位"), max_length=10, choices=EntryMeasure)
    state = models.CharField(_("状态"), max_length=6, choices=MeasureState, default=MeasureState.REVIEW)
    round = models.PositiveSmallIntegerField(_("轮次"), default=1)
    changed_at = models.DateTimeField(_("变更时间"))

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["application", "measure"], name="resumption_measure_once"),
        ]


class Permit(models.Model):
    """The permit, filing receipt or report receipt of an application, with a public page under its token.

    It holds while none of the four measures is under review: `lapsed_at` is set the moment one is, and cleared when all
    are in place again. A revoked permit never comes back.
    """

    application = models.OneToOneField(Application, models.PROTECT, related_name="permit")
    number = models.CharField(_("许可编号"), max_length=60, unique=True)
    token = models.CharField(max_length=32, unique=True)
    issued_on = models.DateField(_("签发日期"))
    issued_at = models.DateTimeField()
    lapsed_at = models.DateTimeField(_("失效时间"), null=True)
    lapse_reason = models.CharField(_("失效原因"), max_length=200, blank=True)
    revoked_at = models.DateTimeField(_("撤销时间"), null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["issued_on"], name="resumption_permit_by_day"),
        ]

    @property
    def is_valid(self) -> bool:
        """May the place be open under it?"""
        return self.lapsed_at is None and self.revoked_at is None


class Violation(LifecycleRecord):
    """What somebody reported of a permitted place that does not keep to the measures. No personal data is asked for."""

    SUBJECT: ClassVar[str] = "violation"
    permit = models.ForeignKey(Permit, models.PROTECT, related_name="violations")
    measure = models.CharField(_("涉及的措施"), max_length=10, choices=EntryMeasure)
    text = models.CharField(_("情况"), max_length=500)
    seen_on = models.DateField(_("发现日期"))
    reported_at = models.DateTimeField(_("举报时间"))
    finding = models.CharField(_("核实情况"), max_length=500, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["area_code", "state"], name="resumption_violation_area"),
        ]
