"""Bringing the ledger into line with what the records of projects say: only differences are entered."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from shoushan.apps.projects import chart
from shoushan.apps.projects.chart import Done, Facts, Membership, Plan
from shoushan.apps.projects.enums.projects import ProjectStage
from shoushan.apps.projects.models import ListMembership, MonthlyReturn, Project, ProjectPart, ProjectPlan
from shoushan.ledger import api as ledger
from shoushan.lib import rows
from shoushan.lib.days import month_end


def sync(project_ids: Collection[int], *, at: datetime, actor: str) -> None:
    """State in the ledger what the records of these projects say, for every day on which it differs."""
    for part in rows.chunks(sorted(project_ids), 500):
        facts = facts_of(part)
        wanted = {subject: chart.timeline(each) for subject, each in facts.items()}
        stated = ledger.stated_levels(chart.STANDING_BOOK, list(wanted))
        statements = []
        for subject, timeline in wanted.items():
            there = {each.on: each.positions for each in stated.get(subject, [])}
            for day in sorted(there.keys() - timeline.keys()):
                _retract(subject, day, at=at, actor=actor)
            statements += [
                ledger.Statement(subject, day, positions, _kind(day, facts[subject]))
                for day, positions in timeline.items()
                if there.get(day) != positions
            ]
        ledger.state_many(chart.STANDING_BOOK, statements, at=at, actor=actor)


def _retract(subject: str, day: date, *, at: datetime, actor: str) -> None:
    ledger.retract(
        chart.STANDING_BOOK,
        subject=subject,
        on=day,
        kind=chart.STANDING_CORRECTED,
        reason="项目记录已更正",
        at=at,
        actor=actor,
    )


def facts_of(project_ids: Collection[int]) -> dict[str, Facts]:
    """What decides where these projects are in the accounts, by their subject."""
    ids = list(project_ids)
    plans = _grouped(ProjectPlan.objects.filter(project_id__in=ids).order_by("effective_on", "revision"), ids, _plan_of)
    memberships = _grouped(ListMembership.objects.filter(project_id__in=ids).order_by("pk"), ids, _membership_of)
    returns = _grouped(MonthlyReturn.objects.filter(project_id__in=ids).order_by("month"), ids, _done_of)
    parts = _grouped(ProjectPart.objects.filter(project_id__in=ids), ids, lambda each: each.pk)
    return {
        project.subject: Facts(
            area=project.area_code,
            kind=project.kind,
            parts=len(parts[project.pk]),
            memberships=tuple(memberships[project.pk]),
            plans=tuple(plans[project.pk]),
            returns=tuple(returns[project.pk]),
            started_on=project.started_on,
            completed_on=project.completed_on
            if project.state in {ProjectStage.COMPLETED, ProjectStage.IN_USE}
            else None,
            premises_done_sqm=project.premises_done_sqm or 0,
        )
        for project in Project.objects.filter(pk__in=ids)
    }


def _grouped(found: Any, ids: list[int], make: Any) -> dict[int, list[Any]]:
    by_project: dict[int, list[Any]] = {pk: [] for pk in ids}
    for each in found:
        by_project[each.project_id].append(make(each))
    return by_project


def _plan_of(each: ProjectPlan) -> Plan:
    return Plan(
        each.effective_on,
        each.year,
        each.revision,
        each.total_fen,
        each.done_before_fen,
        each.year_fen,
        each.starts,
        each.completes,
        each.premises_sqm,
    )


def _membership_of(each: ListMembership) -> Membership:
    return Membership(each.year, each.level, each.since, each.until)


def _done_of(each: MonthlyReturn) -> Done:
    return Done(month_end(each.month), each.year_fen, each.total_fen)


def _kind(day: date, facts: Facts) -> str:
    """What happened on that day, as the records show it."""
    if any(each.since == day for each in facts.memberships):
        return chart.PROJECT_LISTED
    for each in facts.plans:
        if each.on == day:
            return chart.PLAN_APPROVED if each.revision == 1 else chart.PLAN_ADJUSTED
    if any(each.on == day for each in facts.returns):
        return chart.INVESTMENT_REPORTED
    if day == facts.completed_on:
        return chart.PROJECT_COMPLETED
    return chart.PROJECT_STARTED if day == facts.started_on else chart.PROJECT_DELISTED
