"""A stage's day that was entered wrongly: said anew with its reason. The step keeps its old day, the figures take the new."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from shoushan.apps.projects import chart
from shoushan.apps.projects.models import Project
from shoushan.apps.projects.selectors.stages import (
    CORRECTIONS,
    LIFECYCLE,
    TAKEN_OVER,
    Move,
    first_of_list_year,
    moves_of,
)
from shoushan.directory.actors import actor_code
from shoushan.ledger import api as ledger
from shoushan.lifecycle.declarations import Occasion
from shoushan.lifecycle.errors import MissingError
from shoushan.lifecycle.models import Step

MOST_ENTRIES: Final = 5_000
"""More than a project ever has."""


class Place(NamedTuple):
    """A stage among the steps of a project: the step that began it, where there is one, that before and that after it."""

    own: Move | None
    before: Move | None
    after: Move | None


def start(project: Project, occasion: Occasion) -> None:
    """The day of its start as it was in truth."""
    _correct(project, occasion, "correct_start", "start")


def completion(project: Project, occasion: Occasion) -> None:
    """The day of its acceptance as it was in truth."""
    _correct(project, occasion, "correct_completion", "complete")


def _correct(project: Project, occasion: Occasion, name: str, step: str) -> None:
    """The record has the new day already. Where a step of ours began the stage, its entry is taken back and made anew."""
    _stage, field = CORRECTIONS[name]
    day: date = occasion.values[field]
    place = _place(project, step)
    _check(project, occasion, field, day, place)
    if place.own is None:
        return
    counted = max(day, place.before.on) if place.before else day
    if place.after is None:
        project.state_on = counted
    _restate(project, occasion, name, place.own, counted)


def _place(project: Project, step: str) -> Place:
    moves = moves_of(project)
    at = next((number for number, each in enumerate(moves) if each.transition == step), None)
    if at is None:
        return Place(None, None, None)
    return Place(moves[at], moves[at - 1] if at else None, moves[at + 1] if at + 1 < len(moves) else None)


def _check(project: Project, occasion: Occasion, field: str, day: date, place: Place) -> None:
    """The new day lies between the steps before and after, and a project is completed after it was started."""
    firsts, lasts = [], [occasion.on]
    if place.before is not None:
        is_taken = place.before.transition == TAKEN_OVER
        firsts.append((is_taken and first_of_list_year(project)) or place.before.on)
    if place.after is not None:
        lasts.append(place.after.on)
    if field == "completed_on" and project.started_on:
        firsts.append(project.started_on)
    if field == "started_on" and project.completed_on:
        lasts.append(project.completed_on)
    words = {"day": day.isoformat()}
    if day > min(lasts):
        words["last"] = min(lasts).isoformat()
        raise MissingError(
            {
                field: _("%(day)s 晚于 %(last)s，应不晚于下一步的日期和今天；后面的日期也有误的，请先更正后面的。")
                % words
            }
        )
    if firsts and day < max(firsts):
        words["first"] = max(firsts).isoformat()
        raise MissingError(
            {field: _("%(day)s 早于 %(first)s，应不早于上一步的日期；前面的日期也有误的，请先更正前面的。") % words}
        )


def _restate(project: Project, occasion: Occasion, name: str, own: Move, counted: date) -> None:
    """Take back the entry of the step, or of its last correction, and post the same moves on the day that counts."""
    actor = actor_code(occasion.actor)
    entry = _entry_in_force(project, name, own)
    if entry is None or entry.occurred_on == counted:
        return
    key = _key(project, name, project.revision)
    ledger.reverse(
        key=entry.key,
        reversal_key=f"{key}/reversal",
        at=occasion.at,
        actor=actor,
        kind=chart.STANDING_CORRECTED,
        reason="日期已更正",
    )
    ledger.post(
        key=key,
        kind=entry.kind,
        occurred_on=counted,
        subject=project.subject,
        moves=[ledger.Move(*move) for move in entry.moves],
        at=occasion.at,
        actor=actor,
        details=entry.details,
    )


def _key(project: Project, name: str, revision: int) -> str:
    return f"{LIFECYCLE}/{project.code}/{revision}/{name}"


def _entry_in_force(project: Project, name: str, own: Move) -> ledger.EntryLine | None:
    """The entry that counts: that of the newest correction which moved one, else that of the step."""
    corrected = Step.objects.filter(subject=project.subject, transition=name).values_list("revision", flat=True)
    keys = {_key(project, name, revision) for revision in corrected}
    newest = max(
        (each for each in ledger.timeline(project.subject, limit=MOST_ENTRIES) if each.key in keys), default=None
    )
    return newest or ledger.entry(own.entry_id)
