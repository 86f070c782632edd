"""Where the points of a small trend chart lie: arithmetic only, drawn by a template as inline SVG."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH, HEIGHT, TALL = 640, 200, 480
LEFT, RIGHT, TOP, BOTTOM = 56, 16, 16, 28


@dataclass(frozen=True)
class Point:
    """One day: its value and its place on the drawing."""

    on: date
    value: int | float
    x: float
    y: float


@dataclass(frozen=True)
class Gridline:
    """One horizontal line with its value."""

    value: int | float
    y: float


@dataclass(frozen=True)
class Beside:
    """What a series is to be seen beside: a plan or a target as (day, value) pairs in ascending days, with a name and a kind.

    The kind is the class by which it is drawn: "plan" or "target". Between two of its days it keeps the earlier value.
    """

    label: str
    kind: str
    series: tuple[tuple[date, int | float], ...]

    def on(self, day: date) -> int | float | None:
        """Its value on a day; None before its first."""
        return next((value for on, value in reversed(self.series) if on <= day), None)


@dataclass(frozen=True)
class BesideLine:
    """The same, drawn; its values are those of the days of the series that it stands beside."""

    label: str
    kind: str
    line: str
    values: tuple[int | float | None, ...]


@dataclass(frozen=True)
class Trend:
    """A drawn series; days are spaced by the calendar, so that a missing day is seen as a gap."""

    points: tuple[Point, ...]
    gridlines: tuple[Gridline, ...]
    day_labels: tuple[Point, ...]
    beside: tuple[BesideLine, ...] = ()
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    baseline: int = HEIGHT - BOTTOM

    @property
    def rows(self) -> list[tuple[Point, tuple[int | float | None, ...]]]:
        """Each day with its value and those beside it."""
        return [(point, tuple(each.values[place] for each in self.beside)) for place, point in enumerate(self.points)]

    @property
    def line(self) -> str:
        """The `points` of an SVG polyline."""
        return " ".join(f"{point.x:g},{point.y:g}" for point in self.points)

    @property
    def area(self) -> str:
        """The `points` of the SVG polygon between line and base."""
        first, last = self.points[0], self.points[-1]
        return f"{first.x:g},{self.baseline} {self.line} {last.x:g},{self.baseline}"


def trend_of(
    series: Sequence[tuple[date, int | float]], beside: Sequence[Beside] = (), *, height: int = HEIGHT
) -> Trend | None:
    """The drawing of (day, value) pairs in ascending days; nothing without a day. The axis starts at zero.

    It ends at the largest value of all lines, and on the last day of all: a plan goes on beyond what was achieved.
    """
    if not series:
        return None
    every = [*series, *(each for other in beside for each in other.series)]
    lowest, highest = min(0, *(value for _on, value in every)), max(value for _on, value in every)
    step = _step(highest - lowest)
    floor, top = (lowest // step) * step, -(-max(highest, 1) // step) * step
    first, last = min(on for on, _value in every), max(on for on, _value in every)
    span = max((last - first).days, 1)

    def up(value: int | float) -> float:
        return round(height - BOTTOM - (value - floor) / (top - floor) * (height - TOP - BOTTOM), 1)

    def across(on: date) -> float:
        return round(LEFT + (on - first).days / span * (WIDTH - LEFT - RIGHT), 1)

    points = tuple(Point(on, value, across(on), up(value)) for on, value in series)
    lines = tuple(Gridline(floor + step * n, up(floor + step * n)) for n in range(int((top - floor) / step) + 1))
    others = tuple(
        BesideLine(
            each.label,
            each.kind,
            " ".join(f"{across(on):g},{up(value):g}" for on, value in _steps(each.series)),
            tuple(each.on(point.on) for point in points),
        )
        for each in beside
        if each.series
    )
    labelled = _labelled(points) if not others else _labelled(_axis(first, last, across))
    return Trend(points, lines, labelled, others, height=height, baseline=height - BOTTOM)


def _axis(first: date, last: date, across: Callable[[date], float]) -> tuple[Point, ...]:
    """The days of an axis that no single series spans."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return tuple(Point(day, 0, across(day), HEIGHT - BOTTOM) for day in days)


def _steps(series: Sequence[tuple[date, int | float]]) -> list[tuple[date, int | float]]:
    """The corners of a line that keeps a value until the next."""
    found: list[tuple[date, int | float]] = []
    for on, value in series:
        if found and found[-1][1] != value:
            found.append((on, found[-1][1]))
        found.append((on, value))
    return found


def _step(extent: int | float) -> int:
    """A round distance (1, 2 or 5 times a power of ten) that gives at most five gridlines above the base."""
    power = 1
    while True:
        for factor in (1, 2, 5):
            if extent <= factor * power * 4:
                return factor * power
        power *= 10


def _labelled(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """At most five points whose day is written below, first and last always among them."""
    if len(points) <= 5:
        return points
    return tuple(points[round(index * (len(points) - 1) / 4)] for index in range(5))
