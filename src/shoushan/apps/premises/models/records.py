"""What a building brings in tax, and visits to it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shoushan.apps.premises.enums.buildings import TaxScope
from shoushan.apps.premises.models.buildings import Building
from shoushan.casework.models import Matter
from shoushan.directory.models import Organisation
from shoushan.registry.models import Enterprise


class BuildingTax(models.Model):
    """The tax of a building in a year, of one scope. Append-only: a correction is a further revision with its reason."""

    building = models.ForeignKey(Building, models.PROTECT, related_name="taxes", db_index=False)
    year = models.PositiveSmallIntegerField(_("年度"))
    scope = models.CharField(_("税收口径"), max_length=5, choices=TaxScope)
    revision = models.PositiveSmallIntegerField(_("版次"), default=1)
    amount_fen = models.BigIntegerField(_("税收（分）"))
    reason = models.CharField(_("更正原因"), max_length=200, blank=True)
    entered_at = models.DateTimeField(_("录入时间"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["building", "year", "scope", "revision"], name="premises_tax_revision_once"
            ),
            models.CheckConstraint(name="premises_tax_is_not_negative", condition=Q(amount_fen__gte=0)),
            models.CheckConstraint(
                name="premises_tax_corrected_with_a_reason", condition=Q(revision=1) | ~Q(reason="")
            ),
        ]


class BuildingVisit(models.Model):
    """A visit (走访) to a building or one of its tenants: what was found, what comes next; a concern becomes a matter."""

    building = models.ForeignKey(Building, models.PROTECT, related_name="visits")
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("走访企业")
    )
    visited_on = models.DateField(_("走访日期"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("走访单位")
    )
    found = models.CharField(_("走访情况"), max_length=1000)
    next_step = models.CharField(_("下步安排"), max_length=500, blank=True)
    next_on = models.DateField(_("下次走访"), null=True, blank=True)
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="+", verbose_name=_("诉求"))
    recorded_at = models.DateTimeField(_("登记时间"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["-visited_on", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="premises_visit_next_one_is_later",
                condition=Q(next_on__isnull=True) | Q(next_on__gt=F("visited_on")),
            ),
        ]
