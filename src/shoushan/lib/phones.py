"""Telephone numbers: mobile numbers are read, other kinds are recognised and named."""

from __future__ import annotations

import re
from typing import Final

from shoushan.lib.code_text import code_text
from shoushan.lib.readings import EMPTY, Cell, Code, Reading, failure, warning

LONGEST_CELL: Final = 200
_MOBILE: Final = re.compile(r"(?:\+86|0086)?(1[3-9]\d{9})", re.ASCII)
_LANDLINE: Final = re.compile(
    r"(?:(?:\+86|0086)?(?:0\d{2,3}|10|2\d|[3-9]\d{2}))?[2-9]\d{6,7}(?:(?:转|[#x*])\d{1,5})?", re.ASCII
)
_SERVICE_LINE: Final = re.compile(r"[48]00\d{7}", re.ASCII)
_HOTLINE: Final = re.compile(r"1\d{2,4}|100\d{5}|9[56]\d{3,4}", re.ASCII)
_INSIDE: Final = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)", re.ASCII)
_MARKS: Final = re.compile(r"[\s()\-—–·.]+")
_BETWEEN: Final = re.compile(r"[/、,;|\\]+|或|和")


def read_mobile(raw: Cell) -> Reading:
    """One mobile number of eleven digits; of several in a cell the first, with a warning that names the others."""
    if type(raw) is str and len(raw) == 11 and _MOBILE.fullmatch(raw):
        return Reading(raw)
    text = code_text(raw)
    if isinstance(text, Reading):
        return text
    if len(text) > LONGEST_CELL:
        return failure(Code.MOBILE_FORMAT, raw)
    parts = _parts(text)
    mobiles = [match[1] for part in parts if (match := _MOBILE.fullmatch(part))]
    if not mobiles:
        return failure(_kind(parts), raw, "、".join(_INSIDE.findall(text)))
    others = [part for part in parts if part not in (mobiles[0], f"+86{mobiles[0]}", f"0086{mobiles[0]}")]
    if not others:
        return Reading(mobiles[0])
    if any(_kind([part]) is Code.MOBILE_FORMAT and not _MOBILE.fullmatch(part) for part in others):
        return failure(Code.MOBILE_FORMAT, raw, "、".join(mobiles))
    return warning(mobiles[0], Code.MOBILE_SEVERAL, raw, "、".join(others))


def read_mobiles(raw: Cell) -> Reading:
    """All mobile numbers of a cell as a tuple; anything else in the cell refuses it as `read_mobile` does."""
    first = read_mobile(raw)
    if first.value is None:
        return first
    others = [match[1] for part in first.suggestion.split("、") if (match := _MOBILE.fullmatch(part))]
    return EMPTY._replace(value=(first.value, *others))


def _parts(text: str) -> list[str]:
    """The numbers of the cell; a blank separates numbers only where the pieces are numbers of their own."""
    parts: list[str] = []
    for piece in _BETWEEN.split(text):
        words = [_MARKS.sub("", word) for word in piece.split()]
        joined = _MARKS.sub("", piece)
        is_one = _kind([joined]) is not Code.MOBILE_FORMAT or _MOBILE.fullmatch(joined)
        parts += [joined] if is_one or len(words) < 2 else words
    return [part for part in parts if part]


def _kind(parts: list[str]) -> Code:
    """What the first part is, since it is no mobile number."""
    part = parts[0] if parts else ""
    for pattern, code in (
        (_SERVICE_LINE, Code.MOBILE_SERVICE_LINE),
        (_HOTLINE, Code.MOBILE_HOTLINE),
        (_LANDLINE, Code.MOBILE_LANDLINE),
    ):
        if pattern.fullmatch(part):
            return code
    return Code.MOBILE_FORMAT
