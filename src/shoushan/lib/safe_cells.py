"""Text that a spreadsheet program could take for a formula is written so that it stays text."""

from __future__ import annotations

FORMULA_STARTS = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""The ASCII signs and their full-width forms, which East Asian versions of Excel take for formulas as well."""

NEEDS_ANOTHER = FORMULA_STARTS | {"'"}
LONG_DIGITS = 12
"""From here on Excel would show digits of a csv in scientific notation and lose the last ones."""


def neutral(text: str) -> str:
    """The text with an apostrophe in front when it could start a formula; `restored` takes it off again."""
    if text and (text[0] in FORMULA_STARTS or (text[0] == "'" and len(text) > 1 and text[1] in NEEDS_ANOTHER)):
        return f"'{text}"
    return text


def csv_text(text: str) -> str:
    """A text for csv: neutral, and long digits kept as text by a leading tab."""
    return f"\t{text}" if len(text) >= LONG_DIGITS and text.isdigit() else neutral(text)


def restored(text: str) -> str:
    """What `neutral` was given."""
    if len(text) > 1 and text[0] == "'" and text[1] in NEEDS_ANOTHER:
        return text[1:]
    return text
