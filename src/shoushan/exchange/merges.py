"""Merged ranges of a tab, asked row by row."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_REFERENCE = re.compile(r"^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$")


class Merge(NamedTuple):
    """A merged range; rows count from 1, columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


def column_index(letters: str) -> int:
    """A -> 0, Z -> 25, AA -> 26."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def parse(reference: str) -> Merge | None:
    """A1:C3 as a range; None for anything else."""
    match = _REFERENCE.match(reference)
    if match is None:
        return None
    return Merge(int(match[2]), column_index(match[1]), int(match[4]), column_index(match[3]))


class Merges:
    """All merged ranges of one tab; rows are asked in ascending order."""

    def __init__(self, ranges: Iterable[Merge] = ()) -> None:
        self.ranges = sorted(ranges)
        self._next = 0
        self._active: list[Merge] = []

    def rewind(self) -> None:
        self._next, self._active = 0, []

    def covering(self, row: int) -> list[Merge]:
        """The ranges that reach into this row."""
        ranges = self.ranges
        while self._next < len(ranges) and ranges[self._next].top <= row:
            self._active.append(ranges[self._next])
            self._next += 1
        if self._active:
            self._active = [merge for merge in self._active if merge.bottom >= row]
        return self._active

    def covered(self, row: int, columns: Iterable[int]) -> set[int]:
        """Of `columns`, those that show nothing of their own in this row because a range above or beside covers them."""
        ranges = self.covering(row)
        if not ranges:
            return set()
        return {
            column
            for column in columns
            for merge in ranges
            if merge.left <= column <= merge.right and (row > merge.top or column > merge.left)
        }

    def spans(self, row: int) -> dict[int, int]:
        """Column -> first column of its range, for the ranges of this row that are wider than one column."""
        wide = [merge for merge in self.ranges if merge.top <= row <= merge.bottom and merge.right > merge.left]
        return {column: merge.left for merge in wide for column in range(merge.left, min(merge.right, 511) + 1)}
