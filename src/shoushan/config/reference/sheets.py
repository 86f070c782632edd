"""sheets.md: every table that comes in, column by column."""

from __future__ import annotations

from shoushan.config.reference.markdown import code, page, table
from shoushan.config.reference.wording import chinese
from shoushan.exchange.columns import Column
from shoushan.exchange.declarations import Sheet, all_sheets

HEADINGS = ("Heading", "Field", "Type", "Unit", "Required", "Also accepted as", "Values")


def render() -> str:
    """The page."""
    lead = (
        "Tables that `shoushan import` and the site take in. The order of columns does not matter; unknown ones are "
        "reported; the empty table with drop-downs is on the import page. Required means: `column`, the table must have the "
        "column; `value`, every record also a value in it."
    )
    return page("Sheets", lead, [_sheet(each) for each in all_sheets()])


def _sheet(sheet: Sheet) -> str:
    facts = [
        ("Title", chinese(sheet.title)),
        ("Usual file name", chinese(sheet.file_hint)),
        ("Permission to bring in", code(sheet.permission)),
        ("Permission to export", code(sheet.export_permission) or "not exported"),
        ("As-of day", "needed: in the rows above the table, in the file name, or given" if sheet.needs_as_of else "no"),
    ]
    columns = table(HEADINGS, (_column(each) for each in sheet.columns))
    return f"## {sheet.code}\n\n{table(('', ''), facts)}\n\n{columns}"


def _column(column: Column) -> tuple[str, ...]:
    heading = f"{column.group}：{column.title}" if column.group else column.title
    marks = [
        "同上 allowed" if column.is_ditto_allowed else "",
        "compared with 合计" if column.control_total else "",
        "personal data" if column.is_personal else "",
    ]
    values = "、".join(column.allowed) or column.hint
    notes = "; ".join(mark for mark in [values, *marks] if mark)
    name = code(column.name)
    return heading, name, type(column).__name__, column.unit, required(column), "、".join(column.synonyms), notes


def required(column: Column) -> str:
    """Must the table have the column, and a record a value in it?"""
    if not column.required:
        return ""
    return "column" if column.may_be_blank else "value"
