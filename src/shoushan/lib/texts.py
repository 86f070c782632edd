"""Text as people type it: full-width forms, stray blanks and line breaks, names compared by a normal form."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import Final

from shoushan.lib.readings import EMPTY, Cell, Code, Reading, failure

_FULL_WIDTH: Final = {0xFF01 + i: 0x21 + i for i in range(94)}
_LETTERS_DIGITS_BRACKETS: Final = {
    wide: plain for wide, plain in _FULL_WIDTH.items() if chr(plain).isalnum() or chr(plain) in "()[]{}"
}
_ODD_BRACKETS: Final = dict.fromkeys(map(ord, "〔[【{﹙"), "(") | dict.fromkeys(map(ord, "〕]】}﹚"), ")")
_MIDDLE_DOTS: Final = dict.fromkeys(map(ord, "•・‧∙●⋅᛫･\u0387"), "·")
# Invisible: control characters, soft hyphen, zero-width marks, direction marks, byte order mark.
_INVISIBLE: Final = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_BLANK: Final = r"\s\u3000"
_DROPPED: Final = re.compile(f"[{_INVISIBLE}]+")
_BLANKS: Final = re.compile(f"[{_BLANK}]+")
_UNCLEAN: Final = re.compile(
    f"[{_INVISIBLE}\t-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\uff01-\uff5e]|  "
)
_BROKEN: Final = re.compile("[\ufffd\ud800-\udfff]")
_BETWEEN_HAN: Final = re.compile(
    r"(?<=[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af·]) (?=[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af·])"
)
_KEY_DROPPED: Final = re.compile(r"[\s\u3000'‘’\"“”]+|[。.,、;]+$")
_DITTOS: Final = frozenset({"同上", "同前", "同上行", "同上格", "同上一行", "〃", "″", "''", '"', "”", "“"})
DASHES: Final = dict.fromkeys(map(ord, "—–―─‐‑‒−"), "-")
NOT_STATED: Final = frozenset({"-", "/", "\\", "--", "---", "无", "暂无", "不详", "未知", "未统计", "N/A", "n/a", "NA"})
ERROR_CELLS: Final = frozenset(
    {
        "#REF!",
        "#N/A",
        "#DIV/0!",
        "#VALUE!",
        "#NAME?",
        "#NUM!",
        "#NULL!",
        "#SPILL!",
        "#CALC!",
        "#FIELD!",
        "#GETTING_DATA",
    }
)


def shortened(text: str, longest: int) -> str:
    """The text, cut with an ellipsis where it is longer than so many characters."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def as_text(raw: Cell) -> str:
    """The cell in plain text without cleaning: whole numbers without a decimal point, days as 2020-03-23."""
    if isinstance(raw, str):
        return raw
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() and abs(raw) < 1e15 else repr(raw)
    if isinstance(raw, datetime):
        return raw.isoformat(sep=" ")
    return str(raw)


def clean(raw: Cell) -> str:
    """The text on one line, with letters, digits and brackets in half width; rare characters and punctuation stay."""
    text = raw if type(raw) is str else as_text(raw)
    if _UNCLEAN.search(text):
        text = _DROPPED.sub("", text).translate(_LETTERS_DIGITS_BRACKETS)
        text = _BLANKS.sub(" ", text)
    return text.strip()


def narrow(text: str) -> str:
    """As `clean`, but all of ASCII in half width, punctuation too: for codes, numbers and dates."""
    return text.strip() if text.isascii() and text.isprintable() else clean(text.translate(_FULL_WIDTH))


def is_blank(raw: Cell) -> bool:
    """Nothing is written in the cell; blanks and invisible marks are nothing."""
    return raw is None or (isinstance(raw, str) and (not raw or not clean(raw)))


def is_ditto(raw: Cell) -> bool:
    """The cell says "as above"; whether a sheet allows that is the sheet's business."""
    return isinstance(raw, str) and len(raw) <= 12 and clean(raw).replace(" ", "") in _DITTOS


def is_not_stated(text: str) -> bool:
    """The cell holds a mark which says that there is nothing to state: —, /, 无."""
    return len(text) <= 4 and text.translate(DASHES) in NOT_STATED


def common_failure(raw: Cell, text: str) -> Reading | None:
    """What is wrong with a cell (`text` is its clean form) whatever the column: a formula error, 同上, mojibake."""
    if text in ERROR_CELLS:
        return failure(Code.ERROR_CELL, raw)
    if text.replace(" ", "") in _DITTOS:
        return failure(Code.DITTO, raw)
    return failure(Code.BROKEN_TEXT, raw) if _BROKEN.search(text) else None


def read_text(raw: Cell) -> Reading:
    """Free text, cleaned; refuses formula errors, 同上 and characters that were lost in a conversion."""
    text = clean(raw)
    if not text:
        return EMPTY
    return common_failure(raw, text) or Reading(text)


def read_person_name(raw: Cell) -> Reading:
    """A person's name: blanks between Chinese characters dropped (王 伟), one kind of middle dot (阿不都·买买提)."""
    reading = read_text(raw)
    if not reading.value:
        return reading
    name = reading.value.translate(_MIDDLE_DOTS)
    return Reading(_BETWEEN_HAN.sub("", name))


@lru_cache(maxsize=16_384)  # an import asks for the key of a name several times within a chunk
def match_key(name: Cell) -> str:
    """The normal form in which two spellings of an enterprise's name are the same (handbook B6)."""
    key = clean(name).translate(_FULL_WIDTH).translate(_ODD_BRACKETS).translate(_MIDDLE_DOTS)
    key = _KEY_DROPPED.sub("", key).upper()
    return key.replace("有限责任公司", "有限公司").replace("山东省", "山东")
