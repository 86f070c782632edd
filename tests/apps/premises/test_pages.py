"""The pages of premises as the bureau, a subdistrict and a leader open them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from shoushan.apps.premises.models import (
    Building,
    BuildingMove,
    BuildingTax,
    BuildingVisit,
    Headquarters,
    Lease,
    Unit,
)
from shoushan.apps.premises.selectors.additions import additions
from shoushan.apps.premises.services import (
    VisitLine,
    change_space,
    close_building,
    enter_headquarters,
    enter_tax,
    record_visit,
)
from shoushan.apps.premises.services.summaries import BY_CODE
from shoushan.apps.premises.views.work import VISITS
from shoushan.casework.models import Matter
from shoushan.directory.models import User
from shoushan.figures.values import evaluate_many
from shoushan.ledger import api as ledger
from shoushan.privacy.models import Access
from tests.apps.premises.factories import (
    AT,
    JANUARY_1,
    YAOJIA,
    ZHIYUAN,
    Who,
    a_building,
    a_firm,
    let,
    rooms,
    sent,
    setting,
    shown,
    two_buildings,
)
from tests.apps.projects.factories import a_project
from tests.directory.factories import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> Who:
    return setting()


@pytest.fixture
def building(who: Who) -> Building:
    return two_buildings()


@pytest.fixture(autouse=True)
def _march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


# ---- the list --------------------------------------------------------------------------------------------
def test_the_list_is_a_ledger_as_of_a_day(building: Building, who: Who) -> None:
    unit, *_more = rooms(building, 100, 150)
    let(unit, a_firm(1), date(2020, 2, 1), is_registered_here=True)
    client = signed_in(who.leader)

    text = shown(client, "building-list")
    before = shown(client, "building-list", day="2020-01-31")

    assert "测试大厦" in text
    assert "智远大厦" in text
    assert "10.0" in text
    assert "10.0" not in before
    assert "premises.occupancy_rate/?as_of=2020-03-23" in text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"text": "测试"}, {"测试大厦"}),
        ({"area": ZHIYUAN}, {"智远大厦"}),
        ({"kind": "PARK"}, set()),
        ({"theme": "金融"}, {"测试大厦"}),
        ({"sort": "-total"}, {"测试大厦", "智远大厦"}),
        ({"day": "2019-12-31"}, set()),
        ({"day": "昨天"}, set()),
    ],
)
def test_the_list_is_filtered(building: Building, who: Who, asked: dict[str, str], found: set[str]) -> None:
    text = shown(signed_in(who.leader), "building-list", **asked)
    table = text.partition("<tbody>")[2].partition("</tbody>")[0]

    assert {name for name in ("测试大厦", "智远大厦") if name in table} == found


def test_a_subdistrict_sees_its_own(building: Building, who: Who) -> None:
    text = shown(signed_in(who.street), "building-list")

    assert "测试大厦" in text
    assert "智远大厦" not in text
    other = Building.objects.get(name="智远大厦")
    assert signed_in(who.street).get(reverse("premises:building-detail", args=[other.code])).status_code == 404
    assert sent(who.street, "tax-enter", building.code, year="2019")[0] == 403
    assert signed_in(who.leader).get(reverse("premises:unit-enter", args=[building.code])).status_code == 403


# ---- one building ----------------------------------------------------------------------------------------
def test_a_building_shows_its_floors_on_any_day(building: Building, who: Who) -> None:
    first, second = rooms(building, 100, 50, floor=12)
    rooms(building, 80, floor=-1)
    let(first, a_firm(1), date(2020, 2, 1), date(2020, 6, 30))
    client = signed_in(who.street)

    now = shown(client, "building-detail", building.code)
    before = shown(client, "building-detail", building.code, day="2020-01-15")
    later = shown(client, "building-detail", building.code, day="2020-07-01")

    drawing = now.partition('<svg class="stacking"')[2].partition("</svg>")[0]
    assert drawing.index(">12<") < drawing.index(">B1<")
    assert drawing.count('class="use-let"') == 1
    assert drawing.count('class="use-vacant"') == 2
    assert "1201 租" in drawing
    assert "示例1号有限公司" in now.partition("房间一览")[2]
    for other in (before, later):
        assert other.partition('<svg class="stacking"')[2].count('class="use-let"') == 0
    assert second.number in now
    assert "139****0001" in now
    assert "13900000001" not in now


def test_a_figure_of_a_building_opens_the_receipt_of_that_building(building: Building, who: Who) -> None:
    other = a_building("姚家又一座")
    let(rooms(building, 100.5)[0], a_firm(1), JANUARY_1)
    let(rooms(other, 300)[0], a_firm(2), JANUARY_1)
    client = signed_in(who.leader)

    door = re.search(
        r'href="(/figures/premises.occupancy_rate/[^"]+)"', shown(client, "building-detail", building.code)
    )
    assert door is not None
    receipt = client.get(door[1].replace("&amp;", "&")).content.decode()

    assert "10.1" in receipt
    assert "100.50" in receipt or "100.5" in receipt
    assert f"{building.name} 1-101" in receipt
    assert "姚家又一座 1-101" not in receipt


def test_the_phone_is_shown_with_a_purpose_that_is_logged(building: Building, who: Who) -> None:
    refused, text = sent(who.street, "contact-show", building.code, purpose="")
    assert (refused, "13900000001" in text, Access.objects.count()) == (422, False, 0)

    status, text = sent(who.street, "contact-show", building.code, purpose="联系招商")

    assert (status, "13900000001" in text) == (200, True)
    assert Access.objects.get().subject == building.subject
    assert sent(who.leader, "contact-show", building.code, purpose="联系招商")[0] == 403


NEW = {
    "name": "新建大厦",
    "kind": "OFFICE",
    "area_code": "370102011",
    "total_sqdm": "3000.5",
    "lettable_sqdm": "2000",
    "since": "2020-03-01",
    "completed_on": "2020-03-01",
    "rent_fen": "2.5",
}


def test_a_building_is_entered_and_changed(who: Who) -> None:
    status, _text = sent(who.street, "building-open", **NEW)
    made = Building.objects.get()
    assert (status, made.rent_fen, made.spaces.get().total_sqdm) == (302, 250, 300_050)

    status, text = sent(who.street, "building-open", **NEW)
    assert (status, "在册已有" in text) == (422, True)

    changed = NEW | {"theme": "总部经济", "operator_name": "示例运营", "name": "新建大厦"}
    status, _text = sent(who.street, "building-edit", made.code, **changed)
    made.refresh_from_db()
    assert (status, made.theme, made.operator_name) == (302, "总部经济", "示例运营")

    said = {"since": "2020-03-10", "total_sqdm": "3000.5", "lettable_sqdm": "2100", "reason": "复核"}
    assert sent(who.street, "space-change", made.code, **said)[0] == 302
    assert made.spaces.count() == 2


def test_another_subdistrict_counts_from_its_day_on(building: Building, who: Who) -> None:
    unit, *_more = rooms(building, 100, 50)
    let(unit, a_firm(1), JANUARY_1, is_registered_here=True)
    typed = {"name": building.name, "kind": "OFFICE", "area_code": ZHIYUAN, "contact_role": "招商部"}

    status, text = sent(who.office, "building-edit", building.code, **typed)
    assert (status, "以前的数字仍算在原来的街道" in text, "更改所属街道请写明原因" in text) == (422, True, True)
    why = {"move_reason": "区划调整"}
    status, text = sent(who.office, "building-edit", building.code, **typed, **why, moved_on="2020-03-24")
    assert (status, "街道变更日期应在 2020-01-01 至 2020-03-23 之间" in text) == (422, True)
    assert sent(who.street, "building-edit", building.code, **typed, **why, moved_on="2020-03-10")[0] == 403
    assert sent(who.office, "building-edit", building.code, **typed, **why, moved_on="2020-03-10")[0] == 302

    asked = [BY_CODE[code] for code in ("let_space", "vacant_space", "lettable_space", "enterprises")]
    for day, area in ((date(2020, 3, 9), YAOJIA), (date(2020, 3, 10), ZHIYUAN)):
        found = evaluate_many(asked, as_of=day, areas=(area,)).values()
        assert [each.numerator for each in found][:2] == [10_000, 5_000]
        assert next(each for each in reversed(found)).numerator == 1
    text = shown(signed_in(who.leader), "building-detail", building.code, day="2020-03-09")
    assert "姚家街道 → 智远街道" in text
    assert "10.0" in text
    assert ledger.verify() == []
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        BuildingMove.objects.update(reason="x")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"lettable_sqdm": "4000"}, "可租面积大于总面积，请核对两个数和单位。"),
        ({"completed_on": "2020-12-31"}, "竣工日期还没有到，请在竣工以后填写。"),
        ({"since": "2021-01-01"}, "起算日期还没有到，请核对。"),
        ({"total_sqdm": "0", "lettable_sqdm": "0"}, "总面积应大于 0。"),
        ({"community_code": "370102013001"}, "所选社区不在所选街道"),
        ({"project": "PRJ-370102-20200302-0099"}, "没有编号为“PRJ-370102-20200302-0099”的项目"),
    ],
)
def test_it_says_what_is_wrong_with_a_building(who: Who, wrong: dict[str, str], sentence: str) -> None:
    status, text = sent(who.office, "building-open", **(NEW | wrong))

    assert status == 422
    assert sentence in text or "选择" in text
    assert Building.objects.count() == 0


def test_rooms_are_pasted(building: Building, who: Who) -> None:
    pasted = "12\t1201\t120.5\n12层,1202,80,自用\nB1 停01 33.33\n"

    assert sent(who.street, "unit-enter", building.code, since="2020-01-01", rooms=pasted)[0] == 302

    found = building.units.order_by("pk").values_list("floor", "number", "area_sqdm")
    assert list(found) == [(12, "1201", 12050), (12, "1202", 8000), (-1, "停01", 3333)]
    assert Unit.objects.get(number="1202").uses.get().use == "OWN_USE"


@pytest.mark.parametrize(
    ("pasted", "sentence"),
    [
        ("12 1201", "第 1 行应有楼层、房号、面积三项"),
        ("\n零 1201 10", "第 2 行：楼层“零”看不懂"),
        ("12 1201 约百", "第 1 行：面积“约百”不是数字"),
        ("12 1201 10.123", "最多两位小数"),
        ("12 1201 -5", "应大于 0"),
        ("12 1201 10 在租", "使用状态“在租”应为"),
        ("12 1201 10\n12 1201 10", "填了两次"),
        ("12 1201 1000.01", "大于可租面积 1000.00 平方米"),
        ("", "这个字段是必填项"),
    ],
)
def test_it_says_which_line_of_rooms_is_wrong(building: Building, who: Who, pasted: str, sentence: str) -> None:
    status, text = sent(who.street, "unit-enter", building.code, since="2020-01-01", rooms=pasted)

    assert status == 422
    assert sentence in text or not pasted
    assert building.units.count() == 0
    assert pasted.strip().split("\n")[0] in text


# ---- leases ----------------------------------------------------------------------------------------------
def test_a_room_is_let_and_given_back(building: Building, who: Who) -> None:
    (unit,) = rooms(building, 100)
    firm = a_firm(1)
    place = (building.code, unit.serial)

    said = {"tenant": firm.name, "since": "2020-02-01", "until": "2021-01-31", "area_sqdm": "100"}
    status, _text = sent(who.street, "lease-enter", *place, **said, is_registered_here="1")
    lease = Lease.objects.get()
    assert (status, lease.area_sqdm, lease.last_on) == (302, 10_000, date(2021, 1, 31))

    status, text = sent(who.street, "lease-enter", *place, **said)
    assert (status, "一天只能租给一家" in text) == (422, True)

    ended = {"kind": "EARLY", "last_on": "2020-03-10", "reason": "迁往外区"}
    assert sent(who.street, "lease-end", building.code, lease.code, **ended)[0] == 302
    text = shown(signed_in(who.street), "tenant-watch")
    assert firm.name in text.partition("已退租")[2].partition("在租，注册地")[0]
    assert "迁往外区" in shown(signed_in(who.street), "unit-detail", *place)

    assert sent(who.street, "registration-set", building.code, lease.code, since="2020-03-11", is_here="0")[0] == 302
    assert firm.name not in shown(signed_in(who.street), "tenant-watch")
    text = shown(signed_in(who.street), "building-detail", building.code, day="2020-03-12")
    assert "纳税地未登记" in text
    status, text = sent(who.street, "registration-set", building.code, lease.code, since="2020-03-11")
    assert (status, "请选择注册地或者纳税地在不在区内。" in text) == (422, True)
    said = {"since": "2020-03-11", "is_taxed_here": "1"}
    assert sent(who.street, "registration-set", building.code, lease.code, **said)[0] == 302
    text = shown(signed_in(who.street), "building-detail", building.code, day="2020-03-12")
    assert "在区内纳税" in text.replace("不在区内纳税", "")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"area_sqdm": "100.01"}, "承租面积 100.01 平方米大于房间面积 100.00 平方米，请核对。"),
        ({"until": "2020-01-31"}, "约定到期日早于起租日期，请核对。"),
        ({"since": "2019-12-31"}, "房间自 2020-01-01"),
        ({"since": "2030-01-01", "until": ""}, "起租日期在两年以后，请核对年份。"),
        ({"tenant": "没有登记的公司"}, "企业名录中没有唯一的“没有登记的公司”"),
        ({"area_sqdm": "0"}, "承租面积应大于 0。"),
    ],
)
def test_it_says_what_is_wrong_with_a_lease(building: Building, who: Who, wrong: dict[str, str], sentence: str) -> None:
    (unit,) = rooms(building, 100)
    said = {"tenant": a_firm(1).name, "since": "2020-02-01", "until": "2021-01-31", "area_sqdm": "100"} | wrong

    status, text = sent(who.street, "lease-enter", building.code, unit.serial, **said)

    assert (status, Lease.objects.count()) == (422, 0)
    assert sentence in text


def test_ending_a_lease_asks_for_a_day_and_a_reason(building: Building, who: Who) -> None:
    (unit,) = rooms(building, 100)
    lease = let(unit, a_firm(1), date(2020, 2, 1), date(2020, 6, 30))

    for typed, sentence in (
        ({"kind": "EARLY", "last_on": "2020-03-01", "reason": ""}, "请写明退租的原因。"),
        ({"kind": "EARLY", "last_on": "", "reason": "迁出"}, "请填写最后一日。"),
        ({"kind": "EARLY", "last_on": "2020-06-30", "reason": "迁出"}, "早于现在的到期日 2020-06-30"),
        ({"kind": "EARLY", "last_on": "2020-01-31", "reason": "迁出"}, "不早于 2020-02-01"),
    ):
        status, text = sent(who.street, "lease-end", building.code, lease.code, **typed)
        assert (status, sentence in text) == (422, True)
    assert sent(who.street, "lease-end", building.code, lease.code, kind="CANCELLED", reason="录入有误")[0] == 302
    status, text = sent(who.street, "lease-end", building.code, lease.code, kind="CANCELLED", reason="录入有误")
    assert (status, "这份租约已撤销" in text) == (422, True)


def test_use_is_stated_and_a_room_ends(building: Building, who: Who) -> None:
    unit, other = rooms(building, 100, 50)
    let(other, a_firm(1), JANUARY_1)
    place = (building.code, unit.serial)

    assert sent(who.street, "unit-use", *place, since="2020-03-01", use="RESERVED", reason="已交定金")[0] == 302
    assert "预定" in shown(signed_in(who.street), "unit-detail", *place)
    status, text = sent(who.street, "unit-use", building.code, other.serial, since="2020-03-01", use="RESERVED")
    assert (status, "这间房当日在租" in text) == (422, True)
    assert sent(who.street, "unit-end", *place, last_on="2020-03-20")[0] == 302
    status, text = sent(who.street, "unit-end", building.code, other.serial, last_on="2020-03-20")
    assert (status, "以后还有租约" in text) == (422, True)
    third = rooms(building, 20)[0]
    void = let(third, a_firm(2), JANUARY_1)
    assert sent(who.street, "lease-end", building.code, void.code, kind="CANCELLED", reason="录入有误")[0] == 302
    status, text = sent(who.street, "building-close", building.code, last_on="2020-03-20")
    assert (status, "以后还有 1 份租约，请先登记退租" in text) == (422, True)


# ---- tax, headquarters, visits ---------------------------------------------------------------------------
def test_the_tax_of_a_year_is_entered_and_corrected(building: Building, who: Who) -> None:
    said = {"year": "2019", "scope": "TOTAL", "amount_fen": "12000.5"}

    assert sent(who.office, "tax-enter", building.code, **said)[0] == 302
    status, text = sent(who.office, "tax-enter", building.code, **(said | {"amount_fen": "9000"}))
    assert (status, "改动请写明更正原因" in text) == (422, True)
    assert sent(who.office, "tax-enter", building.code, **said, reason="")[0] == 302
    assert sent(who.office, "tax-enter", building.code, **(said | {"amount_fen": "9000"}), reason="清算")[0] == 302
    status, text = sent(who.office, "tax-enter", building.code, **(said | {"year": "2020"}))
    assert (status, "当年的税收在年度结束以后录入" in text) == (422, True)

    assert list(BuildingTax.objects.order_by("revision").values_list("amount_fen", flat=True)) == [
        12_000_500_000,
        9_000_000_000,
    ]
    text = shown(signed_in(who.leader), "building-detail", building.code)
    assert "9,000.00" in text
    assert "清算" in text


def test_headquarters_are_recognised_for_a_time(building: Building, who: Who) -> None:
    firm = a_firm(1)
    said = {"enterprise": firm.uscc, "level": "CITY", "since": "2020-01-10", "document": "示例文件"}

    assert sent(who.office, "headquarters-list", **said)[0] == 302
    status, text = sent(who.office, "headquarters-list", **said)
    assert (status, "这家企业在这一级已经认定。" in text) == (422, True)
    record = Headquarters.objects.get()
    assert sent(who.street, "headquarters-list", **said)[0] == 403
    assert sent(who.office, "headquarters-end", record.pk, last_on="2020-03-01")[0] == 302
    status, text = sent(who.office, "headquarters-list", **(said | {"since": "2020-02-01"}))
    assert (status, "2020-01-10 至 2020-03-01 已有认定，认定日期应在这段时间以后" in text) == (422, True)
    status, text = sent(who.office, "headquarters-list", **(said | {"since": "2020-01-01"}))
    assert (status, Headquarters.objects.count()) == (422, 1)
    assert sent(who.office, "headquarters-list", **(said | {"since": "2020-03-02"}))[0] == 302
    assert firm.name in shown(signed_in(who.leader), "headquarters-list")
    assert firm.name not in shown(signed_in(who.elsewhere), "headquarters-list")


def test_a_visit_with_a_concern_becomes_a_matter(building: Building, who: Who) -> None:
    said = {"visited_on": "2020-03-20", "found": "空置率上升", "next_step": "对接招商", "next_on": "2020-04-20"}

    assert sent(who.street, "visit-record", building.code, **said)[0] == 302
    status, text = sent(who.street, "visit-record", building.code, **said, category="LEASE")
    assert (status, "转办诉求要同时选择类别、写明具体问题。" in text) == (422, True)
    raised = {"category": "LEASE", "concern": "两家租户希望减租"}
    assert sent(who.street, "visit-record", building.code, **said, **raised)[0] == 302

    matter = Matter.objects.get()
    assert (matter.about, matter.kind, matter.lead and matter.lead.code) == (
        building.subject,
        "premises.concern",
        "DEPT_INVESTMENT_PROMOTION",
    )
    assert BuildingVisit.objects.filter(matter=matter).count() == 1
    assert matter.code in shown(signed_in(who.street), "building-detail", building.code)
    assert signed_in(who.street).get(reverse("casework:matter-detail", args=[matter.code])).status_code == 200


def test_visits_that_are_due_are_found_until_the_next_is_made(building: Building, who: Who) -> None:
    other = Building.objects.get(name="智远大厦")
    rooms(other, 100)
    due = VisitLine(date(2020, 3, 1), "空置率上升", next_on=date(2020, 3, 20))
    record_visit(building, due, actor=who.street, at=AT)
    record_visit(building, VisitLine(date(2020, 3, 2), "看望", enterprise=a_firm(1), next_on=date(2020, 3, 23)), actor=who.office, at=AT)  # fmt: skip
    record_visit(other, VisitLine(date(2020, 3, 1), "正常", next_on=date(2020, 3, 24)), actor=who.elsewhere, at=AT)

    def titles(user: User) -> list[str]:
        return [each.title for each in VISITS.items(user, date(2020, 3, 23), AT, 0, 9)]

    firm = f"{building.name} · {a_firm(1).name}"
    assert titles(who.street) == [firm]  # the building was visited after the first
    assert titles(who.office) == [firm]
    assert titles(who.elsewhere) == []
    text = shown(signed_in(who.office), "building-list", visit="DUE")
    table = text.partition("<tbody>")[2].partition("</tbody>")[0]
    assert [name in table for name in (building.name, other.name)] == [True, False]
    assert "到期走访" in signed_in(who.street).get(reverse("portal:workbench")).content.decode()
    assert shown(signed_in(who.street), "building-detail", building.code).count("2020-03-23</small>") == 1
    record_visit(building, VisitLine(date(2020, 3, 21), "走访", enterprise=a_firm(1)), actor=who.street, at=AT)
    assert titles(who.street) == []


# ---- what was added --------------------------------------------------------------------------------------
def test_buildings_that_were_completed_are_listed_with_their_project(tmp_path: Path, who: Who) -> None:
    project = a_project(tmp_path)
    completed = {"completed_on": date(2020, 2, 1), "since": date(2020, 2, 1), "project": project.code}
    made = a_building("竣工大厦", total=80_000, **completed)
    a_building("旧大厦", completed_on=date(2015, 2, 1))

    text = shown(signed_in(who.leader), "addition-list")
    answer = signed_in(who.leader).get(reverse("premises:addition-export"))

    assert "竣工大厦" in text
    assert f'href="/projects/{project.code}/">{project.name}<' in text
    assert project.name in shown(signed_in(who.leader), "building-detail", made.code)
    assert "旧大厦" not in text
    assert "8.00" in text
    assert answer.status_code == 200
    assert answer["Content-Type"].endswith("sheet")
    assert "请把两个日期对调" in shown(signed_in(who.leader), "addition-list", first="2020-03-01", last="2020-02-01")
    nobody_knew = shown(signed_in(who.leader), "addition-list", first="2015-01-01", last="2015-12-31")
    assert "旧大厦" not in nobody_knew
    assert "旧大厦" in shown(signed_in(who.leader), "addition-list", first="2015-01-01", last="2020-01-01")


def test_what_was_added_is_the_same_in_the_table_and_above_it(who: Who) -> None:
    grown = a_building("长大大厦", total=10_000, completed_on=date(2020, 1, 10))
    said = {"since": date(2020, 3, 1), "total_sqdm": 3_000_000, "lettable_sqdm": 100_000, "reason": "实测"}
    change_space(grown, **said, actor=None, at=AT)
    gone = a_building("退出大厦", total=10_000, completed_on=date(2020, 1, 10))
    close_building(gone, on=date(2020, 3, 1), actor=None, at=AT)
    late = a_building("后录大厦", total=10_000, completed_on=date(2020, 1, 10), since=date(2020, 3, 10))

    for day in (date(2020, 2, 29), date(2020, 3, 1), date(2020, 3, 23)):
        found = additions(first=JANUARY_1, last=day, areas=["370102"])
        tiles = evaluate_many([BY_CODE["added_buildings"], BY_CODE["added_space"]], as_of=day, areas=("370102",))
        counted, space = (each.numerator for each in tiles.values())
        assert (len(found), sum(each.total_sqm * 100 for each in found)) == (counted, space)
    assert [each.building for each in found] == [late, grown]


def test_the_cockpit_and_the_search_know_of_them(building: Building, who: Who) -> None:
    (unit,) = rooms(building, 100)
    let(unit, a_firm(1), JANUARY_1, date(2020, 4, 1), is_registered_here=True)
    enter_tax(building, year=2019, scope="TOTAL", amount_fen=2 * 10**10, reason="", actor=None, at=AT)
    enter_headquarters(a_firm(1), level="DISTRICT", since=JANUARY_1, document="文", actor=None, at=AT)
    client = signed_in(who.leader)

    assert "租约三十日内到期" in client.get(reverse("portal:cockpit")).content.decode()
    assert "测试大厦" in client.get(reverse("portal:search"), {"q": "测试大厦"}).content.decode()
    assert "总部企业（区级认定）" in shown(client, "building-detail", building.code)
    receipt = client.get(reverse("figures:receipt", args=["premises.yi_buildings_total"]), {"as_of": "2020-03-23"})
    assert "测试大厦" in receipt.content.decode()
