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
    values = {
        each.measure.code: next((part.value for part in each.parts if part.key == category), None)
        for each in found.values()
    }
    is_taxed = values[BY_CODE["tax_per_sqm_total"].code] is not None  # its base is there where a tax was entered
    return [(each, _shown(each, values[each.measure.code], is_taxed=is_taxed)) for each in found.values()]


def _shown(figure: Figure, value: object, *, is_taxed: bool) -> object:
    """What is not there is nothing of what is counted, unless it is a rate, or a tax that nobody entered."""
    is_unknown = figure.measure.is_rate or (figure.measure.code == BY_CODE["tax_total"].code and not is_taxed)
    return 0 if value is None and not is_unknown else value
