"""A list as a plain file: one line of headings, one row a record, nothing merged, for people who calculate further."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, Final

import xlsxwriter
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from shoushan.lib.safe_cells import csv_text, neutral
from shoushan.ui.downloads import download
from shoushan.ui.errors import error_answer
from shoushan.ui.listing import ASKED, TooManyRowsError, asked_form, writing_file
from shoushan.ui.tables import Percentage, Table, Value, read

WIDEST: Final = 48
"""Of a column, in characters."""


class PlainFileMiddleware:
    """Answers `?as=xlsx` and `?as=csv` of any page that has a list with that list, under the same permission and scope."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The page, or its list as a file; a page without a list is shown instead."""
        form = asked_form(request)
        if not form:
            return self.get_response(request)
        with writing_file():
            answer = self.get_response(request)
        is_page = answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith("text/html")
        if not is_page or not isinstance(answer, HttpResponse):
            return answer
        found = read(answer.content.decode())
        if found.table is None:
            return redirect(_without_asking(request))
        table = found.table.without(_hidden(request))
        return download(content(table, form), f"{found.title}.{form}")

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """More rows than a file may have become a page with the sentence."""
        if isinstance(exception, TooManyRowsError):
            return error_answer(request, status=400, sentence=exception.sentence)
        return None


def content(table: Table, form: str) -> bytes:
    """The file: `xlsx` or `csv` (UTF-8 with byte-order mark, so that Excel shows Chinese)."""
    return _workbook(table) if form == "xlsx" else _csv(table)


def _workbook(table: Table) -> bytes:
    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(out, options)
    page = book.add_worksheet()
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter"})
    percent, day = book.add_format({"num_format": "0.0%"}), book.add_format({"num_format": "yyyy-mm-dd"})
    for place, heading in enumerate(table.headings):
        page.write_string(0, place, neutral(heading), bold)
        page.set_column(place, place, _width(table, place))
    for number, row in enumerate(table.rows, start=1):
        for place, value in enumerate(row):
            if isinstance(value, Percentage):
                page.write_number(number, place, value.value / 100, percent)
            elif isinstance(value, Decimal):
                page.write_number(number, place, value)
            elif isinstance(value, date):
                page.write_datetime(number, place, value, day)
            elif value:
                page.write_string(number, place, neutral(value))
    page.freeze_panes(1, 0)
    if table.rows and table.headings:
        page.autofilter(0, 0, len(table.rows), len(table.headings) - 1)
    book.close()
    return out.getvalue()


def _width(table: Table, place: int) -> int:
    """Enough for the heading and the first rows; a Chinese character takes two."""
    texts = [table.headings[place], *(str(row[place]) for row in table.rows[:100] if place < len(row))]
    return min(WIDEST, 2 + max(sum(2 if ord(char) > 0x2E7F else 1 for char in text) for text in texts))


def _csv(table: Table) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([neutral(heading) for heading in table.headings])
    writer.writerows([_csv_cell(value) for value in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def _csv_cell(value: Value) -> Any:
    if isinstance(value, Percentage):
        return f"{value.value:f}%"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    return csv_text(value)


def _hidden(request: HttpRequest) -> set[int]:
    """Places of the columns that the reader doesn't show, counted from 1 (`hide=3.5`)."""
    return {int(each) for each in request.GET.get("hide", "").split(".") if each.isascii() and each.isdecimal()}


def _without_asking(request: HttpRequest) -> str:
    asked = request.GET.copy()
    asked.pop(ASKED, None)
    return f"{request.path}?{asked.urlencode()}" if asked else request.path
