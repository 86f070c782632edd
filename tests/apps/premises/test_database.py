"""What the database itself refuses, past every service."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from shoushan.apps.premises.models import (
    Building,
    BuildingSpace,
    BuildingTax,
    Lease,
    LeaseEnding,
    TenantRegistration,
    TenantTaxation,
    Unit,
    UnitUse,
)
from shoushan.apps.premises.services import end_lease
from tests.apps.premises.factories import AT, JANUARY_1, a_building, a_firm, let, rooms
from tests.kept import district

pytestmark = pytest.mark.django_db
FEBRUARY_1, JUNE_30 = date(2020, 2, 1), date(2020, 6, 30)


@pytest.fixture(autouse=True)
def _district() -> None:
    district()


@pytest.fixture
def unit() -> Unit:
    return rooms(a_building(), 100)[0]


def written(unit: Unit, since: date, last_on: date | None, **more: Any) -> Lease:
    """A lease past the service."""
    values = {"area_sqdm": 5000, "tenant": a_firm(7), "until": last_on} | more
    return Lease.objects.create(
        code=f"LSE-{Lease.objects.count()}", unit=unit, since=since, last_on=last_on, entered_at=AT, **values
    )


def refused(write: Any, words: str | None = None) -> None:
    with pytest.raises(DatabaseError, match=words), transaction.atomic():
        write()


@pytest.mark.parametrize(
    ("since", "last_on"),
    [
        (FEBRUARY_1, JUNE_30),
        (JANUARY_1, FEBRUARY_1),
        (JUNE_30, None),
        (date(2020, 3, 1), date(2020, 3, 1)),
        (JANUARY_1, None),
    ],
)
def test_it_refuses_a_second_lease_of_the_same_days(unit: Unit, since: date, last_on: date | None) -> None:
    let(unit, a_firm(1), FEBRUARY_1, JUNE_30)

    refused(lambda: written(unit, since, last_on), "premises")

    assert Lease.objects.count() == 1


def test_it_takes_leases_that_touch_but_do_not_overlap(unit: Unit) -> None:
    let(unit, a_firm(1), FEBRUARY_1, JUNE_30)

    written(unit, JANUARY_1, FEBRUARY_1 - timedelta(days=1))
    written(unit, JUNE_30 + timedelta(days=1), None, tenant=a_firm(8))

    assert Lease.objects.count() == 3


def test_a_room_is_free_again_from_the_day_after_a_lease_ended(unit: Unit) -> None:
    lease = let(unit, a_firm(1), FEBRUARY_1, JUNE_30)
    end_lease(lease, kind="EARLY", last_on=date(2020, 3, 1), reason="提前退租", actor=None, at=AT)

    refused(lambda: written(unit, date(2020, 3, 1), None), "premises")
    written(unit, date(2020, 3, 2), None)

    assert Lease.objects.count() == 2


def test_a_lease_that_was_never_carried_out_holds_no_day(unit: Unit) -> None:
    lease = let(unit, a_firm(1), FEBRUARY_1, JUNE_30)
    end_lease(lease, kind="CANCELLED", last_on=None, reason="录入有误", actor=None, at=AT)

    written(unit, FEBRUARY_1, JUNE_30)

    assert Lease.objects.filter(last_on__lt=FEBRUARY_1).count() == 1


def test_it_refuses_a_lease_beyond_its_room(unit: Unit) -> None:
    refused(lambda: written(unit, FEBRUARY_1, None, area_sqdm=10001), "room|premises")
    refused(lambda: written(unit, JANUARY_1 - timedelta(days=1), None), "premises")
    unit.valid_to = JUNE_30
    unit.save()
    refused(lambda: written(unit, FEBRUARY_1, None), "premises")


def test_it_refuses_a_room_that_shrinks_or_ends_below_its_leases(unit: Unit) -> None:
    let(unit, a_firm(1), FEBRUARY_1, JUNE_30)

    refused(lambda: Unit.objects.filter(pk=unit.pk).update(area_sqdm=9999), "premises")
    refused(lambda: Unit.objects.filter(pk=unit.pk).update(valid_to=JUNE_30 - timedelta(days=1)), "premises")
    Unit.objects.filter(pk=unit.pk).update(valid_to=JUNE_30)


def test_it_refuses_rooms_beyond_what_can_be_let(unit: Unit) -> None:
    building = unit.building

    def add(area: int, since: date = JANUARY_1) -> Unit:
        values = {"floor": 2, "number": f"{area}-{since}", "area_sqdm": area, "valid_from": since}
        return Unit.objects.create(code=f"{building.code}.{area}.{since}", building=building, entered_at=AT, **values)

    refused(lambda: add(90001), "more area")
    refused(lambda: add(100, JANUARY_1 - timedelta(days=1)), "more area")
    made = add(90000)
    refused(lambda: Unit.objects.filter(pk=made.pk).update(area_sqdm=90001), "more area")
    refused(
        lambda: BuildingSpace.objects.create(
            building=building, since=JUNE_30, total_sqdm=200_000, lettable_sqdm=99_999, entered_at=AT
        ),
        "more area",
    )
    BuildingSpace.objects.create(
        building=building, since=JUNE_30, total_sqdm=200_000, lettable_sqdm=110_000, entered_at=AT
    )
    add(10_000, JUNE_30)
    refused(lambda: add(1, FEBRUARY_1), "more area")


def test_it_refuses_rooms_of_one_number_whose_days_overlap(unit: Unit) -> None:
    building = unit.building
    Unit.objects.filter(pk=unit.pk).update(valid_to=JUNE_30)

    def add(since: date, valid_to: date | None = None, **more: Any) -> Unit:
        values = {"floor": unit.floor, "number": unit.number, "area_sqdm": 100, "entered_at": AT} | more
        code = f"{building.code}.{Unit.objects.count() + 1}"
        return Unit.objects.create(code=code, building=building, valid_from=since, valid_to=valid_to, **values)

    refused(lambda: add(JUNE_30), "room of this number")
    refused(lambda: add(JANUARY_1, FEBRUARY_1), "room of this number")
    add(FEBRUARY_1, number="109")
    follower = add(JUNE_30 + timedelta(days=1))
    refused(lambda: Unit.objects.filter(pk=unit.pk).update(valid_to=follower.valid_from), "room of this number")
    refused(lambda: Unit.objects.filter(pk=follower.pk).update(valid_from=JUNE_30), "room of this number")


@pytest.mark.parametrize(("total", "lettable"), [(100, 101), (0, 0), (100, -1)])
def test_it_refuses_areas_that_can_not_be(unit: Unit, total: int, lettable: int) -> None:
    refused(
        lambda: BuildingSpace.objects.create(
            building=unit.building, since=JUNE_30, total_sqdm=total, lettable_sqdm=lettable, entered_at=AT
        )
    )


def test_it_changes_of_a_lease_only_the_last_day_that_an_ending_says(unit: Unit) -> None:
    lease = let(unit, a_firm(1), FEBRUARY_1, JUNE_30)
    own = Lease.objects.filter(pk=lease.pk)

    refused(lambda: own.update(area_sqdm=1), "ending alone")
    refused(lambda: own.update(since=JANUARY_1), "ending alone")
    refused(lambda: own.update(tenant=a_firm(2)), "ending alone")
    refused(lambda: own.update(last_on=date(2020, 3, 1)), "ending alone")
    LeaseEnding.objects.create(lease=lease, kind="EARLY", last_on=date(2020, 3, 1), reason="迁出", entered_at=AT)
    own.update(last_on=date(2020, 3, 1))


def test_what_was_stated_is_append_only(unit: Unit) -> None:
    lease = let(unit, a_firm(1), FEBRUARY_1, JUNE_30, is_registered_here=True, is_taxed_here=True)
    end_lease(lease, kind="EARLY", last_on=date(2020, 3, 1), reason="迁出", actor=None, at=AT)
    UnitUse.objects.create(unit=unit, since=date(2020, 3, 5), use="RESERVED", entered_at=AT)
    BuildingTax.objects.create(building=unit.building, year=2019, scope="TOTAL", amount_fen=1, entered_at=AT)

    for model, field in (
        (BuildingSpace, "reason"),
        (UnitUse, "reason"),
        (LeaseEnding, "reason"),
        (TenantRegistration, "revision"),
        (TenantTaxation, "revision"),
        (BuildingTax, "revision"),
    ):
        value: Any = "x" if field == "reason" else 9
        refused(lambda model=model, field=field, value=value: model.objects.update(**{field: value}), "append-only")
        refused(lambda model=model: model.objects.all().delete(), "append-only")


def test_let_is_never_a_stated_use_and_names_are_taken_once(unit: Unit) -> None:
    refused(lambda: UnitUse.objects.create(unit=unit, since=FEBRUARY_1, use="LET", entered_at=AT), "leases")
    refused(lambda: Building.objects.create(code="B", name="又一", name_key=unit.building.name_key, entered_at=AT))
