"""Status reports: composed of what was true on a day, frozen, compared with the one before, corrected by a further one."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from pypdf import PdfReader

from shoushan.apps.projects.models import Project, StatusReport
from shoushan.apps.projects.selectors.reporting import as_they_were, listed_on, permits_on
from shoushan.apps.projects.services import adjust_plan, report_month, set_milestone
from shoushan.apps.projects.services.obstacles import NewObstacle, raise_obstacle
from shoushan.apps.projects.services.reports import NewReport, Scope, draft, issue_report
from shoushan.directory.access import NotAllowedError
from shoushan.directory.models import User
from shoushan.figures.publications import document_text
from shoushan.figures.verifying import problems_of_text
from shoushan.lifecycle.errors import MissingError
from shoushan.lifecycle.selectors import states_on
from tests.apps.projects.factories import (
    AT,
    DISTRICT,
    MARCH_23,
    WAN,
    YAOJIA,
    YI,
    Who,
    a_project,
    moment,
    setting,
)
from tests.directory.factories import signed_in
from tests.kept import calendars

pytestmark = pytest.mark.django_db
APRIL_10 = date(2020, 4, 10)
WHOLE = Scope(2020, DISTRICT, "历下区")


@pytest.fixture
def who() -> Who:
    found = setting()
    calendars(at=AT)
    return found


@pytest.fixture
def project(tmp_path: Path, who: Who) -> Project:
    return a_project(tmp_path)


@pytest.fixture(autouse=True)
def _april(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


def about(project: Project, year: int = 2020) -> Scope:
    return Scope(year, project.area_code, "", project)


def issued(scope: Scope, actor: User, as_of: date = APRIL_10, **said: Any) -> StatusReport:
    corrects = said.pop("corrects", None)
    new = NewReport(**({"as_of": as_of, "assessment": "总体按计划推进。"} | said))
    return issue_report(scope, new, actor=actor, at=AT, corrects=corrects)


def told(project: Project, who: Who, month: int, *sums: int) -> None:
    names = ("month_fen", "year_fen", "total_fen")
    values = {name: amount * WAN for name, amount in zip(names, sums, strict=True)}
    words = {"progress": f"主体施工至{month}层", "problems": "材料供应紧张", "next_step": "加快内外装"}
    report_month(project=project, month=date(2020, month, 1), values=values | words, actor=who.lead, at=AT)


def section(report: StatusReport, title: str) -> dict[str, Any]:
    return next(each for each in report.said["sections"] if each["title"] == title)


# ---- of a project ---------------------------------------------------------------------------------------------
def test_it_says_what_was_true_at_the_end_of_the_day(project: Project, who: Who) -> None:
    told(project, who, 1, 1500, 1500, 21_500)
    told(project, who, 2, 3000, 4500, 24_500)
    told(project, who, 3, 3000, 7500, 27_500)

    report = issued(about(project), who.lead, MARCH_23)
    said = section(report, "总体进展")["paragraphs"]

    assert said[1].startswith("截至2月底，本年完成投资0.45亿元，占年度计划3.00亿元的15.0%，慢于时间进度1.7个百分点")
    assert said[2] == "形象进度：主体施工至2层"
    assert section(report, "2月报送的问题和打算")["paragraphs"] == ["存在问题：材料供应紧张", "下步打算：加快内外装"]
    assert ["牵头单位", "区住建局"] in section(report, "基本情况")["rows"]
    assert section(report, "堵点")["paragraphs"] == ["没有未解决的堵点。"]
    later = issued(about(project), who.lead)
    assert section(later, "总体进展")["paragraphs"][1].startswith("截至3月底，本年完成投资0.75亿元")


def test_milestones_say_how_far_from_the_plan(project: Project, who: Who) -> None:
    def mark(key: str, planned: date, **days: date) -> None:
        values = {"planned_on": planned, **days}
        set_milestone(project=project, key=key, values=values, reason="按计划", actor=who.lead, at=AT)

    mark("START", date(2020, 3, 1), actual_on=date(2020, 3, 11))
    mark("TOPPING_OUT", date(2020, 4, 1))
    mark("ACCEPTANCE", date(2020, 12, 1), forecast_on=date(2020, 11, 21))
    mark("USE", date(2021, 3, 1))

    rows = section(issued(about(project), who.lead), "节点")["rows"]

    assert [(row[0], row[4]) for row in rows] == [
        ("开工", "晚10天"),
        ("主体封顶", "已超期9天"),
        ("竣工验收", "早10天"),
        ("投用", "—"),
    ]


def test_obstacles_are_those_open_then_without_their_words(project: Project, who: Who) -> None:
    new = NewObstacle(
        category="FUNDS", text="银行贷款没有批下来。", source="MEETING", holds_up="START", is_critical=True
    )
    made = raise_obstacle(project=project, said=new, actor=who.lead, at=moment(date(2020, 4, 5)))

    found = section(issued(about(project), who.lead), "堵点")

    assert found["paragraphs"] == ["未解决的堵点1件。"]
    assert found["rows"][0][:2] == ["资金", "是"]
    assert found["rows"][0][-1] == made.matter.code
    assert "银行贷款" not in json.dumps(found, ensure_ascii=False)
    assert section(issued(about(project), who.lead, date(2020, 4, 4)), "堵点")["rows"] == []


def test_the_next_one_says_what_changed(project: Project, who: Who) -> None:
    told(project, who, 1, 1500, 1500, 21_500)
    first = issued(about(project), who.lead, MARCH_23)
    told(project, who, 2, 3000, 4500, 24_500)
    told(project, who, 3, 3000, 7500, 27_500)
    plan = {"year_fen": 4 * YI, "end_year": 2022}
    adjust_plan(
        project=project, year=2020, on=date(2020, 4, 1), values=plan, reason="设计变更", actor=who.office, at=AT
    )

    found = section(issued(about(project), who.lead), "与上期相比")

    assert found["paragraphs"] == [f"与{first.number}（截至2020-03-23）相比："]
    assert ["本年完成投资（亿元）", "0.15", "0.75", ""] in found["rows"]
    assert ["本年计划投资", "3亿元", "4亿元", "设计变更"] in found["rows"]
    again = issued(about(project), who.lead, APRIL_10)
    assert section(again, "与上期相比")["paragraphs"][0].startswith(
        f"与{first.number}"
    )  # a day is compared with one before


def test_a_series_is_compared_with_its_own(project: Project, who: Who) -> None:
    def of(series: str, day: date) -> StatusReport:
        return issued(Scope(2020, project.area_code, "", project, series), who.lead, day)

    whole, money = of("", MARCH_23), of("资金", MARCH_23)

    assert money.title == f"{project.name}进展情况通报（资金）"
    assert section(of("资金", APRIL_10), "与上期相比")["paragraphs"][0].startswith(f"与{money.number}")
    assert section(of("", APRIL_10), "与上期相比")["paragraphs"][0].startswith(f"与{whole.number}")
    page = signed_in(who.lead).get(reverse("projects:project-report-issue", args=[project.code]), {"series": "资金"})
    assert "series=%E8%B5%84%E9%87%91" in page.content.decode()


def test_only_who_answers_for_the_project_reports_on_it(project: Project, who: Who) -> None:
    for actor in (who.other, who.leader):
        with pytest.raises(NotAllowedError):
            issued(about(project), actor)
    assert issued(about(project), who.street).issued_by == who.street


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"as_of": date(2020, 4, 11)}, "as_of", "还没有到"),
        ({"as_of": date(2019, 12, 31)}, "as_of", "2020 年内"),
        ({"assessment": "  "}, "assessment", "总体判断"),
    ],
)
def test_it_refuses_a_day_ahead_another_year_and_no_judgement(
    project: Project, who: Who, said: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(MissingError) as caught:
        issued(about(project), who.lead, **said)
    assert words in caught.value.fields[field]
    assert not StatusReport.objects.exists()


# ---- of the portfolio ------------------------------------------------------------------------------------------
def test_the_portfolio_counts_stages_lights_obstacles_and_leads(tmp_path: Path, project: Project, who: Who) -> None:
    a_project(tmp_path, 项目名称="智远道路", 建设地点="智远街道", 当前阶段="前期", **{"牵头(责任)单位": "区商务局"})
    told(project, who, 1, 100, 100, 20_100)
    told(project, who, 2, 100, 200, 20_200)
    told(project, who, 3, 100, 300, 20_300)

    report = issued(WHOLE, who.office)

    assert section(report, "总体情况")["paragraphs"][0].startswith("今年实施亿元以上重点项目2个，总投资25亿元")
    assert section(report, "按阶段")["rows"] == [
        ["前期手续", "1", "12.50"],
        ["在建", "1", "12.50"],
        ["合计", "2", "25.00"],
    ]
    lights = section(report, "亮灯")
    assert lights["paragraphs"] == ["按3月底的月度报送：绿灯0个、黄灯0个、红灯1个、未亮灯0个，未报送1个。"]
    assert lights["rows"][0][2:] == ["红灯", "3.00", "0.03", "1.0%", "-24.0"]
    assert [row[0] for row in section(report, "牵头单位")["rows"]] == ["区住建局", "区商务局"]
    assert report.said["numbers"][0]["measure"] == "projects.large_projects"
    assert report.said["numbers"][0]["value"] == 2


def test_a_light_of_an_older_month_is_not_counted_and_says_its_month(
    tmp_path: Path, project: Project, who: Who
) -> None:
    other = a_project(tmp_path, 项目名称="智远道路", 建设单位="市政公司", 建设地点="智远街道", 当前阶段="储备")
    told(project, who, 1, 100, 100, 20_100)
    told(project, who, 2, 100, 200, 20_200)

    report = issued(WHOLE, who.office)

    lights = section(report, "亮灯")
    said = "按3月底的月度报送：绿灯0个、黄灯0个、红灯0个、未亮灯0个，未报送1个，不需报送1个。"
    assert lights["paragraphs"] == [said]
    assert [(row[0], row[2]) for row in lights["rows"]] == [(project.name, "红灯（2月）")]
    assert section(report, "牵头单位")["rows"][0][-1] == "0"
    assert other.state == "RESERVE"
    of_one = issued(about(project), who.lead)
    assert "亮灯：红灯（2月）。" in section(of_one, "总体进展")["paragraphs"][0]
    assert "亮灯：红灯。" in section(issued(about(project), who.lead, MARCH_23), "总体进展")["paragraphs"][0]


def test_an_obstacle_is_as_old_as_its_local_day(project: Project, who: Who) -> None:
    new = NewObstacle(
        category="FUNDS", text="银行贷款没有批下来。", source="MEETING", holds_up="START", is_critical=True
    )
    raise_obstacle(project=project, said=new, actor=who.lead, at=moment(date(2020, 4, 4), 17))  # 1 a.m. of the fifth

    assert section(issued(WHOLE, who.office), "堵点")["rows"][0][-1] == "5"


def test_a_portfolio_before_the_list_has_nothing(project: Project, who: Who) -> None:
    report = issued(WHOLE, who.office, date(2020, 1, 5))
    assert section(report, "总体情况")["paragraphs"] == ["这一天没有列入清单的项目。"]
    assert section(report, "按阶段")["rows"] == [["合计", "0", "0.00"]]


def test_the_list_of_the_next_one_is_compared_with_that_of_the_one_before(
    tmp_path: Path, project: Project, who: Who
) -> None:
    first = issued(WHOLE, who.office, MARCH_23)
    plan = {"total_fen": 15 * YI}
    adjust_plan(
        project=project, year=2020, on=date(2020, 4, 1), values=plan, reason="设计变更", actor=who.office, at=AT
    )

    report = issued(WHOLE, who.office)

    against = f"与{first.number}（截至2020-03-23）相比，本年完成投资没有变化，清单项目仍为1个。"
    assert section(report, "总体情况")["paragraphs"][-1] == against
    assert section(report, "清单变化")["rows"] == [
        [project.name, "计划调整", "总投资", "12.5亿元", "15亿元", "设计变更"]
    ]


def test_the_office_reports_on_the_district_and_a_subdistrict_on_itself(project: Project, who: Who) -> None:
    for actor in (who.lead, who.street, who.leader):
        with pytest.raises(NotAllowedError):
            issued(WHOLE, actor)
    own = Scope(2020, YAOJIA, "姚家街道")
    assert issued(own, who.street).title == "姚家街道2020年重点项目进展情况通报"
    with pytest.raises(NotAllowedError):
        issued(Scope(2020, "370102013", "智远街道"), who.street)


# ---- frozen ----------------------------------------------------------------------------------------------------
def test_the_database_refuses_to_change_or_remove_it(project: Project, who: Who) -> None:
    report = issued(about(project), who.lead)
    for change in (lambda: StatusReport.objects.update(title="别的"), report.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_its_file_verifies_and_one_changed_word_is_found(project: Project, who: Who) -> None:
    text = document_text(issued(about(project), who.lead))
    assert problems_of_text(text) == []
    found = problems_of_text(text.replace("总体按计划推进", "总体提前推进"))
    assert "内容与摘要不符：数字、定义或名单有改动。" in found


def test_a_correction_names_the_old_one_and_counts_in_its_place(project: Project, who: Who) -> None:
    wrong = issued(WHOLE, who.office, MARCH_23)
    with pytest.raises(MissingError):
        issued(WHOLE, who.office, MARCH_23, corrects=wrong)
    right = issued(WHOLE, who.office, MARCH_23, corrects=wrong, reason="漏了一句")
    assert (right.corrects, right.reason) == (wrong, "漏了一句")
    with pytest.raises(MissingError) as caught:
        issued(WHOLE, who.office, MARCH_23, corrects=wrong, reason="又一次")
    assert "已有更正" in caught.value.fields["reason"]
    assert right.number in section(issued(WHOLE, who.office), "清单变化")["paragraphs"][0]


# ---- as of a day -----------------------------------------------------------------------------------------------
def test_many_projects_take_no_more_questions_than_few(
    tmp_path: Path, project: Project, who: Who, django_assert_max_num_queries: Any
) -> None:
    for number in range(6):
        a_project(tmp_path, 项目名称=f"第{number}个项目", 建设单位=f"第{number}建设公司")
    with django_assert_max_num_queries(6):
        found = as_they_were(listed_on(year=2020, day=APRIL_10, areas=(DISTRICT,)), year=2020, day=APRIL_10)
    assert len(found) == 7
    assert states_on([], APRIL_10) == {}
    assert permits_on(project, APRIL_10) == []


# ---- pages -----------------------------------------------------------------------------------------------------
def test_it_is_drafted_issued_read_and_taken_as_paper(project: Project, who: Who) -> None:
    told(project, who, 1, 1500, 1500, 21_500)
    client = signed_in(who.lead)
    page = reverse("projects:project-report-issue", args=[project.code])

    shown = client.get(page, {"as_of": "2020-03-23"}).content.decode()
    assert "截至1月底，本年完成投资0.15亿元" in shown
    refused = client.post(page, {"as_of": "2020-03-23", "assessment": ""})
    assert refused.status_code == 422
    answer = client.post(page, {"as_of": "2020-03-23", "assessment": "按计划。", "next_steps": "抓紧封顶。"})
    report = StatusReport.objects.get()
    assert answer.headers["Location"] == reverse("projects:report-detail", args=[report.number])

    read = client.get(answer.headers["Location"]).content.decode()
    assert "抓紧封顶。" in read
    assert "shoushan verify" in read
    assert report.number in client.get(reverse("projects:project-detail", args=[project.code])).content.decode()
    listed = client.get(reverse("projects:report-list"), {"text": "测试商务", "about": "PROJECT", "year": "2020"})
    assert report.number in listed.content.decode()
    assert report.number not in client.get(reverse("projects:report-list"), {"about": "PORTFOLIO"}).content.decode()
    word = client.get(reverse("projects:report-paper", args=[report.number, "docx"]))
    words = "\n".join(each.text for each in docx.Document(BytesIO(word.content)).paragraphs)
    assert "一、总体判断" in words
    assert "按计划。" in words
    pdf = client.get(reverse("projects:report-paper", args=[report.number, "pdf"]))
    assert report.number in PdfReader(BytesIO(pdf.content)).pages[0].extract_text()
    assert client.get(reverse("projects:report-paper", args=[report.number, "odt"])).status_code == 404
    kept = client.get(reverse("projects:report-file", args=[report.number])).content.decode()
    assert problems_of_text(kept) == []


def test_a_portfolio_is_drafted_by_area_and_its_numbers_are_doors(project: Project, who: Who) -> None:
    page = reverse("projects:report-issue")
    assert signed_in(who.lead).get(page).status_code == 403
    client = signed_in(who.office)
    assert "今年实施亿元以上重点项目1个" in client.get(page).content.decode()
    assert client.get(page, {"as_of": "昨天"}).status_code == 200
    client.post(page, {"as_of": "2020-04-10", "assessment": "平稳。"})
    report = StatusReport.objects.get()
    read = client.get(reverse("projects:report-detail", args=[report.number])).content.decode()
    assert f"known_at={report.said['seal']['size']}" in read
    assert reverse("projects:report-correct", args=[report.number]) in read

    fix = reverse("projects:report-correct", args=[report.number])
    assert "平稳。" in client.get(fix).content.decode()
    client.post(fix, {"as_of": "2020-04-10", "assessment": "总体平稳。", "reason": "措辞"})
    assert StatusReport.objects.count() == 2
    assert "这一期已有更正" in client.get(reverse("projects:report-detail", args=[report.number])).content.decode()


def test_a_report_of_the_district_is_not_for_a_subdistrict(project: Project, who: Who) -> None:
    whole, own = issued(WHOLE, who.office), issued(about(project), who.street)
    client = signed_in(who.street)
    assert client.get(reverse("projects:report-detail", args=[whole.number])).status_code == 404
    assert client.get(reverse("projects:report-detail", args=[own.number])).status_code == 200
    listed = client.get(reverse("projects:report-list")).content.decode()
    assert own.number in listed
    assert whole.number not in listed


def test_a_draft_asks_nothing_of_the_future(project: Project, who: Who) -> None:
    assert draft(about(project), date(2020, 3, 1))[0]["title"] == "基本情况"
    page = signed_in(who.lead).get(
        reverse("projects:project-report-issue", args=[project.code]), {"as_of": "2020-05-01"}
    )
    assert "基本情况" not in page.content.decode()
