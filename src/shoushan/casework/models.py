"""Matters, the parts of assisting organisations, supervision orders, public copies."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shoushan.casework.enums import Level, Outcome, Satisfaction, Source, WaitingFor
from shoushan.directory.models import Organisation
from shoushan.lifecycle.models import LifecycleRecord


class Matter(LifecycleRecord):
    """One thing that somebody must solve, of a kind that an app declares.

    Raised, dispatched to a lead organisation (a named officer, or its inbox), signed for, planned, worked on, answered,
    called back, closed. Handed back at most twice, then ruled; reopened at most twice when the answer does not satisfy.
    """

    SUBJECT: ClassVar[str] = "matter"
    kind = models.CharField(_("种类"), max_length=60)
    source = models.CharField(_("来源"), max_length=10, choices=Source)
    about = models.CharField(_("对象"), max_length=80)
    about_name = models.CharField(_("对象名称"), max_length=120)
    industry_code = models.CharField(_("行业代码"), max_length=8, blank=True)
    category = models.CharField(_("类别"), max_length=40)
    text = models.TextField(_("具体问题"), max_length=2000)
    raised_at = models.DateTimeField(_("提出时间"))
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    level = models.CharField(_("办理层级"), max_length=12, choices=Level, default=Level.STREET)
    lead = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="matters", verbose_name=_("责任单位")
    )
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="matters")
    times_handed_back = models.PositiveSmallIntegerField(_("退回次数"), default=0)
    is_ruled = models.BooleanField(_("已裁定"), default=False)
    times_reopened = models.PositiveSmallIntegerField(_("重办次数"), default=0)
    plan = models.TextField(_("办理措施"), max_length=2000, blank=True)
    planned_on = models.DateField(_("完成时限"), null=True)
    progress = models.TextField(_("进展"), max_length=2000, blank=True)
    next_step = models.CharField(_("下一步"), max_length=200, blank=True)
    waiting_for = models.CharField(_("等待"), max_length=10, choices=WaitingFor, blank=True)
    extension_days = models.PositiveSmallIntegerField(_("申请延长天数"), null=True)
    extension_reason = models.CharField(_("延期理由"), max_length=500, blank=True)
    extension_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(_("办理结果"), max_length=10, choices=Outcome, blank=True)
    answer = models.TextField(_("答复"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    satisfaction = models.CharField(_("评价"), max_length=12, choices=Satisfaction, blank=True)
    evaluated_lead = models.CharField(max_length=40, blank=True)
    """Code of the organisation under which the evaluation counts."""
    is_late = models.BooleanField(_("逾期"), default=False)
    is_counted = models.BooleanField(default=False)
    """It has been counted as due, in time or late."""
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged", verbose_name=_("并入"))

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="casework_matter_handed_back_at_most_twice", condition=Q(times_handed_back__lte=2)
            ),
            models.CheckConstraint(name="casework_matter_reopened_at_most_twice", condition=Q(times_reopened__lte=2)),
            models.CheckConstraint(
                name="casework_matter_in_work_has_a_lead",
                condition=Q(lead__isnull=False) | Q(state__in=["RAISED", "MERGED", "WITHDRAWN"]),
            ),
            models.CheckConstraint(
                name="casework_matter_merged_iff_into_another",
                condition=Q(state="MERGED", merged_into__isnull=False)
                | (~Q(state="MERGED") & Q(merged_into__isnull=True)),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["kind", "area_code", "state"], name="casework_matter_by_area"),
            models.Index(fields=["lead", "state"], name="casework_matter_by_lead"),
            models.Index(fields=["about"], name="casework_matter_by_about"),
            models.Index(fields=["kind", "-raised_at"], name="casework_matter_newest"),
        ]

    @property
    def holder(self) -> str:
        """Who has it: the named officer, or the inbox of the organisation."""
        return str(self.officer or self.lead or "")


class Assignment(LifecycleRecord):
    """The part of a matter that another organisation does, with its own clock and story."""

    SUBJECT: ClassVar[str] = "assignment"
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="assignments")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="assignments")
    task = models.TextField(_("协办事项"), max_length=2000)
    report = models.TextField(_("协办结果"), max_length=2000, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["matter", "organisation"],
                condition=Q(state__in=["ASSIGNED", "SIGNED"]),
                name="casework_assignment_open_once",
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "state"], name="casework_assignment_inbox")
        ]


class Supervision(LifecycleRecord):
    """A written order on a matter (督办单): number, what is demanded, until when, the feedback."""

    SUBJECT: ClassVar[str] = "supervision"
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="supervisions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="supervisions")
    demand = models.TextField(_("督办要求"), max_length=2000)
    days = models.PositiveSmallIntegerField(_("反馈时限（工作日）"))
    feedback = models.TextField(_("反馈情况"), max_length=2000, blank=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "state"], name="casework_supervision_inbox")
        ]


class PublicCopy(models.Model):
    """What the public reads of a matter, as somebody released it. Never changed: a new copy takes the place of the last.

    `seen_text` and `seen_answer` are the matter's own words at that time, so that a later change is pointed out.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="copies")
    title = models.CharField(_("标题"), max_length=80)
    text = models.TextField(_("问题"), max_length=2000)
    answer = models.TextField(_("答复"), max_length=2000)
    seen_text = models.TextField()
    seen_answer = models.TextField()
    seen_state = models.CharField(max_length=20)
    published_at = models.DateTimeField(_("公开时间"))
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(_("撤下时间"), null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["-published_at"], name="casework_copy_newest")]

    @property
    def is_changed(self) -> bool:
        """Has the matter changed since this was published?"""
        now = self.matter
        return (now.text, now.answer, now.state) != (self.seen_text, self.seen_answer, self.seen_state)
