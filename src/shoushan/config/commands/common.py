"""What several commands share: days as arguments, JSON out, progress on stderr."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from typing import Any, Final

AREA_DIGITS: Final = 12
LAST_PORT: Final = 65_535
_REASONS: Final[dict[type[OSError], str]] = {
    FileNotFoundError: "没有这个文件或目录",
    IsADirectoryError: "这是目录，不是文件",
    NotADirectoryError: "路径中有一段不是目录",
    PermissionError: "没有读写权限",
}


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


def area(text: str) -> str:
    """An area code or its beginning."""
    if not (text.isascii() and text.isdecimal() and len(text) <= AREA_DIGITS):
        raise argparse.ArgumentTypeError(f"区划代码 {text!r} 应为不超过 {AREA_DIGITS} 位的数字")
    return text


def port(text: str) -> int:
    """A port of this machine."""
    if not (text.isascii() and text.isdecimal() and 0 < int(text) <= LAST_PORT):
        raise argparse.ArgumentTypeError(f"端口 {text!r} 应为 1 至 {LAST_PORT} 的整数")
    return int(text)


def sentence_of(error: OSError) -> str:
    """What went wrong with a file, and with which."""
    reason = next((words for kind, words in _REASONS.items() if isinstance(error, kind)), error.strerror or str(error))
    return f"文件不能读写：{reason}{f'（{error.filename}）' if error.filename else ''}。"


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
