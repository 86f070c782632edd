"""The figures of premises as pages show them, from the ledger."""

from __future__ import annotations

from datetime import date
from typing import Final

from shoushan.apps.premises.measures import MEASURES
from shoushan.figures.values import Figure, evaluate_many

BY_CODE: Final = {each.code.partition(".")[2]: each for each in MEASURES}
DISTRICT_CODES: Final = (
    "occupancy_rate",
    "buildings",
    "lettable_space",
    "vacant_space",
    "absorption_rate",
    "enterprises",
    "local_registration_rate",
    "local_taxation_rate",
    "tax_total",
    "yi_buildings_total",
)
"""What the list of buildings shows, by what is behind the dot."""
BUILDING_CODES: Final = (
    "occupancy_rate",
    "let_space",
    "vacant_space",
    "undivided_space",
    "tenants",
    "tenants_registered_here",
    "tax_total",
    "tax_per_sqm_total",
)
"""What the page of one building shows."""


def district_figures(*, as_of: date, areas: tuple[str, ...]) -> list[Figure]:
    """The figures of a day, within area prefixes."""
    asked = [BY_CODE[code] for code in DISTRICT_CODES]
    return list(evaluate_many(asked, as_of=as_of, areas=areas).values())


def building_figures(*, as_of: date, area: str, category: str) -> list[tuple[Figure, object]]:
    """The figures of one building, each with its value."""
    asked = [BY_CODE[code] for code in BUILDING_CODES]
    found = evaluate_many(asked, as_of=as_of, areas=(area,), by="category")
    return [
        (each, next((part.value for part in each.parts if part.key == category), None if each.measure.is_rate else 0))
        for each in found.values()
    ]
