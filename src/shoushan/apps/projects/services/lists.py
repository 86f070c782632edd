"""Lists of key projects come in: projects are entered or moved on, put on lists, and their plans approved or adjusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from shoushan.apps.projects import books
from shoushan.apps.projects.enums.projects import Level, ProjectStage
from shoushan.apps.projects.lifecycle import PROJECTS, keep_profile
from shoushan.apps.projects.models import ListMembership, Project, ProjectPart, ProjectPlan, ZoneStay
from shoushan.apps.projects.selectors.lists import PLAN_FIELDS, PROJECT_FIELDS
from shoushan.directory.actors import actor_code
from shoushan.lib import texts
from shoushan.lifecycle.numbering import next_code
from shoushan.lifecycle.services import advance, begin

if TYPE_CHECKING:
    from shoushan.directory.models import User

LEVELS_BELOW: Final = {
    Level.DISTRICT: (Level.DISTRICT,),
    Level.CITY: (Level.DISTRICT, Level.CITY),
    Level.PROVINCE: (Level.DISTRICT, Level.CITY, Level.PROVINCE),
    Level.NATION: (Level.DISTRICT, Level.CITY, Level.PROVINCE, Level.NATION),
}
"""A list names the highest level; a project of the city is on the district's list too, and is counted once a level."""


@dataclass(frozen=True, slots=True)
class ListLine:
    """One row of a list, ready to be recorded. `project_id` is None for one that is not known yet."""

    project_id: int | None
    name: str
    area_code: str
    level: str
    stage: str
    project: tuple[Any, ...]
    """In the order of PROJECT_FIELDS."""
    plan: tuple[Any, ...]
    """In the order of PLAN_FIELDS."""
    source_row: int | None = None


@dataclass(frozen=True, slots=True)
class PartLine:
    """One of the works of a packaged row, which is named by the key of its name."""

    package_key: str
    name: str
    content: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a list came: its year, the day from which it is in force, the file, who and when."""

    year: int
    on: date
    at: datetime
    actor: User | None
    source_id: int | None = None
    reason: str = ""

    @property
    def actor_code(self) -> str:
        """As the ledger names who entered it."""
        return actor_code(self.actor)


@transaction.atomic
def take_lines(lines: Sequence[ListLine], arrival: Arrival) -> list[Project]:
    """Record rows of a list; a plan that says something else than the one in force is an adjustment."""
    taken = [_take(line, arrival) for line in lines]
    books.sync([project.pk for project in taken], at=arrival.at, actor=arrival.actor_code)
    return taken


@transaction.atomic
def take_parts(lines: Sequence[PartLine], arrival: Arrival) -> None:
    """Record the works of packaged rows; the rows are there."""
    packages = {
        each.name_key: each for each in Project.objects.filter(name_key__in={line.package_key for line in lines})
    }
    for line in lines:
        ProjectPart.objects.update_or_create(
            project=packages[line.package_key],
            name=line.name,
            defaults={"content": line.content, "until": None},
            create_defaults={"content": line.content, "since": arrival.on},
        )
    books.sync([each.pk for each in packages.values()], at=arrival.at, actor=arrival.actor_code)


def _take(line: ListLine, arrival: Arrival) -> Project:
    values = dict(zip(PROJECT_FIELDS, line.project, strict=True))
    if line.project_id is None:
        project = Project(
            code=next_code("PRJ", on=arrival.on),
            name=line.name,
            name_key=texts.match_key(line.name),
            area_code=line.area_code,
            **values,
        )
        begin(PROJECTS, project, on=arrival.on, at=arrival.at, actor=arrival.actor)
        if line.stage and line.stage != ProjectStage.PLANNING:
            words = {"stage": line.stage}
            project = advance(PROJECTS, project.pk, "take_over", actor=None, at=arrival.at, on=arrival.on, values=words)
    else:
        project = Project.objects.select_for_update().get(pk=line.project_id)
        for name, value in values.items():
            setattr(project, name, value)
        project.save(update_fields=[name.removesuffix("_id") for name in PROJECT_FIELDS])
    keep_profile(project, on=arrival.on, at=arrival.at, actor=arrival.actor, reason=arrival.reason)
    _place_in_zone(project, arrival)
    _put_on_lists(project, line.level, arrival)
    enter_plan(project, dict(zip(PLAN_FIELDS, line.plan, strict=True)), arrival, source_row=line.source_row)
    return project


def _place_in_zone(project: Project, arrival: Arrival) -> None:
    """In the zone that the list names from this day on; what was before stays known."""
    newest = project.zone_stays.last()
    if project.zone_id is None or (newest is not None and newest.zone_id == project.zone_id):
        return
    ZoneStay.objects.create(
        project=project,
        zone_id=project.zone_id,
        since=max(arrival.on, newest.since) if newest else arrival.on,
        entered_at=arrival.at,
        entered_by=arrival.actor,
    )


def _put_on_lists(project: Project, level: str, arrival: Arrival) -> None:
    """On the lists of the level named and those below it; off those above it from this day on."""
    there = {each.level: each for each in project.memberships.filter(year=arrival.year).order_by("since")}
    wanted = LEVELS_BELOW[Level(level)]
    for each in wanted:
        membership = there.get(each)
        if membership is None or (membership.until is not None and membership.until < arrival.on):
            ListMembership.objects.create(project=project, year=arrival.year, level=each, since=arrival.on)
        elif membership.until is not None:  # taken off and put back without a day between
            membership.until = None
            membership.save(update_fields=["until"])
    for name, membership in there.items():
        if name not in wanted and membership.until is None:
            membership.until = max(arrival.on, membership.since)
            membership.save(update_fields=["until"])


def enter_plan(
    project: Project, values: dict[str, Any], arrival: Arrival, *, source_row: int | None = None
) -> ProjectPlan:
    """The plan of a year: approved where there is none, adjusted where it differs, left alone where it is the same."""
    newest = project.plans.filter(year=arrival.year).order_by("-revision").first()
    if newest is not None and all(getattr(newest, name) == values[name] for name in PLAN_FIELDS):
        return newest
    return ProjectPlan.objects.create(
        project=project,
        year=arrival.year,
        revision=newest.revision + 1 if newest else 1,
        effective_on=max(arrival.on, newest.effective_on) if newest else arrival.on,
        reason=arrival.reason if newest else "",
        entered_at=arrival.at,
        entered_by=arrival.actor,
        source_id=arrival.source_id,
        source_row=source_row,
        **values,
    )
