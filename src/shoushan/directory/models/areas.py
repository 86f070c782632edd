"""Areas of the district and what became of them."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from shoushan.directory.enums import CODE_LENGTHS, AreaLevel, SuccessionKind
from shoushan.directory.models.dated import DatedQuerySet, ends_after_it_starts


class AreaQuerySet(DatedQuerySet["Area"]):
    """Questions about areas."""

    def within(self, prefix: str) -> Self:
        """The area of this code and everything inside it."""
        return self.filter(code__startswith=prefix)


def _code_has_the_length_of_its_level() -> Q:
    condition = Q()
    for level, length in CODE_LENGTHS.items():
        condition |= Q(Exact(Length("code"), length), level=level)
    return condition


class Area(models.Model):
    """One district, subdistrict, community or grid during the days in which its code and name were valid.

    A code is never edited: a split, a merger or a new code closes the row and opens others, tied by AreaSuccession.
    A code begins with the code of its parent, so that a prefix of a code is a scope.
    """

    code = models.CharField(_("代码"), max_length=15)
    level = models.CharField(_("层级"), max_length=11, choices=AreaLevel)
    name = models.CharField(_("名称"), max_length=60)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级")
    )
    valid_from = models.DateField(_("启用日期"))
    valid_to = models.DateField(_("停用日期"), null=True, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("辖区")
        ordering: ClassVar[list[str]] = ["code", "valid_from"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="directory_area_code_unique_per_start", fields=["code", "valid_from"]),
            models.UniqueConstraint(
                name="directory_area_code_open_once", fields=["code"], condition=Q(valid_to__isnull=True)
            ),
            models.CheckConstraint(
                name="directory_area_code_has_length_of_level", condition=_code_has_the_length_of_its_level()
            ),
            models.CheckConstraint(
                name="directory_area_only_a_district_has_no_parent",
                condition=Q(level="DISTRICT", parent__isnull=True) | (~Q(level="DISTRICT") & Q(parent__isnull=False)),
            ),
            ends_after_it_starts("directory_area_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return self.name


class AreaAlias(models.Model):
    """Another name under which people write an area; accepted on import for good, also after it went out of use."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="aliases", verbose_name=_("辖区"))
    name = models.CharField(_("别名"), max_length=60)
    valid_to = models.DateField(_("停用日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("辖区别名")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="directory_areaalias_named_once", fields=["area", "name"]),
            models.CheckConstraint(name="directory_areaalias_name_not_empty", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class AreaSuccession(models.Model):
    """One old area that passed wholly or partly into one new area on a day; a split or a merger has several rows."""

    old = models.ForeignKey(Area, models.PROTECT, related_name="successions", verbose_name=_("原辖区"))
    new = models.ForeignKey(Area, models.PROTECT, related_name="origins", verbose_name=_("新辖区"))
    kind = models.CharField(_("变更类型"), max_length=7, choices=SuccessionKind)
    effective_on = models.DateField(_("生效日期"))

    class Meta:
        verbose_name = _("辖区沿革")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="directory_areasuccession_told_once", fields=["old", "new"]),
            models.CheckConstraint(name="directory_areasuccession_not_its_own", condition=~Q(old=F("new"))),
        ]
