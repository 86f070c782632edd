"""The items of a campaign: listed with days, evidence and light, planned anew, removed, explained; a past day stays as it was."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from shoushan.apps.projects.models import Campaign, CampaignChange, CampaignItem, DispatchDecision, Project
from shoushan.apps.projects.selectors import campaigns as questions
from shoushan.apps.projects.services.campaigns import (
    Place,
    Target,
    change_campaign,
    close_decision,
    explain_item,
    open_campaign,
    place_projects,
    plan_anew,
    remove_item,
)
from shoushan.apps.projects.services.obstacles import NewObstacle, raise_obstacle
from shoushan.apps.projects.services.rooms import room
from shoushan.casework.services import lifecycle_of_matter
from shoushan.directory.access import NotAllowedError
from shoushan.exchange.services import bring_in
from shoushan.ledger import api as ledger
from shoushan.lifecycle.errors import GuardError, MissingError
from shoushan.lifecycle.services import advance
from tests.apps.projects.factories import AT, MARCH_2, YI, Who, a_project, moment, setting
from tests.apps.projects.test_campaigns import DISTRICT, decided, seen, value
from tests.apps.projects.test_stages import SIGNED, step
from tests.directory.factories import signed_in
from tests.kept import calendars

pytestmark = pytest.mark.django_db
MARCH_9, MARCH_23, APRIL_10 = date(2020, 3, 9), date(2020, 3, 23), date(2020, 4, 10)
TARGETS = {"SIGN": Target(2, 20 * YI), "LAND": Target(1), "START": Target(1)}


@pytest.fixture
def who() -> Who:
    return setting()


@pytest.fixture
def project(tmp_path: Path, who: Who) -> Project:
    return a_project(tmp_path, 当前阶段="储备")


@pytest.fixture
def campaign(who: Who, project: Project) -> Campaign:
    made = open_campaign(
        code="SANGE",
        name="百日大会战",
        start_on=MARCH_2,
        days=100,
        targets=TARGETS,
        actor=who.office,
        at=moment(MARCH_2),
    )
    places = [Place(project.pk, "SIGN", date(2020, 3, 10)), Place(project.pk, "START", date(2020, 4, 14))]
    place_projects(made, places, on=MARCH_2, actor=who.office, at=moment(MARCH_2))
    return made


@pytest.fixture(autouse=True)
def _april(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


def item(key: str = "SIGN") -> CampaignItem:
    return CampaignItem.objects.select_related("campaign", "project").get(key=key, removed_on=None)


def address(name: str, *more: object) -> str:
    return reverse(f"projects:{name}", args=["SANGE", *more])


# ---- the campaign itself ---------------------------------------------------------------------------------------
def test_a_code_in_use_is_refused_and_nothing_is_overwritten(campaign: Campaign, who: Who) -> None:
    given = {"code": "SANGE", "name": "另一会战", "start_on": "2020-04-01", "days": "10"}
    given |= {f"{key}_{part}": "1" for key in ("SIGN", "LAND", "START") for part in ("count", "fen")}

    answer = signed_in(who.office).post(reverse("projects:campaign-list"), given)

    assert answer.status_code == 422
    assert "编号“SANGE”已经用过" in answer.content.decode()
    campaign.refresh_from_db()
    assert (campaign.name, campaign.days) == ("百日大会战", 100)


def test_a_change_is_kept_with_reason_and_a_past_day_keeps_its_targets(campaign: Campaign, who: Who) -> None:
    words: dict[str, Any] = {"name": "百日大会战", "days": 100, "actor": who.office, "at": AT}
    more = TARGETS | {"SIGN": Target(5, 30 * YI)}
    with pytest.raises(MissingError):
        change_campaign(campaign, targets=more, reason=" ", **words)
    with pytest.raises(NotAllowedError):
        change_campaign(campaign, targets=more, reason="加压", **words | {"actor": who.lead})
    with pytest.raises(MissingError, match="最后一日将是 2020-03-11"):
        change_campaign(campaign, targets=more, reason="缩短", **words | {"days": 10})

    assert not change_campaign(campaign, targets=TARGETS, reason="", **words)
    assert change_campaign(campaign, targets=more, reason="区委加压", **words)

    assert seen(campaign, date(2020, 4, 9)).batches[0].target_count == 2
    now = seen(campaign, APRIL_10).batches[0]
    assert (now.target_count, now.target_fen) == (5, 30 * YI)
    kept = CampaignChange.objects.get()
    assert (kept.before, kept.after) == (
        {"SIGN_count": 2, "SIGN_fen": 20 * YI},
        {"SIGN_count": 5, "SIGN_fen": 30 * YI},
    )
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        CampaignChange.objects.update(reason="")
    page = signed_in(who.leader).get(address("campaign-room")).content.decode()
    assert "区委加压" in page
    assert "20 → 30" in page


def test_the_office_changes_it_on_a_form(campaign: Campaign, who: Who) -> None:
    office = signed_in(who.office)
    page = office.get(address("campaign-change")).content.decode()
    assert 'value="20"' in page
    given = {"name": "百日攻坚", "days": "100", "reason": "更名"}
    given |= {"SIGN_count": "2", "SIGN_fen": "20", "LAND_count": "1", "LAND_fen": "0"}
    given |= {"START_count": "1", "START_fen": "0"}

    assert office.post(address("campaign-change"), given | {"reason": ""}).status_code == 422
    assert office.post(address("campaign-change"), given).status_code == 302
    assert office.post(address("campaign-change"), given).status_code == 302
    assert CampaignChange.objects.get().after == {"name": "百日攻坚"}
    assert signed_in(who.lead).get(address("campaign-change")).status_code == 403


# ---- planned anew, removed, withdrawn ----------------------------------------------------------------------------
def test_a_day_outside_the_campaign_is_refused_and_one_within_is_kept_as_typed(
    tmp_path: Path, campaign: Campaign, who: Who
) -> None:
    other = a_project(tmp_path, 项目名称="另一项目", 建设单位="另一公司", 当前阶段="储备")
    office = signed_in(who.office)
    given = {"project": other.code, "batch": "SIGN", "planned_on": "2020-06-10"}

    refused = office.post(address("campaign-place"), given)
    assert refused.status_code == 422
    assert "计划日期不在会战期 2020-03-02 至 2020-06-09 之内" in refused.content.decode()
    assert office.post(address("campaign-place"), given | {"planned_on": "2020-03-20"}).status_code == 302
    assert other.campaign_items.get().planned_on == date(2020, 3, 20)
    again = office.post(address("campaign-place"), given | {"planned_on": "2020-03-21"})
    assert "已在这一批，计划 2020-03-20 完成" in again.content.decode()


def test_to_plan_anew_keeps_the_earlier_day(campaign: Campaign, who: Who) -> None:
    later = date(2020, 4, 20)
    with pytest.raises(MissingError):
        plan_anew(item(), planned_on=later, reason="", actor=who.office, at=AT)
    with pytest.raises(MissingError):
        plan_anew(item(), planned_on=date(2020, 6, 10), reason="推迟", actor=who.office, at=AT)
    answer = signed_in(who.office).post(
        address("campaign-item-plan", item().pk), {"planned_on": "2020-04-20", "reason": "业主推迟"}
    )
    assert answer.status_code == 302

    assert [each.planned_on for each in seen(campaign, MARCH_23).late] == [date(2020, 3, 10)]
    assert seen(campaign, APRIL_10).late == ()
    kept = CampaignChange.objects.get()
    assert (kept.before, kept.after, kept.reason) == (
        {"planned_on": "2020-03-10"},
        {"planned_on": "2020-04-20"},
        "业主推迟",
    )
    assert signed_in(who.lead).get(address("campaign-item-plan", item().pk)).status_code == 403


def test_an_item_that_is_not_achieved_leaves_its_batch_and_may_come_back(
    campaign: Campaign, project: Project, who: Who
) -> None:
    with pytest.raises(MissingError):
        remove_item(item("START"), reason=" ", actor=who.office, at=AT)
    answer = signed_in(who.office).post(address("campaign-item-remove", item("START").pk), {"reason": "业主撤回"})
    assert answer.status_code == 302

    assert seen(campaign, date(2020, 4, 9)).batches[2].items == 1
    assert seen(campaign, APRIL_10).batches[2].items == 0
    assert (str(value("start_rate", date(2020, 4, 9))), value("start_rate", APRIL_10)) == ("0.0", None)
    back = Place(project.pk, "START", date(2020, 5, 1))
    place_projects(campaign, [back], on=date(2020, 4, 12), actor=who.office, at=AT)
    assert seen(campaign, date(2020, 4, 12)).batches[2].items == 1
    step(project, "sign", who.office, "2020-03-09", **SIGNED)
    with pytest.raises(GuardError, match="已于 2020-03-09 完成"):
        remove_item(item(), reason="误", actor=who.office, at=AT)
    assert ledger.verify() == []


def test_a_withdrawn_project_is_neither_late_nor_ranked_but_listed(
    campaign: Campaign, project: Project, who: Who
) -> None:
    step(project, "sign", who.office, "2020-03-09", **SIGNED)
    step(project, "withdraw", who.office, "2020-04-08", reason="业主终止")

    assert seen(campaign, date(2020, 4, 7)).leads[0].items == 2
    found = seen(campaign, date(2020, 4, 20))
    assert (found.late, [each.item.key for each in found.gone]) == ((), ["START"])
    assert (found.leads[0].items, found.leads[0].achieved) == (1, 1)
    assert [(each.items, each.achieved) for each in found.batches] == [(1, 1), (0, 0), (0, 0)]
    assert str(value("start_rate", date(2020, 4, 7))) == "0.0"
    assert value("start_rate", date(2020, 4, 8)) is None
    assert "已退出，不计入逾期、排名和完成率" in signed_in(who.leader).get(address("campaign-room")).content.decode()
    with pytest.raises(MissingError, match="已退出"):
        place_projects(campaign, [Place(project.pk, "LAND", APRIL_10)], on=APRIL_10, actor=who.office, at=AT)
    assert ledger.verify() == []


# ---- the list and its table ----------------------------------------------------------------------------------------
def test_it_lists_items_with_days_evidence_investment_and_light(campaign: Campaign, project: Project, who: Who) -> None:
    step(project, "sign", who.office, "2020-03-09", **SIGNED)
    leader = signed_in(who.leader)

    page = leader.get(address("campaign-items")).content.decode()

    assert "12.50" in page
    assert "contract.pdf" in page
    assert page.count("绿灯") == 2  # the badge and what it means
    assert page.count("黄灯") == 2
    assert "调整计划日期" not in page
    for asked, wanted in (({"batch": "SIGN"}, 1), ({"state": "LATE"}, 0), ({"lead": "DEPT_HOUSING_CONSTRUCTION"}, 2)):
        rows = leader.get(address("campaign-items"), asked).context["rows"]
        assert len(rows) == wanted
    late = leader.get(address("campaign-items"), {"as_of": "2020-04-15"}).context["rows"]
    assert [(each["line"].state, each["line"].days_late) for each in late] == [("ACHIEVED", 0), ("LATE", 1)]
    assert len(leader.get(address("campaign-items"), {"batch": "NONE"}).context["rows"]) == 0
    own = leader.get(f"/projects/{project.code}/").content.decode()
    assert "百日大会战" in own


def test_the_list_goes_out_and_comes_in_again_unchanged(
    tmp_path: Path, campaign: Campaign, project: Project, who: Who
) -> None:
    step(project, "sign", who.office, "2020-03-09", **SIGNED)
    office = signed_in(who.office)

    answer = office.get(address("campaign-items-export"))
    path = tmp_path / "三个一批项目清单.xlsx"
    path.write_bytes(answer.content)

    page = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert page is not None
    cells = [str(cell) for row in page.iter_rows(values_only=True) for cell in row if cell is not None]
    assert {"签约一批", "开工一批", "区住建局", "12.5", "绿灯"} <= set(cells)
    result = bring_in(path, at=AT, actor=who.office)
    assert (result.unchanged, result.rejected, result.changed) == (2, 0, 0)
    text = office.get(address("campaign-items-export"), {"format": "csv"}).content.decode("utf-8-sig")
    assert text.splitlines()[0].startswith("批次,项目名称,计划完成时间")


# ---- why, and the weekly table -----------------------------------------------------------------------------------
def weekly(who: Who, **asked: str) -> list[list[Any]]:
    answer = signed_in(who.leader).get(address("campaign-weekly"), asked)
    page = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert page is not None
    return [list(row) for row in page.iter_rows(values_only=True)]


def test_the_weekly_table_says_why_an_item_is_not_achieved(campaign: Campaign, project: Project, who: Who) -> None:
    calendars(at=AT)
    said = NewObstacle(category="FUNDS", text="银行贷款没有批下来。", source="MEETING")
    raise_obstacle(project=project, said=said, actor=who.lead, at=moment(date(2020, 4, 8)))
    assert weekly(who, as_of="2020-04-07")[3][6].endswith("未说明")
    assert weekly(who)[3][6].endswith("堵点：资金")

    with pytest.raises(NotAllowedError):
        explain_item(item(), reason="等", actor=who.other, at=AT)
    assert signed_in(who.other).get(address("campaign-item-reason", item().pk)).status_code == 403
    lead = signed_in(who.lead)
    assert "说明原因" in lead.get(address("campaign-items")).content.decode()
    answer = lead.post(address("campaign-item-reason", item().pk), {"reason": "合同条款还在商谈"})
    assert answer.status_code == 302

    assert weekly(who)[3][6] == "测试商务中心(示例)（计划2020-03-10，逾期31天）：合同条款还在商谈"
    assert weekly(who, as_of="2020-04-09")[3][6].endswith("堵点：资金")
    assert weekly(who)[3][4] == "0.0%"


# ---- a past day --------------------------------------------------------------------------------------------------
def test_a_past_day_shows_nothing_of_what_came_later(campaign: Campaign, project: Project, who: Who) -> None:
    calendars(at=AT)
    early, late = decided(campaign, who), decided(campaign, who, held_on=date(2020, 3, 30), due_on=date(2020, 4, 6))
    close_decision(early, done_on=date(2020, 3, 20), result="已办", actor=who.lead, at=AT)
    said = NewObstacle(category="FUNDS", text="贷款没有批下来。", source="MEETING", holds_up="START", is_critical=True)
    raise_obstacle(project=project, said=said, actor=who.lead, at=moment(date(2020, 4, 8)))
    step(project, "sign", who.office, "2020-04-09", **SIGNED)
    leader = signed_in(who.leader)

    def decisions(on: date) -> list[tuple[int, bool, bool]]:
        found = questions.decisions_on(campaign, areas=DISTRICT, on=on)
        return [(each.decision.pk, each.is_done, each.is_late) for each in found]

    assert decisions(date(2020, 3, 8)) == []
    assert decisions(date(2020, 3, 17)) == [(early.pk, False, True)]
    assert decisions(APRIL_10) == [(late.pk, False, True), (early.pk, True, False)]
    counts = {
        day: {each["key"]: each["count"] for each in questions.not_yet(areas=DISTRICT, on=day)}
        for day in (date(2020, 3, 1), date(2020, 4, 8), APRIL_10)
    }
    assert [(each["RESERVE"], each["SIGNED"]) for each in counts.values()] == [(0, 0), (1, 0), (0, 1)]
    before = leader.get(address("campaign-room"), {"as_of": "2020-04-07"}).content.decode()
    assert "贷款没有批下来。" not in before
    assert "全区“六未”项目" in before
    assert "?stage=" not in before
    then = leader.get(address("campaign-room"), {"as_of": "2020-04-08"}).content.decode()
    assert "贷款没有批下来。" in then


def test_a_past_day_ranks_who_led_then_by_the_name_of_then(campaign: Campaign, project: Project, who: Who) -> None:
    step(project, "adjust", who.office, "2020-03-23", reason="分工调整", lead_code="DEPT_COMMERCE")
    step(project, "rename", who.office, "2020-03-24", reason="会议纪要", new_name="新名称")

    found = [room(campaign, as_of=day, areas=DISTRICT) for day in (MARCH_9, APRIL_10)]

    assert [[each.name for each in one.leads] for one in found] == [["区住建局"], ["区商务局"]]
    assert [{each.name for each in one.lines} for one in found] == [{"测试商务中心(示例)"}, {"新名称"}]


def test_an_obstacle_that_was_closed_later_still_stood_then(campaign: Campaign, project: Project, who: Who) -> None:
    calendars(at=AT)
    said = NewObstacle(category="FUNDS", text="贷款没有批下来。", source="MEETING", holds_up="START", is_critical=True)
    matter = raise_obstacle(project=project, said=said, actor=who.lead, at=moment(date(2020, 4, 8))).matter
    for name, values in (
        ("sign", {}),
        ("plan", {"plan": "对接银行", "planned_on": "2020-04-12"}),
        ("answer", {"outcome": "SOLVED", "answer": "已发放。"}),
        ("call_back", {"satisfaction": "SATISFIED"}),
    ):
        matter = advance(lifecycle_of_matter(matter), matter.pk, name, actor=None, at=AT, values=values)

    standing = questions.obstacles_standing(campaign, areas=DISTRICT, day=date(2020, 4, 9))
    assert [(each.is_red, each.is_late) for each in standing] == [(True, False)]
    assert questions.obstacles_standing(campaign, areas=DISTRICT, day=APRIL_10) == []


# ---- the meeting and the wall -----------------------------------------------------------------------------------
def test_a_meeting_has_before_it_what_is_late_due_and_open_and_what_it_decided(campaign: Campaign, who: Who) -> None:
    decided(campaign, who, text="一周内办结施工许可", due_on=date(2020, 4, 20))
    decided(campaign, who, text="对接两家银行", held_on=APRIL_10, due_on=date(2020, 4, 20))

    answer = signed_in(who.leader).get(address("campaign-meeting"))

    context, page = answer.context, answer.content.decode()
    assert ([each.item.key for each in context["room"].late], [each.item.key for each in context["room"].due]) == (
        ["SIGN"],
        ["START"],
    )
    assert [each.decision.text for each in context["earlier"]] == ["一周内办结施工许可"]
    assert [each.decision.text for each in context["taken"]] == ["对接两家银行"]
    assert "?as_of=2020-03-09" in page
    first = signed_in(who.leader).get(address("campaign-meeting"), {"as_of": "2020-03-09"}).context
    assert [each.decision.text for each in first["taken"]] == ["一周内办结施工许可"]
    assert first["earlier"] == []


def test_the_wall_turns_pages_and_bears_no_links_for_editing(campaign: Campaign, who: Who) -> None:
    decided(campaign, who)

    page = signed_in(who.office).get(address("campaign-room"), {"wall": "1"}).content.decode()

    assert page.count("data-wall-page") == 3
    assert DispatchDecision.objects.get().done_on is None
    for words in ("登记落实情况", "列入项目", "调整会战", "项目清单"):
        assert words not in page
    assert "计划累计" in page
    assert "完成率（占目标）" in page
    assert "20.00" in page
