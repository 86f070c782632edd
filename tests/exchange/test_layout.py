"""The table found in an official layout: what is a record, and what is not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from shoushan.exchange.totals import label_level
from tests.exchange.factories import HEADINGS, LINE, TITLE, bring_in, codes, ledger, record, uscc, write_book

UPPER = ["序号", "单位名称", "信用代码", "职工总数(人)", "返岗人数", "其中", None]
LOWER = [None, None, None, None, None, "湖北籍", "外省"]


def two_levels(*records: Sequence[Any]) -> list[Sequence[Any]]:
    return [[TITLE], [LINE], UPPER, LOWER, *records]


def simple(number: int) -> list[Any]:
    return [number, f"甲{number}", uscc(number), 20, 10, 1, 2]


@pytest.mark.parametrize("merges", [[], ["A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:E4", "F3:G3"]])
def test_it_joins_two_levels_of_headings(tmp_path: Path, merges: list[str]) -> None:
    path = write_book(tmp_path / "a.xlsx", two_levels(simple(1), simple(2)), merges=merges)

    result = bring_in(path)

    assert (result.rows, result.new, codes(result)) == (2, 2, [])
    assert result.tabs[0].heading_rows == (3, 4)
    assert result.unknown_columns == []


def test_it_reads_columns_in_any_order_and_names_unknown_ones(tmp_path: Path) -> None:
    rows = [["楼宇名称", "到岗人数", "税号", "公司 名称"], ["示例大厦", 3, uscc(1), "甲"]]
    path = write_book(tmp_path / "a.xlsx", rows)

    result = bring_in(path)

    assert (result.new, result.unknown_columns) == (1, ["楼宇名称"])
    assert any("楼宇名称" in notice for notice in result.notices)


@pytest.mark.parametrize(
    "row",
    [
        ["合计", None, None, 40, 20],
        [None, "合 计", None, 40, 20],
        ["总计:", None, None, 40, 20],
        [None, "本页合计", None, 40, 20],
        [None, "姚家街道小计", None, 40, 20],
        ["合计(2家)", None, None, 40, 20],
        ["审核人:           负责人(签字):"],
        ["审核人:", None, "负责人:"],
        [None, "填表人:  联系电话:"],
        ["注:1.本表每日17时前报送。"],
        ["备注:返岗人数含远程办公。"],
        ["单位负责人(签字):", None, None, "填表人:"],
        UPPER,
        LOWER,
        ["序号", "企业名称", "统一社会信用代码", "职工总数", "返岗人数", "湖北籍", "外省"],
    ],
)
def test_it_takes_no_line_of_the_form_for_a_record(tmp_path: Path, row: list[Any]) -> None:
    path = write_book(tmp_path / "a.xlsx", two_levels(simple(1), simple(2), row))

    result = bring_in(path)

    assert (result.rows, result.new) == (2, 2)


@pytest.mark.parametrize(
    "name", ["合计科技有限公司", "审核人才服务有限公司", "小计算盘有限公司", "注册会计师事务所", "负责人力资源公司"]
)
def test_it_takes_an_enterprise_with_an_odd_name_for_a_record(tmp_path: Path, name: str) -> None:
    path = write_book(tmp_path / "a.xlsx", two_levels(simple(1), [None, name, uscc(9), 5, 5, 0, 0]))

    assert bring_in(path).new == 2


def test_it_takes_notes_behind_the_total_for_a_footer(tmp_path: Path) -> None:
    total = ["合计", None, None, 20, 10]
    path = write_book(tmp_path / "a.xlsx", two_levels(simple(1), total, ["以上数据由各社区报送,请各单位核对。"]))

    assert bring_in(path).rows == 1


def test_it_reports_a_stray_line_between_records(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", two_levels(simple(1), [None, "此处待补"], simple(3)))

    result = bring_in(path)

    assert (result.rows, result.rejected) == (3, 1)
    assert codes(result) == [(6, "统一社会信用代码", "missing")]


def test_it_follows_a_second_table_with_another_order(tmp_path: Path) -> None:
    second = ["序号", "统一社会信用代码", "企业名称", "返岗人数", "职工总数"]
    path = write_book(
        tmp_path / "a.xlsx", [HEADINGS, record(1), second, [1, uscc(5), "戊", 4, 9], [2, uscc(6), "己", 5, 8]]
    )

    result = bring_in(path)

    assert (result.rows, result.new, codes(result)) == (3, 3, [])
    assert any("重复的表头" in notice for notice in result.notices)


def test_it_reads_several_tabs_and_reports_the_others(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    tabs = {
        "一": ledger([record(1)]),
        "二": ledger([record(2), record(1)]),
        "说明": [["请认真填写", "谢谢"]],
        "隐": ledger([record(3)]),
    }
    for name, rows in tabs.items():
        page = book.add_worksheet(name)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    book.worksheets()[-1].hide()
    book.close()

    result = bring_in(tmp_path / "a.xlsx")

    assert (result.rows, result.new, result.rejected) == (3, 2, 1)
    assert [(problem.tab, problem.row, problem.code) for problem in result.problems] == [("二", 5, "duplicate_in_file")]
    assert any("“说明”中没有可识别的表格" in notice for notice in result.notices)
    assert any("“隐”是隐藏的" in notice for notice in result.notices)


def test_it_refuses_the_rows_that_a_merged_cell_covers(tmp_path: Path) -> None:
    records = [record(1), record(2, back=None), record(3)]
    path = write_book(tmp_path / "a.xlsx", ledger(records), merges=["H4:H5"])

    result = bring_in(path)

    assert codes(result) == [(5, "返岗人数", "merged_cell")]
    assert (result.new, result.rejected) == (2, 1)


def test_it_repeats_the_value_above_only_where_the_column_allows_it(tmp_path: Path) -> None:
    records = [
        record(1, area="文东街道"),
        record(2, area=None),
        record(3, area="同上"),
        record(4, area="〃"),
        record(5, name="同上"),
    ]
    path = write_book(tmp_path / "a.xlsx", ledger(records), merges=["E4:E5"])
    from tests.exchange.factories import LedgerSheet

    sheet = LedgerSheet()
    result = bring_in(path, sheet, commit=True)

    assert [values[3] for values in sheet.kept.values()] == ["370102007"] * 4
    assert codes(result) == [(8, "企业名称", "ditto")]


def test_it_refuses_ditto_in_the_first_row(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", ledger([record(1, area="同上")]))

    assert codes(bring_in(path)) == [(4, "所属街道", "ditto_without_above")]


def test_it_takes_an_empty_table_for_what_it_is(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", ledger([]))

    result = bring_in(path)

    assert (result.rows, result.problems) == (0, [])


def test_it_reads_a_form_in_full_width_marks(tmp_path: Path) -> None:
    line = "填报单位\uff1a姚家街道\u3000填报人\uff1a\u3000截至时间\uff1a\uff12\uff10\uff12\uff10年3月23日17时"
    headings = ["序号", "企业\u3000名称", "信用代码", "职工总数\uff08人\uff09", "返岗人数\uff08人\uff09"]
    records = [[1, "甲\uff08演示\uff09", uscc(1), "\uff11\uff0c\uff10\uff19\uff16", 10], [2, "乙", uscc(2), 4, 2]]
    below = [["合\u3000计\uff1a", None, None, 1100, 12], ["审核人\uff1a", None, "负责人\uff08签字\uff09\uff1a"]]
    path = write_book(tmp_path / "a.xlsx", [[TITLE], [line], headings, *records, *below])

    result = bring_in(path)

    assert (result.rows, result.new, codes(result), result.control_differences) == (2, 2, [], [])
    assert (str(result.as_of), result.as_of_hour, result.unit) == ("2020-03-23", 17, "姚家街道")


@pytest.mark.parametrize(
    ("text", "level"),
    [("合计", 2), (" 合 计 :", 2), ("小计", 1), ("总计", 3), ("全区总计", 3), ("合计有限公司", 0), ("", 0), ("5", 0)],
)
def test_it_knows_the_words_of_totals(text: str, level: int) -> None:
    assert label_level(text) == level
