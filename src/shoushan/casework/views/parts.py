"""Steps of assisting organisations' parts and of supervision orders; both are shown on the page of their matter."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from shoushan.casework import selectors
from shoushan.casework.lifecycle import ASSIGNMENTS, SUPERVISIONS
from shoushan.casework.models import Assignment, Supervision
from shoushan.directory.access import AuthenticatedRequest, found_or_404, requires
from shoushan.lifecycle.views import step_page

VIEW = "casework.view_matter"


@requires(VIEW)
def assignment_step(request: AuthenticatedRequest, code: str, name: str) -> HttpResponse:
    """A step of a part."""
    seen = selectors.visible_matters(request.user, on=timezone.localdate())
    found = Assignment.objects.filter(matter__in=seen).select_related("matter", "organisation")
    part = found_or_404(found, code=code)
    return step_page(request, ASSIGNMENTS, part, name, back=reverse("casework:matter-detail", args=[part.matter.code]))


@requires(VIEW)
def supervision_step(request: AuthenticatedRequest, code: str, name: str) -> HttpResponse:
    """A step of a supervision order."""
    seen = selectors.visible_matters(request.user, on=timezone.localdate())
    found = Supervision.objects.filter(matter__in=seen).select_related("matter", "organisation")
    order = found_or_404(found, code=code)
    return step_page(
        request, SUPERVISIONS, order, name, back=reverse("casework:matter-detail", args=[order.matter.code])
    )
