"""Run as a program of its own: prints the content of an .xls as lines of JSON, so that a damaged file harms no server.

The reader of old workbooks can end its whole process on hostile input (it trusts lengths that the file states). This
file imports nothing of the project and is started by `xls.py`.
"""

from __future__ import annotations

import json
import sys
from datetime import date, datetime, time, timedelta
from typing import Any, TextIO

MOST_MEMORY = 1536 * 1024 * 1024
ENCRYPTED, BROKEN = 3, 4


def plain(cell: Any) -> Any:
    """A cell as JSON: moments as ["2020-02-11T08:00:00"], an empty cell as null."""
    if cell == "" or cell is None:
        return None
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return int(cell)
    if isinstance(cell, datetime | date):
        return [cell.isoformat()]
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    return str(cell) if isinstance(cell, timedelta) else cell


def dump(path: str, out: TextIO) -> None:
    """First a line with the tabs, then for each tab a line with its merged ranges and one line a row."""
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    book = CalamineWorkbook.from_path(path)
    tabs = [[sheet.name, sheet.visible != SheetVisibleEnum.Visible] for sheet in book.sheets_metadata]
    print(json.dumps(tabs), file=out)
    for index in range(len(tabs)):
        sheet = book.get_sheet_by_index(index)
        print(json.dumps({"tab": index, "merges": sheet.merged_cell_ranges or []}), file=out)
        rows = [] if sheet.start is None else sheet.to_python(skip_empty_area=False)
        for number, cells in enumerate(rows, start=1):
            row = [plain(cell) for cell in cells]
            while row and row[-1] is None:
                row.pop()
            if row:
                print(json.dumps([number, row], allow_nan=True), file=out)


def main(path: str, home: str) -> int:
    """The exit code tells an encrypted file from a broken one; `home` is where the reader's package lies."""
    if home:
        sys.path.append(home)
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, ValueError, OSError):  # not every system has these limits
        pass
    from python_calamine import PasswordError

    try:
        dump(path, sys.stdout)
    except PasswordError:
        return ENCRYPTED
    except Exception:  # noqa: BLE001 - whatever the reader found, the file cannot be read
        return BROKEN
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
