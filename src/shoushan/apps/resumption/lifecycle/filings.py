"""The lifecycle of a daily return that an enterprise files itself."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy

from shoushan.apps.resumption.enums.filings import FilingState
from shoushan.apps.resumption.lifecycle.applications import check_application_access
from shoushan.apps.resumption.selectors.contacts import REPRESENT
from shoushan.lifecycle.declarations import Lifecycle, State, Transition

APPROVE: Final = "resumption.approve_return"
ACCEPT_RETURN: Final = "resumption.accept_return"
TONES: Final = {"FILED": "soon", "SENT_BACK": "late", "APPROVED": "good", "ACCEPTED": "good"}

FILINGS: Final = Lifecycle(
    code="resumption.filing",
    label=gettext_lazy("企业日报"),
    model="resumption.ReturnFiling",
    initial=FilingState.FILED,
    family="resumption.filings",
    check_access=check_application_access,
    states=tuple(
        State(state.value, state.label, TONES[state.value], account=state.value.lower()) for state in FilingState
    ),
    transitions=(
        Transition(
            name="file_again",
            label=gettext_lazy("重新填报"),
            sources=frozenset({FilingState.FILED, FilingState.SENT_BACK}),
            target=FilingState.FILED,
            permission=REPRESENT,
            kind="resumption.return_filed_again",
        ),
        Transition(
            name="approve",
            label=gettext_lazy("审核通过"),
            sources=frozenset({FilingState.FILED}),
            target=FilingState.APPROVED,
            permission=APPROVE,
            kind="resumption.return_approved",
        ),
        Transition(
            name="send_back",
            label=gettext_lazy("退回重填"),
            sources=frozenset({FilingState.FILED, FilingState.APPROVED}),
            target=FilingState.SENT_BACK,
            permission=APPROVE,
            kind="resumption.return_sent_back",
            is_reason_required=True,
        ),
        Transition(
            name="accept",
            label=gettext_lazy("验收"),
            sources=frozenset({FilingState.APPROVED}),
            target=FilingState.ACCEPTED,
            permission=ACCEPT_RETURN,
            kind="resumption.return_accepted",
        ),
        Transition(
            name="reopen",
            label=gettext_lazy("退回更正"),
            sources=frozenset({FilingState.ACCEPTED}),
            target=FilingState.SENT_BACK,
            permission=ACCEPT_RETURN,
            kind="resumption.return_reopened",
            is_reason_required=True,
        ),
    ),
)
