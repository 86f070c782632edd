"""Which tabs of a book are read, as which sheet, and what is said about the others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from shoushan.exchange import declarations
from shoushan.exchange.columns import Column
from shoushan.exchange.declarations import Sheet
from shoushan.exchange.files import Book, Tab
from shoushan.exchange.layout import Table, find_table

if TYPE_CHECKING:
    from shoushan.exchange.importing import ImportResult

_YEAR = re.compile(r"^\s*(20\d\d)\s*[年./\-]|^(20\d\d)(?:0[1-9]|1[0-2])\d\d$")

OUR_OWN = frozenset({"选项", "填表说明"})
"""Tabs that our templates carry beside the table."""


class Chooser:
    """Says which columns to look for: those of a given sheet, or of the sheet that the headings fit.

    Of the sheets in `near` one will do of which required columns are missing, so that the sender can be asked.
    """

    def __init__(self, sheet: Sheet | None, *, near: Sequence[Sheet] = ()) -> None:
        self.sheet, self._near = sheet, near
        self._candidates = (sheet,) if sheet is not None else declarations.all_sheets()

    def __call__(self, headings: Sequence[str]) -> Sequence[Column] | None:
        if self.sheet is not None:
            return self.sheet.columns
        found = declarations.detect(headings, self._candidates)
        if found is None and self._near:
            found = declarations.nearest(headings, self._near)
        return found.columns if found else None

    def sheet_of(self, table: Table) -> Sheet:
        return next(candidate for candidate in self._candidates if candidate.columns is table.columns)


def find_tables(
    book: Book, sheet: Sheet | None, result: ImportResult, chosen: Mapping[str, str] | None = None
) -> Iterator[tuple[Sheet, Table]]:
    """The tables of a book one after the other; tabs that are not read are reported in the result."""
    chooser = Chooser(sheet)
    for tab in book.tabs:
        if tab.name in OUR_OWN:
            continue
        if tab.is_hidden:
            _skip(result, tab, _("工作表“%(tab)s”是隐藏的，未读取。") % {"tab": tab.name})
            continue
        table = find_table(book, tab, chooser, chosen)
        if isinstance(table, Table):
            chooser = Chooser(chooser.sheet_of(table)) if chooser.sheet is None else chooser
            if is_other_table(book, table):
                _skip(result, tab, _("工作表“%(tab)s”不是同一种表格，未读取。") % {"tab": tab.name})
                continue
            assert chooser.sheet is not None  # noqa: S101
            yield chooser.sheet, table
        elif table:
            found = _("、").join(f"“{name}”" for name in table[:12])
            _skip(
                result,
                tab,
                _("工作表“%(tab)s”中没有可识别的表格，读到的是：%(found)s。") % {"tab": tab.name, "found": found},
            )
        else:
            _skip(result, tab, "")


def is_other_table(book: Book, table: Table) -> bool:
    """Fewer than half of the required columns are there, on one tab of several: another kind, not a damaged one."""
    required = sum(column.required for column in table.columns)
    is_one_of_several = sum(not other.is_hidden for other in book.tabs) > 1
    return is_one_of_several and len(table.mapping.missing) * 2 > required


def _skip(result: ImportResult, tab: Tab, notice: str) -> None:
    from shoushan.exchange.importing import TabReport

    result.tabs.append(TabReport(tab.name, skipped=notice))
    if notice:
        result.notices.append(notice)


def report(result: ImportResult, table: Table, rows: int) -> None:
    """Say what was read on a tab, and what of it was neither record nor total."""
    from shoushan.exchange.importing import TabReport

    tab = table.tab
    result.tabs.append(TabReport(tab.name, rows, table.headings.rows))
    if tab.hidden_rows:
        result.notices.append(
            _("工作表“%(tab)s”有 %(count)s 行被隐藏或筛选，已照常读取。") % {"tab": tab.name, "count": tab.hidden_rows}
        )
    if table.repeated_headings:
        result.notices.append(
            _("工作表“%(tab)s”中间有重复的表头（第 %(rows)s 行），已跳过。")
            % {"tab": tab.name, "rows": _("、").join(map(str, table.repeated_headings[:10]))}
        )


def year_of_data(table: Table, positions: Sequence[int]) -> int | None:
    """The year that most full dates among the first rows show, for a cut-off written without one."""
    years: Counter[int] = Counter()
    places = [table.mapping.columns[position] for position in positions if position in table.mapping.columns]
    for _number, cells in table.peeked:
        for place in places:
            cell = cells[place] if place < len(cells) else None
            if isinstance(cell, date):
                years[cell.year] += 1
            elif isinstance(cell, str | int) and (match := _YEAR.match(str(cell))):
                years[int(match[1] or match[2])] += 1
    return years.most_common(1)[0][0] if years else None
