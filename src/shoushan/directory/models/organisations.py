"""Organisations, the posts in them, who held a post, and who answers for what."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shoushan.directory.enums import OrganisationKind, TargetKind
from shoushan.directory.models.dated import DatedQuerySet, ends_after_it_starts


class Organisation(models.Model):
    """One unit that takes part: an office, a bureau, a leading group. Closed by its last day, never deleted."""

    code = models.CharField(_("代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=100)
    short_name = models.CharField(_("简称"), max_length=40, blank=True)
    kind = models.CharField(_("类型"), max_length=18, choices=OrganisationKind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级")
    )
    area_code = models.CharField(_("辖区代码"), max_length=15)
    sort_no = models.PositiveSmallIntegerField(_("排序"), default=0)
    valid_from = models.DateField(_("设立日期"))
    valid_to = models.DateField(_("撤销日期"), null=True, blank=True)

    objects: ClassVar[DatedQuerySet[Organisation]] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("单位")
        ordering: ClassVar[list[str]] = ["sort_no", "code"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="directory_organisation_not_its_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
            ),
            models.CheckConstraint(name="directory_organisation_has_an_area", condition=~Q(area_code="")),
            ends_after_it_starts("directory_organisation_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name


class Post(models.Model):
    """One post in an organisation (岗位), whoever holds it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="posts", verbose_name=_("单位"))
    title = models.CharField(_("职务"), max_length=60)
    sort_no = models.PositiveSmallIntegerField(_("排序"), default=0)

    class Meta:
        verbose_name = _("岗位")
        ordering: ClassVar[list[str]] = ["organisation", "sort_no", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="directory_post_title_unique_in_organisation", fields=["organisation", "title"]
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PostAssignment(models.Model):
    """One person holding one post from a day to a day. A person may hold several posts at once (兼任)."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="assignments", verbose_name=_("岗位"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments", verbose_name=_("任职人员")
    )
    valid_from = models.DateField(_("任职日期"))
    valid_to = models.DateField(_("离任日期"), null=True, blank=True)

    objects: ClassVar[DatedQuerySet[PostAssignment]] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("任职记录")
        ordering: ClassVar[list[str]] = ["post", "valid_from"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="directory_postassignment_open_once", fields=["post", "user"], condition=Q(valid_to__isnull=True)
            ),
            ends_after_it_starts("directory_postassignment_ends_after_it_starts"),
        ]


class Responsibility(models.Model):
    """One leader answering for one target from a day to a day (包挂).

    A target has at most one primary leader on any day. The database refuses a second open one; the service refuses
    spans that overlap. A change of leader closes the row, so that past visits stay under the leader of their day.
    """

    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="responsibilities", verbose_name=_("包挂领导")
    )
    target_kind = models.CharField(_("包挂对象类型"), max_length=14, choices=TargetKind)
    target_code = models.CharField(_("包挂对象代码"), max_length=40)
    is_primary = models.BooleanField(_("是否牵头"), default=True)
    duties = models.CharField(_("职责"), max_length=400, blank=True)
    valid_from = models.DateField(_("开始日期"))
    valid_to = models.DateField(_("结束日期"), null=True, blank=True)

    objects: ClassVar[DatedQuerySet[Responsibility]] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("包挂责任")
        ordering: ClassVar[list[str]] = ["target_kind", "target_code", "valid_from", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="directory_responsibility_one_open_primary_leader",
                fields=["target_kind", "target_code"],
                condition=Q(is_primary=True, valid_to__isnull=True),
            ),
            models.CheckConstraint(name="directory_responsibility_names_its_target", condition=~Q(target_code="")),
            ends_after_it_starts("directory_responsibility_ends_after_it_starts"),
        ]
