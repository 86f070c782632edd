"""How far a step is, kept in a small file beside the upload.

The database can't tell it: the commit of a file is one transaction, and on SQLite no one else may write meanwhile. The
file is also the step's sign of life: it is renewed while the process lives, whatever that process is busy with.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple, Self

RENEWED_EVERY: Final = timedelta(seconds=1)
WRITTEN_EVERY: Final = timedelta(milliseconds=200)


class Standing(NamedTuple):
    """Rows done, the likely total (0 when unknown), and when the process was last alive."""

    done: int
    total: int
    at: datetime


class ProgressFile:
    """Keeps one step's standing in a file from `with` to its end, then takes the file away."""

    def __init__(self, path: Path, *, clock: Callable[[], datetime]) -> None:
        self.path, self._clock = path, clock
        self._spare = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}")
        self._standing = Standing(0, 0, clock())
        self._lock, self._stop = threading.Lock(), threading.Event()
        self._heart = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> Self:
        self._write(0, 0)
        self._heart.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._heart.join()
        with suppress(OSError):
            self.path.unlink(missing_ok=True)

    def __call__(self, done: int, total: int) -> None:
        """Note how far the step is; the first news and one now and then are written."""
        is_first = not self._standing.done
        if is_first or self._clock() - self._standing.at >= WRITTEN_EVERY:
            self._write(done, total)
        else:
            self._standing = self._standing._replace(done=done, total=total)

    def _beat(self) -> None:
        while not self._stop.wait(RENEWED_EVERY.total_seconds()):
            self._write(self._standing.done, self._standing.total)

    def _write(self, done: int, total: int) -> None:
        """Replace the file whole, so that no reader meets half of it. A full disk must not stop the step."""
        with self._lock, suppress(OSError):
            self._standing = Standing(done, total, self._clock())
            content = {"done": done, "total": total, "at": self._standing.at.isoformat()}
            self._spare.write_text(json.dumps(content))
            self._spare.replace(self.path)


def read(path: Path) -> Standing | None:
    """The standing that a step left in its file; None when there is none or it can't be read."""
    try:
        content = json.loads(path.read_text())
        return Standing(int(content["done"]), int(content["total"]), datetime.fromisoformat(content["at"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
