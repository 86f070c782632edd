"""Unified social credit codes of GB 32100-2015, with the inner check of GB 11714.

python-stdnum's own check is not used: it wants digits in the first eight places, so refuses the authorities A, N and Y,
and it leaves out the inner check; the tests compare both where they may be compared.
"""

from __future__ import annotations

from operator import getitem
from typing import Final

from shoushan.lib.code_text import code_text, lost_digits, squeezed
from shoushan.lib.readings import Cell, Code, Reading, failure, warning
from shoushan.lib.regions import PROVINCES

ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS: Final = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
INNER_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
INNER_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
AUTHORITIES: Final = frozenset("123456789ANY")
NATIONAL: Final = "10"
"""Province digits of bodies registered by the central authorities (100000)."""

# value × weight for every place, so that a check is a sum of look-ups: imports read hundreds of thousands of codes.
_PRODUCTS: Final = tuple({mark: value * weight for value, mark in enumerate(ALPHABET)} for weight in WEIGHTS)
_INNER: Final = tuple({mark: value * weight for value, mark in enumerate(INNER_ALPHABET)} for weight in INNER_WEIGHTS)
# Both sums in one number, so that one pass over the marks finds both; the outer sum stays far below 2**16.
_INNER_SHIFT: Final = 16
_OUTER_PART: Final = (1 << _INNER_SHIFT) - 1
_BOTH: Final = tuple(
    {mark: outer + (_INNER[place - 8][mark] << _INNER_SHIFT if 8 <= place < 16 else 0) for mark, outer in table.items()}
    for place, table in enumerate(_PRODUCTS)
)
_MARKS: Final = frozenset(ALPHABET)
_REGIONS: Final = PROVINCES | {NATIONAL}
_LOOK_ALIKES: Final = str.maketrans("OISZ", "0152")


def read_uscc(raw: Cell) -> Reading:
    """A code of 18 places; a wrong inner check is only a warning, because old self-assigned bodies may exist."""
    if type(raw) is str and len(raw) == 18 and _is_sound(raw):
        return Reading(raw)
    text = code_text(raw)
    return text if isinstance(text, Reading) else _examined(squeezed(text), raw)


def check_mark(code: str) -> str:
    """The 18th place for the first 17; raises KeyError for a mark outside the alphabet."""
    return ALPHABET[-sum(map(getitem, _PRODUCTS, code)) % 31]


def inner_check_mark(body: str) -> str:
    """The ninth place of the organisation code for its first eight."""
    return "0123456789X"[-sum(map(getitem, _INNER, body)) % 11]


def _is_sound(code: str) -> bool:
    """Nothing at all to say against 18 clean marks; the way that nearly all cells go."""
    try:
        total = sum(map(getitem, _BOTH, code))
    except KeyError:
        return False
    return (
        ALPHABET[-(total & _OUTER_PART) % 31] == code[17]
        and "0123456789X"[-(total >> _INNER_SHIFT) % 11] == code[16]
        and code[0] in AUTHORITIES
        and code[2:4] in _REGIONS
        and code[4:8].isdigit()
    )


def _examined(code: str, raw: Cell) -> Reading:
    if len(code) == 15 and code.isdigit() and code.isascii():
        return failure(Code.USCC_LEGACY, raw)
    if len(code) != 18:
        return failure(Code.USCC_LENGTH, raw)
    if not (set(code) <= _MARKS and code[2:8].isdigit()):
        likely = code.translate(_LOOK_ALIKES)
        return failure(Code.USCC_CHARACTERS, raw, likely if set(likely) <= _MARKS and _is_sound(likely) else "")
    if code[0] not in AUTHORITIES:
        return failure(Code.USCC_AUTHORITY, raw)
    if check_mark(code) != code[17]:
        return failure(Code.PRECISION_LOST if lost_digits(code) else Code.USCC_CHECK, raw)
    if code[2:4] not in _REGIONS:
        return failure(Code.USCC_REGION, raw)
    if inner_check_mark(code[8:16]) != code[16]:
        return warning(code, Code.USCC_INNER_CHECK, raw)
    return Reading(code)
