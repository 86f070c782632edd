"""Occupancy of any day, past or to come: the ledger's answer against one counted from the leases one by one."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shoushan.apps.premises import chart
from shoushan.apps.premises.models import Building, Lease, Unit
from shoushan.apps.premises.selectors.buildings import standings
from shoushan.apps.premises.services import end_lease, enter_registration, state_use
from shoushan.figures.measures import measure
from shoushan.figures.values import evaluate, members
from shoushan.ledger import api as ledger
from shoushan.lifecycle.errors import LifecycleError
from tests.apps.premises.factories import AT, DISTRICT, JANUARY_1, YAOJIA, ZHIYUAN, a_building, a_firm, let, rooms
from tests.kept import district

pytestmark = pytest.mark.django_db
FIRST = date(2020, 1, 1)


@pytest.fixture(autouse=True)
def _district() -> None:
    district()


def value(code: str, day: date, *areas: str, category: str = "") -> Any:
    figure = evaluate(measure(f"premises.{code}"), as_of=day, areas=areas, by="category" if category else "")
    return next(part.value for part in figure.parts if part.key == category) if category else figure.value


def by_hand(day: date) -> tuple[int, int]:
    """Let and lettable in hundredths of a square metre, from the rows."""
    let_area = sum(
        each.area_sqdm
        for each in Lease.objects.all()
        if each.since <= day and (each.last_on is None or each.last_on >= day)
    )
    lettable = 0
    for building in Building.objects.all():
        there = [each for each in building.spaces.all() if each.since <= day]
        lettable += max(there, key=lambda each: (each.since, each.revision)).lettable_sqdm if there else 0
    return let_area, lettable


days = st.integers(0, 400).map(lambda number: FIRST + timedelta(days=number))
acts = st.lists(
    st.tuples(
        st.sampled_from(["let", "let", "let", "end", "cancel", "use"]),
        st.integers(0, 3),
        st.integers(1, 4),
        days,
        st.none() | st.integers(0, 200),
        st.sampled_from(["VACANT", "OWN_USE", "RESERVED", "CLOSED"]),
    ),
    min_size=1,
    max_size=12,
)


def act(kind: str, unit: Unit, firm: int, day: date, length: int | None, use: str) -> None:
    """Do what can be done; what is refused changes nothing."""
    until = None if length is None else day + timedelta(days=length)
    lease = unit.leases.order_by("since").first()
    try:
        if kind == "let":
            area = int(unit.area_sqdm) / 100 if firm % 2 else int(unit.area_sqdm) / 200
            let(unit, a_firm(firm), day, until, area=area, is_registered_here=firm % 3 == 0)
        elif kind == "use":
            state_use(unit, since=day, use=use, reason="", actor=None, at=AT)
        elif lease is not None:
            name = "CANCELLED" if kind == "cancel" else "EARLY"
            end_lease(lease, kind=name, last_on=day, reason="试验", actor=None, at=AT)
    except LifecycleError:
        return


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(acts=acts, asked=st.lists(days, min_size=3, max_size=6))
def test_it_is_what_the_leases_say_on_every_day(acts: list[Any], asked: list[date]) -> None:
    first = a_building(f"甲座{Building.objects.count()}")
    second = a_building(f"乙座{Building.objects.count()}", area=ZHIYUAN, lettable=500)
    units = [*rooms(first, 100, 250.25), *rooms(second, 33.33, 120)]
    for kind, place, firm, day, length, use in acts:
        act(kind, units[place], firm, day, length, use)

    for day in asked:
        let_area, lettable = by_hand(day)
        exact = (Decimal(let_area) * 100 / Decimal(lettable)).quantize(Decimal("0.1"), ROUND_HALF_UP)
        assert value("occupancy_rate", day) == exact
        standing = standings(as_of=day, areas=[DISTRICT])
        assert sum(each.amount(chart.LET) for each in standing.values()) == let_area
        figure = evaluate(measure("premises.let_space"), as_of=day)
        assert sum(each.amount for each in members(figure.measure, as_of=day)) == let_area
        whole = sum(
            amount for _account, amount in ledger.balances([*chart.SPACE_OF.values(), chart.UNDIVIDED], as_of=day)
        )
        assert whole == lettable
        renting = {
            each.tenant_id
            for each in Lease.objects.all()
            if each.since <= day and (each.last_on is None or each.last_on >= day)
        }
        assert value("enterprises", day) == len(renting)
    assert ledger.verify() == []


def test_it_knows_past_and_coming_days(monkeypatch: pytest.MonkeyPatch) -> None:
    unit, other = rooms(a_building(), 100, 150)
    lease = let(unit, a_firm(1), date(2020, 2, 1), date(2021, 1, 31), is_registered_here=True)
    let(other, a_firm(2), date(2020, 6, 1), None, is_registered_here=False)

    told = {day: value("occupancy_rate", day) for day in map(date.fromisoformat, ("2020-01-31", "2020-02-01"))}
    assert told == {date(2020, 1, 31): Decimal("0.0"), date(2020, 2, 1): Decimal("10.0")}
    assert value("occupancy_rate", date(2020, 6, 1)) == Decimal("25.0")
    assert value("occupancy_rate", date(2021, 2, 1)) == Decimal("15.0")

    end_lease(lease, kind="EARLY", last_on=date(2020, 3, 15), reason="迁出", actor=None, at=AT)

    assert value("occupancy_rate", date(2020, 3, 15)) == Decimal("10.0")
    assert value("occupancy_rate", date(2020, 3, 16)) == Decimal("0.0")
    assert value("vacant_space", date(2020, 3, 16)) == Decimal("250.00")
    assert value("local_registration_rate", date(2020, 3, 1)) == Decimal("100.0")
    assert value("moved_out_registered_here", date(2020, 3, 15)) == 0
    assert value("moved_out_registered_here", date(2020, 3, 16)) == 1


def test_rates_come_from_unrounded_areas_and_say_their_base() -> None:
    unit, *_others = rooms(a_building(lettable=300), 100, 200)
    let(unit, a_firm(1), JANUARY_1)

    asked = measure("premises.occupancy_rate")
    assert evaluate(asked, as_of=JANUARY_1).value == Decimal("33.3")
    assert str(asked.base) == "楼宇的可租面积"
    assert evaluate(asked, as_of=JANUARY_1).as_dict()["numerator"] == 10_000


def test_an_enterprise_in_two_buildings_counts_once_in_the_district() -> None:
    first, second = a_building("甲座"), a_building("乙座", area=ZHIYUAN)
    let(rooms(first, 100)[0], a_firm(1), JANUARY_1, is_registered_here=True)
    let(rooms(second, 200)[0], a_firm(1), JANUARY_1)

    assert value("enterprises", JANUARY_1) == 1
    assert value("tenants", JANUARY_1) == 2
    assert value("enterprises", JANUARY_1, ZHIYUAN) == 1
    assert value("enterprises", JANUARY_1, YAOJIA) == 0
    assert value("tenants_registered_here", JANUARY_1, category=first.category) == 1


def test_where_tenants_pay_their_tax_is_dated_and_its_rate_has_its_base() -> None:
    one, two = rooms(a_building(), 100, 100)
    let(one, a_firm(1), JANUARY_1, is_registered_here=True, is_taxed_here=True)
    let(two, a_firm(2), JANUARY_1, is_registered_here=True)
    moves = {"area": YAOJIA, "actor": None, "at": AT}

    assert enter_registration(a_firm(1), since=date(2020, 2, 1), is_taxed_here=False, **moves)
    assert not enter_registration(a_firm(1), since=date(2020, 2, 1), is_taxed_here=False, **moves)
    assert enter_registration(a_firm(2), since=date(2020, 3, 1), is_taxed_here=True, **moves)

    days = (JANUARY_1, date(2020, 2, 1), date(2020, 3, 1))
    assert [value("local_taxation_rate", day) for day in days] == [50, 0, 50]
    assert value("local_registration_rate", date(2020, 3, 1)) == 100
    assert str(measure("premises.local_taxation_rate").base) == "楼宇入驻企业"
    assert ledger.verify() == []


def test_what_its_owner_uses_is_taken_up_but_not_let() -> None:
    unit, own, _vacant = rooms(a_building(), 100, 150, 50)
    let(unit, a_firm(1), JANUARY_1)
    state_use(own, since=JANUARY_1, use="OWN_USE", reason="售出自用", actor=None, at=AT)

    assert (value("occupancy_rate", JANUARY_1), value("absorption_rate", JANUARY_1)) == (10, 25)


def test_what_a_lease_leaves_of_a_room_is_vacant() -> None:
    (unit,) = rooms(a_building(), 100)
    let(unit, a_firm(1), JANUARY_1, area=60.5)

    assert (value("let_space", JANUARY_1), value("vacant_space", JANUARY_1)) == (Decimal("60.50"), Decimal("39.50"))
    assert value("undivided_space", JANUARY_1) == Decimal("900.00")


def test_a_stated_use_holds_until_a_lease_and_not_after_it() -> None:
    (unit,) = rooms(a_building(), 100)
    state_use(unit, since=date(2020, 1, 10), use="RESERVED", reason="已交定金", actor=None, at=AT)
    let(unit, a_firm(1), date(2020, 2, 1), date(2020, 2, 29))

    held = [
        (str(account.code), amount)
        for day in ("2020-01-05", "2020-01-20", "2020-02-10", "2020-03-05")
        for account, amount in ledger.balances(list(chart.SPACE_OF.values()), as_of=date.fromisoformat(day))
        if amount
    ]

    assert held == [
        (chart.VACANT, 10_000),
        (chart.SPACE_OF["RESERVED"], 10_000),
        (chart.LET, 10_000),
        (chart.VACANT, 10_000),
    ]
