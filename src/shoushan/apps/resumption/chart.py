"""The accounts of work resumption, and where an enterprise and its people are in them on a day.

Enterprises in the statistics bureau's frame (四上) and all others are two families, so that a count of the one can
never hold the other. Free of any framework.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from shoushan.casework.chart import matter_accounts
from shoushan.ledger.transfers import Account, Position, Positions

ENTERPRISE: Final = "enterprise"
PERSON: Final = "person"
PERCENT: Final = "percent"
FULL: Final = 10_000
"""Normal capacity, in hundredths of a per cent."""

FRAMED: Final = "resumption.enterprises"
UNFRAMED: Final = "resumption.unframed_enterprises"
FRAMED_PEOPLE: Final = "resumption.people"
UNFRAMED_PEOPLE: Final = "resumption.unframed_people"
FRAMED_STAFF: Final = "resumption.staff"
UNFRAMED_STAFF: Final = "resumption.unframed_staff"
FRAMED_CAPACITY: Final = "resumption.capacity"
UNFRAMED_CAPACITY: Final = "resumption.unframed_capacity"
DIFFICULTIES: Final = "resumption.difficulties"
WORKERS: Final = "resumption.workers"
EXPECTED, TRAVELLING = f"{WORKERS}.expected", f"{WORKERS}.travelling"
OBSERVED, WAITING = f"{WORKERS}.observed", f"{WORKERS}.waiting"
AT_POST, ABNORMAL = f"{WORKERS}.at_post", f"{WORKERS}.abnormal"

NOT_RESUMED, RESUMED, STOPPED = f"{FRAMED}.not_resumed", f"{FRAMED}.resumed", f"{FRAMED}.stopped"
AT_WORK: Final = f"{FRAMED_PEOPLE}.at_work"
STAFF_OF_RESUMED: Final = f"{FRAMED_STAFF}.of_resumed"
STAFF_OF_OTHERS: Final = f"{FRAMED_STAFF}.of_not_resumed"
CURRENT_CAPACITY, NORMAL_CAPACITY = f"{FRAMED_CAPACITY}.current", f"{FRAMED_CAPACITY}.normal"

STANDING_BOOK: Final = "resumption.standing"
STAFF_BOOK: Final = "resumption.staff"

FRAME_LOCKED: Final = "resumption.frame_locked"
ENTERPRISE_FRAMED: Final = "resumption.enterprise_framed"
ENTERPRISE_LISTED: Final = "resumption.enterprise_listed"
ENTERPRISE_MOVED: Final = "resumption.enterprise_moved"
ENTERPRISE_RESUMED: Final = "resumption.enterprise_resumed"
ENTERPRISE_STOPPED: Final = "resumption.enterprise_stopped"
ENTERPRISE_RESTARTED: Final = "resumption.enterprise_restarted"
RETURN_REPORTED: Final = "resumption.return_reported"
STANDING_CORRECTED: Final = "resumption.standing_corrected"

OUTSIDE_FRAME: Final = "NONE"

ACCOUNTS: Final[dict[str, tuple[str, str]]] = {
    NOT_RESUMED: (ENTERPRISE, "enterprises of the frame that have not resumed"),
    RESUMED: (ENTERPRISE, "enterprises of the frame that have resumed"),
    STOPPED: (ENTERPRISE, "enterprises of the frame that resumed and were stopped"),
    f"{UNFRAMED}.not_resumed": (ENTERPRISE, "other enterprises that have not resumed"),
    f"{UNFRAMED}.resumed": (ENTERPRISE, "other enterprises that have resumed"),
    f"{UNFRAMED}.stopped": (ENTERPRISE, "other enterprises that resumed and were stopped"),
    AT_WORK: (PERSON, "people at work in resumed enterprises of the frame"),
    f"{UNFRAMED_PEOPLE}.at_work": (PERSON, "people at work in other resumed enterprises"),
    STAFF_OF_RESUMED: (PERSON, "all staff of resumed enterprises of the frame"),
    STAFF_OF_OTHERS: (PERSON, "all staff of enterprises of the frame that reported and do not work"),
    f"{UNFRAMED_STAFF}.of_resumed": (PERSON, "all staff of other resumed enterprises"),
    f"{UNFRAMED_STAFF}.of_not_resumed": (PERSON, "all staff of other enterprises that reported and do not work"),
    CURRENT_CAPACITY: (PERCENT, "capacity restored, of working enterprises of the frame that reported it"),
    NORMAL_CAPACITY: (PERCENT, "normal capacity of the same enterprises: 100 % each"),
    f"{UNFRAMED_CAPACITY}.current": (PERCENT, "capacity restored, of other working enterprises that reported it"),
    f"{UNFRAMED_CAPACITY}.normal": (PERCENT, "normal capacity of the same enterprises: 100 % each"),
    EXPECTED: (PERSON, "workers who are expected back"),
    TRAVELLING: (PERSON, "workers on their way"),
    OBSERVED: (PERSON, "workers under observation"),
    WAITING: (PERSON, "workers free to begin"),
    AT_POST: (PERSON, "workers back at their post"),
    ABNORMAL: (PERSON, "workers with a temperature or test that has to be looked into"),
    **matter_accounts(DIFFICULTIES, "difficulties of enterprises"),
}
"""Every account but those of origin: its unit and what is in it."""

KINDS: Final[dict[str, str]] = {
    FRAME_LOCKED: "a list of the statistics bureau came into force; names it and its revision, moves nothing",
    ENTERPRISE_FRAMED: "an enterprise came into the list, left it or changed its 四上 type",
    ENTERPRISE_LISTED: "a subdistrict's ledger named an enterprise for the first time",
    ENTERPRISE_RESUMED: "an enterprise resumed work; its staff becomes that of a resumed one",
    ENTERPRISE_STOPPED: "an enterprise was ordered to stop; its people no longer count as at work",
    ENTERPRISE_RESTARTED: "a stopped enterprise may work again",
    RETURN_REPORTED: "a subdistrict's ledger stated staff and people at work as of a day",
    ENTERPRISE_MOVED: "an enterprise belongs to another subdistrict from a day on; its counts move with it",
    STANDING_CORRECTED: "what was stated of a day was taken back, because the records no longer say it",
}
"""Every kind of entry and what happened."""


class Head(NamedTuple):
    """Head counts of one daily return, with the capacity restored in hundredths of a per cent where it is stated."""

    staff_total: int
    at_work: int
    capacity: int | None = None


def capacity(rate: Decimal | None) -> int | None:
    """A stated 产能恢复% in hundredths of a per cent."""
    return None if rate is None else int(rate * 100)


class Stretch(NamedTuple):
    """From a day on, the enterprise has this 四上 type in the frame (`NONE`: not in it)."""

    since: date
    category: str


class Stay(NamedTuple):
    """From a day on, the enterprise lies in this community, or subdistrict where no community is told; the first stay
    has no beginning (`date.min`).
    """

    since: date
    area: str


class Stop(NamedTuple):
    """From a day on the enterprise is stopped; `until` is the day on which it works again."""

    since: date
    until: date | None


class Facts(NamedTuple):
    """All that decides where an enterprise is in the accounts: its stays, frame history, first day of work, returns, stops."""

    stays: tuple[Stay, ...]
    frames: tuple[Stretch, ...]
    listed_on: date | None
    resumed_on: date | None
    returns: tuple[tuple[date, Head], ...]
    stops: tuple[Stop, ...] = ()

    def has_resumed(self, day: date) -> bool:
        """Has it begun to work by that day, stopped or not?"""
        return self.resumed_on is not None and self.resumed_on <= day

    def is_stopped(self, day: date) -> bool:
        """Is it under a stop order that day?"""
        return any(stop.since <= day and (stop.until is None or day < stop.until) for stop in self.stops)

    @property
    def turns(self) -> set[date]:
        """Days on which it is stopped or works again."""
        return {day for stop in self.stops for day in stop if day}


def category_on(frames: tuple[Stretch, ...], day: date) -> str:
    """The 四上 type in force on a day."""
    category = OUTSIDE_FRAME
    for stretch in frames:
        if stretch.since > day:
            break
        category = stretch.category
    return category


def area_on(stays: tuple[Stay, ...], day: date) -> str:
    """The area on a day."""
    return next(stay.area for stay in reversed(stays) if stay.since <= day)


def standing_positions(area: str, category: str, *, is_resumed: bool, is_stopped: bool = False) -> Positions:
    """Where the enterprise itself is."""
    family = UNFRAMED if category == OUTSIDE_FRAME else FRAMED
    status = "not_resumed" if not is_resumed else "stopped" if is_stopped else "resumed"
    return (Position(Account(f"{family}.{status}", ENTERPRISE, area, category), 1),)


def staff_positions(area: str, category: str, head: Head, *, is_resumed: bool) -> Positions:
    """Where its people are: those at work, and all its staff by whether it has resumed."""
    is_framed = category != OUTSIDE_FRAME
    people, staff = (FRAMED_PEOPLE, FRAMED_STAFF) if is_framed else (UNFRAMED_PEOPLE, UNFRAMED_STAFF)
    if not is_resumed:
        return (Position(Account(f"{staff}.of_not_resumed", PERSON, area, category), head.staff_total),)
    working = (
        Position(Account(f"{people}.at_work", PERSON, area, category), head.at_work),
        Position(Account(f"{staff}.of_resumed", PERSON, area, category), head.staff_total),
    )
    return working if head.capacity is None else working + _capacity_positions(area, category, head.capacity)


def _capacity_positions(area: str, category: str, capacity: int) -> Positions:
    """What it makes, beside what it makes in normal times."""
    family = UNFRAMED_CAPACITY if category == OUTSIDE_FRAME else FRAMED_CAPACITY
    return (
        Position(Account(f"{family}.current", PERCENT, area, category), capacity),
        Position(Account(f"{family}.normal", PERCENT, area, category), FULL),
    )


def standing_timeline(facts: Facts) -> dict[date, Positions]:
    """Every day on which the enterprise's place changes, with the place from then on."""
    days = {stretch.since for stretch in facts.frames} | {day for day in (facts.listed_on, facts.resumed_on) if day}
    first = min(days, default=None)
    days |= {stay.since for stay in facts.stays if first and stay.since > first}
    days |= {day for day in facts.turns if first and day > first}
    timeline: dict[date, Positions] = {}
    before: Positions = ()
    for day in sorted(days):
        area, category = area_on(facts.stays, day), category_on(facts.frames, day)
        positions = standing_positions(
            area, category, is_resumed=facts.has_resumed(day), is_stopped=facts.is_stopped(day)
        )
        if positions != before:
            timeline[day] = positions
        before = positions
    return timeline


def staff_timeline(facts: Facts) -> dict[date, Positions]:
    """Every day on which the people are stated: each return, and after the first one each change of frame, each move,
    each stop and restart, and the first day of work, from which on all staff is that of a resumed enterprise though the
    next return is still to come.
    """
    heads = dict(facts.returns)
    first = min(heads, default=None)
    changes = {stretch.since for stretch in facts.frames} | {stay.since for stay in facts.stays}
    changes |= facts.turns | ({facts.resumed_on} if facts.resumed_on else set())
    days = set(heads) | {day for day in changes if first and day > first}
    timeline: dict[date, Positions] = {}
    head = None
    for day in sorted(days):
        head = heads.get(day, head)
        if head is not None:
            is_working = facts.has_resumed(day) and not facts.is_stopped(day)
            area, category = area_on(facts.stays, day), category_on(facts.frames, day)
            timeline[day] = staff_positions(area, category, head, is_resumed=is_working)
    return timeline
