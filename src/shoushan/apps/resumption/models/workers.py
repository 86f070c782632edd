"""The way back of a worker: one record for each person and enterprise, temperatures, tests, rooms and beds."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shoushan.apps.resumption.enums.policies import IsolationResult
from shoushan.apps.resumption.enums.workers import CheckSlot, KeyAreaContact, TestResult
from shoushan.lifecycle.models import LifecycleRecord
from shoushan.privacy.enums import DataClass
from shoushan.privacy.fields import EncryptedTextField
from shoushan.registry.models import Enterprise, Person


class Worker(LifecycleRecord):
    """A worker of an enterprise on the way back: origin, journey, evidence, the rule's answer, observation, at post."""

    SUBJECT: ClassVar[str] = "worker"
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="workers", verbose_name=_("企业"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="workers", verbose_name=_("姓名"))
    origin = models.CharField(_("来源地代码"), max_length=6)
    origin_text = EncryptedTextField(_("来源地"), blank=True, default="", data_class=DataClass.WHEREABOUTS)
    planned_on = models.DateField(_("计划返济时间"), null=True)
    party = models.CharField(_("同行组"), max_length=40, blank=True)
    """Workers of an enterprise with the same word here travel together."""
    transport = EncryptedTextField(_("交通方式及车次"), blank=True, default="", data_class=DataClass.WHEREABOUTS)
    certificate_no = EncryptedTextField(_("健康通行卡号"), blank=True, default="", data_class=DataClass.HEALTH)
    key_area = models.CharField(_("途经重点地区"), max_length=7, choices=KeyAreaContact, default=KeyAreaContact.UNKNOWN)
    by_charter = models.BooleanField(_("点对点直达"), default=False)
    arrived_on = models.DateField(_("返济时间"), null=True)
    result = models.CharField(_("措施"), max_length=13, choices=IsolationResult, blank=True)
    rule = models.CharField(_("依据"), max_length=120, blank=True)
    observe_place = models.CharField(_("隔离地点"), max_length=80, blank=True)
    observe_from = models.DateField(_("隔离开始"), null=True)
    observe_to = models.DateField(_("隔离结束"), null=True)
    cleared_on = models.DateField(_("解除时间"), null=True)
    at_post_on = models.DateField(_("上岗时间"), null=True)
    registered_at = models.DateTimeField(_("登记时间"))

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["enterprise", "person"], name="resumption_worker_once"),
            models.CheckConstraint(
                name="resumption_worker_observed_forwards",
                condition=Q(observe_to=None) | Q(observe_to__gte=F("observe_from")),
            ),
            models.CheckConstraint(
                name="resumption_worker_observed_has_a_span",
                condition=~Q(state="OBSERVED") | Q(observe_from__isnull=False, observe_to__isnull=False),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["area_code", "state"], name="resumption_worker_by_area"),
            models.Index(fields=["enterprise", "state"], name="resumption_worker_by_firm"),
            models.Index(fields=["observe_to"], condition=Q(state="OBSERVED"), name="resumption_worker_due"),
        ]


class HealthCheck(models.Model):
    """One temperature of a worker. The value is encrypted; whether it was above the limit of the day is not."""

    worker = models.ForeignKey(Worker, models.PROTECT, related_name="checks")
    on = models.DateField(_("日期"))
    slot = models.CharField(_("时段"), max_length=7, choices=CheckSlot)
    temperature = EncryptedTextField(_("体温（℃）"), data_class=DataClass.HEALTH)
    is_abnormal = models.BooleanField(_("异常"))
    symptoms = EncryptedTextField(_("症状"), blank=True, default="", data_class=DataClass.HEALTH)
    measured_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    measured_at = models.DateTimeField(_("登记时间"))

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["worker", "on", "slot"], name="resumption_check_once")
        ]


class NucleicTest(models.Model):
    """A nucleic-acid test of a worker."""

    worker = models.ForeignKey(Worker, models.PROTECT, related_name="tests")
    sampled_on = models.DateField(_("采样日期"))
    laboratory = models.CharField(_("检测机构"), max_length=80)
    result = models.CharField(_("结果"), max_length=8, choices=TestResult, default=TestResult.PENDING)
    resulted_on = models.DateField(_("结果日期"), null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["worker", "sampled_on", "laboratory"], name="resumption_test_once"),
            models.CheckConstraint(
                name="resumption_test_result_has_a_day",
                condition=Q(result="PENDING", resulted_on=None)
                | (~Q(result="PENDING") & Q(resulted_on__gte=F("sampled_on"))),
            ),
        ]


class IsolationPlace(models.Model):
    """Where workers are observed: an enterprise's own dormitory or a hotel that it rents."""

    code = models.CharField(_("编号"), max_length=40, unique=True, editable=False)
    name = models.CharField(_("名称"), max_length=80)
    area_code = models.CharField(_("所属街道"), max_length=9)
    address = models.CharField(_("地址"), max_length=200)
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, related_name="isolation_places", verbose_name=_("所属企业")
    )
    opened_on = models.DateField(_("启用日期"))
    closed_on = models.DateField(_("停用日期"), null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["area_code", "name"], name="resumption_place_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class Bed(models.Model):
    """One bed of a room. As many beds a room as the limit of the day allows: one more can't be made."""

    place = models.ForeignKey(IsolationPlace, models.PROTECT, related_name="beds")
    room = models.CharField(_("房间"), max_length=20)
    number = models.PositiveSmallIntegerField(_("床位"))

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["place", "room", "number"], name="resumption_bed_once")
        ]


class BedStay(models.Model):
    """Who has a bed from when to when. Nobody has two, and no bed has two: the database refuses."""

    bed = models.ForeignKey(Bed, models.PROTECT, related_name="stays")
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="stays")
    from_on = models.DateField(_("入住日期"))
    left_on = models.DateField(_("离开日期"), null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["bed"], condition=Q(left_on=None), name="resumption_bed_given_once"),
            models.UniqueConstraint(fields=["worker"], condition=Q(left_on=None), name="resumption_one_bed_a_worker"),
            models.CheckConstraint(
                name="resumption_stay_ends_after_it_begins", condition=Q(left_on=None) | Q(left_on__gte=F("from_on"))
            ),
        ]
