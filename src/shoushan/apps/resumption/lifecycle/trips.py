"""A charter trip as states and steps: planned, confirmed with vehicle and operator, on the way, there."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shoushan.apps.resumption.enums.trips import TripState as S
from shoushan.apps.resumption.enums.workers import WorkerState
from shoushan.apps.resumption.lifecycle.workers import WORKERS
from shoushan.apps.resumption.models import CharterTrip, SeatBooking
from shoushan.lib.languages import official
from shoushan.lifecycle.declarations import Guard, Lifecycle, Need, Occasion, State, transitions_of
from shoushan.lifecycle.services import advance

PLAN: Final = "resumption.plan_trips"
TONES: Final = {S.PLANNED: "soon", S.CONFIRMED: "good", S.DEPARTED: "soon", S.ARRIVED: "good"}


def _has_people(trip: CharterTrip, _occasion: Occasion) -> str:
    is_empty = not trip.seats.filter(bookings__is_live=True).exists()
    return _("这趟车还没有乘车人员，请先安排座位，或取消这趟车。") if is_empty else ""


def _set_out(trip: CharterTrip, occasion: Occasion) -> None:
    """Who has a seat and is expected is on the way."""
    with official():
        words = _("包车 %(number)s（%(code)s）") % {"number": trip.vehicle_no, "code": trip.code}
    for pk in _riders(trip, WorkerState.EXPECTED):
        advance(WORKERS, pk, "set_out", actor=None, at=occasion.at, on=occasion.on, values={"transport": words})


def _riders(trip: CharterTrip, state: str) -> list[int]:
    live = trip.seats.filter(bookings__is_live=True, bookings__worker__state=state)
    return list(live.values_list("bookings__worker_id", flat=True).order_by("number"))


def _release(trip: CharterTrip, _occasion: Occasion) -> None:
    """Nobody has a seat any more."""
    SeatBooking.objects.filter(seat__trip=trip, is_live=True).update(is_live=False)


_step = transitions_of("resumption.", PLAN)


TRIPS: Final = Lifecycle(
    code="resumption.trip",
    label=gettext_lazy("返岗包车"),
    model="resumption.CharterTrip",
    initial=S.PLANNED,
    family="resumption.trips",
    unit="case",
    states=tuple(
        State(
            state.value,
            state.label,
            TONES.get(state, "neutral"),
            account="" if state == S.CANCELLED else state.value.lower(),
            is_final=state in {S.ARRIVED, S.CANCELLED},
        )
        for state in S
    ),
    transitions=(
        _step(
            "confirm",
            gettext_lazy("确认包车"),
            {S.PLANNED},
            S.CONFIRMED,
            "trip_confirmed",
            needs=(
                Need("vehicle_no", gettext_lazy("车牌号")),
                Need("operator", gettext_lazy("承运单位")),
                Need("escort", gettext_lazy("随车人员"), is_required=False),
                Need("fee_bearer", gettext_lazy("费用承担"), is_required=False),
            ),
            guards=(Guard("has_people", gettext_lazy("已安排乘车人员"), _has_people),),
        ),
        _step("depart", gettext_lazy("登记发车"), {S.CONFIRMED}, S.DEPARTED, "trip_departed", effect=_set_out),
        _step("arrive", gettext_lazy("登记到达"), {S.DEPARTED}, S.ARRIVED, "trip_arrived", effect=_release),
        _step(
            "cancel",
            gettext_lazy("取消包车"),
            {S.PLANNED, S.CONFIRMED},
            S.CANCELLED,
            "trip_cancelled",
            is_reason_required=True,
            effect=_release,
        ),
    ),
)
