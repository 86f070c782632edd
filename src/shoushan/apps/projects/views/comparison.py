"""A year's list on two days: the figures of both, every change with its day and reason, and all of it as a file."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from shoushan.apps.projects.enums.projects import CHANGE_TONES, ChangeKind
from shoushan.apps.projects.forms import CompareForm
from shoushan.apps.projects.lifecycle import VIEW
from shoushan.apps.projects.selectors.comparison import Changed, Comparison, baseline_day, compare
from shoushan.apps.projects.selectors.past import records_on
from shoushan.apps.projects.selectors.portfolio import newest_day, year_of
from shoushan.apps.projects.services.comparisons import Query, figures_of, value_of, what_of, write_comparison
from shoushan.apps.projects.sheets import ProjectListSheet
from shoushan.directory.access import AuthenticatedRequest, area_scope, requires
from shoushan.directory.enums import AreaLevel
from shoushan.directory.selectors import area_names
from shoushan.exchange.downloads import sheet_download
from shoushan.ui.downloads import download
from shoushan.ui.listing import page_of

EXPORT: Final = "projects.export_list"


@require_safe
@requires(VIEW)
def project_compare(request: AuthenticatedRequest) -> HttpResponse:
    """The list of a year as of two days, 50 projects with changes a page; both days stand in the address."""
    names = area_names(level=AreaLevel.SUBDISTRICT)
    form = CompareForm(request.GET, names=names)
    found, kind, areas = _asked(request, form, VIEW)
    if form.is_valid():
        days = {"year": found.year, "first": found.first.isoformat(), "last": found.last.isoformat()}
        form.data = request.GET.dict() | days
    page = page_of(request, found.of_kind(kind))
    counts = [(each, found.count(each)) for each in ChangeKind]
    context = {
        "form": form,
        "found": found,
        "area": request.GET.get("area", "") if areas else "",
        "added": found.count(ChangeKind.ADDED),
        "removed": found.count(ChangeKind.REMOVED),
        "figures": figures_of(found.first, found.last, areas=areas) if areas else [],
        "kinds": [{"kind": each, "label": each.label, "count": count} for each, count in counts if count],
        "page_obj": page,
        "lines": [_line(each, names) for each in page],
        "query": request.GET.urlencode(),
    }
    return render(request, "projects/project_compare.html", context)


def _asked(
    request: AuthenticatedRequest, form: CompareForm, permission: str
) -> tuple[Comparison, str, tuple[str, ...]]:
    """The comparison that the address asks for within what the reader may see; of nothing while it can't be read."""
    today = timezone.localdate()
    is_valid = form.is_valid()
    given: dict[str, Any] = form.cleaned_data if is_valid else {}
    year = year_of(str(given.get("year") or ""), today)
    last: date = min(given.get("last") or today, newest_day(year, today))
    first: date = min(given.get("first") or baseline_day(year, last), last)
    areas = area_scope(request.user, permission, on=today) if is_valid else ()
    if given.get("area"):
        areas = (given["area"],) if any(given["area"].startswith(each) for each in areas) else ()
    return compare(year=year, first=first, last=last, areas=areas), given.get("kind", ""), areas


def _line(one: Changed, names: dict[str, str]) -> dict[str, Any]:
    """A project of the table with its changes."""
    changes = [
        {
            "kind": each.kind,
            "label": each.kind.label,
            "tone": CHANGE_TONES.get(each.kind, "neutral"),
            "what": what_of(each),
            "unit": each.unit,
            "before": value_of(each, each.before),
            "after": value_of(each, each.after),
            "on": each.on,
            "reason": each.reason,
        }
        for each in one.changes
    ]
    return {"one": one, "area": names.get(one.project.area_code, one.project.area_code), "changes": changes}


@require_safe
@requires(EXPORT)
def compare_export(request: AuthenticatedRequest) -> HttpResponse:
    """All changes of the comparison as a workbook that names its query and its cut-off."""
    names = area_names(level=AreaLevel.SUBDISTRICT)
    form = CompareForm(request.GET, names=names)
    found, kind, _areas = _asked(request, form, EXPORT)
    if form.errors:  # the page says what can't be read; a file would say that there is nothing
        return redirect(f"{reverse('projects:project-compare')}?{request.GET.urlencode()}")
    out = BytesIO()
    write_comparison(out, Query(found, kind, timezone.now()), found.of_kind(kind), names=names)
    span = f"{found.first.isoformat()}至{found.last.isoformat()}"
    return download(out.getvalue(), f"{found.year}年重点项目清单对照({span}).xlsx")


@require_safe
@requires(EXPORT)
def past_export(request: AuthenticatedRequest) -> HttpResponse:
    """The whole list of a year at the end of a day in its own layout, with what has left it or changed since."""
    names = area_names(level=AreaLevel.SUBDISTRICT)
    form = CompareForm(request.GET.dict() | {"last": request.GET.get("on", "")}, names=names)
    found, _kind, areas = _asked(request, form, EXPORT)
    if form.errors:
        return redirect(f"{reverse('projects:project-compare')}?{request.GET.urlencode()}")
    title = f"{found.year}年{ProjectListSheet.title}({found.last.isoformat()})"
    records = records_on(found.year, found.last, areas=areas)
    return sheet_download(ProjectListSheet(), records, title=title, as_of=found.last, area_names=names)
