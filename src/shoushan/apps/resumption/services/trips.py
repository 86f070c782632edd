"""Charter trips: proposed from the workers who are expected, entered as the planner confirms, altered seat by seat."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.apps.resumption.enums.trips import TripState
from shoushan.apps.resumption.enums.workers import WorkerState
from shoushan.apps.resumption.lifecycle import TRIPS, VEHICLES
from shoushan.apps.resumption.lifecycle.regimes import limit
from shoushan.apps.resumption.lifecycle.trips import PLAN
from shoushan.apps.resumption.models import CharterTrip, Seat, SeatBooking, Worker
from shoushan.apps.resumption.selectors.trips import waiting_for_a_seat
from shoushan.directory.access import check_permission
from shoushan.lib import charters
from shoushan.lib.origins import CITIES, name_of
from shoushan.lib.places import road_km
from shoushan.lifecycle.errors import GuardError, MissingError
from shoushan.lifecycle.numbering import next_code
from shoushan.lifecycle.selectors import check_rule_in_force
from shoushan.lifecycle.services import begin

if TYPE_CHECKING:
    from shoushan.directory.models import User

LOAD_LIMIT: Final = "包车最高载客率"
START: Final = time(7, 0)
KM_AN_HOUR: Final = 70
MINUTES_A_STOP: Final = 20
MOST_PEOPLE, MOST_DAYS, SECONDS = 1000, 14, 8.0
CHANGEABLE: Final = (TripState.PLANNED, TripState.CONFIRMED)
_CITY_OF: Final = {code: name for name, code in CITIES.items()}


@dataclass(frozen=True, slots=True)
class Proposed:
    """A trip that is proposed, with the workers of its parties."""

    number: int
    trip: charters.Trip
    workers: tuple[Worker, ...]
    times: tuple[tuple[str, str, int], ...]
    """Stop, local time HH:MM, people who get in."""
    arrive_at: datetime


@dataclass(frozen=True, slots=True)
class Proposal:
    """All trips proposed, what they cost, the bound, what a clerk's first-fit costs; who can't be planned and why."""

    trips: tuple[Proposed, ...]
    cost: float
    lower_bound: float
    first_fit_cost: float
    left_out: tuple[tuple[Worker, str], ...]
    mark: str
    """Changes when the workers or the rules change: a page that shows an older proposal confirms nothing."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Which workers are planned: an area, the days on which they want to travel, how many days later will do."""

    area: str
    first: date
    last: date
    flexible_days: int = 1


def propose(wish: Wish, *, actor: User, at: datetime) -> Proposal:
    """The cheapest trips for the workers of an area who are expected and have no seat. Raises NotAllowedError, MissingError."""
    on = timezone.localtime(at).date()
    check_permission(actor, PLAN, on=on, area=wish.area)
    if wish.last < wish.first or (wish.last - wish.first).days >= MOST_DAYS:
        raise MissingError({"last": _("日期范围应在 1 至 %(most)d 天之间，请核对。") % {"most": MOST_DAYS}})
    workers = list(waiting_for_a_seat(wish.area, wish.first, wish.last)[: MOST_PEOPLE + 1])
    if len(workers) > MOST_PEOPLE:
        raise MissingError(
            {"last": _("一次最多安排 %(most)d 人，请缩短日期范围或分街道安排。") % {"most": MOST_PEOPLE}}
        )
    vehicles = vehicles_on(wish.first, area=wish.area)
    largest = max(vehicle.capacity for vehicle in vehicles)
    parties, riders, left_out = _parties(workers, wish, largest)
    stops = {origin: _stop(origin) for origin in {party.stop for party in parties}}
    found = charters.plan(parties, stops, vehicles, seconds=SECONDS) if parties else charters.Plan((), 0.0)
    simple = charters.first_fit(parties, stops, vehicles).cost if parties else 0.0
    trips = tuple(_proposed(number, trip, riders) for number, trip in enumerate(found.trips, start=1))
    return Proposal(trips, found.cost, found.lower_bound, simple, tuple(left_out), _mark(workers, vehicles, wish))


def vehicles_on(on: date, *, area: str) -> list[charters.Vehicle]:
    """The types of a day with the seats that its load limit allows."""
    rule = check_rule_in_force(VEHICLES.code, on=on, area=area).rule
    percent = limit(LOAD_LIMIT, area=area, on=on)
    found = [
        charters.Vehicle(
            row["name"], charters.seats_allowed(int(row["seats"]), percent), int(row["fixed"]), float(row["per_km"])
        )
        for row in rule.rows
    ]
    return [each for each in found if each.capacity > 0]


def _parties(
    workers: Sequence[Worker], wish: Wish, largest: int
) -> tuple[list[charters.Party], dict[str, list[Worker]], list[tuple[Worker, str]]]:
    """Who travels together; a party larger than every vehicle goes in several."""
    together: dict[tuple[Any, ...], list[Worker]] = defaultdict(list)
    left_out: list[tuple[Worker, str]] = []
    for worker in workers:
        if road_km(worker.origin, settings.DISTRICT_CODE) is None:
            left_out.append(
                (worker, _("来源地“%(name)s”没有公路里程，请单独安排。") % {"name": name_of(worker.origin)})
            )
            continue
        own = worker.party or worker.code
        together[worker.enterprise_id, own, worker.origin, worker.planned_on].append(worker)
    parties: list[charters.Party] = []
    riders: dict[str, list[Worker]] = {}
    for (_firm, _own, origin, day), group in together.items():
        for start in range(0, len(group), largest):
            inside = group[start : start + largest]
            key = inside[0].code
            riders[key] = inside
            first = day.toordinal()
            parties.append(charters.Party(key, origin, len(inside), first, first + wish.flexible_days))
    return parties, riders, left_out


def _stop(origin: str) -> charters.Stop:
    km = road_km(origin, settings.DISTRICT_CODE) or 0
    return charters.Stop(_CITY_OF.get(origin, name_of(origin)), origin[:2], km)


def _proposed(number: int, trip: charters.Trip, riders: dict[str, list[Worker]]) -> Proposed:
    workers = tuple(worker for party in trip.parties for worker in riders[party.key])
    day, minutes, times = date.fromordinal(trip.day), 0.0, []
    for place, stop in enumerate(trip.stops):
        if place:
            minutes += (trip.stops[place - 1].km - stop.km) / KM_AN_HOUR * 60 + MINUTES_A_STOP
        boarding = sum(party.size for party in trip.parties if _stop(party.stop) == stop)
        times.append((stop.name, _clock(day, minutes).strftime("%H:%M"), boarding))
    minutes += trip.stops[-1].km / KM_AN_HOUR * 60
    return Proposed(number, trip, workers, tuple(times), _clock(day, minutes))


def _clock(day: date, minutes: float) -> datetime:
    start = timezone.make_aware(datetime.combine(day, START))
    return start + timedelta(minutes=round(minutes / 5) * 5)


def _mark(workers: Sequence[Worker], vehicles: Sequence[charters.Vehicle], wish: Wish) -> str:
    seen = [(each.code, each.origin, each.party, str(each.planned_on)) for each in workers]
    return hashlib.sha256(repr((seen, vehicles, wish)).encode()).hexdigest()[:16]


@transaction.atomic
def enter_trips(wish: Wish, numbers: Collection[int], *, mark: str, actor: User, at: datetime) -> list[CharterTrip]:
    """The trips of a proposal that the planner ticked, with their seats given. Raises GuardError where it has changed since."""
    found = propose(wish, actor=actor, at=at)
    if found.mark != mark:
        raise GuardError(_("返岗人员在您查看以后有变化，请重新生成方案后再确认。"))
    chosen = [each for each in found.trips if each.number in numbers]
    if not chosen:
        raise GuardError(_("请至少勾选一趟车。"))
    return [_enter(each, wish, actor, at) for each in chosen]


def _enter(each: Proposed, wish: Wish, actor: User, at: datetime) -> CharterTrip:
    on = timezone.localtime(at).date()
    day = date.fromordinal(each.trip.day)
    rule = check_rule_in_force(VEHICLES.code, on=wish.first, area=wish.area).rule
    seats = next(int(row["seats"]) for row in rule.rows if row["name"] == each.trip.vehicle.name)
    trip = CharterTrip(
        code=next_code("TRP", on=on),
        area_code=wish.area,
        vehicle_type=each.trip.vehicle.name,
        seats_total=seats,
        load_percent=int(limit(LOAD_LIMIT, area=wish.area, on=wish.first)),
        origin=each.workers[0].origin,
        stops=[{"name": name, "at": moment, "people": people} for name, moment, people in each.times],
        depart_at=_clock(day, 0),
        arrive_at=each.arrive_at,
    )
    begin(TRIPS, trip, on=on, at=at, actor=actor)
    made = Seat.objects.bulk_create(Seat(trip=trip, number=n) for n in range(1, each.trip.vehicle.capacity + 1))
    SeatBooking.objects.bulk_create(
        SeatBooking(seat=seat, worker=worker, booked_at=at) for seat, worker in zip(made, each.workers, strict=False)
    )
    return trip


@transaction.atomic
def book_seat(*, trip: CharterTrip, worker: Worker, actor: User, at: datetime) -> SeatBooking:
    """The next free seat for a worker who has none. Raises NotAllowedError, or GuardError where there is none left."""
    _check_changeable(trip, actor, at)
    if worker.state != WorkerState.EXPECTED:
        raise GuardError(_("%(name)s已经出发或到达，不需要座位。") % {"name": worker.person.name})
    taken = SeatBooking.objects.filter(seat__trip=trip, is_live=True).values("seat_id")
    seat = trip.seats.exclude(pk__in=taken).order_by("number").first()
    if seat is None:
        words = {"n": trip.seats.count(), "percent": trip.load_percent}
        raise GuardError(_("按载客率 %(percent)d%% 最多安排 %(n)d 人，已经排满。") % words)
    try:
        with transaction.atomic():
            return SeatBooking.objects.create(seat=seat, worker=worker, booked_at=at)
    except IntegrityError as error:
        raise GuardError(
            _("%(name)s已有座位，或这个座位刚被占用，请刷新后再试。") % {"name": worker.person.name}
        ) from error


@transaction.atomic
def release_seat(*, trip: CharterTrip, worker: Worker, actor: User, at: datetime) -> None:
    """A worker does not go with this trip. Raises NotAllowedError or GuardError."""
    _check_changeable(trip, actor, at)
    if not SeatBooking.objects.filter(seat__trip=trip, worker=worker, is_live=True).update(is_live=False):
        raise GuardError(_("%(name)s不在这趟车上。") % {"name": worker.person.name})


def _check_changeable(trip: CharterTrip, actor: User, at: datetime) -> None:
    check_permission(actor, PLAN, on=timezone.localtime(at).date(), area=trip.area_code)
    if trip.state not in CHANGEABLE:
        raise GuardError(_("%(code)s已经发车或取消，不能再改座位。") % {"code": trip.code})
