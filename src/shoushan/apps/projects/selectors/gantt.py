"""Bars of projects and of a project's milestones along one axis of days: arithmetic only, drawn by templates as inline SVG."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from shoushan.apps.projects.enums.projects import MilestoneKey
from shoushan.apps.projects.models import Milestone, Project

WIDTH: Final = 640
MOST_QUARTERS: Final = 12
"""An axis of more quarters than this is divided into years."""


@dataclass(frozen=True, slots=True)
class Bar:
    """From a day to another, on the drawing."""

    first: date
    last: date
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the axis with what stands above it."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Axis:
    """The days that are drawn."""

    first: date
    last: date
    today: date

    def x(self, day: date) -> float:
        """The place of a day."""
        return round((day - self.first).days / max((self.last - self.first).days, 1) * WIDTH, 1)

    def bar(self, first: date | None, last: date | None) -> Bar | None:
        """The bar between two days, both included; None where one isn't known. A bar of one day is still to be seen."""
        if first is None or last is None:
            return None
        first, last = min(first, last), max(first, last)
        x = self.x(first)
        return Bar(first, last, x, max(3.0, round(self.x(last + timedelta(days=1)) - x, 1)))

    @property
    def width(self) -> int:
        """Of the whole drawing."""
        return WIDTH

    @property
    def today_x(self) -> float | None:
        """Where today is; None outside of the axis."""
        return self.x(self.today) if self.first <= self.today <= self.last else None

    @property
    def ticks(self) -> list[Tick]:
        """The beginnings of quarters, of a long axis those of years, of a very long one of every second or fifth."""
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        if months <= MOST_QUARTERS * 3:
            return [Tick(self.x(day), f"{day:%Y-%m}") for day in _quarters(self.first, self.last)]
        years = list(range(self.first.year, self.last.year + 1))
        step = next(each for each in (1, 2, 5, 10, 100) if len(years) <= MOST_QUARTERS * each)
        return [Tick(self.x(date(year, 1, 1)), str(year)) for year in years if not (year - years[0]) % step]


def _quarters(first: date, last: date) -> Iterable[date]:
    day = first
    while day <= last:
        yield day
        day = date(day.year + day.month // 10, (day.month + 2) % 12 + 1, 1)


def axis_of(days: Iterable[date | None], *, today: date) -> Axis:
    """Whole quarters, in long axes whole years, around all days that are known, or this year where none is."""
    known = [day for day in days if day is not None] or [today]
    low, high = min(known), max(known)
    if (high.year - low.year) * 12 + high.month - low.month >= MOST_QUARTERS * 3:
        return Axis(date(low.year, 1, 1), date(high.year, 12, 31), today)
    first = date(low.year, (low.month - 1) // 3 * 3 + 1, 1)
    quarter = (high.month - 1) // 3
    last = date(high.year + (quarter == 3), (quarter + 1) % 4 * 3 + 1, 1) - timedelta(days=1)
    return Axis(first, last, today)


@dataclass(frozen=True, slots=True)
class Span:
    """The days of one row: planned, now expected, and how it was; an actual row that has no end goes on until today."""

    planned: tuple[date, date] | None
    expected: tuple[date, date] | None
    actual: tuple[date, date] | None
    is_over: bool = False

    @property
    def days(self) -> tuple[date, ...]:
        """All days that must be on the axis."""
        return tuple(day for pair in (self.planned, self.expected, self.actual) if pair for day in pair)

    @property
    def slip(self) -> int | None:
        """By how many days the end is later than planned; less than 0 is earlier."""
        return (self.expected[1] - self.planned[1]).days if self.planned and self.expected else None


@dataclass(frozen=True, slots=True)
class GanttRow:
    """One row of the drawing with its days for the table."""

    record: Any
    label: Any
    span: Span
    planned: Bar | None
    expected: Bar | None
    actual: Bar | None


@dataclass(frozen=True, slots=True)
class Gantt:
    """Rows along one axis."""

    axis: Axis
    rows: tuple[GanttRow, ...]


def _drawn(found: Sequence[tuple[Any, Any, Span]], today: date) -> Gantt:
    axis = axis_of((day for _record, _label, span in found for day in span.days), today=today)
    rows = tuple(
        GanttRow(record, label, span, *(axis.bar(*(pair or (None, None))) for pair in _pairs(span)))
        for record, label, span in found
    )
    return Gantt(axis, rows)


def _pairs(span: Span) -> tuple[tuple[date, date] | None, ...]:
    return span.planned, span.expected, span.actual


def portfolio_gantt(projects: Sequence[Any], *, today: date) -> Gantt:
    """Projects of a portfolio from start to completion: by milestones where there are some, else by the plan's years."""
    newest = newest_by_project([each.pk for each in projects])
    return _drawn([(each, each.name, _span_of(each, newest.get(each.pk, {}), today)) for each in projects], today)


def newest_by_project(project_ids: Sequence[int]) -> dict[int, dict[str, tuple[date, Milestone]]]:
    """Every milestone as it stands with the day of its first plan, by project and key."""
    found: dict[int, dict[str, tuple[date, Milestone]]] = {}
    for each in Milestone.objects.filter(project_id__in=project_ids).order_by("revision"):
        own = found.setdefault(each.project_id, {})
        first = own[each.key][0] if each.key in own else each.planned_on
        own[each.key] = (first, each)
    return found


def _span_of(project: Any, own: dict[str, tuple[date, Milestone]], today: date) -> Span:
    """Planned is what was approved first; a milestone of the start or of the acceptance counts before the years."""
    start, end = own.get(MilestoneKey.START), own.get(MilestoneKey.ACCEPTANCE)
    first = start[0] if start else date(project.start_year, 1, 1) if project.start_year else None
    last = end[0] if end else date(project.end_year, 12, 31) if project.end_year else None
    planned = (first, max(first, last)) if first and last else None
    began = project.started_on or (start[1].expected_on if start else first)
    ends = project.completed_on or (end[1].expected_on if end else last)
    expected = (began, max(began, ends)) if began and ends else None
    actual = (project.started_on, project.completed_on or today) if project.started_on else None
    return Span(planned, expected, actual, is_over=project.completed_on is not None)


def project_gantt(project: Project, *, today: date) -> Gantt:
    """A project's milestones one after the other: each from the one before it to its own day."""
    own = newest_by_project([project.pk]).get(project.pk, {})
    ordered = sorted(own.values(), key=lambda each: (each[0], each[1].key))
    found: list[tuple[Any, Any, Span]] = []
    before: tuple[date, date] | None = None
    for first, newest in ordered:
        planned_from, expected_from = before or (first, newest.expected_on)
        planned = (min(planned_from, first), first)
        expected = (min(expected_from, newest.expected_on), newest.expected_on)
        actual = expected if newest.actual_on else None
        span = Span(planned, expected, actual, is_over=newest.actual_on is not None)
        found.append((newest, MilestoneKey(newest.key).label, span))
        before = (first, newest.expected_on)
    return _drawn(found, today)
