"""What can be done with a record next, and what it still takes: shown before a step is tried."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from shoushan.directory.access import NotAllowedError
from shoushan.lifecycle import services
from shoushan.lifecycle.declarations import Lifecycle, Occasion, Transition
from shoushan.lifecycle.models import LifecycleRecord, Step

if TYPE_CHECKING:
    from shoushan.directory.models import User


@dataclass(frozen=True, slots=True)
class Requirement:
    """One rule of a step: what must be so, and the sentence while it is not."""

    label: str
    problem: str

    @property
    def is_met(self) -> bool:
        """Nothing stands in the way."""
        return not self.problem


@dataclass(frozen=True, slots=True)
class Option:
    """One step from the present state: may this person take it, and what does it take."""

    step: Transition
    refusal: str
    """Why this person may not; "" when they may."""
    requirements: list[Requirement]

    @property
    def problem(self) -> str:
        """The first reason why it can't be taken now."""
        return self.refusal or next((each.problem for each in self.requirements if each.problem), "")

    @property
    def is_open(self) -> bool:
        """It can be tried."""
        return not self.problem


def options(lifecycle: Lifecycle, record: LifecycleRecord, *, user: User, on: date, at: datetime) -> list[Option]:
    """Every step out of the record's state that a person may take somewhere, with its requirements for this record."""
    return [
        option(lifecycle, step, record, user=user, on=on, at=at)
        for step in lifecycle.leaving(record.state)
        if not step.is_by_system
    ]


def option(
    lifecycle: Lifecycle, step: Transition, record: LifecycleRecord, *, user: User, on: date, at: datetime
) -> Option:
    """One step, looked at by one person. Guards that ask for values of the form are judged when it is sent."""
    refusal = ""
    try:
        services.check_may(lifecycle, step, record, user, on=on)
    except NotAllowedError as error:
        refusal = error.sentence
    occasion = Occasion(at, on, user)
    requirements = [Requirement(str(guard.label), guard.problem(record, occasion)) for guard in step.guards]
    return Option(step, refusal, requirements)


def timeline(lifecycle: Lifecycle, record: LifecycleRecord) -> list[dict[str, Any]]:
    """The steps that were taken, newest first, each with the number of its entry in the ledger."""
    steps = Step.objects.filter(subject=record.subject, lifecycle=lifecycle.code)
    found = (
        steps.select_related("actor", "on_behalf_of", "organisation").prefetch_related("evidence").order_by("-revision")
    )
    return [{"step": step, "label": _label(lifecycle, step), "target": lifecycle.state(step.target)} for step in found]


def _label(lifecycle: Lifecycle, step: Step) -> str:
    declared = lifecycle.transition(step.transition)
    return str(declared.label) if declared else step.transition
