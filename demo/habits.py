"""How each subdistrict fills in its workbook: file format, headings, order, spellings and layout, the same on every date."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from demo.columns import BUILDING, BUILDING_HEADING, COLUMNS, HEADINGS

UNDER_OF_WHICH = {"from_hubei": ("其中", "湖北籍"), "from_elsewhere": ("其中", "外省")}
UNDER_RETURN = {
    "people": ("返岗情况", "返岗人数"),
    "from_hubei": ("返岗情况", "其中：湖北籍"),
    "from_elsewhere": ("返岗情况", "其中：外省"),
}
SHUFFLED = (
    *(
        "number",
        "uscc",
        "name",
        "category",
        "industry",
        "staff",
        "resumed_on",
        "people",
        "from_hubei",
        "from_elsewhere",
    ),
    *("isolated", "area", "department", "planned_on", "applied_on", "verified_on", "verification", "document"),
    *("supply_days", "capacity", "officer", "leader", "problem", "remark"),
)


@dataclass(frozen=True, kw_only=True)
class Habit:
    """One subdistrict's way of writing; the defaults are the official layout of handbook A1.1."""

    suffix: str = "xlsx"
    encoding: str = ""
    delimiter: str = ","
    columns: tuple[str, ...] = COLUMNS
    headings: Mapping[str, str] = field(default_factory=dict)
    parents: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    days: tuple[str, ...] = ("iso",)
    numbers: str = "plain"
    percent: str = "whole"
    short_categories: bool = False
    no_category: str | None = None
    area: str = ""
    as_of: str = "截至时间：{0.year}年{0.month}月{0.day}日17时"
    has_title: bool = True
    has_total: bool = True
    has_subtotals: bool = False
    has_signature: bool = True
    totals_as_formulas: bool = False
    half_width_names: bool = False
    zero_people: bool = False
    ghost_rows_to: int = 0
    hides_idle: bool = False
    has_cover: bool = False

    def heading(self, column: str) -> str:
        """Return the heading of a column as this subdistrict words it, without a parent."""
        return self.headings.get(column) or (BUILDING_HEADING if column == BUILDING else HEADINGS[column])


HABITS: Mapping[str, Habit] = {
    # 解放路: the official layout with two-level headings; totals are formulas.
    "370102001": Habit(parents=UNDER_OF_WHICH, days=("date",), totals_as_formulas=True),
    # 千佛山: other words over the columns, short categories.
    "370102002": Habit(
        headings={"name": "单位名称", "uscc": "信用代码", "people": "到岗人数", "remark": "备 注"},
        days=("slashes",),
        short_categories=True,
        as_of="截止{0.year}.{0.month}.{0.day}",
        zero_people=True,
    ),
    # 趵突泉: still on Excel 2003.
    "370102003": Habit(suffix="xls", parents=UNDER_OF_WHICH, days=("date",)),
    # 泉城路: a group of columns on people, a column of its own for buildings, a filter left on.
    "370102004": Habit(
        columns=(*COLUMNS[:6], BUILDING, *COLUMNS[6:]),
        parents=UNDER_RETURN,
        days=("date",),
        percent="fraction",
        hides_idle=True,
    ),
    # 大明湖: an export in the national encoding.
    "370102005": Habit(suffix="csv", encoding="gb18030", days=("official",), as_of="截止{0.year}.{0.month}.{0.day}"),
    # 东关: everything typed as text, and formatting down to row 5,000.
    "370102006": Habit(
        parents=UNDER_OF_WHICH,
        days=("dots",),
        numbers="worded",
        percent="text",
        ghost_rows_to=5_000,
        no_category="非四上",
    ),
    # 文东: sorted by category with subtotals, in an order of its own.
    "370102007": Habit(columns=SHUFFLED, days=("iso",), numbers="commas", has_subtotals=True, area="文化东路街道"),
    # 建新: UTF-8 with a byte order mark.
    "370102008": Habit(
        suffix="csv",
        encoding="utf-8-sig",
        headings={"uscc": "统一社会信用代码（18位）", "people": "返岗人数（人）"},
        days=("dots",),
        numbers="worded",
        as_of="统计时间：{0:%Y-%m-%d}",
        has_signature=False,
    ),
    # 甸柳: "Unicode text" saved from a spreadsheet.
    "370102009": Habit(
        suffix="txt",
        encoding="utf-16",
        delimiter="\t",
        days=("compact",),
        percent="text",
        short_categories=True,
        area="甸柳新村街道",
    ),
    # 燕山: headings from the first row on; the date stands in the file name only.
    "370102010": Habit(
        has_title=False, days=("date",), as_of="", has_total=False, has_signature=False, half_width_names=True
    ),
    # 姚家: the largest; text and true dates in one column.
    "370102011": Habit(parents=UNDER_OF_WHICH, days=("date", "month_day"), area="姚家街道办事处"),
    # 龙洞: dates lost their format and became serial numbers.
    "370102012": Habit(
        days=("serial",),
        headings={"uscc": "统一社会\n信用代码", "resumed_on": "实际\n复工时间"},
        as_of="截止{0.year}.{0.month}.{0.day}",
    ),
    # 智远: a cover sheet, every kind of date, thousands separators.
    "370102013": Habit(
        parents=UNDER_OF_WHICH,
        headings={"name": "公司名称", "uscc": "机构代码", "people": "复工人数"},
        days=("date", "dots", "month_day", "iso"),
        numbers="commas",
        has_cover=True,
        as_of="截至时间：{0:%Y-%m-%d} 17:00",
    ),
}
