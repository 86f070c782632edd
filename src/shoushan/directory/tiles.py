"""A schematic map: one tile an area, placed among its neighbours, coloured by a number. Boundaries are not ours to publish."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final

SIZE, GAP = 96, 6
LEVELS: Final = 5
COLUMNS: Final = 5
"""How many tiles stand in a row where nobody said how the areas lie."""

Value = int | Decimal | None
ENDING: Final = re.compile("(社区)?(居民)*委员会$|社区$|街道$")
"""What every name of its kind ends with, so that a tile need not say it."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One area of the map; `level` is 0 for no number, else 1 (lowest) to 5."""

    code: str
    name: str
    value: Value
    level: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class TileMap:
    """The tiles and the size of the drawing."""

    tiles: tuple[Tile, ...]
    width: int
    height: int
    is_placed: bool = True
    """Does the drawing say how the areas lie, or do they only fill rows?"""
    size: int = SIZE - GAP
    middle: int = (SIZE - GAP) // 2


def tile_map(district: str, names: Mapping[str, str], values: Mapping[str, Value]) -> TileMap:
    """The map of these areas (code: name), each with its number where there is one."""
    known = places(district)
    free = iter(range(len(names)))
    below = 1 + max((row for row, _column in known.values()), default=-1)
    tiles = []
    for code, name in names.items():
        number = next(free) if code not in known else 0
        row, column = known.get(code) or (below + number // COLUMNS, number % COLUMNS)
        value = values.get(code)
        tiles.append(Tile(code, name, value, level_of(value, values.values()), column * SIZE, row * SIZE))
    width = max((tile.x for tile in tiles), default=0) + SIZE
    height = max((tile.y for tile in tiles), default=0) + SIZE
    return TileMap(tuple(tiles), width - GAP, height - GAP, bool(known))


def short_name(name: str) -> str:
    """An area's name as a tile has it."""
    return ENDING.sub("", name) or name


def level_of(value: Value, among: Iterable[Value]) -> int:
    """In which fifth between the lowest and the highest number one lies."""
    if value is None:
        return 0
    numbers = [each for each in among if each is not None]
    low, high = min(numbers), max(numbers)
    if high == low:
        return LEVELS // 2 + 1
    return min(LEVELS, 1 + int((value - low) * LEVELS / (high - low)))


@cache
def places(district: str) -> dict[str, tuple[int, int]]:
    """Row and column of each area, as the district's file says; nothing where there is none."""
    path = Path(__file__).parent / "data" / f"tiles-{district}.csv"
    if not path.exists():
        return {}
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {row["code"]: (int(row["row"]), int(row["column"])) for row in csv.DictReader(lines)}
