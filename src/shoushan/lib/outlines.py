"""Outlines on the ground: polygons read from GeoJSON (RFC 7946), judged in sentences that say where and how to mend them.

Coordinates are kept as whole ten-millionths of a degree (about a centimetre) while they are judged, so that whether two
lines cross is decided exactly and not by rounding.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from math import cos, radians
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _

MOST_BYTES: Final = 1_000_000
MOST_POINTS: Final = 5_000
MOST_METRES: Final = 60_000
"""No district is wider; what is wider holds a point of somewhere else."""
SCALE: Final = 10**7
METRES_PER_DEGREE: Final = 111_320
DEGREES: Final = 180
SYSTEMS: Final = ("CRS84", "4326", "4490")
"""Ends of the names of coordinate systems that are degrees of WGS-84 or CGCS2000, which differ by centimetres."""

Position = tuple[float, float]
Polygons = Sequence[Sequence[Sequence[Sequence[float]]]]
"""Polygons of rings of [longitude, latitude], as a MultiPolygon has them: the first ring goes around, the others are holes."""


class OutlineError(ValueError):
    """What is wrong with an outline, as a sentence for who sent it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Frame(NamedTuple):
    """Within which degrees an outline may lie."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, longitude: float, latitude: float) -> bool:
        """Does a point lie within?"""
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north


CHINA: Final = Frame(73, 3, 136, 54)


@dataclass(frozen=True, slots=True)
class Outline:
    """What was read, and in sentences what was mended on the way."""

    polygons: list[list[list[list[float]]]]
    notes: tuple[str, ...]

    @property
    def points(self) -> int:
        """How many corners it has; the point that closes a ring is the one that began it."""
        return sum(len(ring) - 1 for polygon in self.polygons for ring in polygon)


class Point(NamedTuple):
    """A point in ten-millionths of a degree, with its number in the ring as it was sent, counted from 1."""

    x: int
    y: int
    number: int

    @property
    def place(self) -> tuple[int, int]:
        """Where it is."""
        return self.x, self.y


@dataclass(frozen=True, slots=True)
class Ring:
    """A closed ring: its polygon and its place in it, counted from 1, and its points, the first one again at the end."""

    polygon: int
    number: int
    points: list[Point]
    was_open: bool = False

    @property
    def name(self) -> str:
        """What a sentence calls it."""
        return ring_name(self.polygon, self.number)


def ring_name(polygon: int, number: int) -> str:
    """What a sentence calls a ring: the polygon, and whether it goes around or is a hole."""
    if number == 1:
        return _("第 %(polygon)d 块的外圈") % {"polygon": polygon}
    return _("第 %(polygon)d 块的第 %(hole)d 个内圈") % {"polygon": polygon, "hole": number - 1}


# ---- reading ----------------------------------------------------------------------------------------------------
def read_outline(text: str, frame: Frame = CHINA) -> Outline:
    """The polygons that a GeoJSON text holds. Raises OutlineError, whose sentence says what is wrong where."""
    size = len(text.encode())
    if size > MOST_BYTES:
        raise OutlineError(too_large(size))
    polygons = list(_polygons(_parsed(text)))
    if not polygons:
        raise OutlineError(_("文件里没有任何图形，请在制图软件中选中片区的面以后再导出。"))
    count = sum(len(ring) for polygon in polygons for ring in polygon if isinstance(ring, list))
    if count > MOST_POINTS:
        words = {"count": f"{count:,}", "most": f"{MOST_POINTS:,}"}
        raise OutlineError(
            _("边界有 %(count)s 个点，最多 %(most)s 个。请在制图软件中用“简化”减少点数后再导出。") % words
        )
    rings = [
        [_ring(ring, place, number, frame) for number, ring in enumerate(polygon, 1)]
        for place, polygon in enumerate(polygons, 1)
    ]
    _check_extent(point for polygon in rings for ring in polygon for point in ring.points)
    every = [ring for polygon in rings for ring in polygon]
    _check_crossings(every)
    for outer, *holes in rings:
        _check_holes(outer, holes)
    notes = tuple(_("%(ring)s首尾没有闭合，已自动闭合。") % {"ring": ring.name} for ring in every if ring.was_open)
    return Outline([[[_degrees(point) for point in ring.points] for ring in polygon] for polygon in rings], notes)


def too_large(size: int) -> str:
    """The sentence about a file of too many bytes."""
    words = {"size": f"{size / 1_000_000:.1f}", "most": MOST_BYTES // 1_000_000}
    return _("边界文件有 %(size)s MB，最多 %(most)d MB。请在制图软件中简化边界，或只导出这一个片区。") % words


def _degrees(point: Point) -> list[float]:
    return [point.x / SCALE, point.y / SCALE]


def _parsed(text: str) -> Any:
    try:
        return json.loads(text.removeprefix("\ufeff"), parse_float=Decimal, parse_constant=lambda _name: None)
    except json.JSONDecodeError as error:
        words = {"line": error.lineno, "column": error.colno}
        raise OutlineError(
            _(
                "第 %(line)d 行第 %(column)d 列不是 GeoJSON：可能缺了逗号、引号或括号，或者没有复制完整。请重新导出后整段粘贴。"
            )
            % words
        ) from error
    except (RecursionError, ValueError) as error:  # nested without end, or a number of thousands of digits
        raise OutlineError(_("这段内容读不出 GeoJSON，请在制图软件中重新导出。")) from error


def _polygons(found: Any) -> Iterator[list[Any]]:
    """The coordinates of every polygon in a GeoJSON object, however deep."""
    pending = deque([found])
    count = 0
    while pending:
        each = pending.popleft()
        kind = each.get("type") if isinstance(each, dict) and isinstance(each.get("type"), str) else None
        if kind in {"Feature", "FeatureCollection", "GeometryCollection"}:
            _check_system(each)
            inner = each.get({"Feature": "geometry", "FeatureCollection": "features"}.get(kind, "geometries"))
            pending.extendleft(reversed(inner) if isinstance(inner, list) else [inner])
            continue
        count += 1
        if kind not in {"Polygon", "MultiPolygon"}:
            raise OutlineError(_wrong_kind(count, kind))
        _check_system(each)
        rings = each.get("coordinates")
        for polygon in rings if kind == "MultiPolygon" and isinstance(rings, list) else [rings]:
            if not isinstance(polygon, list) or not polygon:
                raise OutlineError(_("第 %(count)d 个图形没有坐标，请在制图软件中重新画好后导出。") % {"count": count})
            yield polygon


def _wrong_kind(count: int, kind: object) -> str:
    if not isinstance(kind, str):
        return _(
            "第 %(count)d 个图形不是 GeoJSON 的图形：应有 type 和 coordinates。请在制图软件中另存为 GeoJSON 后再上传。"
        ) % {"count": count}
    words = {"count": count, "kind": kind[:40]}
    return (
        _("第 %(count)d 个图形是“%(kind)s”，片区的边界应是面（Polygon 或 MultiPolygon）。请在制图软件中画成面。")
        % words
    )


def _check_system(found: dict[str, Any]) -> None:
    """Older files may name their coordinate system."""
    system = found.get("crs")
    properties = system.get("properties") if isinstance(system, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if isinstance(name, str) and not name.endswith(SYSTEMS):
        raise OutlineError(
            _("文件注明的坐标系是“%(name)s”。请在制图软件中转换为 WGS-84 或 CGCS2000 经纬度后再导出。")
            % {"name": name[:80]}
        )


def _ring(found: Any, polygon: int, number: int, frame: Frame) -> Ring:
    """A ring closed and without points that stand twice; refused where it is no ring or lies elsewhere."""
    name = ring_name(polygon, number)
    given = found if isinstance(found, list) else []
    points: list[Point] = []
    for place, each in enumerate(given, 1):
        point = _point(each, name, place, frame)
        if not points or points[-1].place != point.place:
            points.append(point)
    is_open = bool(points) and points[0].place != points[-1].place
    if is_open:
        points.append(points[0])
    if len(points) < 4:
        raise OutlineError(
            _("%(ring)s只有 %(count)d 个不同的点，至少要 3 个才能围成一块。请补画后再导出。")
            % {"ring": name, "count": len({point.place for point in points})}
        )
    if not any(_turn(points[0], points[1], point) for point in points):
        raise OutlineError(_("%(ring)s的各点围不出面积，请核对是不是画成了一条线。") % {"ring": name})
    return Ring(polygon, number, points, is_open)


def _point(found: Any, ring: str, number: int, frame: Frame) -> Point:
    words = {"ring": ring, "number": number}
    pair = found[:2] if isinstance(found, list) else []
    if len(pair) < 2 or any(isinstance(each, bool) or not isinstance(each, (int, Decimal)) for each in pair):
        raise OutlineError(
            _("%(ring)s第 %(number)d 个点不是两个数，应先写经度、后写纬度，如 [117.05, 36.65]。") % words
        )
    longitude, latitude = pair
    if not all(-DEGREES <= each <= DEGREES for each in pair):  # not by abs(), which a huge exponent overflows
        raise OutlineError(
            _(
                "%(ring)s第 %(number)d 个点不是经纬度，像是以米计的投影坐标。请在制图软件中转换为 WGS-84 或 CGCS2000 经纬度后再导出。"
            )
            % words
        )
    if not frame.holds(longitude, latitude):
        words |= {"longitude": f"{longitude:.5f}", "latitude": f"{latitude:.5f}"}
        if frame.holds(latitude, longitude):
            raise OutlineError(
                _(
                    "%(ring)s第 %(number)d 个点（%(longitude)s, %(latitude)s）的经度和纬度写反了，应先写经度、后写纬度，其他各点也请核对。"
                )
                % words
            )
        words |= {name: f"{value:g}" for name, value in zip(Frame._fields, frame, strict=True)}
        raise OutlineError(
            _(
                "%(ring)s第 %(number)d 个点（%(longitude)s, %(latitude)s）不在本区附近，"
                "应在东经 %(west)s–%(east)s 度、北纬 %(south)s–%(north)s 度之间，请核对坐标。"
            )
            % words
        )
    return Point(round(longitude * SCALE), round(latitude * SCALE), number)


# ---- judging ----------------------------------------------------------------------------------------------------
def _check_extent(points: Iterable[Point]) -> None:
    places = [point.place for point in points]
    (west, east), (south, north) = ((min(each), max(each)) for each in zip(*places, strict=True))
    height = (north - south) / SCALE * METRES_PER_DEGREE
    width = (east - west) / SCALE * METRES_PER_DEGREE * cos(radians((north + south) / 2 / SCALE))
    if max(width, height) > MOST_METRES:
        words = {"long": f"{max(width, height) / 1000:.0f}", "most": MOST_METRES // 1000}
        raise OutlineError(
            _("边界从一端到另一端有 %(long)s 千米，超过 %(most)d 千米，多半有个别点写错了，请核对坐标。") % words
        )


class _Segment(NamedTuple):
    """From one point of a ring to the next; `place` is its place in the ring, counted from 0."""

    ring: Ring
    place: int
    first: Point
    last: Point


def _check_crossings(rings: Sequence[Ring]) -> None:
    """No ring touches itself, and no two cross; rings that only touch may be neighbours."""
    segments = [_Segment(ring, place, *pair) for ring in rings for place, pair in enumerate(pairwise(ring.points))]
    for one, other in _near(segments):
        if one.ring is not other.ring:
            if _sides(one, other) == (-1, -1):
                raise OutlineError(_crossing(one, other))
        elif _meet_wrongly(one, other):
            raise OutlineError(_crossing(one, other))


def _crossing(one: _Segment, other: _Segment) -> str:
    one, other = sorted((one, other), key=lambda each: (each.ring.polygon, each.ring.number, each.place))
    words = {
        "ring": one.ring.name,
        "first": one.first.number,
        "second": one.last.number,
        "other": other.ring.name,
        "third": other.first.number,
        "last": other.last.number,
    }
    if one.ring is other.ring:
        return (
            _(
                "%(ring)s与自己相交或重叠：第 %(first)d 到第 %(second)d 个点的边，与第 %(third)d 到第 %(last)d 个点的边。请在制图软件中改画。"
            )
            % words
        )
    return (
        _(
            "%(ring)s第 %(first)d 到第 %(second)d 个点的边与%(other)s第 %(third)d 到第 %(last)d 个点的边相交，请在制图软件中改画其中一条。"
        )
        % words
    )


def _near(segments: Sequence[_Segment]) -> Iterator[tuple[_Segment, _Segment]]:
    """The pairs that may meet: their extents overlap along the direction in which segments are shortest, and across it."""
    directions = ((1, 0), (0, 1), (1, 1), (1, -1))

    def extent(segment: _Segment, way: tuple[int, int]) -> tuple[int, int]:
        ends = [point.x * way[0] + point.y * way[1] for point in (segment.first, segment.last)]
        return min(ends), max(ends)

    spans = [[extent(segment, way) for segment in segments] for way in directions]
    lengths = [sum(high - low for low, high in span) for span in spans]
    order = sorted(range(len(directions)), key=lengths.__getitem__)
    along, across = spans[order[0]], spans[1 if order[0] != 1 else 0]
    active: list[int] = []
    for each in sorted(range(len(segments)), key=lambda number: along[number][0]):
        begin, (low, high) = along[each][0], across[each]
        active = [other for other in active if along[other][1] >= begin]
        for other in active:
            if across[other][0] <= high and across[other][1] >= low:
                yield segments[other], segments[each]
        active.append(each)


def _turn(a: Point, b: Point, c: Point) -> int:
    """1 where the way from a over b to c turns left, -1 where it turns right, 0 where it goes straight on or back."""
    area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
    return (area > 0) - (area < 0)


def _sides(one: _Segment, other: _Segment) -> tuple[int, int]:
    """For each of two segments: -1 where the other's ends lie on both sides of it, 1 where on one, 0 where one lies on its line."""
    return (
        _turn(one.first, one.last, other.first) * _turn(one.first, one.last, other.last),
        _turn(other.first, other.last, one.first) * _turn(other.first, other.last, one.last),
    )


def _meet_wrongly(one: _Segment, other: _Segment) -> bool:
    """Have two segments of one ring more in common than the point at which one follows the other?"""
    if one.place > other.place:
        one, other = other, one
    last = len(one.ring.points) - 2
    if other.place - one.place == 1:
        return _turns_back(one.first, one.last, other.last)
    if (one.place, other.place) == (0, last):
        return _turns_back(other.first, other.last, one.last)
    first, second = _sides(one, other)
    if first == second == 0 and _turn(one.first, one.last, other.first) == 0 == _turn(one.first, one.last, other.last):
        return _overlap(one, other)
    return first <= 0 and second <= 0


def _turns_back(a: Point, b: Point, c: Point) -> bool:
    """Does the way from b to c lie on the way by which one came from a?"""
    return _turn(a, b, c) == 0 and (a.x - b.x) * (c.x - b.x) + (a.y - b.y) * (c.y - b.y) > 0


def _overlap(one: _Segment, other: _Segment) -> bool:
    """Do two segments of one line have a point in common?"""
    return all(
        min(one.first[axis], one.last[axis]) <= max(other.first[axis], other.last[axis])
        and min(other.first[axis], other.last[axis]) <= max(one.first[axis], one.last[axis])
        for axis in (0, 1)
    )


def _check_holes(outer: Ring, holes: Sequence[Ring]) -> None:
    """Holes lie within what they are holes of."""
    around = [point.place for point in outer.points]
    for hole in holes:
        sides = {side_of(point.place, around) for point in hole.points}
        if -1 in sides or sides == {0}:
            words = {"hole": hole.name, "outer": outer.name}
            raise OutlineError(_("%(hole)s不在%(outer)s以内，请把它画成另一块，或删去。") % words)


def side_of(place: tuple[float, float], ring: Sequence[Sequence[float]]) -> int:
    """1 within a closed ring, 0 on it, -1 outside."""
    x, y = place
    is_inside = False
    for (ax, ay, *_more), (bx, by, *_rest) in pairwise(ring):
        if y < min(ay, by) or y > max(ay, by):
            continue
        area = (bx - ax) * (y - ay) - (by - ay) * (x - ax)
        if area == 0 and min(ax, bx) <= x <= max(ax, bx):
            return 0
        if (ay > y) != (by > y) and (area > 0) == (by > ay):
            is_inside = not is_inside
    return 1 if is_inside else -1


# ---- measuring --------------------------------------------------------------------------------------------------
def _doubled(ring: Sequence[Sequence[float]]) -> float:
    """Twice the area of a ring, more than 0 where it goes round against the clock."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))


def area_sqm(polygons: Polygons) -> float:
    """How many square metres polygons enclose, holes left out; right to a few thousandths for what is as small as a district."""
    total = 0.0
    for outer, *holes in polygons:
        west, south = outer[0][0], outer[0][1]
        wide = METRES_PER_DEGREE * cos(radians(sum(point[1] for point in outer) / len(outer)))
        inner, *others = (
            abs(_doubled([((x - west) * wide, (y - south) * METRES_PER_DEGREE) for x, y in ring])) / 2
            for ring in (outer, *holes)
        )
        total += inner - sum(others)
    return total


def middle(ring: Sequence[Sequence[float]]) -> Position:
    """A point within a ring for its label: the centre of gravity, or where that lies outside the middle of the widest part."""
    first_x, first_y = ring[0][0], ring[0][1]
    doubled = x = y = 0.0
    for a, b in pairwise(ring):
        part = (a[0] - first_x) * (b[1] - first_y) - (b[0] - first_x) * (a[1] - first_y)
        doubled += part
        x += part * (a[0] + b[0] - 2 * first_x)
        y += part * (a[1] + b[1] - 2 * first_y)
    centre = (first_x + x / doubled / 3, first_y + y / doubled / 3) if doubled else (first_x, first_y)
    if side_of(centre, ring) > 0:
        return centre
    height = sum((min(point[1] for point in ring), max(point[1] for point in ring))) / 2
    cuts = sorted(
        a[0] + (height - a[1]) * (b[0] - a[0]) / (b[1] - a[1])
        for a, b in pairwise(ring)
        if (a[1] > height) != (b[1] > height)
    )
    widest = max(zip(cuts[::2], cuts[1::2], strict=False), key=lambda pair: pair[1] - pair[0], default=None)
    return centre if widest is None else ((widest[0] + widest[1]) / 2, height)


def as_geojson(polygons: Polygons) -> str:
    """The polygons as GeoJSON, for who wants to go on drawing."""
    whole = {"type": "Polygon", "coordinates": polygons[0]}
    if len(polygons) != 1:
        whole = {"type": "MultiPolygon", "coordinates": polygons}
    return json.dumps(whole)
