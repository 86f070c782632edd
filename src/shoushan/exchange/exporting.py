"""Tables going out: the official layout (handbook A1.1) as workbook, or csv; what goes out can come in again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, TypeAlias

import xlsxwriter

from shoushan.exchange.columns import Area, Column, Raw, plain_number
from shoushan.exchange.declarations import Sheet
from shoushan.lib.days import document_day
from shoushan.lib.safe_cells import csv_text, neutral

Out: TypeAlias = Path | IO[bytes]
Record: TypeAlias = Sequence[Any] | Mapping[str, Any]
"""The values of one row, in the order of the columns or by their names."""

FIRST_PLAIN = 3
"""The row in which the rows of a plain table begin, below title, line and headings."""
SIGNATURE = "审核人:            负责人(签字):            填表人:            联系电话:"
OPTIONS: dict[str, Any] = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}


class Formats:
    """The cell formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, str], Any] = {}
        centre = {"align": "center", "valign": "vcenter"}
        self.title = book.add_format({"bold": True, "font_size": 18, **centre})
        self.line = book.add_format({"align": "left", "valign": "vcenter"})
        self.heading = book.add_format(
            {"bold": True, "border": 1, "text_wrap": True, "bg_color": "#DCE6F1", "num_format": "@", **centre}
        )
        self.required = book.add_format(
            {"bold": True, "border": 1, "text_wrap": True, "bg_color": "#DCE6F1", "font_color": "#C00000", **centre}
        )
        self.error = book.add_format({"font_color": "#C00000", "border": 1, "text_wrap": True, "valign": "top"})
        self.error_heading = book.add_format(
            {"bold": True, "font_color": "#FFFFFF", "bg_color": "#C00000", "border": 1, **centre}
        )

    def cell(self, number_format: str, *, weight: str = "") -> Any:
        """A bordered cell of this number format; weight "bold" for totals."""
        made = self._made.get((number_format, weight))
        if made is None:
            made = self._book.add_format(
                {"num_format": number_format, "border": 1, "bold": weight == "bold", "valign": "vcenter"}
            )
            self._made[number_format, weight] = made
        return made


def number_format(column: Column) -> str:
    """How the cells of a column are shown."""
    places = getattr(column, "places", None)
    return f"0.{'0' * places}" if column.number_format == "General" and places else column.number_format


def write_xlsx(
    out: Out,
    sheet: Sheet,
    rows: Iterable[Record],
    *,
    title: str = "",
    unit: str = "",
    as_of: date | None = None,
    as_of_hour: int | None = None,
    totals: bool = True,
    signature: bool = True,
    area_names: Mapping[str, str] | None = None,
) -> int:
    """Write a sheet in the official layout, row by row in little memory; answers the number of rows."""
    book = xlsxwriter.Workbook(target(out), OPTIONS)
    try:
        page = book.add_worksheet(sheet.title[:31])
        formats = Formats(book)
        first = write_head(page, sheet, formats, title=title, line=head_line(unit, as_of, as_of_hour))
        count, sums = 0, Sums(sheet.columns)
        styles = [formats.cell(number_format(column)) for column in sheet.columns]
        for count, record in enumerate(rows, start=1):
            values = in_order(sheet, record)
            page.write_number(first + count - 1, 0, count, formats.cell("0"))
            for place, (column, value, style) in enumerate(zip(sheet.columns, values, styles, strict=True), start=1):
                write_cell(page, first + count - 1, place, shown(column, value, area_names), style)
            sums.add(values)
        last = first + count
        if totals and any(column.control_total for column in sheet.columns):
            last = _write_totals(page, last, sums, formats)
        if signature:
            page.write_string(last, 0, SIGNATURE, formats.line)
    finally:
        book.close()
    return count


def target(out: Out) -> Any:
    return str(out) if isinstance(out, Path) else out


class Sums:
    """The sums of the columns that have one."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = columns
        self.sums = {place: Decimal(0) for place, column in enumerate(columns) if column.control_total}

    def add(self, values: Sequence[Any]) -> None:
        for place in self.sums:
            if values[place] is not None:
                self.sums[place] += values[place]


def _write_totals(page: Any, row: int, sums: Sums, formats: Formats) -> int:
    page.write_string(row, 0, "合计", formats.cell("@", weight="bold"))
    for place, column in enumerate(sums.columns):
        style = formats.cell(number_format(column), weight="bold")
        total = sums.sums.get(place)
        write_cell(page, row, place + 1, None if total is None else plain_number(column.in_unit(total)), style)
    return row + 1


def in_order(sheet: Sheet, record: Record) -> Sequence[Any]:
    """The values of a record in the order of the columns."""
    if isinstance(record, Mapping):
        return [record.get(column.name) for column in sheet.columns]
    return record


def shown(column: Column, value: Any, area_names: Mapping[str, str] | None) -> Raw:
    """What to write for a value."""
    if area_names is not None and isinstance(column, Area) and value is not None:
        return area_names.get(str(value), str(value))
    return column.cell(value)


def write_cell(page: Any, row: int, place: int, cell: Raw, style: Any) -> None:
    """One cell by its type; text never becomes a formula."""
    if cell is None or cell == "":
        page.write_blank(row, place, None, style)
    elif isinstance(cell, str):
        page.write_string(row, place, neutral(cell), style)
    elif isinstance(cell, date):
        page.write_datetime(row, place, cell, style)
    else:
        page.write_number(row, place, cell, style)


def head_line(unit: str, as_of: date | None, hour: int | None = None) -> str:
    """The line below the title: who reports, as of when."""
    cut_off = "" if as_of is None else document_day(as_of) + ("" if hour is None else f"{hour}时")
    return f"填报单位:{unit}    填报人:        联系电话:        截至时间:{cut_off}"


@contextmanager
def plain_table(
    out: Out, tab: str, *, title: str, line: str, headings: Sequence[tuple[str, int]]
) -> Iterator[tuple[Any, Formats]]:
    """A workbook of one table that is no sheet: title, line and headings with their widths stand, rows go from 3 on."""
    book = xlsxwriter.Workbook(target(out), OPTIONS)
    try:
        page, formats, last = book.add_worksheet(tab), Formats(book), len(headings) - 1
        page.merge_range(0, 0, 0, last, neutral(title), formats.title)
        page.merge_range(1, 0, 1, last, neutral(line), formats.line)
        for place, (heading_text, width) in enumerate(headings):
            page.write_string(2, place, heading_text, formats.heading)
            page.set_column(place, place, width)
        yield page, formats
    finally:
        book.close()


def write_plain(page: Any, formats: Formats, rows: Iterable[Sequence[Any]], numbers: Mapping[int, str] = {}) -> None:
    """The rows of a `plain_table`: texts, but numbers of these formats in the columns that `numbers` names by their place."""
    page.freeze_panes(FIRST_PLAIN, 0)
    text = formats.cell("@")
    styles = {place: formats.cell(number_format) for place, number_format in numbers.items()}
    for number, cells in enumerate(rows, start=FIRST_PLAIN):
        for place, cell in enumerate(cells):
            if place in styles:
                page.write_number(number, place, float(cell), styles[place])
            else:
                page.write_string(number, place, neutral(str(cell)), text)


def write_head(
    page: Any, sheet: Sheet, formats: Formats, *, title: str, line: str, marks_required: bool = False
) -> int:
    """Title, line and headings of one or two levels; answers the number of the first row below, from 0.

    Merged ranges are only registered: a row that was left cannot be written again in constant memory.
    """
    columns = sheet.columns
    width = len(columns)
    page.write_string(0, 0, neutral(title or sheet.title), formats.title)
    page.write_string(1, 0, neutral(line), formats.line)
    if width > 0:
        page.merge.append([0, 0, 0, width])
        page.merge.append([1, 0, 1, width])
    page.set_row(0, 32)
    page.set_column(0, 0, 6)
    for place, column in enumerate(columns, start=1):
        page.set_column(place, place, column.width)
    has_groups = any(column.group for column in columns)
    page.write_string(2, 0, "序号", formats.heading)
    for place, column in enumerate(columns, start=1):
        page.write_string(
            2, place, column.group or heading(column), _heading_style(column, formats, marks=marks_required)
        )
    if has_groups:
        _write_lower(page, columns, formats, marks=marks_required)
    first = 4 if has_groups else 3
    page.freeze_panes(first, 0)
    return first


def heading(column: Column) -> str:
    """The heading with its unit."""
    return f"{column.title}({column.unit})" if column.unit and column.unit not in column.title else column.title


def _heading_style(column: Column, formats: Formats, *, marks: bool) -> Any:
    return formats.required if marks and column.required else formats.heading


def _write_lower(page: Any, columns: Sequence[Column], formats: Formats, *, marks: bool) -> None:
    """The second level: titles below their group; columns without a group are merged over both levels."""
    page.write_blank(3, 0, None, formats.heading)
    page.merge.append([2, 0, 3, 0])
    start = 0
    for place, column in enumerate(columns):
        style = _heading_style(column, formats, marks=marks)
        if column.group:
            page.write_string(3, place + 1, heading(column), style)
        else:
            page.write_blank(3, place + 1, None, style)
            page.merge.append([2, place + 1, 3, place + 1])
        if column.group and (place == 0 or columns[place - 1].group != column.group):
            start = place
        is_last = place + 1 == len(columns) or columns[place + 1].group != column.group
        if column.group and is_last and place > start:
            page.merge.append([2, start + 1, 2, place + 1])


def write_csv(out: Out, sheet: Sheet, rows: Iterable[Record], *, area_names: Mapping[str, str] | None = None) -> int:
    """Write a sheet as csv (UTF-8 with byte-order mark, so that Excel shows Chinese); answers the number of rows."""
    if isinstance(out, Path):
        with out.open("wb") as file:
            return write_csv(file, sheet, rows, area_names=area_names)
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(
        [f"{column.group}:{heading(column)}" if column.group else heading(column) for column in sheet.columns]
    )
    count = 0
    for record in rows:
        values = zip(sheet.columns, in_order(sheet, record), strict=True)
        writer.writerow([csv_cell(shown(column, value, area_names)) for column, value in values])
        count += 1
    text.detach()
    return count


def csv_cell(cell: Raw) -> str | int | float:
    """One value for csv: text neutralised, long digits kept as text by a leading tab."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return csv_text(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return float(cell) if isinstance(cell, Decimal) else cell
