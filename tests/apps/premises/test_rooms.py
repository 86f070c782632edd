"""Rooms from their first day to their last."""

from __future__ import annotations

from datetime import date

import pytest

from shoushan.apps.premises.services import change_space, close_building, end_unit
from shoushan.lifecycle.errors import MissingError
from tests.apps.premises.factories import AT, JANUARY_1, a_building, rooms
from tests.kept import district

pytestmark = pytest.mark.django_db
JANUARY_31, FEBRUARY_1, MARCH_1 = date(2020, 1, 31), date(2020, 2, 1), date(2020, 3, 1)


@pytest.fixture(autouse=True)
def _district() -> None:
    district()


def test_a_last_day_is_not_moved_over_the_room_that_follows() -> None:
    building = a_building()
    (unit,) = rooms(building, 100)
    end_unit(unit, last_on=JANUARY_31, actor=None, at=AT)
    follower = rooms(building, 80, since=MARCH_1)[0]
    follower.number = unit.number
    follower.save()

    with pytest.raises(MissingError, match="1 层 101 自 2020-03-01 起是另一间房，这间房的最后一日应早于这一天"):
        end_unit(unit, last_on=MARCH_1, actor=None, at=AT)
    assert end_unit(unit, last_on=date(2020, 2, 29), actor=None, at=AT).valid_to == date(2020, 2, 29)
    assert end_unit(unit, last_on=JANUARY_31, actor=None, at=AT).valid_to == JANUARY_31


def test_a_last_day_is_not_moved_where_the_rooms_no_longer_fit() -> None:
    building = a_building(lettable=150)
    (unit,) = rooms(building, 100)
    end_unit(unit, last_on=JANUARY_31, actor=None, at=AT)
    rooms(building, 60, since=MARCH_1)

    with pytest.raises(
        MissingError, match=r"2020-03-01 房间面积合计 160\.00 平方米，大于可租面积 150\.00 平方米"
    ) as refusal:
        end_unit(unit, last_on=MARCH_1, actor=None, at=AT)
    assert list(refusal.value.fields) == ["last_on"]
    end_unit(unit, last_on=date(2020, 2, 29), actor=None, at=AT)


def test_a_last_day_is_not_moved_where_the_building_was_smaller() -> None:
    building = a_building(lettable=150)
    (unit,) = rooms(building, 100)
    end_unit(unit, last_on=JANUARY_31, actor=None, at=AT)
    said = {"since": FEBRUARY_1, "total_sqdm": 200_000, "lettable_sqdm": 9_000, "reason": "改造"}
    change_space(building, **said, actor=None, at=AT)  # type: ignore[arg-type]

    with pytest.raises(MissingError, match=r"大于可租面积 90\.00 平方米"):
        end_unit(unit, last_on=MARCH_1, actor=None, at=AT)


def test_a_room_ends_before_its_building_does() -> None:
    building = a_building()
    (unit,) = rooms(building, 100)
    close_building(building, on=MARCH_1, actor=None, at=AT)
    unit.refresh_from_db()

    with pytest.raises(MissingError, match="至 2020-02-29 之间"):
        end_unit(unit, last_on=MARCH_1, actor=None, at=AT)
    assert end_unit(unit, last_on=date(2020, 2, 29), actor=None, at=AT).valid_from == JANUARY_1
