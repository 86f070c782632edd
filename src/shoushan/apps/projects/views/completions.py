"""Completed and added premises of a year: the page, and the table in its official layout."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from shoushan.apps.projects.enums.projects import CompletionProgress
from shoushan.apps.projects.forms.completions import CompletionFilter
from shoushan.apps.projects.lifecycle import PROJECTS, REPORT, VIEW
from shoushan.apps.projects.measures import PROGRESS, SUMMARY
from shoushan.apps.projects.selectors import portfolio
from shoushan.apps.projects.selectors.completions import Completion, completions
from shoushan.apps.projects.sheets import CompletionSheet, completion_record
from shoushan.directory.access import AuthenticatedRequest, area_scope, has_permission, requires
from shoushan.directory.enums import AreaLevel
from shoushan.directory.selectors import area_names
from shoushan.exchange.downloads import sheet_download
from shoushan.figures.values import evaluate_many
from shoushan.ui.subjects import links

EXPORT: Final = "projects.export_list"
COUNTED: Final = ("completing_projects", "completed_projects", "planned_premises", "completed_premises")
TONES: Final = {CompletionProgress.DONE: "good", CompletionProgress.OPEN: "neutral", CompletionProgress.LATE: "late"}
BY_CODE: Final = {each.code: each for each in (*SUMMARY, *PROGRESS)}


class Asked(NamedTuple):
    """What the address asks for; a year that is over is shown as of its last day, so that its table stays what it was."""

    form: CompletionFilter
    year: int
    as_of: date
    names: dict[str, str]
    found: list[Completion]


def _asked(request: AuthenticatedRequest, permission: str) -> Asked:
    """The filters, and what the reader may see of what they ask for; nothing while they can't be read."""
    today = timezone.localdate()
    year, names = portfolio.year_of(request.GET.get("year", ""), today), area_names(level=AreaLevel.SUBDISTRICT)
    form = CompletionFilter(request.GET, names=names)
    as_of = portfolio.newest_day(year, today)
    if not form.is_valid():
        return Asked(form, year, as_of, names, [])
    as_of = min(form.cleaned_data["as_of"] or as_of, as_of)
    asked = {name: form.cleaned_data[name] for name in ("text", "area", "state")}
    areas = area_scope(request.user, permission, on=today)
    return Asked(form, year, as_of, names, completions(year=year, areas=areas, on=as_of, **asked))


@require_safe
@requires(VIEW)
def completion_list(request: AuthenticatedRequest) -> HttpResponse:
    """Projects that the year plans to complete or has completed, with what they bring; filters are in the address."""
    today = timezone.localdate()
    form, year, as_of, names, found = _asked(request, VIEW)
    measures = [BY_CODE[f"projects.{code}"] for code in COUNTED]
    subjects = [subject for each in found if each.built for subject in each.built.subjects]
    addresses = links(request.user, subjects, on=today)
    lines = [_line(each, names, addresses, as_of) for each in found]
    context = {
        "form": form,
        "year": year,
        "as_of": as_of,
        "figures": evaluate_many(measures, as_of=as_of, areas=area_scope(request.user, VIEW, on=today)).values(),
        "lines": lines,
        "totals": _totals(lines),
        "query": request.GET.urlencode(),
        "may_export": has_permission(request.user, EXPORT, on=today),
        "may_state": has_permission(request.user, REPORT, on=today),
    }
    return render(request, "projects/completion_list.html", context)


def _line(each: Completion, names: dict[str, str], addresses: dict[str, str], as_of: date) -> dict[str, Any]:
    late_by = (as_of - each.planned_on).days if each.planned_on and each.state == CompletionProgress.LATE else 0
    buildings = each.built.subjects if each.built else ()
    sqm = {"planned": each.planned_sqm or None, "done": each.area_sqm if each.is_done else None}
    sqm |= {"area": each.area_sqm, "lettable": each.lettable_sqm, "absorbed": each.absorbed_sqm}
    return {
        "completion": each,
        "wan": {name: _wan(amount) for name, amount in sqm.items()},
        "area": names.get(each.project.area_code, each.project.area_code),
        "stage": PROJECTS.state(each.project.state),
        "state": CompletionProgress(each.state).label,
        "tone": TONES[each.state],
        "late_by": late_by,
        "building": next((addresses[subject] for subject in buildings if subject in addresses), ""),
    }


def _totals(lines: list[dict[str, Any]]) -> dict[str, Decimal]:
    """What the lines shown add up to, in 万平方米."""
    names = ("planned", "done", "area", "lettable", "absorbed")
    return {name: sum((line["wan"][name] or Decimal(0) for line in lines), Decimal(0)) for name in names}


def _wan(sqm: int | None) -> Decimal | None:
    return None if sqm is None else Decimal(sqm) / 10_000


@require_safe
@requires(EXPORT)
def completion_export(request: AuthenticatedRequest) -> HttpResponse:
    """The same in the official layout (xlsx), or plain (csv)."""
    _form, year, as_of, names, found = _asked(request, EXPORT)
    return sheet_download(
        CompletionSheet(),
        [completion_record(each) for each in found],
        title=f"{year}年{CompletionSheet.title}",
        as_csv=request.GET.get("format") == "csv",
        as_of=as_of,
        area_names=names,
    )
