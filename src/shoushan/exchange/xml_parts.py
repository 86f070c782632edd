"""The little XML that a workbook needs: parts read without document types, text unescaped, streams decoded."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from xml.parsers import expat

from django.utils.translation import gettext as _

from shoushan.exchange.limits import FileRefusedError

MOST_PENDING = 16 * 1024 * 1024
MOST_PROLOGUE = 4096
_ROOT = re.compile(rb"<(?!\?|!)([A-Za-z][\w.-]*:)?[A-Za-z]")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_ENTITY = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ENCODING = re.compile(rb"""^<\?xml[^>]*?encoding=["']([A-Za-z0-9._-]+)["']""")

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


def refused_entities() -> FileRefusedError:
    return FileRefusedError(
        "xml_entities", _("文件内部含有文档类型或实体声明，为安全起见不予读取，请在 Excel 中另存为 .xlsx 后再上传。")
    )


def check_pending(buffer: str) -> None:
    """Stop before one element without an end fills the memory."""
    if len(buffer) > MOST_PENDING:
        raise FileRefusedError("broken", _("文件中有一行内容过长，无法读取，请在 Excel 中另存为 .xlsx 后再上传。"))


def local(name: str) -> str:
    """An element's name without its prefix."""
    return name.rpartition(":")[2]


def parse(chunks: Iterable[bytes], start: Start | None = None, end: End | None = None, text: End | None = None) -> None:
    """Run expat over a part with prefix-free names; refuses document types, raises ExpatError on bad XML."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_args: object) -> None:
        raise refused_entities()

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    if start is not None:
        parser.StartElementHandler = lambda name, attributes: start(
            local(name), {local(key): value for key, value in attributes.items()}
        )
    if end is not None:
        parser.EndElementHandler = lambda name: end(local(name))
    if text is not None:
        parser.CharacterDataHandler = text
    for chunk in chunks:
        parser.Parse(chunk, False)  # noqa: FBT003 - expat takes no keyword
    parser.Parse(b"", True)  # noqa: FBT003


def rich_text(fragment: str) -> str:
    """The text of one <si> or <is>: all runs, without the phonetic guides."""
    pieces: list[str] = []
    open_names: list[str] = []

    def start(name: str, _attributes: dict[str, str]) -> None:
        open_names.append(name)

    def end(_name: str) -> None:
        open_names.pop()

    def text(data: str) -> None:
        if open_names and open_names[-1] == "t" and "rPh" not in open_names:
            pieces.append(data)

    parse([fragment.encode("utf-8", "replace")], start, end, text)
    return unescape_controls("".join(pieces))


def unescape(text: str) -> str:
    """XML entities, then Excel's own _x000D_."""
    return unescape_controls(_ENTITY.sub(_entity, text) if "&" in text else text)


def unescape_controls(text: str) -> str:
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def _entity(match: re.Match[str]) -> str:
    if match[3]:
        return _ENTITIES[match[3]]
    number = int(match[1]) if match[1] else int(match[2], 16)
    return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"


def decoded(chunks: Iterable[bytes]) -> Iterator[str]:
    """A part as text; refuses document types in its first chunk, where alone they may stand."""
    decoder: codecs.IncrementalDecoder | None = None
    for chunk in chunks:
        if decoder is None:
            decoder = codecs.getincrementaldecoder(_encoding(chunk))("replace")
            text = decoder.decode(chunk).removeprefix("\ufeff")
            if "<!DOCTYPE" in text or "<!ENTITY" in text:
                raise refused_entities()
            yield text
        else:
            yield decoder.decode(chunk)


def _encoding(chunk: bytes) -> str:
    if chunk.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    match = _ENCODING.match(chunk.removeprefix(b"\xef\xbb\xbf"))
    try:
        return codecs.lookup(match[1].decode()).name if match else "utf-8"
    except LookupError:
        return "utf-8"


def without_prefix(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same part with its namespace prefix taken off the elements, as some writers put one on every element."""
    first = b""
    rest = iter(chunks)
    for chunk in rest:
        first += chunk
        if _ROOT.search(first) or len(first) > MOST_PROLOGUE:
            break
    match = _ROOT.search(first)
    prefix = match[1] if match else b""
    if not prefix:
        yield first
        yield from rest
        return
    pending = b""
    for chunk in chain((first,), rest):
        pending += chunk
        cut = pending.rfind(b">") + 1
        yield pending[:cut].replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</")
        pending = pending[cut:]
    yield pending
