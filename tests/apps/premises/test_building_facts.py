"""Floors, property fee and hours of a building, why a room stands vacant: typed, sent as a file, shown to whom they concern."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shoushan.apps.premises.models import Building, Unit, UnitUse
from shoushan.apps.premises.services import release_vacancy
from shoushan.exchange.services import bring_in
from tests.apps.premises.factories import (
    AT,
    JANUARY_1,
    YAOJIA,
    Who,
    a_building,
    a_firm,
    let,
    rooms,
    sent,
    setting,
    shown,
)
from tests.apps.premises.test_sheets import LEDGER, ROOM, counted, send, told
from tests.directory.factories import signed_in

pytestmark = pytest.mark.django_db
FACTS = {"floors_above": "12", "floors_below": "2", "property_fee_fen": "6.5", "hours": "工作日 8:00—20:00"}
IN_FILE: dict[str, Any] = {
    "地上层数": 12,
    "地下层数": 2,
    "物业费(元/平方米·月)": 6.5,
    "开放时间": "工作日 8:00—20:00",
}


@pytest.fixture
def who() -> Who:
    return setting()


@pytest.fixture(autouse=True)
def _march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


def known(building: Building) -> tuple[Any, ...]:
    building.refresh_from_db()
    return building.floors_above, building.floors_below, building.property_fee_fen, building.hours


def typed(building: Building, **more: str) -> dict[str, str]:
    return {"name": building.name, "kind": "OFFICE", "area_code": YAOJIA, **FACTS, **more}


def read(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


# ---- a building ------------------------------------------------------------------------------------------
def test_facts_of_a_building_are_typed_and_shown_to_investors_too(who: Who, client: Client) -> None:
    building = a_building()
    (unit,) = rooms(building, 100)
    release_vacancy(unit, released_on=JANUARY_1, rent_fen=None, available_on=None, actor=None, at=AT)

    assert sent(who.street, "building-edit", building.code, **typed(building))[0] == 302

    assert known(building) == (12, 2, 650, "工作日 8:00—20:00")
    for page in (
        shown(signed_in(who.leader), "building-detail", building.code),
        shown(client, "vacancy-plan", building.code),
    ):
        text = read(page)
        for words in ("地上层数 12", "地下层数 2", "物业费（元/平方米·月） 6.50", "开放时间 工作日 8:00—20:00"):
            assert words in text
    assert sent(who.street, "building-edit", building.code, **typed(building, floors_above=""))[0] == 302
    assert known(building)[0] is None


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"floors_above": "201"}, "地上层数不应超过 200 层"),
        ({"floors_below": "21"}, "地下层数不应超过 20 层"),
        ({"floors_above": "11"}, "已登记 12 层的房间，地上层数不能更少"),
        ({"floors_below": "0"}, "已登记 B1 层的房间，地下层数不能更少"),
        ({"property_fee_fen": "1000.01"}, "物业费不应超过每平方米每月 1,000 元"),
        ({"floors_above": "-1"}, "0"),
    ],
)
def test_it_says_what_is_wrong_with_facts(who: Who, wrong: dict[str, str], sentence: str) -> None:
    building = a_building()
    rooms(building, 100, floor=12)
    rooms(building, 100, floor=-1)

    status, text = sent(who.street, "building-edit", building.code, **typed(building, **wrong))

    assert (status, sentence in text) == (422, True)
    assert known(building) == (None, None, None, "")


def test_a_room_is_within_the_floors_that_are_stated(who: Who) -> None:
    building = a_building(floors_above=12)

    status, text = sent(who.street, "unit-enter", building.code, since="2020-01-01", rooms="12 1201 10\n13 1301 10")

    assert (status, "第 2 行：楼宇地上共 12 层，没有 13 层，请核对楼层" in text) == (422, True)
    assert Unit.objects.count() == 0
    assert sent(who.street, "unit-enter", building.code, since="2020-01-01", rooms="12 1201 10\nB3 停 10")[0] == 302


# ---- files -----------------------------------------------------------------------------------------------
def test_a_ledger_brings_facts_and_leaves_what_it_does_not_say(tmp_path: Path, who: Who) -> None:
    first = send(tmp_path, "台账", LEDGER | IN_FILE)
    building = Building.objects.get()
    assert known(building) == (12, 2, 650, "工作日 8:00—20:00")

    without = send(tmp_path, "没有列", LEDGER)
    blank = send(tmp_path, "空白", LEDGER | dict.fromkeys(IN_FILE, ""))
    other = send(tmp_path, "改一项", LEDGER | {"地上层数": "15层"})

    assert [counted(each) for each in (first, without, blank, other)] == [
        (1, 0, 0, 0),
        (0, 0, 1, 0),
        (0, 0, 1, 0),
        (0, 1, 0, 0),
    ]
    assert known(building) == (15, 2, 650, "工作日 8:00—20:00")


def test_facts_go_out_and_come_in_again(tmp_path: Path, who: Who) -> None:
    send(tmp_path, "台账", LEDGER | IN_FILE)
    path = tmp_path / "导出.xlsx"
    answer = signed_in(who.office).get(reverse("premises:building-export"), {"day": "2020-03-23"})
    path.write_bytes(answer.content)
    Building.objects.update(floors_above=1, floors_below=None, property_fee_fen=None, hours="")

    as_csv = signed_in(who.office).get(reverse("premises:building-export"), {"format": "csv"})
    assert "地上层数" in as_csv.content.decode("utf-8-sig")
    bring_in(path, at=AT)
    assert known(Building.objects.get()) == (12, 2, 650, "工作日 8:00—20:00")


@pytest.mark.parametrize(
    ("wrong", "code", "column"),
    [
        ({"地上层数": 201}, "too_large", "地上层数"),
        ({"地上层数": 1.5}, "not_whole", "地上层数"),
        ({"地上层数": 11}, "floors_above_wrong", "地上层数"),
        ({"地下层数": 21}, "too_large", "地下层数"),
        ({"物业费(元/平方米·月)": 1000.01}, "too_large", "物业费"),
        ({"开放时间": "时" * 61}, "too_long", "开放时间"),
    ],
)
def test_every_bad_cell_of_facts_is_answered(
    tmp_path: Path, who: Who, wrong: dict[str, Any], code: str, column: str
) -> None:
    rooms(a_building("汇中大厦"), 100, floor=12)

    result = send(tmp_path, "台账", LEDGER | IN_FILE | wrong)

    assert told(result) == [(code, column)]
    assert known(Building.objects.get()) == (None, None, None, "")


def test_a_table_of_vacancies_names_no_floor_beyond(tmp_path: Path, who: Who) -> None:
    a_building("汇中大厦", floors_above=11)

    result = send(tmp_path, "房源", ROOM | {"街道": "姚家街道"})

    assert told(result) == [("no_such_floor", "楼层")]


# ---- a room ----------------------------------------------------------------------------------------------
def test_why_a_room_stands_vacant_is_stated_and_shown_while_it_does(who: Who, client: Client) -> None:
    unit, *_more = rooms(a_building(), 100)
    place = (unit.building.code, unit.serial)
    said = {"since": "2020-02-01", "use": "VACANT", "reason": "原租户到期迁出"}

    assert sent(who.street, "unit-use", *place, **said)[0] == 302
    assert sent(who.street, "unit-use", *place, **said)[0] == 302
    assert sent(who.street, "unit-use", *place, **(said | {"reason": ""}))[0] == 302

    assert UnitUse.objects.count() == 1
    street = signed_in(who.street)
    assert "空置原因 原租户到期迁出" in read(shown(street, "unit-detail", *place))
    assert "空置原因 " not in read(shown(street, "unit-detail", *place, day="2020-01-15"))
    table = shown(street, "building-detail", unit.building.code).partition("房间一览")[2]
    assert "原租户到期迁出" in table.partition("</table>")[0]
    release_vacancy(unit, released_on=JANUARY_1, rent_fen=None, available_on=None, actor=None, at=AT)
    assert "原租户" not in shown(client, "vacancy-plan", unit.building.code)
    let(unit, a_firm(1), JANUARY_1.replace(month=3))
    assert "空置原因 " not in read(shown(street, "unit-detail", *place))
