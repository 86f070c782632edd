"""Reading the cells of a chunk of rows, column by column, so that a value seen before costs one look-up."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from typing import Any

from shoushan.exchange import messages
from shoushan.exchange.columns import Circumstances, Column, Raw, Reader
from shoushan.exchange.declarations import Problem, Row
from shoushan.exchange.headings import Mapping
from shoushan.exchange.merges import Merges
from shoushan.lib import texts
from shoushan.lib.readings import Reading
from shoushan.lib.safe_cells import restored

KEPT = 4096


class Memo(dict[Raw, Any]):
    """Raw cell -> value, or the Reading itself when it has a code."""

    def __init__(self, read: Reader) -> None:
        super().__init__()
        self._read = read
        self.has_findings = False

    def __missing__(self, raw: Raw) -> Any:
        if raw is None or raw == "":
            outcome: Any = None
        else:
            reading = self._read(restored(raw) if type(raw) is str else raw)
            outcome = reading if reading.code else reading.value
            self.has_findings = self.has_findings or bool(reading.code)
        if len(self) >= KEPT:
            self.clear()
        self[raw] = outcome
        return outcome


class ColumnCells:
    """One column of a tab on its way from raw cells to values."""

    def __init__(self, position: int, column: Column, place: int | None, about: Circumstances) -> None:
        self.position, self.column, self.place = position, column, place
        self._memo = Memo(column.reader(about))
        self.above: Any = None

    def read(self, raws: Sequence[Raw]) -> list[Any]:
        """Values, None, or a Reading with a code, one per raw cell."""
        if self.column.is_ditto_allowed:
            return [self._with_ditto(raw) for raw in raws]
        return list(map(self._memo.__getitem__, raws))

    def _with_ditto(self, raw: Raw) -> Any:
        if texts.is_ditto(raw):
            return messages.refusal("ditto_without_above", raw) if self.above is None else self.above
        value = self._memo[raw]
        if value is None:
            return self.above
        self.above = value
        return value

    @property
    def may_hold_findings(self) -> bool:
        return self._memo.has_findings or self.column.is_ditto_allowed


class Outcome:
    """A chunk after reading: rows with their values, and per row what was found."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.errors: dict[int, list[Problem]] = {}
        """Index in `rows` -> errors; such a row is rejected."""


class CellReader:
    """Reads the chunks of one tab."""

    def __init__(
        self, columns: Sequence[Column], mapping: Mapping, about: Circumstances, *, tab: str, merges: Merges
    ) -> None:
        self._declared, self._about = columns, about
        self._columns: list[ColumnCells] = []
        self.tab, self._merges = tab, merges
        self.remap(mapping)

    def remap(self, mapping: Mapping) -> None:
        """Follow a heading row: where the columns stand, in which units."""
        before = self._columns
        self._columns = [
            ColumnCells(position, mapping.read_as.get(position, column), mapping.columns.get(position), self._about)
            for position, column in enumerate(self._declared)
        ]
        for old, new in zip(before, self._columns, strict=False):
            new.above = old.above
        self._width = 1 + max(mapping.columns.values(), default=0)
        self._watched = {
            place: self._columns[position]
            for position, place in mapping.columns.items()
            if not self._columns[position].column.is_ditto_allowed
        }

    def read(self, numbers: Sequence[int], raws: Sequence[list[Raw]]) -> Outcome:
        """Read a chunk; the lists of `raws` are lengthened in place to the width of the table."""
        width = self._width
        for row in raws:
            if len(row) < width:
                row.extend(repeat(None, width - len(row)))
        by_place = list(zip(*raws, strict=False))
        outcome = Outcome()
        warnings: dict[int, list[Problem]] = {}
        read_columns = [
            self._read_column(column, by_place, numbers, outcome.errors, warnings) for column in self._columns
        ]
        tab = self.tab
        outcome.rows = [
            Row(number, list(values), warnings.get(index) or [], tab)
            for index, (number, values) in enumerate(zip(numbers, zip(*read_columns, strict=True), strict=True))
        ]
        if self._merges.ranges:
            self._refuse_covered(numbers, outcome.errors)
        return outcome

    def _read_column(
        self,
        column: ColumnCells,
        by_place: Sequence[Sequence[Raw]],
        numbers: Sequence[int],
        errors: dict[int, list[Problem]],
        warnings: dict[int, list[Problem]],
    ) -> Sequence[Any]:
        if column.place is None:
            return [None] * len(numbers)
        values = column.read(by_place[column.place])
        if column.may_hold_findings:
            for index, value in enumerate(values):
                if value.__class__ is Reading:
                    problem = self._problem(numbers[index], column.column, value)
                    (warnings if value.is_warning else errors).setdefault(index, []).append(problem)
                    values[index] = value.value
        if column.column.required and not column.column.may_be_blank and None in values:
            title = column.column.title
            for index, value in enumerate(values):
                if value is None and not _has(errors, index, title):
                    problem = self._problem(numbers[index], column.column, Reading(None, "missing"))
                    errors.setdefault(index, []).append(problem)
        return values

    def _problem(self, number: int, column: Column, reading: Reading) -> Problem:
        if column.is_personal:
            reading = reading._replace(read=masked(reading.read), suggestion="")
        return Problem(
            number,
            column.title,
            reading.read,
            str(reading.code),
            messages.sentence(reading, column.title),
            "warning" if reading.is_warning else "error",
            reading.suggestion,
            self.tab,
        )

    def _refuse_covered(self, numbers: Sequence[int], errors: dict[int, list[Problem]]) -> None:
        """A cell that a merged range covers shows a value that may belong to another row or column."""
        for index, number in enumerate(numbers):
            for place in sorted(self._merges.covered(number, self._watched)):
                column = self._watched[place].column
                problem = self._problem(number, column, Reading(None, "merged_cell"))
                kept = [known for known in errors.get(index, []) if known.column != column.title]
                errors[index] = [*kept, problem]


def _has(errors: dict[int, list[Problem]], index: int, title: str) -> bool:
    return any(problem.column == title for problem in errors.get(index, ()))


def masked(text: str) -> str:
    """Personal data in a message: the first three and the last two characters stay."""
    return text if len(text) <= 5 else text[:3] + "*" * (len(text) - 5) + text[-2:]
