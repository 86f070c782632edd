"""What the records of premises say of buildings, rooms and tenants, as the accounts read it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from django.db.models import QuerySet

from shoushan.apps.premises import chart
from shoushan.apps.premises.models import (
    Building,
    BuildingMove,
    BuildingSpace,
    BuildingTax,
    Headquarters,
    Lease,
    TenantRegistration,
    TenantTaxation,
    Unit,
    UnitUse,
)
from shoushan.apps.premises.models.leases import TenantPlace
from shoushan.registry.models import Enterprise


def _grouped(found: Any, owner: str, read: Callable[[Any], Any]) -> dict[int, tuple[Any, ...]]:
    grouped: dict[int, list[Any]] = {}
    for each in found:
        grouped.setdefault(getattr(each, owner), []).append(read(each))
    return {key: tuple(own) for key, own in grouped.items()}


def _moves(buildings: Collection[int]) -> dict[int, chart.Moves]:
    found = BuildingMove.objects.filter(building__in=buildings).order_by("since")
    return _grouped(found, "building_id", lambda each: chart.MoveFact(each.since, each.area_from))


# ---- buildings -------------------------------------------------------------------------------------------
def building_facts(ids: Collection[int]) -> dict[str, chart.BuildingFacts]:
    """What decides where these buildings are in the accounts, by their subject."""
    spaces = _grouped(
        BuildingSpace.objects.filter(building__in=ids).order_by("since", "revision"),
        "building_id",
        lambda each: chart.SpaceFact(each.since, each.total_sqdm, each.lettable_sqdm),
    )
    rooms = _grouped(
        Unit.objects.filter(building__in=ids).order_by("pk"),
        "building_id",
        lambda each: chart.RoomFact(chart.Span(each.valid_from, each.valid_to), each.area_sqdm),
    )
    moves = _moves(ids)
    taxes: dict[int, dict[tuple[int, str], chart.TaxFact]] = {}
    for tax in BuildingTax.objects.filter(building__in=ids).order_by("revision"):  # the newest stands
        fact = chart.TaxFact(tax.year, tax.scope, tax.amount_fen)
        taxes.setdefault(tax.building_id, {})[tax.year, tax.scope] = fact
    return {
        each.subject: chart.BuildingFacts(
            area=each.area_code,
            code=each.category,
            spaces=spaces.get(each.pk, ()),
            rooms=rooms.get(each.pk, ()),
            taxes=tuple(taxes.get(each.pk, {}).values()),
            completed_on=each.completed_on,
            closed_on=each.closed_on,
            moves=moves.get(each.pk, ()),
        )
        for each in Building.objects.filter(pk__in=ids)
    }


# ---- rooms -----------------------------------------------------------------------------------------------
def unit_facts(ids: Collection[int]) -> dict[str, chart.UnitFacts]:
    """What decides where these rooms are in the accounts, by their subject."""
    leases = _grouped(
        Lease.objects.filter(unit__in=ids).order_by("since", "pk"),
        "unit_id",
        lambda each: chart.LeaseFact(chart.Span(each.since, each.last_on), each.area_sqdm),
    )
    uses: dict[int, dict[date, chart.UseFact]] = {}
    for use in UnitUse.objects.filter(unit__in=ids).order_by("revision"):  # the newest of a day stands
        uses.setdefault(use.unit_id, {})[use.since] = chart.UseFact(use.since, use.use, use.reason)
    units = list(Unit.objects.filter(pk__in=ids).select_related("building"))
    moves = _moves({each.building_id for each in units})
    return {
        each.subject: chart.UnitFacts(
            area=each.building.area_code,
            building=each.building.category,
            area_sqdm=each.area_sqdm,
            span=_days_of(each),
            leases=leases.get(each.pk, ()),
            uses=tuple(uses.get(each.pk, {}).values()),
            moves=moves.get(each.building_id, ()),
        )
        for each in units
    }


def _days_of(unit: Unit) -> chart.Span:
    """A room's days end with those of its building."""
    closed = unit.building.closed_on
    ends = [day for day in (unit.valid_to, closed - chart.ONE_DAY if closed else None) if day]
    return chart.Span(unit.valid_from, min(ends, default=None))


# ---- tenants ---------------------------------------------------------------------------------------------
def tenant_facts(ids: Collection[int]) -> dict[str, chart.TenantFacts]:
    """What decides where these enterprises are in the accounts of premises, by their subject."""
    leases = list(Lease.objects.filter(tenant__in=ids).select_related("unit__building").order_by("since", "pk"))
    moves = _moves({each.unit.building_id for each in leases})
    tenancies = _grouped(leases, "tenant_id", lambda each: _tenancy(each, moves))
    registrations, taxations = _places(TenantRegistration, ids), _places(TenantTaxation, ids)
    headquarters = _grouped(
        Headquarters.objects.filter(enterprise__in=ids).order_by("since", "pk"),
        "enterprise_id",
        lambda each: chart.HeadquartersFact(each.level, chart.Span(each.since, each.last_on)),
    )
    return {
        each.subject: chart.TenantFacts(
            area=each.area_code,
            tenancies=tenancies.get(each.pk, ()),
            registrations=registrations.get(each.pk, ()),
            headquarters=headquarters.get(each.pk, ()),
            taxations=taxations.get(each.pk, ()),
        )
        for each in Enterprise.objects.filter(pk__in=ids)
    }


def _places(model: type[TenantPlace], ids: Collection[int]) -> dict[int, tuple[chart.PlaceFact, ...]]:
    found: QuerySet[TenantPlace] = QuerySet(model).filter(enterprise__in=ids).order_by("since", "revision")
    return _grouped(found, "enterprise_id", lambda each: chart.PlaceFact(each.since, each.is_here))


def _tenancy(lease: Lease, moves: dict[int, chart.Moves]) -> chart.Tenancy:
    building, span = lease.unit.building, chart.Span(lease.since, lease.last_on)
    return chart.Tenancy(
        building.area_code, building.category, span, lease.area_sqdm, moves.get(lease.unit.building_id, ())
    )
