"""Opening a file by what it is, not by what its name says; refusing what must not be read on."""

from __future__ import annotations

import mmap
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from django.utils.translation import gettext as _

from shoushan.exchange.columns import Raw
from shoushan.exchange.limits import DEFAULT_LIMITS, MEGABYTE, FileRefusedError, Limits
from shoushan.exchange.merges import Merges

SourceRow = tuple[int, list[Raw]]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TEXT_ENDINGS = frozenset({".csv", ".txt", ".tsv"})


@dataclass(slots=True)
class Tab:
    """One sheet of a workbook; the counters are filled while its rows are read."""

    name: str
    index: int
    is_hidden: bool = False
    hidden_rows: int = 0
    part: str = ""


class Book(Protocol):
    """A file of tables: rows come as (number seen in Excel, cells), rows without a value are left out."""

    kind: str
    name: str
    tabs: list[Tab]
    epoch_1904: bool

    def rows(self, tab: Tab) -> Iterator[SourceRow]: ...
    def merges(self, tab: Tab) -> Merges: ...
    def fraction(self) -> float:
        """How much of the tab being read is behind us, 0 to 1."""
        ...

    def close(self) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def open_book(path: Path, *, name: str = "", limits: Limits = DEFAULT_LIMITS) -> Book:
    """The book behind a path; `name` is the name under which it was sent. Raises FileRefusedError."""
    from shoushan.exchange.csvs import CsvBook
    from shoushan.exchange.xls import XlsBook
    from shoushan.exchange.xlsx import XlsxBook

    name = name or path.name
    kind = kind_of(path, name, limits)
    if kind == "xlsx":
        return XlsxBook(path, name, limits)
    if kind == "xls":
        return XlsBook(path, name, limits)
    return CsvBook(path, name, limits)


def kind_of(path: Path, name: str, limits: Limits) -> str:
    """xlsx, xls or csv, judged by content; everything else is refused with the reason."""
    size = path.stat().st_size
    if size == 0:
        raise FileRefusedError("empty", _("文件是空的，没有任何内容，请重新导出后再上传。"))
    if size > limits.file_bytes:
        most = limits.file_bytes // MEGABYTE
        raise FileRefusedError("too_large", _("文件超过 %(most)s MB 的上限，请拆分后分别上传。") % {"most": most})
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(OLE):
        return _ole_kind(path)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip_kind(path, name)
    return _text_kind(head, Path(name).suffix.lower())


def _ole_kind(path: Path) -> str:
    """An OLE container is an old workbook, or the wrapping of an encrypted new one."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.find("EncryptedPackage".encode("utf-16-le")) >= 0:
            raise encrypted()
        if content.find("_VBA_PROJECT".encode("utf-16-le")) >= 0:
            raise macros()
        is_book = any(content.find(stream.encode("utf-16-le")) >= 0 for stream in ("Workbook", "Book"))
    if not is_book:
        raise unknown_type()
    return "xls"


def _zip_kind(path: Path, name: str) -> str:
    """A zip container is a workbook only when it holds one, without macros."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = {entry.lower() for entry in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise broken() from error
    if any(entry.endswith("vbaproject.bin") for entry in names) or name.lower().endswith((".xlsm", ".xltm", ".xlam")):
        raise macros()
    if "[content_types].xml" not in names or not any(entry.startswith("xl/") for entry in names):
        raise unknown_type()
    return "xlsx"


def _text_kind(head: bytes, ending: str) -> str:
    """Text is a csv when it says so by its name; in disguise it is refused."""
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00").replace(b"\x00", b"")[:1024].lower()
    if start.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta", b"<head", b"<style", b"<div")):
        raise FileRefusedError(
            "html_as_xls",
            _("文件内容是网页（HTML 或 XML），不是 Excel 工作簿，请在 Excel 中打开后“另存为” .xlsx 再上传。"),
        )
    is_utf16 = head.startswith((b"\xff\xfe", b"\xfe\xff")) or head[:200].count(0) > len(head[:200]) // 4
    if head.startswith((b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf")):
        raise unknown_type()
    if ending in TEXT_ENDINGS:
        if head.count(0) and not is_utf16:
            raise nul_bytes()
        return "csv"
    if ending in (".xls", ".xlsx"):
        raise FileRefusedError(
            "text_as_xls",
            _("文件名是 Excel，但内容是纯文本，请在 Excel 中打开后“另存为” .xlsx，或把扩展名改为 .csv 后再上传。"),
        )
    raise unknown_type()


def encrypted() -> FileRefusedError:
    return FileRefusedError("encrypted", _("文件设有打开密码或已加密，无法读取，请取消密码后再上传。"))


def macros() -> FileRefusedError:
    return FileRefusedError("macros", _("文件含有宏，为安全起见不予读取，请“另存为”不含宏的 .xlsx 再上传。"))


def broken() -> FileRefusedError:
    return FileRefusedError("broken", _("文件已损坏或不完整，无法读取，请在 Excel 中打开并另存为 .xlsx 后再上传。"))


def nul_bytes() -> FileRefusedError:
    return FileRefusedError(
        "nul_bytes",
        _("文件中含有空字节（NUL），不是正常的文本表格，请在 Excel 中打开并另存为 .xlsx 后再上传。"),
    )


def unknown_type() -> FileRefusedError:
    return FileRefusedError(
        "unknown_type", _("无法识别的文件类型，只接受 .xlsx、.xls、.csv 和 .txt 表格文件，请另存为 .xlsx 后再上传。")
    )


def too_many_rows(limits: Limits) -> FileRefusedError:
    return FileRefusedError(
        "too_many_rows", _("有内容的行超过 %(most)s 行的上限，请拆分后分别上传。") % {"most": limits.rows}
    )


def too_many_columns(limits: Limits) -> FileRefusedError:
    return FileRefusedError(
        "too_many_columns",
        _("有内容的列超过 %(most)s 列的上限，请删去表格以外的内容后再上传。") % {"most": limits.columns},
    )
