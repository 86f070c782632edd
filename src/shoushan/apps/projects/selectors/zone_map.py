"""Zones as they lie to one another: arithmetic only, drawn by a template as inline SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import cos, radians
from typing import Final, NamedTuple

from shoushan.apps.projects.models import Zone, ZoneOutline
from shoushan.directory.tiles import Value, level_of
from shoushan.lib import outlines
from shoushan.lib.outlines import METRES_PER_DEGREE, Polygons

WIDTH: Final = 640
LOWEST, HIGHEST = 200, 440
MARGIN: Final = 44
"""Room around what is drawn, for labels at its edge and the bar of the scale."""
LINE: Final = 20
"""Height of a line of a label; a character of its first line is a little narrower."""
LABEL: Final = 48
"""Height of a label with room below."""
CHARACTER: Final = 16
LENGTHS: Final = (100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000)
"""Metres that the bar of the scale may stand for."""


class Drawn(NamedTuple):
    """A zone to be drawn."""

    number: int
    zone: Zone
    outline: ZoneOutline
    value: Value


@dataclass(frozen=True, slots=True)
class Shape:
    """A zone on the drawing: its path with holes, the place of its label, and in which fifth its number lies."""

    number: int
    zone: Zone
    value: Value
    level: int
    is_schematic: bool
    path: str
    x: int
    y: int

    @property
    def width(self) -> int:
        """About how wide its label is."""
        return (len(self.zone.name) + 2) * CHARACTER

    @property
    def left(self) -> int:
        """Where the label begins."""
        return self.x - self.width // 2


@dataclass(frozen=True, slots=True)
class ZoneMap:
    """The shapes, the size of the drawing and what a bar of so many units stands for in metres."""

    shapes: tuple[Shape, ...]
    height: int
    bar: int
    metres: int
    width: int = WIDTH
    margin: int = MARGIN

    @property
    def below(self) -> int:
        """Where the bar lies."""
        return self.height - 16

    @property
    def scale_top(self) -> int:
        """Up to where its ends reach."""
        return self.below - 6

    @property
    def bar_end(self) -> int:
        """Where it ends."""
        return MARGIN + self.bar

    @property
    def is_schematic(self) -> bool:
        """Is any of the shapes no boundary?"""
        return any(shape.is_schematic for shape in self.shapes)


class _Projection(NamedTuple):
    """Degrees as places on the drawing: equirectangular about the middle, true to scale within a district."""

    west: float
    north: float
    across: float
    down: float
    left: float
    top: float

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a point is drawn."""
        x = self.left + (longitude - self.west) * self.across
        return round(x, 1), round(self.top + (self.north - latitude) * self.down, 1)


def zone_map(drawn: Sequence[Drawn]) -> ZoneMap | None:
    """The map of zones that have an outline; None where none has."""
    points = [point for each in drawn for polygon in each.outline.polygons for ring in polygon for point in ring]
    if not points:
        return None
    (west, east), (south, north) = ((min(each), max(each)) for each in zip(*points, strict=True))
    wide = METRES_PER_DEGREE * cos(radians((south + north) / 2))
    metres = max((east - west) * wide, 1), max((north - south) * METRES_PER_DEGREE, 1)
    room = WIDTH - 2 * MARGIN, HIGHEST - 2 * MARGIN
    scale = min(room[0] / metres[0], room[1] / metres[1])
    height = max(LOWEST, round(metres[1] * scale) + 2 * MARGIN)
    left, top = (WIDTH - metres[0] * scale) / 2, (height - metres[1] * scale) / 2
    projection = _Projection(west, north, wide * scale, METRES_PER_DEGREE * scale, left, top)
    values = [each.value for each in drawn]
    shapes = _spread([_shape(each, projection, level_of(each.value, values)) for each in drawn])
    length = max((each for each in LENGTHS if each * scale <= WIDTH / 4), default=LENGTHS[0])
    return ZoneMap(shapes, max(height, *(shape.y + 2 * LINE for shape in shapes)), round(length * scale), length)


def _shape(each: Drawn, projection: _Projection, level: int) -> Shape:
    polygons: Polygons = each.outline.polygons
    path = " ".join(
        "M" + " ".join(f"{x:g},{y:g}" for x, y in (projection.place(*point) for point in ring[:-1])) + "Z"
        for polygon in polygons
        for ring in polygon
    )
    largest = max(polygons, key=lambda polygon: outlines.area_sqm([polygon]))
    x, y = projection.place(*outlines.middle(largest[0]))
    shape = Shape(each.number, each.zone, each.value, level, each.outline.is_schematic, path, round(x), round(y))
    half = shape.width // 2
    return replace(shape, x=max(half, min(WIDTH - half, shape.x)) if half * 2 < WIDTH else WIDTH // 2)


def _spread(shapes: Sequence[Shape]) -> tuple[Shape, ...]:
    """The shapes with labels moved down until none lies on another."""
    placed: list[Shape] = []
    for shape in sorted(shapes, key=lambda each: (each.y, each.number)):
        y = shape.y
        for other in placed:  # they are in order from above, so one way is enough
            is_beside = abs(other.x - shape.x) >= (other.width + shape.width) / 2
            if not is_beside and abs(other.y - y) < LABEL:
                y = other.y + LABEL
        placed.append(replace(shape, y=y))
        placed.sort(key=lambda each: each.y)
    return tuple(sorted(placed, key=lambda each: each.number))
