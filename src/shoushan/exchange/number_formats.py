"""Which styles of a workbook show dates, and what moment a serial number is."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from shoushan.exchange import xml_parts

_BUILT_IN = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]|General|AM/PM|A/P', re.IGNORECASE)
_DATE_LETTER = re.compile(r"[ymdhs]", re.IGNORECASE)


def shows_date(code: str) -> bool:
    """Whether a number format shows a date or a time of day."""
    first_section = code.split(";", 1)[0]
    return bool(_DATE_LETTER.search(_LITERAL.sub("", first_section)))


def date_styles(pieces: Iterable[bytes]) -> frozenset[str]:
    """The style numbers, as cells write them, whose format shows a date or a time."""
    custom: dict[str, str] = {}
    styles: list[str] = []
    inside: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        inside.append(name)
        if name == "numFmt" and "numFmts" in inside:
            custom[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "xf" and "cellXfs" in inside:
            styles.append(attributes.get("numFmtId", "0"))

    def end(_name: str) -> None:
        inside.pop()

    xml_parts.parse(pieces, start, end)
    return frozenset(str(index) for index, number in enumerate(styles) if _is_date(number, custom))


def _is_date(number: str, custom: dict[str, str]) -> bool:
    if number in custom:
        return shows_date(custom[number])
    return number.isdigit() and int(number) in _BUILT_IN


def moment(serial: float, *, epoch_1904: bool) -> date | datetime | str | float:
    """The date of a serial number, with its time when it has one; below 1 a time of day as text."""
    if not math.isfinite(serial) or not 0 <= serial < 2_958_466:
        return serial
    days = math.floor(serial)
    seconds = round((serial - days) * 86_400)
    if days == 0 and not epoch_1904:
        return f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}" if serial else 0.0
    # the 1900 system counts a 29 February 1900 that never was
    start = date(1904, 1, 1) if epoch_1904 else date(1899, 12, 31 if days < 60 else 30)
    try:
        day = start + timedelta(days=days)
        if seconds == 0:
            return day
        return datetime(day.year, day.month, day.day) + timedelta(seconds=seconds)  # noqa: DTZ001 - civil time
    except OverflowError:
        return serial


def iso_moment(text: str) -> date | datetime | str:
    """A cell of type d: an ISO date or moment, read as civil time."""
    try:
        found = datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return text
    return found.date() if found.time() == datetime.min.time() else found
