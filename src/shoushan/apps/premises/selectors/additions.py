"""Buildings that were completed in a period (竣工、新增载体表), by the rule of the accounts of what was added in a year.

As of the last day of the period: with the area of that day, without those given up by then or whose area nobody stated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shoushan.apps.premises.models import Building
from shoushan.directory import scopes
from shoushan.directory.enums import AreaLevel
from shoushan.directory.selectors import area_names
from shoushan.figures.naming import subject_names


@dataclass(frozen=True, slots=True)
class Addition:
    """A building that was completed, as large as it is on the last day of the period."""

    building: Building
    area: str
    total_sqm: Decimal
    lettable_sqm: Decimal
    project: str
    subject: str
    """Of the project, "" without one."""


def additions(*, first: date, last: date, areas: Sequence[str]) -> list[Addition]:
    """Those completed from a day to a day, the earliest first; projects are known by their typed code."""
    within = scopes.within_any(areas, "area_code", "community_code")
    found = Building.objects.filter(within, completed_on__gte=first, completed_on__lte=last).exclude(
        closed_on__lte=last
    )
    buildings = list(found.prefetch_related("spaces").order_by("completed_on", "name_key"))
    names = area_names(level=AreaLevel.SUBDISTRICT)
    projects = subject_names({f"project:{each.project}" for each in buildings if each.project})
    made = (_addition(each, names.get(each.area_code, ""), projects, last) for each in buildings)
    return [each for each in made if each is not None]


def _addition(building: Building, area: str, projects: dict[str, str], on: date) -> Addition | None:
    known = [each for each in building.spaces.all() if each.since <= on]
    if not known:
        return None
    space = max(known, key=lambda each: (each.since, each.revision))
    subject = f"project:{building.project}" if building.project else ""
    name = projects.get(subject, "")
    return Addition(
        building,
        area,
        space.total_sqm or Decimal(0),
        space.lettable_sqm or Decimal(0),
        building.project if name == subject else name,
        subject,
    )
