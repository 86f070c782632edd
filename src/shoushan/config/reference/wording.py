"""Chinese and English of a lazy text, whichever language is active and whether or not catalogues are compiled."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import translation

NONE: Final = "—"
"""There is no English yet."""


def chinese(text: object) -> str:
    """The text as the district reads it; message ids are Chinese (docs/decisions/0003)."""
    with translation.override("zh-hans"):
        return str(text)


def english(text: object) -> str:
    """The text in English, or a dash when the catalogue has none."""
    words = chinese(text)
    return words if words.isascii() else _catalogue().get(words, NONE)


@cache
def _catalogue() -> dict[str, str]:
    found: dict[str, str] = {}
    for folder in settings.LOCALE_PATHS:
        for path in sorted(Path(folder).glob("en/LC_MESSAGES/*.po")):
            with path.open("rb") as file:
                found |= {
                    message.id: message.string
                    for message in read_po(file)
                    if isinstance(message.id, str) and isinstance(message.string, str) and message.string
                }
    return found
