"""Where an enterprise stands now, and what was last reported of it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shoushan.apps.resumption.enums.standings import STANDING_TONES, Category, CheckResult, Standing
from shoushan.exchange.models import SourceFile
from shoushan.registry.models import Enterprise


class EnterpriseStanding(models.Model):
    """Where one enterprise stands now: one row each, following its newest daily return and the frame in force.

    Kept for lists and forms; every count comes from the ledger.
    """

    enterprise = models.OneToOneField(Enterprise, models.PROTECT, primary_key=True, related_name="standing")
    area_code = models.CharField(_("所属街道"), max_length=9)
    category = models.CharField(_("四上类别"), max_length=20, choices=Category, default=Category.NONE)
    status = models.CharField(_("状态"), max_length=12, choices=Standing, default=Standing.NOT_RESUMED)
    listed_on = models.DateField(_("列入台账日期"), null=True)
    resumed_on = models.DateField(_("实际复工时间"), null=True)
    confirmed_on = models.DateField(
        _("确认的复工首日"), null=True, help_text="As the enterprise stated it and the subdistrict confirmed it."
    )
    reported_on = models.DateField(_("最近填报"), null=True)
    staff_total = models.PositiveIntegerField(_("职工总数"), null=True)
    at_work = models.PositiveIntegerField(_("返岗人数"), null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status=Standing.NOT_RESUMED, resumed_on__isnull=True)
                | (~Q(status=Standing.NOT_RESUMED) & Q(resumed_on__isnull=False)),
                name="resumption_standing_resumed_iff_it_has_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["area_code", "status"], name="resumption_standing_area"),
            models.Index(fields=["category", "status"], name="resumption_standing_category"),
            models.Index(fields=["status", "area_code"], name="resumption_standing_status"),
        ]

    @property
    def tone(self) -> str:
        """Colour of the status badge."""
        return STANDING_TONES[Standing(self.status)]


class WorkStop(models.Model):
    """A stretch in which an enterprise may not work, by order. Ended by the day on which it works again."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="stops")
    since = models.DateField(_("停工日期"))
    until = models.DateField(_("恢复日期"), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise"], condition=Q(until__isnull=True), name="resumption_stop_open_once"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="resumption_stop_ends_after_it_begins",
            ),
        ]


class DailyReturn(models.Model):
    """What a subdistrict's ledger, or the enterprise itself, said of one enterprise as of one day (handbook C5).

    With the file and line it is from; without a file the enterprise filed it (ReturnFiling).

    One per enterprise and day. A corrected file replaces the values; the ledger keeps both.
    """

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="returns", db_index=False)
    as_of = models.DateField(_("截至日期"))
    industry_department = models.CharField(_("行业主管部门"), max_length=60, blank=True)
    staff_total = models.PositiveIntegerField(_("职工总数"))
    planned_on = models.DateField(_("拟复工时间"), null=True)
    applied_on = models.DateField(_("申请时间"), null=True)
    checked_on = models.DateField(_("核验时间"), null=True)
    check_result = models.CharField(_("核验结果"), max_length=12, choices=CheckResult, blank=True)
    permit_number = models.CharField(_("批复/备案号"), max_length=60, blank=True)
    resumed_on = models.DateField(_("实际复工时间"), null=True)
    at_work = models.PositiveIntegerField(_("返岗人数"))
    from_hubei = models.PositiveIntegerField(_("其中：湖北籍"), null=True)
    from_other_provinces = models.PositiveIntegerField(_("其中：外省"), null=True)
    isolated = models.PositiveIntegerField(_("隔离人数"), null=True)
    supplies_days = models.DecimalField(_("防疫物资可用天数"), max_digits=8, decimal_places=1, null=True)
    capacity_rate = models.DecimalField(_("产能恢复%"), max_digits=6, decimal_places=2, null=True)
    sponsor = models.CharField(_("包挂领导"), max_length=60, blank=True)
    service_officer = models.CharField(_("服务专员"), max_length=60, blank=True)
    problems = models.CharField(_("存在问题"), max_length=500, blank=True)
    note = models.CharField(_("备注"), max_length=500, blank=True)
    source = models.ForeignKey(SourceFile, models.PROTECT, null=True, related_name="+", db_index=False)
    source_row = models.PositiveIntegerField(_("文件行号"), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "as_of"], name="resumption_return_once_per_day"),
            models.CheckConstraint(
                condition=Q(at_work__lte=F("staff_total")), name="resumption_return_at_work_within_staff"
            ),
            models.CheckConstraint(
                condition=Q(resumed_on__isnull=False) | Q(at_work=0),
                name="resumption_return_nobody_at_work_before_resuming",
            ),
        ]
        indexes = [models.Index(fields=["as_of", "enterprise"], name="resumption_return_day")]
