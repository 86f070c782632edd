"""Finding the table on a tab of an official layout: what stands above, the headings, the records, what stands below."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as Chosen
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain, islice

from shoushan.exchange import headings as headings_of
from shoushan.exchange.columns import Column, Raw, plain_number
from shoushan.exchange.files import Book, SourceRow, Tab
from shoushan.exchange.headings import Mapping
from shoushan.exchange.merges import Merges
from shoushan.exchange.preambles import read_preamble
from shoushan.exchange.totals import ControlRow, label_level
from shoushan.lib import numbers

LOOKED_AT = 60
"""A heading row is looked for among this many filled rows."""
_SIGNATURES = (
    "审核人", "审核:", "审批人", "负责人:", "负责人(", "单位负责人", "主要负责人", "分管领导", "填表人", "填报人", "制表人", "制表:", "经办人",
    "联系人:", "联系电话:", "填表说明", "填报说明", "说明:", "备注:", "注:", "注1", "(盖章)", "单位(盖章", "签字:", "填报单位",
)  # fmt: skip
_LABEL_MARK = re.compile("[(:\uff08\uff1a]")
"""A bracket or a colon, of either width: what a label such as 审核人: holds and a value seldom does."""
ChooseColumns = Callable[[Sequence[str]], Sequence[Column] | None]


@dataclass(slots=True)
class HeadingRows:
    """Where the headings stand and what they say; `rows` are one or two row numbers."""

    rows: tuple[int, ...]
    texts: list[str]
    mapping: Mapping
    cells: list[SourceRow]
    """As they stand in the file."""


@dataclass(slots=True)
class Footer:
    """Lines that are neither record nor total: signatures and notes."""

    lines: list[int] = field(default_factory=list)


class Table:
    """The table of one tab: its headings, the lines above, and a stream of what is below."""

    def __init__(
        self,
        tab: Tab,
        columns: Sequence[Column],
        headings: HeadingRows,
        above: list[SourceRow],
        peeked: list[SourceRow],
        rest: Iterator[SourceRow],
        merges: Merges,
        chosen: Chosen[str, str] | None = None,
    ) -> None:
        self.tab, self.columns, self.headings, self.above, self.merges = tab, columns, headings, above, merges
        self.chosen = chosen or {}
        self.preamble = read_preamble(cells for _number, cells in above)
        self.peeked, self._rest = peeked, rest
        self.footer = Footer()
        self.repeated_headings: list[int] = []
        self.remapped: Mapping | None = None
        self._summed = [index for index, column in enumerate(columns) if column.control_total]
        self._follow(headings.mapping)

    def _follow(self, mapping: Mapping) -> None:
        self.mapping = mapping
        self._places = sorted(mapping.columns.values())
        self._known = headings_of.dictionary(self.columns)
        required = [
            mapping.columns[i] for i, column in enumerate(self.columns) if column.required and i in mapping.columns
        ]
        self._telling = required or self._places[:1]

    def records(self) -> Iterator[SourceRow | ControlRow | Mapping]:
        """Data rows as (number, cells); totals rows as ControlRow; a changed order of columns as Mapping."""
        is_behind_total = False
        skip = -1
        for number, cells in chain(self.peeked, self._rest):
            first = cells[0]
            if type(first) is int and len(cells) > 2:  # a running number: a record, whatever else
                yield number, cells
                continue
            if number == skip:
                continue
            kind = self._kind(number, cells, is_behind_total=is_behind_total)
            if kind == "record":
                yield number, cells
            elif kind == "total":
                is_behind_total = True
                yield self._control(number, cells)
            elif kind == "heading":
                self.repeated_headings.append(number)
                if self.remapped is not None:
                    self._follow(self.remapped)
                    yield self.remapped
                    self.remapped = None
            else:
                is_behind_total = is_behind_total or kind == "footer"
                self.footer.lines.append(number)

    def _kind(self, number: int, cells: list[Raw], *, is_behind_total: bool) -> str:
        """record, total, heading, footer or part (of a repeated heading)."""
        filled = [cell for cell in cells if cell is not None]
        texts = [cell for cell in filled if type(cell) is str]
        if not texts:
            return "record"
        if any(label_level(text) for text in texts[:2]):
            return "total"
        head = unicodedata.normalize("NFKC", "".join(texts[0].split()))
        is_sparse = not any(place < len(cells) and cells[place] is not None for place in self._telling[1:])
        is_sparse = is_sparse or len(filled) <= 1 or all(_LABEL_MARK.search(text) for text in texts)
        if is_sparse and head.startswith(_SIGNATURES):
            return "footer"
        if self._is_heading(cells, texts):
            return "heading"
        if len(filled) == 1 and (is_behind_total or self._spans_table(number)):
            return "footer"
        return "record"

    def _spans_table(self, number: int) -> bool:
        """A line merged over the table: a title of a second block or a note."""
        spans = self.merges.spans(number)
        return bool(self._places) and len(self._places) > 1 and all(place in spans for place in self._places[:2])

    def _is_heading(self, cells: list[Raw], texts: list[str]) -> bool:
        """A repeated heading row: at least half of its texts are headings; one in another order is followed."""
        hits = sum(
            any(form in self._known for form in headings_of.candidates(text))
            or bool(self.chosen.get(headings_of.normal(text)))
            for text in texts
        )
        ignored = sum(headings_of.normal(text) in headings_of.IGNORED for text in texts)
        if hits + ignored < 2 or (hits + ignored) * 2 < len(texts):
            return False
        headings = [headings_of.heading_text(cell) for cell in cells]
        mapping = headings_of.map_headings(headings, self.columns, self.chosen)
        agreed = all(self.mapping.columns.get(position) == place for position, place in mapping.columns.items())
        if not agreed and not mapping.missing and not mapping.doubled:
            self.remapped = mapping
        return True

    def _control(self, number: int, cells: list[Raw]) -> ControlRow:
        """What a totals row states, as far as it states numbers."""
        level = max(label_level(cell) for cell in cells if type(cell) is str)
        stated: dict[int, Decimal] = {}
        for position in self._summed:
            place = self.mapping.columns.get(position)
            cell = cells[place] if place is not None and place < len(cells) else None
            column = self.mapping.read_as.get(position, self.columns[position])
            value = None if cell is None else numbers.read_decimal(cell, 6, unit=column.unit).value
            if value is not None:
                stated[position] = column.stored(Decimal(str(plain_number(Decimal(value)))))
        return ControlRow(number, level, stated)


def find_table(
    book: Book, tab: Tab, choose: ChooseColumns, chosen: Chosen[str, str] | None = None
) -> Table | list[str]:
    """The table of a tab, or the texts of its widest row when none of its rows is a heading row.

    `choose` gives the columns to look for, from the headings of a row or pair of rows; `chosen` is what the sender said
    of single headings (`headings.map_headings`).
    """
    rows = book.rows(tab)
    peeked = list(islice(rows, LOOKED_AT))
    if not peeked:
        return []
    merges = book.merges(tab)
    best = _best_headings(peeked, merges, choose, chosen)
    if best is None:
        widest = max((cells for _number, cells in peeked), key=lambda cells: sum(type(cell) is str for cell in cells))
        return [headings_of.heading_text(cell) for cell in widest if cell is not None]
    index, found, columns = best
    return Table(tab, columns, found, peeked[:index], peeked[index + len(found.rows) :], rows, merges, chosen)


def _best_headings(
    peeked: list[SourceRow], merges: Merges, choose: ChooseColumns, chosen: Chosen[str, str] | None
) -> tuple[int, HeadingRows, Sequence[Column]] | None:
    """The first heading rows that have all required columns, or else those that have the most.

    A pair may begin one row too high, with a title: of two that overlap the better one counts, at a tie the single row.
    """
    best: tuple[int, HeadingRows, Sequence[Column]] | None = None
    for index in range(len(peeked)):
        if best is not None and not best[1].mapping.missing and index > best[0] + 1:
            break
        for texts in _readings_of(peeked, index, merges):
            columns = choose(texts)
            mapping = Mapping() if columns is None else headings_of.map_headings(texts, columns, chosen)
            if columns is None or mapping.score < min(2, len(columns)):
                continue
            cells = peeked[index : index + (2 if isinstance(texts, Pair) else 1)]
            found = HeadingRows(tuple(number for number, _cells in cells), texts, mapping, cells)
            if best is None or _rank(found) > _rank(best[1]) or _is_tighter(found, best[1]):
                best = (index, found, columns)
    return best


def _rank(headings: HeadingRows) -> tuple[int, int]:
    mapping = headings.mapping
    return -len(mapping.missing), mapping.score * 2 - len(mapping.unknown) // 4 - len(mapping.doubled)


def _is_tighter(headings: HeadingRows, known: HeadingRows) -> bool:
    """As good as what is known, in one of its two rows."""
    return (
        _rank(headings) == _rank(known)
        and len(headings.rows) < len(known.rows)
        and set(headings.rows) <= set(known.rows)
    )


class Pair(list[str]):
    """Headings of two levels."""


def _readings_of(peeked: list[SourceRow], index: int, merges: Merges) -> Iterator[list[str]]:
    """A row as headings, alone and together with the next one."""
    number, cells = peeked[index]
    texts = sum(type(cell) is str for cell in cells)
    if texts >= 2:
        yield [headings_of.heading_text(cell) for cell in cells]
    if index + 1 < len(peeked) and peeked[index + 1][0] == number + 1 and texts >= 1:
        below = peeked[index + 1][1]
        if all(type(cell) is str or cell is None for cell in below):
            yield Pair(headings_of.joined(cells, below, merges.spans(number)))
