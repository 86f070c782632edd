"""The table of a page, read back from its markup: the file that a reader takes along says what the page says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from typing import Final, NamedTuple

VOID: Final = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
UNREAD: Final = frozenset({"button", "form", "option", "script", "select", "style", "svg", "template", "textarea"})
"""Controls that a cell holds besides its words."""
FILES: Final = frozenset({"pages", "list-files"})
"""What stands below a list that can be taken along."""
NUMBER: Final = re.compile(r"[-−]?\d{1,3}(?:,?\d{3})*(?:\.\d+)?")
DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


class Percentage(NamedTuple):
    """A number of hundredths."""

    value: Decimal


Value = str | Decimal | Percentage | date


@dataclass(slots=True)
class Cell:
    """One cell with the room that it takes."""

    value: Value
    is_heading: bool = False
    columns: int = 1
    rows: int = 1


@dataclass(slots=True)
class Table:
    """A table as headings of one level and rows of values."""

    headings: list[str] = field(default_factory=list)
    rows: list[list[Value]] = field(default_factory=list)

    def without(self, places: set[int]) -> Table:
        """The table without the columns at these places, counted from 1."""
        kept = [place for place in range(len(self.headings)) if place + 1 not in places]
        rows = [[row[place] for place in kept if place < len(row)] for row in self.rows]
        return Table([self.headings[place] for place in kept], rows)


@dataclass(slots=True)
class Found:
    """What a page holds: its heading and its list."""

    title: str
    table: Table | None


def read(markup: str) -> Found:
    """The list of a page: the table above the links to its pages or files, without such links the first one in the text."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    chosen = reader.chosen or (reader.tables[0] if reader.tables else None)
    return Found(" ".join(reader.title.split()), _flat(*chosen) if chosen else None)


Rows = list[list[Cell]]


class _Reader(HTMLParser):
    """Follows the tags of a page as far as its tables; every tag of ours is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []  # tag, and whether what it holds is left out
        self.title = ""
        self.tables: list[tuple[Rows, Rows]] = []
        self.chosen: tuple[Rows, Rows] | None = None
        self.cell: Cell | None = None
        self.words: list[str] = []
        self.data: list[Value] = []
        self.is_numeric = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        classes = (given.get("class") or "").split()
        if FILES & set(classes) and self.tables and self.chosen is None:
            self.chosen = self.tables[-1]
        if tag in VOID:
            if tag == "br":
                self.words.append(" ")
            return
        is_control = tag in UNREAD and self.cell is not None  # a form may also hold the whole table
        is_left_out = is_control or "hidden" in given or given.get("aria-hidden") == "true" or "no-file" in classes
        self.open.append((tag, is_left_out))
        if tag == "table" and self._is_within("main"):
            self.tables.append(([], []))
        elif tag == "tr" and self._is_within("table") and self.tables:
            self._part().append([])
        elif tag in {"td", "th"} and self.tables and self._part():
            self._begin(given, classes, is_heading=tag == "th")
        elif tag == "data" and self.cell is not None:
            number = Decimal(given.get("value") or "0")
            self.data.append(Percentage(number) if given.get("data-unit") == "%" else number)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass
        if tag in {"td", "th"} and self.cell is not None:
            self._end()
        elif tag in {"div", "li", "p", "small"} and self.cell is not None:
            self.words.append(" ")

    def handle_data(self, data: str) -> None:
        if any(is_left_out for _tag, is_left_out in self.open):
            return
        if self.cell is not None:
            if not self._is_within("data"):
                self.words.append(data)
        elif self._is_within("h1") and self._is_within("main"):
            self.title += data

    def _is_within(self, tag: str) -> bool:
        return any(each == tag for each, _left_out in self.open)

    def _part(self) -> Rows:
        head, body = self.tables[-1]
        return head if self._is_within("thead") else body

    def _begin(self, given: dict[str, str | None], classes: list[str], *, is_heading: bool) -> None:
        columns, rows = (int(given.get(name) or 1) for name in ("colspan", "rowspan"))
        self.cell = Cell("", is_heading, columns, rows)
        self.words, self.data, self.is_numeric = [], [], "numeric" in classes

    def _end(self) -> None:
        cell = self.cell
        text = " ".join("".join(self.words).split())
        if cell is not None:
            cell.value = _value(text, self.data, is_numeric=self.is_numeric)
            self._part()[-1].append(cell)
        self.cell = None


def _value(text: str, data: list[Value], *, is_numeric: bool) -> Value:
    """What a cell says: one number that a program wrote, a day, or its words."""
    if len(data) == 1 and (not text or is_numeric):
        return data[0]
    if data:
        written = " ".join(str(each.value if isinstance(each, Percentage) else each) for each in data)
        return f"{written} {text}".strip()
    if is_numeric and NUMBER.fullmatch(text):
        return Decimal(text.replace(",", "").replace("−", "-"))
    if DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return "" if text == "—" else text


def _flat(head: Rows, body: Rows) -> Table:
    """Headings of several levels in one, cells that span several columns once."""
    if not head and body and all(cell.is_heading for cell in body[0]):
        head, body = body[:1], body[1:]
    grid = _grid(head)
    width = max((len(row) for row in grid), default=0)
    headings = []
    for place in range(width):
        levels = [row[place] for row in grid if place < len(row) and row[place]]
        headings.append(":".join(dict.fromkeys(levels)))
    nameless = {place for place, heading in enumerate(headings, start=1) if not heading}
    return Table(headings, [_spread(row) for row in body]).without(nameless)


def _grid(head: Rows) -> list[list[str]]:
    """The headings with every span filled."""
    grid: list[dict[int, str]] = [{} for _row in head]
    for number, row in enumerate(head):
        place = 0
        for cell in row:
            while place in grid[number]:
                place += 1
            for below in range(number, min(number + cell.rows, len(grid))):
                grid[below] |= {place + offset: str(cell.value) for offset in range(cell.columns)}
            place += cell.columns
    return [[row.get(place, "") for place in range(max(row, default=-1) + 1)] for row in grid]


def _spread(row: list[Cell]) -> list[Value]:
    values: list[Value] = []
    for cell in row:
        values += [cell.value, *[""] * (cell.columns - 1)]
    return values
