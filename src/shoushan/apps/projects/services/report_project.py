"""What a status report says of one project."""

from __future__ import annotations

from datetime import date
from typing import Any

from shoushan.apps.projects.enums.permits import PermitState
from shoushan.apps.projects.enums.projects import Level, MilestoneKey
from shoushan.apps.projects.models import Milestone, Project, StatusReport
from shoushan.apps.projects.selectors.comparison import Change, compare
from shoushan.apps.projects.selectors.obstacles import category_of
from shoushan.apps.projects.selectors.reporting import (
    Now,
    as_they_were,
    milestones_on,
    obstacles_on,
    permits_on,
)
from shoushan.apps.projects.services.comparisons import plain_value, what_of
from shoushan.apps.projects.services.report_words import (
    NOTHING,
    Section,
    day,
    light,
    stage,
    standing_sentence,
    yi,
)
from shoushan.casework.enums import MatterState


def sections_of(
    project: Project, *, year: int, as_of: date, before: StatusReport | None
) -> tuple[list[Section], dict[str, Any]]:
    """The sections of a project's report, and the facts against which the next one is compared."""
    (now,) = as_they_were([project], year=year, day=as_of)
    milestones = milestones_on(project, as_of)
    sections = [
        _facts(now, year),
        _standing(now, as_of),
        _milestones(milestones, as_of),
        _permits(project, as_of),
        _obstacles(project, as_of),
        _told(now),
        _since(now, before, year=year, as_of=as_of),
    ]
    return [each for each in sections if each is not None], facts_of(now)


def facts_of(now: Now) -> dict[str, Any]:
    """What the next report compares with."""
    return {
        "stage": now.stage,
        "light": str(now.standing.light),
        "year_fen": now.newest.year_fen if now.newest else None,
        "plan_fen": now.plan.year_fen if now.plan else None,
    }


def _facts(now: Now, year: int) -> Section:
    project = now.project
    levels = project.memberships.filter(year=year).values_list("level", flat=True)
    rows: list[tuple[str, str]] = [
        ("项目编号", project.code),
        ("级别", str(Level(Level.highest(levels)).label) if levels else NOTHING),
        ("建设单位", project.owner_name or NOTHING),
        ("建设地点", project.site),
        ("建设规模及主要内容", project.content),
        ("牵头单位", str(project.lead)),
        ("包挂领导", project.sponsor or NOTHING),
        ("服务专员", project.service_officer or NOTHING),
    ]
    if now.plan is not None:
        rows += [
            ("建设起止年限", f"{now.plan.start_year}—{now.plan.end_year}"),
            ("总投资", f"{yi(now.plan.total_fen)}亿元"),
            ("本年建设内容", now.plan.year_content or NOTHING),
        ]
    return Section("基本情况", headings=("事项", "内容"), rows=tuple(rows))


def _standing(now: Now, as_of: date) -> Section:
    said = [f"项目处于“{stage(now.stage)}”阶段，亮灯：{light(now, as_of)}。", standing_sentence(now)]
    if now.newest is not None:
        said.append(f"形象进度：{now.newest.progress}")
    return Section("总体进展", tuple(said))


def _milestones(found: list[Milestone], as_of: date) -> Section | None:
    if not found:
        return None
    rows = tuple(
        (
            str(MilestoneKey(each.key).label),
            day(each.planned_on),
            day(each.forecast_on),
            day(_reached(each, as_of)),
            _slip(each, as_of),
        )
        for each in found
    )
    return Section("节点", headings=("节点", "计划", "预计", "实际", "偏差"), rows=rows)


def _reached(each: Milestone, as_of: date) -> date | None:
    return each.actual_on if each.actual_on and each.actual_on <= as_of else None


def _slip(each: Milestone, as_of: date) -> str:
    """How far from the plan: the day on which it was reached, or is expected; past its day without a word it is overdue."""
    found = _reached(each, as_of) or each.forecast_on
    if found is None:
        return f"已超期{(as_of - each.planned_on).days}天" if as_of > each.planned_on else NOTHING
    days = (found - each.planned_on).days
    return "按期" if days == 0 else f"晚{days}天" if days > 0 else f"早{-days}天"


def _permits(project: Project, as_of: date) -> Section | None:
    rows = tuple(
        (
            each.record.item_name,
            str(each.record.organisation),
            str(PermitState(each.state).label),
            day(each.record.applied_on),
            day(each.record.decided_on if each.record.decided_on and each.record.decided_on <= as_of else None),
        )
        for each in permits_on(project, as_of)
    )
    return Section("审批事项", headings=("事项", "审批单位", "状态", "申请", "办结"), rows=rows) if rows else None


def _obstacles(project: Project, as_of: date) -> Section:
    rows = tuple(
        (
            str(category_of(each.record.matter)),
            "是" if each.record.is_critical else "否",
            str(MilestoneKey(each.record.holds_up).label) if each.record.holds_up else NOTHING,
            str(each.record.matter.lead or NOTHING),
            str(MatterState(each.state).label),
            each.record.matter.code,
        )
        for each in obstacles_on([project.pk], as_of)
    )
    if not rows:
        return Section("堵点", ("没有未解决的堵点。",))
    headings = ("类别", "关键", "影响节点", "承办单位", "状态", "事项编号")
    return Section("堵点", (f"未解决的堵点{len(rows)}件。",), headings, rows)


def _told(now: Now) -> Section | None:
    """Problems and next step as the newest return tells them."""
    if now.newest is None or not (now.newest.problems or now.newest.next_step):
        return None
    said = []
    if now.newest.problems:
        said.append(f"存在问题：{now.newest.problems}")
    if now.newest.next_step:
        said.append(f"下步打算：{now.newest.next_step}")
    return Section(f"{now.newest.month.month}月报送的问题和打算", tuple(said))


def _since(now: Now, before: StatusReport | None, *, year: int, as_of: date) -> Section | None:
    """What is otherwise than in the report before."""
    if before is None:
        return None
    old, new = before.said["facts"], facts_of(now)
    rows: list[tuple[str, str, str, str]] = []
    if old["stage"] != new["stage"]:
        rows.append(("阶段", stage(old["stage"]), stage(new["stage"]), ""))
    if old["year_fen"] != new["year_fen"]:
        rows.append(("本年完成投资（亿元）", yi(old["year_fen"]), yi(new["year_fen"]), ""))
    found = compare(year=year, first=before.as_of, last=as_of, areas=(now.project.area_code,))
    changes = [each for one in found.changed if one.project.pk == now.project.pk for each in one.changes]
    rows += [row for each in changes if (row := _change(each)) is not None]
    head = f"与{before.number}（截至{before.as_of.isoformat()}）相比"
    if not rows:
        return Section("与上期相比", (f"{head}，阶段、投资、计划和节点都没有变化。",))
    return Section("与上期相比", (f"{head}：",), ("事项", "原为", "现为", "原因"), tuple(rows))


def _change(change: Change) -> tuple[str, str, str, str] | None:
    """A change as a row; that of the stage is told from the facts."""
    if change.unit == "stage":
        return None
    what = what_of(change) or str(change.kind.label)
    return (
        what,
        plain_value(change, change.before) or NOTHING,
        plain_value(change, change.after) or NOTHING,
        change.reason,
    )
