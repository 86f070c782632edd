"""The accounts of premises, and where a building, a room and a tenant are in them on a day.

Every square metre of lettable area is on each day in exactly one of the accounts of `SPACES`: with a room by its use, or
not divided into rooms. So what is let and what is vacant always add up to what can be let. The category is the building.
Free of any framework.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

from shoushan.casework.chart import matter_accounts
from shoushan.ledger.transfers import Account, Position, Positions

PIECE: Final = "piece"
SQDM: Final = "sqdm"
YUAN: Final = "yuan"
ENTERPRISE: Final = "enterprise"
YI_FEN: Final = 10**10
"""亿元楼: a yearly tax of at least 1 亿元 (handbook E6)."""
SCOPES: Final = ("TOTAL", "LOCAL")
LEVELS: Final = ("DISTRICT", "CITY", "PROVINCE")

BUILDINGS: Final = "premises.buildings.in_use"
FLOOR_SPACE: Final = "premises.floor_space.in_use"
LETTABLE: Final = "premises.lettable.stated"
SPACES: Final = "premises.spaces"
UNDIVIDED: Final = f"{SPACES}.undivided"
USES: Final = ("VACANT", "LET", "OWN_USE", "RESERVED", "FITTING_OUT", "CLOSED")
SPACE_OF: Final = {use: f"{SPACES}.{use.lower()}" for use in USES}
LET, VACANT = SPACE_OF["LET"], SPACE_OF["VACANT"]
ADDED: Final = "premises.added.in_year"
ADDED_SPACE: Final = "premises.added_space.in_year"
TAX: Final = {scope: f"premises.tax_{scope.lower()}.of_year" for scope in SCOPES}
TAXED_SPACE: Final = {scope: f"premises.taxed_space_{scope.lower()}.of_year" for scope in SCOPES}
YI_BUILDINGS: Final = {scope: f"premises.yi_buildings_{scope.lower()}.of_year" for scope in SCOPES}
TENANTS_HERE: Final = "premises.tenants.registered_here"
TENANTS_ELSEWHERE: Final = "premises.tenants.registered_elsewhere"
SETTLED_HERE: Final = "premises.settled.registered_here"
SETTLED_ELSEWHERE: Final = "premises.settled.registered_elsewhere"
SETTLED_TAXED: Final = "premises.settled.taxed_here"
MOVED_OUT_HERE: Final = "premises.moved_out.registered_here"
HEADQUARTERS: Final = {level: f"premises.headquarters_{level.lower()}.recognised" for level in LEVELS}
CONCERNS: Final = "premises.concerns"

BUILDING_BOOK: Final = "premises.building_levels"
UNIT_BOOK: Final = "premises.unit_levels"
TENANT_BOOK: Final = "premises.tenant_levels"

BUILDING_STATED: Final = "premises.building_stated"
UNIT_STATED: Final = "premises.unit_stated"
TENANT_STATED: Final = "premises.tenant_stated"
CORRECTED: Final = "premises.facts_corrected"

_SCOPE_WORDS: Final = {"TOTAL": "all tax", "LOCAL": "the part that stays in the district"}
ACCOUNTS: Final[dict[str, tuple[str, str]]] = {
    BUILDINGS: (PIECE, "buildings in use"),
    FLOOR_SPACE: (SQDM, "their whole area"),
    LETTABLE: (SQDM, "their area that can be let"),
    UNDIVIDED: (SQDM, "lettable area that is not divided into rooms"),
    **{SPACE_OF[use]: (SQDM, f"lettable area of rooms that is {use.lower().replace('_', ' ')}") for use in USES},
    ADDED: (PIECE, "buildings completed, from their day to the end of its year"),
    ADDED_SPACE: (SQDM, "whole area of these buildings"),
    **{TAX[scope]: (YUAN, f"tax of the last full year, {_SCOPE_WORDS[scope]}") for scope in SCOPES},
    **{
        TAXED_SPACE[scope]: (SQDM, f"whole area of the buildings whose tax is known, {_SCOPE_WORDS[scope]}")
        for scope in SCOPES
    },
    **{
        YI_BUILDINGS[scope]: (PIECE, f"buildings with a tax of at least 1 亿元, {_SCOPE_WORDS[scope]}")
        for scope in SCOPES
    },
    TENANTS_HERE: (ENTERPRISE, "tenants of a building that are registered in the district, once in each building"),
    TENANTS_ELSEWHERE: (ENTERPRISE, "tenants of a building that are registered elsewhere, once in each building"),
    SETTLED_HERE: (ENTERPRISE, "tenants registered in the district, each once, where it rents most"),
    SETTLED_ELSEWHERE: (ENTERPRISE, "tenants registered elsewhere, each once, where it rents most"),
    SETTLED_TAXED: (ENTERPRISE, "tenants that pay their tax in the district, each once, where it rents most"),
    MOVED_OUT_HERE: (ENTERPRISE, "enterprises that rent nothing any more and are still registered in the district"),
    **{HEADQUARTERS[level]: (ENTERPRISE, f"headquarters recognised by the {level.lower()}") for level in LEVELS},
    **matter_accounts(CONCERNS, "concerns found on visits to buildings"),
}
"""Every account but those of origin: its unit and what is in it."""

KINDS: Final[dict[str, str]] = {
    BUILDING_STATED: "a building's area, rooms, tax or completion changed what is counted of it",
    UNIT_STATED: "a room was let, became vacant or was put to another use",
    TENANT_STATED: "an enterprise moved in or out, registered here or elsewhere, or was recognised as a headquarters",
    CORRECTED: "what was stated of a day was taken back, because the records no longer say it",
}
"""Every kind of entry of the books and what happened; those of matters are in their lifecycles."""

ONE_DAY: Final = timedelta(days=1)
LET_SOON: Final = timedelta(days=30)
"""A room that is let within these days is not offered to investors any more."""


class Span(NamedTuple):
    """From a day to a last day, open without one."""

    since: date
    last_on: date | None

    def holds_on(self, day: date) -> bool:
        """Is the day within it?"""
        return self.since <= day and (self.last_on is None or day <= self.last_on)

    @property
    def turns(self) -> set[date]:
        """The first day, and the first day after it."""
        if self.last_on is None:
            return {self.since}
        return {self.since, self.last_on + ONE_DAY} if self.last_on >= self.since else set()


class MoveFact(NamedTuple):
    """That a building belonged to another subdistrict before a day."""

    since: date
    before: str


Moves = tuple[MoveFact, ...]
"""Those of one building, the earliest first."""


def area_on(area: str, moves: Moves, day: date) -> str:
    """The subdistrict to which a building belongs on a day; `area` is the one that it belongs to now."""
    return next((each.before for each in moves if day < each.since), area)


# ---- rooms -----------------------------------------------------------------------------------------------
class LeaseFact(NamedTuple):
    """A lease: its days and area."""

    span: Span
    area_sqdm: int


class UseFact(NamedTuple):
    """A use stated for a room from a day on."""

    since: date
    use: str
    reason: str = ""


class UnitFacts(NamedTuple):
    """All that decides where a room is in the accounts."""

    area: str
    building: str
    area_sqdm: int
    span: Span
    leases: tuple[LeaseFact, ...] = ()
    uses: tuple[UseFact, ...] = ()
    moves: Moves = ()

    def lease_on(self, day: date) -> LeaseFact | None:
        """The lease by which it is let on a day."""
        return next((each for each in self.leases if each.span.holds_on(day)), None)

    def use_on(self, day: date) -> str:
        """How it is used: let by a lease; else as was last stated, unless a lease has ended since; else vacant."""
        if self.lease_on(day) is not None:
            return "LET"
        stated = self.stated_on(day)
        return stated.use if stated is not None else "VACANT"

    def stated_on(self, day: date) -> UseFact | None:
        """What was last stated of its use and still stands on a day: nothing from before a lease that is over."""
        over = [each.span for each in self.leases if each.span.last_on and each.span.since <= each.span.last_on < day]
        after = max((each.last_on for each in over if each.last_on), default=date.min)
        return max((each for each in self.uses if after < each.since <= day), key=lambda each: each.since, default=None)

    def reason_vacant(self, day: date) -> str:
        """Why it stands vacant on a day, as was stated; "" where nothing was, or while it is let or used."""
        stated = self.stated_on(day)
        return stated.reason if stated is not None and self.lease_on(day) is None and stated.use == "VACANT" else ""

    def vacant_on(self, day: date) -> int:
        """How much of it is vacant on a day: all of it, what a lease leaves of it, or nothing."""
        if not self.span.holds_on(day):
            return 0
        lease = self.lease_on(day)
        if lease is not None:
            return self.area_sqdm - lease.area_sqdm
        return self.area_sqdm if self.use_on(day) == "VACANT" else 0

    def coming(self, day: date) -> list[Span]:
        """The days of leases that begin after a day, the next one first."""
        return sorted(each.span for each in self.leases if each.span.since > day and each.span.turns)

    def may_be_offered(self, day: date, available_on: date | None) -> bool:
        """Is it, or a part of it, free for investors: not let soon, and not let on the day from which they could have it?"""
        coming = self.coming(day)
        if not self.vacant_on(day) or (coming and coming[0].since <= day + LET_SOON):
            return False
        return not any(each.holds_on(available_on or day) for each in coming)

    @property
    def turns(self) -> set[date]:
        """Every day on which something may change."""
        days = self.span.turns | {each.since for each in self.uses} | {move.since for move in self.moves}
        for each in self.leases:
            days |= each.span.turns
        return days


def unit_positions(facts: UnitFacts, day: date) -> Positions:
    """Where a room's area is on a day; what a lease leaves of it is vacant."""
    if not facts.span.holds_on(day):
        return ()
    lease, area = facts.lease_on(day), area_on(facts.area, facts.moves, day)
    if lease is None:
        return (Position(Account(SPACE_OF[facts.use_on(day)], SQDM, area, facts.building), facts.area_sqdm),)
    found = [Position(Account(LET, SQDM, area, facts.building), lease.area_sqdm)]
    if rest := facts.vacant_on(day):
        found.append(Position(Account(VACANT, SQDM, area, facts.building), rest))
    return tuple(sorted(found))


# ---- buildings -------------------------------------------------------------------------------------------
class SpaceFact(NamedTuple):
    """How large a building is from a day on."""

    since: date
    total_sqdm: int
    lettable_sqdm: int


class RoomFact(NamedTuple):
    """A room's days and area."""

    span: Span
    area_sqdm: int


class TaxFact(NamedTuple):
    """The tax of a year, of one scope."""

    year: int
    scope: str
    amount_fen: int


class BuildingFacts(NamedTuple):
    """All that decides where a building is in the accounts."""

    area: str
    code: str
    spaces: tuple[SpaceFact, ...]
    rooms: tuple[RoomFact, ...] = ()
    taxes: tuple[TaxFact, ...] = ()
    completed_on: date | None = None
    closed_on: date | None = None
    moves: Moves = ()

    def space_on(self, day: date) -> SpaceFact | None:
        """How large it is on a day; the last that was stated of a day stands last."""
        found = None
        for each in self.spaces:
            if each.since <= day and (found is None or each.since >= found.since):
                found = each
        return found

    @property
    def turns(self) -> set[date]:
        """Every day on which something may change."""
        days = {each.since for each in self.spaces} | {move.since for move in self.moves}
        for each in self.rooms:
            days |= each.span.turns
        for tax in self.taxes:
            days |= {date(tax.year, 12, 31), date(tax.year + 1, 12, 31)}
        if self.completed_on:
            days |= {self.completed_on, date(self.completed_on.year + 1, 1, 1)}
        return days | ({self.closed_on} if self.closed_on else set())


def building_positions(facts: BuildingFacts, day: date) -> Positions:
    """Where a building is on a day: nowhere before its area is known, nor from the day on which it was given up."""
    space = facts.space_on(day)
    if space is None or (facts.closed_on is not None and facts.closed_on <= day):
        return ()
    area = area_on(facts.area, facts.moves, day)
    return tuple(
        sorted(
            Position(Account(code, unit, area, facts.code), amount)
            for code, unit, amount in _of_building(facts, space, day)
            if amount
        )
    )


def _of_building(facts: BuildingFacts, space: SpaceFact, day: date) -> Iterator[tuple[str, str, int]]:
    yield BUILDINGS, PIECE, 1
    yield FLOOR_SPACE, SQDM, space.total_sqdm
    yield LETTABLE, SQDM, space.lettable_sqdm
    yield UNDIVIDED, SQDM, space.lettable_sqdm - sum(each.area_sqdm for each in facts.rooms if each.span.holds_on(day))
    if facts.completed_on and facts.completed_on <= day and facts.completed_on.year == day.year:
        yield ADDED, PIECE, 1
        yield ADDED_SPACE, SQDM, space.total_sqdm
    for tax in facts.taxes:
        # A year's tax counts from its last day until the last day of the next: then it is the last full year.
        if date(tax.year, 12, 31) <= day < date(tax.year + 1, 12, 31):
            yield TAX[tax.scope], YUAN, tax.amount_fen
            yield TAXED_SPACE[tax.scope], SQDM, space.total_sqdm
            yield YI_BUILDINGS[tax.scope], PIECE, int(tax.amount_fen >= YI_FEN)


# ---- tenants ---------------------------------------------------------------------------------------------
class Tenancy(NamedTuple):
    """That an enterprise rents a room of a building."""

    area: str
    building: str
    span: Span
    area_sqdm: int
    moves: Moves = ()


class PlaceFact(NamedTuple):
    """Whether it is registered, or pays its tax, in the district from a day on."""

    since: date
    is_here: bool


class HeadquartersFact(NamedTuple):
    """That it is recognised as a headquarters."""

    level: str
    span: Span


class TenantFacts(NamedTuple):
    """All that decides where an enterprise is in the accounts of premises; `area` is its own, where it rents nothing."""

    area: str
    tenancies: tuple[Tenancy, ...]
    registrations: tuple[PlaceFact, ...] = ()
    headquarters: tuple[HeadquartersFact, ...] = ()
    taxations: tuple[PlaceFact, ...] = ()

    def is_here_on(self, day: date) -> bool:
        """Is it registered in the district on a day? Not, where nothing says so."""
        return bool(self.registered_on(day))

    def is_taxed_here_on(self, day: date) -> bool:
        """Does it pay its tax in the district on a day? Not, where nothing says so."""
        return bool(self.taxed_on(day))

    def registered_on(self, day: date) -> bool | None:
        """The same, and None where nothing says so; the last that was said of a day counts."""
        return _said(self.registrations, day)

    def taxed_on(self, day: date) -> bool | None:
        """The same for its tax."""
        return _said(self.taxations, day)

    def rented_on(self, day: date) -> dict[tuple[str, str], int]:
        """What it rents in which building (area, code) on a day."""
        found: dict[tuple[str, str], int] = {}
        for each in self.tenancies:
            if each.span.holds_on(day):
                key = (area_on(each.area, each.moves, day), each.building)
                found[key] = found.get(key, 0) + each.area_sqdm
        return found

    def last_home(self, day: date) -> tuple[str, str] | None:
        """The building that it left last, by a day."""
        left = [each for each in self.tenancies if each.span.last_on and each.span.since <= each.span.last_on < day]
        last = max(left, key=lambda each: (each.span.last_on or day, each.building), default=None)
        return (area_on(last.area, last.moves, day), last.building) if last else None

    @property
    def turns(self) -> set[date]:
        """Every day on which something may change."""
        days = {each.since for each in (*self.registrations, *self.taxations)}
        days |= {move.since for each in self.tenancies for move in each.moves}
        spans = [each.span for each in self.tenancies] + [each.span for each in self.headquarters]
        return days.union(*(span.turns for span in spans))


def _said(said: Iterable[PlaceFact], day: date) -> bool | None:
    found = None
    for each in said:
        if each.since <= day and (found is None or each.since >= found.since):
            found = each
    return found.is_here if found is not None else None


def tenant_positions(facts: TenantFacts, day: date) -> Positions:
    """Where an enterprise is on a day: once in each building that it rents in, and once where it rents most."""
    rented, is_here = facts.rented_on(day), facts.is_here_on(day)
    found = [
        Position(Account(TENANTS_HERE if is_here else TENANTS_ELSEWHERE, ENTERPRISE, area, building), 1)
        for area, building in rented
    ]
    home = max(rented, key=lambda key: (rented[key], key[1]), default=None)
    if home is not None:
        found.append(Position(Account(SETTLED_HERE if is_here else SETTLED_ELSEWHERE, ENTERPRISE, *home), 1))
        if facts.is_taxed_here_on(day):
            found.append(Position(Account(SETTLED_TAXED, ENTERPRISE, *home), 1))
    elif is_here and (left := facts.last_home(day)):
        found.append(Position(Account(MOVED_OUT_HERE, ENTERPRISE, *left), 1))
    found += [
        Position(Account(HEADQUARTERS[each.level], ENTERPRISE, *(home or (facts.area, ""))), 1)
        for each in facts.headquarters
        if each.span.holds_on(day)
    ]
    return tuple(sorted(found))
