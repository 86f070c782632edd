"""Organisations and areas as they are on a day."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from shoushan.directory import selectors
from shoushan.directory.access import AuthenticatedRequest, requires
from shoushan.directory.enums import AreaLevel
from shoushan.ui.asking import asked_day


@require_safe
@requires("directory.view_organisation")
def organisation_list(request: AuthenticatedRequest) -> HttpResponse:
    """The organisations of a day, in their official order, with how many accounts each has."""
    on = asked_day(request, today=timezone.localdate())
    rows = selectors.organisations_with_accounts(on=on)
    return render(request, "directory/organisation_list.html", {"on": on, "rows": rows})


@require_safe
@requires("directory.view_area")
def area_list(request: AuthenticatedRequest) -> HttpResponse:
    """The areas of a day: subdistricts with their communities, codes, other names."""
    on = asked_day(request, today=timezone.localdate())
    found = list(selectors.areas(on=on))
    inside: dict[str, list[object]] = {}
    for each in found:
        if each.level == AreaLevel.COMMUNITY:
            inside.setdefault(each.code[:9], []).append(each)
    rows = [
        {"area": each, "communities": inside.get(each.code, [])}
        for each in found
        if each.level == AreaLevel.SUBDISTRICT
    ]
    return render(request, "directory/area_list.html", {"on": on, "rows": rows, "count": len(found)})
