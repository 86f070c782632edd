"""What those above do: more time, a higher level, a supervision order; and what an overdue clock does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from shoushan.casework.enums import OPEN, Level, Timed
from shoushan.casework.enums import MatterState as S
from shoushan.casework.lifecycle import effects, guards
from shoushan.casework.lifecycle.access import HANDLE, RULE, SUPERVISE
from shoushan.casework.lifecycle.parts import (
    GIVEN,
    start,
    step,
    void,
)
from shoushan.lifecycle.declarations import STAY, Need, NeedKind

if TYPE_CHECKING:
    from shoushan.casework.kinds import MatterKind
    from shoushan.lifecycle.declarations import Transition


def above(kind: MatterKind) -> tuple[Transition, ...]:
    """Every step of those above, and of time."""
    return (*_extending(kind), *_pressing(kind))


def _extending(kind: MatterKind) -> tuple[Transition, ...]:
    """Another person decides on more time."""
    return (
        step(
            kind,
            "grant_extension",
            _("同意延期"),
            frozenset({S.WORKING}),
            STAY,
            RULE,
            "extension_granted",
            when=(guards.EXTENSION_ASKED, guards.ANOTHER_PERSON),
            effect=effects.grant_extension,
        ),
        step(
            kind,
            "refuse_extension",
            _("不同意延期"),
            frozenset({S.WORKING}),
            STAY,
            RULE,
            "extension_refused",
            when=(guards.EXTENSION_ASKED, guards.ANOTHER_PERSON),
            is_reasoned=True,
            effect=effects.refuse_extension,
        ),
    )


def _pressing(kind: MatterKind) -> tuple[Transition, ...]:
    """One level up, an order, an overdue clock."""
    return (
        step(
            kind,
            "raise_level",
            _("提级办理"),
            frozenset({S.DISPATCHED, S.WORKING}),
            S.RAISED,
            HANDLE,
            "level_raised",
            needs=(Need("level", _("办理层级"), NeedKind.CHOICE, choices=lambda _matter: list(Level.choices)),),
            when=(guards.BELOW_CITY,),
            clocks=(*void(Timed.RESPOND, Timed.PLAN), start(Timed.DISPATCH)),
            is_reasoned=True,
            effect=effects.raise_level,
        ),
        step(
            kind,
            "supervise",
            _("督办"),
            GIVEN,
            STAY,
            SUPERVISE,
            "supervised",
            needs=(
                Need("demand", _("督办要求"), NeedKind.LONG_TEXT),
                Need("days", _("反馈时限（工作日）"), NeedKind.WHOLE),
            ),
            when=(guards.DAYS_RIGHT,),
            effect=effects.supervise,
        ),
        step(
            kind,
            "fall_due",
            _("逾期升级"),
            OPEN,
            STAY,
            HANDLE,
            "overdue",
            needs=(Need("clock", _("时限")), Need("occasion", _("时点")), Need("purpose", _("事项"))),
            is_by_system=True,
            effect=effects.fall_due,
            moves=effects.due_moves,
        ),
    )
