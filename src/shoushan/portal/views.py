"""Pages that cross domains: what a person sees first."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from shoushan.directory.access import AuthenticatedRequest, area_scope, requires, signed_in
from shoushan.portal import cockpit as board
from shoushan.portal import workbench as desk
from shoushan.portal.forms import CockpitForm

VIEW_FIGURE = "figures.view_figure"
MOST_PAGES = 10_000


@signed_in
def home(request: AuthenticatedRequest) -> HttpResponse:
    """Where a person's day begins: leaders with the cockpit, the office with the bulletin, officers with what waits for them."""
    for permission, url_name in (
        ("portal.open_cockpit", "portal:cockpit"),
        ("figures.publish_release", "resumption:bulletin"),
        ("portal.open_workbench", "portal:workbench"),
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


@require_safe
@requires("portal.open_workbench")
def workbench(request: AuthenticatedRequest) -> HttpResponse:
    """Everything that waits for the person, by deadline; `?queue=` one kind of it, page by page."""
    now, today = timezone.now(), timezone.localdate()
    page = request.GET.get("page", "")
    number = int(page) if page.isascii() and page.isdecimal() and 0 < int(page) < MOST_PAGES else 1
    found = desk.compose(request.user, on=today, at=now, chosen=request.GET.get("queue", ""), page=number)
    return render(request, "portal/workbench.html", {"workbench": found, "page": number, "today": today})
