"""The lifecycle of an assisting organisation's part (协办)."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shoushan.casework.clocks import kind_name
from shoushan.casework.enums import AssignmentState as S
from shoushan.casework.enums import Timed
from shoushan.casework.lifecycle.access import HANDLE, check_part_access
from shoushan.casework.models import Assignment
from shoushan.casework.terms import terms_of
from shoushan.casework.tidings import tell_holder
from shoushan.lifecycle.declarations import (
    ClockEffect,
    ClockVerb,
    Lifecycle,
    Need,
    NeedKind,
    Occasion,
    State,
    Transition,
)

CLOCK: Final = kind_name(Timed.ASSIST)
TONES: Final = {"ASSIGNED": "soon", "SIGNED": "soon", "DONE": "good", "RETURNED": "late"}
FINAL: Final = {S.DONE, S.RETURNED, S.CANCELLED}


def _terms(part: Assignment, occasion: Occasion) -> dict[str, Any]:
    return terms_of(part.matter, Timed.ASSIST, on=occasion.on, subject_code=part.code) | {
        "organisation": part.organisation
    }


def _tell_done(part: Assignment, occasion: Occasion) -> None:
    title = _("%(office)s已完成协办") % {"office": part.organisation}
    tell_holder(part.matter, title, at=occasion.at, occasion=f"done/{part.code}")


def _tell_returned(part: Assignment, occasion: Occasion) -> None:
    title = _("%(office)s退回协办事项") % {"office": part.organisation}
    tell_holder(part.matter, title, at=occasion.at, occasion=f"returned/{part.code}")


ASSIGNMENTS: Final = Lifecycle(
    code="casework.assignment",
    label=gettext_lazy("协办事项"),
    model="casework.Assignment",
    initial=S.ASSIGNED,
    family="casework.assignments",
    check_access=check_part_access,
    clocks=(ClockEffect(ClockVerb.START, CLOCK, _terms),),
    states=tuple(
        State(
            state.value,
            state.label,
            TONES.get(state.value, "neutral"),
            account="" if state == S.CANCELLED else state.value.lower(),
            is_final=state in FINAL,
        )
        for state in S
    ),
    transitions=(
        Transition(
            name="sign",
            label=gettext_lazy("签收协办"),
            sources=frozenset({S.ASSIGNED}),
            target=S.SIGNED,
            permission=HANDLE,
            kind="casework.assignment_signed",
        ),
        Transition(
            name="report_done",
            label=gettext_lazy("报告协办结果"),
            sources=frozenset({S.SIGNED}),
            target=S.DONE,
            permission=HANDLE,
            kind="casework.assignment_done",
            needs=(
                Need("report", gettext_lazy("协办结果"), NeedKind.LONG_TEXT),
                Need("proof", gettext_lazy("佐证材料"), NeedKind.FILE, is_required=False),
            ),
            clocks=(ClockEffect(ClockVerb.STOP, CLOCK),),
            effect=_tell_done,
        ),
        Transition(
            name="give_back",
            label=gettext_lazy("退回协办"),
            sources=frozenset({S.ASSIGNED}),
            target=S.RETURNED,
            permission=HANDLE,
            kind="casework.assignment_returned",
            is_reason_required=True,
            clocks=(ClockEffect(ClockVerb.VOID, CLOCK),),
            effect=_tell_returned,
        ),
        Transition(
            name="fall_away",
            label=gettext_lazy("协办取消"),
            sources=frozenset({S.ASSIGNED, S.SIGNED}),
            target=S.CANCELLED,
            permission=HANDLE,
            kind="casework.assignment_cancelled",
            is_by_system=True,
            clocks=(ClockEffect(ClockVerb.VOID, CLOCK),),
        ),
    ),
)
