"""Sentences of the program that people read, collected into the catalogues: `script/messages`."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, TypeAlias

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.pofile import write_po
from django.utils.translation.template import templatize

KEYWORDS: Final[dict[str, Any]] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER: Final = """\
# English sentences of Shoushan, for the Chinese ones of the program (docs/decisions/0003).
# script/messages keeps the list of ids; the translations are written here by hand.
msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
QUOTED: Final = re.compile("“[^”]*”")
CHINESE: Final = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
PLACEHOLDERS: Final = re.compile(r"%[sd](?![a-z])|%\(\w+\)[-+#0,]*\d*(?:\.\d+)?[a-zA-Z]|%%|\{\w*(?::[^{}]*)?\}")

Found: TypeAlias = tuple[str | tuple[str, str], str | None]
"""Message id (with its plural), and its context."""


def sources(package: Path) -> list[Path]:
    """The files that hold sentences, in a fixed order."""
    files = [path for kind in ("*.py", "*.html", "*.txt") for path in package.rglob(kind)]
    kept = [path for path in files if "migrations" not in path.parts and "static" not in path.parts]
    return sorted(kept, key=lambda path: path.relative_to(package).as_posix())


def messages_of(path: Path) -> Iterator[Found]:
    """The message ids of one file; a template is first turned into calls by Django itself."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Only calls matter in what is made of a template; its indentation would not be Python's.
        text = "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())
    found: Any = extract_python(io.BytesIO(text.encode()), KEYWORDS, [], {"encoding": "utf-8"})
    for _line, function, arguments, _comments in found:
        message = _message(function, arguments if isinstance(arguments, tuple) else (arguments,))
        if message is not None:
            yield message


def _message(function: str, arguments: tuple[str | None, ...]) -> Found | None:
    """Id and context; None for a call with a variable, whose sentences stand marked in a table (`noop`)."""
    has_context, has_plural = function.startswith(("p", "np")), function.startswith(("ng", "np"))
    texts = arguments[: 1 + has_context + has_plural]
    if not all(texts):
        return None
    said = [str(text) for text in texts]
    context = said.pop(0) if has_context else None
    return (said[0], said[1]) if has_plural else said[0], context


def extracted(package: Path) -> Catalog:
    """All messages of the package, in the order of the files, each with the files in which it stands."""
    catalogue = Catalog(charset="utf-8")
    for path in sources(package):
        for message, context in messages_of(path):
            catalogue.add(message, locations=[(path.relative_to(package).as_posix(), 0)], context=context)
    return catalogue


def merged(found: Catalog, kept: Catalog) -> Catalog:
    """What was found, with the translations that are kept for the same ids; nothing is guessed from similar ones."""
    catalogue = Catalog(locale="en", charset="utf-8")
    for message in found:
        if not message.id:
            continue
        old = kept.get(message.id, message.context)
        catalogue.add(
            message.id,
            _string(message, old),
            locations=sorted(set(message.locations)),
            flags=old.flags & {"fuzzy"} if old else (),
            context=message.context,
        )
    return catalogue


def _string(message: Message, old: Message | None) -> str | tuple[str, str]:
    """The old translation in the form that the id has now."""
    forms = [*_forms(old.string if old else ""), ""]
    return (forms[0], forms[1]) if message.pluralizable else forms[0]


def _forms(said: object) -> list[str]:
    """Singular and plural, or the one form there is."""
    return [str(form) for form in said] if isinstance(said, (tuple, list)) else [str(said or "")]


def as_text(catalogue: Catalog) -> str:
    """The file: no line numbers, no dates, one order, so that it changes only with the sentences."""
    out = io.BytesIO()
    write_po(out, catalogue, width=0, omit_header=True, include_lineno=False)
    return HEADER + out.getvalue().decode().strip() + "\n"


def problems(catalogue: Catalog) -> list[str]:
    """What is not in order with the translations, a line each that names the Chinese sentence."""
    found = []
    for message in catalogue:
        if not message.id:
            continue
        pairs = list(zip(_forms(message.id), _forms(message.string), strict=True))
        wrong = [_wrong(said, translation) for said, translation in pairs]
        wrong.append("is marked fuzzy" if message.fuzzy else "")
        found += [f"{each}: {pairs[0][0]}" for each in wrong if each]
    return found + [f"is obsolete: {message.id}" for message in catalogue.obsolete.values()]


def _wrong(said: str, translation: str) -> str:
    if not translation.strip():
        return "has no English"
    if CHINESE.search(QUOTED.sub("", translation)):
        return "has Chinese left in its English, outside “…”"
    if sorted(PLACEHOLDERS.findall(said)) != sorted(PLACEHOLDERS.findall(translation)):
        return "has other placeholders in its English"
    return ""
