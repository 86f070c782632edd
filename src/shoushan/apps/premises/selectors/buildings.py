"""Buildings as lists show them, with what is so of each on a day; names for the figures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from django.db.models import Q, QuerySet

from shoushan.apps.premises import chart
from shoushan.apps.premises.models import Building, BuildingSpace, Unit
from shoushan.apps.premises.models.buildings import in_sqm
from shoushan.directory import scopes
from shoushan.ledger import api as ledger
from shoushan.lib import rows, texts
from shoushan.registry.spelled import is_like

COUNTED: Final = (
    chart.FLOOR_SPACE,
    chart.LETTABLE,
    chart.LET,
    chart.VACANT,
    chart.UNDIVIDED,
    chart.TENANTS_HERE,
    chart.TENANTS_ELSEWHERE,
    *chart.TAX.values(),
    *chart.TAXED_SPACE.values(),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is counted of a building on a day, from the ledger; areas in hundredths of a square metre, tax in fen."""

    amounts: Mapping[str, int] = field(default_factory=dict)

    def amount(self, code: str) -> int:
        """What is in one account."""
        return self.amounts.get(code, 0)

    @property
    def total_sqm(self) -> Decimal | None:
        """The whole area."""
        return in_sqm(self.amount(chart.FLOOR_SPACE))

    @property
    def lettable_sqm(self) -> Decimal | None:
        """What can be let."""
        return in_sqm(self.amount(chart.LETTABLE))

    @property
    def let_sqm(self) -> Decimal | None:
        """What is let."""
        return in_sqm(self.amount(chart.LET))

    @property
    def vacant_sqm(self) -> Decimal | None:
        """What is vacant."""
        return in_sqm(self.amount(chart.VACANT))

    @property
    def undivided_sqm(self) -> Decimal | None:
        """What is not divided into rooms."""
        return in_sqm(self.amount(chart.UNDIVIDED))

    @property
    def occupancy(self) -> Fraction | None:
        """Let ÷ lettable in per cent, unrounded."""
        lettable = self.amount(chart.LETTABLE)
        return Fraction(self.amount(chart.LET) * 100, lettable) if lettable else None

    @property
    def tenants(self) -> int:
        """How many enterprises rent there."""
        return self.registered_here + self.amount(chart.TENANTS_ELSEWHERE)

    @property
    def registered_here(self) -> int:
        """How many of them are registered in the district."""
        return self.amount(chart.TENANTS_HERE)

    def tax_fen(self, scope: str) -> int | None:
        """Tax of the last full year; None where none was entered, which is not the same as a tax of nothing."""
        is_known = bool(self.amount(chart.TAXED_SPACE[scope]))
        return self.amount(chart.TAX[scope]) if is_known else None

    @property
    def tax_total_fen(self) -> int | None:
        """Of all tax."""
        return self.tax_fen("TOTAL")


def standings(*, as_of: date, areas: Sequence[str]) -> dict[str, Standing]:
    """What is counted of every building on a day, by its category, in one question to the ledger."""
    found: dict[str, dict[str, int]] = {}
    for account, amount in ledger.balances(sorted(COUNTED), as_of=as_of, areas=areas):
        own = found.setdefault(account.category, {})
        own[account.code] = own.get(account.code, 0) + amount
    return {category: Standing(amounts) for category, amounts in found.items()}


@dataclass(frozen=True, slots=True)
class Line:
    """A building of a list."""

    building: Building
    standing: Standing


ORDERS: Final[dict[str, Any]] = {
    "name": lambda line: line.building.name_key,
    "area": lambda line: (line.building.area_code, line.building.name_key),
    "total": lambda line: line.standing.amount(chart.FLOOR_SPACE),
    "lettable": lambda line: line.standing.amount(chart.LETTABLE),
    "let": lambda line: line.standing.amount(chart.LET),
    "vacant": lambda line: line.standing.amount(chart.VACANT),
    "undivided": lambda line: line.standing.amount(chart.UNDIVIDED),
    "occupancy": lambda line: line.standing.occupancy or 0,
    "tenants": lambda line: line.standing.tenants,
    "tax": lambda line: line.standing.amount(chart.TAX["TOTAL"]),
}


def buildings(
    *, areas: Sequence[str], text: str = "", area: str = "", kind: str = "", theme: str = ""
) -> QuerySet[Building]:
    """The buildings of areas that fit the filters."""
    found = Building.objects.filter(scopes.within_any(areas, "area_code", "community_code"))
    key = texts.match_key(text)
    if key:
        named = is_like(text) | Q(code=text.strip().upper()) | Q(address__contains=text.strip())
        found = found.filter(named | Q(operator_name__contains=text.strip()))
    if theme:
        found = found.filter(theme__contains=theme.strip())
    for name, value in (("area_code", area), ("kind", kind)):
        if value:
            found = found.filter(**{name: value})
    return found.select_related("operator", "owner")


def lines(found: Iterable[Building], *, as_of: date, areas: Sequence[str], order: str = "") -> list[Line]:
    """These buildings as of a day, in an order; those that did not count then are left out."""
    there = standings(as_of=as_of, areas=areas)
    made = [Line(each, there[each.category]) for each in found if each.category in there]
    key = ORDERS.get(order.removeprefix("-"), ORDERS["area"])
    return sorted(made, key=key, reverse=order.startswith("-"))


def space_on(building: Building, day: date) -> BuildingSpace | None:
    """How large a building is on a day."""
    return building.spaces.filter(since__lte=day).order_by("since", "revision").last()


def area_of(building: Building, day: date) -> str:
    """The subdistrict to which a building belongs on a day."""
    later = building.moves.filter(since__gt=day).order_by("since").first()
    return later.area_from if later else building.area_code


def units_on(building: Building, day: date) -> list[Unit]:
    """Its rooms on a day, from the top down."""
    found = building.units.filter(valid_from__lte=day).exclude(valid_to__lt=day)
    return list(found.order_by("-floor", "number", "pk"))


def floor_count(units: Iterable[Unit]) -> int:
    """On how many floors the rooms are."""
    return len({each.floor for each in units})


# ---- names for the figures -------------------------------------------------------------------------------
def names_of_buildings(codes: Collection[str]) -> dict[str, str]:
    """Names of buildings by their code."""
    names: dict[str, str] = {}
    for part in rows.chunks(sorted(codes), 500):
        names.update(Building.objects.filter(code__in=part).values_list("code", "name"))
    return names


def names_of_units(codes: Collection[str]) -> dict[str, str]:
    """Rooms with their building, by their code."""
    names: dict[str, str] = {}
    for part in rows.chunks(sorted(codes), 500):
        for each in Unit.objects.filter(code__in=part).select_related("building"):
            names[each.code] = f"{each.building.name} {each.floor_label}-{each.number}"
    return names


def names_of_categories() -> dict[str, str]:
    """Names of all buildings by category, for breakdowns."""
    found = Building.objects.order_by("area_code", "name_key").values_list("code", "name")
    return {code.replace("-", "_"): name for code, name in found}
