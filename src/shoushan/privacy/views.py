"""The log of looks at personal data, for the auditor."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shoushan.directory.access import AuthenticatedRequest, requires
from shoushan.privacy import selectors
from shoushan.privacy.forms import AccessFilter
from shoushan.ui.listing import page_of


@require_safe
@requires("privacy.view_access")
def access_list(request: AuthenticatedRequest) -> HttpResponse:
    """Who looked at what and why, the newest first; nobody can change or delete a line."""
    form = AccessFilter(request.GET)
    found = selectors.accesses(**form.cleaned_data) if form.is_valid() else selectors.accesses().none()
    page = page_of(request, found)
    return render(request, "privacy/access_list.html", {"form": form, "page_obj": page})
