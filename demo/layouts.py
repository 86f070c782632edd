"""Lays records out as a sheet: title, unit row, one or two heading rows, records, totals, signatures."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from demo.cells import Cell, Formula, Percentage, spell_day
from demo.columns import SUMMED
from demo.habits import Habit
from demo.records import Record
from demo.scenario import CATEGORY_SPELLINGS, Category

TITLE = "历下区企业复工复产情况统计表"
SIGNATURE = "审核人：        负责人（签字）：        填表人："


@dataclass
class Line:
    """One physical row: its part in the layout, its cells, and the record it shows, if any."""

    role: str
    cells: list[Cell]
    record: Record | None = None
    is_hidden: bool = False


@dataclass
class Sheet:
    """A laid-out sheet; merges are (first row, first column, last row, last column), counted from 0."""

    tab: str
    lines: list[Line] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    ghost_rows_to: int = 0
    cover: list[str] = field(default_factory=list)

    def add(self, role: str, cells: list[Cell], *, across: int = 0) -> None:
        """Append a row; `across` merges it over that many columns."""
        if across > 1:
            self.merges.append((len(self.lines), 0, len(self.lines), across - 1))
        self.lines.append(Line(role, cells))


def _whole(value: int, column: str, habit: Habit) -> Cell:
    if habit.numbers == "plain":
        return value
    if habit.numbers == "commas":
        return f"{value:,}" if value >= 1000 else value
    return f"{value:,}人" if column == "people" else f"{value:,}"


def _percent(value: int, habit: Habit) -> Cell:
    if habit.percent == "text":
        return f"{value}%"
    return Percentage(value / 100) if habit.percent == "fraction" else value


def _spelled(column: str, value: Cell, record: Record, habit: Habit) -> Cell:
    """Return a plain value as this subdistrict writes it; which spelling of a day depends on the enterprise only."""
    if isinstance(value, Category):
        return CATEGORY_SPELLINGS[value][habit.short_categories]
    if isinstance(value, date):
        return spell_day(value, habit.days[record.enterprise.serial % len(habit.days)])
    if isinstance(value, int):
        return _percent(value, habit) if column == "capacity" else _whole(value, column, habit)
    return value


def _defaults(habit: Habit, record: Record) -> dict[str, Cell]:
    """Return what this subdistrict writes in its own words instead of the plain value."""
    words: dict[str, Cell] = {}
    if habit.area and record.values["area"] is not None and record.wrong_column != "area":
        words["area"] = habit.area
    if habit.half_width_names:
        words["name"] = str(record.values["name"]).replace("（", "(").replace("）", ")")
    if record.values["category"] is None:
        words["category"] = habit.no_category
    if habit.zero_people and "people" not in record.values:
        words["people"] = 0
    return words


def record_cells(record: Record, number: int, habit: Habit) -> list[Cell]:
    """Return the cells of one record in the order and spelling of a subdistrict."""
    values = record.values | _defaults(habit, record) | {"number": number}
    return [
        record.verbatim[column] if column in record.verbatim else _spelled(column, values.get(column), record, habit)
        for column in habit.columns
    ]


def _total(records: Iterable[Record], column: str) -> int:
    return sum(value for record in records if isinstance(value := record.values.get(column), int))


def column_letter(index: int) -> str:
    """Return the letters of a column, counted from 0."""
    return chr(ord("A") + index) if index < 26 else "A" + chr(ord("A") + index - 26)


def _total_cells(label: str, records: list[Record], habit: Habit, span: tuple[int, int] | None) -> list[Cell]:
    cells: list[Cell] = [None] * len(habit.columns)
    cells[0] = label
    for column in SUMMED:
        index, total = habit.columns.index(column), _total(records, column)
        letter = column_letter(index)
        cells[index] = Formula(f"=SUM({letter}{span[0]}:{letter}{span[1]})", total) if span else total
    return cells


def _add_headings(sheet: Sheet, habit: Habit) -> None:
    top = len(sheet.lines)
    if not habit.parents:
        sheet.add("header", [habit.heading(column) for column in habit.columns])
        return
    parents = [habit.parents.get(column, ("", ""))[0] for column in habit.columns]
    upper: list[Cell] = [parent or habit.heading(column) for parent, column in zip(parents, habit.columns, strict=True)]
    lower: list[Cell] = [habit.parents[column][1] if column in habit.parents else None for column in habit.columns]
    for parent, group in groupby(range(len(parents)), key=lambda index: parents[index]):
        indexes = list(group)
        if parent:
            sheet.merges.append((top, indexes[0], top, indexes[-1]))
            upper[indexes[0] + 1 : indexes[-1] + 1] = [None] * (len(indexes) - 1)
        else:
            sheet.merges += [(top, index, top + 1, index) for index in indexes]
    sheet.add("header", upper)
    sheet.add("header", lower)


def _groups(records: list[Record], habit: Habit) -> Iterator[tuple[str, list[Record]]]:
    """Yield the records in their order; with subtotals, group by category with the outsiders last."""
    if not habit.has_subtotals:
        yield "", records
        return
    order: list[Category | None] = [*Category, None]
    ranked = sorted(records, key=lambda item: order.index(_category(item)))
    for category, group in groupby(ranked, key=_category):
        yield CATEGORY_SPELLINGS[category][0] if category else "其他", list(group)


def _category(record: Record) -> Category | None:
    value = record.values["category"]
    return value if isinstance(value, Category) else None


def _add_records(sheet: Sheet, records: list[Record], habit: Habit) -> None:
    number, first = 0, len(sheet.lines) + 1
    for label, group in _groups(records, habit):
        for record in group:
            number += 1
            is_hidden = habit.hides_idle and "resumed_on" not in record.values
            sheet.lines.append(Line("record", record_cells(record, number, habit), record, is_hidden))
        if label:
            sheet.add("subtotal", _total_cells("小计", group, habit, None))
    if habit.has_total:
        span = (first, len(sheet.lines)) if habit.totals_as_formulas else None
        sheet.add("total", _total_cells("合计", records, habit, span))


def ledger_sheet(records: list[Record], habit: Habit, *, street: str, on: date) -> Sheet:
    """Lay out one subdistrict's resumption ledger as of a day."""
    width = len(habit.columns)
    sheet = Sheet(tab="复工台账", ghost_rows_to=habit.ghost_rows_to)
    if habit.has_cover:
        sheet.cover = ["填表说明", "一、本表由街道办事处每日17时前填报。", "二、未复工企业不填实际复工时间和返岗人数。"]
    if habit.has_title:
        sheet.add("title", [TITLE], across=width)
        sheet.add("unit", [f"填报单位：{street}  填报人：  联系电话：  {habit.as_of.format(on)}"], across=width)
    _add_headings(sheet, habit)
    _add_records(sheet, records, habit)
    if habit.has_signature:
        sheet.add("signature", [SIGNATURE], across=width)
    return sheet
