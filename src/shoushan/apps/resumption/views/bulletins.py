"""The bulletin of a day, and its release."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shoushan.apps.resumption import selectors, services
from shoushan.apps.resumption.forms import DayForm, ReleaseForm
from shoushan.apps.resumption.services.bulletins import LINE_CODES
from shoushan.apps.resumption.services.daily_reports import (
    HEADINGS,
    NOTE,
    check_line,
    compose_report,
    empty_sentence,
    write_report,
)
from shoushan.directory.access import AuthenticatedRequest, area_scope, has_permission, requires
from shoushan.figures.measures import measure
from shoushan.figures.models import Release
from shoushan.figures.services import ReleaseError
from shoushan.figures.values import evaluate
from shoushan.ui.downloads import download


@require_safe
@requires("resumption.view_bulletin")
def bulletin(request: AuthenticatedRequest) -> HttpResponse:
    """The bulletin of the day asked for, by default the newest day with returns."""
    today = timezone.localdate()
    areas = area_scope(request.user, "resumption.view_bulletin", on=today)
    days = selectors.report_days(areas=areas)
    form = DayForm(request.GET)
    asked: date | None = form.cleaned_data["as_of"] if form.is_valid() else None
    day = asked or (days[0] if days else today)
    context = _context(day, areas) | {
        "form": form,
        "has_returns": day in days,
        "may_release": has_permission(
            request.user, "resumption.release_bulletin", on=today, area=settings.DISTRICT_CODE
        ),
    }
    return render(request, "resumption/bulletin.html", context)


def _context(day: date, areas: tuple[str, ...]) -> dict[str, Any]:
    composed = services.compose_bulletin(as_of=day, areas=areas)
    is_whole = any(len(area) <= 6 for area in areas)
    return {
        "bulletin": composed,
        "as_of": day,
        "previous": day - timedelta(days=1),
        "following": day + timedelta(days=1),
        "figures": (figures := [composed.figures[code] for code in LINE_CODES]),
        "cards": [*figures, evaluate(measure("resumption.capacity_rate"), as_of=day, areas=areas)],
        "tables": [
            (_("按街道"), _("街道"), composed.by_area, "area"),
            (_("按四上类别"), _("四上类别"), composed.by_category, "category"),
        ],
        "missing": selectors.missing_subdistricts(day=day, areas=areas),
        "compared": services.beside_the_day_before(composed, areas=areas),
        "differences": selectors.total_differences(day=day) if is_whole else [],
        "releases": Release.objects.filter(as_of=day),
        "is_whole": is_whole,
        "area_names": "、".join(name for code, name in selectors.names_of_subdistricts().items() if code in areas),
        "release_form": ReleaseForm(initial={"as_of": day}),
    }


@require_safe
@requires("resumption.view_bulletin")
def daily_report(request: AuthenticatedRequest) -> HttpResponse:
    """The report of a day in the district's layout, its sums checked; `?format=xlsx` as a workbook."""
    today = timezone.localdate()
    areas = area_scope(request.user, "resumption.view_bulletin", on=today)
    days = selectors.report_days(areas=areas)
    form = DayForm(request.GET)
    asked: date | None = form.cleaned_data["as_of"] if form.is_valid() else None
    day = asked or (days[0] if days else today)
    report = compose_report(as_of=day, areas=areas)
    if request.GET.get("format") == "xlsx":
        out = BytesIO()
        write_report(out, report)
        return download(out.getvalue(), f"复工日报({day.month}.{day.day}).xlsx")
    context = {
        "form": form,
        "as_of": day,
        "report": report,
        "headings": HEADINGS,
        "tables": [("类别", report.by_trade), ("街道", report.by_area)],
        "check": check_line(report),
        "note": NOTE,
        "empty": empty_sentence(report),
    }
    return render(request, "resumption/daily_report.html", context)


@require_POST
@requires("resumption.release_bulletin")
def bulletin_release(request: AuthenticatedRequest) -> HttpResponse:
    """Freeze the day's numbers and go to the release."""
    form = ReleaseForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("没有写明截至日期，不能发布。"))
        return redirect("resumption:bulletin")
    asked = form.cleaned_data
    corrected = Release.objects.filter(number=asked["corrects"]).first() if asked["corrects"] else None
    try:
        release = services.release_bulletin(
            as_of=asked["as_of"], at=timezone.now(), actor=request.user, corrects=corrected, reason=asked["reason"]
        )
    except (services.BulletinError, ReleaseError) as error:
        messages.error(request, str(error))
        return redirect(f"{reverse('resumption:bulletin')}?as_of={asked['as_of']}")
    return redirect("figures:release-detail", number=release.number)
