"""Who speaks for which enterprise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from django.db.models import Q, QuerySet

from shoushan.apps.resumption.enums.contacts import ClaimState
from shoushan.apps.resumption.models import EnterpriseClaim
from shoushan.directory import scopes
from shoushan.directory.access import area_scope
from shoushan.registry.models import Enterprise

if TYPE_CHECKING:
    from shoushan.directory.models import User

REPRESENT: Final = "resumption.represent_enterprise"
CONFIRM: Final = "resumption.confirm_contact"


def claims_of(user: User) -> QuerySet[EnterpriseClaim]:
    """All claims of a person, the newest first."""
    return (
        EnterpriseClaim.objects.filter(user_id=user.pk)
        .select_related("enterprise__standing")
        .order_by("-claimed_at", "-pk")
    )


def enterprises_of(user: User) -> QuerySet[Enterprise]:
    """The enterprises for which a person speaks, as their subdistricts confirmed."""
    confirmed = EnterpriseClaim.objects.filter(user_id=user.pk, state=ClaimState.CONFIRMED)
    return Enterprise.objects.filter(pk__in=confirmed.values("enterprise_id")).order_by("name_key", "pk")


def is_contact(user: User, enterprise_id: int) -> bool:
    """Whether a person speaks for an enterprise."""
    claims = EnterpriseClaim.objects.filter(user_id=user.pk, enterprise_id=enterprise_id)
    return claims.filter(state=ClaimState.CONFIRMED).exists()


def contacts_of(enterprise_id: int) -> QuerySet[EnterpriseClaim]:
    """Who speaks for an enterprise, or asks to."""
    claims = EnterpriseClaim.objects.filter(enterprise_id=enterprise_id)
    return claims.exclude(state=ClaimState.REFUSED).select_related("user").order_by("claimed_at", "pk")


def visible_claims(user: User, *, on: date) -> QuerySet[EnterpriseClaim]:
    """A person's own claims, and those of the areas in which they confirm."""
    areas = area_scope(user, CONFIRM, on=on)
    found = EnterpriseClaim.objects.filter(Q(user_id=user.pk) | scopes.within_any(areas, "area_code"))
    return found.select_related("enterprise", "user")


def claim_rows(*, areas: Sequence[str], state: str = "") -> QuerySet[EnterpriseClaim]:
    """The claims within areas, the newest first; of one state where asked."""
    found = EnterpriseClaim.objects.filter(scopes.within_any(areas, "area_code"))
    found = found.filter(state=state) if state else found
    return found.select_related("enterprise", "user").order_by("-claimed_at", "-pk")
