"""The list of matters, one matter with its parts, orders and story, its steps and files."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from shoushan.casework import selectors
from shoushan.casework.forms import MatterFilter
from shoushan.casework.kinds import kind_of
from shoushan.casework.lifecycle import ASSIGNMENTS, SUPERVISIONS
from shoushan.casework.lifecycle.access import PUBLISH, VIEW, is_applicant
from shoushan.casework.models import Assignment, Matter, Supervision
from shoushan.casework.services import lifecycle_of_matter
from shoushan.deadlines.clock_pages import first_lines
from shoushan.directory import selectors as directory
from shoushan.directory.access import AuthenticatedRequest, found_or_404, has_permission, requires, signed_in
from shoushan.directory.enums import AreaLevel
from shoushan.lifecycle.declarations import Lifecycle
from shoushan.lifecycle.options import options
from shoushan.lifecycle.record_pages import file_answer, record_context
from shoushan.lifecycle.views import step_page
from shoushan.ui.listing import page_of

INTERNAL = {"supervise", "fall_due", "appoint", "hand_back", "ask_ruling", "rule", "ask_extension", "refuse_extension"}
"""Steps among the offices, which those who raised the matter don't read in its story."""


@require_safe
@requires(VIEW)
def matter_list(request: AuthenticatedRequest) -> HttpResponse:
    """What waits for the reader, or more of what they may see; 50 a page, with the clock that is due first."""
    on = timezone.localdate()
    names = directory.area_names(level=AreaLevel.SUBDISTRICT)
    form = MatterFilter(request.GET, names=names, on=on)
    found = selectors.visible_matters(request.user, on=on)
    if form.is_valid():
        found = selectors.matter_rows(found, user=request.user, on=on, **form.cleaned_data)
    else:
        found = found.none()
    page = page_of(request, found)
    orders = list(selectors.open_orders(request.user, on=on))
    context = {"form": form, "page_obj": page, "lines": _lines(list(page), names), "orders": orders}
    return render(request, "casework/matter_list.html", context)


def _lines(found: list[Matter], names: dict[str, str]) -> list[dict[str, Any]]:
    clocks = first_lines([each.subject for each in found], at=timezone.now())
    return [
        {
            "record": each,
            "state": lifecycle_of_matter(each).state(each.state),
            "category": kind_of(each.kind).category_label(each.category),
            "area": names.get(each.area_code, each.area_code),
            "clock": clocks.get(each.subject),
        }
        for each in found
    ]


@require_safe
@signed_in
def matter_detail(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """One matter with its next steps, clocks, parts of others, supervision orders and story."""
    matter = _visible_or_404(request, code)
    kind, on = kind_of(matter.kind), timezone.localdate()
    context = record_context(
        lifecycle_of_matter(matter),
        matter,
        user=request.user,
        at=timezone.now(),
        step_address=lambda name: reverse("casework:matter-step", args=[code, name]),
        file_address=lambda number: reverse("casework:matter-file", args=[code, number]),
    )
    is_own = is_applicant(request.user, matter, on=on)
    if is_own:
        context["events"] = [each for each in context["events"] if each["name"] not in INTERNAL]
    may_list = has_permission(request.user, VIEW, on=on)
    context |= {
        "kind": kind,
        "category": kind.category_label(matter.category),
        "area": directory.area_names(level=AreaLevel.SUBDISTRICT).get(matter.area_code, matter.area_code),
        "about_url": kind.about_address(matter.about),
        "facts": kind.facts(matter),
        "parts": [_part(request, ASSIGNMENTS, each) for each in selectors.parts_of(matter)],
        "orders": [] if is_own else [_part(request, SUPERVISIONS, each) for each in selectors.orders_on(matter)],
        "merged": matter.merged.order_by("pk"),
        "copy": selectors.copy_of(matter),
        "may_publish": has_permission(request.user, PUBLISH, on=on) and matter.state in {"CLOSED", "ARCHIVED"},
        "back": reverse("casework:matter-list" if may_list else "portal:home"),
    }
    return render(request, "casework/matter_detail.html", context)


def _part(request: AuthenticatedRequest, lifecycle: Lifecycle, part: Assignment | Supervision) -> dict[str, Any]:
    now = timezone.now()
    offered = options(lifecycle, part, user=request.user, on=timezone.localdate(), at=now)
    address = "casework:assignment-step" if lifecycle is ASSIGNMENTS else "casework:supervision-step"
    return {
        "record": part,
        "state": lifecycle.state(part.state),
        "options": [
            {"option": each, "url": reverse(address, args=[part.code, each.step.name])}
            for each in offered
            if not each.refusal
        ],
    }


@signed_in
def matter_step(request: AuthenticatedRequest, code: str, name: str) -> HttpResponse:
    """A step of a matter."""
    matter = _visible_or_404(request, code)
    back = reverse("casework:matter-detail", args=[code])
    return step_page(request, lifecycle_of_matter(matter), matter, name, back=back)


@require_safe
@signed_in
def matter_file(request: AuthenticatedRequest, code: str, number: int) -> FileResponse:
    """A file handed in with a step of a matter."""
    return file_answer(_visible_or_404(request, code), number)


def _visible_or_404(request: AuthenticatedRequest, code: str) -> Matter:
    return found_or_404(selectors.visible_matters(request.user, on=timezone.localdate()), code=code)
