"""Enterprises with their former names, their status over time and their sites."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from shoushan.directory import scopes
from shoushan.directory.enums import CODE_LENGTHS, AreaLevel
from shoushan.lib import texts
from shoushan.registry.enums import EntityKind, RegistrationStatus, Source

SUBDISTRICT_LENGTH = CODE_LENGTHS[AreaLevel.SUBDISTRICT]


class EnterpriseQuerySet(models.QuerySet["Enterprise"]):
    """Questions about enterprises."""

    def within(self, prefixes: Iterable[str]) -> Self:
        """Those in one of the areas, given as prefixes of area codes; none without a prefix.

        Someone whose area is a community sees the enterprises known to lie in it; grids are not known of enterprises.
        """
        return self.filter(scopes.within_any(prefixes, "area_code", "community_code"))

    def matching(self, text: str) -> Self:
        """Those whose name contains the text, whose code it is, or whose credit code begins with it."""
        key = texts.match_key(text)
        if not key:
            return self
        return self.filter(Q(name_key__contains=key) | Q(uscc__startswith=key) | Q(code=key))

    def in_frame(self, frame_id: int, above_scale_type: str = "") -> Self:
        """The members of a frame, of one above-scale type if given."""
        found = self.filter(memberships__frame_id=frame_id)
        return found.filter(memberships__above_scale_type=above_scale_type) if above_scale_type else found


class Enterprise(models.Model):
    """One enterprise, branch, stall or institution as it is now.

    `code` is our own name for it, without meaning, and the only one that the ledger knows ("enterprise:<code>").
    The area is that of the business address; it is never derived from the credit code, whose region is that of the
    registering authority. Whether it is above scale is not a field here but a membership in a frame. What was before
    is in EnterpriseName, EnterpriseArea and EnterpriseStatus. No names or phones of persons are kept here.
    """

    code = models.CharField(_("内部代码"), max_length=12, unique=True, editable=False)
    uscc = models.CharField(_("统一社会信用代码"), max_length=18, unique=True, null=True, blank=True)  # NULL: not known
    name = models.CharField(_("名称"), max_length=120)
    name_key = models.CharField(_("名称比对键"), max_length=120, editable=False)
    entity_kind = models.CharField(_("主体类型"), max_length=22, choices=EntityKind, default=EntityKind.ENTERPRISE)
    is_branch = models.BooleanField(_("是否分支机构"), default=False)
    parent_uscc = models.CharField(_("所属法人信用代码"), max_length=18, blank=True)
    status = models.CharField(
        _("登记状态"), max_length=9, choices=RegistrationStatus, default=RegistrationStatus.ACTIVE
    )
    established_on = models.DateField(_("成立日期"), null=True, blank=True)
    industry_code = models.CharField(_("行业代码"), max_length=5, blank=True)
    department = models.ForeignKey(
        "directory.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("行业主管部门"),
    )
    registered_address = models.CharField(_("注册地址"), max_length=200, blank=True)
    business_address = models.CharField(_("经营地址"), max_length=200, blank=True)
    area_code = models.CharField(_("所属街道代码"), max_length=9)
    community_code = models.CharField(_("所属社区代码"), max_length=12, blank=True)
    employees_total = models.PositiveIntegerField(_("职工总数"), null=True, blank=True)
    employees_on = models.DateField(_("职工总数截至"), null=True, blank=True)
    source = models.CharField(_("来源"), max_length=17, choices=Source)
    created_at = models.DateTimeField(_("登记时间"))
    updated_at = models.DateTimeField(_("更新时间"))

    objects = EnterpriseQuerySet.as_manager()

    class Meta:
        verbose_name = _("企业")
        ordering: ClassVar[list[str]] = ["area_code", "name_key", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="registry_enterprise_by_area", fields=["area_code", "name_key", "id"]),
            models.Index(name="registry_enterprise_by_name", fields=["name_key", "id"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="registry_enterprise_uscc_has_18_characters",
                condition=Q(uscc__isnull=True) | Q(Exact(Length("uscc"), 18)),
            ),
            models.CheckConstraint(
                name="registry_enterprise_area_is_a_subdistrict", condition=Q(Exact(Length("area_code"), 9))
            ),
            models.CheckConstraint(
                name="registry_enterprise_community_lies_in_its_area",
                condition=Q(community_code="") | Q(community_code__startswith=F("area_code")),
            ),
            models.CheckConstraint(
                name="registry_enterprise_is_branch_iff_its_kind_says_so",
                condition=Q(is_branch=True, entity_kind="BRANCH") | (Q(is_branch=False) & ~Q(entity_kind="BRANCH")),
            ),
            models.CheckConstraint(
                name="registry_enterprise_only_a_branch_has_a_parent", condition=Q(parent_uscc="") | Q(is_branch=True)
            ),
            models.CheckConstraint(
                name="registry_enterprise_is_not_its_own_parent",
                condition=Q(uscc__isnull=True) | ~Q(parent_uscc=F("uscc")),
            ),
            models.CheckConstraint(name="registry_enterprise_has_a_name", condition=~Q(name="") & ~Q(name_key="")),
            models.CheckConstraint(
                name="registry_enterprise_staff_count_has_its_day",
                condition=Q(employees_total__isnull=True) | Q(employees_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        """How the ledger names this enterprise."""
        return f"enterprise:{self.code}"


class EnterpriseName(models.Model):
    """One former name of an enterprise and the last day on which it was in use; written by a renaming, then fixed."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="former_names", verbose_name=_("企业"))
    name = models.CharField(_("曾用名"), max_length=120)
    name_key = models.CharField(_("名称比对键"), max_length=120, editable=False)
    used_until_on = models.DateField(_("使用至"))

    class Meta:
        verbose_name = _("曾用名")
        ordering: ClassVar[list[str]] = ["enterprise", "-used_until_on"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="registry_enterprisename_by_key", fields=["name_key"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="registry_enterprisename_ended_once_a_day", fields=["enterprise", "used_until_on"]
            ),
        ]


class EnterpriseArea(models.Model):
    """One former area of an enterprise and the last day on which it lay there; written by a move, then fixed.

    Most enterprises never move and have no row. Only a second move of the same day, which corrects the first one,
    takes a row back.
    """

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="former_areas", verbose_name=_("企业"))
    area_code = models.CharField(_("原属街道代码"), max_length=9)
    community_code = models.CharField(_("原属社区代码"), max_length=12, blank=True)
    until_on = models.DateField(_("属地至"))
    reason = models.CharField(_("变更原因"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(_("记录时间"))

    class Meta:
        verbose_name = _("原属地")
        ordering: ClassVar[list[str]] = ["enterprise", "-until_on"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="registry_enterprisearea_left_once_a_day", fields=["enterprise", "until_on"]),
            models.CheckConstraint(
                name="registry_enterprisearea_is_a_subdistrict", condition=Q(Exact(Length("area_code"), 9))
            ),
            models.CheckConstraint(
                name="registry_enterprisearea_community_lies_in_its_area",
                condition=Q(community_code="") | Q(community_code__startswith=F("area_code")),
            ),
        ]


class EnterpriseStatus(models.Model):
    """One registration status of an enterprise from a day until the next row's day; append-only."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="statuses", verbose_name=_("企业"))
    status = models.CharField(_("登记状态"), max_length=9, choices=RegistrationStatus)
    valid_from = models.DateField(_("起始日期"))
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(_("记录时间"))

    class Meta:
        verbose_name = _("登记状态记录")
        ordering: ClassVar[list[str]] = ["enterprise", "valid_from"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="registry_enterprisestatus_changes_once_a_day", fields=["enterprise", "valid_from"]
            ),
        ]


class Site(models.Model):
    """One place of business of an enterprise (经营场所) from a day to its last day; an enterprise may have many."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="sites", verbose_name=_("企业"))
    name = models.CharField(_("场所名称"), max_length=120)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    area_code = models.CharField(_("所属街道代码"), max_length=9)
    community_code = models.CharField(_("所属社区代码"), max_length=12, blank=True)
    valid_from = models.DateField(_("启用日期"))
    valid_to = models.DateField(_("停用日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("经营场所")
        ordering: ClassVar[list[str]] = ["enterprise", "valid_from", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="registry_site_name_open_once", fields=["enterprise", "name"], condition=Q(valid_to__isnull=True)
            ),
            models.CheckConstraint(
                name="registry_site_area_is_a_subdistrict", condition=Q(Exact(Length("area_code"), 9))
            ),
            models.CheckConstraint(
                name="registry_site_community_lies_in_its_area",
                condition=Q(community_code="") | Q(community_code__startswith=F("area_code")),
            ),
            models.CheckConstraint(
                name="registry_site_ends_after_it_starts", condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))
            ),
        ]
