"""The lifecycle of a supervision order (督办单): issued with a number and a time limit, fed back, accepted or sent back."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shoushan.casework import chart
from shoushan.casework.enums import SupervisionState as S
from shoushan.casework.lifecycle.access import HANDLE, SUPERVISE, check_part_access
from shoushan.casework.models import Supervision
from shoushan.casework.tidings import tell_holder
from shoushan.deadlines.enums import Unit
from shoushan.deadlines.models import Clock
from shoushan.ledger.api import Move
from shoushan.lib.languages import official
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

CLOCK: Final = "casework.supervision"
FAMILY: Final = "casework.supervisions"


def _terms(order: Supervision, _occasion: Occasion) -> dict[str, Any]:
    with official():
        purpose = _("督办反馈 %(code)s") % {"code": order.code}
    return {
        "purpose": purpose,
        "unit": Unit.WORKING_DAYS,
        "budget": order.days,
        "organisation": order.organisation,
    }


def _fell_due(order: Supervision, occasion: Occasion) -> list[Move]:
    """An order counts as due with its first feedback: in time or late (督办按期办结率)."""
    clock = Clock.objects.open().filter(subject=order.subject, kind=CLOCK).first()
    if clock is None:
        return []
    is_late = clock.due_at < occasion.at
    return [chart.fell_due(FAMILY, area=order.area_code, lead=order.organisation.code, is_late=is_late)]


def _tell_sent_back(order: Supervision, occasion: Occasion) -> None:
    title = _("督办反馈被退回")
    tell_holder(
        order.matter, title, at=occasion.at, occasion=f"order_back/{order.code}/{order.revision}", is_urgent=True
    )


SUPERVISIONS: Final = Lifecycle(
    code="casework.supervision",
    label=gettext_lazy("督办单"),
    model="casework.Supervision",
    initial=S.ISSUED,
    family=FAMILY,
    check_access=check_part_access,
    clocks=(ClockEffect(ClockVerb.START, CLOCK, _terms),),
    states=(
        State("ISSUED", S.ISSUED.label, "late", account="issued"),
        State("ANSWERED", S.ANSWERED.label, "soon", account="answered"),
        State("CLOSED", S.CLOSED.label, "good", account="closed", is_final=True),
    ),
    transitions=(
        Transition(
            name="feed_back",
            label=gettext_lazy("反馈督办"),
            sources=frozenset({S.ISSUED}),
            target=S.ANSWERED,
            permission=HANDLE,
            kind="casework.supervision_answered",
            needs=(
                Need("feedback", gettext_lazy("反馈情况"), NeedKind.LONG_TEXT),
                Need("proof", gettext_lazy("佐证材料"), NeedKind.FILE, is_required=False),
            ),
            clocks=(ClockEffect(ClockVerb.STOP, CLOCK),),
            moves=_fell_due,
        ),
        Transition(
            name="accept_feedback",
            label=gettext_lazy("督办办结"),
            sources=frozenset({S.ANSWERED}),
            target=S.CLOSED,
            permission=SUPERVISE,
            kind="casework.supervision_closed",
        ),
        Transition(
            name="send_back",
            label=gettext_lazy("退回反馈"),
            sources=frozenset({S.ANSWERED}),
            target=S.ISSUED,
            permission=SUPERVISE,
            kind="casework.supervision_sent_back",
            is_reason_required=True,
            effect=_tell_sent_back,
        ),
    ),
)
