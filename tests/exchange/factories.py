"""Small sheets and small files for the tests of the exchange."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

import xlsxwriter

from shoushan.exchange import importing
from shoushan.exchange.columns import Area, Choice, Column, Day, Decimal, Percent, Text, Uscc, Whole
from shoushan.exchange.declarations import Batch, Row, RowPlan, Sheet, Verdict
from shoushan.exchange.importing import ImportResult, Options

AT = datetime(2020, 3, 23, 18, 0, tzinfo=UTC)
TITLE = "历下区企业复工复产情况统计表"
LINE = "填报单位：姚家街道  填报人：  联系电话：  截至时间：2020年3月23日17时"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
INNER_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


class Place(NamedTuple):
    code: str
    name: str


class Streets:
    """An area matcher of three streets."""

    names: ClassVar[dict[str, str]] = {"姚家街道": "370102011", "姚家": "370102011", "文东街道": "370102007"}

    def match(self, text: str, *_args: Any, **_kwargs: Any) -> Place | None:
        code = self.names.get(text)
        return None if code is None else Place(code, text)


class LedgerSheet(Sheet):
    """A sheet that keeps what it is given in a dict of its own, as a table would."""

    code: ClassVar[str] = "test.ledger"
    title: ClassVar[str] = "企业复工复产台账"
    permission: ClassVar[str] = "test.import_ledger"
    key: ClassVar[tuple[str, ...]] = ("uscc",)
    columns: ClassVar[tuple[Column, ...]] = (
        Text("name", "企业名称", required=True, synonyms=("单位名称", "公司名称")),
        Uscc("uscc", "统一社会信用代码", required=True, synonyms=("信用代码", "机构代码", "税号")),
        Choice("kind", "四上类别", choices={"工业": "INDUSTRY", "批发业": "WHOLESALE", "批发": "WHOLESALE"}),
        Area("area", "所属街道", is_ditto_allowed=True, names={"370102011": "姚家街道", "370102007": "文东街道"}),
        Whole("staff", "职工总数", unit="人", control_total=True),
        Day("resumed_on", "实际复工时间"),
        Whole("back", "返岗人数", unit="人", synonyms=("到岗人数", "复工人数"), control_total=True),
        Whole("hubei", "湖北籍", group="其中"),
        Whole("elsewhere", "外省", group="其中"),
        Percent("capacity", "产能恢复%"),
        Decimal("revenue", "营业收入", unit="万元", places=2),
        Text("note", "备注", max_length=50),
    )

    def __init__(self) -> None:
        self.kept: dict[str, list[Any]] = {}
        self.is_finished = False

    def plan(self, rows: list[Row], batch: Batch) -> list[RowPlan]:
        return [self._judge(row) for row in rows]

    def _judge(self, row: Row) -> RowPlan:
        known = self.kept.get(row.values[1])
        if known is None:
            return RowPlan(row, Verdict.NEW)
        return RowPlan(row, Verdict.UNCHANGED if known == row.values else Verdict.CHANGED)

    def apply(self, plans: list[RowPlan], batch: Batch) -> None:
        for plan in plans:
            self.kept[plan.row.values[1]] = plan.row.values

    def finish(self, batch: Batch) -> None:
        self.is_finished = True


HEADINGS = ["序号", *(column.title for column in LedgerSheet.columns)]


def civil(*parts: int) -> datetime:
    """A moment as a cell holds it, without a time zone."""
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001


def uscc(number: int) -> str:
    """A valid code with both check characters."""
    body = f"{number:08d}"
    check = 11 - sum(int(digit) * weight for digit, weight in zip(body, INNER_WEIGHTS, strict=True)) % 11
    first = f"91370102{body}{'0' if check == 11 else 'X' if check == 10 else check}"
    total = sum(ALPHABET.index(mark) * weight for mark, weight in zip(first, WEIGHTS, strict=True))
    return first + ALPHABET[(31 - total % 31) % 31]


def record(number: int, **changes: Any) -> list[Any]:
    """A sound row, as written in a file under HEADINGS."""
    values = {
        "name": f"历下示例{number}号有限公司",
        "uscc": uscc(number),
        "kind": "工业",
        "area": "姚家街道",
        "staff": 20,
        "resumed_on": "2020-02-11",
        "back": 10,
        "hubei": 0,
        "elsewhere": 2,
        "capacity": "85%",
        "revenue": 12.5,
        "note": None,
    }
    values.update(changes)
    return [number, *values.values()]


def ledger(records: Sequence[Sequence[Any]], *below: Sequence[Any]) -> list[Sequence[Any]]:
    """The rows of a whole tab in the official layout."""
    return [[TITLE], [LINE], HEADINGS, *records, *below]


def write_book(path: Path, *tabs: Sequence[Sequence[Any]], merges: Sequence[str] = (), **options: Any) -> Path:
    """A workbook; dates as real date cells; `merges` of the first tab are only registered over what is there."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, **options})
    style = book.add_format({"num_format": "yyyy-mm-dd"})
    for rows in tabs:
        page = book.add_worksheet()
        for place, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, datetime):
                    page.write_datetime(place, column, value, style)
                elif value is not None:
                    page.write(place, column, value)
    for reference in merges:
        first, last = (xlsxwriter.utility.xl_cell_to_rowcol(cell) for cell in reference.split(":"))
        book.worksheets()[0].merge.append([*first, *last])
    book.close()
    return path


def with_part(path: Path, name: str, content: bytes) -> Path:
    """The same zip with one part replaced or added."""
    with zipfile.ZipFile(path) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    parts[name] = content
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, data in parts.items():
            archive.writestr(entry, data)
    return path


def part(path: Path, name: str) -> bytes:
    """One part of a zip."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def bring_in(path: Path, sheet: Sheet | None = None, *, commit: bool = False, **options: Any) -> ImportResult:
    """Import with the three streets known."""
    return importing.run(
        path,
        options=Options(at=AT, area_matcher=Streets(), area_scope=("370102",), **options),
        sheet=sheet or LedgerSheet(),
        commit=commit,
    )


def codes(result: ImportResult) -> list[tuple[int, str, str]]:
    """Row, column and code of every finding."""
    return [(problem.row, problem.column, problem.code) for problem in result.problems]
