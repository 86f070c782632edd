"""Where the points of a small trend chart lie: arithmetic only, drawn by a template as inline SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 640, 200
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
class Trend:
    """A drawn series; days are spaced by the calendar, so that a missing day is seen as a gap."""

    points: tuple[Point, ...]
    gridlines: tuple[Gridline, ...]
    day_labels: tuple[Point, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    baseline: int = HEIGHT - BOTTOM

    @property
    def line(self) -> str:
        """The `points` of an SVG polyline."""
        return " ".join(f"{point.x:g},{point.y:g}" for point in self.points)

    @property
    def area(self) -> str:
        """The `points` of the SVG polygon between line and base."""
        first, last = self.points[0], self.points[-1]
        return f"{first.x:g},{self.baseline} {self.line} {last.x:g},{self.baseline}"


def trend_of(series: Sequence[tuple[date, int | float]]) -> Trend | None:
    """The drawing of (day, value) pairs in ascending days; nothing without a day. The axis starts at zero."""
    if not series:
        return None
    lowest, highest = min(0, *(value for _on, value in series)), max(value for _on, value in series)
    step = _step(highest - lowest)
    floor, top = (lowest // step) * step, -(-max(highest, 1) // step) * step
    first, span = series[0][0], max((series[-1][0] - series[0][0]).days, 1)

    def height(value: int | float) -> float:
        return round(HEIGHT - BOTTOM - (value - floor) / (top - floor) * (HEIGHT - TOP - BOTTOM), 1)

    def across(on: date) -> float:
        return round(LEFT + (on - first).days / span * (WIDTH - LEFT - RIGHT), 1)

    points = tuple(Point(on, value, across(on), height(value)) for on, value in series)
    lines = tuple(Gridline(floor + step * n, height(floor + step * n)) for n in range(int((top - floor) / step) + 1))
    return Trend(points, lines, _labelled(points))


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
