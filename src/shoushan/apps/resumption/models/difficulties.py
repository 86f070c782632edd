"""What belongs to an enterprise's difficulty besides the matter itself, and visits to enterprises."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shoushan.apps.resumption.enums.difficulties import VisitForm
from shoushan.casework.models import Matter
from shoushan.directory.models import Organisation
from shoushan.registry.models import Enterprise


class FundsNeed(models.Model):
    """How much money an enterprise needs, for how long and what for: one row for each difficulty with funds."""

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="funds_need")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="funds_needs")
    amount_fen = models.BigIntegerField(_("资金需求（分）"))
    term_months = models.PositiveSmallIntegerField(_("期限（月）"))
    purpose = models.CharField(_("用途"), max_length=200)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="resumption_funds_amount_above_zero", condition=Q(amount_fen__gt=0)),
            models.CheckConstraint(name="resumption_funds_term_above_zero", condition=Q(term_months__gt=0)),
        ]


class EnterpriseVisit(models.Model):
    """A visit to an enterprise by a department and the subdistrict; the difficulties found are matters that name it."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="visits")
    area_code = models.CharField(_("所属街道"), max_length=9)
    visited_at = models.DateTimeField(_("走访时间"))
    form = models.CharField(_("走访方式"), max_length=8, choices=VisitForm)
    organisations = models.ManyToManyField(Organisation, related_name="+", verbose_name=_("走访单位"))
    note = models.TextField(_("走访情况"), max_length=2000)
    next_on = models.DateField(_("下次走访"), null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("登记时间"))
    matters = models.ManyToManyField(Matter, related_name="visits")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["enterprise", "-visited_at"], name="resumption_visit_by_enterprise"),
            models.Index(fields=["area_code", "-visited_at"], name="resumption_visit_by_area"),
        ]
