"""Projects that a year plans to complete or has completed, with the premises that they bring (竣工、新增载体)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from shoushan.apps.projects.enums.projects import CompletionProgress, MilestoneKey, ProjectStage
from shoushan.apps.projects.models import CompletionStatement, Milestone, Project, ProjectPlan
from shoushan.apps.projects.selectors.names import project_like
from shoushan.apps.projects.selectors.portfolio import portfolio
from shoushan.registry.built import Built, built_by

Newest = TypeVar("Newest", bound=Model)
DONE = (ProjectStage.COMPLETED, ProjectStage.IN_USE)


@dataclass(frozen=True, slots=True)
class Completion:
    """One project: what its plan, its milestone, its acceptance, its buildings and the last statement say."""

    project: Project
    end_year: int | None
    planned_sqm: int
    milestone: Milestone | None
    statement: CompletionStatement | None
    built: Built | None
    on: date

    @property
    def is_done(self) -> bool:
        """Has its completion been confirmed, of a day not after the one asked for?"""
        completed = self.project.completed_on
        return self.is_completed_now and (completed is None or completed <= self.on)

    @property
    def is_completed_now(self) -> bool:
        """Has its completion been confirmed, of whatever day?"""
        return self.project.state in DONE

    @property
    def completed_on(self) -> date | None:
        """The day of its acceptance."""
        return self.project.completed_on if self.is_done else None

    @property
    def planned_on(self) -> date | None:
        """The day planned, where one was."""
        return self.milestone.planned_on if self.milestone else None

    @property
    def forecast_on(self) -> date | None:
        """The day expected now, where it is another than planned."""
        return self.milestone.forecast_on if self.milestone and not self.is_done else None

    @property
    def day(self) -> date | None:
        """When it was completed; until then when it is expected."""
        if self.is_done:
            return self.completed_on
        return self.forecast_on or self.planned_on

    @property
    def state(self) -> CompletionProgress:
        """Completed, late, or still to come."""
        if self.is_done:
            return CompletionProgress.DONE
        is_late = (self.planned_on or date(self.end_year or self.on.year, 12, 31)) < self.on
        return CompletionProgress.LATE if is_late else CompletionProgress.OPEN

    @property
    def is_planned(self) -> bool:
        """Was it planned for this year?"""
        return self.end_year == self.on.year

    @property
    def area_sqm(self) -> int | None:
        """As accepted; until then as was stated last, else as planned."""
        if self.is_done and self.project.premises_done_sqm is not None:
            return self.project.premises_done_sqm
        if self.statement is not None and self.statement.area_sqm is not None:
            return self.statement.area_sqm
        return self.planned_sqm or None

    @property
    def is_area_stated(self) -> bool:
        """Does the area come from a statement alone?"""
        is_accepted = self.is_done and self.project.premises_done_sqm is not None
        return not is_accepted and self.statement is not None and self.statement.area_sqm is not None

    @property
    def lettable_sqm(self) -> int | None:
        """Of its buildings; before they stand as was stated."""
        if self.built is not None:
            return _whole(self.built.lettable_sqm)
        return self.statement.lettable_sqm if self.statement else None

    @property
    def absorbed_sqm(self) -> int | None:
        """What is let in its buildings; before they stand as was stated."""
        if self.built is not None:
            return _whole(self.built.let_sqm)
        return self.statement.absorbed_sqm if self.statement else None

    @property
    def prospects(self) -> str:
        """Enterprises that are interested."""
        return self.statement.prospects if self.statement else ""


def _whole(area: Decimal) -> int:
    return int(area.quantize(Decimal(1), ROUND_HALF_UP))


def completions(
    *, year: int, areas: Sequence[str], on: date, area: str = "", state: str = "", text: str = ""
) -> list[Completion]:
    """Projects of the lists of a year to be completed in it or completed in it, the earliest day first, those without last."""
    found = (
        portfolio(areas=areas, year=year)
        .filter(Q(end_year=year) | Q(completed_on__year=year))
        .exclude(state=ProjectStage.WITHDRAWN)
    )
    if area:
        found = found.filter(area_code=area)
    if text:
        found = found.filter(project_like(text))
    lines = completions_of(found, year=year, on=on)
    shown = [each for each in lines if not state or each.state == state]
    return sorted(shown, key=lambda each: (each.day is None, each.day or date.max, each.project.pk))


def completions_of(projects: Iterable[Any], *, year: int, on: date) -> list[Completion]:
    """The same of given projects."""
    own = list(projects)
    ids = [each.pk for each in own]
    plans = {each.project_id: each for each in _newest(ProjectPlan.objects.filter(year=year), ids, "revision")}
    acceptance = Milestone.objects.filter(key=MilestoneKey.ACCEPTANCE)
    milestones = {each.project_id: each for each in _newest(acceptance, ids, "revision")}
    said = CompletionStatement.objects.filter(stated_on__lte=on)
    statements = {each.project_id: each for each in _newest(said, ids, "stated_on", "revision")}
    built = built_by([each.code for each in own], on=on)
    return [
        Completion(
            project=each,
            end_year=plans[each.pk].end_year if each.pk in plans else None,
            planned_sqm=plans[each.pk].premises_sqm if each.pk in plans else 0,
            milestone=milestones.get(each.pk),
            statement=statements.get(each.pk),
            built=built.get(each.code),
            on=on,
        )
        for each in own
    ]


def completion_of(project: Project, *, year: int, on: date) -> Completion | None:
    """Of one project, where the year completes it or something was said of it."""
    (line,) = completions_of([project], year=year, on=on)
    return line if line.is_planned or line.is_done or line.statement or line.built else None


def _newest(found: QuerySet[Newest], ids: Sequence[int], *order: str) -> QuerySet[Newest]:
    """In the order in which a later one replaces an earlier."""
    return found.filter(project_id__in=ids).order_by(*order)
