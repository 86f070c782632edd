"""The statistics bureau's lists of above-scale enterprises (the frame), one workbook for each month."""

import csv
from datetime import date
from functools import cache
from pathlib import Path

import shoushan.directory
from demo.cells import Cell
from demo.enterprises import Enterprise
from demo.layouts import Line, Sheet
from demo.scenario import CATEGORY_SPELLINGS, SUBDISTRICTS

FOLDER = "00-统计局"
HEADINGS: tuple[str, ...] = (
    "序号",
    "企业名称",
    "统一社会信用代码",
    "四上类别",
    "行业代码",
    "所属街道",
    "所属社区",
    "职工总数",
)


def file_name(month: date) -> str:
    """Return the name of the list's file."""
    return f"历下区四上企业在库名单({month.year}年{month.month}月).xlsx"


def members(enterprises: list[Enterprise], month: date) -> list[Enterprise]:
    """Return the enterprises in the list of a month, by subdistrict."""
    return sorted((item for item in enterprises if item.category(month)), key=lambda item: (item.area, item.serial))


@cache
def communities() -> dict[str, list[str]]:
    """Return the names of communities by subdistrict, as the directory opens with."""
    path = Path(shoushan.directory.__file__).parent / "data" / "lixia_areas.csv"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    found: dict[str, list[str]] = {}
    for row in csv.DictReader(lines):
        if row["level"] == "COMMUNITY":
            found.setdefault(row["code"][:9], []).append(row["name"])
    return found


def community_of(item: Enterprise) -> str | None:
    """Return a synthetic community of an enterprise; of one in sixteen nobody wrote it down."""
    names = communities()[item.area]
    return None if item.serial % 16 == 0 else names[item.serial * 7 % len(names)]


def frame_sheet(enterprises: list[Enterprise], month: date) -> Sheet:
    """Lay out the list of a month."""
    sheet = Sheet(tab="在库名单")
    names = {item.code: item.name for item in SUBDISTRICTS}
    rows = members(enterprises, month)
    sheet.add("title", ["历下区四上企业在库名单"], across=len(HEADINGS))
    sheet.add("unit", [f"统计月份：{month.year}年{month.month}月  制表单位：历下区统计局"], across=len(HEADINGS))
    sheet.add("header", list(HEADINGS))
    for number, item in enumerate(rows, start=1):
        category = item.category(month)
        label = CATEGORY_SPELLINGS[category][0] if category else None
        cells: list[Cell] = [
            number,
            item.name,
            item.uscc,
            label,
            item.trade_on(month).code,
            names[item.area],
            community_of(item),
            item.staff,
        ]
        sheet.lines.append(Line("record", cells))
    sheet.add("total", ["合计", f"共{len(rows)}家", None, None, None, None, None, sum(item.staff for item in rows)])
    sheet.add("signature", ["制表人：        审核人：        负责人（签字）："], across=len(HEADINGS))
    return sheet
