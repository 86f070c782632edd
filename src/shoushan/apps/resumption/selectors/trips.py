"""Charter trips, their seats, and who waits for one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from shoushan.apps.resumption.enums.workers import WorkerState
from shoushan.apps.resumption.models import CharterTrip, SeatBooking, Worker
from shoushan.directory import scopes


def trip_rows(areas: Sequence[str]) -> QuerySet[Any, Any]:
    """The trips within areas, the latest departure first, with `allowed` seats and how many are `taken`."""
    live = Count("seats__bookings", filter=Q(seats__bookings__is_live=True), distinct=True)
    found = CharterTrip.objects.filter(scopes.within_any(areas, "area_code"))
    return found.annotate(allowed=Count("seats", distinct=True), taken=live).order_by("-depart_at", "-pk")


def waiting_for_a_seat(area: str, first: date, last: date) -> QuerySet[Worker]:
    """Workers of an area who are expected, say when they want to travel, and have no seat."""
    seated = SeatBooking.objects.filter(worker=OuterRef("pk"), is_live=True)
    found = Worker.objects.filter(
        scopes.within("area_code", area), ~Exists(seated), state=WorkerState.EXPECTED, planned_on__range=(first, last)
    )
    return found.select_related("person", "enterprise").order_by("planned_on", "pk")


def bookings_of(trip: CharterTrip) -> QuerySet[SeatBooking]:
    """Who has which seat of a trip; of one that is over, who had."""
    found = SeatBooking.objects.filter(seat__trip=trip)
    found = found.filter(is_live=True) if trip.state not in {"ARRIVED", "CANCELLED"} else found
    return found.select_related("seat", "worker__person", "worker__enterprise").order_by("seat__number", "pk")


def seat_of(worker: Worker) -> SeatBooking | None:
    """The seat that a worker has."""
    return worker.bookings.filter(is_live=True).select_related("seat__trip").first()
