"""Days as people write them into the form: one line a day or a stretch of days, with a name after a blank."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from django.utils.translation import gettext as _

from shoushan.deadlines.errors import DeadlineError
from shoushan.deadlines.notices import DayOrder
from shoushan.lib.days import read_day
from shoushan.lib.texts import narrow

LONGEST_STRETCH: Final = 60
_STRETCH: Final = re.compile("[至到~—–]+")
_BARE_DAY: Final = re.compile(r"(\d{1,2})[日号]?")


class DayLineError(DeadlineError):
    """A line that is no day; the sentence says which line and how to write it."""


def read_lines(text: str, *, year: int, is_working: bool) -> dict[date, DayOrder]:
    """The days of a text, each off or at work as told. `1月24日至30日 春节` is seven days with a name.

    Raises DayLineError with the number of the first line that cannot be read.
    """
    found: dict[date, DayOrder] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        days, _blank, name = narrow(line).strip().partition(" ")
        for part in filter(None, re.split("[、,;]", days)):
            for day in _stretch(part, number, year):
                found[day] = DayOrder(is_working, name.strip()[:60])
    return found


def _stretch(part: str, number: int, year: int) -> Iterator[date]:
    first_text, *more = _STRETCH.split(part)
    first = _day(first_text, number, year)
    last = first
    if more:
        bare = _BARE_DAY.fullmatch(more[0])
        last = _day(f"{first.year}-{first.month}-{bare[1]}" if bare else more[0], number, year)
    if len(more) > 1 or not 0 <= (last - first).days < LONGEST_STRETCH:
        raise DayLineError(
            _("第 %(number)d 行“%(text)s”起止不对，请写成“1月24日至30日”。") % {"number": number, "text": part}
        )
    return (first + timedelta(days=offset) for offset in range((last - first).days + 1))


def _day(text: str, number: int, year: int) -> date:
    value = read_day(text, year=year).value
    if not isinstance(value, date):
        raise DayLineError(
            _("第 %(number)d 行“%(text)s”不是日期，请写成“1月24日”或“%(year)s-01-24”，一行一个日期或一段日期。")
            % {"number": number, "text": text, "year": year}
        )
    return value


def write_lines(days: Mapping[date, DayOrder], *, is_working: bool) -> str:
    """The days that are off, or at work, as the form shows them: stretches with the same name on one line."""
    chosen = [(day, order.name) for day, order in sorted(days.items()) if order.is_working == is_working]
    lines = []
    for _key, group in groupby(enumerate(chosen), key=lambda pair: (pair[1][0].toordinal() - pair[0], pair[1][1])):
        rows = [row for _index, row in group]
        first, last, name = rows[0][0], rows[-1][0], rows[0][1]
        text = _written(first)
        if last != first:
            text += f"至{last.day}日" if last.month == first.month else f"至{_written(last)}"
        lines.append(f"{text} {name}".strip())
    return "\n".join(lines)


def _written(day: date) -> str:
    return f"{day.month}月{day.day}日"
