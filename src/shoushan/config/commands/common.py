"""What several commands share: days as arguments, JSON out, progress on stderr."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from typing import Any


class CommandRefused(Exception):  # noqa: N818 - it is not a defect but an answer
    """The command can't do what is asked; the sentence goes to stderr."""

    def __init__(self, sentence: str, exit_code: int = 1) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code


def day(text: str) -> date:
    """A day in ISO form."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"日期 {text!r} 应写成 2020-03-23") from None


def print_json(content: Any) -> None:
    """Readable JSON with Chinese as it is."""
    print(json.dumps(content, ensure_ascii=False, indent=1))


class Progress:
    """A line on stderr that grows with the work; silent where nobody watches."""

    def __init__(self, title: str, *, is_shown: bool | None = None) -> None:
        self.title = title
        self.is_shown = sys.stderr.isatty() if is_shown is None else is_shown
        self._last = -1

    def __call__(self, done: int, total: int) -> None:
        """Show how far the work is."""
        percent = 100 if total <= 0 else min(100, done * 100 // total)
        if self.is_shown and percent != self._last:
            self._last = percent
            filled = percent // 5
            print(
                f"\r{self.title} [{'█' * filled}{'·' * (20 - filled)}] {percent:3d}%",
                end="",
                file=sys.stderr,
                flush=True,
            )

    def end(self) -> None:
        """Leave the line."""
        if self.is_shown and self._last >= 0:
            print(file=sys.stderr)
