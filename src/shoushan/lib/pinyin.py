"""Chinese names as people type them without an input method: initials (ldgj) and syllables run together (lvdiguoji)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from shoushan.lib import texts

LETTERS: Final = re.compile(r"[a-z0-9]{2,}")
LONGEST: Final = 400
"""Characters of a spelling that are kept."""


class Spelling(NamedTuple):
    """How a name is typed with letters."""

    initials: str
    syllables: str

    def has(self, typed: str) -> bool:
        """Whether what was typed stands in it."""
        return typed in self.initials or typed in self.syllables


@lru_cache(maxsize=4096)
def spelling(name: str) -> Spelling:
    """The spelling of a name; letters and digits stay as they are, marks and blanks fall away. ü is typed v."""
    from pypinyin import lazy_pinyin  # takes a third of a second and 30 MB, which most processes never need

    initials, syllables = "", ""
    for part in lazy_pinyin(texts.clean(name), v_to_u=False):
        kept = re.sub(r"[^a-z0-9]", "", part.lower())
        is_syllable = part.isascii() and part.isalpha() and part.islower()
        initials += kept[:1] if is_syllable else kept
        syllables += kept
    return Spelling(initials[:LONGEST], syllables[:LONGEST])


def typed_letters(text: str) -> str:
    """What was typed, if it can only be a spelling: two letters or more and nothing else; "" otherwise."""
    found = "".join(text.lower().split())
    return found if LETTERS.fullmatch(found) and not found.isdecimal() else ""


def is_named(name: str, text: str) -> bool:
    """Whether a name is what somebody looks for: it contains the text, or is spelled so."""
    key = texts.match_key(text)
    if key and key in texts.match_key(name):
        return True
    letters = typed_letters(text)
    return bool(letters) and spelling(name).has(letters)
