"""Handbook D6 in full: each bad input of key projects as a fixture, with the Chinese answer that a user reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse

from shoushan.apps.projects.lifecycle import PROJECTS
from shoushan.apps.projects.models import MonthlyReturn, Project, ProjectPlan
from shoushan.apps.projects.services import adjust_plan, report_month
from shoushan.exchange.importing import ImportResult
from shoushan.exchange.limits import FileRefusedError
from shoushan.exchange.services import bring_in
from shoushan.lifecycle.errors import GuardError, MissingError
from shoushan.lifecycle.services import advance
from tests.apps.projects.factories import AT, WAN, YI, Who, a_project, moment, month_file, row, send, setting
from tests.directory.factories import signed_in

pytestmark = pytest.mark.django_db
JAN, FEB, MAR = date(2020, 1, 1), date(2020, 2, 1), date(2020, 3, 1)
NAME = "测试商务中心（示例）"


@pytest.fixture(autouse=True)
def who() -> Who:
    return setting()


def said(result: ImportResult) -> list[str]:
    """The sentences, without that of an owner who is not registered."""
    return [problem.message for problem in result.problems if problem.code != "owner_not_registered"]


def neighbours(*last: dict[str, Any]) -> list[dict[str, Any]]:
    """Three sound rows and more."""
    sound = [
        row(项目名称=f"甲项目{number}", 建设单位=f"甲{number}公司", **{"总投资(亿元)": 10 + number})
        for number in (1, 2, 3)
    ]
    return [*sound, *last]


# ---- lists -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Bad:
    """One cell that can't be right, and what is said of it. A warning leaves the row."""

    changed: dict[str, Any]
    answer: str
    is_refused: bool = True
    more: dict[str, Any] = field(default_factory=dict)


LISTS = {
    "1.2 in a column of 亿元 beside 12000 in 万元": Bad(
        {"总投资(亿元)": 12_000, "截至上年底完成(亿元)": ""},
        "12000 亿元与同列其他数不在一个数量级，像是万元数；请换算成亿元，或写明单位；确实无误的，请在备注写“金额已核实”。",
    ),
    "1800 in a column of 亿元": Bad(
        {"总投资(亿元)": 1800, "截至上年底完成(亿元)": ""},
        "1800 亿元与同列其他数不在一个数量级，像是万元数；请换算成亿元，或写明单位；确实无误的，请在备注写“金额已核实”。",
    ),
    "a year's plan in 万元 beside others in 亿元": Bad(
        {"总投资(亿元)": 900, "备注": "", "本年计划投资(亿元)": 400, "截至上年底完成(亿元)": ""},
        "400 亿元与同列其他数不在一个数量级，像是万元数；请换算成亿元，或写明单位；确实无误的，请在备注写“金额已核实”。",
    ),
    "1.2 亿元 in a column of 万元": Bad(
        {"总投资(亿元)": "1.2万元", "截至上年底完成(亿元)": "", "本年计划投资(亿元)": "1万元"},
        "0.00012 亿元与同列其他数不在一个数量级，像是以亿元填写的数；请写明单位；确实无误的，请在备注写“金额已核实”。",
    ),
    "a year's plan above the total": Bad(
        {"总投资(亿元)": 2.5, "截至上年底完成(亿元)": ""},
        "本年计划投资大于总投资减去截至上年底完成投资后的余额，请核对三个数和单位。",
    ),
    "years backwards": Bad(
        {"建设起止年限": "2020-2019"}, "“建设起止年限”填写的“2020-2019”结束早于开始，请核对两个年份。"
    ),
    "a contract in dollars": Bad(
        {"总投资(亿元)": "5亿美元"},
        "“总投资”读到“5亿美元”，是外币金额，请按批准文件的汇率换算成人民币后填写。",
    ),
    "a sign of another currency": Bad(
        {"本年计划投资(亿元)": "$3"}, "“本年计划投资”读到“$3”，是外币金额，请按批准文件的汇率换算成人民币后填写。"
    ),
    "square metres in a column of 万平方米": Bad(
        {"本年竣工载体面积(万平方米)": 80_000},
        "“本年竣工载体面积”填写的“80000”大于允许的最大值 1000，请核对。",
    ),
    "another district": Bad(
        {"建设地点": "济南市章丘区双山街道"},
        "建设地点在“章丘区”，不在本区，请核对；跨区项目请只列本区部分。",
    ),
    "a decimal comma": Bad(
        {"总投资(亿元)": "12,5"},
        "“总投资”读到“12,5”，千分位分隔的位置不对，请去掉分隔符，小数点写成“.”后重新填写。",
    ),
    "about": Bad({"总投资(亿元)": "约30亿"}, "“总投资”读到“约30亿”，是约数，请核实后填写准确数字。"),
    "from to": Bad({"总投资(亿元)": "30-50亿"}, "“总投资”读到“30-50亿”，是数字范围，请填写一个准确数字。"),
}


@pytest.mark.parametrize("bad", LISTS.values(), ids=LISTS.keys())
def test_a_line_of_a_list(tmp_path: Path, bad: Bad) -> None:
    result = send(tmp_path, *neighbours(row(项目名称="乙项目", 建设单位="乙公司", **bad.changed)))

    assert said(result) == [bad.answer]
    assert (result.new, result.rejected) == (3, 1)


def test_two_units_in_a_column_of_two_or_of_most(tmp_path: Path) -> None:
    two = send(
        tmp_path,
        *[row(项目名称=name, 建设单位=name, **{"总投资(亿元)": fen}) for name, fen in (("甲", 6), ("乙", 1500))],
    )
    assert [problem.code for problem in two.problems if problem.level == "error"] == ["mixed_units"]

    totals = (6, 1500, 1800, 1900)
    most = send(tmp_path, *[row(项目名称=f"丙{fen}", 建设单位=f"丙{fen}", **{"总投资(亿元)": fen}) for fen in totals])
    assert [problem.row for problem in most.problems if problem.level == "error"] == [5, 6, 7]


def test_an_amount_that_was_assured_is_taken(tmp_path: Path) -> None:
    result = send(tmp_path, *neighbours(row(项目名称="乙项目", 备注="金额已核实", **{"总投资(亿元)": 1800})))

    assert (result.new, result.rejected) == (4, 0)


def test_columns_that_are_not_there_leave_what_is_known(tmp_path: Path) -> None:
    full = row(包挂领导="张主任（示例）", 服务专员="李科长（示例）", 备注="要点", 本年建设内容="主体封顶")
    send(tmp_path, full)
    send(
        tmp_path, {**{title: value for title, value in row().items() if "上年底" not in title}, "本年计划投资(亿元)": 4}
    )

    project = Project.objects.get()
    assert (project.sponsor, project.service_officer, project.note) == ("张主任(示例)", "李科长(示例)", "要点")
    plan = project.plans.get(revision=2)
    assert (plan.done_before_fen, plan.year_content, plan.year_fen) == (2 * YI, "主体封顶", 4 * YI)

    send(tmp_path, row(服务专员="无", **{"本年计划投资(亿元)": 4}))
    project.refresh_from_db()
    assert (project.sponsor, project.service_officer) == ("张主任(示例)", "")


def test_rows_that_add_up_to_the_one_above_are_pointed_out_whoever_owns_them(tmp_path: Path) -> None:
    owned = [("母项目", "总公司", 12.5), ("子项目甲", "甲公司", 6), ("子项目乙", "乙公司", 6.5)]
    result = send(tmp_path, *[row(项目名称=name, 建设单位=owner, **{"总投资(亿元)": yi}) for name, owner, yi in owned])

    assert (result.new, result.rejected) == (3, 0)
    answer = "第 4 行的总投资正好等于其后各行之和，请核对这一行是不是它的子项；是的，请填写“所属打包项目”。"
    assert [(each.row, each.message) for each in result.problems if each.code == "maybe_part"] == [
        (5, answer),
        (6, answer),
    ]


def test_a_total_is_not_cut_below_what_was_reported(tmp_path: Path, who: Who) -> None:
    project = a_project(tmp_path)
    values = {"month_fen": 5 * YI // 10, "year_fen": 5 * YI // 10, "total_fen": 25 * YI // 10, "progress": "主体施工"}
    report_month(project=project, month=JAN, values=values, actor=who.lead, at=AT)
    cut = row(**{"总投资(亿元)": 2.4, "截至上年底完成(亿元)": 2, "本年计划投资(亿元)": 0.4})

    assert said(send(tmp_path, cut)) == [
        "总投资 24,000 万元小于月报已报的自开工累计 25,000 万元，请核对；月报有误的，请先更正月报。"
    ]


def test_an_older_list_does_not_overrule_a_newer_one(tmp_path: Path) -> None:
    send(tmp_path, row(级别="市级", **{"本年计划投资(亿元)": 4}), head="填报单位:历下区  截至时间:2020年4月1日")
    older = send(tmp_path, row(), row(项目名称="另一个项目", 建设单位="另一家公司"))

    assert (older.new, older.rejected) == (1, 1)
    assert said(older) == [
        "在册内容来自 2020-04-01 的清单或调整，比本清单（2020-03-02）新，没有采用；请核对截至时间，过去的更正请在项目页面办理。"
    ]
    assert sorted(
        Project.objects.get(name=NAME.replace("（", "(").replace("）", ")")).memberships.values_list("level", "until")
    ) == [
        ("CITY", None),
        ("DISTRICT", None),
    ]


def test_a_project_that_left_for_good_does_not_come_back_with_a_list(tmp_path: Path, who: Who) -> None:
    project = a_project(tmp_path)
    advance(
        PROJECTS,
        project.pk,
        "withdraw",
        actor=who.office,
        at=AT,
        on=MAR,
        values={"on": date(2020, 4, 1)},
        reason="终止",
    )
    again = send(tmp_path, row(), head="填报单位:历下区  截至时间:2020年4月8日")

    assert said(again) == [
        "“测试商务中心(示例)”已于 2020-04-01 退出，不能再列入清单；重新启动的请以新名称作为新项目列入。"
    ]
    assert not project.memberships.filter(until__isnull=True).exists()


def test_a_part_is_not_listed_on_its_own_beside_its_package(tmp_path: Path) -> None:
    own = row(项目名称="一号楼甲", 建设单位="甲楼公司", **{"总投资(亿元)": 6})
    part = row(项目名称="一号楼甲", 所属打包项目=NAME, **{"总投资(亿元)": "6"})
    send(tmp_path, row(), own)
    assert said(send(tmp_path, part)) == [
        "“一号楼甲”在册单独列入清单，不能同时作为子项；请先在项目页面办理退出，或不再列为子项。"
    ]

    send(tmp_path, row(项目名称="二号楼乙", 所属打包项目=NAME))
    alone = send(tmp_path, row(项目名称="二号楼乙", 建设单位="乙楼公司", **{"总投资(亿元)": 6}))
    assert said(alone) == [
        f"“二号楼乙”在册是打包项目“{NAME.replace('（', '(').replace('）', ')')}”的子项，两处都列会重复计算；请在“所属打包项目”填打包项目的名称。"
    ]


def test_a_list_does_not_change_the_kind(tmp_path: Path) -> None:
    a_project(tmp_path)
    result = send(tmp_path, row(项目类别="民生"))

    assert said(result) == ["在册类别是“楼宇载体”，清单所填不改变类别；确需变更的，请在项目页面办理“调整”。"]
    assert Project.objects.get().kind == "PREMISES"


def test_a_thousands_separator_is_read(tmp_path: Path) -> None:
    assert said(send(tmp_path, row(**{"总投资(亿元)": "1,610"}))) == []
    assert ProjectPlan.objects.get().total_fen == 1610 * YI


def test_mu_in_a_cell_are_converted_and_in_a_heading_refused(tmp_path: Path) -> None:
    assert said(send(tmp_path, row(**{"本年竣工载体面积(万平方米)": "15亩"}))) == []
    assert ProjectPlan.objects.get().premises_sqm == 10_000  # 1 亩 = 666.67 m²

    with pytest.raises(FileRefusedError) as error:
        send(tmp_path, row(**{"本年竣工载体面积(亩)": 15}))
    assert "“本年竣工载体面积”的列名注明单位为“亩”，本表规定为“万平方米”，请换算并改正列名后再上传。" in str(
        error.value
    )


def test_one_project_under_two_names_or_leads(tmp_path: Path) -> None:
    a_project(tmp_path)

    assert said(send(tmp_path, row(项目名称="历下测试商务中心"))) == [
        "与在册项目“测试商务中心(示例)”（PRJ-370102-20200302-0001）建设单位和总投资相同、名称相近，疑为同一项目；"
        "确为两个项目的，请填写各自的统一代码。"
    ]
    assert said(send(tmp_path, row(**{"牵头(责任)单位": "区商务局"}))) == [
        "在册牵头单位是“区住建局”，导入后改为“区商务局”，请核对是不是同一个项目。"
    ]


def test_one_project_twice_in_a_file_under_two_names_and_leads(tmp_path: Path) -> None:
    twin = row(项目名称="历下测试商务中心", **{"牵头(责任)单位": "区商务局"})

    result = send(tmp_path, row(), twin)

    assert said(result) == [
        "与第 4 行“测试商务中心(示例)”建设单位和总投资相同、名称相近，疑为同一项目重复列入；"
        "确为两个项目的，请填写各自的统一代码。"
    ]
    assert (result.new, result.rejected) == (1, 1)
    phases = [row(项目名称=f"安置房{number}期", 建设单位="安置公司") for number in ("一", "二")]
    assert said(send(tmp_path, *phases)) == []


def test_child_and_parent_both_summed(tmp_path: Path) -> None:
    whole = row(项目名称="打包项目", **{"总投资(亿元)": 9, "本年计划投资(亿元)": 1, "截至上年底完成(亿元)": ""})
    parts = [
        row(项目名称=f"子项{number}", **{"总投资(亿元)": number, "本年计划投资(亿元)": 0.3, "截至上年底完成(亿元)": ""})
        for number in (4, 5)
    ]

    assert (
        said(send(tmp_path, whole, *parts))
        == ["第 4 行的总投资等于其后各行之和，打包项目和子项不能都计；请在子项的“所属打包项目”填打包项目的名称。"] * 2
    )


def test_a_plan_changed_after_the_year_began_leaves_its_trace(tmp_path: Path, who: Who) -> None:
    project = a_project(tmp_path)

    assert said(send(tmp_path, row(**{"本年计划投资(亿元)": 4}), head="截至时间:2020年3月20日")) == [
        "与在册的当年计划不同（本年计划投资 3 亿元改为 4 亿元），导入后作为计划调整，原计划和依据的文件都保留。"
    ]
    assert [(each.year_fen, each.reason) for each in project.plans.order_by("revision")] == [
        (3 * YI, ""),
        (4 * YI, "按《重点项目清单.xlsx》更新"),
    ]
    with pytest.raises(MissingError) as error:
        adjust_plan(
            project=project,
            year=2020,
            on=date(2020, 4, 1),
            values={"year_fen": YI},
            reason=" ",
            actor=who.office,
            at=AT,
        )
    assert error.value.fields == {"reason": "请写明调整的原因和依据。"}
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        ProjectPlan.objects.update(year_fen=YI)


# ---- starts ----------------------------------------------------------------------------------------------------
def test_the_day_of_a_ceremony_is_no_start(tmp_path: Path, who: Who) -> None:
    project = a_project(tmp_path, 当前阶段="前期")
    words = {"on": "2020-03-18", "first_work": "CEREMONY", "start_basis": "PERMIT", "start_document": "施〔2020〕1号"}
    files = {name: [_paper()] for name in ("permit", "photos")}

    with pytest.raises(GuardError) as error:
        advance(PROJECTS, project.pk, "start", actor=who.office, at=AT, values=words, files=files)

    assert error.value.sentence == "开工仪式不算开工，请填永久性工程正式破土的日期和照片。"
    assert Project.objects.get().started_on is None


def _paper() -> Any:
    return SimpleUploadedFile("材料.pdf", b"%PDF-1.4 x")


# ---- months ----------------------------------------------------------------------------------------------------
def month(folder: Path, last: str, done: Any, year: Any, who: Who, **more: Any) -> ImportResult:
    words = {"项目名称": NAME, "本月完成(万元)": done, "本年累计(万元)": year, "形象进度": "主体施工", **more}
    return bring_in(month_file(folder, last, words), at=AT, actor=who.lead)


def test_a_cumulative_sum_below_last_month_s(tmp_path: Path, who: Who) -> None:
    project = a_project(tmp_path)
    month(tmp_path, "1月31日", 1500, 1500, who)

    assert said(month(tmp_path, "2月29日", 0, 1400, who)) == [
        "本年累计 1,400 万元应等于上月累计 1,500 万元加本月完成 0 万元，请核对。"
    ]
    assert said(month(tmp_path, "2月29日", 0, 1500, who, **{"自开工累计(万元)": 21_000})) == [
        "自开工累计 21,000 万元小于上期累计 21,500 万元，累计数不会减少，请核对。"
    ]
    assert project.returns.count() == 1


def test_a_month_missing_then_doubled(tmp_path: Path, who: Who) -> None:
    a_project(tmp_path)
    month(tmp_path, "1月31日", 1500, 1500, who)

    assert said(month(tmp_path, "3月31日", 3000, 4500, who)) == [
        "上个月没有月报，本年累计无法与上月核对；请补报上月，或确认本月完成没有包含上月。"
    ]


def test_a_text_copied_for_three_months(tmp_path: Path, who: Who) -> None:
    a_project(tmp_path)
    month(tmp_path, "1月31日", 100, 100, who)
    month(tmp_path, "2月29日", 100, 200, who, 形象进度="主体 施工")

    assert said(month(tmp_path, "3月31日", 100, 300, who)) == ["形象进度已连续 3 个月一字未改，请核实后如实填写。"]


def test_an_amount_in_yi_in_a_column_of_wan(tmp_path: Path, who: Who) -> None:
    a_project(tmp_path)

    plan = {"本年计划投资(万元)": 30_000}
    assert said(month(tmp_path, "1月31日", 0.15, 0.15, who, **plan)) == [
        "本月完成 0.15 万元，像是亿元数填在了万元列，请核对单位。"
    ]
    assert said(month(tmp_path, "1月31日", 0, 0, who, **plan)) == []
    assert said(month(tmp_path, "1月31日", 0.15, 0.15, who)) == [  # the plan is registered
        "本月完成 0.15 万元，像是亿元数填在了万元列，请核对单位。"
    ]
    assert said(month(tmp_path, "1月31日", 5, 5, who)) == []  # five 亿元 would be more than the year's three


# ---- halted projects -------------------------------------------------------------------------------------------
@pytest.fixture
def halted(tmp_path: Path, who: Who, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Halted from the 10th of February on."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment(date(2020, 4, 10)))
    send(tmp_path, row(), head="截至时间:2020年1月2日")
    project = Project.objects.get()
    on = {"on": "2020-02-10"}
    advance(PROJECTS, project.pk, "halt", actor=who.office, at=AT, values=on, reason="资金链断裂")
    return project


def test_a_list_that_has_a_halted_project_under_construction(tmp_path: Path, halted: Project) -> None:
    assert said(send(tmp_path, row(当前阶段="在建"))) == [
        "项目在册自 2020-02-10 起停建缓建，清单仍列为“在建”，请核对；恢复建设请在项目页面办理。"
    ]
    assert said(send(tmp_path, row(当前阶段=""))) == [
        "项目在册自 2020-02-10 起停建缓建，清单仍列入当年计划，请核对；恢复建设请在项目页面办理。"
    ]
    assert Project.objects.get().state == "HALTED"


def test_a_monthly_table_that_reports_investment_of_a_halted_project(tmp_path: Path, who: Who, halted: Project) -> None:
    pointed_out = "项目在册自 2020-02-10 起停建缓建，表中仍按在建填报，请核对；恢复建设请在项目页面办理。"
    assert said(month(tmp_path, "1月31日", 1500, 1500, who)) == []
    assert said(month(tmp_path, "2月29日", 400, 1900, who)) == [pointed_out]

    assert said(month(tmp_path, "3月31日", 500, 2400, who)) == [
        "项目自 2020-02-10 起停建缓建，2020-03 整月停工，不应有完成投资；已恢复建设的，请先办理“恢复建设”。"
    ]
    assert said(month(tmp_path, "3月31日", 0, 1900, who, 形象进度="停工")) == [pointed_out]
    assert MonthlyReturn.objects.count() == 3


def test_a_form_that_reports_investment_of_a_halted_project(who: Who, halted: Project) -> None:
    client, address = signed_in(who.lead), reverse("projects:return-report", args=[halted.code, "2020-03"])
    sums = {"month_fen": "500", "year_fen": "500", "total_fen": "20500", "progress": "主体施工"}

    assert "项目在册自 2020-02-10 起停建缓建，停工期间不应有完成投资" in client.get(address).content.decode()
    answer = client.post(address, sums)
    assert answer.status_code == 422
    assert "2020-03 整月停工，不应有完成投资" in answer.content.decode()
    assert client.post(address, sums | {"month_fen": "0", "year_fen": "0", "total_fen": "20000"}).status_code == 302
    record = MonthlyReturn.objects.get()
    office = signed_in(who.office)
    page = office.get(reverse("projects:return-detail", args=[record.code])).content.decode()
    assert "项目在册自 2020-02-10 起停建缓建，请核对这个月的完成投资和形象进度。" in page
    months = office.get(reverse("projects:return-list"), {"month": "2020-03"}).content.decode()
    assert "停建缓建" in months.partition("<tbody")[2]


def test_a_halt_that_is_over_says_nothing_of_later_months(tmp_path: Path, who: Who, halted: Project) -> None:
    advance(PROJECTS, halted.pk, "resume", actor=who.office, at=AT, values={"on": "2020-03-01"})
    sums = {"month_fen": 500 * WAN, "year_fen": 500 * WAN, "total_fen": 20_500 * WAN, "progress": "主体施工"}

    assert report_month(project=halted, month=MAR, values=sums, actor=who.lead, at=AT).state == "REPORTED"
    assert said(send(tmp_path, row(当前阶段="在建"))) == []
