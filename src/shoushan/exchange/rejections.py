"""The list of rejected rows, kept on disk when it grows long, in the order of reading."""

from __future__ import annotations

import json
from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import IO, NamedTuple
from weakref import finalize

SPOOL_BYTES = 1024 * 1024


class Rejection(NamedTuple):
    """One row to hand back: the tab, its number there, and what is wrong in one text."""

    tab: str
    row: int
    text: str


class RejectionLog:
    """Written once while importing, read again by the error book."""

    def __init__(self) -> None:
        self._lines: list[bytes] = []
        self._bytes = 0
        self._file: IO[bytes] | None = None
        self.count = 0

    def add(self, rejection: Rejection) -> None:
        """Append the next rejected row."""
        line = json.dumps(rejection, ensure_ascii=False).encode() + b"\n"
        self._lines.append(line)
        self._bytes += len(line)
        self.count += 1
        if self._bytes > SPOOL_BYTES:
            self._spool()

    def _spool(self) -> None:
        if self._file is None:
            self._file = TemporaryFile()  # noqa: SIM115 - lives as long as the log
            finalize(self, self._file.close)
        self._file.seek(0, 2)
        self._file.writelines(self._lines)
        self._lines, self._bytes = [], 0

    def __iter__(self) -> Iterator[Rejection]:
        if self._file is not None:
            self._file.seek(0)
            for line in self._file:
                yield Rejection(*json.loads(line))
        for line in self._lines:
            yield Rejection(*json.loads(line))

    def __len__(self) -> int:
        return self.count
