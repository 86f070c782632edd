"""The buildings of projects, for those who ask by the code of the project."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from shoushan.apps.premises.models import Building
from shoushan.apps.premises.selectors.buildings import Standing, standings
from shoushan.lib import rows
from shoushan.registry.built import Built


def built_of(projects: Collection[str], on: date) -> dict[str, Built]:
    """What stands of each of these projects on a day, as the ledger counts it."""
    own: dict[str, list[Building]] = {}
    for part in rows.chunks(sorted({*projects} - {""}), 400):
        for each in Building.objects.filter(project__in=part).order_by("name_key", "pk"):
            own.setdefault(each.project, []).append(each)
    if not own:
        return {}
    counted = standings(as_of=on, areas=())
    found = {
        project: [(each, counted[each.category]) for each in buildings if each.category in counted]
        for project, buildings in own.items()
    }
    return {project: _sum(pairs) for project, pairs in found.items() if pairs}


def _sum(pairs: list[tuple[Building, Standing]]) -> Built:
    nothing = Decimal(0)
    return Built(
        total_sqm=sum((each.total_sqm or nothing for _building, each in pairs), nothing),
        lettable_sqm=sum((each.lettable_sqm or nothing for _building, each in pairs), nothing),
        let_sqm=sum((each.let_sqm or nothing for _building, each in pairs), nothing),
        subjects=tuple(building.subject for building, _standing in pairs),
    )
