"""The schematic map of areas, and around where a district lies."""

from __future__ import annotations

import pytest

from shoushan.directory import tiles
from shoushan.directory.frames import frame_of
from shoushan.lib.outlines import CHINA

YAOJIA = "370102011"


def test_tiles_stand_where_the_districts_file_says_and_others_below() -> None:
    found = tiles.tile_map("370102", {YAOJIA: "姚家街道", "370102099": "新设街道"}, {YAOJIA: 7})

    (known, new) = found.tiles
    assert (known.x, known.y, known.level) == (5 * tiles.SIZE, tiles.SIZE, 3)
    assert (new.x, new.y, new.value, new.level) == (0, 4 * tiles.SIZE, None, 0)


def test_a_district_without_a_file_fills_rows() -> None:
    names = {f"11010100{number}": f"第{number}街道" for number in range(7)}
    found = tiles.tile_map("110101", names, {})

    assert [(tile.x // tiles.SIZE, tile.y // tiles.SIZE) for tile in found.tiles][4:6] == [(4, 0), (0, 1)]


@pytest.mark.parametrize(("value", "level"), [(0, 1), (19, 1), (20, 2), (99, 5), (100, 5), (None, 0)])
def test_a_tile_is_as_dark_as_its_fifth(value: int | None, level: int) -> None:
    assert tiles.level_of(value, [0, 100, None]) == level


@pytest.mark.parametrize(("name", "short"), [("姚家街道", "姚家"), ("窑头社区居民委员会", "窑头"), ("街道", "街道")])
def test_a_tile_leaves_out_what_every_name_ends_with(name: str, short: str) -> None:
    assert tiles.short_name(name) == short


def test_a_district_lies_within_its_frame_and_an_unknown_one_in_the_country() -> None:
    assert frame_of("370102").holds(117.05, 36.66)
    assert not frame_of("370102").holds(117.05, 35)
    assert frame_of("110101") == CHINA
