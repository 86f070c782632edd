"""The list of rejected rows, kept on disk when it grows long, in the order of reading."""

from __future__ import annotations

import json
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import NamedTuple

SPOOL_BYTES = 1024 * 1024


class Rejection(NamedTuple):
    """One row to hand back: the tab, its number there, and what is wrong in one text."""

    tab: str
    row: int
    text: str


class RejectionLog:
    """Written once while importing, read again by the error book."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=SPOOL_BYTES, mode="w+b")  # noqa: SIM115 - lives as long as the log
        self.count = 0

    def add(self, rejection: Rejection) -> None:
        """Append the next rejected row."""
        self._file.write(json.dumps(rejection, ensure_ascii=False).encode() + b"\n")
        self.count += 1

    def __iter__(self) -> Iterator[Rejection]:
        self._file.seek(0)
        for line in self._file:
            yield Rejection(*json.loads(line))
        self._file.seek(0, 2)

    def __len__(self) -> int:
        return self.count
