"""Many who let the same room, or add rooms to one building, at the same moment: the database takes what fits."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import pytest
from django.db import DatabaseError

from shoushan.apps.premises.models import Building, Lease, Unit
from shoushan.apps.premises.services import LeaseLine, RoomLine, enter_lease, enter_rooms
from shoushan.ledger import api as ledger
from shoushan.lifecycle.errors import MissingError
from tests.apps.premises.factories import AT, JANUARY_1, a_building, a_firm, rooms
from tests.concurrency.test_imports import together
from tests.kept import district

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
WANTED = 6


@pytest.fixture
def building() -> Building:
    district()
    return a_building(lettable=100)


def test_a_room_is_let_to_one_of_many(building: Building) -> None:
    (unit,) = rooms(building, 100)
    lines = [LeaseLine(a_firm(number), date(2020, 2, number), date(2020, 3, 31)) for number in range(1, WANTED + 1)]

    answers = together(*(partial(enter_lease, unit, line, actor=None, at=AT) for line in lines))

    assert [type(each) for each in answers if not isinstance(each, Lease)] == [MissingError] * (WANTED - 1)
    assert Lease.objects.count() == 1
    assert ledger.verify() == []


def test_the_database_itself_takes_one_of_many_leases(building: Building) -> None:
    (unit,) = rooms(building, 100)
    firm = a_firm(1)

    def write(number: int) -> Any:
        values = {"since": JANUARY_1, "until": None, "area_sqdm": 10_000, "tenant": firm, "entered_at": AT}
        return Lease.objects.create(code=f"LSE-{number}", unit=unit, **values)

    answers = together(*(partial(write, number) for number in range(WANTED)))

    assert [isinstance(each, DatabaseError) for each in answers].count(True) == WANTED - 1
    assert Lease.objects.count() == 1


def test_rooms_added_at_once_stay_within_the_building(building: Building) -> None:
    def add(number: int) -> Any:
        line = RoomLine(1, str(number), 4000, line=1)
        return enter_rooms(building, [line], since=JANUARY_1, actor=None, at=AT)

    answers = together(*(partial(add, number) for number in range(WANTED)))

    assert [type(each) for each in answers if isinstance(each, Exception)] == [MissingError] * (WANTED - 2)
    assert sum(Unit.objects.values_list("area_sqdm", flat=True)) == 8000


def test_the_database_itself_keeps_rooms_within_the_building(building: Building) -> None:
    def write(number: int) -> Any:
        values = {"floor": 1, "number": str(number), "area_sqdm": 4000, "valid_from": JANUARY_1, "entered_at": AT}
        return Unit.objects.create(code=f"{building.code}.{number}", building=building, **values)

    answers = together(*(partial(write, number) for number in range(WANTED)))

    assert [isinstance(each, DatabaseError) for each in answers].count(True) == WANTED - 2
    assert sum(Unit.objects.values_list("area_sqdm", flat=True)) == 8000
