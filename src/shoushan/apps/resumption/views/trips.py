"""Charter trips: the list, a plan to confirm, one trip with its seats."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shoushan.apps.resumption import selectors
from shoushan.apps.resumption.forms.trips import PlanForm, SeatForm
from shoushan.apps.resumption.lifecycle import TRIPS
from shoushan.apps.resumption.models import CharterTrip, Worker
from shoushan.apps.resumption.selectors import trips as questions
from shoushan.apps.resumption.services import trips as services
from shoushan.directory.access import (
    AuthenticatedRequest,
    area_scope,
    get_visible_or_404,
    has_permission,
    requires,
)
from shoushan.lib.origins import name_of
from shoushan.lifecycle.errors import LifecycleError, MissingError, PolicyError
from shoushan.lifecycle.record_pages import record_context
from shoushan.lifecycle.views import step_page
from shoushan.ui.listing import page_of

PLAN = "resumption.plan_trips"


@require_safe
@requires(PLAN)
def trip_list(request: AuthenticatedRequest) -> HttpResponse:
    """The trips within the reader's areas, the latest departure first."""
    areas = area_scope(request.user, PLAN, on=timezone.localdate())
    page = page_of(request, questions.trip_rows(areas))
    lines = [{"record": each, "state": TRIPS.state(each.state), "origin": name_of(each.origin)} for each in page]
    return render(request, "resumption/trip_list.html", {"page_obj": page, "lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(PLAN)
def trip_plan(request: AuthenticatedRequest) -> HttpResponse:
    """A proposal for some days with its cost, the bound and the cost of first-fit; what is ticked becomes trips."""
    on = timezone.localdate()
    names = {
        code: name
        for code, name in selectors.names_of_subdistricts().items()
        if has_permission(request.user, PLAN, on=on, area=code)
    }
    asked = request.POST if request.method == "POST" else request.GET
    form = PlanForm(asked if "first" in asked else None, names=names)
    found, status = None, 200
    if form.is_bound:
        try:
            if form.is_valid() and request.method == "POST":
                return _enter(request, form)
            found = services.propose(form.wish, actor=request.user, at=timezone.now()) if form.is_valid() else None
        except MissingError as error:
            for name, sentence in error.fields.items():
                form.add_error(name, sentence)
        except PolicyError as error:
            form.add_error(None, str(error))
        except LifecycleError as error:
            form.add_error(None, error.sentence)
        status = 422 if form.errors else 200
    margin = 1 - found.cost / found.first_fit_cost if found and found.first_fit_cost else 0
    context = {"form": form, "found": found, "margin": round(margin * 100, 1)}
    return render(request, "resumption/trip_plan.html", context, status=status)


def _enter(request: AuthenticatedRequest, form: PlanForm) -> HttpResponse:
    numbers = {int(each) for each in request.POST.getlist("trips") if each.isdecimal()}
    trips = services.enter_trips(
        form.wish, numbers, mark=request.POST.get("mark", ""), actor=request.user, at=timezone.now()
    )
    count = len(trips)
    messages.success(request, ngettext("已生成 %(n)d 趟包车。", "已生成 %(n)d 趟包车。", count) % {"n": count})
    return redirect("resumption:trip-list")


@require_safe
@requires(PLAN)
def trip_detail(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """One trip: stops with times, who has which seat, the next steps, the story."""
    return _page_of(request, _trip_or_404(request, code))


def _page_of(request: AuthenticatedRequest, trip: CharterTrip, *, form: Any = None, status: int = 200) -> HttpResponse:
    context = record_context(
        TRIPS,
        trip,
        user=request.user,
        at=timezone.now(),
        step_address=lambda name: reverse("resumption:trip-step", args=[trip.code, name]),
        file_address=lambda number: "",
    )
    is_open = trip.state in services.CHANGEABLE
    context |= {
        "origin": name_of(trip.origin),
        "bookings": questions.bookings_of(trip),
        "allowed": trip.seats.count(),
        "is_open": is_open,
        "form": form or (SeatForm(workers=_waiting(trip)) if is_open else None),
    }
    return render(request, "resumption/trip_detail.html", context, status=status)


def _waiting(trip: CharterTrip) -> Any:
    day = timezone.localtime(trip.depart_at).date()
    around = timedelta(days=7)
    return questions.waiting_for_a_seat(trip.area_code, day - around, day + around)[:200]


@requires(PLAN)
def trip_step(request: AuthenticatedRequest, code: str, name: str) -> HttpResponse:
    """A step of a trip."""
    trip = _trip_or_404(request, code)
    return step_page(request, TRIPS, trip, name, back=reverse("resumption:trip-detail", args=[code]))


@require_POST
@requires(PLAN)
def trip_seat(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Give a seat to the worker chosen, or take one back (`release`)."""
    trip = _trip_or_404(request, code)
    released = request.POST.get("release", "")
    form = SeatForm(request.POST, workers=_waiting(trip))
    if not released and not form.is_valid():
        return _page_of(request, trip, form=form, status=422)
    worker_code = released or form.cleaned_data["worker"]
    worker = get_visible_or_404(
        Worker.objects.select_related("person"),
        user=request.user,
        permission=PLAN,
        on=timezone.localdate(),
        code=worker_code,
    )
    change = services.release_seat if released else services.book_seat
    try:
        change(trip=trip, worker=worker, actor=request.user, at=timezone.now())
    except LifecycleError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, _("座位已更新。"))
    return redirect("resumption:trip-detail", code=code)


def _trip_or_404(request: AuthenticatedRequest, code: str) -> CharterTrip:
    return get_visible_or_404(
        CharterTrip.objects.all(), user=request.user, permission=PLAN, on=timezone.localdate(), code=code
    )
