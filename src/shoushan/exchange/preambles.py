"""What stands above a table and in a file's name: the title, who reports, and as of when."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import PurePath

from django.utils.translation import gettext as _

from shoushan.exchange.columns import Raw
from shoushan.exchange.limits import FileRefusedError

_LABELS = "填报人|填表人|制表人|联系人|联系电话|电话|截至|截止|统计(?:时间|日期|月份|时点)|填报时间|填报日期|填表|报送时间|日期|审核|负责人"
_UNIT = re.compile(
    rf"(?:填报单位|报送单位|上报单位|制表单位|填报街道|报送街道)\s*(?:\(盖章\))?\s*:\s*(?P<unit>.*?)\s*(?=\s{{2,}}|(?:{_LABELS})|$)"
)
_DAY = (
    r"(?:(?P<year>\d{4})\s*[年./-]\s*)?(?P<month>\d{1,2})\s*[月./-]\s*(?P<day>\d{1,2})\s*[日号]?"
    r"(?:[\sT]*(?P<hour>\d{1,2})\s*(?:时|点|:\d{2}))?"
)
_MONTH = r"(?P<year>\d{4})\s*[年./-]\s*(?P<month>\d{1,2})(?:\s*月(?!\s*\d)|(?![\d./-]))"
_LABEL = r"(?:截[至止]|统计|数据|填报|报送|制表)\s*(?:时间|日期|时点|月份)?\s*(?:到|为)?\s*:?\s*"
_AS_OF_DAY, _AS_OF_MONTH = re.compile(_LABEL + _DAY), re.compile(_LABEL + _MONTH)
_FIGURES = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_CHINESE_DAY = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})日)?"
)
_TITLE_MONTH = re.compile(_MONTH)
_NAME_DIGITS = re.compile(r"(?<!\d)(?P<year>20\d{2})(?P<month>\d{2})(?P<day>\d{2})(?!\d)")
_NAME_FULL = re.compile(r"(?<!\d)(?P<year>20\d{2})\s*[年.\-_]\s*(?P<month>\d{1,2})\s*[月.\-_]\s*(?P<day>\d{1,2})(?!\d)")
_NAME_SHORT = re.compile(
    r"\((?P<month>\d{1,2})[.月\-](?P<day>\d{1,2})日?\)|(?<!\d)(?P<month2>\d{1,2})月(?P<day2>\d{1,2})日"
)
_NAME_UNIT = re.compile(r"[\u4e00-\u9fff]{1,8}?(?:街道办事处|街道|镇|乡)")


@dataclass(slots=True)
class AsOf:
    """A cut-off as written; the year may be missing, a month stands for its last day."""

    month: int
    day: int | None
    year: int | None = None
    hour: int | None = None
    text: str = ""

    def on(self, year: int | None) -> date | None:
        """The date, with `year` for a missing one; None when there is none to be had."""
        chosen = self.year or year
        if chosen is None:
            return None
        try:
            if self.day is None:
                return (date(chosen, self.month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
            return date(chosen, self.month, self.day)
        except ValueError:
            raise FileRefusedError(
                "as_of_invalid", _("截至时间“%(text)s”不是有效日期，请改正后再上传。") % {"text": self.text}
            ) from None


@dataclass(slots=True)
class Preamble:
    """The lines above a table, understood."""

    title: str = ""
    unit: str = ""
    as_of: AsOf | None = None


def plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def read_preamble(rows: Iterable[Sequence[Raw]]) -> Preamble:
    """Title, unit and as-of from the rows above the headings."""
    found = Preamble()
    for row in rows:
        cells = [plain(str(cell)) for cell in row if cell is not None]
        line = "  ".join(cells)
        unit, as_of = unit_in(line), as_of_in(line)
        found.unit = found.unit or unit
        found.as_of = found.as_of or as_of
        if not found.title and cells and not unit and as_of is None:
            found.title = cells[0].strip()
    return found


def unit_in(line: str) -> str:
    """The reporting unit named in a line, or nothing; the line is in normal form."""
    match = _UNIT.search(line)
    return match["unit"].strip(" _") if match else ""


def as_of_in(line: str) -> AsOf | None:
    """The cut-off that a line states after a word such as 截至时间; the line is in normal form."""
    line = _arabic(line)
    match = _AS_OF_DAY.search(line) or _AS_OF_MONTH.search(line)
    return _as_of(match) if match else None


def as_of_in_name(name: str) -> AsOf | None:
    """The cut-off in a file name such as 附件2:XX街道复工台账(3.23).xls."""
    stem = plain(PurePath(name).stem)
    match = _NAME_DIGITS.search(stem) or _NAME_FULL.search(stem)
    if match is None:
        short = _NAME_SHORT.search(stem)
        if short is not None:
            month, day = short["month"] or short["month2"], short["day"] or short["day2"]
            return AsOf(int(month), int(day), text=short[0])
        match = _TITLE_MONTH.search(stem)
    return _as_of(match) if match else None


def unit_in_name(name: str) -> str:
    """The subdistrict in a file name, or nothing."""
    stem = re.sub(r"^\s*附件\s*\d*\s*[:_\-、.]?", "", plain(PurePath(name).stem))
    match = _NAME_UNIT.search(stem)
    return match[0] if match else ""


def _as_of(match: re.Match[str]) -> AsOf:
    parts = match.groupdict()
    return AsOf(
        month=int(parts["month"]),
        day=int(parts["day"]) if parts.get("day") else None,
        year=int(parts["year"]) if parts.get("year") else None,
        hour=int(parts["hour"]) if parts.get("hour") and int(parts["hour"]) <= 24 else None,
        text=match[0].strip(),
    )


def _arabic(line: str) -> str:
    """二〇二〇年三月二十三日 as 2020年3月23日."""

    def day(match: re.Match[str]) -> str:
        tail = f"{_tens(match[3])}日" if match[3] else ""
        return f"{match[1].translate(_FIGURES)}年{_tens(match[2])}月{tail}"

    return _CHINESE_DAY.sub(day, line)


def _tens(text: str) -> int:
    tens, has_ten, ones = text.rpartition("十")
    if not has_ten:
        return int(text.translate(_FIGURES))
    return (int(tens.translate(_FIGURES)) if tens else 1) * 10 + (int(ones.translate(_FIGURES)) if ones else 0)
