"""Text tables (.csv, .txt), streamed: which encoding, which separator, then rows."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from django.utils.translation import gettext as _

from shoushan.exchange import files
from shoushan.exchange.columns import Raw
from shoushan.exchange.files import SourceRow, Tab
from shoushan.exchange.limits import FileRefusedError, Limits
from shoushan.exchange.merges import Merges

PIECE = 256 * 1024
SAMPLE = 64 * 1024
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_QUOTED = re.compile(r'"[^"]*"')
# Words of headings tell GB18030 from Big5 where both would decode without an error.
_SIMPLIFIED = frozenset("企业名称统一社会信用代码街道人数合计填报单位时间序号备注行类别复工")
_TRADITIONAL = frozenset("企業名稱統一社會信用代碼街道人數合計填報單位時間序號備註行類別復工")


class CsvBook:
    """One text table, shown as a book with a single tab."""

    kind = "csv"
    epoch_1904 = False

    def __init__(self, path: Path, name: str, limits: Limits) -> None:
        self.name, self.limits, self._path = name, limits, path
        self.tabs = [Tab(Path(name).stem, 0)]
        self.encoding = encoding_of(path)
        self._size = max(1, path.stat().st_size)
        self._file: IO[bytes] | None = None
        with path.open(encoding=self.encoding, newline="") as text:
            self.separator = separator_of(text.read(SAMPLE))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()

    def fraction(self) -> float:
        return min(1.0, self._file.tell() / self._size) if self._file is not None and not self._file.closed else 1.0

    def merges(self, tab: Tab) -> Merges:
        return Merges()

    def rows(self, tab: Tab) -> Iterator[SourceRow]:
        with self._path.open("rb") as self._file:
            lines = codecs.getreader(self.encoding)(self._file)
            reader = csv.reader(_plain(lines), delimiter=self.separator)
            try:
                for number, cells in enumerate(reader, start=1):
                    row: list[Raw] = [cell or None for cell in cells]
                    while row and row[-1] is None:
                        row.pop()
                    if len(row) > self.limits.columns:
                        raise files.too_many_columns(self.limits)
                    if row:
                        yield number, row
            except csv.Error as error:
                raise _unreadable(reader.line_num, error) from error


def _unreadable(line: int, error: csv.Error) -> FileRefusedError:
    """Where a text table stops being one: a cell without an end, or longer than any reader of tables takes."""
    most = csv.field_size_limit()
    if "field limit" in str(error):
        words = {"line": max(1, line), "most": most}
        message = _(
            "文本表格在第 %(line)s 行附近有一格超过 %(most)s 个字，请检查引号是否成对、内容是否过长，改好后再上传。"
        )
        return FileRefusedError("cell_too_long", message % words)
    message = _("文本表格在第 %(line)s 行附近无法读取，请检查引号是否成对，或另存为 .xlsx 后再上传。")
    return FileRefusedError("broken", message % {"line": line + 1})


def _plain(lines: codecs.StreamReader) -> Iterator[str]:
    """The lines; a NUL further down than the first look reached refuses the file as one at its top does."""
    for line in lines:
        if "\0" in line:
            raise files.nul_bytes()
        yield line


def encoding_of(path: Path) -> str:
    """The encoding by byte-order mark, else the first that decodes the whole file; Big5 is tried last."""
    with path.open("rb") as file:
        head = file.read(4096)
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return _checked(path, encoding)
    if head.count(0) > len(head) // 8:
        return _checked(path, "utf-16-le" if head[1::2].count(0) >= head[0::2].count(0) else "utf-16-be")
    if decodes(path, "utf-8"):
        return "utf-8"
    if decodes(path, "gb18030"):
        if _words(head, "big5", _TRADITIONAL) > _words(head, "gb18030", _SIMPLIFIED) and decodes(path, "big5"):
            return "big5"
        return "gb18030"
    return _checked(path, "big5")


def _checked(path: Path, encoding: str) -> str:
    if not decodes(path, encoding):
        raise FileRefusedError(
            "encoding", _("无法判断文本文件的编码，请在 Excel 中打开并另存为 .xlsx 或“CSV UTF-8”后再上传。")
        )
    return encoding


def _words(head: bytes, encoding: str, known: frozenset[str]) -> int:
    return sum(character in known for character in head.decode(encoding, "ignore"))


def decodes(path: Path, encoding: str) -> bool:
    """Whether the whole file is valid in this encoding."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def separator_of(sample: str) -> str:
    """The separator that gives the widest row among the first lines."""
    lines = _QUOTED.sub("", sample).splitlines()[:40]
    widths = {separator: max((line.count(separator) for line in lines), default=0) for separator in ",\t;"}
    return max(widths, key=lambda separator: widths[separator])
