"""What several commands share: days as arguments, JSON out, progress on stderr."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from shoushan.lib.marking import noop

AREA_DIGITS: Final = 12
LAST_PORT: Final = 65_535
_REASONS: Final[dict[type[OSError], str]] = {
    FileNotFoundError: noop("没有这个文件或目录"),
    IsADirectoryError: noop("这是目录，不是文件"),
    NotADirectoryError: noop("路径中有一段不是目录"),
    PermissionError: noop("没有读写权限"),
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
        raise argparse.ArgumentTypeError(_("日期 %(text)r 应写成 2020-03-23") % {"text": text}) from None


def area(text: str) -> str:
    """An area code or its beginning."""
    if not (text.isascii() and text.isdecimal() and len(text) <= AREA_DIGITS):
        raise argparse.ArgumentTypeError(
            _("区划代码 %(text)r 应为不超过 %(most)d 位的数字") % {"text": text, "most": AREA_DIGITS}
        )
    return text


def port(text: str) -> int:
    """A port of this machine."""
    if not (text.isascii() and text.isdecimal() and 0 < int(text) <= LAST_PORT):
        raise argparse.ArgumentTypeError(
            _("端口 %(text)r 应为 1 至 %(most)d 的整数") % {"text": text, "most": LAST_PORT}
        )
    return int(text)


def sentence_of(error: OSError) -> str:
    """What went wrong with a file, and with which."""
    known = next((words for kind, words in _REASONS.items() if isinstance(error, kind)), "")
    words = {"reason": _(known) if known else error.strerror or str(error), "file": error.filename}
    sentence = _("文件不能读写：%(reason)s（%(file)s）。") if error.filename else _("文件不能读写：%(reason)s。")
    return sentence % words


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
