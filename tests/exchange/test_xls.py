"""Old workbooks (.xls)."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
import xlwt

from shoushan.exchange import files
from tests.exchange.factories import bring_in, civil, codes, ledger, record


def write_xls(path: Path, rows: list[list[object]], *, top: int = 0) -> Path:
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("台账")
    style = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for number, row in enumerate(rows, start=top):
        for column, value in enumerate(row):
            if isinstance(value, datetime):
                page.write(number, column, value, style)
            elif value is not None:
                page.write(number, column, value)
    book.save(str(path))
    return path


def test_it_gives_every_cell_its_type_and_row(tmp_path: Path) -> None:
    path = write_xls(tmp_path / "a.xls", [["文", 5, 2.5, True, civil(2020, 2, 11), civil(2020, 2, 11, 8)]], top=3)

    with files.open_book(path) as book:
        rows = list(book.rows(book.tabs[0]))

    assert rows == [(4, ["文", 5, 2.5, "TRUE", date(2020, 2, 11), civil(2020, 2, 11, 8)])]
    assert type(rows[0][1][1]) is int


def test_it_imports_an_old_ledger(tmp_path: Path) -> None:
    rows = ledger([record(1, resumed_on=civil(2020, 2, 11)), record(2, staff="约30")], ["合计", *[None] * 4, 50])
    path = write_xls(tmp_path / "附件2:姚家街道复工台账(3.23).xls", [list(row) for row in rows])

    result = bring_in(path)

    assert (result.rows, result.new, result.rejected) == (2, 1, 1)
    assert codes(result) == [(5, "职工总数", "approximate")]
    assert str(result.as_of) == "2020-03-23"


def test_it_skips_hidden_tabs(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    for name in ("甲", "乙"):
        page = book.add_sheet(name)
        for number, row in enumerate(ledger([record(1)])):
            for column, value in enumerate(row):
                page.write(number, column, value)
    page.visibility = 1
    book.save(str(tmp_path / "a.xls"))

    result = bring_in(tmp_path / "a.xls")

    assert result.rows == 1
    assert any("“乙”是隐藏的" in notice for notice in result.notices)


@pytest.mark.parametrize("rows", [[], [[None]]])
def test_it_reads_an_empty_tab(tmp_path: Path, rows: list[list[object]]) -> None:
    path = write_xls(tmp_path / "a.xls", rows)

    with files.open_book(path) as book:
        assert list(book.rows(book.tabs[0])) == []
