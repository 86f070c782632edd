"""A first look at a file for the wizard: what it is, which table it seems to be, how its columns fit."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from shoushan.exchange import files, preambles, tabs
from shoushan.exchange.columns import Day
from shoushan.exchange.declarations import Sheet
from shoushan.exchange.layout import Table, find_table
from shoushan.exchange.limits import DEFAULT_LIMITS, Limits
from shoushan.exchange.totals import ControlRow


@dataclass(slots=True)
class TabPreview:
    """One tab: its heading rows and which heading became which field; empty where no table was recognised."""

    name: str
    is_hidden: bool = False
    sheet: str = ""
    heading_rows: tuple[int, ...] = ()
    columns: list[tuple[str, str]] = field(default_factory=list)
    """(heading in the file, title of the column)."""
    unknown: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    """Texts of the widest row, where no table was recognised."""
    control_totals: dict[str, str] = field(default_factory=dict)
    first_rows: list[list[str]] = field(default_factory=list)


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
    year: int | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Preview:
    """Look at a file without judging its rows; raises FileRefusedError as an import would for the file as such."""
    with files.open_book(path, name=name, limits=limits) as book:
        preview = Preview(book.name, book.kind)
        chooser = tabs.Chooser(sheet)
        for tab in book.tabs:
            if tab.name in tabs.OUR_OWN:
                continue
            if tab.is_hidden:
                preview.tabs.append(TabPreview(tab.name, is_hidden=True))
                continue
            table = find_table(book, tab, chooser)
            if not isinstance(table, Table):
                preview.tabs.append(TabPreview(tab.name, found=table[:30]))
                continue
            found = chooser.sheet_of(table)
            preview.tabs.append(_tab(table, found))
            if not preview.sheet:
                preview.sheet = found.code
                _cut_off(preview, table, found, year)
        return preview


def _tab(table: Table, sheet: Sheet) -> TabPreview:
    mapping, texts = table.mapping, table.headings.texts
    preview = TabPreview(
        table.tab.name,
        sheet=sheet.code,
        heading_rows=table.headings.rows,
        columns=[(texts[place], sheet.columns[position].title) for position, place in mapping.columns.items()],
        unknown=list(mapping.unknown),
        missing=[column.title for column in mapping.missing],
        doubled=[column.title for column, _first, _second in mapping.doubled],
        first_rows=_shown(table, sheet),
    )
    for item in table.records():
        if isinstance(item, ControlRow):
            preview.control_totals.update(
                {sheet.columns[position].title: str(stated) for position, stated in item.stated.items()}
            )
    return preview


def _shown(table: Table, sheet: Sheet) -> list[list[str]]:
    """The first rows as read, personal columns left out."""
    places = [(place, sheet.columns[position].is_personal) for position, place in sorted(table.mapping.columns.items())]
    return [
        [
            "***" if is_personal else str(cells[place]) if place < len(cells) and cells[place] is not None else ""
            for place, is_personal in places
        ]
        for _number, cells in table.peeked[:5]
    ]


def _cut_off(preview: Preview, table: Table, sheet: Sheet, year: int | None) -> None:
    written = table.preamble.as_of or preambles.as_of_in_name(preview.file)
    preview.unit = table.preamble.unit or preambles.unit_in_name(preview.file)
    if written is not None:
        days = [position for position, column in enumerate(sheet.columns) if isinstance(column, Day)]
        preview.as_of = written.on(year or tabs.year_of_data(table, days))
        preview.as_of_text = written.text
