"""The workbook of the import benchmark: one synthetic enterprise a row, 25 columns, headings in the first row."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

import xlsxwriter

from bench.harness import AREAS, DISTRICT
from demo import codes
from shoushan.apps.resumption.sheets.ledger import LedgerSheet

AS_OF = date(2020, 3, 23)
AREA_NAMES = (
    "解放路",
    "千佛山",
    "趵突泉",
    "泉城路",
    "大明湖",
    "东关",
    "文东",
    "建新",
    "甸柳",
    "燕山",
    "姚家",
    "龙洞",
    "智远",
)
CATEGORIES = ("非四上", "否", "")
"""No list of the statistics bureau is loaded: an enterprise that calls itself above scale would get a warning a row."""


def write(path: Path, count: int, *, serial: int = 0) -> None:
    """Write `count` rows; another `serial` makes other enterprises."""
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    headings = ["序号", *(column.title for column in LedgerSheet.columns), "经办科室"]
    sheet.write_row(0, 0, headings)
    random = Random(20200323 + serial)
    for index in range(count):
        sheet.write_row(index + 1, 0, _row(index, serial, random))
    book.close()


def _row(index: int, serial: int, random: Random) -> list[object]:
    staff = random.randint(5, 900)
    resumed = AS_OF - timedelta(days=random.randint(0, 40)) if random.random() < 0.9 else None
    planned = date(2020, 2, 10) + timedelta(days=random.randint(0, 30))
    return [
        index + 1,
        f"示例{serial:02d}第{index:06d}号企业有限公司（演示）",
        codes.uscc(entity="91", region=DISTRICT, body=f"{serial:02d}{index:06d}"),
        random.choice(("软件和信息技术服务业", "批发业", "零售业", "餐饮业", "土木工程建筑业")),
        random.choice(CATEGORIES),
        f"{AREA_NAMES[index % len(AREAS)]}街道",
        random.choice(("区工信局", "区商务局", "区住建局", "区文旅局")),
        staff,
        planned,
        planned - timedelta(days=3),
        planned - timedelta(days=1),
        "合格",
        f"RES-{DISTRICT}-2020-{index:05d}",
        resumed,
        random.randint(0, staff) if resumed else 0,
        random.randint(0, 3),
        random.randint(0, 30),
        random.randint(0, 5),
        random.randint(10, 300) / 10,
        f"{random.randint(30, 100)}%",
        "包挂领导（演示）",
        "服务专员（演示）",
        random.choice(("", "", "防疫物资不足", "外地员工返岗困难")),
        "",
        "经济发展科",
    ]


def write_frame(path: Path, count: int) -> None:
    """The statistics bureau's list with the same enterprises, all above scale."""
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write(0, 0, "统计月份:2020年3月")
    sheet.write_row(1, 0, ["企业名称", "统一社会信用代码", "四上类别", "所属街道"])
    kinds = ("规上工业", "建筑业", "限上批发", "限上零售", "限上住餐", "房地产开发", "规上服务业")
    for index in range(count):
        line = _row(index, 0, Random(index))
        sheet.write_row(index + 2, 0, [line[1], line[2], kinds[index % len(kinds)], line[5]])
    book.close()
