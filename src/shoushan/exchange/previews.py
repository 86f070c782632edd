"""A first look at a file for the wizard: what it is, which table it seems to be, how its columns fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from shoushan.exchange import files, headings, preambles, tabs
from shoushan.exchange.cells import masked
from shoushan.exchange.columns import Day
from shoushan.exchange.declarations import Sheet
from shoushan.exchange.layout import Table, find_table
from shoushan.exchange.limits import DEFAULT_LIMITS, FileRefusedError, Limits

SAMPLES, SAMPLE_LENGTH = 3, 24


@dataclass(slots=True)
class ColumnPreview:
    """One column of the file: its letter, what it is called there, and the column of the sheet that it became."""

    key: str
    letters: str
    heading: str
    name: str = ""
    title: str = ""
    samples: list[str] = field(default_factory=list)
    """First values; masked unless the column is known to hold nothing personal."""


@dataclass(slots=True)
class TabPreview:
    """One tab: its heading rows and which heading became which field; empty where no table was recognised."""

    name: str
    is_hidden: bool = False
    sheet: str = ""
    heading_rows: tuple[int, ...] = ()
    columns: list[ColumnPreview] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    """Texts of the widest row, where no table was recognised."""


@dataclass(slots=True)
class Preview:
    """What a file is before any of its rows is judged."""

    file: str
    kind: str
    sheet: str = ""
    tabs: list[TabPreview] = field(default_factory=list)
    as_of: date | None = None
    as_of_text: str = ""
    unit: str = ""

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "as_of": self.as_of.isoformat() if self.as_of else None}


def sniff(
    path: Path,
    *,
    name: str = "",
    sheet: Sheet | None = None,
    near: Sequence[Sheet] = (),
    chosen: Mapping[str, str] | None = None,
    year: int | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Preview:
    """Look at a file without judging its rows; raises FileRefusedError as an import would for the file as such.

    Without `sheet` the headings tell it; of those in `near` also one that lacks some required columns, for the sender
    to say.
    """
    with files.open_book(path, name=name, limits=limits) as book:
        preview = Preview(book.name, book.kind)
        chooser = tabs.Chooser(sheet, near=near)
        for tab in book.tabs:
            if tab.name in tabs.OUR_OWN:
                continue
            if tab.is_hidden:
                preview.tabs.append(TabPreview(tab.name, is_hidden=True))
                continue
            table = find_table(book, tab, chooser, chosen)
            if not isinstance(table, Table):
                preview.tabs.append(TabPreview(tab.name, found=table[:30]))
                continue
            if tabs.is_other_table(book, table):
                preview.tabs.append(TabPreview(tab.name, found=table.headings.texts[:30]))
                continue
            found = chooser.sheet_of(table)
            preview.tabs.append(_tab(table, found))
            if not preview.sheet:
                preview.sheet, chooser = found.code, tabs.Chooser(found)
                _cut_off(preview, table, found, year)
        return preview


def _tab(table: Table, sheet: Sheet) -> TabPreview:
    mapping = table.mapping
    return TabPreview(
        table.tab.name,
        sheet=sheet.code,
        heading_rows=table.headings.rows,
        columns=_columns(table, sheet),
        missing=[column.title for column in mapping.missing],
        doubled=[column.title for column, _first, _second in mapping.doubled],
    )


def _columns(table: Table, sheet: Sheet) -> list[ColumnPreview]:
    """Every column of the file that has a heading or a value among the first rows."""
    texts = table.headings.texts
    width = max([len(texts), *(len(cells) for _number, cells in table.peeked)])
    texts = texts + [""] * (width - len(texts))
    position_of = {place: position for position, place in table.mapping.columns.items()}
    found = []
    for place, key in enumerate(headings.heading_keys(texts)):
        column = sheet.columns[position_of[place]] if place in position_of else None
        samples = _samples(table, place, is_open=column is not None and not column.is_personal)
        if texts[place] or samples:
            shown = texts[place].replace("|", " / ")
            preview = ColumnPreview(key, headings.letters(place), shown, samples=samples)
            if column is not None:
                preview.name, preview.title = column.name, column.title
            found.append(preview)
    return found


def _samples(table: Table, place: int, *, is_open: bool) -> list[str]:
    """The first values of a column as read."""
    values = [str(cells[place]) for _number, cells in table.peeked if place < len(cells) and cells[place] is not None]
    return [(value if is_open else masked(value))[:SAMPLE_LENGTH] for value in dict.fromkeys(values)][:SAMPLES]


def _cut_off(preview: Preview, table: Table, sheet: Sheet, year: int | None) -> None:
    written = table.preamble.as_of or preambles.as_of_in_name(preview.file)
    preview.unit = table.preamble.unit or preambles.unit_in_name(preview.file)
    if written is None:
        return
    days = [position for position, column in enumerate(sheet.columns) if isinstance(column, Day)]
    preview.as_of_text = written.text
    try:
        preview.as_of = written.on(year or tabs.year_of_data(table, days))
    except FileRefusedError:  # a day that no calendar has: the check says so, the sender may say another
        preview.as_of = None
