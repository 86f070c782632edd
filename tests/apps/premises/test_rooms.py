"""Rooms from their first day to their last."""

from __future__ import annotations

from datetime import date

import pytest

from shoushan.apps.premises.services import change_space, close_building, end_lease, end_unit
from shoushan.lifecycle.errors import GuardError, MissingError
from tests.apps.premises.factories import AT, JANUARY_1, a_building, a_firm, let, rooms
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


def test_a_building_is_closed_once_and_takes_no_room_afterwards() -> None:
    building = a_building()
    rooms(building, 100, since=FEBRUARY_1)

    with pytest.raises(GuardError, match="1 间房自 2020-02-01 或以后才启用，请核对退出日期。"):
        close_building(building, on=FEBRUARY_1, actor=None, at=AT)
    building = close_building(building, on=MARCH_1, actor=None, at=AT)
    with pytest.raises(GuardError, match="这座楼宇已登记自 2020-03-01 起退出。"):
        close_building(building, on=date(2020, 3, 10), actor=None, at=AT)
    with pytest.raises(MissingError, match="楼宇自 2020-03-01 起退出，房间的启用日期应早于这一天"):
        rooms(building, 10, since=MARCH_1)
    assert rooms(building, 10, since=date(2020, 2, 29))


def test_an_ending_that_was_too_early_is_corrected_where_nothing_was_let_since() -> None:
    (unit,) = rooms(a_building(), 100)
    lease = let(unit, a_firm(1), JANUARY_1, date(2020, 12, 31))
    said = {"kind": "EARLY", "reason": "更正", "actor": None, "at": AT}
    end_lease(lease, last_on=JANUARY_31, **said)  # type: ignore[arg-type]
    let(unit, a_firm(2), date(2020, 3, 10), date(2020, 3, 20))

    end_lease(lease, last_on=MARCH_1, **said)  # type: ignore[arg-type]
    lease.refresh_from_db()
    assert (lease.last_on, lease.until, lease.endings.count()) == (MARCH_1, date(2020, 12, 31), 2)
    for day, words in (
        (date(2020, 3, 10), "2020-03-10 至 2020-03-20 已租给“示例2号有限公司”"),
        (MARCH_1, "最后一日现为 2020-03-01，可更正到 2020-01-01 至 2020-12-31 之间的另一天"),
        (date(2021, 1, 1), "可更正到 2020-01-01 至 2020-12-31 之间"),
    ):
        with pytest.raises(MissingError, match=words):
            end_lease(lease, last_on=day, **said)  # type: ignore[arg-type]
    with pytest.raises(MissingError, match="请写明退租的原因。"):
        end_lease(lease, last_on=FEBRUARY_1, **said | {"reason": ""})  # type: ignore[arg-type]


def test_a_room_ends_before_its_building_does() -> None:
    building = a_building()
    (unit,) = rooms(building, 100)
    close_building(building, on=MARCH_1, actor=None, at=AT)
    unit.refresh_from_db()

    with pytest.raises(MissingError, match="至 2020-02-29 之间"):
        end_unit(unit, last_on=MARCH_1, actor=None, at=AT)
    assert end_unit(unit, last_on=date(2020, 2, 29), actor=None, at=AT).valid_from == JANUARY_1
