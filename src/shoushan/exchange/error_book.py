"""The rejected rows of a file, handed back in its own layout with a red column that says what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Chosen
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlsxwriter
from django.utils.translation import gettext as _

from shoushan.exchange import declarations, files
from shoushan.exchange.columns import Raw
from shoushan.exchange.declarations import Sheet
from shoushan.exchange.exporting import OPTIONS, Formats, Out, head_line, target, write_cell
from shoushan.exchange.headings import ERROR_TITLE, Mapping, normal
from shoushan.exchange.layout import Table, find_table
from shoushan.exchange.rejections import Rejection
from shoushan.exchange.totals import ControlRow
from shoushan.lib import texts
from shoushan.lib.safe_cells import restored

if TYPE_CHECKING:
    from shoushan.exchange.importing import ImportResult


def write(
    path: Path,
    result: ImportResult,
    out: Out,
    *,
    name: str = "",
    sheet: Sheet | None = None,
    chosen: Chosen[str, str] | None = None,
) -> int:
    """Write the error book of an import of the file at `path`; answers the number of rows in it.

    The file is read a second time, so that neither the importer nor this writer holds the rejected rows in memory.
    """
    sheet = sheet or declarations.sheet(result.sheet)
    columns = sheet.columns
    count = 0
    book = xlsxwriter.Workbook(target(out), OPTIONS)
    try:
        formats = Formats(book)
        rejections = iter(result.rejections)
        pending = next(rejections, None)
        with files.open_book(path, name=name or result.file) as source:
            read = {report.name for report in result.tabs if report.heading_rows}
            for tab in source.tabs:
                shown = tab.name if len(source.tabs) > 1 else ""
                if tab.name not in read or pending is None or pending.tab != shown:
                    continue
                table = find_table(source, tab, lambda _headings: columns, chosen)
                if isinstance(table, Table):
                    page = TabWriter(book, table, formats, result)
                    mine = _of_tab(chain([pending], rejections), shown)
                    pending = page.write(mine)
                    count += page.count
        if not book.worksheets():
            book.add_worksheet(ERROR_TITLE).write_string(0, 0, _("没有被退回的行。"))
    finally:
        book.close()
    return count


class _of_tab:  # noqa: N801 - reads as a function
    """The rejections of one tab, keeping the first one of the next."""

    def __init__(self, rejections: Iterator[Rejection], tab: str) -> None:
        self._rejections, self._tab = rejections, tab
        self.left: Rejection | None = None

    def __iter__(self) -> Iterator[Rejection]:
        for rejection in self._rejections:
            if rejection.tab != self._tab:
                self.left = rejection
                return
            yield rejection


class TabWriter:
    """One tab of the error book."""

    def __init__(self, book: Any, table: Table, formats: Formats, result: ImportResult) -> None:
        self.page = book.add_worksheet(table.tab.name[:31] if table.tab.name else None)
        self.table, self.formats, self.count = table, formats, 0
        own = [place for place, text in enumerate(table.headings.texts) if normal(text) == normal(ERROR_TITLE)]
        self.error_place = own[0] if own else len(table.headings.texts)
        self.row = 0
        self._write_above(result)
        self._write_headings()
        self._above: dict[int, Raw] = {}
        self._dittos = [
            place for position, place in table.mapping.columns.items() if table.columns[position].is_ditto_allowed
        ]
        self._order: dict[int, int] | None = None
        self._first_order = dict(table.mapping.columns)

    def _write_above(self, result: ImportResult) -> None:
        """The lines above the table, and its cut-off when only the file's name told it."""
        for _number, cells in self.table.above:
            for place, cell in enumerate(cells):
                self._cell(place, cell)
            self.row += 1
        if self.table.preamble.as_of is None and result.as_of is not None:
            self._cell(0, head_line(result.unit, result.as_of, result.as_of_hour))
            self.row += 1

    def _write_headings(self) -> None:
        """The heading rows as they stand in the file, their merged ranges with them."""
        top = self.row
        for level, (_number, cells) in enumerate(self.table.headings.cells):
            for place, cell in enumerate(cells):
                if place != self.error_place:
                    write_cell(self.page, self.row, place, cell, self.formats.heading)
            if level == 0:
                self.page.write_string(self.row, self.error_place, ERROR_TITLE, self.formats.error_heading)
            self.row += 1
        first, last = self.table.headings.rows[0], self.table.headings.rows[-1]
        for merge in self.table.merges.ranges:
            if first <= merge.top and merge.bottom <= last and merge.right < self.error_place:
                self.page.merge.append([top + merge.top - first, merge.left, top + merge.bottom - first, merge.right])
        self.page.set_column(0, max(0, self.error_place - 1), 14)
        self.page.set_column(self.error_place, self.error_place, 60)
        self.page.freeze_panes(self.row, 0)

    def write(self, rejections: _of_tab) -> Rejection | None:
        """Write the rejected rows; answers the first rejection of the next tab."""
        wanted = iter(rejections)
        current = next(wanted, None)
        for item in self.table.records():
            if current is None:
                break
            if isinstance(item, ControlRow):
                continue
            if isinstance(item, Mapping):
                self._order = item.columns
                continue
            number, cells = item
            cells = self._in_first_order(cells)
            self._carry(cells)
            if number == current.row:
                self._write_record(current, cells)
                current = next(wanted, None)
        return rejections.left

    def _in_first_order(self, cells: list[Raw]) -> list[Raw]:
        """Below a second heading row with another order, the cells in the order of the first."""
        if self._order is None:
            return cells
        ordered: list[Raw] = [None] * len(self.table.headings.texts)
        for position, place in self._order.items():
            if place < len(cells) and position in self._first_order:
                ordered[self._first_order[position]] = cells[place]
        return ordered

    def _carry(self, cells: list[Raw]) -> None:
        """Put in what 同上 or a blank stands for: the row above may not come along."""
        for place in self._dittos:
            cells.extend([None] * (place + 1 - len(cells)))
            if cells[place] is None or texts.is_ditto(cells[place]):
                cells[place] = self._above.get(place)
            self._above[place] = cells[place]

    def _write_record(self, rejection: Rejection, cells: list[Raw]) -> None:
        for place, cell in enumerate(cells):
            if place != self.error_place:
                self._cell(place, cell)
        text = _("原第 %(row)s 行：%(text)s") % {"row": rejection.row, "text": rejection.text}
        self.page.write_string(self.row, self.error_place, text, self.formats.error)
        self.row += 1
        self.count += 1

    def _cell(self, place: int, cell: Raw) -> None:
        if isinstance(cell, str) and cell:
            cell = restored(cell)
        moment = "yyyy-mm-dd hh:mm" if isinstance(cell, datetime) else "yyyy-mm-dd"
        style = moment if isinstance(cell, date) else "@" if isinstance(cell, str) else "General"
        write_cell(self.page, self.row, place, cell, self.formats.cell(style))
