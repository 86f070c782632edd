"""楼宇台账 and 空置房源表 as files: in, out and in again; every bad cell is answered (handbook E4, E7)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.urls import reverse

from shoushan.apps.premises.books import Entering, sync
from shoushan.apps.premises.models import Building, BuildingTax, Unit, VacancyOffer
from shoushan.apps.premises.selectors.vacancies import offered, vacancies
from shoushan.apps.premises.services import enter_tax, release_vacancy, state_use
from shoushan.apps.premises.services.summaries import building_figures
from shoushan.apps.premises.sheets import BuildingSheet, VacancySheet
from shoushan.exchange.importing import ImportResult
from shoushan.exchange.services import bring_in
from shoushan.figures.measures import measure
from shoushan.figures.values import evaluate
from tests.apps.premises.factories import AT, JANUARY_1, YAOJIA, Who, a_building, a_firm, let, rooms, setting
from tests.apps.resumption.factories import workbook
from tests.directory.factories import signed_in

pytestmark = pytest.mark.django_db
HEAD = "填报单位:姚家街道  截至时间:2020年3月23日"
LEDGER: dict[str, Any] = {
    "楼宇": "汇中大厦",
    "街道": "姚家街道",
    "总面积(平方米)": 2000.5,
    "可租": 1500,
    "已租": 0,
    "空置": 0,
    "入驻企业数": 0,
    "注册地在区内企业数": 0,
    "税收(万元)": 12000.55,
    "主导产业": "金融",
    "租金": 2.5,
    "联系人": "招商部",
    "税收年度": 2019,
    "税收口径": "全口径",
}
ROOM: dict[str, Any] = {
    "楼宇": "汇中大厦",
    "楼层": "12层",
    "房号": "1201",
    "面积(平方米)": 120.5,
    "租金": 1.8,
    "可交付时间": "2020-05-01",
}


@pytest.fixture
def who() -> Who:
    return setting()


def send(folder: Path, name: str, *lines: dict[str, Any], **more: Any) -> ImportResult:
    titles = list(dict.fromkeys(title for each in lines for title in each))
    head = more.pop("head", HEAD)
    path = workbook(
        folder / f"{name}.xlsx", head, titles, [[each.get(title, "") for title in titles] for each in lines]
    )
    return bring_in(path, at=AT, **more)


def told(result: ImportResult) -> list[tuple[str, str]]:
    return [(each.code, each.column) for each in result.problems]


def counted(result: ImportResult) -> tuple[int, int, int, int]:
    return result.new, result.changed, result.unchanged, result.rejected


# ---- 楼宇台账 --------------------------------------------------------------------------------------------
def test_a_ledger_comes_in_once_and_changes_nothing_the_second_time(tmp_path: Path, who: Who) -> None:
    first = send(tmp_path, "台账", LEDGER, LEDGER | {"楼宇": "恒隆广场", "载体类别": "商业综合体"})
    again = send(tmp_path, "台账再", LEDGER, LEDGER | {"楼宇": "恒隆广场", "载体类别": "商业综合体"})

    assert (counted(first), counted(again)) == ((2, 0, 0, 0), (0, 0, 2, 0))
    made = Building.objects.get(name="汇中大厦")
    space = made.spaces.get()
    assert (space.total_sqdm, space.lettable_sqdm, space.since) == (200_050, 150_000, date(2020, 3, 23))
    assert (made.rent_fen, made.contact_role, made.theme) == (250, "招商部", "金融")
    assert BuildingTax.objects.get(building=made).amount_fen == 12_000_550_000
    assert evaluate(measure("premises.yi_buildings_total"), as_of=date(2020, 3, 23)).value == 2
    per_sqm = evaluate(measure("premises.tax_per_sqm_total"), as_of=date(2020, 3, 23)).value
    assert per_sqm == (Decimal("120005500") / Decimal("2000.5")).quantize(Decimal("0.01"))


def test_a_line_with_another_area_states_it_from_the_files_day(tmp_path: Path, who: Who) -> None:
    a_building("汇中大厦", total=2000, lettable=1000)

    result = send(tmp_path, "台账", LEDGER)

    made = Building.objects.get()
    assert counted(result) == (0, 1, 0, 0)
    assert list(made.spaces.order_by("since").values_list("lettable_sqdm", flat=True)) == [100_000, 150_000]
    assert evaluate(measure("premises.lettable_space"), as_of=JANUARY_1).numerator == 100_000


def test_what_leases_say_is_compared_and_never_read(tmp_path: Path, who: Who) -> None:
    unit, _vacant = rooms(a_building("汇中大厦", total=2000.5, lettable=1500), 100, 50)
    let(unit, a_firm(1), JANUARY_1, is_registered_here=True)

    right = send(tmp_path, "对", LEDGER | {"已租": 100, "空置": 50, "入驻企业数": 1, "注册地在区内企业数": 1})
    wrong = send(tmp_path, "错", LEDGER | {"已租": 900, "空置": 50, "入驻企业数": 3, "注册地在区内企业数": 1})

    assert told(right) == []
    assert told(wrong) == [("differs_from_leases", "已租"), ("differs_from_leases", "入驻企业数")]
    assert evaluate(measure("premises.let_space"), as_of=date(2020, 3, 23)).value == Decimal("100.00")


@pytest.mark.parametrize(
    ("wrong", "code", "column"),
    [
        ({"可租": 2000.51}, "lettable_wrong", "可租"),
        ({"总面积(平方米)": 0, "可租": 0}, "total_wrong", "总面积"),
        ({"空置": -5}, "too_small", "空置"),
        ({"已租": 1400, "空置": 100.01}, "let_beyond_lettable", "已租"),
        ({"入驻企业数": 3, "注册地在区内企业数": 4}, "more_registered_than_there", "注册地在区内企业数"),
        ({"街道": "不存在街道"}, "area_unknown", "街道"),
        ({"总面积(平方米)": "约两千"}, "not_a_number", "总面积"),
        ({"税收年度": 2020}, "year_wrong", "税收年度"),
        ({"税收口径": "地方级"}, "not_a_choice", "税收口径"),
        ({"竣工时间": "2020-06-01"}, "not_completed", "竣工时间"),
        ({"楼宇": ""}, "required", "楼宇"),
        ({"载体类别": "烂尾楼"}, "not_a_choice", "载体类别"),
    ],
)
def test_every_bad_cell_of_a_ledger_is_answered(
    tmp_path: Path, who: Who, wrong: dict[str, Any], code: str, column: str
) -> None:
    result = send(tmp_path, "台账", LEDGER | wrong, LEDGER | {"楼宇": "另一座"})

    assert (counted(result), Building.objects.count()) == ((1, 0, 0, 1), 1)
    refused = [each for each in result.problems if each.is_error]
    assert [each.column for each in refused] == [column]
    assert refused[0].message.endswith("。")
    if code not in {"not_a_number", "required"}:  # words of the readers themselves
        assert refused[0].code == code


def test_a_subdistrict_brings_in_its_own_and_no_tax(tmp_path: Path, who: Who) -> None:
    scope: dict[str, Any] = {"actor": who.street, "sheet": BuildingSheet()}

    other = send(tmp_path, "别", {**LEDGER, "街道": "智远街道"}, **scope)
    taxed = send(tmp_path, "税", LEDGER, **scope)
    plain = send(tmp_path, "平", LEDGER | {"税收年度": "", "税收口径": ""}, **scope)

    assert told(other) == [("outside_scope", "街道")]
    assert told(taxed) == [("not_the_office", "税收")]
    assert (told(plain), counted(plain)) == ([("tax_without_scope", "税收")], (1, 0, 0, 0))


def test_what_goes_out_comes_in_again(tmp_path: Path, who: Who) -> None:
    unit, _other = rooms(a_building("汇中大厦", rent_fen=250, theme="金融", contact_role="招商部"), 100, 50)
    let(unit, a_firm(1), JANUARY_1, is_registered_here=True)
    BuildingTax.objects.create(building=unit.building, year=2019, scope="TOTAL", amount_fen=10**10, entered_at=AT)

    client = signed_in(who.office)
    answer = client.get(reverse("premises:building-export"), {"day": "2020-03-23"})
    page = openpyxl.load_workbook(BytesIO(answer.content)).active
    titles = [cell.value for cell in page[3]]
    path = tmp_path / "楼宇台账(3.23).xlsx"
    path.write_bytes(answer.content)

    assert titles[1:13] == [
        "楼宇",
        "街道",
        "总面积(平方米)",
        "可租(平方米)",
        "已租(平方米)",
        "空置(平方米)",
        "入驻企业数(家)",
        "注册地在区内企业数(家)",
        "税收(万元)",
        "主导产业",
        "租金(元/平方米·天)",
        "联系人",
    ]
    assert [cell.value for cell in page[4]][1:9] == ["汇中大厦", "姚家街道", 2000, 1000, 100, 50, 1, 1]
    assert counted(bring_in(path, at=AT)) == (0, 0, 1, 0)
    assert "汇中大厦" in client.get(reverse("premises:building-export"), {"format": "csv"}).content.decode("utf-8-sig")


def test_a_subdistrict_brings_its_own_ledger_in_again(tmp_path: Path, who: Who) -> None:
    building = a_building("汇中大厦")
    for scope, amount in (("TOTAL", 1_234_567), ("LOCAL", 500)):
        BuildingTax.objects.create(building=building, year=2019, scope=scope, amount_fen=amount, entered_at=AT)
    sync(Entering(AT, ""), buildings=[building.pk])
    answer = signed_in(who.street).get(reverse("premises:building-export"), {"day": "2020-03-23"})
    path = tmp_path / "楼宇台账(3.23).xlsx"
    path.write_bytes(answer.content)
    scope = {"actor": who.street, "sheet": BuildingSheet()}

    result = bring_in(path, at=AT, **scope)
    other = send(tmp_path, "另", LEDGER | {"总面积(平方米)": 2000, "可租": 1000, "税收(万元)": 123}, **scope)

    assert (counted(result), told(result)) == ((0, 0, 1, 0), [])
    assert told(other) == [("not_the_office", "税收")]


def test_a_tax_of_nothing_is_not_an_unknown_tax(tmp_path: Path, who: Who) -> None:
    taxed, unknown = a_building("零税大厦"), a_building("无数大厦")
    enter_tax(taxed, year=2019, scope="TOTAL", amount_fen=0, reason="", actor=None, at=AT)
    client = signed_in(who.office)

    answer = client.get(reverse("premises:building-export"), {"day": "2020-03-23"})
    page = openpyxl.load_workbook(BytesIO(answer.content)).active
    cells = {row[1].value: (row[9].value, row[18].value) for row in page.iter_rows(min_row=4)}

    assert cells["零税大厦"] == (0, 2019)
    assert cells["无数大厦"] == (None, None)
    shown = {
        each.name: {
            str(figure.measure.code): value
            for figure, value in building_figures(as_of=date(2020, 3, 23), area=YAOJIA, category=each.category)
        }
        for each in (taxed, unknown)
    }
    assert shown["零税大厦"]["premises.tax_total"] == 0
    assert shown["无数大厦"]["premises.tax_total"] is None
    assert shown["无数大厦"]["premises.let_space"] == 0


# ---- 空置房源表 ------------------------------------------------------------------------------------------
def test_vacancies_come_in_as_rooms_and_are_released(tmp_path: Path, who: Who) -> None:
    a_building("汇中大厦")

    first = send(tmp_path, "房源", ROOM, ROOM | {"楼层": "B1", "房号": "停01", "面积(平方米)": 33.33, "可交付时间": ""})
    again = send(
        tmp_path, "房源再", ROOM, ROOM | {"楼层": "-1", "房号": "停01", "面积(平方米)": 33.33, "可交付时间": ""}
    )
    cheaper = send(tmp_path, "降价", ROOM | {"租金": 1.5})

    assert [counted(each) for each in (first, again, cheaper)] == [(2, 0, 0, 0), (0, 0, 2, 0), (0, 1, 0, 0)]
    assert set(Unit.objects.values_list("floor", "area_sqdm")) == {(12, 12050), (-1, 3333)}
    assert list(VacancyOffer.objects.filter(withdrawn_on=None, unit__floor=12).values_list("rent_fen", flat=True)) == [
        150
    ]
    assert evaluate(measure("premises.vacant_space"), as_of=date(2020, 3, 23)).value == Decimal("153.83")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"楼宇": "没有的楼"}, "building_unknown"),
        ({"楼层": "中庭"}, "floor_form"),
        ({"面积(平方米)": 900}, "beyond_lettable"),
        ({"楼层": "1", "房号": "101", "面积(平方米)": 99}, "area_of_room_differs"),
        ({"楼层": "1", "房号": "101", "面积(平方米)": 100}, "not_vacant"),
        ({"街道": "智远街道"}, "area_differs"),
        ({"面积(平方米)": 0}, "too_small"),
        ({"租金": -1}, "too_small"),
    ],
)
def test_every_bad_cell_of_vacancies_is_answered(tmp_path: Path, who: Who, wrong: dict[str, Any], code: str) -> None:
    (unit,) = rooms(a_building("汇中大厦"), 100)
    let(unit, a_firm(1), JANUARY_1)

    result = send(tmp_path, "房源", ROOM | wrong, ROOM | {"房号": "1202", "街道": "姚家街道"})

    assert (result.new, result.rejected) == (1, 1)
    assert [each.code for each in result.problems if each.is_error] == [code]


def test_rooms_of_one_file_are_added_up(tmp_path: Path, who: Who) -> None:
    a_building("汇中大厦", lettable=200)

    result = send(tmp_path, "房源", ROOM, ROOM | {"房号": "1202"}, ROOM | {"房号": "1203", "面积(平方米)": 79.5})

    assert told(result) == [("beyond_lettable", "面积")]
    assert counted(result) == (2, 0, 0, 1)


def test_another_subdistrict_may_not_release(tmp_path: Path, who: Who) -> None:
    a_building("汇中大厦")

    assert told(send(tmp_path, "房源", ROOM, actor=who.elsewhere, sheet=VacancySheet())) == [("outside_scope", "楼宇")]
    assert counted(send(tmp_path, "房源", ROOM, actor=who.street, sheet=VacancySheet())) == (1, 0, 0, 0)


def table_of(who: Who, folder: Path) -> tuple[Path, list[dict[str, Any]]]:
    """The table of vacancies as it goes out, and its lines."""
    answer = signed_in(who.street).get(reverse("premises:vacancy-table"))
    path = folder / "空置房源表(3.23).xlsx"
    path.write_bytes(answer.content)
    page = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert page is not None
    heads = [str(cell.value) for cell in page[3]]
    lines = [dict(zip(heads, [cell.value for cell in row], strict=True)) for row in page.iter_rows(min_row=4)]
    return path, [each for each in lines if each["楼宇"]]


def test_the_table_of_vacancies_that_went_out_changes_nothing(
    tmp_path: Path, who: Who, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    plain, own, day, part = rooms(a_building("汇中大厦", rent_fen=200), 100, 60, 50, 40)
    for unit, rent, ready in ((own, 150, None), (day, None, date(2020, 5, 1))):
        release_vacancy(unit, released_on=JANUARY_1, rent_fen=rent, available_on=ready, actor=None, at=AT)
    let(part, a_firm(1), JANUARY_1, area=30)

    path, lines = table_of(who, tmp_path)
    result = bring_in(path, at=AT)

    assert [(each["房号"], each["对外发布"], each["空置范围"]) for each in lines] == [
        (plain.number, "否", "整间"),
        (own.number, "是", "整间"),
        (day.number, "是", "整间"),
        (part.number, "否", "部分"),
    ]
    assert (counted(result), told(result)) == ((0, 0, 4, 0), [])
    assert VacancyOffer.objects.count() == 2
    old = [
        {name: each[name] for name in each if name not in {"对外发布", "空置范围", "序号"}} | {"可交付时间": each["可交付时间"] or ""}
        for each in lines
    ]  # fmt: skip
    assert counted(send(tmp_path, "旧表", *old)) == (0, 0, 4, 0)


def test_the_table_says_what_is_offered(tmp_path: Path, who: Who) -> None:
    first, second = rooms(a_building("汇中大厦", rent_fen=200), 100, 60, floor=12)
    line = {"楼宇": "汇中大厦", "楼层": "12", "房号": first.number, "面积(平方米)": 100, "租金": 2, "可交付时间": ""}
    other = line | {"房号": second.number, "面积(平方米)": 60}

    assert counted(send(tmp_path, "甲", line | {"对外发布": "是"}, other | {"对外发布": "否"})) == (1, 0, 1, 0)
    assert [each.unit for each in VacancyOffer.objects.all()] == [first]
    assert counted(send(tmp_path, "乙", line | {"对外发布": "否"})) == (0, 1, 0, 0)
    assert VacancyOffer.objects.get().withdrawn_on == date(2020, 3, 23)
    assert counted(send(tmp_path, "丙", other | {"租金": 1.5})) == (1, 0, 0, 0)
    new = ROOM | {"房号": "1299", "对外发布": "否"}
    assert counted(send(tmp_path, "丁", new)) == (1, 0, 0, 0)
    assert not VacancyOffer.objects.filter(unit__number="1299").exists()


def test_the_rest_of_a_room_is_offered_by_the_table(tmp_path: Path, who: Who) -> None:
    (unit,) = rooms(a_building("汇中大厦"), 100, floor=12)
    let(unit, a_firm(1), JANUARY_1, area=60.5)
    line = {"楼宇": "汇中大厦", "楼层": "12", "房号": unit.number, "面积(平方米)": 39.5, "租金": 2, "空置范围": "部分"}

    assert told(send(tmp_path, "错", line | {"面积(平方米)": 40})) == [("vacant_part_differs", "面积")]
    assert counted(send(tmp_path, "对", line)) == (1, 0, 0, 0)
    assert told(send(tmp_path, "新", line | {"房号": "1299"})) == [("room_unknown", "空置范围")]
    assert [each.area_sqdm for each in offered(on=date(2020, 3, 23))] == [3950]


def test_the_table_refuses_what_recording_would_refuse(tmp_path: Path, who: Who) -> None:
    building = a_building("汇中大厦")
    rooms(building, 100, since=date(2020, 3, 1), floor=12)
    let(building.units.get(), a_firm(1), date(2020, 4, 1))
    line = ROOM | {"房号": "1201", "面积(平方米)": 100}
    early = "填报单位:姚家街道  截至时间:2020年2月23日"

    assert told(send(tmp_path, "临近", line)) == [("let_soon", "可交付时间")]
    assert told(send(tmp_path, "早", line, head=early)) == [("room_begins_later", "房号")]


def test_the_list_of_vacancies_adds_up_to_the_vacant_space(who: Who) -> None:
    one, two, three, _four = rooms(a_building("汇中大厦"), 100, 60, 50, 40.25)
    let(one, a_firm(1), date(2020, 2, 1), date(2020, 6, 30), area=60.5)
    let(two, a_firm(2), date(2020, 3, 1), None)
    state_use(three, since=date(2020, 3, 1), use="RESERVED", reason="", actor=None, at=AT)
    release_vacancy(one, released_on=date(2020, 2, 1), rent_fen=None, available_on=None, actor=None, at=AT)

    for day in map(date.fromisoformat, ("2020-01-15", "2020-02-01", "2020-03-01", "2020-06-30", "2020-07-01")):
        found = vacancies(on=day, areas=[YAOJIA])
        assert sum(each.area_sqdm for each in found) == evaluate(measure("premises.vacant_space"), as_of=day).numerator
