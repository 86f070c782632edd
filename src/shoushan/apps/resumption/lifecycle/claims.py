"""The lifecycle of a contact's claim: made by a person, confirmed by the subdistrict of the enterprise."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shoushan.apps.resumption.enums.contacts import ClaimState
from shoushan.apps.resumption.models import EnterpriseClaim
from shoushan.apps.resumption.selectors.contacts import CONFIRM, REPRESENT
from shoushan.directory.access import NotAllowedError, check_permission
from shoushan.lifecycle.declarations import Lifecycle, State, Transition

if TYPE_CHECKING:
    from shoushan.directory.models import User

TONES: Final = {"CLAIMED": "soon", "CONFIRMED": "good"}


def check_claim_access(user: User, claim: EnterpriseClaim, permission: str, on: date) -> None:
    """A contact gives up their own claim; everything else is for the subdistrict, and nobody confirms themselves."""
    if permission == REPRESENT:
        check_permission(user, REPRESENT, on=on)
        if claim.user_id != user.pk:
            raise NotAllowedError(_("只能办理本人的企业联络关系。"))
        return
    check_permission(user, permission, on=on, area=claim.area_code)
    if claim.user_id == user.pk:
        raise NotAllowedError(_("不能确认本人提出的申请，请由本单位其他同志办理。"))


CLAIMS: Final = Lifecycle(
    code="resumption.claim",
    label=gettext_lazy("企业联络人"),
    model="resumption.EnterpriseClaim",
    initial=ClaimState.CLAIMED,
    family="resumption.contacts",
    check_access=check_claim_access,
    states=tuple(
        State(
            state.value,
            state.label,
            TONES.get(state.value, "neutral"),
            is_final=state in {ClaimState.REFUSED, ClaimState.ENDED},
        )
        for state in ClaimState
    ),
    transitions=(
        Transition(
            name="confirm",
            label=gettext_lazy("确认联络人"),
            sources=frozenset({ClaimState.CLAIMED}),
            target=ClaimState.CONFIRMED,
            permission=CONFIRM,
            kind="resumption.contact_confirmed",
        ),
        Transition(
            name="refuse",
            label=gettext_lazy("不予确认"),
            sources=frozenset({ClaimState.CLAIMED}),
            target=ClaimState.REFUSED,
            permission=CONFIRM,
            kind="resumption.contact_refused",
            is_reason_required=True,
        ),
        Transition(
            name="end",
            label=gettext_lazy("解除联络关系"),
            sources=frozenset({ClaimState.CONFIRMED}),
            target=ClaimState.ENDED,
            permission=CONFIRM,
            kind="resumption.contact_ended",
            is_reason_required=True,
        ),
        Transition(
            name="give_up",
            label=gettext_lazy("本人退出"),
            sources=frozenset({ClaimState.CLAIMED, ClaimState.CONFIRMED}),
            target=ClaimState.ENDED,
            permission=REPRESENT,
            kind="resumption.contact_left",
        ),
    ),
)
