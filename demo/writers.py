"""Writes a laid-out sheet as xlsx, xls or delimited text, byte for byte the same on every run."""

import csv
import io
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt

from demo.cells import Cell, Formula, Percentage
from demo.layouts import Line, Sheet

# Office files carry a time of creation; a fixed one keeps the bytes the same.
CREATED_AT = datetime(2020, 3, 30, 17, 0)  # noqa: DTZ001 - the format knows no zone
COLUMN_WIDTH = 14

Formats = Mapping[str, Any]


def _xlsx_formats(workbook: Any) -> Formats:
    return {
        "title": workbook.add_format({"bold": True, "font_size": 16, "align": "center"}),
        "unit": workbook.add_format({"align": "left"}),
        "signature": workbook.add_format({"align": "left"}),
        "header": workbook.add_format(
            {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
        ),
        "record": workbook.add_format({"border": 1}),
        "subtotal": workbook.add_format({"border": 1, "italic": True}),
        "total": workbook.add_format({"border": 1, "bold": True}),
        "date": workbook.add_format({"border": 1, "num_format": "yyyy-mm-dd"}),
        "percent": workbook.add_format({"border": 1, "num_format": "0%"}),
    }


def _write_xlsx_cell(worksheet: Any, row: int, column: int, cell: Cell, formats: Formats, role: str) -> None:
    match cell:
        case None:
            worksheet.write_blank(row, column, None, formats[role])
        case Formula(text, value):
            worksheet.write_formula(row, column, text, formats[role], value)
        case Percentage(fraction):
            worksheet.write_number(row, column, fraction, formats["percent"])
        case date():
            worksheet.write_datetime(row, column, cell, formats["date"])
        case str():
            worksheet.write_string(row, column, cell, formats[role])
        case _:
            worksheet.write_number(row, column, cell, formats[role])


def _write_xlsx_line(worksheet: Any, row: int, line: Line, formats: Formats) -> None:
    if line.is_hidden:
        worksheet.set_row(row, None, None, {"hidden": True})
    for column, cell in enumerate(line.cells):
        _write_xlsx_cell(worksheet, row, column, cell, formats, line.role)


def write_xlsx(path: Path, sheet: Sheet) -> None:
    """Write a workbook with shared strings, merged cells, hidden rows and, where asked for, formatted empty rows."""
    workbook = xlsxwriter.Workbook(str(path), {"in_memory": True})
    workbook.set_properties({"created": CREATED_AT, "author": "历下区示例数据"})
    formats = _xlsx_formats(workbook)
    if sheet.cover:
        cover = workbook.add_worksheet("填表说明")
        for row, text in enumerate(sheet.cover):
            cover.write_string(row, 0, text)
    worksheet = workbook.add_worksheet(sheet.tab)
    worksheet.set_column(0, 25, COLUMN_WIDTH)
    for first_row, first_column, last_row, last_column in sheet.merges:
        role = sheet.lines[first_row].role
        worksheet.merge_range(first_row, first_column, last_row, last_column, "", formats[role])
    for row, line in enumerate(sheet.lines):
        _write_xlsx_line(worksheet, row, line, formats)
    for row in range(len(sheet.lines), sheet.ghost_rows_to):
        worksheet.write_blank(row, 0, None, formats["record"])
    workbook.close()


def _xls_styles() -> Formats:
    border = "borders: left thin, right thin, top thin, bottom thin"
    return {
        "title": xlwt.easyxf("font: bold on, height 320; align: horiz center"),
        "unit": xlwt.easyxf(""),
        "signature": xlwt.easyxf(""),
        "header": xlwt.easyxf(f"font: bold on; align: horiz center, vert center, wrap on; {border}"),
        "record": xlwt.easyxf(border),
        "total": xlwt.easyxf(f"font: bold on; {border}"),
        "date": xlwt.easyxf(border, num_format_str="yyyy-mm-dd"),
    }


def write_xls(path: Path, sheet: Sheet) -> None:
    """Write an Excel 97-2003 workbook; dates are true date cells."""
    workbook = xlwt.Workbook(encoding="utf-8")
    worksheet = workbook.add_sheet(sheet.tab)
    styles = _xls_styles()
    merged = {(merge[0], merge[1]): merge for merge in sheet.merges}
    for row, line in enumerate(sheet.lines):
        for column, cell in enumerate(line.cells):
            style = styles["date" if isinstance(cell, date) else line.role]
            if (row, column) in merged:
                _, _, last_row, last_column = merged[row, column]
                worksheet.write_merge(row, last_row, column, last_column, cell, style)
            elif cell is not None:
                worksheet.write(row, column, cell, style)
    workbook.save(str(path))


def _text(cell: Cell) -> str:
    """Return a cell as a spreadsheet would save it in a text file; a code read as a number comes out in powers of ten."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.5E}"
    return str(cell)


def write_delimited(path: Path, sheet: Sheet, *, encoding: str, delimiter: str) -> None:
    """Write the rows as delimited text; UTF-16 is little endian with a mark, whatever the machine."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    width = max(len(line.cells) for line in sheet.lines)
    for line in sheet.lines:
        writer.writerow([_text(cell) for cell in line.cells] + [""] * (width - len(line.cells)))
    text = buffer.getvalue()
    data = b"\xff\xfe" + text.encode("utf-16-le") if encoding == "utf-16" else text.encode(encoding)
    path.write_bytes(data)
