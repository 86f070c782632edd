"""Charter planning: nobody is left behind, no vehicle is too full, never dearer than first-fit, never below the bound."""

from __future__ import annotations

import random
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from shoushan.lib.charters import Party, Plan, PlanningError, Stop, Vehicle, first_fit, plan, seats_allowed
from shoushan.lib.places import road_km

STOPS = {
    name: Stop(name, name[0], km) for name, km in (("A1", 200), ("A2", 260), ("A3", 420), ("B1", 500), ("B2", 640))
}
VEHICLES = (
    Vehicle("大", 27, 1200, 4.5),
    Vehicle("中", 17, 900, 3.4),
    Vehicle("小", 9, 600, 2.4),
    Vehicle("微", 3, 300, 1.4),
)


def check(found: Plan, parties: list[Party]) -> None:
    assert sorted(party.key for trip in found.trips for party in trip.parties) == sorted(party.key for party in parties)
    for trip in found.trips:
        assert trip.people <= trip.vehicle.capacity
        assert all(party.first <= trip.day <= party.last for party in trip.parties)
        assert len({stop.corridor for stop in trip.stops}) == 1
        assert [stop.km for stop in trip.stops] == sorted((stop.km for stop in trip.stops), reverse=True)


PARTIES = some.lists(
    some.tuples(some.sampled_from(sorted(STOPS)), some.integers(1, 27), some.integers(0, 2), some.integers(0, 2)),
    min_size=1,
    max_size=14,
)


@settings(max_examples=40, deadline=None)
@given(PARTIES)
def test_it_takes_everybody_once_within_the_limits_and_beats_first_fit(rows: list[tuple[str, int, int, int]]) -> None:
    parties = [Party(f"p{n}", stop, size, day, day + more) for n, (stop, size, day, more) in enumerate(rows)]
    found, simple = plan(parties, STOPS, VEHICLES), first_fit(parties, STOPS, VEHICLES)

    check(found, parties)
    check(simple, parties)
    assert found.lower_bound - 1e-3 <= found.cost <= simple.cost + 1e-6


def cheapest(parties: list[Party]) -> float:
    """By trying every way to share few parties of one stop and day among trips."""
    best = float("inf")
    for places in product(range(len(parties)), repeat=len(parties)):
        loads = [sum(p.size for p, at in zip(parties, places, strict=True) if at == n) for n in range(len(parties))]
        if max(loads) > 27:
            continue
        cost = sum(min(v.fixed + v.per_km * 200 for v in VEHICLES if v.capacity >= load) for load in loads if load)
        best = min(best, cost)
    return best


@pytest.mark.parametrize("seed", range(8))
def test_it_comes_within_two_percent_of_the_cheapest_plan_of_a_few_parties(seed: int) -> None:
    dice = random.Random(seed)
    parties = [Party(f"p{n}", "A1", dice.randint(1, 15), 0, 0) for n in range(6)]
    found = plan(parties, STOPS, VEHICLES)
    best = cheapest(parties)
    assert found.lower_bound - 1e-3 <= best <= found.cost <= best * 1.02


def test_it_waits_a_day_where_that_fills_a_vehicle() -> None:
    parties = [Party("a", "A1", 9, 0, 1), Party("b", "A1", 18, 1, 1)]
    found = plan(parties, STOPS, VEHICLES)
    assert [(trip.day, trip.people) for trip in found.trips] == [(1, 27)]
    assert found.gap == pytest.approx(0)


def test_it_gives_the_same_plan_again() -> None:
    dice = random.Random(3)
    parties = [Party(f"p{n}", dice.choice(sorted(STOPS)), dice.randint(1, 9), 0, 1) for n in range(30)]
    assert plan(parties, STOPS, VEHICLES) == plan(list(reversed(parties)), STOPS, VEHICLES)


def test_it_names_parties_that_no_vehicle_holds() -> None:
    with pytest.raises(PlanningError) as refused:
        plan([Party("x", "A1", 28, 0, 0), Party("y", "A1", 2, 0, 0)], STOPS, VEHICLES)
    assert refused.value.keys == ["x"]


def test_it_knows_seats_and_roads() -> None:
    assert [seats_allowed(seats, 50) for seats in (55, 35, 19, 7)] == [27, 17, 9, 3]
    assert road_km("411400", "370102") == pytest.approx(350, abs=60)
    assert road_km("420100", "370102") == pytest.approx(900, abs=120)
    assert road_km("ABROAD", "370102") is None
