"""Who does it: dispatch, sign for, hand back at most twice, then a ruling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from shoushan.casework.enums import UNANSWERED, Level, Timed
from shoushan.casework.enums import MatterState as S
from shoushan.casework.lifecycle import effects, guards
from shoushan.casework.lifecycle.access import DISPATCH, HANDLE, RULE
from shoushan.casework.lifecycle.parts import (
    EVERY_CLOCK,
    LEAD,
    start,
    step,
    stop,
    void,
)
from shoushan.lifecycle.declarations import Need, NeedKind

if TYPE_CHECKING:
    from shoushan.casework.kinds import MatterKind
    from shoushan.lifecycle.declarations import Transition


def giving(kind: MatterKind) -> tuple[Transition, ...]:
    """Every step by which a matter comes to an organisation, or leaves it again."""
    return (*_dispatching(kind), *_taking(kind), *_ending(kind))


def _dispatching(kind: MatterKind) -> tuple[Transition, ...]:
    """To an organisation: by a person, by the rule, by a ruling."""
    given = (*stop(Timed.DISPATCH), start(Timed.RESPOND))
    return (
        step(
            kind,
            "dispatch",
            _("分派"),
            frozenset({S.RAISED}),
            S.DISPATCHED,
            DISPATCH,
            "dispatched",
            needs=(
                LEAD,
                Need(
                    "level",
                    _("办理层级"),
                    NeedKind.CHOICE,
                    choices=lambda _matter: list(Level.choices),
                    initial=effects.route_level,
                ),
            ),
            clocks=given,
            effect=effects.give,
        ),
        step(
            kind,
            "route",
            _("按规则分派"),
            frozenset({S.RAISED}),
            S.DISPATCHED,
            DISPATCH,
            "dispatched",
            clocks=given,
            is_by_system=True,
            effect=effects.give_by_rule,
        ),
        step(
            kind,
            "rule",
            _("裁定办理单位"),
            frozenset({S.RULING}),
            S.DISPATCHED,
            RULE,
            "ruled",
            needs=(LEAD,),
            clocks=given,
            is_reasoned=True,
            effect=effects.rule_on,
        ),
    )


def _taking(kind: MatterKind) -> tuple[Transition, ...]:
    """The organisation takes it, or hands it back."""
    return (
        step(
            kind,
            "sign",
            _("签收"),
            frozenset({S.DISPATCHED}),
            S.WORKING,
            HANDLE,
            "signed",
            clocks=(*stop(Timed.RESPOND), start(Timed.PLAN)),
            effect=effects.take,
        ),
        step(
            kind,
            "hand_back",
            _("退回分派"),
            frozenset({S.DISPATCHED}),
            S.RAISED,
            HANDLE,
            "handed_back",
            when=(guards.MAY_HAND_BACK,),
            clocks=(*void(Timed.RESPOND), start(Timed.DISPATCH)),
            is_reasoned=True,
            effect=effects.hand_back,
        ),
        step(
            kind,
            "ask_ruling",
            _("申请裁定"),
            frozenset({S.DISPATCHED}),
            S.RULING,
            HANDLE,
            "ruling_asked",
            when=(guards.MAY_ASK_RULING,),
            clocks=(*void(Timed.RESPOND), start(Timed.DISPATCH)),
            is_reasoned=True,
            effect=effects.ask_ruling,
        ),
    )


def _ending(kind: MatterKind) -> tuple[Transition, ...]:
    """It ends without an answer of its own."""
    return (
        step(
            kind,
            "merge",
            _("并案"),
            UNANSWERED,
            S.MERGED,
            DISPATCH,
            "merged",
            needs=(Need("into", _("并入哪一件（编号）")),),
            when=(guards.INTO_ANOTHER,),
            clocks=void(*EVERY_CLOCK),
            effect=effects.merge,
        ),
        step(
            kind,
            "withdraw",
            _("撤回"),
            UNANSWERED,
            S.WITHDRAWN,
            kind.apply_permission,
            "withdrawn",
            clocks=void(*EVERY_CLOCK),
            is_reasoned=True,
            effect=effects.cancel_parts,
        ),
    )
