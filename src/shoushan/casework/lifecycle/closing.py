"""Nothing is closed without a call-back: by the office, or by those who raised it themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from shoushan.casework.enums import MatterState as S
from shoushan.casework.enums import Satisfaction, Timed
from shoushan.casework.lifecycle import effects, guards
from shoushan.casework.lifecycle.access import CALL_BACK, DISPATCH, RULE
from shoushan.casework.lifecycle.parts import (
    start,
    step,
    stop,
)
from shoushan.lifecycle.declarations import Need, NeedKind

if TYPE_CHECKING:
    from shoushan.casework.kinds import MatterKind
    from shoushan.lifecycle.declarations import Transition

SATISFIED: Final = [(each.value, each.label) for each in (Satisfaction.SATISFIED, Satisfaction.MOSTLY)]
EVALUATION: Final = (
    Need("satisfaction", _("评价"), NeedKind.CHOICE, choices=lambda _matter: list(SATISFIED)),
    Need("note", _("意见"), NeedKind.LONG_TEXT, is_required=False),
)
ANSWERED: Final = frozenset({S.ANSWERED})
AGAIN: Final = (*stop(Timed.CALL_BACK), start(Timed.CLOSE))


def closing(kind: MatterKind) -> tuple[Transition, ...]:
    """Every step from the answer to the archive."""
    return (*_calling_back(kind), *_judging(kind), *_putting_away(kind))


def _calling_back(kind: MatterKind) -> tuple[Transition, ...]:
    """The office asks whether the answer satisfies."""
    return (
        step(
            kind,
            "call_back",
            _("回访满意，办结"),
            ANSWERED,
            S.CLOSED,
            CALL_BACK,
            "closed",
            needs=EVALUATION,
            clocks=stop(Timed.CALL_BACK),
            effect=effects.tell_closed,
            moves=effects.evaluation_moves,
        ),
        step(
            kind,
            "send_to_be_redone",
            _("回访不满意，退回重办"),
            ANSWERED,
            S.WORKING,
            CALL_BACK,
            "reopened",
            when=(guards.MAY_REOPEN,),
            clocks=AGAIN,
            is_reasoned=True,
            effect=effects.reopen,
            moves=effects.evaluation_moves,
        ),
    )


def _judging(kind: MatterKind) -> tuple[Transition, ...]:
    """Those who raised it say themselves whether it satisfies."""
    return (
        step(
            kind,
            "evaluate",
            _("评价并办结"),
            ANSWERED,
            S.CLOSED,
            kind.apply_permission,
            "closed",
            needs=EVALUATION,
            clocks=stop(Timed.CALL_BACK),
            effect=effects.tell_closed,
            moves=effects.evaluation_moves,
        ),
        step(
            kind,
            "reject_answer",
            _("不满意，要求重办"),
            ANSWERED,
            S.WORKING,
            kind.apply_permission,
            "reopened",
            when=(guards.MAY_REOPEN,),
            clocks=AGAIN,
            is_reasoned=True,
            effect=effects.reopen,
            moves=effects.evaluation_moves,
        ),
    )


def _putting_away(kind: MatterKind) -> tuple[Transition, ...]:
    """Closed though it does not satisfy, after two more tries; the archive."""
    return (
        step(
            kind,
            "close_dissatisfied",
            _("审定办结（仍不满意）"),
            ANSWERED,
            S.CLOSED,
            RULE,
            "closed",
            when=(guards.WAS_REOPENED,),
            clocks=stop(Timed.CALL_BACK),
            is_reasoned=True,
            effect=effects.close_dissatisfied,
            moves=effects.evaluation_moves,
        ),
        step(kind, "archive", _("归档"), frozenset({S.CLOSED}), S.ARCHIVED, DISPATCH, "archived"),
    )
