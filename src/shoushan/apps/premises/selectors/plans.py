"""The drawings of the floors of a building."""

from __future__ import annotations

from collections.abc import Collection

from shoushan.apps.premises.models import Building, FloorPlan


def plans_of(building: Building) -> list[FloorPlan]:
    """The newest drawing of each floor, from the top down."""
    newest: dict[int, FloorPlan] = {}
    for each in building.floor_plans.order_by("-floor", "-revision"):
        newest.setdefault(each.floor, each)
    return list(newest.values())


def plans_of_floors(building: Building, floors: Collection[int]) -> list[FloorPlan]:
    """The same of some floors, which are public where one of their rooms is offered."""
    return [each for each in plans_of(building) if each.floor in floors]
