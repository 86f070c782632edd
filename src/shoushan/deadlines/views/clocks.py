"""Deadlines: the list by light, one clock, and the report of those that a calendar moved."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from shoushan.deadlines import selectors
from shoushan.deadlines.clock_pages import clock_line, clock_lines, clock_story, documents_of, light_word, rung_lines
from shoushan.deadlines.enums import LIGHT_TONES, Light
from shoushan.deadlines.forms import ClockFilter
from shoushan.deadlines.hours import local_day
from shoushan.deadlines.models import Clock, DeadlineMove
from shoushan.deadlines.models.clocks import ClockQuerySet
from shoushan.directory.access import AuthenticatedRequest, get_visible_or_404, requires, visible
from shoushan.ui.listing import page_of


@require_safe
@requires("deadlines.view_clock")
def clock_list(request: AuthenticatedRequest) -> HttpResponse:
    """The deadlines of the reader's area, soonest first."""
    at = timezone.now()
    form = ClockFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    mine = _visible(request, at)
    found = _filtered(mine, asked, at).select_related("organisation").prefetch_related("pauses", "extensions")
    page = page_of(request, found.order_by("due_at", "pk"))
    lights = [
        (light, light_word(light), LIGHT_TONES[light], mine.of_light(light, at=at).count()) for light in reversed(Light)
    ]
    context = {
        "form": form,
        "page_obj": page,
        "lines": clock_lines(page, at=at),
        "lights": lights,
        "at": at,
        "missing": selectors.missing_years(today=local_day(at)),
    }
    return render(request, "deadlines/clock_list.html", context)


def _visible(request: AuthenticatedRequest, at: datetime) -> ClockQuerySet:
    mine = visible(Clock.objects.all(), user=request.user, permission="deadlines.view_clock", on=local_day(at))
    return cast(ClockQuerySet, mine)


def _filtered(rows: ClockQuerySet, asked: dict[str, Any], at: datetime) -> ClockQuerySet:
    state = asked.get("state")
    if asked.get("light"):
        rows = rows.of_light(asked["light"], at=at)
    if not state:
        rows = rows.open()
    elif state != "ALL":
        rows = rows.filter(state=state)
    if asked.get("kind"):
        rows = rows.filter(kind=asked["kind"])
    if asked.get("text"):
        rows = rows.filter(Q(subject__icontains=asked["text"]) | Q(purpose__icontains=asked["text"]))
    return rows


@require_safe
@requires("deadlines.view_clock")
def clock_detail(request: AuthenticatedRequest, number: int) -> HttpResponse:
    """One deadline: how it is reckoned, its rungs, and everything that happened to it."""
    at = timezone.now()
    rows = Clock.objects.select_related("organisation", "started_by", "stopped_by")
    clock = get_visible_or_404(rows, user=request.user, permission="deadlines.view_clock", on=local_day(at), pk=number)
    known_on = local_day(clock.stopped_at or at)
    calendar = selectors.work_calendar(clock.calendar, known_on=known_on)
    context = {
        "clock": clock,
        "line": clock_line(clock, calendar, at=at),
        "rungs": rung_lines(clock, selectors.reckoning_of(clock, known_on=known_on)),
        "documents": documents_of(clock),
        "story": clock_story(clock),
    }
    return render(request, "deadlines/clock_detail.html", context)


@require_safe
@requires("deadlines.view_move")
def move_list(request: AuthenticatedRequest) -> HttpResponse:
    """Deadlines that a change of calendar moved: from when, to when, why."""
    today = timezone.localdate()
    rows: QuerySet[DeadlineMove] = visible(
        DeadlineMove.objects.select_related("clock", "version"),
        user=request.user,
        permission="deadlines.view_move",
        on=today,
        area_field="clock__area_code",
    )
    page = page_of(request, rows.order_by("-moved_at", "-pk"))
    may_open = request.user.may("deadlines.view_clock")
    return render(request, "deadlines/move_list.html", {"page_obj": page, "may_open": may_open})
