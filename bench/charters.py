"""Charter planning: parties of six provinces over five days, planned by the solver and by first-fit.

`charter_margin`: what first-fit costs ÷ what the plan costs. `charter_gap`: the plan's cost ÷ the lower bound.
"""

from __future__ import annotations

import random
import time

from bench import harness

PROVINCES = ("13", "14", "32", "34", "37", "41")
SIZES = (1, 2, 3, 4, 5, 6, 8, 11, 14)
WEIGHTS = (30, 25, 14, 10, 7, 5, 4, 3, 2)


def run(*, full: bool) -> None:
    """The same parties on both sides; nobody is left behind by either."""
    from shoushan.lib.charters import Party, Stop, Vehicle, first_fit, plan
    from shoushan.lib.places import PLACES, road_km

    codes = [code for code in PLACES if code[:2] in PROVINCES and code != "3701"]
    stops = {code: Stop(code, code[:2], road_km(code, "3701") or 0) for code in codes}
    vehicles = [Vehicle("55", 27, 1200, 4.5), Vehicle("35", 17, 900, 3.4), Vehicle("19", 9, 600, 2.4)]
    vehicles.append(Vehicle("7", 3, 300, 1.4))
    margins, gaps, took = [], [], []
    for seed in range(5 if full else 2):
        dice = random.Random(seed)
        parties = []
        for number in range(300 if full else 60):
            day = dice.randrange(5)
            size = dice.choices(SIZES, WEIGHTS)[0]
            parties.append(Party(f"p{number:04d}", dice.choice(codes), size, day, day + 1))
        start = time.perf_counter()
        best = plan(parties, stops, vehicles)
        took.append(time.perf_counter() - start)
        simple = first_fit(parties, stops, vehicles)
        carried = sorted(party.key for trip in best.trips for party in trip.parties)
        if carried != sorted(party.key for party in parties):
            raise AssertionError("somebody is left behind")
        margins.append(simple.cost / best.cost)
        gaps.append(best.cost / best.lower_bound)
    harness.report("charter_margin", harness.median(margins), ">1", {"margins": margins, "seconds": took})
    harness.report("charter_gap", harness.median(gaps), "<=1.15", {"gaps": gaps})
