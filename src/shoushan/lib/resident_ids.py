"""Identity numbers of residents (GB 11643-1999), of holders of residence permits and of foreign permanent residents."""

from __future__ import annotations

from datetime import date
from operator import getitem
from typing import Final

from shoushan.lib.code_text import code_text, lost_digits, squeezed
from shoushan.lib.readings import Cell, Code, Reading, failure, warning
from shoushan.lib.regions import PROVINCES, is_known_region

WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_MARKS: Final = "10X98765432"
OLDEST: Final = 120
FOREIGN: Final = "9"
"""First digit of the permanent residence cards of foreigners since 2023; province and nationality follow."""
_PRODUCTS: Final = tuple({str(digit): digit * weight for digit in range(10)} for weight in WEIGHTS)


def read_resident_id(raw: Cell, on: date) -> Reading:
    """The 18 marks; `on` is the day by which nobody may be unborn. 15 digits are refused with the new form to compare."""
    text = code_text(raw)
    if isinstance(text, Reading):
        return text
    number = squeezed(text)
    if not number.isascii() or not (number[:-1].isdigit() and (number[-1:].isdigit() or number[-1:] == "X")):
        return failure(Code.RESIDENT_ID_CHARACTERS, raw)
    if len(number) == 15:
        converted = number_from_legacy(number)
        return failure(Code.RESIDENT_ID_LEGACY, raw, converted) if converted else failure(Code.RESIDENT_ID_LENGTH, raw)
    if len(number) != 18:
        return failure(Code.RESIDENT_ID_LENGTH, raw)
    return _examined(number, raw, on)


def check_mark(number: str) -> str:
    """The 18th mark for the first 17 digits (ISO 7064 MOD 11-2)."""
    return CHECK_MARKS[sum(map(getitem, _PRODUCTS, number)) % 11]


def number_from_legacy(number: str) -> str:
    """The 18 marks of a 15-digit number, for matching only; empty if it cannot be one."""
    if len(number) != 15 or not (number.isascii() and number.isdigit()):
        return ""
    body = f"{number[:6]}19{number[6:]}"
    known = is_known_region(body[:6]) and birth_day(body) is not None
    return body + check_mark(body) if known else ""


def birth_day(number: str) -> date | None:
    """The date of birth in places 7 to 14, if the calendar has it."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def sex(number: str) -> str:
    """The sex by GB/T 2261.1: "1" male, "2" female."""
    return "1" if int(number[16]) % 2 else "2"


def _examined(number: str, raw: Cell, on: date) -> Reading:
    is_right = check_mark(number) == number[17]
    if not is_right and lost_digits(number):
        return failure(Code.PRECISION_LOST, raw)
    born = birth_day(number)
    if born is None:
        return failure(Code.RESIDENT_ID_BIRTH, raw)
    if not _is_region(number):
        return failure(Code.RESIDENT_ID_REGION, raw)
    if not is_right:
        return failure(Code.RESIDENT_ID_CHECK, raw)
    if born > on:
        return failure(Code.RESIDENT_ID_FUTURE, raw)
    if (born.year + OLDEST, born.month, born.day) < (on.year, on.month, on.day):
        return warning(number, Code.RESIDENT_ID_AGE, raw)
    return Reading(number)


def _is_region(number: str) -> bool:
    if number[0] == FOREIGN:
        return number[1:3] in PROVINCES
    return is_known_region(number[:6])
