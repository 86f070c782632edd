"""The shared strings of a workbook in little memory: blocks of encoded text, kept in a file when they are many."""

from __future__ import annotations

import os
import re
from array import array
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile
from typing import IO

from shoushan.exchange import xml_parts

BLOCK = 32
IN_MEMORY_BYTES = 4 * 1024 * 1024
KEPT_BLOCKS = 512
KEPT_STRINGS = 8192
_ITEM = re.compile(r'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>|<si/>|(<si>.*?</si>)', re.DOTALL)


class SharedStrings(dict[str, str]):
    """Index as written in the cell -> text; a dict so that a repeated index costs one look-up."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        super().__init__()
        self._offsets = array("Q", [0])
        self._blob = bytearray()
        self._file: IO[bytes] | None = None
        self._written = 0
        self._blocks: dict[int, list[str]] = {}
        self.count = 0
        pending: list[str] = []
        for text in items(chunks):
            pending.append(text)
            if len(pending) == BLOCK:
                self._keep(pending)
                pending = []
        if pending:
            self._keep(pending)

    def _keep(self, block: list[str]) -> None:
        self.count += len(block)
        encoded = "\0".join(block).encode("utf-8", "surrogatepass")
        self._blob += encoded
        self._offsets.append(self._offsets[-1] + len(encoded))
        if len(self._blob) > IN_MEMORY_BYTES:
            self._file = self._file or TemporaryFile()  # noqa: SIM115 - closed by close()
            self._file.write(self._blob)
            self._file.flush()
            self._written += len(self._blob)
            self._blob = bytearray()

    def __missing__(self, index: str) -> str:
        number, place = divmod(int(index), BLOCK)
        if not 0 <= number < len(self._offsets) - 1:
            raise KeyError(index)
        block = self._blocks.get(number)
        if block is None:
            block = self._load(number)
        if len(self) >= KEPT_STRINGS:
            self.clear()
        text = self[index] = block[place]
        return text

    def _load(self, number: int) -> list[str]:
        start, end = self._offsets[number], self._offsets[number + 1]
        if start >= self._written:
            encoded = bytes(self._blob[start - self._written : end - self._written])
        else:
            assert self._file is not None  # noqa: S101 - written only into a file
            encoded = os.pread(self._file.fileno(), end - start, start)
        if len(self._blocks) >= KEPT_BLOCKS:
            self._blocks.clear()
        block = self._blocks[number] = encoded.decode("utf-8", "surrogatepass").split("\0")
        return block

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


def items(chunks: Iterable[bytes]) -> Iterator[str]:
    """The strings of a sharedStrings part, one after the other."""
    buffer = ""
    for text in xml_parts.decoded(chunks):
        buffer += text
        cut = buffer.rfind("<si")
        if cut <= 0:
            xml_parts.check_pending(buffer)
            continue
        yield from _block(buffer[:cut])
        buffer = buffer[cut:]
    yield from _block(buffer)


def _block(block: str) -> Iterator[str]:
    for match in _ITEM.finditer(block):
        if match[2] is not None:
            yield xml_parts.rich_text(match[2])
        else:
            text = match[1] or ""
            yield xml_parts.unescape(text) if "&" in text or "_x" in text else text
