"""The two languages of the product, and what is written in Chinese whatever its reader chose."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Final

from django.utils import translation

CHINESE: Final = "zh-hans"
ENGLISH: Final = "en"
LANGUAGES: Final = (CHINESE, ENGLISH)


def official() -> AbstractContextManager[None]:
    """Within it sentences come out in Chinese: documents, and whatever is kept in the database or in a file of record."""
    return translation.override(CHINESE)


def official_text(text: object) -> str:
    """A text that may wait for its reader's language, in Chinese."""
    with official():
        return str(text)


def is_english() -> bool:
    """Is the present reader's language English?"""
    return (translation.get_language() or CHINESE).startswith(ENGLISH)


def chosen(language: str) -> AbstractContextManager[None]:
    """Within it sentences come out in this language; in Chinese when it is none of the two."""
    return translation.override(language if language in LANGUAGES else CHINESE)
