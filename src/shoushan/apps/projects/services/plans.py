"""Adjusting what was approved: by the office that confirms, with a reason, for the days from then on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.apps.projects import books
from shoushan.apps.projects.enums.projects import WAY, MilestoneKey, ProjectStage
from shoushan.apps.projects.lifecycle import CONFIRM, REPORT, check_project_access
from shoushan.apps.projects.models import Milestone, Project, ProjectPlan
from shoushan.apps.projects.selectors.lists import PLAN_FIELDS
from shoushan.apps.projects.services.lists import Arrival, enter_plan
from shoushan.apps.projects.services.return_rules import wan
from shoushan.lifecycle.errors import GuardError, MissingError
from shoushan.lifecycle.models import Step

if TYPE_CHECKING:
    from shoushan.directory.models import User

CONFIRMED: Final[dict[str, ProjectStage]] = {
    MilestoneKey.START: ProjectStage.STARTED,
    MilestoneKey.ACCEPTANCE: ProjectStage.COMPLETED,
}
"""Milestones that are reached with a stage, which is confirmed by evidence."""


def problems_of_plan(values: Mapping[str, Any], *, reported_fen: int = 0) -> dict[str, str]:
    """What is wrong with a plan's numbers, by field; an empty answer means that it holds (handbook D2).

    `reported_fen` is the largest total that a return has reported: a total can't be revised below it.
    """
    found: dict[str, str] = {}
    total, before, year = values["total_fen"], values["done_before_fen"], values["year_fen"]
    if total <= 0:
        found["total_fen"] = _("总投资应大于 0。")
    elif total < reported_fen:
        words = {"total": wan(total), "done": wan(reported_fen)}
        found["total_fen"] = (
            _("总投资 %(total)s 万元小于月报已报的自开工累计 %(done)s 万元，请核对；月报有误的，请先更正月报。") % words
        )
    elif before > total:
        found["done_before_fen"] = _("截至上年底完成投资大于总投资，请核对两个数和单位。")
    elif year > total - before:
        found["year_fen"] = _("本年计划投资大于总投资减去截至上年底完成投资后的余额，请核对三个数和单位。")
    if values["end_year"] < values["start_year"]:
        found["end_year"] = _("竣工年份早于开工年份，请核对。")
    return found


@transaction.atomic
def adjust_plan(
    *, project: Project, year: int, on: date, values: Mapping[str, Any], reason: str, actor: User, at: datetime
) -> ProjectPlan:
    """A further revision of a year's plan. Raises NotAllowedError, MissingError, GuardError where there is none to adjust."""
    today = timezone.localtime(at).date()
    check_project_access(actor, project, CONFIRM, today)
    newest = project.plans.filter(year=year).order_by("-revision").first()
    if newest is None:
        raise GuardError(_("%(year)d 年还没有批准的计划，请先把项目列入清单。") % {"year": year})
    whole = {name: getattr(newest, name) for name in PLAN_FIELDS} | dict(values)
    reported = project.returns.filter(month__year__lte=year).aggregate(most=Max("total_fen"))["most"] or 0
    problems = problems_of_plan(whole, reported_fen=reported)
    if not reason.strip():
        problems["reason"] = _("请写明调整的原因和依据。")
    if on > today or on < newest.effective_on:
        words = {"first": newest.effective_on.isoformat(), "last": today.isoformat()}
        problems["on"] = _("生效日期应在 %(first)s 至 %(last)s 之间，请核对。") % words
    if problems:
        raise MissingError(problems)
    arrival = Arrival(year=year, on=on, at=at, actor=actor, reason=reason.strip())
    plan = enter_plan(project, whole, arrival)
    books.sync([project.pk], at=at, actor=arrival.actor_code)
    return plan


@transaction.atomic
def set_milestone(
    *, project: Project, key: str, values: Mapping[str, Any], reason: str, actor: User, at: datetime
) -> Milestone:
    """A milestone planned, expected or reached; the plan as approved stays in its first revision. The same again is no revision.

    Start and acceptance are reached once the office that confirms has taken the step, with its evidence (handbook D3).
    """
    today = timezone.localtime(at).date()
    check_project_access(actor, project, REPORT, today)
    newest = project.milestones.filter(key=key).order_by("-revision").first()
    planned: date | None = values.get("planned_on")
    forecast: date | None = values.get("forecast_on")
    actual: date | None = values.get("actual_on")
    problems: dict[str, str] = {}
    if key not in MilestoneKey.values:
        problems["key"] = _("请选择节点。")
    if planned is None:
        problems["planned_on"] = _("请填写计划日期。")
    if actual is not None and actual > today:
        problems["actual_on"] = _("实际日期还没有到，请填在预计日期。")
    elif actual is not None and (newest is None or newest.actual_on != actual) and not _has_come_to(project, key):
        words = {"stage": CONFIRMED[key].label, "node": MilestoneKey(key).label}
        problems["actual_on"] = (
            _("项目还没有确认“%(stage)s”，不能登记“%(node)s”的实际日期；请先由确认单位办理，凭材料确认阶段。") % words
        )
    if newest is not None and planned is not None and not reason.strip():
        if planned != newest.planned_on:
            problems["reason"] = _("改动计划日期，请写明原因。")
        elif newest.actual_on is not None and actual != newest.actual_on:
            problems["reason"] = _("改动或撤回实际日期，请写明原因。")
    if problems or planned is None:
        raise MissingError(problems)
    return enter_milestone(project, key, (planned, forecast, actual), reason=reason.strip(), actor=actor, at=at)


def _has_come_to(project: Project, key: str) -> bool:
    """Has the project come to the stage that a milestone is reached with? One beside its way counts where it left it."""
    wanted = CONFIRMED.get(key)
    if wanted is None:
        return True
    stage = project.state
    if stage not in WAY:
        steps = Step.objects.filter(subject=project.subject, source__in=WAY).order_by("-revision")
        stage = steps.values_list("source", flat=True).first() or WAY[0]
    return WAY.index(ProjectStage(stage)) >= WAY.index(wanted)


@transaction.atomic
def enter_milestone(
    project: Project,
    key: str,
    said: tuple[date, date | None, date | None],
    *,
    reason: str,
    actor: User | None,
    at: datetime,
) -> Milestone:
    """A milestone that was judged: days planned, expected and reached; the same again is no revision."""
    newest = project.milestones.filter(key=key).order_by("-revision").first()
    if newest is not None and (newest.planned_on, newest.forecast_on, newest.actual_on) == said:
        return newest
    planned, forecast, actual = said
    return Milestone.objects.create(
        project=project,
        key=key,
        revision=newest.revision + 1 if newest else 1,
        planned_on=planned,
        forecast_on=forecast,
        actual_on=actual,
        reason=reason,
        entered_at=at,
        entered_by=actor,
    )
