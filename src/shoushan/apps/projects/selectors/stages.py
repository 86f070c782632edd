"""The days of a project's stages: as its steps say them, and as they were corrected since."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final, NamedTuple

from shoushan.apps.projects.enums.projects import ProjectStage
from shoushan.apps.projects.models import Project
from shoushan.lib import days as reading
from shoushan.lib import rows
from shoushan.lifecycle.models import Step

LIFECYCLE: Final = "projects.project"
TAKEN_OVER: Final = "take_over"
CORRECTIONS: Final = {
    "correct_start": (ProjectStage.STARTED, "started_on"),
    "correct_completion": (ProjectStage.COMPLETED, "completed_on"),
}
"""Steps that say anew on which day a stage began: the stage, and where the step keeps the day."""


class Move(NamedTuple):
    """A step that changed where a project is counted."""

    revision: int
    transition: str
    target: str
    on: date
    entry_id: int


class Span(NamedTuple):
    """A stage in which a project was or is: `until` is the first day of the next one, None while it lasts."""

    stage: ProjectStage
    since: date
    until: date | None
    days: int


Taken = list[tuple[Move, str, dict[str, str]]]
"""Every step of a project in order, with the stage that it left and what it was told."""


def _taken(subjects: Collection[str]) -> dict[str, Taken]:
    found: dict[str, Taken] = {}
    for part in rows.chunks(sorted(subjects), 400):
        taken = Step.objects.filter(subject__in=part, lifecycle=LIFECYCLE).order_by("revision")
        fields = ("subject", "revision", "transition", "target", "occurred_on", "entry_id", "source", "values")
        for subject, *move, source, values in taken.values_list(*fields):
            found.setdefault(subject, []).append((Move(*move), source, values))
    return found


def moves_of(project: Project) -> list[Move]:
    """Its steps from one stage to another, and from one area to another, in their order, as they were entered."""
    taken = _taken([project.subject]).get(project.subject, [])
    return [move for move, source, _values in taken if source != move.target or move.transition == "relocate"]


def stages_on(subjects: Collection[str], day: date) -> dict[str, str]:
    """The stage of projects at the end of a day, by subject; of one that took its first step later the stage before it.

    Days that were corrected count. One that took no step yet is left out.
    """
    found: dict[str, str] = {}
    for subject, taken in _taken(subjects).items():
        stage = taken[0][1] or ProjectStage.PLANNING.value
        for begun, since in _begun(taken):
            stage = begun.value if since <= day else stage
        found[subject] = stage
    return found


def way_of(project: Project, *, on: date) -> tuple[dict[str, date], list[Span]]:
    """On which day each stage began, for the last time, and how long each lasted up to a day; days that were corrected count.

    Where the first step left the first stage, that one began when the project came onto its first list.
    """
    taken = _taken([project.subject]).get(project.subject, [])
    begun, corrected = _begun(taken), _corrected(taken)
    days = {stage.value: day for stage, day in begun} | {stage.value: day for stage, day in corrected.items()}
    if not taken or not begun:
        begun = [(ProjectStage(project.state), project.state_on)]
    elif taken[0][0].transition != TAKEN_OVER:
        listed = project.memberships.order_by("since").values_list("since", flat=True).first()
        if listed is not None and listed < begun[0][1]:
            begun.insert(0, (ProjectStage.PLANNING, listed))
    return days, _spans(begun, on)


def _begun(taken: Taken) -> list[tuple[ProjectStage, date]]:
    """The stages that steps led to, each with its day."""
    corrected = _corrected(taken)
    return [
        (ProjectStage(move.target), corrected.get(ProjectStage(move.target), move.on) if _is_own(move) else move.on)
        for move, source, _values in taken
        if source != move.target
    ]


def _is_own(move: Move) -> bool:
    """Does the step say when the stage began? What is resumed began before."""
    return move.transition in {"start", "complete", TAKEN_OVER}


def _corrected(taken: Taken) -> dict[ProjectStage, date]:
    """The days of stages that were corrected: the last correction counts."""
    found: dict[ProjectStage, date] = {}
    for move, _source, values in taken:
        _correct(found, move.transition, values)
    return found


def _correct(found: dict[ProjectStage, date], transition: str, values: dict[str, str]) -> None:
    if transition in CORRECTIONS:
        stage, field = CORRECTIONS[transition]
        day = reading.read_day(values[field]).value
        if isinstance(day, date):
            found[stage] = day


def _spans(begun: list[tuple[ProjectStage, date]], on: date) -> list[Span]:
    found = []
    for place, (stage, since) in enumerate(begun):
        until = begun[place + 1][1] if place + 1 < len(begun) else None
        last = since if stage == ProjectStage.WITHDRAWN else until or on
        found.append(Span(stage, since, until, max(0, (last - since).days)))
    return found


def first_day_of_list(project: Project) -> date | None:
    """1 January of the year of the list by which a project came, while it has taken no step of its own; else None.

    A list says where a project is on the list's day, not since when: what happened earlier in that year is confirmed
    afterwards with its own day.
    """
    moves = moves_of(project)
    if not moves or any(each.transition != TAKEN_OVER for each in moves):
        return None
    return first_of_list_year(project)


def first_of_list_year(project: Project) -> date | None:
    """1 January of the year of the first list on which a project was; None where it never was on one."""
    year = project.memberships.order_by("year").values_list("year", flat=True).first()
    return date(year, 1, 1) if year else None


def corrected_days(subjects: Collection[str]) -> dict[str, dict[ProjectStage, date]]:
    """By subject, the days of stages that were corrected: the last correction counts. One query for all."""
    found: dict[str, dict[ProjectStage, date]] = {}
    for part in rows.chunks(sorted(subjects), 400):
        taken = Step.objects.filter(subject__in=part, lifecycle=LIFECYCLE, transition__in=CORRECTIONS)
        for subject, name, values in taken.order_by("revision").values_list("subject", "transition", "values"):
            _correct(found.setdefault(subject, {}), name, values)
    return found
