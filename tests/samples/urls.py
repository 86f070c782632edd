"""The site with a page of the sample record and of its steps."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone

from shoushan.config.urls import urlpatterns as own
from shoushan.directory.access import AuthenticatedRequest, requires
from shoushan.lifecycle.record_pages import file_answer, record_context
from shoushan.lifecycle.views import step_page
from tests.samples.lifecycles import CASES
from tests.samples.models import Case


@requires("resumption.view_ledger")
def step(request: AuthenticatedRequest, code: str, name: str) -> HttpResponse:
    """As the apps do: find the record for this user, then show or take the step."""
    return step_page(request, CASES, get_object_or_404(Case, code=code), name, back="/")


@requires("resumption.view_ledger")
def detail(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """The record's page, made of the parts that the kernel gives."""
    case = get_object_or_404(Case, code=code)
    context = record_context(
        CASES,
        case,
        user=request.user,
        at=timezone.now(),
        step_address=lambda name: reverse("case-step", args=[code, name]),
        file_address=lambda number: reverse("case-file", args=[code, number]),
    )
    return render(request, "samples/case.html", context)


@requires("resumption.view_ledger")
def file(request: AuthenticatedRequest, code: str, number: int) -> FileResponse:
    """One file of the record."""
    return file_answer(get_object_or_404(Case, code=code), number)


urlpatterns = [
    path("cases/<str:code>/", detail, name="case"),
    path("cases/<str:code>/files/<int:number>/", file, name="case-file"),
    path("cases/<str:code>/<str:name>/", step, name="case-step"),
    *own,
]
handler400, handler403 = "shoushan.ui.views.bad_request", "shoushan.ui.views.forbidden"
handler404, handler500 = "shoushan.ui.views.not_found", "shoushan.ui.views.server_error"
