"""The days of a project's stages: as its steps say them, and as they were corrected since."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final, NamedTuple

from shoushan.apps.projects.enums.projects import ProjectStage
from shoushan.apps.projects.models import Project
from shoushan.lib import days, rows
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


def moves_of(project: Project) -> list[Move]:
    """Its steps from one stage to another, and from one area to another, in their order."""
    taken = Step.objects.filter(subject=project.subject, lifecycle=LIFECYCLE).order_by("revision")
    fields = ("revision", "transition", "source", "target", "occurred_on", "entry_id")
    return [
        Move(revision, name, target, on, entry)
        for revision, name, source, target, on, entry in taken.values_list(*fields)
        if source != target or name == "relocate"
    ]


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


def corrected_days(subjects: Collection[str]) -> dict[str, dict[str, date]]:
    """By subject, the days of stages that were corrected: the last correction counts. One query for all."""
    found: dict[str, dict[str, date]] = {}
    for part in rows.chunks(sorted(subjects), 400):
        taken = Step.objects.filter(subject__in=part, lifecycle=LIFECYCLE, transition__in=CORRECTIONS)
        for subject, name, values in taken.order_by("revision").values_list("subject", "transition", "values"):
            stage, field = CORRECTIONS[name]
            day = days.read_day(values[field]).value
            if isinstance(day, date):
                found.setdefault(subject, {})[stage] = day
    return found
