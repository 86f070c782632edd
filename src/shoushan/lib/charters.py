"""Which charter trips bring workers back at the least cost: column generation with the HiGHS solver. Free of any framework.

A party stays together; a trip runs on one day along one corridor from the farthest stop to the district and stops where
its people wait. The linear relaxation over all trips that are possible gives the lower bound; the plan is the cheapest
set of the trips that were found on the way.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

EPSILON: Final = 1e-6
SECONDS: Final = 20.0
"""What the solver may take to choose the trips."""


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A type: the seats that may be given under the load limit, the cost of a trip and of a kilometre, in yuan."""

    name: str
    capacity: int
    fixed: int
    per_km: float


@dataclass(frozen=True, slots=True)
class Party:
    """People who travel together: a name of the caller's, the stop, how many, the first and the last day (day numbers)."""

    key: str
    stop: str
    size: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Stop:
    """A place where people wait: its corridor, and kilometres to the district."""

    name: str
    corridor: str
    km: int


@dataclass(frozen=True, slots=True)
class Trip:
    """One journey: day, vehicle, the parties in the order of the stops, its cost."""

    day: int
    vehicle: Vehicle
    parties: tuple[Party, ...]
    stops: tuple[Stop, ...]
    cost: float

    @property
    def people(self) -> int:
        """How many go along."""
        return sum(party.size for party in self.parties)


@dataclass(frozen=True, slots=True)
class Plan:
    """The trips, what they cost, and what no plan can go below."""

    trips: tuple[Trip, ...]
    lower_bound: float

    @property
    def cost(self) -> float:
        """The sum of the trips."""
        return sum(trip.cost for trip in self.trips)

    @property
    def gap(self) -> float:
        """By how much the plan may lie above the cheapest one, as a share of the bound."""
        return self.cost / self.lower_bound - 1 if self.lower_bound else 0.0


class PlanningError(ValueError):
    """People who can't be planned; the names of their parties."""

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__(", ".join(keys))
        self.keys = keys


Row: TypeAlias = tuple[str, int, int, int]
"""Parties that are alike: stop, size, first day, last day."""
_Worth: TypeAlias = tuple[float, tuple[tuple[Row, int], ...]]
"""What a choice of parties is worth to the relaxation, and the choice."""


@dataclass(frozen=True, slots=True)
class _Column:
    """A trip that is possible, with how many parties of each row."""

    day: int
    vehicle: Vehicle
    cost: float
    loads: tuple[tuple[Row, int], ...]


@dataclass(slots=True)
class _Problem:
    stops: Mapping[str, Stop]
    vehicles: Sequence[Vehicle]
    stop_cost: float
    demand: Counter[Row]
    columns: list[_Column] = field(default_factory=list)
    seen: set[tuple[int, str, tuple[tuple[Row, int], ...]]] = field(default_factory=set)

    def add(self, column: _Column) -> bool:
        """Keep a column unless it is there."""
        key = (column.day, column.vehicle.name, column.loads)
        if key in self.seen:
            return False
        self.seen.add(key)
        self.columns.append(column)
        return True


def cost_of(vehicle: Vehicle, stops: Iterable[Stop], stop_cost: float) -> float:
    """The way from the farthest stop, and what every further stop costs."""
    found = list(stops)
    return vehicle.fixed + vehicle.per_km * max(stop.km for stop in found) + stop_cost * (len(found) - 1)


def plan(
    parties: Sequence[Party],
    stops: Mapping[str, Stop],
    vehicles: Sequence[Vehicle],
    *,
    stop_cost: float = 60.0,
    seconds: float = SECONDS,
) -> Plan:
    """The cheapest trips, corridor by corridor. Raises PlanningError for parties that are larger than every vehicle."""
    largest = max((vehicle.capacity for vehicle in vehicles), default=0)
    if too_large := [party.key for party in parties if party.size > largest]:
        raise PlanningError(too_large)
    groups: dict[str, list[Party]] = defaultdict(list)
    for party in parties:
        groups[stops[party.stop].corridor].append(party)
    trips: list[Trip] = []
    bound = 0.0
    for name in sorted(groups):
        found, below = _plan_corridor(groups[name], stops, vehicles, stop_cost, seconds / len(groups))
        trips += found
        bound += below
    trips.sort(key=lambda trip: (trip.day, trip.stops[0].corridor, -trip.stops[0].km, trip.parties[0].key))
    return Plan(tuple(trips), bound)


def first_fit(
    parties: Sequence[Party], stops: Mapping[str, Stop], vehicles: Sequence[Vehicle], *, stop_cost: float = 60.0
) -> Plan:
    """What a careful clerk does: the largest parties first, each into the first vehicle of its corridor and day with room,

    a new one of the largest type where none has; at the end each trip gets the cheapest type that holds it. No bound.
    """
    largest = max(vehicles, key=lambda vehicle: vehicle.capacity)
    open_trips: list[tuple[int, str, list[Party]]] = []
    for party in sorted(parties, key=lambda each: (-each.size, each.first, each.key)):
        corridor = stops[party.stop].corridor
        for day, name, inside in open_trips:
            room = largest.capacity - sum(each.size for each in inside)
            if name == corridor and party.first <= day <= party.last and party.size <= room:
                inside.append(party)
                break
        else:
            open_trips.append((party.first, corridor, [party]))
    return Plan(tuple(_trip(day, inside, stops, vehicles, stop_cost) for day, _name, inside in open_trips), 0.0)


def _trip(
    day: int, parties: Sequence[Party], stops: Mapping[str, Stop], vehicles: Sequence[Vehicle], stop_cost: float
) -> Trip:
    """A trip with the cheapest vehicle that holds these people."""
    people = sum(party.size for party in parties)
    route = sorted({party.stop for party in parties}, key=lambda name: (-stops[name].km, name))
    along = tuple(stops[name] for name in route)
    fitting = [vehicle for vehicle in vehicles if vehicle.capacity >= people]
    vehicle = min(fitting, key=lambda each: (cost_of(each, along, stop_cost), each.name))
    order = {name: place for place, name in enumerate(route)}
    ordered = tuple(sorted(parties, key=lambda party: (order[party.stop], party.key)))
    return Trip(day, vehicle, ordered, along, cost_of(vehicle, along, stop_cost))


def _plan_corridor(
    parties: Sequence[Party],
    stops: Mapping[str, Stop],
    vehicles: Sequence[Vehicle],
    stop_cost: float,
    seconds: float,
) -> tuple[list[Trip], float]:
    """The trips of one corridor and the bound below which they can't be."""
    demand: Counter[Row] = Counter((party.stop, party.size, party.first, party.last) for party in parties)
    problem = _Problem(stops, vehicles, stop_cost, demand)
    start = first_fit(parties, stops, vehicles, stop_cost=stop_cost)
    for trip in start.trips:
        problem.add(_column_of(trip))
    bound = _generate(problem)
    chosen = _choose(problem, seconds)
    trips = _dealt(chosen, parties, stops, vehicles, stop_cost)
    return (trips if sum(trip.cost for trip in trips) <= start.cost else list(start.trips)), bound


def _column_of(trip: Trip) -> _Column:
    loads = Counter((party.stop, party.size, party.first, party.last) for party in trip.parties)
    return _Column(trip.day, trip.vehicle, trip.cost, tuple(sorted(loads.items())))


# ---- the linear relaxation ---------------------------------------------------------------------------------
def _generate(problem: _Problem) -> float:
    """Add trips as long as one would make the relaxation cheaper; answers its value, the lower bound."""
    rows = sorted(problem.demand)
    while True:
        value, duals = _relaxation(problem, rows)
        fresh = [column for column in _cheaper(problem, dict(zip(rows, duals, strict=True))) if problem.add(column)]
        if not fresh:
            return value


def _relaxation(problem: _Problem, rows: Sequence[Row]) -> tuple[float, list[float]]:
    """Value and duals of the master over the columns so far."""
    solver = _solver(problem, rows)
    solver.run()
    solution = solver.getSolution()
    return solver.getInfo().objective_function_value, list(solution.row_dual)


def _solver(problem: _Problem, rows: Sequence[Row]) -> Any:
    import highspy  # loads in a tenth of a second: only where something is planned

    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)  # noqa: FBT003 - the library's own signature
    solver.setOptionValue("threads", 1)  # the same for every solver of a process, and the same plan on every machine
    place = {row: number for number, row in enumerate(rows)}
    for row in rows:
        solver.addRow(float(problem.demand[row]), highspy.kHighsInf, 0, [], [])
    for column in problem.columns:
        numbers = [place[row] for row, _count in column.loads]
        counts = [float(count) for _row, count in column.loads]
        solver.addCol(column.cost, 0.0, highspy.kHighsInf, len(numbers), numbers, counts)
    return solver


def _cheaper(problem: _Problem, duals: Mapping[Row, float]) -> list[_Column]:
    """For every day, first stop and vehicle the trip that the relaxation would like best, where it would."""
    days = sorted({day for row in duals for day in range(row[2], row[3] + 1)})
    found: list[_Column] = []
    for day in days:
        rows = [row for row in duals if row[2] <= day <= row[3] and duals[row] > EPSILON]
        found += _best_trips(problem, day, rows, duals)
    return found


def _best_trips(problem: _Problem, day: int, rows: Sequence[Row], duals: Mapping[Row, float]) -> list[_Column]:
    """The trips of a day that are worth more than they cost, by dynamic programming over the stops from near to far.

    `best[load]` is what the nearer stops can add within so many seats; one pass over the largest vehicle serves all.
    The first stop that is visited, the farthest, sets the way.
    """
    by_stop: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_stop[row[0]].append(row)
    capacity = max(vehicle.capacity for vehicle in problem.vehicles)
    best: list[_Worth] = [(0.0, ())] * (capacity + 1)
    found: list[_Column] = []
    for name in sorted(by_stop, key=lambda each: (problem.stops[each].km, each)):
        with_this = _fill(best, by_stop[name], duals, problem.demand, capacity)
        for vehicle in problem.vehicles:
            way = vehicle.fixed + vehicle.per_km * problem.stops[name].km
            worth, loads = with_this[vehicle.capacity]
            if worth - way > EPSILON:
                found.append(_made(problem, day, vehicle, loads))
        best = [
            max(plain, (visited[0] - problem.stop_cost, visited[1]), key=lambda each: each[0])
            for plain, visited in zip(best, with_this, strict=True)
        ]
    return found


def _made(problem: _Problem, day: int, vehicle: Vehicle, loads: tuple[tuple[Row, int], ...]) -> _Column:
    """The column of these parties; a trip of the nearer stops alone has the shorter way."""
    names = {row[0] for row, _count in loads}
    farthest = max(problem.stops[name].km for name in names)
    way = vehicle.fixed + vehicle.per_km * farthest
    return _Column(day, vehicle, way + problem.stop_cost * (len(names) - 1), tuple(sorted(loads)))


def _fill(
    best: Sequence[_Worth],
    rows: Sequence[Row],
    duals: Mapping[Row, float],
    demand: Mapping[Row, int],
    capacity: int,
) -> list[_Worth]:
    """A bounded knapsack: parties of one stop on top of what the nearer stops add."""
    now = list(best)
    for row in rows:
        size, worth = row[1], duals[row]
        before = list(now)
        for load in range(size, capacity + 1):
            most = min(demand[row], load // size)
            for count in range(1, most + 1):
                value = before[load - count * size][0] + count * worth
                if value > now[load][0] + EPSILON:
                    now[load] = (value, (*before[load - count * size][1], (row, count)))
    return now


# ---- whole trips -------------------------------------------------------------------------------------------------
def _choose(problem: _Problem, seconds: float) -> list[_Column]:
    """The cheapest set of the columns found that takes everybody along."""
    import highspy

    rows = sorted(problem.demand)
    solver = _solver(problem, rows)
    for number in range(len(problem.columns)):
        solver.changeColIntegrality(number, highspy.HighsVarType.kInteger)
    solver.setOptionValue("time_limit", seconds)
    solver.run()
    values = list(solver.getSolution().col_value)
    chosen: list[_Column] = []
    for column, value in zip(problem.columns, values, strict=True):
        chosen += [column] * round(value)
    return chosen


def _dealt(
    chosen: Sequence[_Column],
    parties: Sequence[Party],
    stops: Mapping[str, Stop],
    vehicles: Sequence[Vehicle],
    stop_cost: float,
) -> list[Trip]:
    """Real parties for the columns; a seat that covers somebody twice stays empty, and a trip that nobody needs falls away."""
    waiting: dict[Row, list[Party]] = defaultdict(list)
    for party in sorted(parties, key=lambda each: each.key, reverse=True):
        waiting[party.stop, party.size, party.first, party.last].append(party)
    trips: list[Trip] = []
    for column in chosen:
        inside = [waiting[row].pop() for row, count in column.loads for _n in range(count) if waiting[row]]
        if inside:
            trips.append(_trip(column.day, inside, stops, vehicles, stop_cost))
    left = [party for group in waiting.values() for party in group]
    if left:  # the solver's time was over before it had a set that takes everybody
        trips += first_fit(left, stops, vehicles, stop_cost=stop_cost).trips
    return trips


def seats_allowed(seats: int, percent: float) -> int:
    """How many seats may be given under a load limit."""
    return int(seats * percent // 100)
