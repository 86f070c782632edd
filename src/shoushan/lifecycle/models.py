"""Steps that were taken, what was handed in with them, and the dated rules; records of apps build on LifecycleRecord."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shoushan.lifecycle.enums import Risk


class LifecycleRecord(models.Model):
    """A record with a state. The state changes by `services.advance` alone, which posts an entry each time.

    `entry` is the entry of the last step; a trigger refuses a changed state with the old entry, so that a forgotten
    posting is impossible. `revision` counts the steps: a page that has seen an older one is stale.
    """

    code = models.CharField(_("编号"), max_length=40, unique=True, editable=False)
    area_code = models.CharField(_("辖区"), max_length=12)
    state = models.CharField(_("状态"), max_length=20)
    state_on = models.DateField(_("进入状态日期"))
    revision = models.PositiveIntegerField(default=0, editable=False)
    entry = models.OneToOneField("ledger.Entry", models.PROTECT, null=True, editable=False, related_name="+")

    class Meta:
        abstract = True

    entry_id: int | None

    SUBJECT: ClassVar[str] = ""
    """Type of the subject code in the ledger."""

    @property
    def subject(self) -> str:
        """The typed code by which ledger, clocks and steps know the record."""
        return f"{self.SUBJECT}:{self.code}"


class Series(models.Model):
    """One series of numbers and the last that was given; the row is the lock that keeps two from getting the same."""

    name = models.CharField(max_length=60, unique=True)
    last = models.PositiveIntegerField(default=0)


class Step(models.Model):
    """One transition of one record: who, when, for which office, why, with which values. Append-only.

    Words stay here; the ledger's entry holds codes only.
    """

    lifecycle = models.CharField(max_length=60)
    subject = models.CharField(_("记录"), max_length=80)
    revision = models.PositiveIntegerField()
    transition = models.CharField(max_length=40)
    source = models.CharField(max_length=20)
    target = models.CharField(max_length=20)
    entry = models.OneToOneField("ledger.Entry", models.PROTECT, related_name="+")
    actor = models.ForeignKey("directory.User", models.PROTECT, null=True, related_name="+")
    on_behalf_of = models.ForeignKey(
        "directory.User",
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="For whom, when the actor took it as deputy.",
    )
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(_("办理时间"))
    occurred_on = models.DateField(_("发生日期"))
    reason = models.CharField(_("理由"), max_length=500, blank=True)
    values = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["subject", "revision"], name="lifecycle_step_once_per_revision")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["actor", "taken_at"], name="lifecycle_step_by_actor"),
        ]


class Evidence(models.Model):
    """A file that was handed in with a step (佐证材料). Never changed; the same content elsewhere is found by its hash."""

    subject = models.CharField(max_length=80)
    step = models.ForeignKey(Step, models.PROTECT, related_name="evidence")
    name = models.CharField(_("用途"), max_length=40)
    file_name = models.CharField(_("文件名"), max_length=255)
    path = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()
    uploaded_by = models.ForeignKey("directory.User", models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["sha256"], name="lifecycle_evidence_by_hash"),
            models.Index(fields=["subject"], name="lifecycle_evidence_by_subject"),
        ]


class Document(models.Model):
    """The document that makes a rule: its number as printed, title, who issued it and when."""

    number = models.CharField(_("发文字号"), max_length=80, unique=True)
    title = models.CharField(_("标题"), max_length=200)
    issuer = models.CharField(_("发文机关"), max_length=80)
    issued_on = models.DateField(_("成文日期"))
    published_on = models.DateField(_("公开日期"), null=True, blank=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)

    def __str__(self) -> str:
        return self.number


class Rule(models.Model):
    """One version of a rule as rows of a table: a check list, thresholds, a decision table. Append-only.

    On a day that version counts which covers the area most closely, came into force last and was entered last; so a
    correction is a new version with the same first day, and what was entered before stays.
    """

    code = models.CharField(max_length=60)
    area_code = models.CharField(_("适用辖区"), max_length=12, blank=True)
    valid_from = models.DateField(_("施行日期"))
    valid_to = models.DateField(_("最后一日"), null=True, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, related_name="rules")
    rows = models.JSONField()
    entered_at = models.DateTimeField(_("录入时间"))
    entered_by = models.ForeignKey("directory.User", models.PROTECT, null=True, related_name="+")
    note = models.CharField(_("说明"), max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="lifecycle_rule_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["code", "valid_from"], name="lifecycle_rule_by_day"),
        ]


class RiskArea(models.Model):
    """The risk level of an area from a day on, as published: our own district, or where people come from.

    `area_code` is any prefix of a division code: `42` is Hubei, `370102` is Lixia. The longest prefix decides.
    """

    area_code = models.CharField(_("区划代码"), max_length=12)
    name = models.CharField(_("名称"), max_length=60)
    level = models.CharField(_("风险等级"), max_length=10, choices=Risk)
    valid_from = models.DateField(_("自"))
    valid_to = models.DateField(_("至"), null=True, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, related_name="risk_areas")
    entered_at = models.DateTimeField(_("录入时间"))

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="lifecycle_risk_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["area_code", "valid_from"], name="lifecycle_risk_by_area"),
        ]
