"""What deadlines refuse, in the words that the user reads."""

from __future__ import annotations

from django.utils.translation import gettext as _

from shoushan.deadlines.enums import CalendarPurpose


class DeadlineError(ValueError):
    """A question or a change that the rules of calendars and clocks do not allow; the sentence is shown to the user."""


class CalendarMissingError(DeadlineError):
    """The answer needs a year whose calendar is not loaded. `year` and `purpose` say which; nothing is guessed."""

    def __init__(self, purpose: str, year: int) -> None:
        sentence = _(
            "%(year)s年的工作日历（%(purpose)s）还没有录入，无法推算。请系统管理员在“工作日历”中按国务院办公厅关于%(year)s年部分节假日安排的通知录入后重试。"
        )
        super().__init__(sentence % {"year": year, "purpose": CalendarPurpose(purpose).label})
        self.purpose = purpose
        self.year = year
