"""The error book: rejected rows in the layout of their file, ready to be corrected and sent again."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from shoushan.exchange import error_book
from shoushan.exchange.importing import ImportResult
from shoushan.exchange.rejections import Rejection, RejectionLog
from tests.exchange.factories import HEADINGS, LINE, TITLE, LedgerSheet, bring_in, ledger, record, uscc, write_book


def corrected(path: Path, place: str, value: object) -> Path:
    """The error book with one cell set, as an official would send it again."""
    book = openpyxl.load_workbook(path)
    book.worksheets[0][place] = value
    out = path.with_name("改正.xlsx")
    book.save(out)
    return out


def written(path: Path, result: ImportResult) -> Path:
    out = path.with_suffix(".errors.xlsx")
    count = error_book.write(path, result, out, sheet=LedgerSheet())
    assert count == result.rejected
    return out


def test_it_hands_the_rejected_rows_back_in_the_same_layout(tmp_path: Path) -> None:
    records = [
        record(1),
        record(2, back="约30", note="=1+1"),
        record(3),
        record(4, resumed_on="2020-02-30", staff="多"),
    ]
    path = write_book(tmp_path / "a.xlsx", ledger(records, ["合计", None, None, None, None, 80]))

    out = written(path, bring_in(path))

    rows = [list(row) for row in openpyxl.load_workbook(out).worksheets[0].iter_rows(values_only=True)]
    assert rows[0][0] == TITLE
    assert rows[1][0] == LINE
    assert rows[2] == [*HEADINGS, "错误说明"]
    assert [row[2] for row in rows[3:]] == [uscc(2), uscc(4)]
    assert "原第 5 行" in rows[3][-1]
    assert "约30" in rows[3][-1]
    assert rows[3][-2] == "'=1+1"
    assert rows[4][-1].count("\n") == 1
    assert openpyxl.load_workbook(out).worksheets[0].cell(3, len(HEADINGS) + 1).fill.fgColor.rgb == "FFC00000"


def test_it_can_be_imported_again_after_correction(tmp_path: Path) -> None:
    sheet = LedgerSheet()
    path = write_book(tmp_path / "a.xlsx", ledger([record(1), record(2, back="约30"), record(3)]))
    first = bring_in(path, sheet, commit=True)
    out = written(path, first)

    again = bring_in(out, sheet, commit=True)
    final = bring_in(corrected(out, "H4", 30), sheet, commit=True)

    assert (again.rows, again.rejected) == (1, 1)
    assert (final.rows, final.new, final.rejected, final.unknown_columns) == (1, 1, 0, [])
    assert (final.as_of, final.unit) == (first.as_of, first.unit)
    assert sheet.kept[uscc(2)][6] == 30


def test_it_keeps_two_levels_of_headings_and_unknown_columns(tmp_path: Path) -> None:
    upper = ["序号", "企业名称", "统一社会信用代码", "其中", None, "楼宇"]
    lower = [None, None, None, "湖北籍", "外省", None]
    rows = [[TITLE], [LINE], upper, lower, [1, "甲", uscc(1), "三", 0, "示例大厦"]]
    path = write_book(tmp_path / "a.xlsx", rows, merges=["A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:F4"])

    out = written(path, bring_in(path))

    page = openpyxl.load_workbook(out).worksheets[0]
    assert {str(merged) for merged in page.merged_cells.ranges} == {"A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:F4"}
    assert page["F5"].value == "示例大厦"
    assert bring_in(corrected(out, "D5", 3)).new == 1


def test_it_says_as_of_when_if_only_the_file_name_did(tmp_path: Path) -> None:
    path = write_book(tmp_path / "姚家街道复工台账(3.23).xlsx", [HEADINGS, record(1, back="约30")])
    result = bring_in(path, year=2020)

    again = bring_in(written(path, result))

    assert (str(again.as_of), again.unit) == ("2020-03-23", "姚家街道")


def test_it_puts_in_what_ditto_stood_for(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", ledger([record(1, area="文东街道"), record(2, area="同上", back="约30")]))

    out = written(path, bring_in(path))

    assert openpyxl.load_workbook(out).worksheets[0]["E4"].value == "文东街道"


def test_it_follows_the_tabs_of_the_file(tmp_path: Path) -> None:
    bad = [ledger([record(n), record(n + 10, back="约30")]) for n in (1, 2, 3)]
    bad[1] = ledger([record(2)])
    path = write_book(tmp_path / "a.xlsx", *bad)

    out = written(path, bring_in(path))

    pages = openpyxl.load_workbook(out).worksheets
    assert [(page.title, page["C4"].value) for page in pages] == [("Sheet1", uscc(11)), ("Sheet3", uscc(13))]


def test_it_hands_back_the_rows_of_a_text_table(tmp_path: Path) -> None:
    path = tmp_path / "姚家街道(3.23).csv"
    text = "\n".join(
        ",".join("" if cell is None else str(cell) for cell in row) for row in [HEADINGS, record(1, back="约30")]
    )
    path.write_bytes(text.encode("gb18030"))

    out = written(path, bring_in(path))

    assert bring_in(corrected(out, "H3", 30)).new == 1


def test_it_writes_a_book_even_when_nothing_was_rejected(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", ledger([record(1)]))

    out = written(path, bring_in(path))

    assert openpyxl.load_workbook(out).worksheets[0]["A1"].value == "没有被退回的行。"


@pytest.mark.parametrize("count", [0, 3, 30_000])
def test_it_keeps_any_number_of_rejections_in_order(count: int) -> None:
    log = RejectionLog()
    for number in range(count):
        log.add(Rejection("", number, "返岗人数不是数字" * 5))

    assert len(log) == count
    assert [each.row for each in log] == list(range(count))
    assert [each.row for each in log] == list(range(count))


def test_it_puts_rows_below_a_second_heading_under_the_first(tmp_path: Path) -> None:
    second = ["序号", "统一社会信用代码", "企业名称", "返岗人数"]
    path = write_book(tmp_path / "a.xlsx", [HEADINGS, record(1), second, [1, uscc(5), "戊", "约30"]])

    out = written(path, bring_in(path))

    assert bring_in(corrected(out, "H2", 30)).new == 1


def test_it_hands_a_corrected_book_back_without_a_second_error_column(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", ledger([record(1, back="约30"), record(2, back="约40")]))
    out = written(path, bring_in(path))
    half = corrected(out, "H4", 30)

    again = written(half, bring_in(half))

    rows = [list(row) for row in openpyxl.load_workbook(again).worksheets[0].iter_rows(values_only=True)]
    assert rows[2].count("错误说明") == 1
    assert [row[2] for row in rows[3:]] == [uscc(2)]
