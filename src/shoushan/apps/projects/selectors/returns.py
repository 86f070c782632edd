"""Monthly returns: what a month begins with, how a project keeps up, which returns are missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat

from shoushan.apps.projects.enums.projects import Light, MilestoneKey, ProjectStage
from shoushan.apps.projects.models import ListMembership, Milestone, MonthlyReturn, Project, ProjectPlan
from shoushan.directory import scopes
from shoushan.lib import texts
from shoushan.lib.days import month_end
from shoushan.lib.money import rounded
from shoushan.lifecycle.models import Evidence, Step

FOLLOWED = (ProjectStage.PREPARATION, ProjectStage.STARTED, ProjectStage.BUILDING)
"""The stages in which a return is due every month."""


SAME_TEXT_MONTHS: Final = 3
"""Copied progress text is pointed out when it stands for so many months running (handbook D6)."""


class Opening(NamedTuple):
    """What stood before a month: the sums of the month before in the same year, or of the plan when the year begins."""

    year_fen: int
    total_fen: int
    plan_total_fen: int
    is_known: bool
    """Is the month before known? Where a month is missing, this month's sum can't be proved."""
    before: MonthlyReturn | None = None
    """The newest return before the month, of this year or an earlier one."""
    is_total_known: bool = False
    """Is `before` the return of the month directly before?"""
    from_plan: bool = False
    """Does the total come from the year's plan, which gives it in 亿元 with two decimals?"""


def before_month(month: date) -> date:
    """The first day of the month before."""
    return (month - timedelta(days=1)).replace(day=1)


def last_month(day: date) -> date:
    """The first day of the newest month that was over at the end of a day."""
    first = day.replace(day=1)
    return first if month_end(day) == day else before_month(first)


def older_than_due(month: date, today: date) -> bool:
    """Is a month older than the one that is due: the newest that is over, in a past year its December?"""
    return month < (last_month(today) if month.year == today.year else date(month.year, 12, 1))


def opening_of(project: Project, month: date) -> Opening:
    """What a month begins with."""
    plan = newest_plan(project, month.year)
    before = project.returns.filter(month__lt=month).order_by("-month").first()
    plan_total = plan.total_fen if plan else 0
    if before is None:
        done, is_first = plan.done_before_fen if plan else 0, month.month == 1
        return Opening(0, done, plan_total, is_known=is_first, from_plan=plan is not None)
    is_direct = before.month == before_month(month)
    if before.month.year == month.year:
        return Opening(before.year_fen, before.total_fen, plan_total, is_direct, before, is_direct)
    return Opening(0, before.total_fen, plan_total, month.month == 1, before, is_direct)


def halts_of(project: Project) -> list[tuple[date, date | None]]:
    """From which day to which the project was halted; the last may be open. Either day is the first of what follows."""
    taken = Step.objects.filter(subject=project.subject, transition__in=("halt", "resume")).order_by("revision")
    found: list[tuple[date, date | None]] = []
    for name, day in taken.values_list("transition", "occurred_on"):
        if name == "halt":
            found.append((day, None))
        elif found:
            found[-1] = (found[-1][0], day)
    return found


def halted_in(project: Project, month: date) -> tuple[date, bool] | None:
    """Since when the project was halted in a month, and whether that is the whole month; None where it was not."""
    last = month_end(month)
    for since, until in halts_of(project):
        if since <= last and (until is None or until > month):
            return since, since <= month and (until is None or until > last)
    return None


def newest_plan(project: Project, year: int) -> ProjectPlan | None:
    """The plan of a year as it stands."""
    return project.plans.filter(year=year).order_by("-revision").first()


def completion(done_fen: int, plan_fen: int) -> Fraction | None:
    """Investment done ÷ planned for the year, unrounded."""
    return Fraction(done_fen, plan_fen) if plan_fen else None


def time_progress(month: int) -> Fraction:
    """序时进度: n/12 of the year by the end of a month."""
    return Fraction(month, 12)


def points_ahead(done_fen: int, plan_fen: int, month: int) -> Fraction | None:
    """By how many percentage points the year's investment is ahead of the time that has passed, from unrounded values."""
    share = completion(done_fen, plan_fen)
    return None if share is None else (share - time_progress(month)) * 100


def ahead_on(day: date, done_fen: int, plan_fen: int) -> Fraction | None:
    """The same of sums as of a day, against the time that has passed by its last full month."""
    return points_ahead(done_fen, plan_fen, day.month if day == month_end(day) else day.month - 1)


def light_of(ahead: Fraction | None, rows: Sequence[dict[str, Any]]) -> Light:
    """The light by the rule's rows, read from the top: a project that is behind by no more than a row's points has its light."""
    if ahead is None or not rows:
        return Light.NONE
    for row in rows:
        if -ahead <= Fraction(Decimal(str(row["behind"]))):
            return Light(row["light"])
    return Light.RED


@dataclass(frozen=True, slots=True)
class Standing:
    """How a project keeps up with the year: per cent of the plan, points ahead of time, the light."""

    share: Fraction | None
    ahead: Fraction | None
    light: Light


def standing_of(done_fen: int, plan_fen: int, month: int, rows: Sequence[dict[str, Any]]) -> Standing:
    """Of sums as of the end of a month, by the rows of the rule."""
    share, ahead = completion(done_fen, plan_fen), points_ahead(done_fen, plan_fen, month)
    return Standing(None if share is None else share * 100, ahead, light_of(ahead, rows))


def due_in(month: date, *, areas: Sequence[str]) -> QuerySet[Project]:
    """The projects that owe a return of a month: on a list of its year, and being prepared or built.

    A list that is issued in March is one of the whole year: January and February are owed too. The stage is that at the
    end of the month: what was completed or halted afterwards still owes it, what came to be prepared afterwards does not.
    """
    listed = ListMembership.objects.filter(
        Q(until__isnull=True) | Q(until__gt=month_end(month)), project=OuterRef("pk"), year=month.year
    )
    found = Project.objects.filter(Exists(listed), scopes.within_any(areas, "area_code"))
    return found.annotate(stage_then=_stage_at(month_end(month))).filter(stage_then__in=FOLLOWED)


def _stage_at(day: date) -> Coalesce:
    """The stage of a project at the end of a day, from its steps; before the first one it was where that found it.

    One that a list brought in with its stage was in it before the list was issued; since when is not known.
    """
    own = Step.objects.filter(subject=Concat(Value(f"{Project.SUBJECT}:"), OuterRef("code")))
    taken = own.filter(Q(occurred_on__lte=day) | Q(transition="take_over")).order_by("-revision")
    first = own.order_by("revision")
    return Coalesce(Subquery(taken.values("target")[:1]), Subquery(first.values("source")[:1]), F("state"))


def missing_in(month: date, *, areas: Sequence[str]) -> QuerySet[Project]:
    """Those of them that have sent nothing."""
    there = MonthlyReturn.objects.filter(project=OuterRef("pk"), month=month)
    return due_in(month, areas=areas).filter(~Exists(there))


def returns_of(month: date, *, areas: Sequence[str]) -> QuerySet[MonthlyReturn]:
    """The returns of a month."""
    found = MonthlyReturn.objects.filter(scopes.within_any(areas, "area_code"), month=month)
    return found.select_related("project__lead").order_by("project__code")


def months_of_same_text(project: Project, month: date, progress: str) -> int:
    """For how many months running, this one included, the progress has been told in the same words."""
    before = project.returns.filter(month__lt=month).order_by("-month").values_list("month", "progress")
    return _running(month, progress, before)


def copied_months(records: Sequence[MonthlyReturn]) -> dict[int, int]:
    """The same of many returns in one query: by return, where it is so many months that it is pointed out."""
    ids = [each.project_id for each in records]
    told: dict[int, list[tuple[date, str]]] = {}
    rows = MonthlyReturn.objects.filter(project_id__in=ids).order_by("-month")
    for project_id, month, progress in rows.values_list("project_id", "month", "progress"):
        told.setdefault(project_id, []).append((month, progress))
    found = {
        each.pk: _running(each.month, each.progress, [own for own in told[each.project_id] if own[0] < each.month])
        for each in records
    }
    return {pk: count for pk, count in found.items() if count >= SAME_TEXT_MONTHS}


def photos_seen_before(photos: Sequence[Evidence]) -> dict[int, MonthlyReturn]:
    """The return that handed in the same photo first, by the later photo; handbook C7: one photo for many."""
    hashes = {each.sha256 for each in photos}
    same = Evidence.objects.filter(sha256__in=hashes, subject__startswith=f"{MonthlyReturn.SUBJECT}:").order_by("pk")
    first: dict[str, Evidence] = {}
    for each in same:
        first.setdefault(each.sha256, each)
    own = {each.pk: first[each.sha256].subject.partition(":")[2] for each in photos if each.sha256 in first}
    records = {
        each.code: each for each in MonthlyReturn.objects.filter(code__in=own.values()).select_related("project")
    }
    found = {each.pk: records[own[each.pk]] for each in photos if own.get(each.pk) in records}
    return {each.pk: found[each.pk] for each in photos if each.pk in found and found[each.pk].subject != each.subject}


def _running(month: date, progress: str, before: Iterable[tuple[date, str]]) -> int:
    key, count = texts.match_key(progress), 1
    for earlier, words in before:
        if texts.match_key(words) != key or earlier != before_month(month):
            break
        month, count = earlier, count + 1
    return count


def plan_at(plans: Iterable[ProjectPlan], month: date) -> ProjectPlan | None:
    """The plan of the month's year that was in force at its end; the first one where none was yet."""
    own = sorted((each for each in plans if each.year == month.year), key=lambda each: each.revision)
    there = [each for each in own if each.effective_on <= month_end(month)]
    return next(iter(there[-1:] or own[:1]), None)


def plans_at(project_ids: Sequence[int], month: date) -> dict[int, ProjectPlan]:
    """The same of many projects in one query, by project."""
    by_project: dict[int, list[ProjectPlan]] = {}
    for each in ProjectPlan.objects.filter(project_id__in=project_ids, year=month.year):
        by_project.setdefault(each.project_id, []).append(each)
    found = {pk: plan_at(own, month) for pk, own in by_project.items()}
    return {pk: plan for pk, plan in found.items() if plan is not None}


def nodes_of(project_ids: Sequence[int], on: date) -> dict[int, tuple[str, str]]:
    """For the monthly table: the next milestone planned and the last reached at the end of a day, in words."""
    newest: dict[tuple[int, str], Milestone] = {}
    for each in Milestone.objects.filter(project_id__in=project_ids).order_by("revision"):
        newest[each.project_id, each.key] = each
    found: dict[int, tuple[str, str]] = {}
    for pk in project_ids:
        own = sorted((each for (owner, _key), each in newest.items() if owner == pk), key=lambda each: each.planned_on)
        ahead = next((each for each in own if each.actual_on is None or each.actual_on > on), None)
        reached = [each for each in own if each.actual_on is not None and each.actual_on <= on]
        last = max(reached, key=lambda each: each.actual_on or each.planned_on, default=None)
        planned = f"{MilestoneKey(ahead.key).label} {ahead.planned_on.isoformat()}" if ahead else ""
        actual = f"{MilestoneKey(last.key).label} {last.actual_on:%Y-%m-%d}" if last and last.actual_on else ""
        found[pk] = (planned, actual)
    return found


def monthly_record(
    each: MonthlyReturn, plan: ProjectPlan | None, standing: Standing, nodes: tuple[str, str]
) -> dict[str, Any]:
    """A return as the columns of the monthly table name the values."""
    return {
        "name": each.project.name,
        "lead": str(each.project.lead),
        "plan_fen": plan.year_fen if plan else None,
        "month_fen": each.month_fen,
        "year_fen": each.year_fen,
        "total_fen": each.total_fen,
        "share": None if standing.share is None else rounded(standing.share, 1),
        "ahead": None if standing.ahead is None else rounded(standing.ahead, 1),
        "progress": each.progress,
        "planned": nodes[0] or None,
        "actual": nodes[1] or None,
        "workers": each.workers,
        "problems": each.problems or None,
        "next_step": each.next_step or None,
        "light": None if standing.light == Light.NONE else standing.light,
    }
