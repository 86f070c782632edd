"""Buildings that were completed in a period (竣工、新增载体表)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shoushan.apps.premises.models import Building
from shoushan.apps.premises.models.buildings import in_sqm
from shoushan.directory import scopes
from shoushan.directory.enums import AreaLevel
from shoushan.directory.selectors import area_names
from shoushan.figures.naming import subject_names


@dataclass(frozen=True, slots=True)
class Addition:
    """A building that was completed, as large as it was on that day or when its area was first known."""

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
    found = Building.objects.filter(within, completed_on__gte=first, completed_on__lte=last)
    buildings = list(found.prefetch_related("spaces").order_by("completed_on", "name_key"))
    names = area_names(level=AreaLevel.SUBDISTRICT)
    subjects = {f"project:{each.project}" for each in buildings if each.project}
    projects = subject_names(subjects)
    return [_addition(each, names.get(each.area_code, ""), projects) for each in buildings]


def _addition(building: Building, area: str, projects: dict[str, str]) -> Addition:
    spaces = sorted(building.spaces.all(), key=lambda each: (each.since, each.revision))
    known = [each for each in spaces if building.completed_on and each.since <= building.completed_on] or spaces[:1]
    subject = f"project:{building.project}" if building.project else ""
    name = projects.get(subject, "")
    return Addition(
        building,
        area,
        (in_sqm(known[-1].total_sqdm) if known else None) or Decimal(0),
        (in_sqm(known[-1].lettable_sqdm) if known else None) or Decimal(0),
        building.project if name == subject else name,
        subject,
    )
