"""Message catalogues: compiled from their .po files at set-up, so that no binary file is kept and no tool is needed."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

CATALOGUES: Final = Path(__file__).resolve().parent.parent / "locale"
NO_DAY: Final = datetime(2020, 1, 1, tzinfo=UTC)
"""Stands for the moment of compiling, so that the same sentences make the same file whenever they are compiled."""
INSIDE: Final = Path("LC_MESSAGES") / "django.po"


def compile_messages(target: Path, *, only_missing: bool = False) -> int:
    """Compile every catalogue into a folder like `en/LC_MESSAGES/django.mo`; returns how many were written.

    A compiled file is replaced in one step, because a running site may be reading it.
    """
    written = 0
    for source in sorted(CATALOGUES.glob(f"*/{INSIDE.as_posix()}")):
        compiled = target / source.relative_to(CATALOGUES).with_suffix(".mo")
        if only_missing and compiled.exists():
            continue
        catalogue = read_catalogue(source)
        catalogue.creation_date = catalogue.revision_date = NO_DAY
        out = BytesIO()
        write_mo(out, catalogue)
        if compiled.exists() and compiled.read_bytes() == out.getvalue():
            continue
        compiled.parent.mkdir(parents=True, exist_ok=True)
        new = compiled.with_suffix(f".{os.getpid()}")
        new.write_bytes(out.getvalue())
        new.replace(compiled)
        written += 1
    return written


def read_catalogue(path: Path) -> Catalog:
    """The catalogue as it stands in the file."""
    with path.open("rb") as file:
        return read_po(file, ignore_obsolete=False, abort_invalid=True)


@lru_cache(maxsize=1)
def _english() -> Catalog:
    path = CATALOGUES / "en" / INSIDE
    return read_catalogue(path) if path.exists() else Catalog()


def english_of(sentence: str) -> str:
    """The English of a sentence where Django is not set up yet; the sentence itself when there is none."""
    found = _english().get(sentence)
    return str(found.string) if found is not None and found.string else sentence
