"""Codes of administrative areas: six digits down to the district, nine to the subdistrict, twelve to the community."""

from __future__ import annotations

from typing import Final

from shoushan.lib.code_text import code_text
from shoushan.lib.readings import Cell, Code, Reading, failure
from shoushan.lib.regions import PROVINCES

LENGTHS: Final = frozenset({6, 9, 12})


def read_area_code(raw: Cell) -> Reading:
    """The code without the zeros of the statistical long form: 370102001000 is the subdistrict 370102001.

    Whether the area exists on a day is the directory's business; here only the form and the province are checked.
    """
    text = code_text(raw)
    if isinstance(text, Reading):
        return text
    code = text.replace(" ", "")
    if len(code) not in LENGTHS or not (code.isascii() and code.isdigit()):
        return failure(Code.AREA_CODE_FORMAT, raw)
    if code[:2] not in PROVINCES:
        return failure(Code.AREA_CODE_PROVINCE, raw)
    if len(code) == 12 and code.endswith("000"):
        return Reading(code[:6] if code.endswith("000000") else code[:9])
    if len(code) == 12 and code[6:9] == "000":
        return failure(Code.AREA_CODE_FORMAT, raw)
    return failure(Code.AREA_CODE_TRUNCATED, raw) if len(code) == 9 and code.endswith("000") else Reading(code)
