"""Rows of the two tables out of the handbook's catalogues (Appendix 2, A7, B9, C7), each with what becomes of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from shoushan.apps.resumption.models import DailyReturn
from shoushan.exchange.importing import ImportResult
from shoushan.exchange.services import bring_in
from shoushan.ledger import api as ledger
from shoushan.registry.models import Enterprise, FrameMember
from tests.apps.resumption.factories import AT, JANUARY, frame, ledger_file, uscc, workbook
from tests.apps.resumption.test_returns import resumed as resumed_on
from tests.apps.resumption.test_sheets import ZHIYUAN, codes, counts, known, line, send
from tests.kept import district

pytestmark = pytest.mark.django_db

SELF_EMPLOYED = "92370102MA90000X3M"


@pytest.fixture(autouse=True)
def _district() -> None:
    district()


# ---- the subdistricts' ledger ---------------------------------------------------------------------
@pytest.mark.parametrize(
    ("row", "staff"),
    [
        (line(staff="１，０９６"), 1096),
        (line(staff="1，096人"), 1096),
        (line(staff="1 096"), 1096),
        (line(staff="50.0"), 50),
        (line(staff="0050"), 50),
        (line(staff="50\u00a0"), 50),
    ],
)
def test_it_reads_numbers_as_offices_write_them(tmp_path: Path, row: list[Any], staff: int) -> None:
    assert counts(send(tmp_path, row)) == (1, 0, 0, 0)
    assert DailyReturn.objects.get().staff_total == staff


@pytest.mark.parametrize(
    "resumed", ["2020.2.10", "2020/2/10", "2月10日", "20200210", 43871, "二〇二〇年二月十日", "2020-02-10 08:30"]
)
def test_it_reads_days_as_offices_write_them(tmp_path: Path, resumed: Any) -> None:
    assert counts(send(tmp_path, line(resumed=resumed))) == (1, 0, 0, 0)
    assert DailyReturn.objects.get().resumed_on == date(2020, 2, 10)


@pytest.mark.parametrize("nothing", ["—", "-", "/", "无", "", "  "])
def test_it_takes_the_signs_of_nothing_for_an_empty_cell(tmp_path: Path, nothing: str) -> None:
    result = send(tmp_path, line(resumed=nothing, at_work=nothing, checked=nothing))

    assert counts(result) == (1, 0, 0, 0)
    found = DailyReturn.objects.get()
    assert (found.resumed_on, found.at_work, found.checked_on) == (None, 0, None)


@pytest.mark.parametrize(
    ("row", "column", "code", "suggestion"),
    [
        (line(code=uscc(1).replace("0", "O", 1)), "统一社会信用代码", "uscc_characters", uscc(1)),
        (line(code=uscc(1)[:4] + "I" + uscc(1)[5:]), "统一社会信用代码", "uscc_characters", None),
        (line(code="9.1370102E+17"), "统一社会信用代码", "scientific_notation", ""),
        (line(code="同上"), "统一社会信用代码", "ditto", ""),
        (line(name="同上"), "企业名称", "ditto", ""),
        (line(area="同上"), "所属街道", "ditto", ""),
        (line(area="3.70102E+8"), "所属街道", "area_unknown", ""),
        (line(area="解放路社区"), "所属街道", "area_unknown", ""),
        (line(area="济阳县"), "所属街道", "area_unknown", ""),
        (line(area="章丘市"), "所属街道", "area_unknown", ""),
        (line(area="莱芜市"), "所属街道", "area_unknown", ""),
        (line(kind="个体工商户"), "四上类别", "not_a_choice", None),
        (line(staff=99999, at_work=1), "职工总数", "staff_implausible", ""),
        (line(staff=200_000, at_work=30), "职工总数", "staff_implausible", ""),
        (line(staff=150, at_work=200), "返岗人数", "at_work_exceeds_staff", ""),
        (line(staff="约1100"), "职工总数", "approximate", "1100"),
        (line(staff="(5)"), "职工总数", "too_small", "0"),
        (line(staff="-5"), "职工总数", "too_small", "0"),
        (line(staff="1096家"), "职工总数", "unit_unexpected", None),
        (line(staff="85%"), "职工总数", "unit_unexpected", None),
        (line(staff="0.85"), "职工总数", "not_whole", None),
        (line(staff="#REF!"), "职工总数", "error_cell", None),
        (line(staff="无"), "职工总数", "missing", ""),
        (line(at_work="36。5"), "返岗人数", "not_a_number", "36.5"),
        (line(at_work="36.5℃"), "返岗人数", "unit_unexpected", None),
        (line(at_work="正常"), "返岗人数", "not_a_number", None),
        (line(resumed="2020-02-30"), "实际复工时间", "day_impossible", ""),
        (line(resumed="二〇二〇年二月"), "实际复工时间", "day_missing", ""),
        (line(resumed="10/02/2020"), "实际复工时间", "day_ambiguous", ""),
        (line(resumed="2020-02-11"), "实际复工时间", "resumed_after_as_of", ""),
        (line(resumed="2202-02-10"), "实际复工时间", "day_out_of_range", ""),
        (line(resumed="无"), "实际复工时间", "resumed_on_missing", ""),
    ],
)
def test_it_returns_a_bad_row_with_place_reason_and_suggestion(
    tmp_path: Path, row: list[Any], column: str, code: str, suggestion: str | None
) -> None:
    result = send(tmp_path, line("示例2号有限公司", uscc(2)), row)

    assert counts(result) == (1, 0, 0, 1)
    [problem] = [problem for problem in result.problems if problem.is_error]
    assert (problem.row, problem.column, problem.code) == (5, column, code)
    assert suggestion is None or problem.suggestion == suggestion
    assert problem.message.endswith("。")
    assert DailyReturn.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("示例（历下）贸易有限公司", "示例(历下)贸易有限公司"),
        ("示例\t一号\n有限公司", "示例 一号 有限公司"),
        ("测试企业1 ", "测试企业1"),
        ("阿不都·买买提商行", "阿不都·买买提商行"),
        ("阿不都•买买提商行", "阿不都•买买提商行"),
        ("𬭎㛃商贸有限公司", "𬭎㛃商贸有限公司"),
        ("合计科技有限公司", "合计科技有限公司"),
        ("@SUM(A1)有限公司", "@SUM(A1)有限公司"),
    ],
)
def test_it_keeps_names_as_they_are_meant(tmp_path: Path, name: str, kept: str) -> None:
    assert counts(send(tmp_path, line(name))) == (1, 0, 0, 0)
    assert Enterprise.objects.get().name in {kept, name}


@pytest.mark.parametrize(
    "name", ["山东示例（历下）贸易有限公司", "山东省示例(历下) 贸易有限责任公司", "山东 示例(历下)贸易有限公司"]
)
def test_it_knows_a_firm_under_each_spelling_of_its_name(tmp_path: Path, name: str) -> None:
    firm = known("山东示例(历下)贸易有限公司", 1)

    result = send(tmp_path, line(name, None))

    assert (counts(result), codes(result)) == ((1, 0, 0, 0), [])
    assert DailyReturn.objects.get().enterprise_id == firm.pk


def test_it_counts_a_firm_once_that_resumes_at_two_sites(tmp_path: Path) -> None:
    frame(tmp_path, JANUARY, {1: "规上工业"})

    result = send(tmp_path, line("示例1号有限公司", resumed="2020-02-09"), line("示例1号有限公司", at_work=20))

    assert (counts(result), codes(result)) == ((1, 0, 0, 1), [(5, "duplicate_in_file")])
    assert resumed_on(date(2020, 2, 10)) == 1


def test_it_says_each_thing_once(tmp_path: Path) -> None:
    result = send(tmp_path, line(code="91440300MA5XXXXX00"))

    assert (counts(result), codes(result)) == ((1, 0, 0, 0), [(4, "uscc_inner_check")])


def test_it_takes_a_firm_registered_elsewhere_that_works_here(tmp_path: Path) -> None:
    result = send(tmp_path, line(code="9144030071526726XG"))

    assert (counts(result), codes(result)) == ((1, 0, 0, 0), [])


def test_it_leaves_totals_signatures_and_blank_rows_out_of_the_account(tmp_path: Path) -> None:
    rows = [
        line("示例1号有限公司"),
        ["姚家街道小计", "", "", "", 50, "", "", 30],
        line("示例2号有限公司", uscc(2), area="姚家街道"),
        [""] * 8,
        ["合计", "", "", "", 100, "", "", 61],
        ["审核人：", "", "", "负责人（签字）："],
    ]

    result = send(tmp_path, *rows)

    assert counts(result) == (2, 0, 0, 0)
    [difference] = result.control_differences
    assert (difference.column, difference.stated, difference.accepted) == ("返岗人数", 61, 60)


def test_it_enters_two_corrections_of_a_sheet_that_comes_again_in_another_order(tmp_path: Path) -> None:
    rows = [[number, 50, "2020-02-10", 30] for number in range(1, 6)]
    bring_in(ledger_file(tmp_path, date(2020, 2, 10), rows), at=AT)
    titles = ["返岗人数", "税号", "单位名称", "复工日期", "员工总数"]
    again = [[30, uscc(n), f"示例{n}号有限公司", "2020-02-10", 50] for n in (5, 4, 3, 2, 1)]
    again[0][0], again[4][4] = 31, 49

    path = workbook(tmp_path / "再报.xlsx", "填报单位:姚家街道 截至时间:2020年2月10日17时", titles, again)

    assert counts(bring_in(path, at=AT)) == (0, 2, 3, 0)
    assert ledger.verify() == []


# ---- the statistics bureau's list -----------------------------------------------------------------
def list_of(folder: Path, *rows: list[Any]) -> ImportResult:
    titles = ["企业名称", "统一社会信用代码", "四上类别", "行业代码", "所属街道", "职工总数"]
    return bring_in(workbook(folder / "名单.xlsx", "统计月份:2020年1月", titles, list(rows)), at=AT)


def member(name: str = "示例1号有限公司", code: str | None = uscc(1), **more: Any) -> list[Any]:
    given = {"kind": "规上工业", "industry": "1311", "area": "姚家街道", "staff": 50} | more
    return [name, code or "", *given.values()]


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (member(industry="9999"), "行业代码", None),
        (member(industry="制造业"), "行业代码", None),
        (member(kind="个体"), "四上类别", "not_a_choice"),
        (member(kind=""), "四上类别", "missing"),
        (member(area="牡丹区"), "所属街道", "area_unknown"),
        (member(staff=99999), "职工总数", "staff_implausible"),
        (member(staff="五百"), "职工总数", "not_a_number"),
        (member("示例1号有限公司历下分公司"), "企业名称", "branch_in_frame"),
        (member(code=None), "统一社会信用代码", "missing"),
    ],
)
def test_it_returns_a_bad_line_of_the_list(tmp_path: Path, row: list[Any], column: str, code: str | None) -> None:
    result = list_of(tmp_path, member("示例2号有限公司", uscc(2)), row)

    assert counts(result) == (1, 0, 0, 1)
    [problem] = [problem for problem in result.problems if problem.is_error]
    assert (problem.row, problem.column) == (5, column)
    assert code is None or problem.code == code
    assert FrameMember.objects.count() == 1


def test_it_takes_a_self_employed_person_on_the_list_but_says_so(tmp_path: Path) -> None:
    result = list_of(tmp_path, member("历下区示例小吃店", SELF_EMPLOYED, kind="限上住餐", staff=0))

    assert (counts(result), codes(result)) == ((1, 0, 0, 0), [(4, "self_employed_in_frame")])


def test_it_leaves_a_firm_that_moved_away_to_the_bureau_and_the_other_district(tmp_path: Path) -> None:
    known("示例1号有限公司", 1, ZHIYUAN)

    result = list_of(tmp_path, member())

    assert codes(result) == [(4, "other_subdistrict")]
