"""The lifecycle of a violation that somebody reported of a permitted place: looked into, found to be so or not."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shoushan.apps.resumption.enums.applications import ViolationState
from shoushan.apps.resumption.lifecycle.applications import APPLICATIONS, CHECK, PERMITTED, WORKING
from shoushan.apps.resumption.models import Violation
from shoushan.lib.languages import official
from shoushan.lifecycle.declarations import Lifecycle, Need, NeedKind, Occasion, State, Transition
from shoushan.lifecycle.services import advance

FOUND: Final = "found_true"
FINDING: Final = (
    Need("finding", gettext_lazy("核实情况"), NeedKind.LONG_TEXT),
    Need("photo", gettext_lazy("现场照片"), NeedKind.FILE, is_required=False),
)


def _send_back(violation: Violation, occasion: Occasion) -> None:
    """The measure goes back to be checked, and with it the permit lapses at once."""
    application = violation.permit.application
    if application.state not in PERMITTED | WORKING:
        return
    with official():
        reason = _("举报 %(code)s 属实") % {"code": violation.code}
    advance(
        APPLICATIONS,
        application.pk,
        "review_measure",
        actor=occasion.actor,
        at=occasion.at,
        on=occasion.on,
        values={"measure": violation.measure},
        reason=reason,
    )


VIOLATIONS: Final = Lifecycle(
    code="resumption.violation",
    label=gettext_lazy("违规举报"),
    model="resumption.Violation",
    initial=ViolationState.RECEIVED,
    family="resumption.violations",
    states=(
        State("RECEIVED", ViolationState.RECEIVED.label, "soon", account="received"),
        State("FOUNDED", ViolationState.FOUNDED.label, "late", account="founded", is_final=True),
        State("UNFOUNDED", ViolationState.UNFOUNDED.label, account="unfounded", is_final=True),
    ),
    transitions=(
        Transition(
            name=FOUND,
            label=gettext_lazy("情况属实，重新核验"),
            sources=frozenset({ViolationState.RECEIVED}),
            target=ViolationState.FOUNDED,
            permission=CHECK,
            kind="resumption.violation_founded",
            needs=FINDING,
            effect=_send_back,
        ),
        Transition(
            name="found_untrue",
            label=gettext_lazy("情况不属实"),
            sources=frozenset({ViolationState.RECEIVED}),
            target=ViolationState.UNFOUNDED,
            permission=CHECK,
            kind="resumption.violation_unfounded",
            needs=FINDING,
        ),
    ),
)
