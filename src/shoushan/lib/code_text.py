"""How a cell becomes the text of a code: what spreadsheets do to long numbers is refused here, once for all codes."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from shoushan.lib.readings import EMPTY, Cell, Code, Reading, failure
from shoushan.lib.texts import common_failure, is_not_stated, narrow

MOST_DIGITS: Final = 15
_APOSTROPHES: Final = "'‘’`"
_SCIENTIFIC: Final = re.compile(r"[-+]?\d+(?:\.\d*)?[Ee]\+?\d+", re.ASCII)


def code_text(raw: Cell) -> str | Reading:
    """The code in half width without the apostrophe of a text cell, or a Reading: empty, or why it cannot be one."""
    if isinstance(raw, str):
        text = narrow(raw)
        if text[:1] in _APOSTROPHES:
            text = text[1:].lstrip()
        if not text:
            return EMPTY
        if is_not_stated(text):
            return Reading(None, read=text)
        if _SCIENTIFIC.fullmatch(text):
            return failure(Code.SCIENTIFIC_NOTATION, raw)
        return common_failure(raw, text) or text
    if raw is None:
        return EMPTY
    if isinstance(raw, bool | date):
        return failure(Code.WRONG_KIND, raw)
    if not 0 <= raw < 10**MOST_DIGITS:
        return failure(Code.SCIENTIFIC_NOTATION, raw)
    return str(int(raw)) if int(raw) == raw else failure(Code.WRONG_KIND, raw)


def squeezed(text: str) -> str:
    """The code without the blanks and hyphens that people set between its parts, in capitals."""
    return text.replace(" ", "").replace("-", "").upper()


def lost_digits(text: str) -> bool:
    """A long number ending in zeros that fails its check: a spreadsheet has cut it after 15 digits."""
    return len(text) > MOST_DIGITS and text.isdigit() and set(text[MOST_DIGITS:]) == {"0"}
