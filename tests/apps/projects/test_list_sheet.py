"""The list of key projects as files: what stands, and handbook D6 as lines, each with one expected answer."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from shoushan.apps.projects import measures
from shoushan.apps.projects.models import ListMembership, Project, ProjectPart, ProjectPlan
from shoushan.apps.projects.selectors.portfolio import portfolio
from shoushan.apps.projects.selectors.records import records_of
from shoushan.apps.projects.sheets import ProjectListSheet
from shoushan.exchange.exporting import write_csv, write_xlsx
from shoushan.exchange.importing import ImportResult
from shoushan.exchange.services import bring_in
from shoushan.figures.values import evaluate
from tests.apps.projects.factories import AT, MARCH_2, YAOJIA, YI, Who, a_project, list_file, row, send, setting

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> Who:
    return setting()


@pytest.fixture(autouse=True)
def _district(who: Who) -> None:
    """Everything is there."""


def codes(result: ImportResult, level: str = "error") -> list[str]:
    return [problem.code for problem in result.problems if problem.level == level]


def counts(result: ImportResult) -> tuple[int, int, int, int]:
    return result.new, result.changed, result.unchanged, result.rejected


# ---- what stands --------------------------------------------------------------------------------------------
def test_a_line_becomes_a_project_on_a_list_with_its_plan(tmp_path: Path) -> None:
    result = send(tmp_path, row())

    assert counts(result) == (1, 0, 0, 0)
    project = Project.objects.get()
    assert (project.area_code, project.state, project.kind) == (YAOJIA, "BUILDING", "PREMISES")
    assert project.code == "PRJ-370102-20200302-0001"
    assert [(each.year, each.level, each.since) for each in project.memberships.all()] == [(2020, "DISTRICT", MARCH_2)]
    plan = project.plans.get()
    assert (plan.revision, plan.total_fen, plan.done_before_fen, plan.year_fen) == (1, 125 * YI // 10, 2 * YI, 3 * YI)
    assert (plan.start_year, plan.end_year, plan.source_row) == (2019, 2021, 4)


def test_the_same_again_changes_nothing(tmp_path: Path) -> None:
    send(tmp_path, row())

    assert counts(send(tmp_path, row())) == (0, 0, 1, 0)
    assert ProjectPlan.objects.count() == 1


def test_other_numbers_adjust_the_plan_and_name_the_file(tmp_path: Path) -> None:
    send(tmp_path, row())
    head = "截至时间:2020年3月20日"

    assert counts(send(tmp_path, row(**{"本年计划投资(亿元)": 4}), head=head)) == (0, 1, 0, 0)

    first, second = ProjectPlan.objects.order_by("revision")
    assert (first.year_fen, second.year_fen, second.effective_on) == (3 * YI, 4 * YI, date(2020, 3, 20))
    assert second.reason == "按《重点项目清单.xlsx》更新"
    plan = next(each for each in measures.SUMMARY if each.code == "projects.large_year_plan")
    assert [int(evaluate(plan, as_of=date(2020, 3, day)).value or 0) for day in (19, 20)] == [3, 4]
    approved = next(each for each in measures.PROGRESS if each.code == "projects.large_year_approved")
    assert [int(evaluate(approved, as_of=date(2020, 3, day)).value or 0) for day in (19, 20)] == [3, 3]


def test_a_city_level_project_is_on_both_lists_and_counts_once(tmp_path: Path) -> None:
    send(tmp_path, row(级别="市级"))

    assert set(ListMembership.objects.values_list("level", flat=True)) == {"DISTRICT", "CITY"}
    found = {each.code: evaluate(each, as_of=MARCH_2).value for each in measures.MEASURES}
    assert found["projects.large_projects"] == 1
    assert found["projects.city_level_projects"] == found["projects.district_level_projects"] == 1
    assert found["projects.province_level_projects"] == 0


def test_a_heading_may_say_ten_thousand_yuan(tmp_path: Path) -> None:
    given = row(**{"总投资(万元)": 125_000, "本年计划投资(万元)": "30,000", "截至上年底完成(万元)": 20_000})
    for title in ("总投资(亿元)", "本年计划投资(亿元)", "截至上年底完成(亿元)"):
        del given[title]

    assert counts(send(tmp_path, given)) == (1, 0, 0, 0)
    assert ProjectPlan.objects.get().total_fen == 125 * YI // 10


def test_a_cell_may_name_its_unit(tmp_path: Path) -> None:
    assert counts(send(tmp_path, row(**{"总投资(亿元)": "125000万元"}))) == (1, 0, 0, 0)
    assert ProjectPlan.objects.get().total_fen == 125 * YI // 10


def test_the_total_row_is_compared_in_the_heading_s_unit(tmp_path: Path) -> None:
    total = {"项目名称": "合计", "总投资(亿元)": 12.6, "本年计划投资(亿元)": 3}
    blank = dict.fromkeys(row(), "")

    result = bring_in(list_file(tmp_path, row(), blank | total), at=AT)

    assert [(each.column, str(each.stated), str(each.accepted.normalize())) for each in result.control_differences] == [
        ("总投资", "12.6000000000", "12.5")
    ]


def test_parts_of_a_package_are_counted_beside_it_and_their_money_is_not(tmp_path: Path) -> None:
    parts = [row(项目名称=f"一号楼{number}", 所属打包项目="测试商务中心（示例）") for number in (1, 2, 3)]

    assert counts(send(tmp_path, row(所属打包项目=""), *parts)) == (4, 0, 0, 0)

    assert ProjectPart.objects.count() == 3
    found = {each.code: evaluate(each, as_of=MARCH_2).value for each in measures.MEASURES}
    assert (found["projects.large_projects"], found["projects.large_parts"]) == (1, 3)
    assert found["projects.large_total_investment"] == 12.5
    assert counts(send(tmp_path, row(所属打包项目=""), *parts)) == (0, 0, 4, 0)


def test_a_project_without_the_yi_is_another_family(tmp_path: Path) -> None:
    send(tmp_path, row(**{"总投资(亿元)": 0.99, "截至上年底完成(亿元)": 0, "本年计划投资(亿元)": 0.5}))

    found = {each.code: evaluate(each, as_of=MARCH_2).value for each in measures.MEASURES}
    assert (found["projects.large_projects"], found["projects.small_projects"]) == (0, 1)


def test_what_goes_out_comes_in_again(tmp_path: Path) -> None:
    parts = [row(项目名称="南楼", 所属打包项目="测试商务中心（示例）")]
    send(tmp_path, row(级别="市级", 所属打包项目="", **{"本年竣工载体面积(万平方米)": 2.5}), *parts)
    found = portfolio(areas=("370102",), year=2020).prefetch_related("plans", "parts")
    records = [each for project in found for each in records_of(project, 2020)]

    for name, write in (("清单(3.2).xlsx", write_xlsx), ("清单(3.2).csv", write_csv)):
        out = BytesIO()
        write(out, ProjectListSheet(), records, area_names={YAOJIA: "姚家街道"})
        path = tmp_path / name
        path.write_bytes(out.getvalue())
        result = bring_in(path, at=AT, as_of=MARCH_2)
        assert (counts(result), codes(result)) == ((0, 0, 2, 0), []), name


# ---- handbook D6 ---------------------------------------------------------------------------------------------
def neighbours(**last: Any) -> list[dict[str, Any]]:
    """Three sound rows and one more."""
    sound = [
        row(项目名称=f"甲项目{number}", 建设单位=f"甲{number}公司", **{"总投资(亿元)": 10 + number})
        for number in (1, 2, 3)
    ]
    return [*sound, row(项目名称="乙项目", 建设单位="乙公司", **last)]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"总投资(亿元)": 12_000, "截至上年底完成(亿元)": ""}, "mixed_units"),
        ({"总投资(亿元)": 1, "截至上年底完成(亿元)": ""}, "year_fen_wrong"),
        ({"总投资(亿元)": 2.5, "本年计划投资(亿元)": 1}, "year_fen_wrong"),
        ({"截至上年底完成(亿元)": 13}, "done_before_fen_wrong"),
        ({"建设起止年限": "2021-2019"}, "years_backwards"),
        ({"建设起止年限": "近两年"}, "not_years"),
        ({"总投资(亿元)": "5亿美元"}, "foreign_currency"),
        ({"总投资(亿元)": "约30亿"}, "approximate"),
        ({"总投资(亿元)": "30-50亿"}, "number_range"),
        ({"总投资(亿元)": "1,61"}, "grouping"),
        ({"总投资(亿元)": "30%"}, "unit_unexpected"),
        ({"总投资(亿元)": -3}, "too_small"),
        ({"建设地点": "济南市章丘区双山街道"}, "outside_district"),
        ({"建设地点": "经十路某处"}, "area_missing"),
        ({"所属街道": "不存在街道"}, "area_unknown"),
        ({"牵头(责任)单位": "不存在的局"}, "lead_unknown"),
        ({"项目统一代码": "2020-370102-70"}, "project_code_form"),
        ({"级别": "镇级"}, "not_a_choice"),
        ({"当前阶段": "快开工了"}, "not_a_choice"),
        ({"所属打包项目": "没有这个打包项目"}, "package_unknown"),
        ({"本年竣工载体面积(万平方米)": "八万"}, "not_a_number"),
    ],
)
def test_one_answer_each(tmp_path: Path, changed: dict[str, Any], code: str) -> None:
    result = send(tmp_path, *neighbours(**changed))

    assert codes(result) == [code]
    assert (result.new, result.rejected) == (3, 1)
    assert all(problem.message.endswith(("。", "？")) for problem in result.problems)


def test_thousands_separators_are_read(tmp_path: Path) -> None:
    assert codes(send(tmp_path, row(**{"总投资(亿元)": "1,610", "本年计划投资(亿元)": "2 7"}))) == ["grouping"]
    assert codes(send(tmp_path, row(**{"总投资(亿元)": "1,610"}))) == []


def test_mu_are_converted_to_the_column_s_unit(tmp_path: Path) -> None:
    assert codes(send(tmp_path, row(**{"本年竣工载体面积(万平方米)": "15亩"}))) == []
    assert ProjectPlan.objects.get().premises_sqm == 10_000


def test_a_package_and_its_parts_are_not_both_summed(tmp_path: Path) -> None:
    whole = row(项目名称="打包项目", **{"总投资(亿元)": 9, "本年计划投资(亿元)": 1, "截至上年底完成(亿元)": ""})
    parts = [
        row(项目名称=f"子项{number}", **{"总投资(亿元)": number, "本年计划投资(亿元)": 0.3, "截至上年底完成(亿元)": ""})
        for number in (4, 5)
    ]

    result = send(tmp_path, whole, *parts)

    assert codes(result) == ["parent_and_child"] * 2
    assert [each.name for each in Project.objects.all()] == ["打包项目"]


def test_one_project_under_two_names(tmp_path: Path) -> None:
    a_project(tmp_path)

    result = send(tmp_path, row(项目名称="历下测试商务中心"))
    assert codes(result) == ["same_project"]
    assert result.problems[-1].suggestion == "测试商务中心(示例)"

    code = "2020-370102-70-03-012345"
    assert codes(send(tmp_path, row(项目统一代码=code))) == []
    other = row(项目名称="历下测试商务中心", 项目统一代码="2020-370102-70-03-012346")
    assert codes(send(tmp_path, other)) == []


def test_a_code_that_belongs_to_another_is_refused(tmp_path: Path) -> None:
    code = "2020-370102-70-03-012345"
    a_project(tmp_path, 项目统一代码=code)
    a_project(tmp_path, 项目名称="另一项目", 建设单位="另一公司")

    assert codes(send(tmp_path, row(项目名称="另一项目", 项目统一代码=code))) == ["project_code_of_another"]
    assert codes(send(tmp_path, row(项目统一代码="2103-370102-04-01-123456"))) == ["project_code_differs"]


def test_a_row_by_its_code_under_another_name_is_the_same_project(tmp_path: Path) -> None:
    code = "2020-370102-70-03-012345"
    a_project(tmp_path, 项目统一代码=code)

    result = send(tmp_path, row(项目名称="改了名的中心", 项目统一代码=code))

    assert counts(result) == (0, 0, 1, 0)
    assert "name_differs" in codes(result, "warning")


def test_a_stage_on_the_list_does_not_move_a_project(tmp_path: Path) -> None:
    a_project(tmp_path, 当前阶段="前期")

    result = send(tmp_path, row(当前阶段="竣工"))

    assert Project.objects.get().state == "PREPARATION"
    assert "stage_by_steps" in codes(result, "warning")


def test_another_place_is_pointed_out(tmp_path: Path) -> None:
    a_project(tmp_path)

    assert codes(send(tmp_path, row(所属街道="智远街道"))) == ["area_differs"]


def test_an_unknown_zone_is_said_and_left_out(tmp_path: Path) -> None:
    result = send(tmp_path, row(所属片区="没有的片区"))

    assert (result.new, "zone_unknown" in codes(result, "warning")) == (1, True)


def test_the_same_line_twice_in_a_file(tmp_path: Path) -> None:
    assert codes(send(tmp_path, row(), row())) == ["duplicate_in_file"]


def test_only_the_office_of_the_rule_brings_it_in(tmp_path: Path, who: Who) -> None:
    assert codes(send(tmp_path, row(), actor=who.other)) == ["not_the_office"]
    assert codes(send(tmp_path, row(), actor=who.office)) == []


def test_a_code_of_another_region_is_pointed_out_and_a_month_to_come_refused(tmp_path: Path) -> None:
    other = send(tmp_path, row(项目统一代码="2020-440305-70-03-012345"))
    assert [(each.code, each.level) for each in other.problems if "code" in each.code] == [
        ("project_code_region", "warning")
    ]
    assert codes(send(tmp_path, row(项目名称="乙", 项目统一代码="9912-370102-04-01-123456"))) == ["project_code_form"]
