"""Leases, registrations and headquarters as pages list them; tenants who ought to be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from shoushan.apps.premises.models import Building, Headquarters, Lease
from shoushan.apps.premises.selectors.facts import tenant_facts
from shoushan.directory import scopes
from shoushan.lib import rows
from shoushan.registry.models import Enterprise
from shoushan.registry.selectors import match_enterprises


@dataclass(frozen=True, slots=True)
class TenantLine:
    """A tenant of a building as of a day."""

    lease: Lease
    is_here: bool | None
    is_taxed_here: bool | None
    """Each None where nothing says so."""
    headquarters: tuple[str, ...]


def leases_of(building: Building) -> QuerySet[Lease]:
    """All leases of a building, the newest first."""
    found = Lease.objects.filter(unit__building=building).select_related("unit", "tenant")
    return found.prefetch_related("endings").order_by("-since", "unit__floor", "unit__number", "-pk")


def leases_on(buildings: Sequence[Building], day: date) -> list[Lease]:
    """The leases of these buildings that hold on a day, in the order of their rooms."""
    found: list[Lease] = []
    for part in rows.chunks([each.pk for each in buildings], 400):
        own = Lease.objects.filter(unit__building__in=part, since__lte=day).exclude(last_on__lt=day)
        found += own.select_related("unit__building", "tenant").prefetch_related("endings")
    key = {each.pk: place for place, each in enumerate(buildings)}
    return sorted(found, key=lambda each: (key[each.unit.building_id], -each.unit.floor, each.unit.number, each.pk))


def tenants_on(leases: Sequence[Lease], day: date) -> dict[int, TenantLine]:
    """What is known of the tenants of these leases on a day, by lease."""
    facts = tenant_facts({each.tenant_id for each in leases})
    return {
        each.pk: TenantLine(
            each,
            facts[each.tenant.subject].registered_on(day),
            facts[each.tenant.subject].taxed_on(day),
            tuple(sorted(own.level for own in facts[each.tenant.subject].headquarters if own.span.holds_on(day))),
        )
        for each in leases
    }


@dataclass(frozen=True, slots=True)
class Watched:
    """An enterprise that ought to be looked at: the lease by which it is known, and why."""

    lease: Lease
    has_left: bool
    """It rents nothing any more and is still registered here; else it rents and is registered elsewhere."""
    is_unknown: bool
    """Nothing says where it is registered."""


def watched(*, on: date, areas: Sequence[str]) -> list[Watched]:
    """Tenants that moved out while their registration stays (人走税留), and tenants registered elsewhere."""
    found = Lease.objects.filter(
        scopes.within_any(areas, "unit__building__area_code", "unit__building__community_code")
    )
    newest: dict[int, Lease] = {}
    for each in found.filter(since__lte=on).select_related("tenant", "unit__building").order_by("since", "pk"):
        if not each.was_cancelled:
            newest[each.tenant_id] = each
    facts = tenant_facts(newest)
    lines = []
    for each in newest.values():
        own = facts[each.tenant.subject]
        is_here, is_renting = own.is_here_on(on), bool(own.rented_on(on))
        if is_renting != is_here:
            lines.append(Watched(each, has_left=is_here, is_unknown=own.registered_on(on) is None))
    return sorted(lines, key=lambda line: (not line.has_left, line.lease.tenant.name_key))


def headquarters(*, areas: Sequence[str]) -> QuerySet[Headquarters]:
    """The recognitions of enterprises of areas, past ones too."""
    return Headquarters.objects.filter(scopes.within_any(areas, "enterprise__area_code")).select_related("enterprise")


def enterprise_named(text: str, key: str) -> Enterprise | None:
    """The one enterprise of a credit code, or of a name that is unique."""
    (match,) = match_enterprises(usccs=[text.strip().upper()], name_keys=[key])
    return Enterprise.objects.get(pk=match.enterprise.id) if match.enterprise else None
