"""How a lifecycle is declared: states, transitions, what a step needs, what stops it. Plain data, free of models.

One declaration serves the service that takes a step, the form that asks for what it needs, the importer, the diagram in
the documents and the test that it is complete.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from shoushan.lib.declaring import declare

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from shoushan.directory.models import User
    from shoushan.ledger.api import Move

STAY: Final = ""
"""As the target of a transition: the record stays in the state in which it is."""


class NeedKind(StrEnum):
    """What a step asks for."""

    TEXT = "TEXT"
    LONG_TEXT = "LONG_TEXT"
    DAY = "DAY"
    WHOLE = "WHOLE"
    CHOICE = "CHOICE"
    FILE = "FILE"


class ClockVerb(StrEnum):
    """What a step does to a clock of its record."""

    START = "START"
    STOP = "STOP"
    PAUSE = "PAUSE"
    RESUME = "RESUME"
    VOID = "VOID"
    """Ends without an outcome: the matter fell away or went to somebody else."""


@dataclass(frozen=True, slots=True)
class State:
    """One place in a lifecycle. `account` is the last part of its ledger account; "" is not counted."""

    code: str
    label: StrOrPromise
    tone: str = "neutral"
    account: str = ""
    is_final: bool = False


@dataclass(frozen=True, slots=True)
class Need:
    """Something that a step asks the person for; kept with the step, and set on the record where it has the field."""

    name: str
    label: StrOrPromise
    kind: NeedKind = NeedKind.TEXT
    is_required: bool = True
    hint: StrOrPromise = ""
    choices: Callable[[Any], Sequence[tuple[str, StrOrPromise]]] | None = None
    """For CHOICE: code and label, which may depend on the record."""
    initial: Callable[[Any], Any] | None = None
    """What the form is filled with; the person may change it."""
    are_names: bool = False
    """The labels of the choices are names, which stay Chinese in every language."""
    is_personal: bool = False
    """The value goes to the record's encrypted column alone; the step keeps only that it was given."""
    most: int = 1
    """For FILE: how many may be handed in."""
    are_photos: bool = False
    """For FILE: pictures alone, no documents."""
    field: str = ""
    """For texts: the record's field that an effect fills with it, where that has another name; it holds no more than the field."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """The circumstances in which a step is taken or looked at."""

    at: datetime
    on: date
    actor: User | None
    values: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Guard:
    """A rule that may stop a step. `problem` answers the sentence that the user reads, "" when nothing is wrong."""

    code: str
    label: StrOrPromise
    """What must be so, for the list of requirements that is shown before the step is tried."""
    problem: Callable[[Any, Occasion], str]


@dataclass(frozen=True, slots=True)
class ClockEffect:
    """What happens to the record's clock of a kind."""

    verb: ClockVerb
    kind: str
    terms: Callable[[Any, Occasion], Mapping[str, Any]] | None = None
    """For START: other terms than the kind's own, as `deadlines.services.start_clock` takes them."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One verb: from which states to which, who may, what it needs, what stops it, what it sets off."""

    name: str
    label: StrOrPromise
    sources: frozenset[str]
    target: str
    """A state, or STAY."""
    permission: str
    kind: str
    """Kind of the ledger entry, `app.noun_participle`."""
    needs: tuple[Need, ...] = ()
    guards: tuple[Guard, ...] = ()
    clocks: tuple[ClockEffect, ...] = ()
    counts_from: str = ""
    """The need of kind DAY that is the day from which the step counts; without one it is the day on which it is taken."""
    earliest: Callable[[Any, Occasion], date | None] | None = None
    """The first day that may be stated for it where the record was entered later than things happened; None for no such
    day. The step and the record keep the day as it was; the ledger, which knew nothing of the record before, counts the
    step from the day of the state before.
    """
    is_reason_required: bool = False
    is_by_system: bool = False
    """Taken by the program alone (a rule, a clock); never offered to a person."""
    effect: Callable[[Any, Occasion], None] | None = None
    """What else changes in the same transaction, after the state; may raise a refusal."""
    after: Callable[[Any, Occasion], None] | None = None
    """What follows in the same transaction once record and entry are kept: what reads the record from the database."""
    moves: Callable[[Any, Occasion], Sequence[Move]] | None = None
    """Further transfers of the same entry, asked for after the effect: what else this step makes countable."""
    tone: str = "default"
    branches: tuple[str, ...] = ()
    """Other states to which the step may lead."""
    choose: Callable[[Any, Occasion], str] | None = None
    """With `branches`: which of them, or `target`, by what the record says once its values are set."""

    @property
    def targets(self) -> tuple[str, ...]:
        """Every state to which the step may lead."""
        return (self.target, *self.branches)

    def target_from(self, source: str) -> str:
        """The state after this step when it is taken from `source`, unless the record branches."""
        return self.target or source


def transitions_of(prefix: str, permission: str) -> Callable[..., Transition]:
    """A short way to declare the transitions of one lifecycle: kinds of entries begin with `prefix`, most need `permission`.

    A step that asks for a day by the name `on` counts from it.
    """

    def transition(
        name: str, label: StrOrPromise, sources: Collection[str], target: str, kind: str, **more: Any
    ) -> Transition:
        more.setdefault("counts_from", "on" if any(need.name == "on" for need in more.get("needs", ())) else "")
        more.setdefault("permission", permission)
        return Transition(
            name=name, label=label, sources=frozenset(sources), target=target, kind=f"{prefix}{kind}", **more
        )

    return transition


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """All states and transitions of one kind of record."""

    code: str
    """`app.noun`, also the prefix of the keys of its entries."""
    label: StrOrPromise
    model: str
    """`app_label.Model`, a LifecycleRecord."""
    initial: str
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
    family: str
    """Ledger account family of the counted states, such as `resumption.applications`."""
    unit: str = "case"
    category: Callable[[Any], str] = lambda _record: ""
    """The category segment of a record's account."""
    clocks: tuple[ClockEffect, ...] = ()
    """Clocks that start with the record itself."""
    officer: Callable[[Any], int | None] = lambda _record: None
    """The account in whose hands a record is, where one person has it."""
    check_access: Callable[[User, Any, str, date], None] | None = None
    """Another check than "holds the permission in the record's area"; raises NotAllowedError."""
    opening: Transition | None = None
    """What a record begins with, where that is a step of its own: kept as its step 0 with the files handed in. Never offered."""

    def state(self, code: str) -> State:
        """The state of this code."""
        return next(state for state in self.states if state.code == code)

    def transition(self, name: str) -> Transition | None:
        """The transition of this name."""
        known = (*self.transitions, self.opening) if self.opening else self.transitions
        return next((transition for transition in known if transition.name == name), None)

    def leaving(self, code: str) -> list[Transition]:
        """The transitions out of a state, in the order of the declaration."""
        return [transition for transition in self.transitions if code in transition.sources]

    @property
    def choices(self) -> list[tuple[str, StrOrPromise]]:
        """States as choices of a model field."""
        return [(state.code, state.label) for state in self.states]


_lifecycles: dict[str, Lifecycle] = {}


def register(*lifecycles: Lifecycle) -> None:
    """Make lifecycles known; apps do so when they are ready. The very same one again changes nothing."""
    for lifecycle in lifecycles:
        if problems := problems_of(lifecycle):
            raise ValueError(f"{lifecycle.code}: {'; '.join(problems)}")
        declare(_lifecycles, lifecycle.code, lifecycle, "lifecycle")


def registered() -> tuple[Lifecycle, ...]:
    """Every lifecycle, by code."""
    return tuple(_lifecycles[code] for code in sorted(_lifecycles))


def lifecycle_of(code: str) -> Lifecycle | None:
    """The lifecycle of this code."""
    return _lifecycles.get(code)


def problems_of(lifecycle: Lifecycle) -> list[str]:
    """What is missing in a declaration: unknown or unreachable states, dead ends that are not final, doubled names."""
    codes = [state.code for state in lifecycle.states]
    names = [transition.name for transition in lifecycle.transitions]
    found = [f"{code} twice" for code in sorted(set(codes)) if codes.count(code) > 1]
    found += [f"{name} twice" for name in sorted(set(names)) if names.count(name) > 1]
    found += [
        f"{t.name}: branches without a choice" for t in lifecycle.transitions if bool(t.branches) != bool(t.choose)
    ]
    for transition in lifecycle.transitions:
        if transition.counts_from and transition.counts_from not in {
            need.name for need in transition.needs if need.kind == NeedKind.DAY
        }:
            found.append(f"{transition.name}: no day {transition.counts_from}")
        unknown = ({*transition.targets} | transition.sources) - {*codes, STAY}
        found += [f"{transition.name}: no state {code}" for code in sorted(unknown)]
    reached, fresh = {lifecycle.initial}, {lifecycle.initial}
    while fresh:
        fresh = {to for t in lifecycle.transitions if t.sources & fresh for to in t.targets if to} - reached
        reached |= fresh
    found += [f"{code} is never reached" for code in codes if code not in reached]
    for state in lifecycle.states:
        has_way_out = any(
            {t.target_from(state.code), *t.branches} - {state.code} for t in lifecycle.leaving(state.code)
        )
        if state.is_final == has_way_out:
            found.append(f"{state.code} is final and has a way out, or neither")
    return found
