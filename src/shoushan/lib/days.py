"""Civil dates in every spelling that district workbooks use; what could mean two days is refused, never guessed."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, timedelta, timezone
from typing import Final

from shoushan.lib.readings import EMPTY, Cell, Code, Reading, failure, warning
from shoushan.lib.texts import common_failure, is_not_stated, narrow

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100
LONGEST_DAY: Final = 40
CIVIL_ZONE: Final = timezone(timedelta(hours=8))
"""A moment with an offset belongs to the day that the clocks in China showed (handbook 0.3); there is no summer time."""
EPOCH_1900: Final = date(1899, 12, 30)
EPOCH_1904: Final = date(1904, 1, 1)
FIRST_SERIAL: Final = 10_000
"""Smaller serials (before 1927) are counts or years typed into the wrong column, not days of a ledger."""

_WEEKDAY: Final = r"(?: ?\(?(?:星期|周)[一二三四五六日天]\)?)?"
_CLOCK: Final = r"(?:[01]?\d|2[0-4])(?:(?::[0-5]?\d){1,2}(?:\.\d+)?|[时点](?:[0-5]?\d分?|整|半)?)"
_TIME: Final = (
    rf"{_WEEKDAY}(?:[ T]?(?:上午|下午|晚上?|早上?|凌晨|中午)?{_CLOCK} ?(?P<zone>Z|[+-]\d\d:?\d\d)?)?{_WEEKDAY}"
)
_FULL: Final = re.compile(r"(?P<y>\d{4}) ?(?P<s>[-/.。、]) ?(?P<m>\d{1,2}) ?(?P=s) ?(?P<d>\d{1,2})" + _TIME, re.ASCII)
_CHINESE: Final = re.compile(
    r"(?:(?P<y>\d{2}|\d{4}) ?年 ?)?(?P<m>\d{1,2}) ?月 ?(?P<d>\d{1,2}) ?[日号]?" + _TIME, re.ASCII
)
_COMPACT: Final = re.compile(r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)" + _TIME, re.ASCII)
_NO_DAY: Final = re.compile(
    r"\d{4}(?: ?[-/.年] ?\d{1,2} ?月?| ?年)?(?:份|[上中下]旬|底|初)?|\d{1,2}月(?:份|[上中下]旬|底|初)?", re.ASCII
)
_SHORT: Final = re.compile(r"\d{1,4}[-/.。、]\d{1,2}(?:[-/.。、]\d{1,4})?", re.ASCII)
_NUMERALS: Final = {ord(mark): str(digit) for digit, mark in enumerate("〇一二三四五六七八九")} | {
    ord(mark): "0" for mark in "○零◯⭘"
}
_DAY_MARK: Final = re.compile("[日号]")
_TENS: Final = re.compile(r"(?P<tens>\d?)十(?P<units>\d?)", re.ASCII)


def read_day(raw: Cell, *, year: int | None = None, epoch_1904: bool = False) -> Reading:
    """A civil date; `year` is used for spellings without one (2月11日), `epoch_1904` for serials of old Mac workbooks."""
    if isinstance(raw, date):
        return _day_cell(raw)
    if isinstance(raw, str):
        text = narrow(raw)
        return _text(text, raw, year, epoch_1904=epoch_1904) if text else EMPTY
    if raw is None:
        return EMPTY
    if isinstance(raw, bool):
        return failure(Code.WRONG_KIND, raw)
    return _number(raw, epoch_1904=epoch_1904)


def document_day(day: date) -> str:
    """The day as official documents write it: 2020年3月23日, without leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def month_end(day: date) -> date:
    """The last day of the month in which a day lies."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def serial(day: date, *, epoch_1904: bool = False) -> int:
    """The number under which a spreadsheet keeps the day (from 1900-03-01 on)."""
    return (day - (EPOCH_1904 if epoch_1904 else EPOCH_1900)).days


def _day_cell(raw: date) -> Reading:
    day = raw
    if isinstance(raw, datetime):
        day = _civil(raw).date()
    return Reading(day) if FIRST_YEAR <= day.year <= LAST_YEAR else failure(Code.DAY_OUT_OF_RANGE, raw)


def _civil(moment: datetime) -> datetime:
    try:
        return moment.astimezone(CIVIL_ZONE) if moment.tzinfo else moment
    except OverflowError:  # the first or last day that there is
        return moment


def _number(raw: float, *, epoch_1904: bool) -> Reading:
    if not math.isfinite(raw):
        return failure(Code.NOT_A_DAY, raw)
    whole = math.floor(raw)
    if whole == raw and FIRST_YEAR <= whole <= LAST_YEAR:
        return failure(Code.DAY_MISSING, raw)
    if whole == raw and 10_000_101 <= whole <= 99_991_231:
        return _parts(whole // 10_000, whole // 100 % 100, whole % 100, raw)
    if whole == raw and 190_001 <= whole <= 210_012:
        return failure(Code.DAY_MISSING, raw)
    if whole < FIRST_SERIAL or whole > 99_999:
        # 2.11 as a number may have been 2月11日, 2月1日 or no date at all.
        return failure(Code.DAY_AMBIGUOUS if 1 <= raw < 13 and whole != raw else Code.NOT_A_DAY, raw)
    return _day_cell_of_serial(whole, raw, epoch_1904=epoch_1904)


def _day_cell_of_serial(whole: int, raw: Cell, *, epoch_1904: bool) -> Reading:
    day = (EPOCH_1904 if epoch_1904 else EPOCH_1900) + timedelta(days=whole)
    return Reading(day) if day.year <= LAST_YEAR else failure(Code.DAY_OUT_OF_RANGE, raw)


def _text(text: str, raw: str, year: int | None, *, epoch_1904: bool) -> Reading:
    if is_not_stated(text):
        return Reading(None, read=text)
    plain = _arabic(text) if len(text) <= LONGEST_DAY else ""
    match = _FULL.fullmatch(plain) or _CHINESE.fullmatch(plain) or _COMPACT.fullmatch(plain)
    if match is None:
        return _not_a_day(plain, text, raw, epoch_1904=epoch_1904)
    if match["zone"]:
        return _moment(plain, raw)
    month, day = int(match["m"]), int(match["d"])
    if match["y"] is None:
        return failure(Code.YEAR_MISSING, raw) if year is None else _parts(year, month, day, raw)
    if len(match["y"]) == 2:
        guess = _parts(2000 + int(match["y"]), month, day, raw)
        return failure(Code.YEAR_TWO_DIGITS, raw, guess.value or "")
    return _parts(int(match["y"]), month, day, raw)


def _parts(year: int, month: int, day: int, raw: Cell) -> Reading:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return failure(Code.DAY_OUT_OF_RANGE, raw)
    try:
        return Reading(date(year, month, day))
    except ValueError:
        return failure(Code.DAY_IMPOSSIBLE, raw)


def _moment(text: str, raw: str) -> Reading:
    try:
        return _day_cell(datetime.fromisoformat(text.replace("/", "-")))
    except ValueError:
        return failure(Code.NOT_A_DAY, raw)


def _not_a_day(plain: str, text: str, raw: str, *, epoch_1904: bool) -> Reading:
    if re.fullmatch(r"\d{5}", plain, re.ASCII):
        reading = _number(int(plain), epoch_1904=epoch_1904)
        return warning(reading.value, Code.SERIAL_AS_TEXT, raw, reading.value) if reading.value else reading
    if _NO_DAY.fullmatch(plain) or re.fullmatch(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])", plain, re.ASCII):
        return failure(Code.DAY_MISSING, raw)
    if _SHORT.fullmatch(plain):
        return failure(Code.DAY_AMBIGUOUS, raw)
    return common_failure(raw, text) or failure(Code.NOT_A_DAY, raw)


def _arabic(text: str) -> str:
    """Chinese numerals as digits: 二〇二〇年二月十一日 becomes 2020年2月11日; weekdays keep theirs."""
    if text.isascii() or not ("年" in text or "月" in text):
        return text
    end = _DAY_MARK.search(text)
    head, tail = (text[: end.start()], text[end.start() :]) if end else (text, "")
    head = head.replace("廿", "二十").replace("卅", "三十").translate(_NUMERALS)
    return _TENS.sub(lambda found: str(int(found["tens"] or 1) * 10 + int(found["units"] or 0)), head) + tail
