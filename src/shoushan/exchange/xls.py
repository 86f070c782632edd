"""Workbooks of the old kind (.xls), read by calamine; their format ends at 65,536 rows, so memory is bounded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from shoushan.exchange import files
from shoushan.exchange.columns import Raw
from shoushan.exchange.files import SourceRow, Tab
from shoushan.exchange.limits import Limits
from shoushan.exchange.merges import Merge, Merges


class XlsBook:
    """One .xls file, open for reading tab by tab."""

    kind = "xls"
    epoch_1904 = False
    """calamine turns dates into moments itself, in either system."""

    def __init__(self, path: Path, name: str, limits: Limits) -> None:
        self.name, self.limits = name, limits
        self._fraction = 0.0
        try:
            self._book = CalamineWorkbook.from_path(str(path))
        except PasswordError as error:
            raise files.encrypted() from error
        except (CalamineError, OSError, ValueError) as error:
            raise files.broken() from error
        self.tabs = [
            Tab(sheet.name, index, is_hidden=sheet.visible != SheetVisibleEnum.Visible)
            for index, sheet in enumerate(self._book.sheets_metadata)
        ]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._book.close()

    def fraction(self) -> float:
        return self._fraction

    def _sheet(self, tab: Tab) -> Any:
        try:
            return self._book.get_sheet_by_index(tab.index)
        except (CalamineError, OSError, ValueError) as error:
            raise files.broken() from error

    def rows(self, tab: Tab) -> Iterator[SourceRow]:
        sheet = self._sheet(tab)
        if sheet.start is None:
            return
        height = max(1, sheet.total_height)
        for number, cells in enumerate(sheet.to_python(skip_empty_area=False), start=1):
            self._fraction = number / height
            row = [plain(cell) for cell in cells]
            while row and row[-1] is None:
                row.pop()
            if len(row) > self.limits.columns:
                raise files.too_many_columns(self.limits)
            if row:
                yield number, row

    def merges(self, tab: Tab) -> Merges:
        ranges = self._sheet(tab).merged_cell_ranges or []
        return Merges(Merge(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in ranges)


def plain(cell: Any) -> Raw:
    """A calamine value as this package's raw value."""
    if cell == "" or cell is None:
        return None
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return int(cell)
    if isinstance(cell, datetime):
        return cell.date() if cell.time() == time.min else cell
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, timedelta):
        return str(cell)
    if isinstance(cell, str | int | float | date):
        return cell
    return str(cell)
