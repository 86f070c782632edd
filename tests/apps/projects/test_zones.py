"""Zones: sums that add up to the district's, maps, forms that refuse in sentences, what a reader may see."""

from __future__ import annotations

import json
import re
from datetime import date
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shoushan.apps.projects.models import Project, Zone, ZoneOutline
from shoushan.apps.projects.selectors import zone_map
from shoushan.apps.projects.selectors.zones import survey
from shoushan.apps.projects.services import adjust_plan, report_month
from shoushan.apps.projects.services.pool import propose_idea
from shoushan.apps.projects.services.summaries import summary
from shoushan.apps.projects.services.zones import draw_zone, enter_zone
from tests.apps.projects.factories import AT, WAN, YAOJIA, YI, Who, a_project, moment, row, send, setting
from tests.directory.factories import signed_in

pytestmark = pytest.mark.django_db
NOW = moment(date(2020, 4, 10))
DISTRICT = ("370102",)
SQUARE = [[117.0, 36.6], [117.1, 36.6], [117.1, 36.7], [117.0, 36.7], [117.0, 36.6]]
HOLE = [[117.04, 36.64], [117.06, 36.64], [117.06, 36.66], [117.04, 36.64]]


@pytest.fixture
def who() -> Who:
    return setting()


@pytest.fixture(autouse=True)
def _april(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def zones(tmp_path: Path, who: Who) -> dict[str, Zone]:
    """Two zones; a large project in the first, a large and a small one in the second, a package in none."""
    made = {code: a_zone(code, name) for code, name in (("CBD", "中央商务区"), ("MINGFU", "明府城片区"))}
    a_project(tmp_path, 所属片区="中央商务区")
    a_project(tmp_path, 项目名称="明府修缮", 所属片区="明府城片区", **{"总投资(亿元)": 20, "本年计划投资(亿元)": 5})
    a_project(tmp_path, 项目名称="明府小园", 所属片区="明府城片区", **{"总投资(亿元)": 0.5, "截至上年底完成(亿元)": 0, "本年计划投资(亿元)": 0.2})  # fmt: skip
    a_project(tmp_path, 项目名称="智远道路", 建设地点="智远街道", 建设单位="市政公司")
    return made


def a_zone(code: str, name: str, kind: str = "MAIN") -> Zone:
    return enter_zone(code=code, name=name, kind=kind, actor=None, at=AT)


def text_of(*rings: Any) -> str:
    return json.dumps({"type": "Polygon", "coordinates": rings or [SQUARE]})


def draw(zone: Zone, text: str = "", **more: Any) -> ZoneOutline:
    said = {"source": "控规〔2020〕1号", "is_schematic": False} | more
    return draw_zone(zone=zone, text=text or text_of(), actor=None, at=AT, **said)[0]


def shown(client: Client, name: str, *args: Any, **asked: str) -> str:
    answer = client.get(reverse(f"projects:{name}", args=args), asked)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def rows_of(client: Client, **asked: str) -> list[list[str]]:
    """The list as its own file says it."""
    answer = client.get(reverse("projects:zone-list"), {"as": "csv"} | asked)
    assert answer.headers["Content-Type"] == "text/csv"
    return [line.split(",") for line in answer.content.decode("utf-8-sig").splitlines()]


# ---- sums ---------------------------------------------------------------------------------------------------------
def test_zones_and_what_lies_in_none_add_up_to_the_district(zones: dict[str, Zone], who: Who) -> None:
    project = Project.objects.get(name="明府修缮")
    sums = {"month_fen": 5000 * WAN, "year_fen": 5000 * WAN, "total_fen": 25_000 * WAN, "progress": "主体施工"}
    report_month(project=project, month=date(2020, 1, 1), values=sums, actor=None, at=AT)
    found = survey(as_of=NOW.date(), areas=DISTRICT)

    cbd, mingfu = (line.sums for line in found.lines)
    assert (cbd.packages, mingfu.packages, mingfu.small, found.rest.packages) == (1, 1, 1, 1)
    assert (mingfu.total_fen, mingfu.year_fen, mingfu.done_fen) == (20 * YI, 5 * YI, 5000 * WAN)
    assert mingfu.share == 10
    assert mingfu.ahead == -15  # three months of twelve have passed
    figures = summary(as_of=NOW.date(), areas=DISTRICT).figures
    for name, code in (
        ("packages", "large_projects"),
        ("parts", "large_parts"),
        ("total_fen", "large_total_investment"),
        ("year_fen", "large_year_plan"),
        ("done_fen", "large_year_done"),
    ):
        parts = [getattr(each, name) for each in (cbd, mingfu, found.rest)]
        assert sum(parts) == getattr(found.whole, name) == figures[f"projects.{code}"].numerator, name
    assert sum(each.packages for each in found.areas.values()) == found.whole.packages
    assert found.whole.ahead == summary(as_of=NOW.date(), areas=DISTRICT).ahead


def test_parts_of_a_package_are_counted_beside_it(zones: dict[str, Zone], tmp_path: Path) -> None:
    part = {"总投资(亿元)": 0, "本年计划投资(亿元)": 0, "截至上年底完成(亿元)": 0, "所属打包项目": "明府修缮"}
    send(tmp_path, row(项目名称="甲楼", **part), row(项目名称="乙楼", **part))

    mingfu = survey(as_of=NOW.date(), areas=DISTRICT).lines[1].sums
    assert (mingfu.packages, mingfu.parts) == (1, 2)


def test_it_is_as_it_was_on_the_day(zones: dict[str, Zone], who: Who) -> None:
    project = Project.objects.get(name="明府修缮")
    words = {"reason": "会议纪要", "actor": who.office, "at": NOW}
    adjust_plan(project=project, year=2020, on=date(2020, 4, 1), values={"total_fen": 30 * YI}, **words)

    on = {day: survey(as_of=date(2020, *day), areas=DISTRICT).lines[1].sums.total_fen for day in ((3, 31), (4, 1))}
    assert on == {(3, 31): 20 * YI, (4, 1): 30 * YI}
    assert survey(as_of=date(2020, 1, 1), areas=DISTRICT).whole.packages == 0


def listed(folder: Path, day: date, **changed: str) -> None:
    """A list of a day, which may move a project."""
    head = f"填报单位:历下区  截至时间:{day.year}年{day.month}月{day.day}日"
    assert send(folder, row(**changed), head=head).rejected == 0


def test_a_project_counts_in_the_zone_to_which_it_belonged_on_the_day(
    zones: dict[str, Zone], who: Who, tmp_path: Path
) -> None:
    listed(tmp_path, date(2020, 4, 6), 所属片区="明府城片区")
    listed(
        tmp_path, date(2020, 4, 8), 项目名称="智远道路", 建设地点="智远街道", 建设单位="市政公司", 所属片区="中央商务区"
    )

    def counts(*day: int) -> list[int]:
        found = survey(as_of=date(2020, *day), areas=DISTRICT)
        return [*(line.sums.packages for line in found.lines), found.rest.packages]

    assert [counts(4, 5), counts(4, 6), counts(4, 8)] == [[1, 1, 1], [0, 2, 1], [1, 2, 0]]
    moved = Project.objects.get(name="测试商务中心(示例)")
    assert [(each.zone.code, each.since.day) for each in moved.zone_stays.all()] == [("CBD", 2), ("MINGFU", 6)]
    client = signed_in(who.leader)
    assert moved.name in shown(client, "zone-detail", "CBD", as_of="2020-04-05")
    assert moved.name not in shown(client, "zone-detail", "CBD", as_of="2020-04-06")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        moved.zone_stays.update(since=date(2020, 1, 1))


def test_a_list_that_comes_late_changes_no_day_before_the_newest(zones: dict[str, Zone], tmp_path: Path) -> None:
    listed(tmp_path, date(2020, 4, 6), 所属片区="明府城片区")
    listed(tmp_path, date(2020, 4, 3), 所属片区="中央商务区")

    (project,) = Project.objects.filter(name="测试商务中心(示例)")
    assert [(each.zone.code, each.since.day) for each in project.zone_stays.all()] == [
        ("CBD", 2),
        ("MINGFU", 6),
        ("CBD", 6),
    ]
    assert project.zone == zones["CBD"]


@pytest.mark.parametrize(("asked", "names"), [("CBD", {"测试商务中心"}), ("MINGFU", {"明府修缮", "明府小园"}), ("-", {"智远道路"})])  # fmt: skip
def test_the_portfolio_shows_one_zone(zones: dict[str, Zone], who: Who, asked: str, names: set[str]) -> None:
    text = shown(signed_in(who.leader), "project-list", zone=asked)

    assert {each for each in ("测试商务中心", "明府修缮", "明府小园", "智远道路") if f">{each}" in text} == names


# ---- the list -----------------------------------------------------------------------------------------------------
def test_the_list_says_so_and_takes_it_along(zones: dict[str, Zone], who: Who) -> None:
    draw(zones["CBD"])
    client = signed_in(who.leader)

    headings, *rows = rows_of(client, as_of="2020-04-10")
    assert headings[3:5] == ["项目个数:按打包项目计", "项目个数:按子项计"]
    assert [row[1] for row in rows] == ["中央商务区", "明府城片区", "不在片区内", "合计"]
    assert [float(row[5]) for row in rows] == [12.5, 20, 12.5, 45]
    assert [row[-1] for row in rows] == ["0", "1", "0", "1"]
    assert {len(row) for row in rows} == {len(headings)}
    answer = client.get(reverse("projects:zone-list"), {"as": "xlsx"})
    page = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert page is not None
    assert page["F5"].value == 45

    text = shown(client, "zone-list")
    assert "/figures/projects.large_total_investment/" in text
    assert reverse("projects:zone-list") in shown(client, "project-list")


def test_the_maps_lead_to_zones_and_to_the_projects_of_a_subdistrict(zones: dict[str, Zone], who: Who) -> None:
    draw(zones["CBD"], text_of(SQUARE, HOLE), is_schematic=True)
    text = shown(signed_in(who.leader), "zone-list", by="total")

    drawing = text.partition('class="zone-map"')[2].partition("</svg>")[0]
    assert f'href="{reverse("projects:zone-detail", args=["CBD"])}?as_of=2020-04-10"' in drawing
    assert 'fill-rule="evenodd"' in drawing
    assert "zone-schematic" in drawing
    assert "12.50" in drawing
    assert drawing.count("Z") == 2
    assert "虚线为示意范围" in text
    assert re.search(r"尚未画界\s*：\s*<a[^>]*>明府城片区</a>", text)
    tiles = text.partition('class="tiles"')[2].partition("</svg>")[0]
    assert f"{reverse('projects:project-list')}?year=2020&amp;as_of=2020-04-10&amp;area={YAOJIA}" in tiles
    assert "32.50" in tiles


def test_a_subdistrict_sees_the_sums_of_its_own(zones: dict[str, Zone], who: Who) -> None:
    client = signed_in(who.street)
    _headings, *rows = rows_of(client)

    assert [(row[1], row[3]) for row in rows] == [("中央商务区", "1"), ("明府城片区", "1"), ("不在片区内", "0"), ("合计", "2")]  # fmt: skip
    text = shown(client, "zone-list")
    assert "智远街道" not in text
    assert "登记片区" not in text
    other = Project.objects.get(name="智远道路")
    Project.objects.filter(pk=other.pk).update(zone=zones["CBD"])
    assert "智远道路" not in shown(client, "zone-detail", "CBD")


def test_without_zones_it_says_what_comes_first(who: Who) -> None:
    text = shown(signed_in(who.office), "zone-list")

    assert "还没有片区" in text
    assert "登记片区" in text
    assert "不在片区内" in text


def test_more_zones_and_projects_ask_no_more(zones: dict[str, Zone], who: Who, tmp_path: Path) -> None:
    client = signed_in(who.leader)
    draw(zones["CBD"])

    def asked(name: str, *args: str) -> int:
        client.get(reverse(f"projects:{name}", args=args))
        with CaptureQueriesContext(connection) as found:
            client.get(reverse(f"projects:{name}", args=args))
        return len(found)

    before = asked("zone-list"), asked("zone-detail", "CBD")
    for number in range(4):
        zone = a_zone(f"Z{number}", f"片区{number}")
        draw(zone, source=f"图{number}")
        a_project(tmp_path, 项目名称=f"项目{number}", 建设单位=f"单位{number}", 所属片区=zone.name)
        a_project(tmp_path, 项目名称=f"商务{number}", 建设单位=f"公司{number}", 所属片区="中央商务区")
        draw(zones["CBD"], source=f"图{number}")

    assert (asked("zone-list"), asked("zone-detail", "CBD")) == before


# ---- one zone -----------------------------------------------------------------------------------------------------
def test_a_zone_shows_its_projects_its_ideas_and_how_it_was_drawn(zones: dict[str, Zone], who: Who) -> None:
    idea = {"name": "金融科技园", "theme": "FINANCE", "zone": zones["CBD"], "industry": "", "content": "盘活"}
    idea |= {"invest_fen": YI, "tax_fen": 0, "jobs": 1, "source": "STUDY"}
    words = {"actor": None, "at": AT, "lead": who.lead.organisation}
    propose_idea(values=idea, area_code=YAOJIA, on=AT.date(), **words)  # type: ignore[arg-type]
    draw(zones["CBD"])
    draw(zones["CBD"], text_of(SQUARE, HOLE), source="控规〔2020〕2号")
    text = shown(signed_in(who.leader), "zone-detail", "CBD")

    assert "测试商务中心" in text
    assert "明府修缮" not in text
    assert "金融科技园" in text
    assert "控规〔2020〕2号" in text
    assert text.index("控规〔2020〕2号") < text.index("控规〔2020〕1号")
    assert "公顷" in text
    assert "重新画边界" not in text
    project = Project.objects.get(zone=zones["CBD"])
    assert reverse("projects:zone-detail", args=["CBD"]) in shown(signed_in(who.leader), "project-detail", project.code)
    schematic = shown(signed_in(who.leader), "zone-detail", "MINGFU")
    assert "尚未画界" in schematic


def test_a_zone_that_is_not_there_is_not_found(who: Who) -> None:
    assert signed_in(who.leader).get(reverse("projects:zone-detail", args=["NONE"])).status_code == 404


def test_what_was_drawn_stays(zones: dict[str, Zone]) -> None:
    first, same, second = draw(zones["CBD"]), draw(zones["CBD"]), draw(zones["CBD"], is_schematic=True)

    assert (first.pk, second.revision) == (same.pk, 2)
    with pytest.raises(DatabaseError), transaction.atomic():
        ZoneOutline.objects.filter(pk=first.pk).update(source="改")
    with pytest.raises(DatabaseError), transaction.atomic():
        ZoneOutline.objects.filter(pk=first.pk).delete()


# ---- entering and changing -----------------------------------------------------------------------------------------
def test_the_office_enters_a_zone_and_changes_it(who: Who) -> None:
    client = signed_in(who.office)
    answer = client.post(reverse("projects:zone-create"), {"code": "mao-1", "name": "茂岭山", "kind": "PLANNED"})

    zone = Zone.objects.get()
    assert (zone.code, zone.name, zone.kind) == ("MAO-1", "茂岭山", "PLANNED")
    assert answer.headers["Location"] == reverse("projects:zone-detail", args=["MAO-1"])
    client.post(reverse("projects:zone-change", args=["MAO-1"]), {"name": "茂岭山片区", "kind": "MAIN"})
    zone.refresh_from_db()
    assert (zone.name, zone.kind) == ("茂岭山片区", "MAIN")
    assert 'value="茂岭山片区"' in shown(client, "zone-change", "MAO-1")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"code": "cbd"}, "代码 CBD 已用于“中央商务区”，请换一个代码"),
        ({"name": "中央 商务区"}, "已有片区“中央商务区”（代码 CBD）"),
        ({"code": "中央"}, "代码只用字母、数字"),
        ({"name": ""}, "名称"),
        ({"kind": "NO"}, "类型"),
    ],
)
def test_it_says_why_a_zone_is_not_entered(zones: dict[str, Zone], who: Who, asked: dict[str, str], said: str) -> None:
    given = {"code": "NEW1", "name": "新片区甲", "kind": "MAIN"} | asked
    answer = signed_in(who.office).post(reverse("projects:zone-create"), given)

    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert all(value in text for value in given.values())
    assert Zone.objects.count() == 2


def test_a_zone_keeps_its_own_name_but_takes_no_other(zones: dict[str, Zone], who: Who) -> None:
    client, address = signed_in(who.office), reverse("projects:zone-change", args=["CBD"])

    assert client.post(address, {"name": "中央商务区", "kind": "PLANNED"}).status_code == 302
    assert "已有片区“明府城片区”" in client.post(address, {"name": "明府城片区", "kind": "MAIN"}).content.decode()


def test_others_enter_nothing(zones: dict[str, Zone], who: Who) -> None:
    for person in (who.lead, who.street, who.leader):
        client = signed_in(person)
        for name, args in (("zone-create", []), ("zone-change", ["CBD"]), ("zone-draw", ["CBD"])):
            address = reverse(f"projects:{name}", args=args)
            assert client.get(address).status_code == client.post(address, {"name": "改"}).status_code == 403, name
    assert Zone.objects.get(code="CBD").name == "中央商务区"


# ---- drawing ------------------------------------------------------------------------------------------------------
def drawn_by(client: Client, **asked: Any) -> Any:
    given = {"text": text_of(), "source": "控规图"} | asked
    return client.post(reverse("projects:zone-draw", args=["CBD"]), given, follow=True)


def test_the_office_draws_by_pasting_and_is_told_what_was_mended(zones: dict[str, Zone], who: Who) -> None:
    text = drawn_by(signed_in(who.office), text=text_of(SQUARE[:-1])).content.decode()

    outline = ZoneOutline.objects.get()
    assert (outline.polygons, outline.points, outline.entered_by) == ([[SQUARE]], 4, who.office)
    assert "边界已画入，共 4 个点。" in text
    assert "第 1 块的外圈首尾没有闭合，已自动闭合。" in text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_file_goes_before_the_text(zones: dict[str, Zone], who: Who, encoding: str) -> None:
    found = {"type": "Feature", "properties": {"name": "片区"}, "geometry": json.loads(text_of(SQUARE, HOLE))}
    file = SimpleUploadedFile("a.geojson", json.dumps(found, ensure_ascii=False).encode(encoding))

    drawn_by(signed_in(who.office), file=file, is_schematic="on")

    outline = ZoneOutline.objects.get()
    assert (outline.polygons, outline.is_schematic) == ([[SQUARE, HOLE]], True)
    assert "36.66" in shown(signed_in(who.office), "zone-draw", "CBD")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"text": '{"type": "Polygon",\n x'}, "第 2 行第 2 列不是 GeoJSON"),
        ({"text": '{"type": "Point", "coordinates": [117, 36.6]}'}, "第 1 个图形是“Point”"),
        ({"text": text_of([[y, x] for x, y in SQUARE])}, "经度和纬度写反了"),
        ({"text": text_of([SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3]])}, "与自己相交或重叠"),
        ({"text": text_of([[116.2, 39.9], [116.3, 39.9], [116.3, 40]])}, "应在东经 116.9–117.2 度、北纬 36.5–36.8 度"),
        ({"text": " "}, "请上传边界文件，或把 GeoJSON 粘贴在这里。"),
        ({"source": ""}, "请写明依据"),
    ],
)
def test_it_refuses_an_outline_in_a_sentence_and_loses_nothing(
    zones: dict[str, Zone], who: Who, asked: dict[str, str], said: str
) -> None:
    given = {"text": text_of(), "source": "控规图"} | asked
    answer = signed_in(who.office).post(reverse("projects:zone-draw", args=["CBD"]), given)

    text = answer.content.decode().replace("&quot;", '"')
    assert answer.status_code == 422
    assert said in text
    assert given["text"].strip() in text
    assert not ZoneOutline.objects.exists()


def test_a_refused_file_can_be_mended_as_text(zones: dict[str, Zone], who: Who) -> None:
    file = SimpleUploadedFile("a.json", b'{"type": "Polygon", "coordinates": [[[117]]]}')
    text = drawn_by(signed_in(who.office), file=file, text="").content.decode()

    assert "第 1 个点不是两个数" in text
    assert "[[[117]]]" in text


def test_a_file_that_is_too_large_is_refused(zones: dict[str, Zone], who: Who) -> None:
    file = SimpleUploadedFile("a.json", b" " * 1_200_000)

    assert "边界文件有 1.2 MB，最多 1 MB" in drawn_by(signed_in(who.office), file=file).content.decode()


# ---- the drawing --------------------------------------------------------------------------------------------------
def drawn(number: int, west: float, south: float, size: float = 0.01, name: str = "片区") -> zone_map.Drawn:
    ring = [[west, south], [west + size, south], [west + size, south + size], [west, south + size], [west, south]]
    return zone_map.Drawn(number, Zone(code=f"Z{number}", name=name), ZoneOutline(polygons=[[ring]]), number)


def test_the_map_fits_its_box_and_is_true_to_scale() -> None:
    found = zone_map.zone_map([drawn(1, 117.0, 36.6, 0.1)])
    assert found is not None
    (shape,) = found.shapes
    corners = [tuple(map(float, each.split(","))) for each in shape.path.strip("MZ").split(" ")]
    (xs, ys) = zip(*corners, strict=True)

    assert min(ys) >= 40
    assert max(ys) <= found.height - 40
    assert (max(xs) - min(xs)) / (max(ys) - min(ys)) == pytest.approx(0.803, abs=0.003)  # cos 36.65°
    assert corners[0][1] > corners[2][1]  # north is above
    assert found.bar / found.metres == pytest.approx((max(ys) - min(ys)) / 11_132, rel=0.02)
    assert zone_map.zone_map([]) is None


def test_labels_stand_within_the_drawing_and_not_upon_one_another() -> None:
    many = [drawn(number, 117.0 + number / 1000, 36.6, name="国际金融中心产业金融集聚区") for number in range(1, 6)]
    found = zone_map.zone_map([*many, drawn(6, 117.15, 36.6)])
    assert found is not None

    ys = sorted(shape.y for shape in found.shapes[:5])
    assert all(later - earlier >= 48 for earlier, later in pairwise(ys))
    assert ys[-1] + 20 <= found.height
    assert all(shape.width / 2 <= shape.x <= found.width - shape.width / 2 for shape in found.shapes)
    assert [shape.level for shape in found.shapes] == [1, 2, 3, 4, 5, 5]
