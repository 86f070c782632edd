"""Handbook C7 and B9 as lines of files: each has one expected answer, and every line is accounted for."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from shoushan.apps.resumption.models import DailyReturn
from shoushan.apps.resumption.sheets.ledger import LedgerSheet
from shoushan.directory.enums import Role
from shoushan.directory.services import create_user, grant_role
from shoushan.exchange.importing import ImportResult
from shoushan.exchange.services import bring_in
from shoushan.ledger import api as ledger
from shoushan.registry.enums import Source
from shoushan.registry.models import Enterprise
from shoushan.registry.services import NewEnterprise, register_enterprise
from tests.apps.resumption.factories import AT, JANUARY, frame, ledger_file, report, uscc, workbook
from tests.kept import district

pytestmark = pytest.mark.django_db

DAY = date(2020, 2, 10)
YAOJIA, ZHIYUAN = "370102011", "370102013"
TITLES = [
    "企业名称",
    "统一社会信用代码",
    "四上类别",
    "所属街道",
    "职工总数",
    "核验时间",
    "实际复工时间",
    "返岗人数",
]


@pytest.fixture(autouse=True)
def _district() -> None:
    district()


def line(name: str = "示例1号有限公司", code: str | None = uscc(1), **more: Any) -> list[Any]:
    """A line that stands unless told otherwise."""
    given = {"kind": "", "area": "姚家街道", "staff": 50, "checked": "", "resumed": "2020-02-10", "at_work": 30} | more
    return [name, code or "", *given.values()]


def send(folder: Path, *rows: list[Any], unit: str = "姚家街道", **more: Any) -> ImportResult:
    head = f"填报单位:{unit}  截至时间:2020年2月10日17时" if unit else "截至时间:2020年2月10日17时"
    return bring_in(workbook(folder / "台账.xlsx", head, TITLES, list(rows)), at=AT, **more)


def known(name: str, number: int | None, area: str = YAOJIA) -> Enterprise:
    row = NewEnterprise(name, area, uscc(number) if number else None)
    return register_enterprise(row=row, source=Source.SUBDISTRICT, on=date(2020, 1, 1), at=AT)


def codes(result: ImportResult) -> list[tuple[int, str]]:
    return [(problem.row, problem.code) for problem in result.problems]


def counts(result: ImportResult) -> tuple[int, int, int, int]:
    return result.new, result.changed, result.unchanged, result.rejected


# ---- which enterprise ---------------------------------------------------------------------------
def test_it_wants_the_code_of_an_unknown_firm_and_suggests_the_likeness(tmp_path: Path) -> None:
    known("示例第一纺织机械制造有限公司", 1)

    result = send(tmp_path, line("示例第一纺织机械制作有限公司", None))

    assert codes(result) == [(4, "uscc_missing")]
    assert result.problems[0].suggestion == "示例第一纺织机械制造有限公司"


def test_it_takes_a_firm_by_its_name_when_the_name_is_known(tmp_path: Path) -> None:
    firm = known("示例1号有限公司", 1)

    result = send(tmp_path, line("示例１号有限责任公司", None))

    assert counts(result) == (1, 0, 0, 0)
    assert DailyReturn.objects.get().enterprise_id == firm.pk


def test_it_says_when_the_name_differs_from_the_known_one(tmp_path: Path) -> None:
    known("示例1号有限公司", 1)

    result = send(tmp_path, line("示例壹号商贸有限公司"))

    assert counts(result) == (1, 0, 0, 0)
    assert codes(result) == [(4, "name_differs")]


@pytest.mark.parametrize(
    ("names", "row", "code"),
    [
        ([("示例1号有限公司", 1), ("示例1号有限公司", 2)], line(code=None), "name_ambiguous"),
        ([("示例1号有限公司", 2)], line(), "uscc_differs"),
        ([("示例1号有限公司", 1)], line("示例1号有限公司历下分公司"), "branch_with_parent_uscc"),
    ],
)
def test_it_never_guesses_the_firm(tmp_path: Path, names: list[tuple[str, int]], row: list[Any], code: str) -> None:
    for name, number in names:
        known(name, number)

    result = send(tmp_path, row)

    assert counts(result) == (0, 0, 0, 1)
    assert codes(result) == [(4, code)]
    assert not DailyReturn.objects.exists()


def test_it_takes_the_same_firm_once_by_code(tmp_path: Path) -> None:
    result = send(tmp_path, line(), line(at_work=20))

    assert counts(result) == (1, 0, 0, 1)
    assert codes(result) == [(5, "duplicate_in_file")]
    assert DailyReturn.objects.get().at_work == 30


@pytest.mark.parametrize("second", [line(code=None, at_work=20), line("示例1号有限责任公司", None, at_work=20)])
def test_it_takes_the_same_firm_once_though_the_code_is_left_out(tmp_path: Path, second: list[Any]) -> None:
    known("示例1号有限公司", 1)

    result = send(tmp_path, line(), second)

    assert counts(result) == (1, 0, 0, 1)
    assert codes(result) == [(5, "duplicate_in_file")]
    assert DailyReturn.objects.get().at_work == 30
    assert ledger.verify() == []


def test_it_takes_the_same_firm_once_in_a_list(tmp_path: Path) -> None:
    known("示例1号有限公司", None)
    titles = ["企业名称", "统一社会信用代码", "四上类别", "所属街道"]
    rows = [["示例1号有限公司", uscc(number), "规上工业", "姚家街道"] for number in (1, 2)]

    result = bring_in(workbook(tmp_path / "名单.xlsx", "统计月份:2020年1月", titles, rows), at=AT)

    assert counts(result) == (1, 0, 0, 1)
    assert codes(result) == [(5, "duplicate_in_file")]


# ---- which place --------------------------------------------------------------------------------
def test_it_takes_the_area_from_the_unit_that_sends(tmp_path: Path) -> None:
    result = send(tmp_path, line(area=""))

    assert counts(result) == (1, 0, 0, 0)
    assert Enterprise.objects.get().area_code == YAOJIA


def test_it_wants_an_area_when_nobody_says_which(tmp_path: Path) -> None:
    result = send(tmp_path, line(area=""), unit="")

    assert codes(result) == [(4, "area_missing")]


def test_it_takes_no_line_of_another_subdistrict(tmp_path: Path) -> None:
    result = send(tmp_path, line(area="智远街道"))

    assert codes(result) == [(4, "other_subdistrict")]
    assert "姚家街道" in result.problems[0].message
    assert "智远街道" in result.problems[0].message


def test_it_takes_no_firm_that_belongs_elsewhere(tmp_path: Path) -> None:
    known("示例1号有限公司", 1, ZHIYUAN)

    result = send(tmp_path, line())

    assert codes(result) == [(4, "other_subdistrict")]


def test_it_takes_no_line_from_outside_the_sender_s_scope(tmp_path: Path) -> None:
    clerk = create_user(username="zhiyuan", password="long-enough-2020", display_name="智远街道", at=AT)
    grant_role(user=clerk, role=Role.STREET_ADMIN, area_code=ZHIYUAN, valid_from=date(2020, 1, 1))

    result = send(tmp_path, line(), actor=clerk, sheet=LedgerSheet())

    assert codes(result) == [(4, "outside_scope")]
    assert not Enterprise.objects.exists()


# ---- which numbers ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("row", "code"),
    [
        (line(resumed="", at_work=0, checked="2020-02-09"), None),
        (line(resumed="2020-02-08", checked="2020-02-09"), "resumed_before_check"),
        (line(at_work=0), "resumed_with_nobody"),
        (line(kind="规上工业"), "not_in_frame"),
        (line(kind="非四上"), None),
        (line(staff=0, at_work=0), "resumed_with_nobody"),
    ],
)
def test_it_takes_what_is_odd_but_possible_and_says_so(tmp_path: Path, row: list[Any], code: str | None) -> None:
    result = send(tmp_path, row)

    assert counts(result) == (1, 0, 0, 0)
    assert codes(result) == ([(4, code)] if code else [])
    assert all(problem.level == "warning" for problem in result.problems)


@pytest.mark.parametrize(
    "row",
    [
        line(staff=-1),
        line(staff="五十"),
        line(staff="50人左右"),
        line(staff=50.5),
        line(staff="正常"),
        line(at_work="全部"),
        line(resumed="已复工"),
        line(resumed="2020-02-30"),
        line(resumed="2月31日"),
        line(code=uscc(1)[:-1] + "I"),
        line(code=uscc(1)[:-1]),
        line(code="91370102MA3C1234XX"),
        line(area="不存在街道"),
        line(kind="规上农业"),
        line(name=""),
        line(name="公" * 121),
        line(checked="年后"),
    ],
)
def test_it_rejects_what_can_not_be_read_and_keeps_the_rest(tmp_path: Path, row: list[Any]) -> None:
    result = send(tmp_path, row, line("示例2号有限公司", uscc(2)))

    assert counts(result) == (1, 0, 0, 1)
    [problem] = [problem for problem in result.problems if problem.is_error]
    assert problem.row == 4
    assert problem.column in TITLES
    assert problem.message.endswith("。")
    assert "!" not in problem.message


def test_it_reads_a_head_count_with_its_unit(tmp_path: Path) -> None:
    send(tmp_path, line(staff="1,050人", at_work="30 人"))

    found = DailyReturn.objects.get()
    assert (found.staff_total, found.at_work) == (1050, 30)


def test_it_remembers_the_file_and_the_line_of_every_return(tmp_path: Path) -> None:
    result = send(tmp_path, line(), line("示例2号有限公司", uscc(2)))

    found = DailyReturn.objects.select_related("source").order_by("source_row")
    assert [each.source_row for each in found] == [4, 5]
    assert {each.source.sha256 for each in found} == {result.sha256}
    assert {each.source_id for each in found} == {result.source_id}


def test_it_moves_a_return_to_the_file_that_corrected_it(tmp_path: Path) -> None:
    frame(tmp_path, JANUARY, {1: "规上工业"})
    report(tmp_path, DAY, [[1, 50, "2020-02-10", 30], [2, 20, "", 0]])

    corrected = report(tmp_path, DAY, [[2, 20, "", 0], [1, 50, "2020-02-10", 31]])

    first, second = DailyReturn.objects.order_by("enterprise__name")
    assert (first.source_id, first.source_row, first.at_work) == (corrected.source_id, 5, 31)
    assert second.source_id != corrected.source_id


def test_it_writes_nothing_when_it_only_looks(tmp_path: Path) -> None:
    file = ledger_file(tmp_path, DAY, [[1, 50, "2020-02-10", 30], [2, 20, "2020-02-10", 21]])

    dry = bring_in(file, at=AT, commit=False)

    assert not Enterprise.objects.exists()
    assert not DailyReturn.objects.exists()
    assert counts(dry) == counts(bring_in(file, at=AT)) == (1, 0, 0, 1)


def test_it_takes_the_same_new_firm_once_though_the_code_is_left_out(tmp_path: Path) -> None:
    result = send(tmp_path, line(), line(code=None, at_work=20))

    assert counts(result) == (1, 0, 0, 1)
    assert codes(result) == [(5, "uscc_missing")]


def test_it_takes_two_firms_of_one_name_by_their_codes(tmp_path: Path) -> None:
    result = send(tmp_path, line(), line(code=uscc(2)))

    assert counts(result) == (2, 0, 0, 0)
