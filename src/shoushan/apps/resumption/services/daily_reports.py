"""The district's daily report in its layout (复工日报, handbook C5): by type and by subdistrict, every sum checked three ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import IO, Any, Final

import xlsxwriter
from django.utils.translation import gettext as _

from shoushan.apps.resumption.measures import MEASURES
from shoushan.apps.resumption.services.bulletins import ENTERPRISES, FRAME, PEOPLE, TODAY
from shoushan.exchange.exporting import OPTIONS, SIGNATURE
from shoushan.figures import naming
from shoushan.figures.arithmetic import percentage
from shoushan.figures.values import Figure, evaluate_many
from shoushan.lib.days import document_day

STAFF: Final = "resumption.staff_total"
CHANGE: Final = "resumption.people_at_work_change"
SUMS: Final = (FRAME, ENTERPRISES, TODAY, STAFF, PEOPLE, CHANGE)
"""What can be added up; each is asked three times: whole, by type, by subdistrict."""
TRADES: Final[Mapping[str, tuple[str, ...]]] = {
    "工业": ("INDUSTRY",),
    "建筑业": ("CONSTRUCTION",),
    "批零": ("WHOLESALE", "RETAIL"),
    "住餐": ("HOTEL_CATERING",),
    "房地产": ("REALESTATE_DEV",),
    "服务业": ("SERVICE",),
}
"""The trades of the report and the types that each holds."""
HEADINGS: Final = ("在库数", "累计复工", "当日新增", "复工率", "职工总数", "返岗人数", "返岗率", "较昨日±")
NOTE: Final = "返岗率＝返岗人数÷职工总数，职工总数为已填报的在库“四上”企业职工数；较昨日±为返岗人数的增减。"


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One line: what it is about, and its sums by measure."""

    name: str
    sums: Mapping[str, int]

    @property
    def cells(self) -> tuple[int | Decimal | None, ...]:
        """The values in the order of HEADINGS; rates from the sums of the line."""
        get = self.sums.__getitem__
        return (
            get(FRAME),
            get(ENTERPRISES),
            get(TODAY),
            percentage(get(ENTERPRISES), get(FRAME), 1),
            get(STAFF),
            get(PEOPLE),
            percentage(get(PEOPLE), get(STAFF), 1),
            get(CHANGE),
        )


@dataclass(frozen=True, slots=True)
class SumCheck:
    """One column's three sums."""

    name: str
    whole: int
    by_trade: int
    by_area: int

    @property
    def is_right(self) -> bool:
        """All three are the same."""
        return self.whole == self.by_trade == self.by_area


@dataclass(frozen=True, slots=True)
class DailyReport:
    """The report of a day."""

    as_of: date
    frame: str
    total: ReportLine
    by_trade: tuple[ReportLine, ...]
    by_area: tuple[ReportLine, ...]
    checks: tuple[SumCheck, ...]

    @property
    def is_right(self) -> bool:
        """No column's sums differ."""
        return all(check.is_right for check in self.checks)


def compose_report(*, as_of: date, areas: tuple[str, ...] = ()) -> DailyReport:
    """Ask the ledger three times for every sum, within area prefixes."""
    by_code = {measure.code: measure for measure in MEASURES}
    wanted = [by_code[code] for code in SUMS]
    asked = {by: evaluate_many(wanted, as_of=as_of, areas=areas, by=by) for by in ("", "category", "area")}
    whole = {code: figure.numerator for code, figure in asked[""].items()}
    by_trade = _trades(asked["category"])
    by_area = _areas(asked["area"])
    checks = tuple(
        SumCheck(
            str(by_code[code].name),
            whole[code],
            sum(line.sums[code] for line in by_trade),
            sum(line.sums[code] for line in by_area),
        )
        for code in SUMS
    )
    return DailyReport(as_of, asked[""][FRAME].frame, ReportLine("合计", whole), by_trade, by_area, checks)


def _cells(figures: Mapping[str, Figure]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for code, figure in figures.items():
        for part in figure.parts:
            found.setdefault(part.key, {})[code] = part.numerator
    return found


def _trades(figures: Mapping[str, Figure]) -> tuple[ReportLine, ...]:
    cells = _cells(figures)
    known = {code for codes in TRADES.values() for code in codes}
    trades = dict(TRADES) | ({"其他": rest} if (rest := tuple(sorted(cells.keys() - known))) else {})
    return tuple(
        ReportLine(name, {code: sum(cells.get(key, {}).get(code, 0) for key in keys) for code in SUMS})
        for name, keys in trades.items()
    )


def _areas(figures: Mapping[str, Figure]) -> tuple[ReportLine, ...]:
    cells = _cells(figures)
    names = {key: str(name) for key, name in naming.breakdown_names("area").items()}
    order = [*(key for key in names if key in cells), *sorted(cells.keys() - names.keys())]
    return tuple(ReportLine(names.get(key, key), {code: cells[key].get(code, 0) for code in SUMS}) for key in order)


def write_report(out: IO[bytes], report: DailyReport) -> None:
    """The workbook: title, day and frame, the trades, the subdistricts, the total, the check line, signatures."""
    book = xlsxwriter.Workbook(out, {**OPTIONS, "constant_memory": False, "in_memory": True})
    page = book.add_worksheet("复工日报")
    centre = {"align": "center", "valign": "vcenter", "border": 1}
    title = book.add_format({"bold": True, "font_size": 18, "align": "center"})
    heading = book.add_format({"bold": True, "bg_color": "#DCE6F1", "text_wrap": True, **centre})
    formats = {
        bold: {
            "text": book.add_format({**centre, "bold": bold, "align": "left"}),
            "number": book.add_format({**centre, "bold": bold, "num_format": "#,##0"}),
            "rate": book.add_format({**centre, "bold": bold, "num_format": '0.0"%"'}),
        }
        for bold in (False, True)
    }
    last = len(HEADINGS)
    page.set_column(0, 0, 18)
    page.set_column(1, last, 11)
    page.merge_range(0, 0, 0, last, "企业复工复产日报", title)
    page.write(1, 0, f"截至{document_day(report.as_of)}  {report.frame}")
    row = _write_table(page, 2, "类别", report.by_trade, heading, formats[False])
    row = _write_line(page, row, report.total, formats[True])
    row = _write_table(page, row + 1, "街道", report.by_area, heading, formats[False])
    row = _write_line(page, row, report.total, formats[True])
    page.write(row, 0, check_line(report))
    page.write(row + 1, 0, NOTE)
    page.write(row + 2, 0, SIGNATURE)
    page.fit_to_pages(1, 1)
    book.close()


def check_line(report: DailyReport) -> str:
    """Whether the sums agree, or which do not."""
    if report.is_right:
        return "核对：分类别之和＝分街道之和＝合计，各列一致。"
    wrong = "；".join(
        f"{each.name} 分类别{each.by_trade}、分街道{each.by_area}、合计{each.whole}"
        for each in report.checks
        if not each.is_right
    )
    return f"核对不一致：{wrong}"


def _write_table(
    page: Any, row: int, first: str, lines: Sequence[ReportLine], heading: Any, formats: Mapping[str, Any]
) -> int:
    for place, text in enumerate((first, *HEADINGS)):
        page.write(row, place, text, heading)
    for line in lines:
        row = _write_line(page, row + 1, line, formats) - 1
    return row + 1


def _write_line(page: Any, row: int, line: ReportLine, formats: Mapping[str, Any]) -> int:
    page.write(row, 0, line.name, formats["text"])
    for place, value in enumerate(line.cells, start=1):
        kind = "rate" if HEADINGS[place - 1].endswith("率") else "number"
        page.write(row, place, "—" if value is None else float(value), formats[kind])
    return row + 1


def empty_sentence(report: DailyReport) -> str:
    """What to do when nothing is in the ledger on the day."""
    return "" if report.total.sums[FRAME] else _("截至这一天台账里还没有在库企业，请先导入统计局名单和各街道台账。")
