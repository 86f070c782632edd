"""Pages that cross domains: what a person sees first."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from shoushan.directory.access import AuthenticatedRequest, area_scope, requires, signed_in
from shoushan.portal import cockpit as board
from shoushan.portal.forms import CockpitForm

VIEW_FIGURE = "figures.view_figure"


@signed_in
def home(request: AuthenticatedRequest) -> HttpResponse:
    """The first page that the person may open: leaders and officers start with the cockpit or the bulletin, others with the ledger or their enterprises."""
    for permission, url_name in (
        ("portal.lead", "portal:cockpit"),
        ("resumption.view_bulletin", "resumption:bulletin"),
        ("resumption.view_ledger", "resumption:ledger"),
        ("resumption.represent_enterprise", "resumption:contact-home"),
    ):
        if request.user.may(permission):
            return redirect(url_name)
    return render(request, "portal/home.html")


@require_safe
@requires(VIEW_FIGURE)
def cockpit(request: AuthenticatedRequest) -> HttpResponse:
    """The numbers of a day on one page, each a door; `?wall=1` for a screen on the wall, which renews itself."""
    now, today = timezone.now(), timezone.localdate()
    areas = area_scope(request.user, VIEW_FIGURE, on=today)
    form = CockpitForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    as_of = asked.get("as_of") or board.newest_day(areas=areas, today=today)
    found = board.compose(reader=request.user, as_of=as_of, areas=areas, chosen=asked.get("measure") or "", at=now)
    context = {
        "form": form,
        "cockpit": found,
        "as_of": as_of,
        "previous": as_of - timedelta(days=1),
        "following": as_of + timedelta(days=1),
        "is_wall": bool(asked.get("wall")),
        "at": now,
    }
    return render(request, "portal/cockpit.html", context)
