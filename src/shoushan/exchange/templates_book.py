"""Empty workbooks to fill in: headings, drop-downs, hints, and a page of instructions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import xlsxwriter

from shoushan.exchange.columns import Area, Choice, Column, Day, Whole
from shoushan.exchange.declarations import Sheet
from shoushan.exchange.exporting import OPTIONS, Formats, Out, head_line, number_format, target, write_head

ROWS = 2000
"""So many rows carry the drop-downs and formats."""
CHOICES, INSTRUCTIONS = "选项", "填表说明"


def write_template(
    out: Out, sheet: Sheet, *, unit: str = "", as_of: date | None = None, areas: Sequence[str] = ()
) -> None:
    """Write the template of a sheet; `areas` are the names offered in columns for areas."""
    book = xlsxwriter.Workbook(target(out), {**OPTIONS, "constant_memory": False})
    try:
        page = book.add_worksheet(sheet.title[:31])
        formats = Formats(book)
        first = write_head(page, sheet, formats, title="", line=head_line(unit, as_of), marks_required=True)
        lists = {place: offered(column, areas) for place, column in enumerate(sheet.columns) if offered(column, areas)}
        ranges = _write_lists(book, lists)
        for place, column in enumerate(sheet.columns):
            page.set_column(place + 1, place + 1, column.width, formats.cell(number_format(column)))
            rule = _rule(column, ranges.get(place))
            page.data_validation(first, place + 1, first + ROWS - 1, place + 1, rule)
        _write_instructions(book, sheet, lists)
        page.activate()
    finally:
        book.close()


def offered(column: Column, areas: Sequence[str]) -> Sequence[str]:
    """The closed list of a column."""
    return areas if isinstance(column, Area) else column.allowed


def _write_lists(book: Any, lists: Mapping[int, Sequence[str]]) -> dict[int, str]:
    """The closed lists on a hidden page, because Excel takes only 255 characters in the rule itself."""
    if not lists:
        return {}
    page = book.add_worksheet(CHOICES)
    page.hide()
    ranges = {}
    for at, (place, names) in enumerate(lists.items()):
        page.write_column(0, at, names)
        letters = xlsxwriter.utility.xl_col_to_name(at, col_abs=True)
        ranges[place] = f"={CHOICES}!{letters}$1:{letters}${len(names)}"
    return ranges


def _rule(column: Column, listed: str | None) -> dict[str, Any]:
    """The validation of a column, with its hint shown when a cell is entered."""
    rule: dict[str, Any] = {"validate": "any"}
    if listed:
        rule = {"validate": "list", "source": listed, "error_type": "warning"}
    elif isinstance(column, Whole):
        least = -(10**9) if column.least is None else column.least
        most = 10**9 if column.most is None else column.most
        rule = {
            "validate": "integer",
            "criteria": "between",
            "minimum": least,
            "maximum": most,
            "error_type": "warning",
        }
    elif isinstance(column, Day):
        rule = {
            "validate": "date",
            "criteria": "between",
            "minimum": date(1949, 10, 1),
            "maximum": date(2099, 12, 31),
            "error_type": "warning",
        }
    rule.update({"input_title": column.title[:32], "input_message": hint(column)[:255], "ignore_blank": True})
    if rule["validate"] != "any":
        rule.update({"error_title": column.title[:32], "error_message": hint(column)[:255]})
    return rule


def hint(column: Column) -> str:
    """What the cell is to hold, in one line."""
    words = ["必填" if column.required and not column.may_be_blank else "选填"]
    if column.unit:
        words.append(f"单位:{column.unit}")
    if isinstance(column, Choice):
        words.append("请从下拉列表选择")
    if isinstance(column, Day):
        words.append("日期,如2020-03-23")
    if column.hint:
        words.append(column.hint)
    return ";".join(words) + "。"


def _write_instructions(book: Any, sheet: Sheet, lists: Mapping[int, Sequence[str]]) -> None:
    page = book.add_worksheet(INSTRUCTIONS)
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 60)
    page.set_column(2, 2, 60)
    page.write_row(0, 0, ["项目", "说明", "可填内容"])
    for place, column in enumerate(sheet.columns):
        page.write_row(place + 1, 0, [column.title, hint(column), "、".join(lists.get(place, ()))])
