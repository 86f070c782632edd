"""The pages of key projects as the bureau, a lead and a leader open them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shoushan.apps.projects.models import Milestone, MonthlyReturn, Project, ProjectPlan
from shoushan.apps.projects.services import adjust_plan
from shoushan.exchange.services import bring_in
from tests.apps.projects.factories import AT, YI, Who, a_project, moment, row, send, setting
from tests.directory.factories import signed_in

pytestmark = pytest.mark.django_db
NOW = moment(date(2020, 4, 10))


@pytest.fixture
def who(tmp_path: Path) -> Who:
    return setting()


@pytest.fixture
def project(tmp_path: Path, who: Who) -> Project:
    a_project(tmp_path, 项目名称="智远道路", 建设单位="市政公司", 建设地点="智远街道", 级别="市级", 当前阶段="前期")
    return a_project(tmp_path)


@pytest.fixture(autouse=True)
def _april(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def shown(client: Client, name: str, *args: Any, **asked: str) -> str:
    answer = client.get(reverse(f"projects:{name}", args=args), asked)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


SUMS = {"month_fen": "1500", "year_fen": "1500", "total_fen": "21500", "progress": "主体施工至3层"}


def test_the_portfolio_says_what_the_district_says(project: Project, who: Who) -> None:
    text = shown(signed_in(who.leader), "project-list")

    assert "今年实施亿元以上重点项目2个，总投资25亿元，年度计划投资6亿元；" in text
    assert text.index("智远道路") < text.index("测试商务中心")
    assert "?as_of=2020-04-10" in text


LEDGER_COLUMNS = [
    "序号",
    "项目名称",
    "级别",
    "建设单位",
    "建设地点",
    "建设规模及主要内容",
    "建设起止年限",
    "总投资（亿元）",
    "截至上年底完成（亿元）",
    "本年计划投资（亿元）",
    "本年建设内容",
    "牵头（责任）单位",
    "包挂领导",
    "服务专员",
    "备注",
]


def test_the_portfolio_is_shown_as_the_list_is_published(project: Project, who: Who, tmp_path: Path) -> None:
    client = signed_in(who.leader)
    words = {"本年建设内容": "主体封顶<b>", "包挂领导": "王某", "服务专员": "李某", "备注": "示例"}
    a_project(tmp_path, **words)

    text = shown(client, "project-list", layout="ledger", sort="-total", page="1", hide="3", text="测试")

    head, body = text.split("<thead>")[1].split("</thead>")
    titles = re.findall(r"<th .*?</th>", head, re.DOTALL)
    assert [re.search(r">\s*([^<>\s]+)", title)[1] for title in titles] == LEDGER_COLUMNS  # type: ignore[index]
    first = body.split("</tr>")[0]
    assert re.findall(r">([^<>]*\S)\s*<", first) == [
        "1",
        "测试商务中心(示例)",
        "区级",
        "测试建设有限公司(示例)",
        "姚家街道经十路北侧",
        "商务楼两栋",
        "2019-2021",
        "12.50",
        "2.00",
        "3.00",
        "主体封顶&lt;b&gt;",
        "区住建局",
        "王某",
        "李某",
        "示例",
    ]
    assert '<input type="hidden" name="layout" value="ledger"' in text
    switch = text.partition('aria-label="表格版式"')[2].partition("</nav>")[0]
    assert re.findall(r'href="\?([^"]*)"', switch) == [
        "sort=-total&amp;text=%E6%B5%8B%E8%AF%95",
        "sort=-total&amp;text=%E6%B5%8B%E8%AF%95&amp;layout=ledger",
    ]
    plain = shown(client, "project-list", layout="anything")
    assert "序时进度±百分点" in plain
    assert "截至上年底完成（亿元）" not in plain


def test_the_layout_of_the_list_asks_no_more_than_the_other(
    project: Project, who: Who, tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(who.leader)
    for number in range(8):
        a_project(tmp_path, 项目名称=f"在建{number}", 建设单位=f"公司{number}", **{"总投资(亿元)": 20 + number})
    shown(client, "project-list")
    with CaptureQueriesContext(connection) as plain:
        shown(client, "project-list")

    with django_assert_max_num_queries(len(plain)):
        shown(client, "project-list", layout="ledger")


def test_the_board_adds_up_by_stage_and_leads_to_the_list(project: Project, who: Who, tmp_path: Path) -> None:
    for number in range(14):
        a_project(tmp_path, 项目名称=f"在建{number}", 建设单位=f"公司{number}", **{"总投资(亿元)": 20 + number})

    text = shown(signed_in(who.leader), "project-board")

    building = text.partition("在建 <")[2].partition("</section>")[0]
    assert building.startswith('span class="number">15<')
    assert "383.50" in building
    assert building.count("<article") == 12
    assert building.index("在建13") < building.index("在建12")
    assert "测试商务中心" not in building
    assert "stage=BUILDING" in building
    assert "智远道路" in text.partition("前期手续 <")[2].partition("</section>")[0]
    assert "策划 <" not in text
    assert "在建13" not in shown(signed_in(who.leader), "project-board", area="370102013")
    assert "没有符合条件的项目" in shown(signed_in(who.leader), "project-board", year="2021")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"text": "商务"}, {"测试商务中心"}),
        ({"area": "370102013"}, {"智远道路"}),
        ({"level": "CITY"}, {"智远道路"}),
        ({"stage": "BUILDING"}, {"测试商务中心"}),
        ({"kind": "PREMISES", "sort": "-total"}, {"测试商务中心", "智远道路"}),
        ({"lead": "DEPT_COMMERCE"}, set()),
        ({"year": "2021"}, set()),
        ({"area": "不存在"}, set()),
    ],
)
def test_it_is_filtered(project: Project, who: Who, asked: dict[str, str], found: set[str]) -> None:
    text = shown(signed_in(who.leader), "project-list", **asked)
    rows = text.partition("<tbody>")[2]

    assert {name for name in ("测试商务中心", "智远道路") if name in rows} == found


def test_a_subdistrict_sees_its_own(project: Project, who: Who) -> None:
    client = signed_in(who.street)
    other = Project.objects.get(name="智远道路")

    assert "智远道路" not in shown(client, "project-list")
    assert client.get(reverse("projects:project-detail", args=[other.code])).status_code == 404


def test_it_goes_out_in_its_layout(project: Project, who: Who) -> None:
    client = signed_in(who.leader)
    answer = client.get(reverse("projects:project-export"))
    page = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert page is not None
    rows = [list(row) for row in page.iter_rows(values_only=True)]
    assert rows[0][0] == "2020年重点项目清单"
    assert [row[1] for row in rows[3:5]] == ["智远道路", "测试商务中心(示例)"]
    assert rows[5][7] == 25

    csv = client.get(reverse("projects:project-export"), {"format": "csv", "text": "商务"}).content.decode("utf-8-sig")
    assert [line.split(",")[0] for line in csv.splitlines()[1:]] == ["测试商务中心(示例)"]


def test_last_year_s_list_goes_out_as_of_its_last_day_and_comes_in_unchanged(
    project: Project, who: Who, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = datetime(2021, 3, 1, 2, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    answer = signed_in(who.office).get(reverse("projects:project-export"), {"year": "2020"})
    file = tmp_path / "清单.xlsx"
    file.write_bytes(answer.content)

    result = bring_in(file, at=later, actor=who.office)

    assert (result.unchanged, result.changed, result.rejected) == (2, 0, 0)
    assert not project.memberships.filter(year=2021).exists()


def test_the_lead_reports_a_month_and_the_bureau_reviews_it(project: Project, who: Who) -> None:
    lead, office = signed_in(who.lead), signed_in(who.office)
    page = shown(lead, "project-detail", project.code)
    address = reverse("projects:return-report", args=[project.code, "2020-01"])
    assert f'href="{address}"' in page
    assert address not in shown(signed_in(who.leader), "project-detail", project.code)

    wrong = lead.post(address, SUMS | {"year_fen": "100"})
    assert wrong.status_code == 422
    assert "应等于上月累计" in wrong.content.decode()
    assert lead.post(address, SUMS).status_code == 302
    record = MonthlyReturn.objects.get()
    assert record.total_fen == 215 * YI // 100

    listed = shown(office, "return-list", month="2020-01")
    assert "测试商务中心" in listed
    assert "智远道路" in listed  # owes one
    assert "5.0" in listed  # per cent of the plan
    assert (
        office.post(reverse("projects:return-review"), {"month": "2020-01", "codes": [record.code]}).status_code == 302
    )
    assert MonthlyReturn.objects.get().state == "REVIEWED"
    assert lead.post(address, SUMS | {"progress": "封顶"}).status_code == 422
    sent_back = office.post(
        reverse("projects:return-step", args=[record.code, "send_back"]), {"reason": "口径", "seen": "1"}
    )
    assert sent_back.status_code == 302
    assert "退回更正" in shown(lead, "return-detail", record.code)
    next_page = shown(lead, "return-report", project.code, "2020-02")
    assert 'value="1500"' in next_page
    assert "主体施工至3层" in next_page


def test_a_month_counts_those_that_owe_it_apart_from_those_that_also_sent_it(tmp_path: Path, who: Who) -> None:
    lead, office = signed_in(who.lead), signed_in(who.office)
    other = row(项目名称="智远道路", 建设单位="市政公司", 建设地点="智远街道")
    send(tmp_path, row(), other, head="截至时间:2020年1月2日")
    project = Project.objects.get(name__startswith="测试")
    lead.post(reverse("projects:return-report", args=[project.code, "2020-01"]), SUMS)
    halt = reverse("projects:project-step", args=[project.code, "halt"])
    assert office.post(halt, {"on": "2020-01-20", "reason": "资金链断裂", "seen": "1"}).status_code == 302

    text = shown(office, "return-list", month="2020-01")

    stats = re.findall(r'stat-value">.*?class="number">(\d+)', text, re.DOTALL)
    assert stats == ["1", "0", "1"]
    assert "按月底所处阶段不需报送，也报了月报" in text


def test_a_light_says_of_which_month_it_is_until_the_month_that_is_due_is_sent(project: Project, who: Who) -> None:
    lead = signed_in(who.lead)
    for month, sums in (("2020-01", "1500"), ("2020-02", "3000"), ("2020-03", "4500")):
        total = str(20_000 + int(sums))
        given = SUMS | {"year_fen": sums, "total_fen": total}
        assert lead.post(reverse("projects:return-report", args=[project.code, month]), given).status_code == 302
        for page in ("project-list", "project-board"):
            said = re.findall(r'<small class="text-secondary">· (\d+月)</small>', shown(lead, page))
            assert said == ([] if month == "2020-03" else [f"{int(month[-1])}月"])


def test_an_amount_that_looks_like_yi_is_asked_about_once(project: Project, who: Who) -> None:
    lead, address = signed_in(who.lead), reverse("projects:return-report", args=[project.code, "2020-01"])
    given = SUMS | {"month_fen": "0.66", "year_fen": "0.66", "total_fen": "20000.66"}
    assert "确认以万元为单位的金额无误" not in lead.get(address).content.decode()

    asked = lead.post(address, given)
    assert asked.status_code == 422
    assert "本月完成 0.66 万元，像是亿元数填在了万元列，请核对单位。" in asked.content.decode()
    assert 'name="unit_sure"' in asked.content.decode()
    assert not MonthlyReturn.objects.exists()

    assert lead.post(address, given | {"unit_sure": "on"}).status_code == 302
    assert MonthlyReturn.objects.get().month_fen == 660_000
    assert lead.post(address, given | {"progress": "主体施工至4层"}).status_code == 302  # it was confirmed


def test_a_return_asks_again_on_its_own_form(project: Project, who: Who) -> None:
    lead = signed_in(who.lead)
    lead.post(reverse("projects:return-report", args=[project.code, "2020-01"]), SUMS)
    record = MonthlyReturn.objects.get()

    answer = lead.get(reverse("projects:return-step", args=[record.code, "report_again"]))

    assert answer.headers["Location"] == reverse("projects:return-report", args=[project.code, "2020-01"])
    assert lead.get(reverse("projects:return-report", args=[project.code, "2020-13"])).status_code == 404
    refused = lead.post(reverse("projects:return-report", args=[project.code, "2020-04"]), SUMS)
    assert "月底以后" in refused.content.decode()
    assert signed_in(who.other).post(reverse("projects:return-review"), {"codes": [record.code]}).status_code == 403


def test_the_month_goes_out_in_its_layout(project: Project, who: Who) -> None:
    signed_in(who.lead).post(reverse("projects:return-report", args=[project.code, "2020-01"]), SUMS)
    signed_in(who.lead).post(
        reverse("projects:milestone-set", args=[project.code]),
        {"key": "START", "planned_on": "2019-05-01", "actual_on": "2019-06-01"},
    )

    answer = signed_in(who.office).get(reverse("projects:monthly-export"), {"month": "2020-01"})

    page = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert page is not None
    rows = [list(row) for row in page.iter_rows(values_only=True)]
    assert rows[0][0] == "2020年1月重点项目月调度表"
    assert rows[3][4:9] == [1500, 1500, 21500, "5%", -3.3]
    assert rows[3][11] == "开工 2019-06-01"
    assert rows[3][-1] == "黄"


def test_the_bureau_adjusts_a_plan_and_the_earlier_one_stays(project: Project, who: Who) -> None:
    office = signed_in(who.office)
    address = reverse("projects:plan-adjust", args=[project.code])
    page = shown(office, "plan-adjust", project.code)
    assert 'value="12.5"' in page
    given = {
        "on": "2020-04-01", "total_fen": "13", "done_before_fen": "2", "year_fen": "3.5", "start_year": "2019",
        "end_year": "2021", "premises_sqm": "0", "year_content": "", "reason": "",
    }  # fmt: skip

    refused = office.post(address, given)
    assert refused.status_code == 422
    assert "请写明调整的原因" in refused.content.decode()
    assert office.post(address, given | {"reason": "区委常委会"}).status_code == 302

    assert ProjectPlan.objects.filter(project=project).count() == 2
    text = shown(office, "project-detail", project.code)
    assert "区委常委会" in text
    assert "批准的计划" in text
    assert signed_in(who.lead).post(address, given | {"reason": "x"}).status_code == 403


def test_numbers_that_no_column_holds_are_refused(project: Project, who: Who) -> None:
    lead, office = signed_in(who.lead), signed_in(who.office)
    month = reverse("projects:return-report", args=[project.code, "2020-01"])
    plan = {
        "on": "2020-04-01", "total_fen": "13", "done_before_fen": "2", "year_fen": "3.5", "start_year": "2019",
        "end_year": "2021", "premises_sqm": "0", "year_content": "", "reason": "区委常委会",
    }  # fmt: skip
    adjust = reverse("projects:plan-adjust", args=[project.code])

    for client, address, given in (
        (lead, month, SUMS | {"total_fen": "10000000001"}),
        (lead, month, SUMS | {"total_fen": "9" * 18}),
        (lead, month, SUMS | {"workers": "1000001"}),
        (lead, month, SUMS | {"workers": "9" * 30}),
        (office, adjust, plan | {"total_fen": "1000001"}),
        (office, adjust, plan | {"premises_sqm": "1000000001"}),
    ):
        answer = client.post(address, given)
        assert answer.status_code == 422
        assert "小于或等于" in answer.content.decode()
    assert not MonthlyReturn.objects.exists()
    assert lead.post(month, SUMS | {"workers": "1000000"}).status_code == 302
    assert office.post(adjust, plan | {"premises_sqm": "1000000000"}).status_code == 302


def test_an_area_that_no_column_holds_is_refused_with_the_step(project: Project, who: Who) -> None:
    given = {"on": "2020-04-08", "acceptance_document": "备1", "premises_done_sqm": "99999999999", "seen": "1"}
    pdf = SimpleUploadedFile("备案表.pdf", b"%PDF-1.4 a")

    address = reverse("projects:project-step", args=[project.code, "complete"])
    answer = signed_in(who.office).post(address, given | {"acceptance": pdf})

    assert answer.status_code == 422
    assert "最大为 1000000000" in answer.content.decode()


def test_a_milestone_shows_by_how_much_it_slips(project: Project, who: Who) -> None:
    lead = signed_in(who.lead)
    address = reverse("projects:milestone-set", args=[project.code])
    assert lead.post(address, {"key": "TOPPING_OUT", "planned_on": ""}).status_code == 422
    lead.post(address, {"key": "TOPPING_OUT", "planned_on": "2020-06-01"})
    lead.post(address, {"key": "TOPPING_OUT", "planned_on": "2020-06-01", "forecast_on": "2020-06-16"})

    text = shown(lead, "project-detail", project.code)
    assert '15<span class="unit">天</span>' in text
    assert f"{address}?key=TOPPING_OUT" in text
    assert 'value="2020-06-16"' in shown(lead, "milestone-set", project.code, key="TOPPING_OUT")
    assert Milestone.objects.count() == 2


def test_a_step_is_taken_with_its_evidence_and_the_file_opens(project: Project, who: Who) -> None:
    office = signed_in(who.office)
    pdf = SimpleUploadedFile("备案表.pdf", b"%PDF-1.4 a")
    given = {
        "on": "2020-04-08",
        "acceptance_document": "备1",
        "premises_done_sqm": "12000",
        "acceptance": pdf,
        "seen": "1",
    }

    answer = office.post(reverse("projects:project-step", args=[project.code, "complete"]), given)

    assert answer.status_code == 302
    text = shown(office, "project-detail", project.code)
    assert "备案表.pdf" in text
    assert "2020-04-08" in text
    step = project.__class__.objects.get(pk=project.pk)
    assert (step.state, step.premises_done_sqm) == ("COMPLETED", 12_000)
    number = text.partition("/files/")[2].partition("/")[0]
    answer = office.get(reverse("projects:project-file", args=[project.code, number]))
    assert b"".join(answer) == b"%PDF-1.4 a"  # type: ignore[call-overload]  # a stream
    answer.close()


def test_what_is_red_and_what_waits(project: Project, who: Who) -> None:
    lead, office = signed_in(who.lead), signed_in(who.office)
    lead.post(
        reverse("projects:return-report", args=[project.code, "2020-01"]),
        SUMS | {"month_fen": "1", "year_fen": "1", "total_fen": "20001", "unit_sure": "on"},
    )
    adjust_plan(
        project=project,
        year=2020,
        on=date(2020, 4, 1),
        values={"year_fen": 9 * YI},
        reason="x",
        actor=who.office,
        at=AT,
    )

    cockpit = signed_in(who.leader).get(reverse("portal:cockpit"), {"as_of": "2020-04-10"}).content.decode()
    assert "重点项目未报上月月报" in cockpit
    desk = office.get(reverse("portal:workbench")).content.decode()
    assert "项目月报待审核" in desk
    record = MonthlyReturn.objects.get()
    office.post(reverse("projects:return-step", args=[record.code, "send_back"]), {"reason": "口径"})
    assert "项目月报待更正" in lead.get(reverse("portal:workbench")).content.decode()
    assert "项目月报待审核" not in signed_in(who.other).get(reverse("portal:workbench")).content.decode()


def test_it_is_found_by_name(project: Project, who: Who) -> None:
    found = signed_in(who.leader).get(reverse("portal:search"), {"q": "商务中心"}).content.decode()
    assert reverse("projects:project-detail", args=[project.code]) in found
    assert project.code not in signed_in(who.street).get(reverse("portal:search"), {"q": "智远道路"}).content.decode()
