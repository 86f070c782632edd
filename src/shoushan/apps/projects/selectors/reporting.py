"""What was true of projects at the end of a day, as their status reports say it: stage, plan, return, milestones, obstacles.

Stages of any record come from its steps, plans from their days, milestones and obstacles from the moment at which they
were entered; a return counts from the last day of its month.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet

from shoushan.apps.projects.enums.permits import OPEN_PERMITS
from shoushan.apps.projects.models import (
    Milestone,
    MonthlyReturn,
    Obstacle,
    Permit,
    Project,
    ProjectPlan,
    StatusReport,
)
from shoushan.apps.projects.selectors.comparison import end_of, names_on
from shoushan.apps.projects.selectors.past import memberships_on, plans_on
from shoushan.apps.projects.selectors.portfolio import Lights
from shoushan.apps.projects.selectors.returns import Standing, last_month
from shoushan.apps.projects.selectors.stages import stages_on
from shoushan.casework.enums import OPEN
from shoushan.directory import scopes
from shoushan.lib import rows
from shoushan.lifecycle.selectors import states_on


class Now(NamedTuple):
    """One project at the end of a day."""

    project: Project
    name: str
    """As it was called then."""
    stage: str
    plan: ProjectPlan | None
    newest: MonthlyReturn | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class Held:
    """Something of a project that has a state, in the state in which it was."""

    record: Any
    state: str


def listed_on(*, year: int, day: date, areas: Sequence[str]) -> QuerySet[Project]:
    """The projects that were on a list of the year at the end of a day."""
    within, held = scopes.within_any(areas, "area_code"), memberships_on(year, day).values("project")
    return Project.objects.filter(within, pk__in=held).select_related("lead", "zone")


def as_they_were(projects: Iterable[Project], *, year: int, day: date) -> list[Now]:
    """Each of the projects at the end of a day, in a number of queries that grows with every five hundred alone."""
    own = list(projects)
    ids = [each.pk for each in own]
    stages, names, lights = stages_on([each.subject for each in own], day), names_on(day, ids), Lights(on=day)
    plans = plans_on(ids, day, year=year)
    returns: dict[int, MonthlyReturn] = {}
    for part in rows.chunks(sorted(ids), 500):
        told = MonthlyReturn.objects.filter(project_id__in=part, month__year=year, month__lte=last_month(day))
        returns |= {each.project_id: each for each in told.order_by("month")}
    found = []
    for each in own:
        plan, newest = plans.get(each.pk), returns.get(each.pk)
        standing = lights.of_return(newest, plan) if newest else Lights.none()
        stage = stages.get(each.subject, each.state)
        found.append(Now(each, names.get(each.pk, each.name), stage, plan, newest, standing))
    return found


def milestones_on(project: Project, day: date) -> list[Milestone]:
    """The milestones as they stood at the end of a day, by the days planned; one reached later isn't reached yet."""
    newest = {each.key: each for each in project.milestones.filter(entered_at__lt=end_of(day)).order_by("revision")}
    return sorted(newest.values(), key=lambda each: (each.planned_on, each.key))


def permits_on(project: Project, day: date) -> list[Held]:
    """The applications for permits that were made by a day, each in its state of then."""
    made = list(Permit.objects.filter(project=project, applied_on__lte=day).select_related("organisation"))
    states = states_on([each.subject for each in made], day)
    held = [Held(each, states[each.subject]) for each in made if each.subject in states]
    return sorted(held, key=lambda each: (each.state not in OPEN_PERMITS, each.record.applied_on, each.record.pk))


def obstacles_on(projects: Collection[int], day: date) -> list[Held]:
    """The obstacles of projects that were open at the end of a day: critical ones first, the oldest first."""
    found: list[Held] = []
    for part in rows.chunks(sorted(projects), 500):
        found += standing_on(Obstacle.objects.filter(project_id__in=part), day)
    return sorted(found, key=lambda each: (not each.record.is_critical, each.record.matter.raised_at, each.record.pk))


def standing_on(obstacles: QuerySet[Obstacle], day: date) -> list[Held]:
    """Those of some obstacles that were raised by the end of a day and open then, the oldest first."""
    raised = obstacles.filter(matter__raised_at__lt=end_of(day)).order_by("matter__raised_at", "matter_id")
    own = list(raised.select_related("matter__lead", "project__lead"))
    states = states_on([each.matter.subject for each in own], day)
    return [Held(each, state) for each in own if (state := states.get(each.matter.subject, "")) in OPEN]


def report_before(*, project: Project | None, area: str, year: int, series: str, as_of: date) -> StatusReport | None:
    """The newest report about the same that counts and is of an earlier day."""
    own = StatusReport.objects.filter(project=project, area_code=area, series=series)
    found = own.filter(as_of__lt=as_of, corrected_by__isnull=True)
    if project is None:
        found = found.filter(year=year)
    return found.order_by("-as_of", "-issued_at").first()


def series_of(project: Project | None, area: str) -> list[str]:
    """The parts of a project or of a portfolio that have been reported on by themselves."""
    own = StatusReport.objects.filter(project=project, area_code=area).exclude(series="")
    return list(own.order_by("series").values_list("series", flat=True).distinct())


def newest_reports(project: Project) -> list[StatusReport]:
    """The newest reports on a project that count."""
    found = StatusReport.objects.filter(project=project, corrected_by__isnull=True)
    return list(found.order_by("-as_of", "-pk")[:5])


def reports_of(*, areas: Sequence[str]) -> QuerySet[StatusReport]:
    """All reports within areas, the newest first."""
    found = StatusReport.objects.filter(scopes.within_any(areas, "area_code"))
    return found.select_related("project", "issued_by__organisation", "corrected_by").order_by("-issued_at", "-pk")
