"""Workbooks of the old kind (.xls), read by a program of its own; see `xls_child`."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, time
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import Any, Self

from shoushan.exchange import files, xls_child
from shoushan.exchange.columns import Raw
from shoushan.exchange.files import SourceRow, Tab
from shoushan.exchange.limits import Limits
from shoushan.exchange.merges import Merge, Merges

SECONDS = 180


class XlsBook:
    """One .xls file, unpacked into a temporary file of rows; memory is that of one row."""

    kind = "xls"
    epoch_1904 = False
    """The reader turns dates into moments itself, in either system."""

    def __init__(self, path: Path, name: str, limits: Limits) -> None:
        self.name, self.limits = name, limits
        self._fraction = 0.0
        self._lines = TemporaryFile()  # noqa: SIM115 - closed by close()
        try:
            self._unpack(path)
            self.tabs = self._read_tabs()
        except BaseException:
            self.close()
            raise

    def _unpack(self, path: Path) -> None:
        """Let the other program read the file; whatever ends it, only this file is refused."""
        reader = find_spec("python_calamine")
        home = str(Path(reader.origin).parent.parent) if reader and reader.origin else ""
        command = [sys.executable, "-I", xls_child.__file__, str(path.resolve()), home]
        try:
            done = subprocess.run(  # noqa: S603 - our own program, a path of our own
                command, stdout=self._lines, stderr=subprocess.DEVNULL, timeout=SECONDS, check=False
            )
        except (subprocess.TimeoutExpired, OSError) as error:
            raise files.broken() from error
        if done.returncode == xls_child.ENCRYPTED:
            raise files.encrypted()
        if done.returncode != 0:
            raise files.broken()

    def _read_tabs(self) -> list[Tab]:
        self._size = max(1, self._lines.seek(0, 2))
        self._lines.seek(0)
        tabs = json.loads(self._lines.readline())
        self._starts: dict[int, int] = {}
        self._merges: dict[int, list[Any]] = {}
        while line := self._lines.readline():
            if line.startswith(b"{"):
                head = json.loads(line)
                self._starts[head["tab"]] = self._lines.tell()
                self._merges[head["tab"]] = head["merges"]
        return [Tab(name, index, is_hidden=is_hidden) for index, (name, is_hidden) in enumerate(tabs)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._lines.close()

    def fraction(self) -> float:
        return self._fraction

    def rows(self, tab: Tab) -> Iterator[SourceRow]:
        at = self._starts[tab.index]
        while True:
            self._lines.seek(at)
            line = self._lines.readline()
            at = self._lines.tell()
            if not line or line.startswith(b"{"):
                return
            self._fraction = at / self._size
            number, cells = json.loads(line)
            if len(cells) > self.limits.columns:
                raise files.too_many_columns(self.limits)
            yield number, [moment(cell[0]) if type(cell) is list else cell for cell in cells]

    def merges(self, tab: Tab) -> Merges:
        ranges = self._merges[tab.index]
        return Merges(Merge(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in ranges)


def moment(text: str) -> Raw:
    """A date, with its time when it has one."""
    found = datetime.fromisoformat(text)
    return found.date() if found.time() == time.min else found
