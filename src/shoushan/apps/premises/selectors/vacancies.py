"""Vacant rooms for investors: what operators released, and what is vacant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from shoushan.apps.premises.enums.buildings import Use
from shoushan.apps.premises.models import Building, Unit, VacancyOffer
from shoushan.apps.premises.selectors.facts import unit_facts
from shoushan.directory import scopes
from shoushan.registry.spelled import is_like


@dataclass(frozen=True, slots=True)
class Offer:
    """A room that is offered on a day."""

    offer: VacancyOffer
    unit: Unit

    @property
    def rent_fen(self) -> int | None:
        """Its own rent, else that of the building."""
        return rent_of(self.unit, self.offer)


def rent_of(unit: Unit, offer: VacancyOffer | None) -> int | None:
    """What is asked for a room a square metre and day, in fen: as it was released, else that of its building."""
    return offer.rent_fen if offer is not None and offer.rent_fen is not None else unit.building.rent_fen


def offered(
    *,
    on: date,
    text: str = "",
    area: str = "",
    theme: str = "",
    least_sqm: Decimal | None = None,
    most_sqm: Decimal | None = None,
    most_rent_fen: int | None = None,
) -> list[Offer]:
    """Rooms released to investors that are vacant on a day, as they ask for them; open to everybody."""
    found = VacancyOffer.objects.filter(_in_force(on)).select_related("unit__building__operator")
    found = found.filter(Q(unit__building__closed_on__isnull=True) | Q(unit__building__closed_on__gt=on))
    if text:
        found = found.filter(is_like(text, field="unit__building__name_key"))
    for name, value in (
        ("unit__building__area_code", area),
        ("unit__building__theme__contains", theme.strip()),
        ("unit__area_sqdm__gte", None if least_sqm is None else int(least_sqm * 100)),
        ("unit__area_sqdm__lte", None if most_sqm is None else int(most_sqm * 100)),
    ):
        if value not in {None, ""}:
            found = found.filter(**{name: value})
    lines = _vacant(found, on)
    if most_rent_fen is not None:
        lines = [each for each in lines if each.rent_fen is not None and each.rent_fen <= most_rent_fen]
    return lines


def _in_force(on: date) -> Q:
    return Q(released_on__lte=on) & (Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on))


def _vacant(found: QuerySet[VacancyOffer], on: date) -> list[Offer]:
    """Those that are vacant on the day: a lease takes a room off the list by itself."""
    offers = list(
        found.order_by("unit__building__area_code", "unit__building__name_key", "unit__floor", "unit__number")
    )
    facts = unit_facts([each.unit_id for each in offers])
    return [
        Offer(each, each.unit)
        for each in offers
        if (own := facts[each.unit.subject]).span.holds_on(on) and own.use_on(on) == Use.VACANT
    ]


def offered_in(building: Building, *, on: date) -> list[Offer]:
    """The rooms of one building that are offered on a day."""
    found = VacancyOffer.objects.filter(_in_force(on), unit__building=building).select_related("unit__building")
    return _vacant(found, on)


def vacant_units(*, on: date, areas: Sequence[str]) -> list[Unit]:
    """Every vacant room of areas on a day, offered or not."""
    within = scopes.within_any(areas, "building__area_code", "building__community_code")
    found = Unit.objects.filter(within, valid_from__lte=on).exclude(valid_to__lt=on).select_related("building")
    units = list(found.order_by("building__area_code", "building__name_key", "-floor", "number"))
    facts = unit_facts([each.pk for each in units])
    return [
        each for each in units if facts[each.subject].span.holds_on(on) and facts[each.subject].use_on(on) == Use.VACANT
    ]


def vacancy_records(units: Iterable[Unit]) -> list[dict[str, Any]]:
    """Vacant rooms as the columns of the table of vacancies name the values, with what was released of each."""
    rooms = list(units)
    open_ones = VacancyOffer.objects.filter(unit__in=rooms, withdrawn_on__isnull=True)
    offers = {each.unit_id: each for each in open_ones}
    return [_record(each, offers.get(each.pk)) for each in rooms]


def _record(unit: Unit, offer: VacancyOffer | None) -> dict[str, Any]:
    rent = rent_of(unit, offer)
    return {
        "building": unit.building.name,
        "area": unit.building.area_code,
        "floor": unit.floor_label,
        "number": unit.number,
        "area_sqm": unit.area_sqm,
        "rent": None if rent is None else Decimal(rent) / 100,
        "available_on": offer.available_on if offer else None,
    }
