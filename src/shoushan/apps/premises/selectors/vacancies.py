"""Vacant rooms for investors: what operators released, and what is vacant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import Q, QuerySet

from shoushan.apps.premises.chart import ONE_DAY
from shoushan.apps.premises.enums.buildings import NO, PART, WHOLE, YES
from shoushan.apps.premises.models import Building, Unit, VacancyOffer
from shoushan.apps.premises.models.buildings import in_sqm
from shoushan.apps.premises.selectors.facts import unit_facts
from shoushan.directory import scopes
from shoushan.directory.models import Organisation
from shoushan.registry.spelled import is_like


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A room that is vacant on a day, or the part of it that a lease leaves."""

    unit: Unit
    area_sqdm: int
    offer: VacancyOffer | None
    """What was released of it to investors."""
    until: date | None = None
    """The day before the next lease begins."""

    @property
    def area_sqm(self) -> Decimal | None:
        """What is vacant, in square metres."""
        return in_sqm(self.area_sqdm)

    @property
    def is_part(self) -> bool:
        """Is the rest of the room let?"""
        return self.area_sqdm < self.unit.area_sqdm

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
) -> list[Vacancy]:
    """Rooms, or parts of them, released to investors and free from a day on, as they ask for them; open to everybody."""
    found = VacancyOffer.objects.filter(in_force(on)).select_related("unit__building__operator")
    found = found.filter(Q(unit__building__closed_on__isnull=True) | Q(unit__building__closed_on__gt=on))
    if text:
        found = found.filter(is_like(text, field="unit__building__name_key"))
    for name, value in (
        ("unit__building__area_code", area),
        ("unit__building__theme__contains", theme.strip()),
    ):
        if value:
            found = found.filter(**{name: value})
    lines = _free(found, on)
    if least_sqm is not None:
        lines = [each for each in lines if each.area_sqdm >= least_sqm * 100]
    if most_sqm is not None:
        lines = [each for each in lines if each.area_sqdm <= most_sqm * 100]
    if most_rent_fen is not None:
        lines = [each for each in lines if each.rent_fen is not None and each.rent_fen <= most_rent_fen]
    return lines


def in_force(on: date) -> Q:
    """Offers that stand on a day; letting a room gives the day on which its offer ends."""
    return Q(released_on__lte=on) & (Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on))


def offer_of(unit: Unit, on: date) -> VacancyOffer | None:
    """What is released of a room on a day."""
    return unit.offers.filter(in_force(on)).first()


def _free(found: QuerySet[VacancyOffer], on: date) -> list[Vacancy]:
    """Those that investors can have: a lease takes a room off the list by itself, one that begins soon too."""
    offers = list(
        found.order_by("unit__building__area_code", "unit__building__name_key", "unit__floor", "unit__number")
    )
    facts = unit_facts([each.unit_id for each in offers])
    lines = []
    for each in offers:
        own = facts[each.unit.subject]
        if own.may_be_offered(on, each.available_on):
            coming = own.coming(on)
            until = coming[0].since - ONE_DAY if coming else None
            lines.append(Vacancy(each.unit, own.vacant_on(on), each, until))
    return lines


LEADS_PROMOTION: Final = "DEPT_INVESTMENT_PROMOTION"
"""The organisation that leads investment promotion (招商) in the district."""


def promoters(on: date) -> str:
    """Its name on a day, "" where there is none."""
    found = Organisation.objects.valid_on(on).filter(code=LEADS_PROMOTION).first()
    return found.name if found else ""


def contact_of(building: Building, leads: str) -> str:
    """Whom an investor asks: who lets the building and the phone made public, else the organisation that leads promotion."""
    if building.investor_phone:
        who = building.contact_role or building.operator_name
        return " ".join(part for part in (who, building.investor_phone) if part)
    return " · ".join(part for part in (building.operator_name, building.contact_role, leads) if part) or "—"


def offered_in(building: Building, *, on: date) -> list[Vacancy]:
    """The rooms of one building that are offered on a day."""
    found = VacancyOffer.objects.filter(in_force(on), unit__building=building).select_related("unit__building")
    return _free(found, on)


def vacancies(*, on: date, areas: Sequence[str]) -> list[Vacancy]:
    """All that is vacant in areas on a day, offered or not; their areas make up the vacant space of the figures."""
    within = scopes.within_any(areas, "building__area_code", "building__community_code")
    found = Unit.objects.filter(within, valid_from__lte=on).exclude(valid_to__lt=on).select_related("building")
    units = list(found.order_by("building__area_code", "building__name_key", "-floor", "number"))
    facts = unit_facts([each.pk for each in units])
    offers = {
        each.unit_id: each for each in VacancyOffer.objects.filter(in_force(on), unit__building__in=_among(units))
    }
    return [
        Vacancy(each, vacant, offers.get(each.pk)) for each in units if (vacant := facts[each.subject].vacant_on(on))
    ]


def _among(units: Iterable[Unit]) -> set[int]:
    return {each.building_id for each in units}


def vacancy_records(found: Iterable[Vacancy]) -> list[dict[str, Any]]:
    """What is vacant, as the columns of the table of vacancies name the values, with what was released of it."""
    return [_record(each) for each in found]


def _record(each: Vacancy) -> dict[str, Any]:
    rent, unit = each.rent_fen, each.unit
    return {
        "building": unit.building.name,
        "area": unit.building.area_code,
        "floor": unit.floor_label,
        "number": unit.number,
        "area_sqm": each.area_sqm,
        "part": PART if each.is_part else WHOLE,
        "rent": None if rent is None else Decimal(rent) / 100,
        "available_on": each.offer.available_on if each.offer else None,
        "offered": YES if each.offer else NO,
    }
