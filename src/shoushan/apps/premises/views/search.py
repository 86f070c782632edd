"""Looking for buildings, and the pages of what the ledger names."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shoushan.apps.premises.models import Building, Unit
from shoushan.apps.premises.views.buildings import VIEW
from shoushan.directory import scopes
from shoushan.directory.access import area_scope
from shoushan.directory.models import User
from shoushan.registry.spelled import is_like
from shoushan.ui.search import MOST, Finder, Hit


def building_page(code: str) -> str:
    """The page of a building by its code."""
    return reverse("premises:building-detail", args=[code])


def unit_page(code: str) -> str:
    """The page of a room by its code."""
    building, _dot, serial = code.rpartition(".")
    return reverse("premises:unit-detail", args=[building, serial])


def visible_buildings(reader: User, on: date) -> QuerySet[Building]:
    """The buildings whose page this person may open."""
    areas = area_scope(reader, VIEW, on=on)
    return Building.objects.filter(scopes.within_any(areas, "area_code", "community_code"))


def visible_units(reader: User, on: date) -> QuerySet[Unit]:
    """The rooms whose page this person may open."""
    return Unit.objects.filter(building__in=visible_buildings(reader, on))


def _buildings(reader: User, text: str, on: date) -> list[Hit]:
    """Buildings of the reader's areas by name, spelling, code or operator."""
    found = visible_buildings(reader, on).filter(is_like(text) | Q(code=text.upper()) | Q(operator_name__contains=text))
    return [
        Hit(title=each.name, address=building_page(each.code), note=each.operator_name)
        for each in found.order_by("name_key", "pk")[:MOST]
    ]


FINDERS: Final = (Finder(code="premises.find_buildings", label=_("楼宇载体"), find=_buildings),)
