"""Small helpers of the declarations in this package."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

from shoushan.casework.clocks import kind_name
from shoushan.casework.enums import MatterState as S
from shoushan.casework.enums import Timed
from shoushan.casework.lifecycle import effects
from shoushan.casework.terms import terms_of
from shoushan.lifecycle.declarations import ClockEffect, ClockVerb, Guard, Need, NeedKind, Occasion, Transition

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from shoushan.casework.kinds import MatterKind
    from shoushan.ledger.api import Move

IN_WORK: Final = frozenset({S.WORKING, S.WAITING})
GIVEN: Final = frozenset({S.DISPATCHED, S.WORKING, S.WAITING})
EVERY_CLOCK: Final = (Timed.DISPATCH, Timed.RESPOND, Timed.PLAN, Timed.CLOSE, Timed.CALL_BACK)
LEAD: Final = Need(
    "office", _("责任单位"), NeedKind.CHOICE, choices=effects.organisations, are_names=True, initial=effects.route_lead
)
PROOF: Final = Need("proof", _("佐证材料"), NeedKind.FILE, is_required=False)


def _terms(step: Timed) -> Callable[[Any, Occasion], dict[str, Any]]:
    return lambda matter, occasion: terms_of(matter, step, on=occasion.on)


def start(step: Timed) -> ClockEffect:
    """The clock of a step begins to run, as the rule of the kind says."""
    return ClockEffect(ClockVerb.START, kind_name(step), _terms(step))


def stop(*steps: Timed) -> tuple[ClockEffect, ...]:
    """These clocks end, met or missed."""
    return tuple(ClockEffect(ClockVerb.STOP, kind_name(step)) for step in steps)


def void(*steps: Timed) -> tuple[ClockEffect, ...]:
    """These clocks end without an outcome."""
    return tuple(ClockEffect(ClockVerb.VOID, kind_name(step)) for step in steps)


def pause(*steps: Timed) -> tuple[ClockEffect, ...]:
    """These clocks stand still."""
    return tuple(ClockEffect(ClockVerb.PAUSE, kind_name(step)) for step in steps)


def resume(*steps: Timed) -> tuple[ClockEffect, ...]:
    """These clocks run again."""
    return tuple(ClockEffect(ClockVerb.RESUME, kind_name(step)) for step in steps)


def step(
    kind: MatterKind,
    name: str,
    label: StrOrPromise,
    sources: frozenset[S],
    target: str,
    permission: str,
    event: str,
    *,
    needs: tuple[Need, ...] = (),
    when: tuple[Guard, ...] = (),
    clocks: tuple[ClockEffect, ...] = (),
    is_reasoned: bool = False,
    is_by_system: bool = False,
    effect: Callable[[Any, Occasion], None] | None = None,
    moves: Callable[[Any, Occasion], Sequence[Move]] | None = None,
) -> Transition:
    """A step of a matter of this kind."""
    return Transition(
        name=name,
        label=label,
        sources=frozenset(state.value for state in sources),
        target=target,
        permission=permission,
        kind=f"{kind.code}_{event}",
        needs=needs,
        guards=when,
        clocks=clocks,
        is_reason_required=is_reasoned,
        is_by_system=is_by_system,
        effect=effect,
        moves=moves,
    )
