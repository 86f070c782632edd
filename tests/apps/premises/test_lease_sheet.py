"""楼宇租约明细表 as a file: rooms and leases come in, what ended ends, occupancy follows; out and in again changes nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.urls import reverse

from shoushan.apps.premises.models import Building, Lease, LeaseEnding, TenantRegistration, Unit
from shoushan.apps.premises.services import end_unit
from shoushan.apps.premises.sheets import LeaseSheet
from shoushan.exchange.importing import ImportResult
from shoushan.exchange.limits import FileRefusedError
from shoushan.exchange.services import bring_in
from shoushan.figures.measures import measure
from shoushan.figures.values import evaluate
from shoushan.lifecycle.errors import GuardError
from tests.apps.premises.factories import AT, JANUARY_1, Who, a_building, a_firm, let, rooms, setting
from tests.apps.resumption.factories import uscc, workbook
from tests.directory.factories import signed_in

pytestmark = pytest.mark.django_db
HEAD = "填报单位:姚家街道  截至时间:2020年3月23日"
LINE: dict[str, Any] = {
    "楼宇": "汇中大厦",
    "楼层": "12层",
    "房号": "1201",
    "房间面积(平方米)": 120.5,
    "承租企业": "示例1号有限公司",
    "起租日期": "2020-01-15",
    "约定到期日": "2022-01-14",
    "承租面积": 100,
    "租金": 1.8,
    "合同编号": "租2020-01",
    "注册地在区内": "是",
    "在区内纳税": "是",
}


@pytest.fixture
def who() -> Who:
    return setting()


@pytest.fixture
def building(who: Who) -> Building:
    a_firm(1)
    a_firm(2)
    return a_building("汇中大厦", lettable=300)


def send(folder: Path, *lines: dict[str, Any], **more: Any) -> ImportResult:
    titles = list(dict.fromkeys(title for each in lines for title in each))
    rows = [[each.get(title, "") for title in titles] for each in lines]
    return bring_in(workbook(folder / "租约.xlsx", HEAD, titles, rows), **{"at": AT} | more)


def counted(result: ImportResult) -> tuple[int, int, int, int]:
    return result.new, result.changed, result.unchanged, result.rejected


def told(result: ImportResult) -> list[tuple[str, str]]:
    return [(each.code, each.column) for each in result.problems]


def value(code: str, on: date) -> Any:
    return evaluate(measure(f"premises.{code}"), as_of=on).value


# ---- coming in -------------------------------------------------------------------------------------------
def test_rooms_come_with_their_leases_and_occupancy_follows(tmp_path: Path, building: Building) -> None:
    other = LINE | {"房号": "1202", "房间面积(平方米)": 79.5, "承租面积": "", "承租企业": "示例2号有限公司", "注册地在区内": "否", "在区内纳税": "否", "约定到期日": ""}  # fmt: skip
    first, again = send(tmp_path, LINE, other), send(tmp_path, LINE, other)

    assert (counted(first), counted(again)) == ((2, 0, 0, 0), (0, 0, 2, 0))
    assert told(again) == []
    lease = Lease.objects.get(unit__number="1201")
    assert (lease.tenant.uscc, lease.area_sqdm, lease.rent_fen, lease.document) == (uscc(1), 10_000, 180, "租2020-01")
    assert (lease.unit.floor, lease.unit.area_sqdm, lease.unit.valid_from) == (12, 12_050, date(2020, 1, 15))
    assert lease.source is not None
    assert Lease.objects.get(unit__number="1202").area_sqdm == 7_950
    assert value("let_space", date(2020, 1, 14)) == 0
    assert value("let_space", date(2020, 3, 23)) == Decimal("179.50")
    assert value("occupancy_rate", date(2020, 3, 23)) == Decimal("59.8")
    rates = [value(f"local_{name}_rate", date(2020, 3, 23)) for name in ("registration", "taxation")]
    assert (value("tenants", date(2020, 3, 23)), rates) == (2, [50, 50])


def test_a_room_that_is_let_one_after_the_other_is_there_from_the_first_day(tmp_path: Path, building: Building) -> None:
    later = LINE | {"起租日期": "2020-03-01", "约定到期日": ""}
    earlier = LINE | {"承租企业": "示例2号有限公司", "约定到期日": "2020-02-29"}

    assert counted(send(tmp_path, later, earlier)) == (2, 0, 0, 0)
    assert Unit.objects.get().valid_from == date(2020, 1, 15)


def test_a_line_that_names_its_end_ends_the_lease(tmp_path: Path, building: Building) -> None:
    send(tmp_path, LINE)
    ended = LINE | {"退租日期": "2020-03-10", "退租原因": "搬迁"}

    assert counted(send(tmp_path, ended)) == (0, 1, 0, 0)
    assert counted(send(tmp_path, ended)) == (0, 0, 1, 0)
    assert (Lease.objects.get().last_on, LeaseEnding.objects.get().reason) == (date(2020, 3, 10), "搬迁")
    assert (value("let_space", date(2020, 3, 10)), value("let_space", date(2020, 3, 11))) == (100, 0)
    follower = LINE | {"承租企业": "示例2号有限公司", "起租日期": "2020-03-11", "合同编号": "租2020-09"}
    assert counted(send(tmp_path, ended, follower)) == (1, 0, 1, 0)


def test_a_lease_may_be_entered_with_its_end(tmp_path: Path, building: Building) -> None:
    result = send(tmp_path, LINE | {"退租日期": "2020-03-10", "退租原因": "搬迁"})

    assert counted(result) == (1, 0, 0, 0)
    assert (Lease.objects.get().until, Lease.objects.get().last_on) == (date(2022, 1, 14), date(2020, 3, 10))


def test_a_history_of_leases_comes_in_at_once(tmp_path: Path, building: Building) -> None:
    ended = LINE | {"退租日期": "2020-03-10", "退租原因": "搬迁"}
    follower = LINE | {"承租企业": "示例2号有限公司", "起租日期": "2020-03-11", "合同编号": "租2020-09"}

    preview = send(tmp_path, follower, ended, commit=False)
    result = send(tmp_path, follower, ended)

    assert counted(preview) == counted(result) == (2, 0, 0, 0)
    first, second = Lease.objects.order_by("since")
    assert (first.until, first.last_on, second.last_on) == (date(2022, 1, 14), date(2020, 3, 10), date(2022, 1, 14))
    assert LeaseEnding.objects.get().reason == "搬迁"
    assert Unit.objects.get().valid_from == date(2020, 1, 15)
    assert value("let_space", date(2020, 3, 10)) == value("let_space", date(2020, 3, 11)) == 100


def test_a_room_has_to_fit_on_all_its_days(tmp_path: Path, building: Building) -> None:
    (old,) = rooms(building, 250)
    end_unit(old, last_on=date(2020, 2, 29), actor=None, at=AT)
    good = LINE | {"房号": "1202", "房间面积(平方米)": 50, "承租面积": 50, "承租企业": "示例2号有限公司"}
    now = LINE | {"房号": "1203", "起租日期": "2020-03-01", "承租企业": "示例2号有限公司"}

    result = send(tmp_path, LINE, good, now)

    assert (counted(result), told(result)) == ((2, 0, 0, 1), [("beyond_lettable", "房间面积")])
    assert "2020-01-15 楼宇的可租面积只剩 50.00 平方米" in result.problems[0].message


def test_a_line_that_is_refused_takes_no_room(tmp_path: Path, building: Building) -> None:
    early = LINE | {"起租日期": "2019-06-01", "约定到期日": "2019-12-31"}
    whole = LINE | {"房间面积(平方米)": 300, "承租面积": 301}
    later = LINE | {"起租日期": "2020-02-01", "房间面积(平方米)": 300}

    result = send(tmp_path, early | {"房间面积(平方米)": 300}, whole, later)

    assert [(each.row, each.code) for each in result.problems] == [
        (4, "room_before_its_building"),
        (5, "area_sqm_wrong"),
    ]
    assert counted(result) == (1, 0, 0, 2)
    assert Unit.objects.get().valid_from == date(2020, 2, 1)


def test_what_changed_since_the_preview_is_said(
    tmp_path: Path, building: Building, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: Any, **_more: Any) -> None:
        raise GuardError("这间房已租出。")

    monkeypatch.setattr("shoushan.apps.premises.sheets.leases.enter_leases", refuse)

    with pytest.raises(FileRefusedError, match="预览以后楼宇的房间或租约有变动，本次没有录入：这间房已租出。"):
        send(tmp_path, LINE)


def test_rooms_that_are_there_are_let_and_several_floors_are_read(tmp_path: Path, building: Building) -> None:
    rooms(building, 100, 50)
    lines = [
        {**LINE, "楼层": "1F", "房号": "101", "房间面积(平方米)": "", "承租面积": 100},
        {**LINE, "楼层": "B1", "房号": "1", "房间面积(平方米)": 20, "承租面积": 20, "承租企业": "", "统一社会信用代码": uscc(2)},
    ]  # fmt: skip
    lines[1]["承租企业"] = "原来的名称公司"

    assert counted(send(tmp_path, *lines)) == (2, 0, 0, 0)
    assert {(each.unit.floor, each.tenant.uscc) for each in Lease.objects.all()} == {(1, uscc(1)), (-1, uscc(2))}


@pytest.mark.parametrize(
    ("wrong", "code", "column"),
    [
        ({"楼宇": "不存在大厦"}, "building_unknown", "楼宇"),
        ({"楼层": "半层"}, "floor_form", "楼层"),
        ({"房间面积(平方米)": ""}, "room_unknown", "房间面积"),
        ({"房间面积(平方米)": 300.01}, "beyond_lettable", "房间面积"),
        ({"承租面积": 120.51}, "area_sqm_wrong", "承租面积"),
        ({"承租企业": "名录外公司"}, "tenant_unknown", "承租企业"),
        ({"约定到期日": "2020-01-14"}, "until_wrong", "约定到期日"),
        ({"起租日期": "2019-12-31"}, "room_before_its_building", "起租日期"),
        ({"起租日期": "2020-03-24", "约定到期日": ""}, "room_before_its_building", "起租日期"),
        ({"退租日期": "2020-03-10"}, "reason_missing", "退租原因"),
        ({"退租日期": "2020-01-14", "退租原因": "搬迁"}, "ending_wrong", "退租日期"),
        ({"退租日期": "2022-01-15", "退租原因": "搬迁"}, "ending_wrong", "退租日期"),
        ({"注册地在区内": "不清楚"}, "not_a_choice", "注册地在区内"),
        ({"街道": "智远街道"}, "area_differs", "街道"),
        ({"承租面积": "约100"}, "approximate", "承租面积"),
    ],
)
def test_every_bad_cell_is_answered(
    tmp_path: Path, building: Building, wrong: dict[str, Any], code: str, column: str
) -> None:
    good = LINE | {
        "街道": "姚家街道",
        "房号": "1209",
        "房间面积(平方米)": 10,
        "承租面积": 10,
        "承租企业": "示例2号有限公司",
    }
    result = send(tmp_path, LINE | wrong, good)

    assert (counted(result), Lease.objects.count()) == ((1, 0, 0, 1), 1)
    (problem,) = [each for each in result.problems if each.is_error]
    assert (problem.column, problem.row) == (column, 4)
    assert problem.message.endswith("。")
    if code != "approximate":  # words of the readers themselves
        assert problem.code == code


def test_a_room_is_let_once_a_day(tmp_path: Path, building: Building) -> None:
    (unit,) = rooms(building, 120.5, floor=12)
    let(unit, a_firm(2), JANUARY_1, date(2020, 2, 1))
    known = send(tmp_path, LINE | {"房间面积(平方米)": ""})
    twice = send(tmp_path, LINE | {"起租日期": "2020-02-02"}, LINE | {"起租日期": "2021-01-01", "承租企业": "示例2号有限公司"})  # fmt: skip

    assert told(known) == [("since_wrong", "起租日期")]
    assert "示例2号有限公司" in known.problems[0].message
    assert (counted(twice), told(twice)) == ((1, 0, 0, 1), [("let_twice", "起租日期")])
    assert "第 4 行" in twice.problems[0].message


@pytest.mark.parametrize(
    ("changed", "column"),
    [({"约定到期日": "2023-01-14"}, "约定到期日"), ({"租金": 2}, "租金"), ({"合同编号": "别的"}, "合同编号"), ({"承租面积": 90}, "承租面积")],
)  # fmt: skip
def test_a_lease_as_agreed_is_not_changed(
    tmp_path: Path, building: Building, changed: dict[str, Any], column: str
) -> None:
    send(tmp_path, LINE)
    result = send(tmp_path, LINE | changed)

    assert told(result) == [("lease_differs", column)]
    assert Lease.objects.get().until == date(2022, 1, 14)


def test_two_lines_that_say_another_size_of_a_room_and_one_beside_a_known_size(
    tmp_path: Path, building: Building
) -> None:
    later = LINE | {"起租日期": "2022-02-01", "约定到期日": "", "房间面积(平方米)": 130}

    result = send(tmp_path, LINE, later)
    assert told(result) == [("area_of_room_differs", "房间面积")]
    assert "第 4 行" in result.problems[0].message
    assert told(send(tmp_path, later)) == [("area_of_room_differs", "房间面积")]


def test_another_registration_is_said_and_not_taken(tmp_path: Path, building: Building) -> None:
    send(tmp_path, LINE)
    result = send(tmp_path, LINE | {"注册地在区内": "否"})

    assert (counted(result), told(result)) == ((0, 0, 1, 0), [("here_differs", "注册地在区内")])
    assert value("local_registration_rate", date(2020, 3, 23)) == 100


def test_a_subdistrict_brings_in_its_own(tmp_path: Path, building: Building, who: Who) -> None:
    assert told(send(tmp_path, LINE, actor=who.elsewhere, sheet=LeaseSheet())) == [("outside_scope", "楼宇")]
    assert counted(send(tmp_path, LINE, actor=who.street, sheet=LeaseSheet())) == (1, 0, 0, 0)
    assert Lease.objects.get().entered_by == who.street


# ---- going out -------------------------------------------------------------------------------------------
def test_what_holds_goes_out_and_comes_in_again_unchanged(tmp_path: Path, building: Building, who: Who) -> None:
    send(tmp_path, LINE, LINE | {"房号": "1202", "承租企业": "示例2号有限公司", "退租日期": "2020-03-30", "退租原因": "搬迁"})  # fmt: skip
    client = signed_in(who.leader)

    answer = client.get(reverse("premises:lease-export"), {"day": "2020-03-23"})
    path = tmp_path / "出.xlsx"
    path.write_bytes(answer.content)
    result = bring_in(path, at=AT)
    assert (counted(result), told(result)) == ((0, 0, 2, 0), [])
    page = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert page is not None
    assert "179.5" not in str(page["A1"].value)
    later = client.get(reverse("premises:lease-export"), {"day": "2020-04-01", "format": "csv"}).content.decode()
    assert ("1201" in later, "1202" in later) == (True, False)
    assert client.get(reverse("premises:lease-export"), {"day": "何日"}).status_code == 302
    assert reverse("premises:lease-export") in client.get(reverse("premises:building-list")).content.decode()


def test_others_take_nothing_along(tmp_path: Path, building: Building, who: Who) -> None:
    send(tmp_path, LINE)

    text = signed_in(who.elsewhere).get(reverse("premises:lease-export"), {"format": "csv"}).content.decode()
    assert "示例1号" not in text


def test_one_file_ends_a_lease_and_lets_the_room_anew_in_any_order(tmp_path: Path, building: Building) -> None:
    send(tmp_path, LINE)
    ended = LINE | {"退租日期": "2020-03-10", "退租原因": "搬迁"}
    follower = LINE | {"承租企业": "示例2号有限公司", "起租日期": "2020-03-11", "合同编号": "租2020-09"}

    assert counted(send(tmp_path, follower, ended)) == (1, 1, 0, 0)
    assert [each.tenant.uscc for each in Lease.objects.order_by("since")] == [uscc(1), uscc(2)]
    assert value("let_space", date(2020, 3, 10)) == value("let_space", date(2020, 3, 11)) == 100


def test_another_size_beside_a_known_lease_is_refused(tmp_path: Path, building: Building) -> None:
    send(tmp_path, LINE)

    assert told(send(tmp_path, LINE | {"房间面积(平方米)": 130})) == [("area_of_room_differs", "房间面积")]


def test_before_eight_in_the_morning_it_is_the_district_s_day_that_counts(tmp_path: Path, building: Building) -> None:
    early = AT.replace(hour=23)  # seven in the morning of March 24

    assert counted(send(tmp_path, LINE | {"起租日期": "2020-03-24", "约定到期日": ""}, at=early)) == (1, 0, 0, 0)


def test_what_nobody_registered_goes_out_as_an_empty_cell(tmp_path: Path, building: Building, who: Who) -> None:
    send(tmp_path, LINE | {"注册地在区内": "", "在区内纳税": "否", "约定到期日": ""})

    answer = signed_in(who.leader).get(reverse("premises:lease-export"), {"day": "2020-03-23"})
    page = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert page is not None
    heads = [cell.value for cell in page[3]]
    line = dict(zip(heads, [cell.value for cell in page[4]], strict=True))
    path = tmp_path / "出.xlsx"
    path.write_bytes(answer.content)
    text = signed_in(who.leader).get(reverse("premises:building-detail", args=[building.code])).content.decode()

    assert (line["注册地在区内"], line["在区内纳税"]) == (None, "否")
    assert (counted(bring_in(path, at=AT)), TenantRegistration.objects.count()) == ((0, 0, 1, 0), 0)
    assert "注册地未登记" in text
    assert "注册地未登记" in signed_in(who.leader).get(reverse("premises:tenant-watch")).content.decode()
