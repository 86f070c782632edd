"""Enterprises that lie elsewhere from a day on: a move of business, or a boundary drawn anew around them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.directory.models import Area
from shoushan.lib import rows
from shoushan.registry.errors import RegistryError
from shoushan.registry.models import Enterprise, EnterpriseArea
from shoushan.registry.models.enterprises import SUBDISTRICT_LENGTH
from shoushan.registry.writing import CHUNK, lock_enterprises, write_fields


class Place(NamedTuple):
    """A subdistrict and, where known, a community in it."""

    area_code: str
    community_code: str = ""


class _Known(NamedTuple):
    """Where an enterprise is now, and the last place that it left, if it ever did."""

    name: str
    place: Place
    left: EnterpriseArea | None


@transaction.atomic
def move_enterprises(*, places: Mapping[int, Place], on: date, reason: str = "", at: datetime) -> list[int]:
    """Let enterprises {id: place} lie in other places from the day `on`; where they lay before stays known.

    The ids of those that moved come back; one that is there already is left alone. A second move on the same day
    corrects the first one, and takes it back when it leads to where the enterprise was before. RegistryError when the
    day has not come, lies before an earlier move, or the place is not one of that day.
    """
    _check_day(on, at)
    _check_places(places.values(), on)
    known = _known(lock_enterprises(places))
    moving = {number: each for number, each in known.items() if each.place != places[number]}
    last_day = on - timedelta(days=1)
    for each in moving.values():
        if each.left is not None and each.left.until_on > last_day:
            words = {"name": each.name, "on": each.left.until_on + timedelta(days=1)}
            raise RegistryError(_("“%(name)s”已自 %(on)s 起变更属地，新的变更日期不能早于该日。") % words)
    corrected = {number: each.left for number, each in moving.items() if each.left and each.left.until_on == last_day}
    undone = [left.pk for number, left in corrected.items() if _place_of(left) == places[number]]
    for part in rows.chunks(undone, CHUNK):
        EnterpriseArea.objects.filter(pk__in=part).delete()
    EnterpriseArea.objects.bulk_create(
        (
            EnterpriseArea(
                enterprise_id=number, **each.place._asdict(), until_on=last_day, reason=reason, recorded_at=at
            )
            for number, each in moving.items()
            if number not in corrected
        ),
        batch_size=100,
    )
    write_fields(Place._fields, {number: places[number] for number in moving}, at=at)
    return list(moving)


def _check_day(on: date, at: datetime) -> None:
    if on > timezone.localtime(at).date():
        raise RegistryError(_("属地变更日期 %(on)s 还没有到，请在当日或之后办理。") % {"on": on})


def _check_places(places: Collection[Place], on: date) -> None:
    """Every place is a subdistrict, with or without a community in it, that exists on the day."""
    wanted = sorted({code for place in places for code in place if code})
    found = {""}
    for part in rows.chunks(wanted, CHUNK):
        found |= set(Area.objects.valid_on(on).filter(code__in=part).values_list("code", flat=True))
    for area, community in sorted(set(places)):
        is_known = area in found and community in found
        if not is_known or len(area) != SUBDISTRICT_LENGTH or not (community or area).startswith(area):
            words = {"code": community or area, "on": on}
            raise RegistryError(_("%(code)s 在 %(on)s 不是有效的街道或社区代码，请核对迁入地。") % words)


def _known(numbers: Collection[int]) -> dict[int, _Known]:
    found: dict[int, _Known] = {}
    for part in rows.chunks(sorted(numbers), CHUNK):
        left = {
            each.enterprise_id: each
            for each in EnterpriseArea.objects.filter(enterprise_id__in=part).order_by("until_on")
        }
        now = Enterprise.objects.filter(pk__in=part).order_by("pk").values_list("pk", "name", *Place._fields)
        found |= {pk: _Known(name, Place(area, community), left.get(pk)) for pk, name, area, community in now}
    return found


def _place_of(left: EnterpriseArea) -> Place:
    return Place(left.area_code, left.community_code)
