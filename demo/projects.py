"""Writes the list of key projects, two monthly tables and that of completed premises, and enters the zones: `python -m demo.projects OUT_DIR`."""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from demo import portfolio
from demo.layouts import Sheet
from demo.writers import write_xlsx

LIST_HEADINGS = [
    "序号", "项目名称", "级别", "建设单位", "建设地点", "建设规模及主要内容", "建设起止年限", "总投资(亿元)",
    "截至上年底完成(亿元)", "本年计划投资(亿元)", "本年建设内容", "牵头(责任)单位", "包挂领导", "服务专员", "备注",
    "项目类别", "所属街道", "当前阶段", "本年竣工载体面积(万平方米)", "所属片区",
]  # fmt: skip
MONTH_HEADINGS = ["序号", "项目名称", "牵头(责任)单位", "本月完成(万元)", "本年累计(万元)", "自开工累计(万元)", "形象进度", "下步打算"]  # fmt: skip
ENTERED_AT = datetime(2020, 3, 2, 1, 0, tzinfo=UTC)
COMPLETION_HEADINGS = ["序号", "项目", "竣工时间", "建筑面积(万㎡)", "可招商面积", "已去化面积", "意向企业"]
PROSPECTS = ("示例银行区域总部", "示例证券、示例律师事务所", "示例连锁商业")
"""Who is interested in every third of the premises to be completed. All are synthetic."""
WORKS = {"在建": "主体施工", "前期手续": "办理规划许可和施工许可"}


def list_sheet() -> Sheet:
    """The list in its official layout."""
    sheet = Sheet(tab="重点项目清单")
    width = len(LIST_HEADINGS)
    sheet.add("title", ["历下区2020年重点项目清单"], across=width)
    sheet.add("unit", ["填报单位：历下区  填报人：  联系电话：  截至时间：2020年3月2日"], across=width)
    sheet.add("header", list(LIST_HEADINGS))
    for row in portfolio.rows():
        sheet.add("record", _cells(row))
    totals: list[object] = ["合计", *[None] * (width - 1)]
    totals[7], totals[9], totals[18] = float(portfolio.TOTAL), float(portfolio.YEAR), portfolio.PREMISES
    sheet.add("total", totals)  # type: ignore[arg-type]  # cells of several kinds
    return sheet


def _cells(row: portfolio.Row) -> list[object]:
    planned = "竣工验收并投用" if row.premises else "完成年度建设任务"
    return [
        row.number,
        row.name,
        row.level,
        row.owner,
        f"{row.street}辖区内",
        f"{row.kind}建设，总投资{row.total}亿元",
        f"{row.start}-{row.end}",
        float(row.total),
        float(row.before) if row.before else None,
        float(row.year),
        planned,
        row.lead,
        "区级领导（包挂）",
        f"{row.street}服务专员",
        None,
        row.kind,
        row.street,
        row.stage,
        float(row.premises) if row.premises else None,
        row.zone or None,
    ]


def month_sheet(month: int, lines: list[tuple[portfolio.Row, Decimal, Decimal]]) -> Sheet:
    """The monthly table of one month."""
    sheet = Sheet(tab="月调度表")
    last = {1: "1月31日", 2: "2月29日"}[month]
    sheet.add("title", [f"历下区2020年{month}月重点项目月调度表"], across=len(MONTH_HEADINGS))
    sheet.add("unit", [f"填报单位：历下区  填报人：  截至时间：2020年{last}"], across=len(MONTH_HEADINGS))
    sheet.add("header", list(MONTH_HEADINGS))
    for number, (row, done, running) in enumerate(lines, 1):
        whole = row.before * 10_000 + running
        words = f"{WORKS[row.stage]}，{month}月完成年度计划的{done / row.year / 100:.1f}%"
        cells = [number, row.name, row.lead, float(done), float(running), float(whole), words, "按计划推进"]
        sheet.add("record", cells)  # type: ignore[arg-type]  # cells of several kinds
    return sheet


def completion_sheet() -> Sheet:
    """The table of completed and added premises: when each is expected and what of it can be let."""
    sheet = Sheet(tab="竣工、新增载体表")
    width = len(COMPLETION_HEADINGS)
    sheet.add("title", ["历下区2020年竣工、新增载体表"], across=width)
    sheet.add("unit", ["填报单位：历下区  填报人：  截至时间：2020年3月2日"], across=width)
    sheet.add("header", list(COMPLETION_HEADINGS))
    for number, row in enumerate(row for row in portfolio.rows() if row.premises):
        lettable = (row.premises * 7 / 10).quantize(portfolio.CENT)
        taken = (lettable * (number % 4) / 10).quantize(portfolio.CENT)
        day = date(2020, 9, 30) if number % 6 == 5 else date(2020, 12, 31)
        prospects = PROSPECTS[number // 3 % len(PROSPECTS)] if number % 3 == 0 else None
        cells = [number + 1, row.name, day.isoformat(), float(row.premises), float(lettable), float(taken), prospects]
        sheet.add("record", cells)  # type: ignore[arg-type]  # cells of several kinds
    return sheet


def write(out: Path) -> list[Path]:
    """Write the four workbooks; answers them in the order in which they are imported."""
    folder = out / "projects"
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / "2020年重点项目清单(3.2).xlsx"]
    write_xlsx(paths[0], list_sheet())
    for month, lines in portfolio.months():
        last = {1: "1.31", 2: "2.29"}[month]
        paths.append(folder / f"2020年{month}月重点项目月调度表({last}).xlsx")
        write_xlsx(paths[-1], month_sheet(month, lines))
    paths.append(folder / "2020年竣工、新增载体表(3.2).xlsx")
    write_xlsx(paths[-1], completion_sheet())
    return paths


def enter_zones() -> None:
    """The zones of the district (reference district P6), once; three of them with a schematic outline."""
    from shoushan.apps.projects.models import Zone
    from shoushan.apps.projects.services.zones import draw_zone, enter_zone

    there = set(Zone.objects.values_list("code", flat=True))
    for code, name, kind in portfolio.ZONES:
        if code in there:
            continue
        zone = enter_zone(code=code, name=name, kind=kind, actor=None, at=ENTERED_AT)
        if code in portfolio.OUTLINES:
            west, south, east, north = portfolio.OUTLINES[code]
            ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
            text = json.dumps({"type": "Polygon", "coordinates": [ring]})
            draw_zone(zone=zone, text=text, source="演示示意，非实际边界", is_schematic=True, actor=None, at=ENTERED_AT)


def main() -> int:
    """Enter the zones and write the files."""
    if len(sys.argv) != 2:
        print("用法：python -m demo.projects 目录", file=sys.stderr)
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shoushan.config.settings")
    import django

    django.setup()
    enter_zones()
    paths = write(Path(sys.argv[1]))
    print(f"已写入重点项目清单、月调度表和竣工载体表 {len(paths)} 个文件。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
