"""Charter trips: proposed, confirmed, altered; a seat is given once and no more than the load limit allows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from shoushan.apps.resumption.lifecycle import TRIPS
from shoushan.apps.resumption.models import CharterTrip, Seat, SeatBooking, Worker
from shoushan.apps.resumption.services.trips import Proposal, Wish, book_seat, enter_trips, propose, release_seat
from shoushan.apps.resumption.services.workers import NewWorker, register_worker
from shoushan.directory.access import NotAllowedError
from shoushan.lifecycle.errors import GuardError, MissingError
from shoushan.lifecycle.services import advance
from tests.apps.resumption.applications import YAOJIA, Cast
from tests.apps.resumption.workers import AT, FRIDAY, number, people

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WISH = Wish(YAOJIA, FRIDAY + DAY, FRIDAY + 4 * DAY)


@pytest.fixture
def who(tmp_path: Path) -> Cast:
    return people(tmp_path)


def expected(
    who: Cast, count: int, origin: str = "河南省商丘市", day: date = FRIDAY + DAY, start: int = 1, party: str = ""
) -> list[Worker]:
    return [
        register_worker(
            enterprise=who.claim.enterprise,
            worker=NewWorker(f"示例工{n}", number(n), f"1380000{n:04d}", origin, planned_on=day, party=party),
            actor=who.contact,
            at=AT,
        )
        for n in range(start, start + count)
    ]


def proposed(who: Cast, wish: Wish = WISH) -> Proposal:
    return propose(wish, actor=who.street, at=AT)


def confirmed(who: Cast) -> CharterTrip:
    found = proposed(who)
    (trip,) = enter_trips(WISH, {1}, mark=found.mark, actor=who.street, at=AT)
    values = {"vehicle_no": "鲁A00001", "operator": "示例客运公司"}
    done: CharterTrip = advance(TRIPS, trip.pk, "confirm", actor=who.street, at=AT, values=values)
    return done


def test_it_proposes_trips_with_stops_times_and_the_bound(who: Cast) -> None:
    expected(who, 8)
    expected(who, 9, "河南省郑州市", start=20)
    found = proposed(who)

    (each,) = found.trips
    assert (each.trip.people, each.trip.vehicle.capacity) == (17, 17)
    assert [(name, people) for name, _at, people in each.times] == [("郑州", 9), ("商丘", 8)]
    assert each.times[0][1] == "07:00" < each.times[1][1]
    assert each.arrive_at > AT
    assert found.lower_bound - 1 <= found.cost <= found.first_fit_cost


def test_a_party_stays_together_and_a_large_one_goes_in_several(who: Cast) -> None:
    expected(who, 30, party="A1")
    found = proposed(who)
    assert sorted(each.trip.people for each in found.trips) == [3, 27]


def test_it_leaves_out_whom_no_road_leads_from_and_says_why(who: Cast) -> None:
    expected(who, 1, "境外")
    found = proposed(who)
    assert found.trips == ()
    assert "没有公路里程" in found.left_out[0][1]


@pytest.mark.parametrize("last", [FRIDAY, FRIDAY + 20 * DAY])
def test_it_refuses_days_that_cannot_be(who: Cast, last: date) -> None:
    with pytest.raises(MissingError, match="日期范围"):
        proposed(who, replace(WISH, last=last))


def test_it_confirms_nothing_when_the_workers_changed_since(who: Cast) -> None:
    expected(who, 3)
    found = proposed(who)
    expected(who, 1, start=50)
    with pytest.raises(GuardError, match="重新生成方案"):
        enter_trips(WISH, {1}, mark=found.mark, actor=who.street, at=AT)
    with pytest.raises(GuardError, match="至少勾选"):
        enter_trips(WISH, set(), mark=proposed(who).mark, actor=who.street, at=AT)
    assert CharterTrip.objects.count() == 0


def test_a_seat_is_given_once_and_the_load_limit_holds(who: Cast) -> None:
    workers = expected(who, 3)
    trip = confirmed(who)
    assert (trip.load_percent, trip.seats.count()) == (50, 3)
    (extra,) = expected(who, 1, start=60)

    with pytest.raises(GuardError, match="最多安排 3 人"):
        book_seat(trip=trip, worker=extra, actor=who.street, at=AT)
    seat = Seat.objects.filter(trip=trip).order_by("number").first()
    with pytest.raises(IntegrityError), transaction.atomic():
        SeatBooking.objects.create(seat=seat, worker=extra, booked_at=AT)
    release_seat(trip=trip, worker=workers[0], actor=who.street, at=AT)
    book_seat(trip=trip, worker=extra, actor=who.street, at=AT)
    with pytest.raises(GuardError, match="已经排满"):
        book_seat(trip=trip, worker=workers[0], actor=who.street, at=AT)
    with pytest.raises(GuardError, match="不在这趟车上"):
        release_seat(trip=trip, worker=workers[0], actor=who.street, at=AT)
    with pytest.raises(NotAllowedError):
        release_seat(trip=trip, worker=extra, actor=who.department, at=AT)


def test_who_has_a_seat_is_planned_no_more_until_the_trip_is_cancelled(who: Cast) -> None:
    expected(who, 3)
    trip = confirmed(who)
    assert proposed(who).trips == ()
    advance(TRIPS, trip.pk, "cancel", actor=who.street, at=AT, reason="车辆故障")
    assert proposed(who).trips[0].trip.people == 3


def test_a_trip_that_departs_has_its_people_on_the_way(who: Cast) -> None:
    expected(who, 3)
    trip = confirmed(who)
    advance(TRIPS, trip.pk, "depart", actor=who.street, at=AT + DAY)
    assert set(Worker.objects.values_list("state", flat=True)) == {"TRAVELLING"}
    assert "鲁A00001" in Worker.objects.first().transport  # type: ignore[union-attr]
    advance(TRIPS, trip.pk, "arrive", actor=who.street, at=AT + DAY)
    assert not SeatBooking.objects.filter(is_live=True).exists()


def test_a_trip_without_people_is_not_confirmed(who: Cast) -> None:
    (worker,) = expected(who, 1)
    (trip,) = enter_trips(WISH, {1}, mark=proposed(who).mark, actor=who.street, at=AT)
    release_seat(trip=trip, worker=worker, actor=who.street, at=AT)
    with pytest.raises(GuardError, match="还没有乘车人员"):
        advance(TRIPS, trip.pk, "confirm", actor=who.street, at=AT, values={"vehicle_no": "鲁A1", "operator": "示例"})


def test_the_planner_plans_confirms_and_alters_on_the_pages(who: Cast) -> None:
    workers = expected(who, 3)
    client = Client()
    client.force_login(who.street)
    asked: dict[str, Any] = {"area": YAOJIA, "first": "2020-02-15", "last": "2020-02-18", "flexible_days": "1"}
    address = reverse("resumption:trip-plan")

    assert client.get(address, asked | {"last": "2020-02-01"}).status_code == 422
    page = client.get(address, asked).content.decode()
    assert "费用下限" in page
    assert client.post(address, asked | {"mark": "other", "trips": ["1"]}).status_code == 422
    mark = page.partition('name="mark" value="')[2][:16]
    done = client.post(address, asked | {"mark": mark, "trips": ["1"]}, follow=True).content.decode()
    assert "已生成 1 趟包车。" in done
    trip = CharterTrip.objects.get()
    detail = reverse("resumption:trip-detail", args=[trip.code])
    seat = reverse("resumption:trip-seat", args=[trip.code])
    assert client.get(detail).content.decode().count('name="release"') == 3
    assert client.post(seat, {"release": workers[0].code}, follow=True).content.decode().count('name="release"') == 2
    assert client.post(seat, {"worker": ""}).status_code == 422
    assert trip.code in client.get(reverse("resumption:worker-detail", args=[workers[1].code])).content.decode()
    client.force_login(who.department)
    assert client.get(detail).status_code == 403
