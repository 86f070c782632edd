"""The rooms of a building on a day: by whom each is rented, how it is used, and where it is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from shoushan.apps.premises.enums.buildings import USE_MARKS, USE_TONES, Use
from shoushan.apps.premises.models import Building, Lease, Unit
from shoushan.apps.premises.models.buildings import floor_label, in_sqm
from shoushan.apps.premises.selectors.buildings import units_on
from shoushan.apps.premises.selectors.facts import unit_facts

WIDTH: Final = 960
LEFT: Final = 48
ROW: Final = 30
GAP: Final = 2
ROOM_FOR_WORDS: Final = 44
"""Narrower blocks show their mark alone."""
ROOM_FOR_MARK: Final = 14
WORDS_OF_REST: Final = 200
OUTLINE_ROWS: Final = 3
"""As high as so many floors is the outline of a building without rooms."""
HATCHES: Final = {
    Use.VACANT: "url(#hatch-vacant)",
    Use.OWN_USE: "url(#hatch-own)",
    Use.RESERVED: "url(#hatch-reserved)",
    Use.FITTING_OUT: "url(#hatch-fitting)",
    Use.CLOSED: "url(#hatch-closed)",
}
"""The pattern of `premises/_patterns.html` over the colour of a use; rooms that are let have none."""


@dataclass(frozen=True, slots=True)
class Room:
    """A room as of a day."""

    unit: Unit
    use: str
    lease: Lease | None
    reason_vacant: str = ""
    """Why it stands vacant, as was stated."""

    @property
    def label(self) -> str:
        """Its use in words."""
        return str(Use(self.use).label)

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return USE_TONES[Use(self.use)]

    @property
    def rest_sqm(self) -> Decimal | None:
        """What a lease leaves of it, None where nothing is left."""
        return in_sqm(self.rest_sqdm) if self.rest_sqdm else None

    @property
    def rest_sqdm(self) -> int:
        """The same in hundredths of a square metre."""
        return self.unit.area_sqdm - self.lease.area_sqdm if self.lease else 0

    @property
    def shares(self) -> list[tuple[str, int]]:
        """Uses with their areas: two of a room that is let in part."""
        rest = self.rest_sqdm
        return [(self.use, self.unit.area_sqdm - rest), *([(Use.VACANT.value, rest)] if rest else [])]


@dataclass(frozen=True, slots=True)
class Block:
    """A room on the drawing, or the let or the vacant part of one."""

    room: Room
    use: str
    area_sqdm: int
    x: float
    width: float

    @property
    def area_sqm(self) -> Decimal | None:
        """Its area in square metres."""
        return in_sqm(self.area_sqdm)

    @property
    def label(self) -> str:
        """Its use in words."""
        return str(Use(self.use).label)

    @property
    def css(self) -> str:
        """Its class."""
        return css_of(self.use)

    @property
    def hatch(self) -> str:
        """What fills it over the colour."""
        return HATCHES.get(Use(self.use), "none")

    @property
    def is_vacant(self) -> bool:
        """Is it vacant?"""
        return self.use == Use.VACANT

    @property
    def at(self) -> str:
        """Its left side, as a drawing wants numbers in every language."""
        return f"{self.x:.1f}"

    @property
    def wide(self) -> str:
        """Its width, written the same way."""
        return f"{self.width:.1f}"

    @property
    def middle(self) -> str:
        """Where its words stand."""
        return f"{self.x + self.width / 2:.1f}"

    @property
    def text(self) -> str:
        """What stands on it: number and mark where there is room."""
        mark = str(USE_MARKS[Use(self.use)])
        if self.width >= ROOM_FOR_WORDS:
            return f"{self.room.unit.number} {mark}"
        return mark if self.width >= ROOM_FOR_MARK else ""


@dataclass(frozen=True, slots=True)
class Floor:
    """A floor of the drawing, as wide as its rooms are together."""

    floor: int
    y: int
    blocks: tuple[Block, ...]

    @property
    def label(self) -> str:
        """As it is written."""
        return floor_label(self.floor)

    @property
    def middle(self) -> int:
        """Where words stand, from the top."""
        return self.y + ROW // 2


@dataclass(frozen=True, slots=True)
class Rest:
    """What is not divided into rooms, below the floors; of a building without rooms it is all of it."""

    area_sqdm: int
    y: int
    width: float
    high: int
    at: int = LEFT

    @property
    def area_sqm(self) -> Decimal | None:
        """Its area in square metres."""
        return in_sqm(self.area_sqdm)

    @property
    def wide(self) -> str:
        """Its width, as a drawing wants numbers in every language."""
        return f"{self.width:.1f}"

    @property
    def middle(self) -> str:
        """Where its words stand."""
        return f"{self.at + max(self.width, WORDS_OF_REST) / 2:.1f}"

    @property
    def middle_y(self) -> int:
        """The same, from the top."""
        return self.y + self.high // 2


@dataclass(frozen=True, slots=True)
class Plan:
    """The stacking plan: floors from the top down, blocks as wide as their area."""

    floors: tuple[Floor, ...]
    undivided: Rest | None = None
    width: int = WIDTH
    row: int = ROW - GAP
    left: int = LEFT - 8

    @property
    def height(self) -> int:
        """Of the whole drawing."""
        return self.undivided.y + self.undivided.high + GAP if self.undivided else len(self.floors) * ROW

    @property
    def legend(self) -> list[tuple[str, str, str, str]]:
        """Every use with its class, its pattern and its mark."""
        return [(str(use.label), css_of(use), HATCHES.get(use, "none"), str(USE_MARKS[use])) for use in Use]


def css_of(use: str) -> str:
    """The class of blocks of a use."""
    return f"use-{use.lower().replace('_', '-')}"


def rooms_on(building: Building, day: date, *, units: Sequence[Unit] | None = None) -> list[Room]:
    """The rooms of a building as of a day, from the top down."""
    found = units_on(building, day) if units is None else list(units)
    facts = unit_facts([each.pk for each in found])
    leases = Lease.objects.filter(unit__in=found, since__lte=day).exclude(last_on__lt=day).select_related("tenant")
    by_unit = {each.unit_id: each for each in leases}
    return [
        Room(each, own.use_on(day), by_unit.get(each.pk), own.reason_vacant(day))
        for each in found
        for own in (facts[each.subject],)
    ]


def plan_of(rooms: Iterable[Room], undivided_sqdm: int = 0) -> Plan:
    """Where rooms are drawn, and below them what is not divided; the widest floor is as wide as the drawing."""
    by_floor: dict[int, list[Room]] = {}
    for each in rooms:
        by_floor.setdefault(each.unit.floor, []).append(each)
    widest = max((sum(each.unit.area_sqdm for each in own) for own in by_floor.values()), default=1)
    floors = [
        Floor(floor, place * ROW, tuple(_blocks(by_floor[floor], widest)))
        for place, floor in enumerate(sorted(by_floor, reverse=True))
    ]
    if undivided_sqdm <= 0:
        return Plan(tuple(floors))
    width = (WIDTH - LEFT - GAP) * min(1, undivided_sqdm / widest)
    high = (ROW if floors else ROW * OUTLINE_ROWS) - GAP
    return Plan(tuple(floors), Rest(undivided_sqdm, len(floors) * ROW, width, high))


def _blocks(rooms: list[Room], widest: int) -> Iterable[Block]:
    start = 0
    for each in rooms:
        for use, area in each.shares:
            left = LEFT + (WIDTH - LEFT) * start / widest
            start += area
            right = LEFT + (WIDTH - LEFT) * start / widest
            yield Block(each, use, area, round(left, 1), round(max(1, right - left - GAP), 1))
