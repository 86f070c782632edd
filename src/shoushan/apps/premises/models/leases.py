"""Leases and how they end, where tenants are registered, headquarters, and rooms offered to investors."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shoushan.apps.premises.enums.buildings import EndingKind, HeadquartersLevel
from shoushan.apps.premises.models.buildings import Unit, in_sqm
from shoushan.exchange.models import SourceFile
from shoushan.registry.models import Enterprise


class Lease(models.Model):
    """That a room is let to an enterprise from a day to a last day.

    `until` is what was agreed, open-ended without one; `last_on` is the day that counts, and only an ending changes it. A
    lease that was never carried out has its last day before its first. The database refuses two leases of a room that
    overlap, and an area beyond the room's.
    """

    code = models.CharField(_("编号"), max_length=40, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="leases", db_index=False)
    tenant = models.ForeignKey(Enterprise, models.PROTECT, related_name="+", verbose_name=_("承租企业"))
    since = models.DateField(_("起租日期"))
    until = models.DateField(_("约定到期日"), null=True, blank=True)
    last_on = models.DateField(_("实际最后一日"), null=True, blank=True)
    area_sqdm = models.BigIntegerField(_("承租面积（百分之一平方米）"))
    rent_fen = models.PositiveIntegerField(_("租金（分/平方米·天）"), null=True, blank=True)
    document = models.CharField(_("合同编号"), max_length=60, blank=True)
    entered_at = models.DateTimeField(_("录入时间"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    source = models.ForeignKey(SourceFile, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["unit", "since", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="premises_lease_has_an_area", condition=Q(area_sqdm__gt=0)),
            models.CheckConstraint(
                name="premises_lease_agreed_end_after_its_begin",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
            ),
            models.CheckConstraint(
                name="premises_lease_ends_by_the_agreed_day",
                condition=Q(until__isnull=True) | Q(last_on__isnull=False, last_on__lte=F("until")),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["unit", "since"], name="premises_lease_by_unit"),
        ]

    @property
    def area_sqm(self) -> Decimal | None:
        """Its area in square metres."""
        return in_sqm(self.area_sqdm)

    @property
    def was_cancelled(self) -> bool:
        """Was it never carried out?"""
        return self.last_on is not None and self.last_on < self.since

    def holds_on(self, day: date) -> bool:
        """Is the room let by it on a day?"""
        return self.since <= day and (self.last_on is None or day <= self.last_on)


class LeaseEnding(models.Model):
    """That a lease ended before its agreed last day, or was never carried out. Append-only; the newest revision counts."""

    lease = models.ForeignKey(Lease, models.PROTECT, related_name="endings", db_index=False)
    revision = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(_("退租方式"), max_length=9, choices=EndingKind)
    last_on = models.DateField(_("最后一日"))
    reason = models.CharField(_("原因"), max_length=200)
    entered_at = models.DateTimeField(_("录入时间"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["lease", "revision"], name="premises_ending_revision_once"),
            models.CheckConstraint(name="premises_ending_says_why", condition=~Q(reason="")),
        ]


class TenantPlace(models.Model):
    """Whether something of an enterprise is in this district from a day on. Append-only; of one day the newest revision counts."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="+", db_index=False)
    since = models.DateField(_("起始日期"))
    revision = models.PositiveSmallIntegerField(default=1)
    is_here = models.BooleanField()
    entered_at = models.DateTimeField(_("录入时间"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True


class TenantRegistration(TenantPlace):
    """Whether an enterprise is registered in this district from a day on."""

    is_here = models.BooleanField(_("注册地在区内"))

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["enterprise", "since", "revision"], name="premises_registration_revision_once"
            ),
        ]


class TenantTaxation(TenantPlace):
    """Whether an enterprise pays its tax in this district from a day on."""

    is_here = models.BooleanField(_("纳税地在区内"))

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["enterprise", "since", "revision"], name="premises_taxation_revision_once"),
        ]


class Headquarters(models.Model):
    """That an enterprise is recognised as a headquarters (总部企业), from a day to a last day, by a document."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="+", verbose_name=_("企业"))
    level = models.CharField(_("认定级别"), max_length=8, choices=HeadquartersLevel)
    since = models.DateField(_("认定日期"))
    last_on = models.DateField(_("最后一日"), null=True, blank=True)
    document = models.CharField(_("认定文件"), max_length=80)
    entered_at = models.DateTimeField(_("录入时间"))

    class Meta:
        ordering: ClassVar[list[str]] = ["-since", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["enterprise", "level"],
                condition=Q(last_on__isnull=True),
                name="premises_headquarters_level_open_once",
            ),
            models.CheckConstraint(
                name="premises_headquarters_ends_after_it_begins",
                condition=Q(last_on__isnull=True) | Q(last_on__gte=F("since")),
            ),
        ]


class VacancyOffer(models.Model):
    """That the operator released a vacant room to investors, from a day until it was taken back.

    Only what is written here is public, and only while the room is vacant.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="offers")
    released_on = models.DateField(_("发布日期"))
    withdrawn_on = models.DateField(_("撤回日期"), null=True, blank=True)
    rent_fen = models.PositiveIntegerField(_("租金（分/平方米·天）"), null=True, blank=True)
    available_on = models.DateField(_("可交付时间"), null=True, blank=True)
    entered_at = models.DateTimeField(_("录入时间"))

    class Meta:
        ordering: ClassVar[list[str]] = ["unit", "-released_on", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(withdrawn_on__isnull=True), name="premises_offer_of_a_unit_once"
            ),
            models.CheckConstraint(
                name="premises_offer_withdrawn_after_released",
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("released_on")),
            ),
        ]
