"""Bringing the ledger into line with what the records of projects say: only differences are entered."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime
from typing import Any, Final

from shoushan.apps.projects import chart
from shoushan.apps.projects.chart import Done, Facts, Item, Membership, Plan
from shoushan.apps.projects.enums.projects import BATCH_STEPS, WITHDRAW, Batch, ProjectStage
from shoushan.apps.projects.models import (
    CampaignItem,
    Idea,
    ListMembership,
    MonthlyReturn,
    Project,
    ProjectPart,
    ProjectPlan,
    ProjectProfile,
)
from shoushan.apps.projects.selectors.stages import corrected_days
from shoushan.ledger import api as ledger
from shoushan.lib import rows
from shoushan.lib.days import month_end
from shoushan.lifecycle.models import Step

FINISHED: Final = frozenset({ProjectStage.COMPLETED.value, ProjectStage.IN_USE.value})
BEGUN: Final = FINISHED | {ProjectStage.STARTED.value, ProjectStage.BUILDING.value}


def sync(project_ids: Collection[int], *, at: datetime, actor: str) -> None:
    """State in the ledger what the records of these projects say, for every day on which it differs."""
    for part in rows.chunks(sorted(project_ids), 500):
        facts = facts_of(part)
        wanted = {subject: chart.timeline(each) for subject, each in facts.items()}
        _state(chart.STANDING_BOOK, wanted, lambda subject, day: _kind(day, facts[subject]), at=at, actor=actor)  # noqa: B023 - called at once
        items = items_of(part)
        _state(
            chart.CAMPAIGN_BOOK,
            {subject: chart.campaign_timeline(area, own) for subject, (area, own) in items.items()},
            lambda subject, day: _campaign_kind(day, items[subject][1]),  # noqa: B023 - called at once
            at=at,
            actor=actor,
        )


def _state(
    book: str,
    wanted: dict[str, dict[date, ledger.Positions]],
    kind: Callable[[str, date], str],
    *,
    at: datetime,
    actor: str,
) -> None:
    stated = ledger.stated_levels(book, list(wanted))
    statements = []
    for subject, timeline in wanted.items():
        there = {each.on: each.positions for each in stated.get(subject, [])}
        for day in sorted(there.keys() - timeline.keys()):
            _retract(book, subject, day, at=at, actor=actor)
        statements += [
            ledger.Statement(subject, day, positions, kind(subject, day))
            for day, positions in timeline.items()
            if there.get(day) != positions
        ]
    ledger.state_many(book, statements, at=at, actor=actor)


def _retract(book: str, subject: str, day: date, *, at: datetime, actor: str) -> None:
    ledger.retract(
        book,
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
    parts = _grouped(ProjectPart.objects.filter(project_id__in=ids), ids, lambda each: (each.since, each.until))
    profiles = ProjectProfile.objects.filter(project_id__in=ids).order_by("since", "pk")
    kinds = _grouped(profiles, ids, lambda each: (each.since, each.kind))
    projects = list(Project.objects.filter(pk__in=ids))
    taken_over = _taken_over([project.subject for project in projects])
    return {
        project.subject: Facts(
            area=project.area_code,
            kinds=tuple(kinds[project.pk]) or ((date.min, project.kind),),
            parts=tuple(parts[project.pk]),
            memberships=tuple(memberships[project.pk]),
            plans=tuple(plans[project.pk]),
            returns=tuple(returns[project.pk]),
            **_days_of(project, plans[project.pk], taken_over.get(project.subject)),
            premises_done_sqm=project.premises_done_sqm or 0,
        )
        for project in projects
    }


def _taken_over(subjects: list[str]) -> dict[str, tuple[str, date]]:
    """In which stage and when a list brought projects that had come so far before."""
    steps = Step.objects.filter(subject__in=subjects, lifecycle="projects.project", transition="take_over")
    return {subject: (target, day) for subject, target, day in steps.values_list("subject", "target", "occurred_on")}


def _days_of(project: Project, plans: list[Plan], taken_over: tuple[str, date] | None) -> dict[str, date | None]:
    """When it began and was finished. Of one that a list brought as begun or finished it is known by the day of that list."""
    started, completed = project.started_on, project.completed_on
    stage, on = taken_over or ("", date.max)
    if started is None and stage in BEGUN:
        started = on
    if completed is None and stage in FINISHED and any(each.completes and each.year == on.year for each in plans):
        completed = on
    return {"started_on": started, "completed_on": completed if project.state in FINISHED else None}


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


# ---- campaigns -------------------------------------------------------------------------------------------
def items_of(project_ids: Collection[int]) -> dict[str, tuple[str, tuple[Item, ...]]]:
    """Area and items of the projects that are in a campaign, by subject; achieved by the steps that they took within it."""
    return {
        project.subject: (project.area_code, tuple(item for _record, item in items))
        for project, items in _items(project_ids).items()
    }


def items_by_record(project_ids: Collection[int]) -> dict[int, Item]:
    """The same items by the number of their record."""
    return {record.pk: item for items in _items(project_ids).values() for record, item in items}


def _items(project_ids: Collection[int]) -> dict[Project, list[tuple[CampaignItem, Item]]]:
    found = CampaignItem.objects.filter(project_id__in=list(project_ids)).select_related("campaign", "project")
    by_project: dict[Project, list[CampaignItem]] = {}
    for each in found.order_by("pk"):
        by_project.setdefault(each.project, []).append(each)
    taken = _taken([project.subject for project in by_project])
    plans = _grouped(
        ProjectPlan.objects.filter(project__in=list(by_project)).order_by("effective_on", "revision"),
        [project.pk for project in by_project],
        lambda each: (each.effective_on, each.total_fen),
    )
    return {
        project: [(each, _item(each, taken.get(project.subject, {}), plans[project.pk])) for each in items]
        for project, items in by_project.items()
    }


def _taken(subjects: list[str]) -> dict[str, dict[str, date]]:
    """On which day each subject first took each of the steps that achieve or end an item."""
    found: dict[str, dict[str, date]] = {}
    wanted = [*BATCH_STEPS.values(), WITHDRAW]
    steps = Step.objects.filter(subject__in=subjects, lifecycle="projects.project", transition__in=wanted)
    for subject, transition, day in steps.order_by("-revision").values_list("subject", "transition", "occurred_on"):
        found.setdefault(subject, {})[transition] = day
    for subject, days in corrected_days(subjects).items():
        if "start" in found.get(subject, {}) and ProjectStage.STARTED in days:
            found[subject]["start"] = days[ProjectStage.STARTED]
    return found


def _item(each: CampaignItem, taken: dict[str, date], plans: list[tuple[date, int]]) -> Item:
    campaign = each.campaign
    on = taken.get(BATCH_STEPS[Batch(each.key)])
    if on is not None and (each.removed_on or not campaign.start_on <= on <= campaign.end_on):
        on = None
    total = [fen for since, fen in plans if on is not None and since <= on] or [fen for _since, fen in plans[:1]]
    achieved = max(on, each.added_on) if on is not None else None
    left = min((day for day in (each.removed_on, taken.get(WITHDRAW)) if day), default=None)
    return Item(campaign.code, each.key, each.added_on, achieved, total[-1] if total else 0, left)


def _campaign_kind(day: date, items: tuple[Item, ...]) -> str:
    if any(each.achieved_on == day for each in items):
        return chart.CAMPAIGN_ACHIEVED
    is_left = any(each.left_on == day and each.is_left(day) for each in items)
    return chart.CAMPAIGN_LEFT if is_left else chart.CAMPAIGN_LISTED


# ---- the pool of ideas -----------------------------------------------------------------------------------
def state_idea(idea: Idea, *, on: date, at: datetime, actor: str) -> None:
    """State from a day on what an idea expects and whether it is in the pool."""
    positions = chart.idea_positions(
        idea.state, idea.area_code, idea.theme, invest_fen=idea.invest_fen, tax_fen=idea.tax_fen, jobs=idea.jobs
    )
    stated = ledger.stated_levels(chart.POOL_BOOK, [idea.subject]).get(idea.subject, [])
    days = [on, *(each.on for each in stated if each.on > on)]  # a step entered afterwards reaches later statements too
    statements = [ledger.Statement(idea.subject, day, positions, chart.IDEA_STATED) for day in days]
    ledger.state_many(chart.POOL_BOOK, statements, at=at, actor=actor)
