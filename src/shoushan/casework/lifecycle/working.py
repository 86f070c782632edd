"""The work: plan, progress, parts for others, waiting, more time, the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from shoushan.casework.enums import MatterState as S
from shoushan.casework.enums import Outcome, Timed, WaitingFor
from shoushan.casework.lifecycle import effects, guards
from shoushan.casework.lifecycle.access import HANDLE
from shoushan.casework.lifecycle.parts import (
    GIVEN,
    IN_WORK,
    PROOF,
    pause,
    resume,
    start,
    step,
    stop,
)
from shoushan.lifecycle.declarations import STAY, Need, NeedKind

if TYPE_CHECKING:
    from shoushan.casework.kinds import MatterKind
    from shoushan.lifecycle.declarations import Transition


def working(kind: MatterKind) -> tuple[Transition, ...]:
    """Every step of the organisation that leads."""
    return (*_doing(kind), *_arranging(kind), *_waiting(kind))


def _doing(kind: MatterKind) -> tuple[Transition, ...]:
    """The plan, the answer, what was done in between."""
    return (
        step(
            kind,
            "plan",
            _("填写办理措施"),
            frozenset({S.WORKING}),
            STAY,
            HANDLE,
            "planned",
            needs=(
                Need("plan", _("办理措施"), NeedKind.LONG_TEXT, initial=lambda matter: matter.plan),
                Need("planned_on", _("完成时限"), NeedKind.DAY),
            ),
            clocks=stop(Timed.PLAN),
        ),
        step(
            kind,
            "answer",
            _("答复反映人"),
            frozenset({S.WORKING}),
            S.ANSWERED,
            HANDLE,
            "answered",
            needs=(
                Need("outcome", _("办理结果"), NeedKind.CHOICE, choices=lambda _matter: list(Outcome.choices)),
                Need("answer", _("答复"), NeedKind.LONG_TEXT),
                PROOF,
            ),
            when=(guards.PLANNED, guards.PARTS_DONE),
            clocks=(*stop(Timed.PLAN, Timed.CLOSE), start(Timed.CALL_BACK)),
            effect=effects.answer,
            moves=effects.due_moves,
        ),
        step(
            kind,
            "report_progress",
            _("更新进展"),
            IN_WORK,
            STAY,
            HANDLE,
            "progress_reported",
            needs=(Need("progress", _("进展"), NeedKind.LONG_TEXT), Need("next_step", _("下一步")), PROOF),
        ),
    )


def _arranging(kind: MatterKind) -> tuple[Transition, ...]:
    """Others who do a part, the person who has it, more time."""
    return (
        step(
            kind,
            "assign",
            _("派给协办单位"),
            IN_WORK,
            STAY,
            HANDLE,
            "part_assigned",
            needs=(
                Need("organisation", _("协办单位"), NeedKind.CHOICE, choices=effects.organisations, are_names=True),
                Need("task", _("协办事项"), NeedKind.LONG_TEXT),
            ),
            when=(guards.NOT_OPEN_THERE,),
            effect=effects.assign,
        ),
        step(
            kind,
            "ask_extension",
            _("申请延期"),
            frozenset({S.WORKING}),
            STAY,
            HANDLE,
            "extension_asked",
            needs=(Need("extension_days", _("延长天数"), NeedKind.WHOLE),),
            when=(guards.NO_EXTENSION_ASKED,),
            is_reasoned=True,
            effect=effects.ask_extension,
        ),
        step(
            kind,
            "appoint",
            _("指定承办人"),
            GIVEN,
            STAY,
            HANDLE,
            "officer_appointed",
            needs=(Need("person", _("承办人"), NeedKind.CHOICE, choices=effects.people_of_lead, are_names=True),),
            effect=effects.appoint,
        ),
    )


def _waiting(kind: MatterKind) -> tuple[Transition, ...]:
    """Somebody else has to answer first: the clocks stand still."""
    return (
        step(
            kind,
            "go_on",
            _("恢复办理"),
            frozenset({S.WAITING}),
            S.WORKING,
            HANDLE,
            "resumed",
            clocks=resume(Timed.PLAN, Timed.CLOSE),
            effect=effects.go_on,
        ),
        step(
            kind,
            "wait",
            _("暂停计时，等待答复"),
            frozenset({S.WORKING}),
            S.WAITING,
            HANDLE,
            "waiting",
            needs=(Need("waiting_for", _("等待"), NeedKind.CHOICE, choices=lambda _matter: list(WaitingFor.choices)),),
            clocks=pause(Timed.PLAN, Timed.CLOSE),
            is_reasoned=True,
            effect=effects.ask_and_wait,
        ),
        step(
            kind,
            "supplement",
            _("补充情况"),
            frozenset({S.WAITING}),
            S.WORKING,
            kind.apply_permission,
            "supplemented",
            needs=(Need("supplement", _("补充的情况"), NeedKind.LONG_TEXT), PROOF),
            clocks=resume(Timed.PLAN, Timed.CLOSE),
            effect=effects.go_on,
        ),
    )
