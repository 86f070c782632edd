"""The district's list of key projects of 2020 and two months of returns: 54 rows that add up to what was reported.

Named projects are those that were named in public; all others, every owner's name and every amount are synthetic.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final

from demo.course import district
from demo.scenario import JANUARY, SEED, Category

STREETS: Final = ("姚家街道", "智远街道", "龙洞街道", "解放路街道", "千佛山街道", "趵突泉街道", "泉城路街道", "大明湖街道", "东关街道", "文东街道", "建新街道", "甸柳街道", "燕山街道")  # fmt: skip
LEADS: Final = ("区发改局", "区住建局", "区商务局", "区工信局", "区投资促进局", "区文旅局", "区卫健局", "区教体局")
KINDS: Final = ("楼宇载体", "产业", "城市更新", "基础设施", "民生", "房地产")
NAMED: Final = (
    ("绿地山东国际金融中心", "姚家街道", "楼宇载体", "国际金融中心产业金融集聚区"),
    ("历下总部商务中心", "智远街道", "楼宇载体", "国际金融中心产业金融集聚区"),
    ("建邦财富中心", "姚家街道", "楼宇载体", "国际金融中心产业金融集聚区"),
    ("历下金融商务中心", "解放路街道", "楼宇载体", "国际金融中心产业金融集聚区"),
    ("海晏门商业综合体", "大明湖街道", "楼宇载体", "明府城片区"),
)
"""Name, subdistrict, kind, zone. The fourth and fifth are to be completed this year."""
ZONES: Final = (
    ("IFC", "国际金融中心产业金融集聚区", "MAIN"),
    ("MINGFU", "明府城片区", "MAIN"),
    ("MAOLING", "茂岭山", "PLANNED"),
    ("CHANGLING", "长岭山", "PLANNED"),
)
OUTLINES: Final = {
    "IFC": (117.105, 36.655, 117.135, 36.675),
    "MINGFU": (117.005, 36.660, 117.035, 36.680),
    "MAOLING": (117.085, 36.630, 117.105, 36.645),
}
"""West, south, east, north of rectangles about where zones lie, marked as schematic. One is not drawn: as in a real district."""
COUNT, TOTAL, YEAR, CITY, COMPLETING, PREMISES = 54, Decimal(1610), Decimal(273), 14, 18, 80
YEAR_OF_LIST: Final = 2020
BUILDERS: Final = (Category.REALESTATE_DEV, Category.CONSTRUCTION)
CENT: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Row:
    """One project of the list, amounts in 亿元, premises in 万平方米."""

    number: int
    name: str
    level: str
    owner: str
    street: str
    kind: str
    zone: str
    lead: str
    start: int
    end: int
    total: Decimal
    before: Decimal
    year: Decimal
    premises: Decimal
    stage: str


def spread(total: Decimal, weights: list[int]) -> list[Decimal]:
    """A total cut by weights to hundredths; the last takes what rounding left."""
    whole = sum(weights)
    parts = [(total * weight / whole).quantize(CENT) for weight in weights]
    parts[-1] += total - sum(parts)
    return parts


@cache
def rows() -> tuple[Row, ...]:
    """The list, in its order."""
    totals = spread(TOTAL, [14 + (number * 37) % 61 for number in range(COUNT)])
    plans = spread(YEAR, [10 + (number * 29) % 41 for number in range(COUNT)])
    completing = sorted([*range(0, COUNT - 3, 3), 4])
    areas = dict(zip(completing, spread(Decimal(PREMISES), [3 + each % 5 for each in completing]), strict=True))
    builders = [each.name for each in district(SEED) if each.category(JANUARY) in BUILDERS][:COUNT]
    return tuple(
        _row(number, builders[number], totals[number], plans[number], areas.get(number)) for number in range(COUNT)
    )


def _row(number: int, owner: str, total: Decimal, year: Decimal, premises: Decimal | None) -> Row:
    is_named = number < len(NAMED)
    street = NAMED[number][1] if is_named else STREETS[number * 5 % len(STREETS)]
    kind = NAMED[number][2] if is_named else KINDS[number % len(KINDS)]
    name = NAMED[number][0] if is_named else f"{street.removesuffix('街道')}{kind}项目{number + 1:02d}（示例）"
    begun = premises is not None or number % 2 == 0
    start = YEAR_OF_LIST - 1 - number % 3 if begun else YEAR_OF_LIST
    before = min(total - year, (total * (20 + number % 30) / 100).quantize(CENT)) if begun else Decimal(0)
    return Row(
        number=number + 1,
        name=name,
        level="市级" if number < CITY else "区级",
        owner=owner,
        street=street,
        kind=kind,
        zone=NAMED[number][3] if is_named else "",
        lead=LEADS[number % len(LEADS)],
        start=start,
        end=YEAR_OF_LIST if premises is not None else YEAR_OF_LIST + 1 + number % 3,
        total=total,
        before=before,
        year=year,
        premises=premises or Decimal(0),
        stage="在建" if begun else ("前期手续", "签约", "前期手续", "储备")[number // 2 % 4],
    )


def months() -> Iterator[tuple[int, list[tuple[Row, Decimal, Decimal]]]]:
    """For January and February: the rows under way, with the month's and the year's investment in 万元."""
    running: dict[int, Decimal] = {}
    for month in (1, 2):
        lines = []
        for row in rows():
            if row.stage in {"签约", "储备"}:
                continue
            done = (row.year * 10_000 * (4 + (row.number * month) % 7) / 100).quantize(CENT)
            running[row.number] = running.get(row.number, Decimal(0)) + done
            lines.append((row, done, running[row.number]))
        yield month, lines
