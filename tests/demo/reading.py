"""A plain reader of the generated files, which knows their variants by heart and shares no code with the generator."""

import csv
import io
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

ENCODINGS = {"大明湖": "gb18030", "建新": "utf-8-sig", "甸柳": "utf-16"}
CODES = ("统一社会信用代码", "信用代码", "机构代码", "统一社会信用代码（18位）")
NAMES = ("企业名称", "单位名称", "公司名称")
PEOPLE = ("返岗人数", "到岗人数", "复工人数", "返岗人数（人）")


@dataclass
class Row:
    """One record as read: its place in the file and the cells that matter to the totals."""

    number: int
    name: str
    code: Any
    category: str
    area: str
    staff: Any
    resumed: Any
    people: Any


def grid(path: Path) -> list[list[Any]]:
    """Return all rows of the last sheet of a workbook, or of a text file, from the first physical row on."""
    if path.suffix in {".xlsx", ".xls"}:
        workbook = CalamineWorkbook.from_path(path)
        return list(workbook.get_sheet_by_name(workbook.sheet_names[-1]).to_python(skip_empty_area=False))
    encoding = next(encoding for street, encoding in ENCODINGS.items() if street in path.name)
    text = path.read_bytes().decode(encoding)
    return list(csv.reader(io.StringIO(text), delimiter="\t" if path.suffix == ".txt" else ","))


def _bare(cell: Any) -> str:
    return re.sub(r"\s", "", str(cell))


def _column(upper: list[str], lower: list[str], titles: tuple[str, ...]) -> int:
    found = [index for index in range(len(upper)) if upper[index] in titles or lower[index] in titles]
    assert len(found) == 1, titles
    return found[0]


def rows(path: Path) -> list[Row]:
    """Return the records of a ledger in file order; totals, signatures and empty rows are left out."""
    cells = grid(path)
    top = next(index for index, line in enumerate(cells) if _bare(line[0]) == "序号")
    upper, lower = [_bare(cell) for cell in cells[top]], [_bare(cell) for cell in cells[top + 1]]
    first = top + (1 if lower[0] else 2)
    if lower[0]:
        lower = [""] * len(upper)
    places = [
        _column(upper, lower, titles)
        for titles in (NAMES, CODES, ("四上类别",), ("所属街道",), ("职工总数",), ("实际复工时间",), PEOPLE)
    ]
    return [
        Row(number, *(line[place] for place in places))
        for number, line in enumerate(cells[first:], start=first + 1)
        if re.fullmatch(r"\d+(\.0)?", str(line[0]))
    ]


def control_totals(path: Path) -> dict[str, float]:
    """Return the 合计 row's numbers of staff and of people, or nothing where the file has no such row."""
    cells = grid(path)
    top = next(index for index, line in enumerate(cells) if _bare(line[0]) == "序号")
    titles = [[_bare(cell) for cell in cells[top]], [_bare(cell) for cell in cells[top + 1]]]
    total = next((line for line in cells if _bare(line[0]) == "合计"), None)
    if total is None:
        return {}
    staff, people = _column(titles[0], titles[1], ("职工总数",)), _column(titles[0], titles[1], PEOPLE)
    return {"staff": float(total[staff]), "people": float(total[people])}


def day(cell: Any) -> date | None:
    """Read a day in one of the spellings that the subdistricts use; raise ValueError for any other."""
    if cell in ("", None):
        return None
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, (int, float)):
        return date(1899, 12, 30) + timedelta(days=int(cell))
    parts = re.fullmatch(r"(?:(\d{4})[./年-])?(\d{1,2})[./月-](\d{1,2})日?", cell) or re.fullmatch(
        r"(\d{4})(\d\d)(\d\d)", cell
    )
    if parts is None:
        raise ValueError(cell)
    year, month, number = parts.groups()
    return date(int(year or 2020), int(month), int(number))


def whole(cell: Any) -> int:
    """Read a whole number, which may be text with separators or a counting word; empty is 0."""
    return int(float(str(cell).replace(",", "").removesuffix("人") or 0))
