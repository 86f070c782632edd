"""Workbooks read from the zip: types of cells, odd XML, ghost rows, tabs."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from shoushan.exchange import files, number_formats
from shoushan.exchange.limits import FileRefusedError
from shoushan.exchange.shared_strings import BLOCK, SharedStrings
from tests.exchange.factories import civil, part, with_part, write_book

SHEET = "xl/worksheets/sheet1.xml"


def rows_of(path: Path, tab: int = 0) -> list[tuple[int, list[Any]]]:
    with files.open_book(path) as book:
        return list(book.rows(book.tabs[tab]))


def with_rows(tmp_path: Path, rows: str, head: str = "", tail: str = "") -> Path:
    """A workbook whose first tab holds this XML."""
    path = write_book(tmp_path / "book.xlsx", [["甲", "乙"]])
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    xml = (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<worksheet {main}><sheetData>{rows}</sheetData>{tail}</worksheet>'
    )
    return with_part(path, SHEET, xml.encode())


@pytest.mark.parametrize("constant_memory", [True, False])
def test_it_gives_every_cell_its_type(tmp_path: Path, constant_memory: bool) -> None:
    path = tmp_path / "book.xlsx"
    book = xlsxwriter.Workbook(str(path), {"constant_memory": constant_memory})
    page = book.add_worksheet()
    day, moment = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "yyyy/m/d h:mm"})
    page.write_row(0, 0, ["文 & <字>", 5, 5.0, 2.5, True, False, 913701020000000000])
    page.write_datetime(1, 1, civil(2020, 2, 11), day)
    page.write_datetime(1, 2, civil(2020, 2, 11, 17, 30), moment)
    page.write_formula(2, 0, "=1+1", None, 2)
    page.write_formula(2, 1, '="a"&"b"', None, "ab")
    page.write_formula(2, 2, "=A99/0", None, "#DIV/0!")
    book.close()

    found = rows_of(path)

    assert found[0] == (1, ["文 & <字>", 5, 5, 2.5, "TRUE", "FALSE", 9.1370102e17])
    assert [type(cell) for cell in found[0][1][1:3]] == [int, int]
    assert found[1] == (2, [None, date(2020, 2, 11), civil(2020, 2, 11, 17, 30)])
    assert found[2] == (3, [2, "ab", "#DIV/0!"])


def test_it_reads_what_openpyxl_reads(tmp_path: Path) -> None:
    rows = [[f"第{i}行", i, i / 4, None, "空 格", f"a&b<{i}>"] for i in range(300)]
    path = write_book(tmp_path / "book.xlsx", rows)

    found = [cells for _number, cells in rows_of(path)]

    page = openpyxl.load_workbook(path).worksheets[0]
    assert found == [list(row) for row in page.iter_rows(values_only=True)]


def test_it_reads_dates_of_the_1904_system(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    book = xlsxwriter.Workbook(str(path), {"date_1904": True})
    book.add_worksheet().write_datetime(0, 0, civil(2020, 2, 11), book.add_format({"num_format": "yyyy-mm-dd"}))
    book.close()

    assert rows_of(path) == [(1, [date(2020, 2, 11)])]


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ('<row r="3"><c t="n" r="B3"><v>5</v></c></row>', [None, 5]),
        ("<row><c><v>1</v></c><c><v>2</v></c></row>", [1, 2]),
        ('<row r="3"><c r="A3" t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r></is></c></row>', ["甲乙"]),
        ('<row r="3"><c r="A3" t="inlineStr"><is><t>甲</t><rPh sb="0" eb="1"><t>jia</t></rPh></is></c></row>', ["甲"]),
        ('<row r="3"><!-- c --><c r="A3"><v>7</v></c></row>', [7]),
        ('<row r="3"><c r="A3" t="str"><v><![CDATA[a<b]]></v></c></row>', ["a<b"]),
        ('<row r="3"><c r="A3" t="d"><v>2020-02-11T00:00:00</v></c></row>', [date(2020, 2, 11)]),
        ('<row r="3"><c r="A3" t="str"><v>a_x000D_b&#x4e2d;</v></c></row>', ["a\rb中"]),
        ('<row r="3"><c r="B3"><v>2</v></c><c r="A3"><v>1</v></c></row>', [1, 2]),
        ('<row r="3"><c r="A3" t="e"><v>#REF!</v></c></row>', ["#REF!"]),
        ('<row r="3"><c r="A3"><f>SUM(B1:B2)</f><v>1E3</v></c></row>', [1000]),
    ],
)
def test_it_reads_unusual_xml(tmp_path: Path, row: str, cells: list[Any]) -> None:
    path = with_rows(tmp_path, row)

    assert [found for _number, found in rows_of(path)] == [cells]


def test_it_reads_elements_with_a_prefix(tmp_path: Path) -> None:
    path = with_rows(tmp_path, "")
    main = 'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    row = '<x:row r="2"><x:c r="B2" t="str"><x:v>甲</x:v></x:c></x:row>'
    with_part(path, SHEET, f"<x:worksheet {main}><x:sheetData>{row}</x:sheetData></x:worksheet>".encode())

    assert rows_of(path) == [(2, [None, "甲"])]


def test_it_leaves_ghost_rows_out(tmp_path: Path) -> None:
    ghosts = "".join(f'<row r="{n}" s="1"><c r="A{n}" s="1"/><c r="B{n}" s="1"/></row>' for n in range(2, 65_203))
    path = with_rows(tmp_path, f'<row r="1"><c r="A1"><v>1</v></c></row>{ghosts}<row r="65203"/>')

    assert rows_of(path) == [(1, [1])]


def test_it_counts_hidden_rows_and_names_hidden_tabs(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    book = xlsxwriter.Workbook(str(path))
    page, other = book.add_worksheet("甲"), book.add_worksheet("乙")
    page.write_column(0, 0, [1, 2, 3])
    page.set_row(1, None, None, {"hidden": True})
    other.hide()
    book.close()

    with files.open_book(path) as opened:
        rows = list(opened.rows(opened.tabs[0]))
        tabs = [(tab.name, tab.is_hidden, tab.hidden_rows) for tab in opened.tabs]

    assert len(rows) == 3
    assert tabs == [("甲", False, 1), ("乙", True, 0)]


def test_it_finds_merged_ranges_behind_the_rows(tmp_path: Path) -> None:
    path = write_book(tmp_path / "book.xlsx", [["甲", "乙"], ["丙", None]], merges=["A1:B1", "A2:A3"])

    with files.open_book(path) as book:
        merges = book.merges(book.tabs[0])

    assert merges.covered(1, [0, 1]) == {1}
    assert merges.covered(3, [0, 1]) == {0}


def test_it_refuses_a_document_type(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    path = with_rows(tmp_path, '<row r="1"><c r="A1" t="str"><v>&b;</v></c></row>', head=bomb)

    with pytest.raises(FileRefusedError) as refused:
        rows_of(path)

    assert refused.value.code == "xml_entities"


def test_it_refuses_a_document_type_in_the_workbook_part(tmp_path: Path) -> None:
    path = write_book(tmp_path / "book.xlsx", [["甲"]])
    xml = part(path, "xl/workbook.xml").replace(b"<workbook", b"<!DOCTYPE w><workbook", 1)
    with_part(path, "xl/workbook.xml", xml)

    with pytest.raises(FileRefusedError) as refused:
        files.open_book(path)

    assert refused.value.code == "xml_entities"


@pytest.mark.parametrize("count", [0, 1, BLOCK, BLOCK + 1, 5000])
def test_it_keeps_shared_strings_in_order(count: int) -> None:
    words = [f"第{i}个 & 字𬭎" for i in range(count)]
    xml = "<sst>" + "".join(f"<si><t>{word.replace('&', '&amp;')}</t></si>" for word in words) + "</sst>"
    data = xml.encode()

    strings = SharedStrings(data[start : start + 1000] for start in range(0, len(data), 1000))

    assert [strings[str(index)] for index in range(count)] == words
    with pytest.raises(KeyError):
        strings[str(count + BLOCK)]


def test_it_keeps_many_shared_strings_on_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shoushan.exchange.shared_strings.IN_MEMORY_BYTES", 2000)
    monkeypatch.setattr("shoushan.exchange.shared_strings.KEPT_BLOCKS", 3)
    monkeypatch.setattr("shoushan.exchange.shared_strings.KEPT_STRINGS", 10)
    xml = b"<sst>" + b"".join(b"<si><t>%d</t></si>" % number for number in range(3000)) + b"</sst>"

    strings = SharedStrings([xml])

    assert [strings[str(index)] for index in (2999, 0, 1500, 31, 32, 2999)] == ["2999", "0", "1500", "31", "32", "2999"]
    strings.close()


def test_it_refuses_a_string_that_is_not_there(tmp_path: Path) -> None:
    path = with_rows(tmp_path, '<row r="1"><c r="A1" t="s"><v>999</v></c></row>')

    with pytest.raises(FileRefusedError) as refused:
        rows_of(path)

    assert refused.value.code == "broken"


def test_it_reads_rich_text_and_prefixes_of_shared_strings(tmp_path: Path) -> None:
    path = write_book(tmp_path / "book.xlsx", [["甲", "乙"]])
    items = "<x:si><x:r><x:t>甲</x:t></x:r><x:r><x:t>丙</x:t></x:r><x:rPh><x:t>jia</x:t></x:rPh></x:si><x:si><x:t>乙</x:t></x:si>"
    with_part(path, "xl/sharedStrings.xml", f'<?xml version="1.0"?><x:sst xmlns:x="urn:x">{items}</x:sst>'.encode())

    assert rows_of(path) == [(1, ["甲丙", "乙"])]


@pytest.mark.parametrize(
    ("code", "is_date"),
    [
        ("yyyy-mm-dd", True),
        ('yyyy"年"m"月"d"日"', True),
        ("[$-804]yyyy/m/d;@", True),
        ("h:mm AM/PM", True),
        ("[h]:mm", True),
        ("General", False),
        ("0.00%", False),
        ('0"days"', False),
        ("[Red]0", False),
        (r"0\d", False),
        ("#,##0;[Red]-#,##0", False),
    ],
)
def test_it_tells_number_formats_of_dates(code: str, is_date: bool) -> None:
    assert number_formats.shows_date(code) is is_date


@pytest.mark.parametrize(
    ("serial", "moment"),
    [
        (43872.0, date(2020, 2, 11)),
        (43872.75, civil(2020, 2, 11, 18)),
        (43871.9999999, date(2020, 2, 11)),
        (0.5, "12:00"),
        (59.0, date(1900, 2, 28)),
        (61.0, date(1900, 3, 1)),
        (-5.0, -5.0),
        (3e6, 3e6),
        (float("inf"), float("inf")),
    ],
)
def test_it_knows_the_moment_of_a_serial(serial: float, moment: Any) -> None:
    found = number_formats.moment(serial, epoch_1904=False)

    assert found == moment or (isinstance(found, datetime) and found.date() == moment)
