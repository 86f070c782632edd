"""The working-day calculator: the same question under every document that was in force, and why the answers differ."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from shoushan.deadlines.differences import change_text, document_text
from shoushan.deadlines.errors import DeadlineError
from shoushan.deadlines.hours import WorkCalendar
from shoushan.deadlines.selectors import Answer, answers_by_version, work_calendar


class AnswerLine(NamedTuple):
    """One answer and why it differs from the one before."""

    answer: Answer
    reason: str
    is_current: bool


class Calculation(NamedTuple):
    """What the calculator found: lines by document, oldest first; working days between two days; a refusal."""

    lines: list[AnswerLine]
    between: int | None
    refusal: str

    @property
    def current(self) -> AnswerLine | None:
        """The answer that holds now."""
        return self.lines[-1] if self.lines else None


def calculation(asked: Mapping[str, Any], *, today: date) -> Calculation:
    """Answer both questions of the form as far as they were asked."""
    purpose, start, days, end = asked["purpose"], asked["start"], asked["days"], asked["end"]
    lines, between, refusal = [], None, ""
    try:
        if end is not None:
            between = work_calendar(purpose, known_on=today).workdays_between(start, end)
        if days is not None:
            work_calendar(purpose, known_on=today).add_workdays(start, days)
    except DeadlineError as error:
        refusal = str(error)
    if days is not None:
        lines = _lines(answers_by_version(purpose=purpose, start=start, days=days, today=today), purpose, start)
    return Calculation(lines, between, refusal)


def _lines(answers: list[Answer], purpose: str, start: date) -> list[AnswerLine]:
    lines: list[AnswerLine] = []
    before: Answer | None = None
    for answer in answers:
        reason = _reason(before, answer, purpose, start) if before else ""
        lines.append(AnswerLine(answer, reason, answer is answers[-1]))
        before = answer
    return lines


def _reason(before: Answer, answer: Answer, purpose: str, start: date) -> str:
    if answer.last_day is None:
        return ""
    if before.last_day is None:
        return _("%(document)s公布了这一年的安排") % {"document": document_text(answer.version)}
    last = max(before.last_day, answer.last_day)
    changes = _changes(
        work_calendar(purpose, known_on=before.known_on),
        work_calendar(purpose, known_on=answer.known_on),
        start,
        last,
    )
    if not changes:
        return _("这段时间没有变化")
    return _("%(document)s：%(days)s") % {"document": document_text(answer.version), "days": change_text(changes)}


def _changes(before: WorkCalendar, after: WorkCalendar, first: date, last: date) -> list[tuple[date, bool]]:
    days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    return [
        (day, after.is_working(day))
        for day in days
        if day.year in before.years and day.year in after.years and before.is_working(day) != after.is_working(day)
    ]
