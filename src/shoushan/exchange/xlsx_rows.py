"""The rows of a worksheet part: a quick path for what every office program writes, expat for everything else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from shoushan.exchange import files, number_formats, xml_parts
from shoushan.exchange.columns import Raw
from shoushan.exchange.files import SourceRow, Tab
from shoushan.exchange.limits import Limits
from shoushan.exchange.merges import column_index
from shoushan.exchange.shared_strings import SharedStrings

# Any "<" that is not part of a plain cell comes back as an item without column letters: then the row goes to expat.
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})\d{1,7}"(?: s="(\d+)")?(?: t="(\w+)")?'
    r"(?:/>|>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?"
    r'(?:<v>([^<]*)</v>|<v/>|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)?</c>)'
    r"|<(?!/row>)"
)
_ROW_NUMBER = re.compile(r'\br="(\d{1,7})"')
KEPT = 8192
MOST_PLACE = 16_383


class Numbers(dict[str, int | float]):
    """Number as written -> number, whole where it is whole and exact."""

    def __missing__(self, text: str) -> int | float:
        number: int | float
        try:
            number = int(text)
            if not -(10**15) < number < 10**15:
                number = float(text)
        except ValueError:
            number = float(text)
            if number.is_integer() and abs(number) < 1e15:
                number = int(number)
        if len(self) >= KEPT:
            self.clear()
        self[text] = number
        return number


class Moments(dict[str, date | datetime | str | float]):
    """Serial number as written -> date, moment or time of day."""

    def __init__(self, *, epoch_1904: bool) -> None:
        super().__init__()
        self._epoch_1904 = epoch_1904

    def __missing__(self, text: str) -> date | datetime | str | float:
        moment = number_formats.moment(float(text), epoch_1904=self._epoch_1904)
        if len(self) >= KEPT:
            self.clear()
        self[text] = moment
        return moment


class Places(dict[str, int]):
    """Column letters -> position."""

    def __missing__(self, letters: str) -> int:
        place = self[letters] = column_index(letters)
        return place


class RowReader:
    """Reads the rows of one worksheet part; each row is a list that ends with its last filled cell."""

    def __init__(
        self, tab: Tab, strings: SharedStrings, date_styles: frozenset[str], limits: Limits, *, epoch_1904: bool
    ) -> None:
        self._tab, self._strings, self._date_styles, self._limits = tab, strings, date_styles, limits
        self._numbers, self._moments, self._places = Numbers(), Moments(epoch_1904=epoch_1904), Places()
        self._number = 0

    def rows(self, pieces: Iterable[bytes]) -> Iterator[SourceRow]:
        """All rows that hold a value, with their numbers."""
        buffer, has_begun = "", False
        for text in xml_parts.decoded(pieces):
            buffer += text
            if not has_begun:
                begin = buffer.find("<sheetData")
                if begin < 0:
                    xml_parts.check_pending(buffer)
                    continue
                has_begun, buffer = True, buffer[begin + 10 :]
            end = buffer.find("</sheetData")
            cut = end if end >= 0 else buffer.rfind("<row")
            if cut > 0:
                yield from self._block(buffer[:cut])
                buffer = buffer[cut:]
            if end >= 0:
                return
            xml_parts.check_pending(buffer)
        if has_begun and not buffer.lstrip().startswith("/>"):  # <sheetData/> has no end of its own
            raise ValueError("the part ends inside its rows")

    def _block(self, block: str) -> Iterator[SourceRow]:
        for piece in block.split("<row")[1:]:
            attributes, _end, body = piece.partition(">")
            match = _ROW_NUMBER.search(attributes)
            self._number = int(match[1]) if match else self._number + 1
            if attributes.endswith("/") or ("<v" not in body and "<is" not in body):
                continue  # a ghost row: formats without a value
            cells = self._cells(body)
            if cells is None:
                cells = self._slow_cells(f"<row>{body}")
            if cells:
                if 'hidden="1"' in attributes or 'hidden="true"' in attributes:
                    self._tab.hidden_rows += 1
                if len(cells) > self._limits.columns:
                    raise files.too_many_columns(self._limits)
                yield self._number, cells

    def _cells(self, body: str) -> list[Raw] | None:
        """The cells of a row in plain form; None when anything in it is not plain."""
        row: list[Raw] = []
        strings, numbers, places, date_styles = self._strings, self._numbers, self._places, self._date_styles
        filled = 0
        raw: Raw
        for letters, style, kind, value, inline in _CELL.findall(body):
            if value and kind == "s":
                raw = strings[value]
            elif value and (not kind or kind == "n"):
                raw = self._moments[value] if style in date_styles else numbers[value]
            elif inline:
                raw = xml_parts.unescape(inline) if "&" in inline or "_x" in inline else inline
            elif value:
                raw = _other(kind, value, "")
            elif letters:
                continue
            else:
                return None
            place = places[letters]
            if raw == "":
                continue
            if place == filled:
                row.append(raw)
                filled += 1
            else:
                filled = self._put(row, place, raw)
        return row

    def _put(self, row: list[Raw], place: int, raw: Raw) -> int:
        """Set a cell that does not follow the one before; answers the new length."""
        if place > MOST_PLACE:
            raise files.too_many_columns(self._limits)
        row.extend([None] * (place + 1 - len(row)))
        row[place] = raw
        return len(row)

    def _slow_cells(self, fragment: str) -> list[Raw]:
        """A row through expat: unusual order of attributes, missing references, rich text, comments, CDATA."""
        row: list[Raw] = []
        cell: dict[str, str] = {}
        open_names: list[str] = []
        pieces: dict[str, list[str]] = {"v": [], "t": []}

        def start(name: str, attributes: dict[str, str]) -> None:
            open_names.append(name)
            if name == "c":
                cell.clear()
                cell.update(attributes)
                pieces["v"], pieces["t"] = [], []

        def end(name: str) -> None:
            open_names.pop()
            if name == "c":
                self._put_cell(row, cell, "".join(pieces["v"]), "".join(pieces["t"]))

        def text(data: str) -> None:
            if open_names[-1] in pieces and "rPh" not in open_names:
                pieces[open_names[-1]].append(data)

        xml_parts.parse([fragment.encode("utf-8", "replace")], start, end, text)
        while row and row[-1] is None:
            row.pop()
        return row

    def _put_cell(self, row: list[Raw], cell: dict[str, str], value: str, inline: str) -> None:
        letters = cell.get("r", "").rstrip("0123456789")
        kind = cell.get("t", "n")
        raw: Raw = None
        if kind == "s" and value:
            raw = self._strings[value.strip()]
        elif kind == "n" and value:
            raw = self._moments[value] if cell.get("s", "") in self._date_styles else self._numbers[value]
        elif value or inline:
            raw = _other(kind, value, inline)
        self._put(row, self._places[letters] if letters else len(row), None if raw == "" else raw)


def _other(kind: str, value: str, inline: str) -> Raw:
    """The rarer kinds of cells: truth values, ISO dates, inline text, a formula's text, an error such as #REF!."""
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    if kind == "d":
        return number_formats.iso_moment(value)
    text = value or inline
    return xml_parts.unescape(text) if "&" in text or "_x" in text else text
