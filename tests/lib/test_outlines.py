"""Outlines from GeoJSON: what is read, what is mended, and the sentence for everything that is refused."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shoushan.lib import outlines
from shoushan.lib.outlines import Frame, OutlineError, area_sqm, as_geojson, middle, read_outline, side_of

LIXIA = Frame(116.9, 36.5, 117.2, 36.8)
SQUARE = [[117.0, 36.6], [117.1, 36.6], [117.1, 36.7], [117.0, 36.7], [117.0, 36.6]]
HOLE = [[117.04, 36.64], [117.06, 36.64], [117.06, 36.66], [117.04, 36.64]]


def polygon(*rings: Any) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def read(found: Any, frame: Frame = LIXIA) -> outlines.Outline:
    return read_outline(json.dumps(found), frame)


def refusal(found: Any, frame: Frame = LIXIA) -> str:
    with pytest.raises(OutlineError) as raised:
        read_outline(found if isinstance(found, str) else json.dumps(found), frame)
    return raised.value.sentence


# ---- what is read -------------------------------------------------------------------------------------------------
def test_it_reads_a_polygon_and_keeps_its_holes() -> None:
    found = read(polygon(SQUARE, HOLE))

    assert found.polygons == [[SQUARE, HOLE]]
    assert (found.points, found.notes) == (7, ())


@pytest.mark.parametrize(
    "wrapped",
    [
        polygon(SQUARE),
        {"type": "MultiPolygon", "coordinates": [[SQUARE]]},
        {"type": "Feature", "properties": {"name": "片区"}, "geometry": polygon(SQUARE)},
        {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": polygon(SQUARE)}]},
        {"type": "GeometryCollection", "geometries": [polygon(SQUARE)]},
        polygon([[*point, 23.5] for point in SQUARE]),
        {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}, **polygon(SQUARE)},
    ],
)
def test_it_reads_the_same_from_every_wrapping(wrapped: Any) -> None:
    assert read(wrapped).polygons == [[SQUARE]]


def test_it_joins_the_features_of_a_collection_in_their_order() -> None:
    east = [[x + 0.05, y] for x, y in HOLE]
    features = [{"type": "Feature", "geometry": polygon(ring)} for ring in (HOLE, east)]

    found = read({"type": "FeatureCollection", "features": features})

    assert [len(each) for each in found.polygons] == [1, 1]
    assert found.polygons[0][0] == HOLE


def test_it_reads_a_file_that_begins_with_a_byte_order_mark() -> None:
    assert read_outline("\ufeff" + json.dumps(polygon(SQUARE)), LIXIA).points == 4


def test_it_closes_an_open_ring_and_says_so() -> None:
    found = read(polygon(SQUARE[:-1], HOLE[:-1]))

    assert found.polygons == [[SQUARE, HOLE]]
    assert found.notes == (
        "第 1 块的外圈首尾没有闭合，已自动闭合。",
        "第 1 块的第 1 个内圈首尾没有闭合，已自动闭合。",
    )


def test_it_leaves_out_points_that_stand_twice_and_rounds_to_a_centimetre() -> None:
    found = read(polygon([SQUARE[0], SQUARE[0], [117.123456789, 36.6], *SQUARE[2:]]))

    assert found.polygons[0][0][:2] == [[117.0, 36.6], [117.1234568, 36.6]]


# ---- what is refused ----------------------------------------------------------------------------------------------
def test_it_says_where_a_text_stops_being_json() -> None:
    assert refusal('{"type": "Polygon",\n "coordinates": [[1 2]]}').startswith("第 2 行第 21 列不是 GeoJSON")
    assert "没有复制完整" in refusal(json.dumps(polygon(SQUARE))[:-3])


@pytest.mark.parametrize("text", ["[" * 100_000, "9" * 5_000])
def test_it_refuses_what_can_not_be_read_at_all(text: str) -> None:
    assert "GeoJSON" in refusal(text)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ({"type": "Point", "coordinates": [117, 36.6]}, "第 1 个图形是“Point”，片区的边界应是面"),
        ({"type": "Feature", "geometry": None}, "第 1 个图形不是 GeoJSON 的图形"),
        ({"type": ["Polygon"]}, "第 1 个图形不是 GeoJSON 的图形"),
        ([SQUARE], "第 1 个图形不是 GeoJSON 的图形"),
        ({"type": "FeatureCollection", "features": []}, "文件里没有任何图形"),
        ({"type": "MultiPolygon", "coordinates": []}, "文件里没有任何图形"),
        ({"type": "Polygon"}, "第 1 个图形没有坐标"),
        ({"type": "MultiPolygon", "coordinates": None}, "第 1 个图形没有坐标"),
        (
            polygon([[117, 36.6], [117], *SQUARE[2:]]),
            "第 1 块的外圈第 2 个点不是两个数，应先写经度、后写纬度，如 [117.05, 36.65]。",
        ),
        (polygon([["117", "36.6"], *SQUARE]), "第 1 块的外圈第 1 个点不是两个数"),
        (polygon([[True, 36.6], *SQUARE]), "第 1 块的外圈第 1 个点不是两个数"),
        (polygon([117, 36.6]), "第 1 块的外圈第 1 个点不是两个数"),
        (polygon("117,36"), "第 1 块的外圈只有 0 个不同的点"),
        (polygon([SQUARE[0], SQUARE[1], SQUARE[0]]), "第 1 块的外圈只有 2 个不同的点，至少要 3 个"),
        (polygon([[117, 36.6], [117.1, 36.6], [117.05, 36.6]]), "围不出面积"),
        (polygon([[500_000, 4_050_000], *SQUARE]), "像是以米计的投影坐标"),
        (polygon([SQUARE[0], [118.5, 36.6], *SQUARE[2:]]), "第 2 个点（118.50000, 36.60000）不在本区附近"),
        (polygon(SQUARE, [[117.15, 36.75], [117.16, 36.75], [117.16, 36.76]]), "第 1 个内圈不在第 1 块的外圈以内"),
        (polygon(SQUARE, SQUARE), "第 1 个内圈不在第 1 块的外圈以内"),
        ({"crs": {"properties": {"name": "EPSG:4547"}}, **polygon(SQUARE)}, "文件注明的坐标系是“EPSG:4547”"),
    ],
)
def test_it_says_what_is_wrong_and_where(found: Any, said: str) -> None:
    assert said in refusal(found)


def test_it_knows_longitude_and_latitude_that_were_swapped() -> None:
    swapped = polygon([[y, x] for x, y in SQUARE])

    for frame in (LIXIA, outlines.CHINA):
        assert "第 1 个点（36.60000, 117.00000）的经度和纬度写反了，应先写经度、后写纬度" in refusal(swapped, frame)


def test_it_refuses_numbers_that_are_none() -> None:
    assert "不是两个数" in refusal('{"type": "Polygon", "coordinates": [[[NaN, 36.6], [117, 36.6], [117, 36.7]]]}')
    assert "以米计" in refusal('{"type": "Polygon", "coordinates": [[[1e99999999, 36.6], [117, 36.6]]]}')


def test_it_refuses_what_is_wider_than_any_district() -> None:
    far = [[116.0, 36.6], [117.1, 36.6], [117.1, 36.7]]

    assert "从一端到另一端有 98 千米，超过 60 千米" in refusal(polygon(far), outlines.CHINA)


def test_it_refuses_a_text_that_is_too_long_and_too_many_points() -> None:
    assert "边界文件有 1.1 MB，最多 1 MB" in refusal(" " * 1_100_000)
    assert "边界有 5,001 个点，最多 5,000 个" in refusal(polygon([[117, 36.6]] * 5_001))


@pytest.mark.parametrize(
    ("ring", "said"),
    [
        ([[0, 0], [2, 2], [2, 0], [0, 2]], "第 1 到第 2 个点的边，与第 3 到第 4 个点的边"),
        ([[0, 0], [4, 0], [2, 0], [2, 3]], "第 1 到第 2 个点的边，与第 2 到第 3 个点的边"),
        ([[0, 0], [4, 0], [4, 4], [2, 0], [0, 4]], "第 1 到第 2 个点的边，与"),  # touches itself
        ([[0, 0], [4, 0], [4, 4], [3, 0], [1, 0], [0, 4]], "第 1 到第 2 个点的边，与"),  # lies on itself
        ([[2, 0], [0, 0], [0, 4], [4, 4], [1, 0]], "第 1 到第 2 个点的边，与第 4 到第 5 个点的边"),
    ],
)
def test_it_says_between_which_points_a_ring_meets_itself(ring: list[list[int]], said: str) -> None:
    assert said in refusal(polygon([[117 + x / 100, 36.6 + y / 100] for x, y in ring]))


def test_two_polygons_may_be_neighbours_but_not_cross() -> None:
    east = [[x + 0.1, y] for x, y in SQUARE]
    across = [[x + 0.05, y + 0.05] for x, y in SQUARE]

    assert len(read({"type": "MultiPolygon", "coordinates": [[SQUARE], [east]]}).polygons) == 2
    said = refusal({"type": "MultiPolygon", "coordinates": [[SQUARE], [across]]})
    assert "第 1 块的外圈第 3 到第 4 个点的边与第 2 块的外圈第 4 到第 5 个点的边相交" in said


@pytest.mark.parametrize("turned", [False, True])
def test_it_judges_the_largest_comb_in_a_moment(turned: bool) -> None:
    teeth = [[117 + number / 100_000, 36.6 + (0.1 if number % 2 else 0.01)] for number in range(4_998)]
    ring = [[117.0, 36.6], *teeth, [117.05, 36.6]]
    if turned:
        ring = [[117 + y - 36.6, 36.6 + x - 117] for x, y in ring]

    begun = time.process_time()
    assert read(polygon(ring)).points == 5_000
    assert time.process_time() - begun < 5


# ---- what is measured ---------------------------------------------------------------------------------------------
def test_it_measures_the_ground_without_the_holes() -> None:
    whole, cut = area_sqm([[SQUARE]]), area_sqm([[SQUARE, HOLE]])

    assert whole == pytest.approx(99_480_000, rel=0.002)  # 0.1° of latitude by 0.1° of longitude at 36.65° N
    assert whole - cut == pytest.approx(whole * 0.02, rel=0.01)


def test_a_label_stands_within_its_ring() -> None:
    angle = [[0, 0], [10, 0], [10, 1], [1, 1], [1, 10], [0, 10], [0, 0]]

    assert middle(SQUARE) == pytest.approx((117.05, 36.65))
    for ring in (SQUARE, angle, [[x, -y] for x, y in angle]):
        assert side_of(middle(ring), ring) == 1


def test_a_point_is_within_on_or_outside() -> None:
    ring = [[0, 0], [4, 0], [4, 4], [2, 2], [0, 4], [0, 0]]

    assert [side_of(place, ring) for place in ((2, 1), (2, 3), (3, 3), (0, 2), (5, 1), (4, 4))] == [1, -1, 0, 0, -1, 0]


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=3, max_size=12, unique=True))
def test_what_was_taken_is_taken_again_and_stays_as_it_is(points: list[tuple[int, int]]) -> None:
    ring = [[117 + x / 10**7, 36.6 + y / 10**7] for x, y in points]
    found = None
    with suppress(OutlineError):  # most lines through points at random cross
        found = read(polygon(ring))
    if found is None:
        return

    again = read_outline(as_geojson(found.polygons), LIXIA)
    assert (again.polygons, again.notes) == (found.polygons, ())
    assert area_sqm(found.polygons) > 0
