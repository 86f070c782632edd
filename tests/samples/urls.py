"""The site with a page of the sample record and of its steps."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path

from shoushan.config.urls import urlpatterns as own
from shoushan.directory.access import AuthenticatedRequest, requires
from shoushan.lifecycle.views import step_page
from tests.samples.lifecycles import CASES
from tests.samples.models import Case


@requires("resumption.view_ledger")
def step(request: AuthenticatedRequest, code: str, name: str) -> HttpResponse:
    """As the apps do: find the record for this user, then show or take the step."""
    return step_page(request, CASES, get_object_or_404(Case, code=code), name, back="/")


urlpatterns = [path("cases/<str:code>/<str:name>/", step, name="case-step"), *own]
handler400, handler403 = "shoushan.ui.views.bad_request", "shoushan.ui.views.forbidden"
handler404, handler500 = "shoushan.ui.views.not_found", "shoushan.ui.views.server_error"
