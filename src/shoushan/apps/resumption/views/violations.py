"""Violations that the public reported of permitted places, and what came of them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from shoushan.apps.resumption import selectors
from shoushan.apps.resumption.forms import ViolationFilter
from shoushan.apps.resumption.lifecycle import VIOLATIONS
from shoushan.apps.resumption.models import Violation
from shoushan.apps.resumption.selectors.applications import violation_rows
from shoushan.directory.access import AuthenticatedRequest, area_scope, get_visible_or_404, requires
from shoushan.lifecycle.record_pages import file_answer, record_context
from shoushan.lifecycle.views import step_page
from shoushan.ui.listing import page_of

CHECK = "resumption.check_application"


@require_safe
@requires(CHECK)
def violation_list(request: AuthenticatedRequest) -> HttpResponse:
    """Reports within the reader's areas, the newest first."""
    form = ViolationFilter(request.GET)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    areas = area_scope(request.user, CHECK, on=timezone.localdate())
    page = page_of(request, violation_rows(areas=areas, state=state))
    lines = [{"record": each, "state": VIOLATIONS.state(each.state)} for each in page]
    return render(request, "resumption/violation_list.html", {"form": form, "page_obj": page, "lines": lines})


@require_safe
@requires(CHECK)
def violation_detail(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """One report."""
    violation = _visible_or_404(request, code)
    context = record_context(
        VIOLATIONS,
        violation,
        user=request.user,
        at=timezone.now(),
        step_address=lambda name: reverse("resumption:violation-step", args=[code, name]),
        file_address=lambda number: reverse("resumption:violation-file", args=[code, number]),
    )
    context["area"] = selectors.names_of_subdistricts().get(violation.area_code, violation.area_code)
    return render(request, "resumption/violation_detail.html", context)


@requires(CHECK)
def violation_step(request: AuthenticatedRequest, code: str, name: str) -> HttpResponse:
    """The report is found to be true, or not."""
    back = reverse("resumption:violation-detail", args=[code])
    return step_page(request, VIOLATIONS, _visible_or_404(request, code), name, back=back)


@require_safe
@requires(CHECK)
def violation_file(request: AuthenticatedRequest, code: str, number: int) -> HttpResponse:
    """A photo of the place."""
    return file_answer(_visible_or_404(request, code), number)  # type: ignore[return-value]


def _visible_or_404(request: AuthenticatedRequest, code: str) -> Violation:
    found = Violation.objects.select_related("permit__application__enterprise")
    return get_visible_or_404(found, user=request.user, permission=CHECK, on=timezone.localdate(), code=code)
