"""Workbooks of the new kind (.xlsx), streamed from the zip in bounded memory."""

from __future__ import annotations

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self
from xml.parsers.expat import ExpatError

from django.utils.translation import gettext as _

from shoushan.exchange import files, number_formats, xml_parts
from shoushan.exchange.files import SourceRow, Tab
from shoushan.exchange.limits import FileRefusedError, Limits
from shoushan.exchange.merges import Merge, Merges, parse
from shoushan.exchange.shared_strings import SharedStrings
from shoushan.exchange.xlsx_rows import RowReader

PIECE = 256 * 1024
MOST_MERGES = 100_000
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ExpatError,
    EOFError,
    LookupError,
    ValueError,
    OverflowError,
    OSError,
    RuntimeError,
)
"""What the standard library raises on a damaged zip or part (NotImplementedError is a RuntimeError)."""


class XlsxBook:
    """One .xlsx file, open for reading tab by tab."""

    kind = "xlsx"

    def __init__(self, path: Path, name: str, limits: Limits) -> None:
        self.name, self.limits = name, limits
        self.tabs: list[Tab] = []
        self.epoch_1904 = False
        self._strings: SharedStrings | None = None
        self._read, self._size = 0, 1
        self._file = path.open("rb")
        try:
            self._archive = zipfile.ZipFile(self._file)
        except _DAMAGE as error:
            self._file.close()
            raise files.broken() from error
        try:
            self._check_archive()
            self._names = {entry.lower(): entry for entry in self._archive.namelist()}
            self._open_workbook()
        except _DAMAGE as error:
            self.close()
            raise files.broken() from error
        except FileRefusedError:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        if self._strings is not None:
            self._strings.close()
        self._archive.close()
        self._file.close()

    def fraction(self) -> float:
        return min(1.0, self._read / self._size)

    # ---- what is inside -------------------------------------------------------------------------
    def _check_archive(self) -> None:
        """Judge the zip by its directory before a byte is unpacked; zipfile never unpacks more than it declares."""
        entries = self._archive.infolist()
        if any(entry.flag_bits & 1 for entry in entries):
            raise files.encrypted()
        unpacked = sum(entry.file_size for entry in entries)
        packed = sum(entry.compress_size for entry in entries) or 1
        limits = self.limits
        is_bomb = len(entries) > limits.entries or unpacked > limits.unpacked_bytes
        is_bomb = is_bomb or (unpacked > limits.ratio_from_bytes and unpacked > packed * limits.unpacked_ratio)
        if is_bomb:
            raise FileRefusedError(
                "zip_bomb", _("文件解压后体积异常，为安全起见不予读取，请删去表格以外的内容、另存为 .xlsx 后再上传。")
            )

    def _pieces(self, part: str) -> Iterator[bytes]:
        return xml_parts.without_prefix(self._raw_pieces(part))

    def _raw_pieces(self, part: str) -> Iterator[bytes]:
        with self._archive.open(self._names[part.lower()]) as stream:
            while piece := stream.read(PIECE):
                yield piece

    def _has(self, part: str) -> bool:
        return part.lower() in self._names

    def _open_workbook(self) -> None:
        main = self._main_part()
        targets = self._relations(main)
        found: list[tuple[str, str, str]] = []

        def start(name: str, attributes: dict[str, str]) -> None:
            if name == "sheet":
                found.append((attributes.get("name", ""), attributes.get("id", ""), attributes.get("state", "visible")))
            elif name == "workbookPr":
                self.epoch_1904 = attributes.get("date1904", "0") in ("1", "true", "on")

        xml_parts.parse(self._pieces(main), start)
        for name, relation, state in found:
            kind, part = targets.get(relation, ("", ""))
            if kind == "worksheet" and self._has(part):
                self.tabs.append(Tab(name, len(self.tabs), is_hidden=state != "visible", part=part))
        self._parts = {kind: part for kind, part in targets.values() if kind in ("styles", "sharedStrings")}
        styles = self._parts.get("styles", "")
        self._date_styles = number_formats.date_styles(self._pieces(styles)) if self._has(styles) else frozenset()

    def _main_part(self) -> str:
        """The workbook part, as the package's own relations name it."""
        for kind, part in self._relations("").values():
            if kind == "officeDocument" and self._has(part):
                if part.endswith(".bin"):
                    raise files.unknown_type()
                return part
        raise files.broken()

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relation id -> (kind, part) of what a part points to inside the package; links to outside are left alone."""
        folder, _slash, leaf = part.rpartition("/")
        rels = posixpath.join(folder, "_rels", f"{leaf}.rels")
        found: dict[str, tuple[str, str]] = {}

        def start(name: str, attributes: dict[str, str]) -> None:
            if name == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "")
                path = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], path)

        if self._has(rels):
            xml_parts.parse(self._pieces(rels), start)
        return found

    # ---- rows -----------------------------------------------------------------------------------
    @property
    def strings(self) -> SharedStrings:
        if self._strings is None:
            part = self._parts.get("sharedStrings", "")
            self._strings = SharedStrings(self._pieces(part) if self._has(part) else ())
        return self._strings

    def rows(self, tab: Tab) -> Iterator[SourceRow]:
        self._size = max(1, self._archive.getinfo(self._names[tab.part.lower()]).file_size)
        self._read = 0
        tab.hidden_rows = 0
        try:
            reader = RowReader(tab, self.strings, self._date_styles, self.limits, epoch_1904=self.epoch_1904)
            yield from reader.rows(self._counted(tab.part))
        except _DAMAGE as error:
            raise files.broken() from error

    def _counted(self, part: str) -> Iterator[bytes]:
        for piece in self._pieces(part):
            self._read += len(piece)
            yield piece

    def merges(self, tab: Tab) -> Merges:
        """Merged ranges stand behind the rows, so the part is unpacked once for them alone; that is cheap."""
        tail, is_behind = b"", False
        ranges: list[Merge] = []
        try:
            for piece in self._pieces(tab.part):
                if is_behind:
                    tail += piece
                elif (cut := (tail + piece).find(b"</sheetData>")) >= 0:
                    tail, is_behind = (tail + piece)[cut:], True
                else:
                    tail = piece[-16:]
                if is_behind and len(tail) > xml_parts.MOST_PENDING:
                    break
        except _DAMAGE as error:
            raise files.broken() from error
        for reference in tail.split(b'<mergeCell ref="')[1 : MOST_MERGES + 1] if is_behind else ():
            merge = parse(reference[: reference.find(b'"')].decode("ascii", "replace"))
            if merge is not None:
                ranges.append(merge)
        return Merges(ranges)
