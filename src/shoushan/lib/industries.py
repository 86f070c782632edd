"""Industry codes of GB/T 4754-2017: the section's letter is implied by the division's two digits."""

from __future__ import annotations

import re
from typing import Final

from shoushan.lib.code_text import code_text
from shoushan.lib.readings import Cell, Code, Reading, failure, warning

LAST_DIVISION_OF_SECTION: Final[dict[str, int]] = {
    "A": 5, "B": 12, "C": 43, "D": 46, "E": 50, "F": 52, "G": 60, "H": 62, "I": 65, "J": 69,
    "K": 70, "L": 72, "M": 75, "N": 79, "O": 82, "P": 83, "Q": 85, "R": 90, "S": 96, "T": 97,
}  # fmt: skip
SECTION_OF_DIVISION: Final[dict[str, str]] = {
    f"{division:02}": min(
        (letter for letter, last in LAST_DIVISION_OF_SECTION.items() if division <= last),
        key=LAST_DIVISION_OF_SECTION.__getitem__,
    )
    for division in range(1, 98)
}
_CODE: Final = re.compile(r"([A-Z]?)(\d{2,4})", re.ASCII)
_WITH_NAME: Final = re.compile(r"([A-T]?\d{4})[ \-:、.]*[^\d\s]+", re.ASCII)
_SHORTENED: Final = re.compile(r"[A-Z]?[1-9]", re.ASCII)


def read_industry(raw: Cell) -> Reading:
    """Letter and two to four digits (K70, K702, K7020); digits alone get their letter, a wrong letter is refused.

    A number cell of one or three digits has lost a zero (0111 became 111) and is refused. Text of three digits may be a
    group of its own, so it is read as one with a warning.
    """
    text = code_text(raw)
    if isinstance(text, Reading):
        return text
    code = text.replace(" ", "").upper()
    match = _CODE.fullmatch(code)
    if match is None:
        return _no_code(text.upper(), code, raw)
    letter, digits = match[1], match[2]
    section = SECTION_OF_DIVISION.get(digits[:2], "")
    if not section:
        return failure(Code.INDUSTRY_UNKNOWN, raw)
    if letter and letter != section:
        return failure(Code.INDUSTRY_LETTER, raw, section + digits)
    if len(digits) == 3 and not letter and digits[0] != "0":
        padded = f"{SECTION_OF_DIVISION[f'0{digits[0]}']}0{digits}"
        if not isinstance(raw, str):
            return failure(Code.INDUSTRY_ZERO_LOST, raw, padded)
        return warning(section + digits, Code.INDUSTRY_ZERO_LOST, raw, padded)
    return Reading(section + digits)


def section_of(code: str) -> str:
    """The section's letter of a stored code, or of its digits; empty for an unknown division."""
    return SECTION_OF_DIVISION.get(code.lstrip("ABCDEFGHIJKLMNOPQRST")[:2], "")


def _no_code(text: str, code: str, raw: Cell) -> Reading:
    if _SHORTENED.fullmatch(code):
        digit = code[-1]
        return failure(Code.INDUSTRY_ZERO_LOST, raw, f"{SECTION_OF_DIVISION[f'0{digit}']}0{digit}")
    named = _WITH_NAME.fullmatch(text)
    digits = named[1].lstrip("ABCDEFGHIJKLMNOPQRST") if named else ""
    section = SECTION_OF_DIVISION.get(digits[:2], "")
    return failure(Code.INDUSTRY_FORMAT, raw, section + digits if section else "")
