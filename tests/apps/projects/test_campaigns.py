"""The campaign: targets, places, what the projects' own steps achieve, the room of any day, the weekly table, meetings."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.urls import reverse

from shoushan.apps.projects import books
from shoushan.apps.projects.measures import CAMPAIGN
from shoushan.apps.projects.models import Campaign, CampaignItem, DispatchDecision, Project
from shoushan.apps.projects.services.campaigns import (
    Place,
    Target,
    close_decision,
    decide,
    open_campaign,
    place_projects,
)
from shoushan.apps.projects.services.rooms import Room, room
from shoushan.directory.access import NotAllowedError
from shoushan.directory.models import Organisation, User
from shoushan.exchange.services import bring_in
from shoushan.figures.values import evaluate, members
from shoushan.ledger import api as ledger
from shoushan.lifecycle.errors import MissingError
from tests.apps.projects.factories import AT, MARCH_2, YI, Who, a_project, moment, setting
from tests.apps.projects.test_stages import SIGNED, STARTED, step
from tests.apps.resumption.factories import workbook
from tests.directory.factories import signed_in

pytestmark = pytest.mark.django_db
DISTRICT = ("370102",)


@pytest.fixture
def who() -> Who:
    return setting()


@pytest.fixture
def project(tmp_path: Path, who: Who) -> Project:
    return a_project(tmp_path, 当前阶段="储备")


@pytest.fixture
def campaign(who: Who, project: Project) -> Campaign:
    made = open_campaign(
        code="SANGE_2020",
        name="百日大会战",
        start_on=MARCH_2,
        days=100,
        targets={"SIGN": Target(2, 20 * YI), "LAND": Target(1), "START": Target(1)},
        actor=who.office,
        at=moment(MARCH_2),
    )
    places = [Place(project.pk, key, date(2020, 3, day)) for key, day in (("SIGN", 10), ("LAND", 20), ("START", 30))]
    place_projects(made, places, on=MARCH_2, actor=who.office, at=moment(MARCH_2))
    return made


def seen(campaign: Campaign, day: date, areas: tuple[str, ...] = DISTRICT) -> Room:
    return room(campaign, as_of=day, areas=areas)


def value(name: str, day: date) -> Any:
    return evaluate(next(each for each in CAMPAIGN if each.code == f"projects.campaign_{name}"), as_of=day).value


def test_a_hundred_days_from_the_second_of_march_end_on_the_ninth_of_june(campaign: Campaign) -> None:
    assert campaign.end_on == date(2020, 6, 9)
    assert [campaign.day_number(day) for day in (date(2020, 3, 1), MARCH_2, date(2020, 6, 9))] == [0, 1, 100]
    assert (seen(campaign, date(2020, 3, 23)).day_number, seen(campaign, date(2020, 3, 23)).days_left) == (22, 78)
    assert seen(campaign, date(2020, 7, 1)).day_number == 100


def test_a_project_counts_once_in_each_batch_by_its_own_steps(campaign: Campaign, project: Project, who: Who) -> None:
    step(project, "sign", who.office, "2020-03-09", **SIGNED)
    step(project, "land", who.office, "2020-03-25", site_basis="LEASE")
    step(project, "start", who.office, "2020-04-02", **STARTED)

    rates = {
        day: [value(f"{key}_rate", day) for key in ("sign", "land", "start")]
        for day in (date(2020, 3, 8), date(2020, 3, 25), date(2020, 4, 2))
    }
    assert [[str(each) for each in row] for row in rates.values()] == [
        ["0.0", "0.0", "0.0"], ["100.0", "100.0", "0.0"], ["100.0"] * 3,
    ]  # fmt: skip
    assert str(value("sign_money", date(2020, 3, 9))) == "12.50"
    behind = members(CAMPAIGN[0], as_of=date(2020, 3, 9))
    assert [each.name for each in behind] == [project.name]
    assert ledger.verify() == []


def test_the_room_of_a_day_says_who_is_late_and_who_leads(campaign: Campaign, project: Project, who: Who) -> None:
    step(project, "sign", who.office, "2020-03-09", **SIGNED)

    found = seen(campaign, date(2020, 3, 23))

    sign, land, start = found.batches
    assert (sign.achieved, sign.target_count, sign.achieved_fen, sign.this_week) == (1, 2, 125 * YI // 10, 0)
    assert seen(campaign, date(2020, 3, 15)).batches[0].this_week == 1
    assert (land.items, land.achieved, len(start.open_lines)) == (1, 0, 1)
    assert str(sign.share) == "50"
    assert [(each.item.key, each.days_late) for each in found.late] == [("LAND", 3)]
    (lead,) = found.leads
    assert (lead.name, lead.items, lead.achieved, lead.late) == ("区住建局", 3, 1, 1)
    assert seen(campaign, date(2020, 3, 8)).batches[0].achieved == 0
    assert seen(campaign, date(2020, 3, 23), ("370102013",)).batches[0].items == 0


def test_what_was_signed_before_it_began_is_not_its_achievement(tmp_path: Path, campaign: Campaign, who: Who) -> None:
    early = a_project(tmp_path, 项目名称="早已签约", 建设单位="早公司", 当前阶段="签约")
    place_projects(campaign, [Place(early.pk, "SIGN", date(2020, 3, 9))], on=MARCH_2, actor=who.office, at=AT)

    assert seen(campaign, date(2020, 3, 23)).batches[0].achieved == 0


def test_to_resume_what_was_halted_is_no_new_start(tmp_path: Path, campaign: Campaign, who: Who) -> None:
    early = a_project(tmp_path, 项目名称="早已开工", 建设单位="早公司", 当前阶段="开工")
    place_projects(campaign, [Place(early.pk, "START", date(2020, 3, 9))], on=MARCH_2, actor=who.office, at=AT)
    step(early, "halt", who.office, "2020-03-05", reason="监理人员未到位")
    step(early, "resume", who.office, "2020-03-12")
    assert Project.objects.get(pk=early.pk).state == "STARTED"

    books.sync([early.pk], at=AT, actor="TEST")  # whatever brings the ledger into line later
    found = seen(campaign, date(2020, 3, 23)).batches[2]
    assert (found.items, found.achieved, value("start_achieved", date(2020, 3, 23))) == (2, 0, 0)


def test_another_day_planned_is_a_change_and_the_same_none(campaign: Campaign, project: Project, who: Who) -> None:
    place, words = Place(project.pk, "SIGN", date(2020, 3, 12)), {"on": date(2020, 3, 5), "at": AT}
    with pytest.raises(MissingError, match="计划 2020-03-10 完成；改日期请在项目清单页面"):
        place_projects(campaign, [place], actor=who.office, **words)

    assert place_projects(campaign, [place], actor=who.office, reason="业主推迟", **words) == 1
    assert place_projects(campaign, [place], actor=who.office, **words) == 0
    assert CampaignItem.objects.get(key="SIGN").planned_on == date(2020, 3, 12)
    with pytest.raises(NotAllowedError):
        place_projects(campaign, [place], actor=who.lead, **words)


# ---- the list as a file --------------------------------------------------------------------------------------
def send(folder: Path, *rows: list[Any], head: str = "截至时间:2020年3月2日", actor: User | None = None) -> Any:
    path = workbook(folder / "三个一批项目清单.xlsx", head, ["批次", "项目名称", "计划完成时间"], list(rows))
    return bring_in(path, at=AT, actor=actor)


def test_its_projects_come_in_as_a_file(tmp_path: Path, campaign: Campaign, project: Project, who: Who) -> None:
    line = ["开工一批", "测试商务中心（示例）", "2020-04-20"]

    assert send(tmp_path, line, actor=who.office).changed == 1
    assert send(tmp_path, line, actor=who.office).unchanged == 1
    assert CampaignItem.objects.get(key="START").planned_on == date(2020, 4, 20)


@pytest.mark.parametrize(
    ("line", "head", "code"),
    [
        (["封顶一批", "测试商务中心（示例）", "2020-04-20"], "", "not_a_choice"),
        (["开工一批", "没有的项目", "2020-04-20"], "", "project_unknown"),
        (["开工一批", "测试商务中心（示例）", "2020-07-01"], "", "outside_campaign"),
        (["开工一批", "测试商务中心（示例）", "2020-04-20"], "截至时间:2020年2月1日", "no_campaign"),
    ],
)
def test_lines_that_can_t_stand(
    tmp_path: Path, campaign: Campaign, who: Who, line: list[Any], head: str, code: str
) -> None:
    result = send(tmp_path, line, head=head or "截至时间:2020年3月2日", actor=who.office)

    assert [problem.code for problem in result.problems] == [code]


def test_only_the_office_sends_it(tmp_path: Path, campaign: Campaign, who: Who) -> None:
    line = ["开工一批", "测试商务中心（示例）", "2020-04-20"]
    assert [each.code for each in send(tmp_path, line, actor=who.other).problems] == ["not_the_office"]


# ---- meetings ----------------------------------------------------------------------------------------------------
def decided(campaign: Campaign, who: Who, **changed: Any) -> DispatchDecision:
    words: dict[str, Any] = {
        "held_on": date(2020, 3, 9),
        "project": None,
        "text": "协调施工许可",
        "organisation": Organisation.objects.get(code="DEPT_HOUSING_CONSTRUCTION"),
        "due_on": date(2020, 3, 16),
    }
    return decide(campaign, **words | changed, actor=who.office, at=AT)


def test_a_decision_is_carried_out_by_whose_it_is(campaign: Campaign, who: Who) -> None:
    with pytest.raises(MissingError) as error:
        decided(campaign, who, held_on=date(2020, 5, 1), due_on=date(2020, 4, 1), text=" ")
    assert set(error.value.fields) == {"held_on", "due_on", "text"}
    made = decided(campaign, who)

    with pytest.raises(NotAllowedError):
        close_decision(made, done_on=date(2020, 3, 15), result="已办", actor=who.other, at=AT)
    with pytest.raises(MissingError) as refused:
        close_decision(made, done_on=date(2020, 3, 1), result="", actor=who.lead, at=AT)
    assert set(refused.value.fields) == {"done_on", "result"}
    close_decision(made, done_on=date(2020, 3, 15), result="已办", actor=who.lead, at=AT)
    assert DispatchDecision.objects.get().done_on == date(2020, 3, 15)


# ---- pages -------------------------------------------------------------------------------------------------------
@pytest.fixture
def _april(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


def address(name: str, *args: object) -> str:
    return reverse(f"projects:{name}", args=args)


@pytest.mark.usefixtures("_april")
def test_the_office_opens_one_and_fills_it(tmp_path: Path, project: Project, who: Who) -> None:
    office, leader = signed_in(who.office), signed_in(who.leader)
    given = {"code": "SANGE", "name": "百日会战", "start_on": "2020-03-02", "days": "100"}
    given |= {f"{key}_{part}": "1" for key in ("SIGN", "LAND", "START") for part in ("count", "fen")}

    assert office.post(address("campaign-list"), given | {"code": "小写"}).status_code == 422
    assert office.post(address("campaign-list"), given).status_code == 302
    assert leader.post(address("campaign-list"), given | {"code": "OTHER"}).status_code == 403
    assert "设立会战" not in leader.get(address("campaign-list")).content.decode()
    place = {"project": project.code, "batch": "SIGN", "planned_on": "2020-04-09"}
    assert office.post(address("campaign-place", "SANGE"), place | {"project": ""}).status_code == 422
    assert office.post(address("campaign-place", "SANGE"), place).status_code == 302
    decision = {
        "held_on": "2020-04-06",
        "text": "协调",
        "organisation": "DEPT_HOUSING_CONSTRUCTION",
        "due_on": "2020-04-07",
    }
    assert office.post(address("campaign-decide", "SANGE"), decision | {"due_on": "2020-04-01"}).status_code == 422
    assert office.post(address("campaign-decide", "SANGE"), decision | {"project": project.code}).status_code == 302

    room_page = leader.get(address("campaign-room", "SANGE")).content.decode()
    assert '40<span class="unit"> / 100</span>' in room_page
    assert "逾期未完成" in room_page
    assert "登记落实情况" in room_page
    wall = leader.get(address("campaign-room", "SANGE"), {"wall": "1"}).content.decode()
    assert 'data-face="wall"' in wall
    assert "列入项目" not in wall
    before = leader.get(address("campaign-room", "SANGE"), {"as_of": "2020-03-01"}).content.decode()
    assert '0<span class="unit"> / 100</span>' in before

    lead = signed_in(who.lead)
    number = DispatchDecision.objects.get().pk
    done = {"done_on": "2020-04-08", "result": "已办结"}
    assert lead.post(address("decision-close", "SANGE", number), done | {"result": ""}).status_code == 422
    assert lead.post(address("decision-close", "SANGE", number), done).status_code == 302
    assert lead.get(address("decision-close", "SANGE", number)).status_code == 404
    assert "已办结" in lead.get(address("campaign-room", "SANGE")).content.decode()


@pytest.mark.usefixtures("_april")
def test_the_weekly_table(campaign: Campaign, project: Project, who: Who) -> None:
    step(project, "sign", who.office, "2020-03-20", **SIGNED)

    answer = signed_in(who.leader).get(address("campaign-weekly", campaign.code), {"as_of": "2020-03-23"})

    page = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert page is not None
    rows = [list(row) for row in page.iter_rows(values_only=True)]
    assert rows[0][0] == "百日大会战周报"
    assert "第22天，还有78天" in str(rows[1][0])
    assert rows[3][:6] == ["签约一批", 2, 1, 1, "50.0%", 12.5]
    assert rows[2][4:7] == ["完成率(占目标)", "完成项目总投资(亿元)", "未完成项目及原因"]
    assert rows[4][6] == "测试商务中心(示例)（计划2020-03-20，逾期3天）：未说明"


def test_a_subdistrict_s_room_holds_its_own(campaign: Campaign, who: Who) -> None:
    decided(campaign, who)
    page = signed_in(who.street).get(address("campaign-room", campaign.code)).content.decode()

    assert "协调施工许可" not in page
    assert "六未" in page
