"""Small frames and ledgers as files, brought in by the importer that users have."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from shoushan.exchange.importing import ImportResult
from shoushan.exchange.services import bring_in

AT = datetime(2020, 3, 31, 9, 0, tzinfo=UTC)
JANUARY, MARCH = "2020年1月", "2020年3月"
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = [3**place % 31 for place in range(17)]


def uscc(number: int) -> str:
    """A synthetic credit code that passes both checks."""
    body = f"MA9{number:05d}"
    total = sum(int(mark, 36) * weight for mark, weight in zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    check = 11 - total % 11
    code = "91370102" + body + ("X" if check == 10 else "0" if check == 11 else str(check))
    return (
        code
        + _ALPHABET[
            (31 - sum(_ALPHABET.index(mark) * weight for mark, weight in zip(code, _WEIGHTS, strict=True)) % 31) % 31
        ]
    )


def workbook(path: Path, head: str, titles: list[str], rows: list[list[Any]]) -> Path:
    """An official-looking workbook."""
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet()
    page.write(0, 0, "测试表")
    page.write(1, 0, head)
    for place, title in enumerate(titles):
        page.write(2, place, title)
    for number, row in enumerate(rows, start=3):
        for place, value in enumerate(row):
            page.write(number, place, value)
    book.close()
    return path


def frame(folder: Path, month: str, members: dict[int, str], area: str = "姚家街道") -> ImportResult:
    """Bring in the list of a month: {number of the enterprise: 四上 type}."""
    titles = ["企业名称", "统一社会信用代码", "四上类别", "所属街道", "职工总数"]
    rows = [[f"示例{number}号有限公司", uscc(number), kind, area, 100] for number, kind in members.items()]
    path = workbook(folder / f"名单({month}).xlsx", f"统计月份:{month}  制表单位:统计局", titles, rows)
    return bring_in(path, at=AT)


def ledger_file(folder: Path, day: date, rows: list[list[Any]], area: str = "姚家街道") -> Path:
    """A subdistrict's ledger: each row is [number, staff, resumed on, at work], or with the capacity as a fifth."""
    titles = ["企业名称", "统一社会信用代码", "所属街道", "职工总数", "实际复工时间", "返岗人数", "产能恢复%"]
    written = [
        [f"示例{number}号有限公司", uscc(number), area, staff, resumed or "", *told]
        for number, staff, resumed, *told in rows
    ]
    head = f"填报单位:{area}  截至时间:{day.year}年{day.month}月{day.day}日17时"
    return workbook(folder / f"{area}复工台账({day.month}.{day.day}).xlsx", head, titles, written)


def report(folder: Path, day: date, rows: list[list[Any]], area: str = "姚家街道") -> ImportResult:
    """Bring a subdistrict's ledger in."""
    return bring_in(ledger_file(folder, day, rows, area), at=AT)
