"""Premises: buildings with their rooms, leases and what is known of their tenants; figures are in the ledger."""

from shoushan.apps.premises.models.buildings import Building, BuildingMove, BuildingSpace, Unit, UnitUse
from shoushan.apps.premises.models.leases import (
    Headquarters,
    Lease,
    LeaseEnding,
    TenantRegistration,
    TenantTaxation,
    VacancyOffer,
)
from shoushan.apps.premises.models.plans import FloorPlan
from shoushan.apps.premises.models.records import BuildingTax, BuildingVisit

__all__ = [
    "Building",
    "BuildingMove",
    "BuildingSpace",
    "BuildingTax",
    "BuildingVisit",
    "FloorPlan",
    "Headquarters",
    "Lease",
    "LeaseEnding",
    "TenantRegistration",
    "TenantTaxation",
    "Unit",
    "UnitUse",
    "VacancyOffer",
]
