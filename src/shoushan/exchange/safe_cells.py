"""Text that a spreadsheet program could take for a formula is written so that it stays text."""

from __future__ import annotations

FORMULA_STARTS = frozenset("=+-@\t\r\n=+-@")
"""The ASCII signs and their full-width forms, which East Asian versions of Excel take for formulas as well."""


def neutral(text: str) -> str:
    """The text with an apostrophe in front when it could start a formula; `restored` takes it off again."""
    if text and (text[0] in FORMULA_STARTS or (text[0] == "'" and text[1:2] and text[1] in FORMULA_STARTS)):
        return f"'{text}"
    return text


def restored(text: str) -> str:
    """What `neutral` was given."""
    if text[0] == "'" and len(text) > 1 and (text[1] in FORMULA_STARTS or text[1] == "'"):
        return text[1:]
    return text
