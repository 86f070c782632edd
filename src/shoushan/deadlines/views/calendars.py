"""The calendar of a year, the calculator, and entering what a document orders."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shoushan.deadlines import notices, selectors, services
from shoushan.deadlines.calculations import calculation
from shoushan.deadlines.day_lines import write_lines
from shoushan.deadlines.enums import CalendarPurpose
from shoushan.deadlines.forms import CalculatorForm, CalendarForm, HoursForm, VersionForm
from shoushan.deadlines.models import CalendarVersion
from shoushan.deadlines.year_pages import year_page
from shoushan.directory.access import AuthenticatedRequest, requires, signed_in


@require_safe
@signed_in
def calendar(request: AuthenticatedRequest) -> HttpResponse:
    """One year for one purpose, in one of its versions, beside another if asked for."""
    today = timezone.localdate()
    form = CalendarForm(request.GET)
    form.is_valid()
    asked = {name: form.cleaned_data.get(name) for name in form.fields}
    purpose = CalendarPurpose(asked["purpose"] or CalendarPurpose.GOVERNMENT)
    year = asked["year"] or today.year
    versions = list(
        CalendarVersion.objects.filter(purpose=purpose, year=year)
        .select_related("recorded_by")
        .order_by("issued_on", "number")
    )
    by_pk = {version.pk: version for version in versions}
    chosen = by_pk.get(asked["version"] or 0) or (versions[-1] if versions else None)
    compared = by_pk.get(asked["compare"] or 0)
    context = {
        "form": CalendarForm(initial={"purpose": purpose, "year": year}) if not form.errors else form,
        "purpose": purpose,
        "year": year,
        "versions": versions,
        "page": year_page(chosen, compared) if chosen else None,
        "chosen": chosen,
        "compared": compared,
        "missing": selectors.missing_years(today=today),
        "hours": selectors.working_hours(purpose),
        "create_url": f"{reverse('deadlines:version-create')}?year={year}",
        "may_edit": request.user.may("deadlines.edit_calendar"),
        "may_see_moves": request.user.may("deadlines.view_move"),
    }
    return render(request, "deadlines/calendar.html", context)


@require_safe
@signed_in
def calculator(request: AuthenticatedRequest) -> HttpResponse:
    """The end of a period of working days under each document, and why the answers differ."""
    asked = bool(request.GET)
    form = CalculatorForm(request.GET) if asked else CalculatorForm(initial={"start": timezone.localdate()})
    found = calculation(form.cleaned_data, today=timezone.localdate()) if asked and form.is_valid() else None
    return render(request, "deadlines/calculator.html", {"form": form, "found": found})


@require_http_methods(["GET", "HEAD", "POST"])
@requires("deadlines.edit_calendar")
def version_create(request: AuthenticatedRequest) -> HttpResponse:
    """Enter what a document orders: first a preview of what changes, then for good."""
    at = timezone.now()
    if request.method != "POST":
        year, sentence, initial = _suggested(request.GET.get("year", ""), at)
        return render(
            request,
            "deadlines/version_create.html",
            {"form": VersionForm(initial=initial), "year": year, "sentence": sentence},
        )
    form = VersionForm(request.POST)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        try:
            if "confirm" in request.POST:
                return _entered(request, form, at)
            context["previews"] = services.preview_version(form.draft(), at=at)
        except services.DeadlineError as error:
            form.add_error(None, str(error))
    return render(request, "deadlines/version_create.html", context, status=422 if form.errors else 200)


def _entered(request: AuthenticatedRequest, form: VersionForm, at: datetime) -> HttpResponse:
    made, moved = services.add_version(form.draft(), at=at, actor=request.user)
    messages.success(
        request,
        _("已录入%(document)s，%(moved)d 件未办结事项的到期时间随之变更。")
        % {"document": made[0].document_no, "moved": moved},
    )
    return redirect(f"{reverse('deadlines:calendar')}?purpose={made[0].purpose}&year={made[0].year}")


def _suggested(text: str, at: datetime) -> tuple[int, str, dict[str, Any]]:
    """The year asked for, what the days filled in are worth, and the form filled in."""
    today = timezone.localdate(at)
    year = int(text) if text.isascii() and text.isdecimal() and len(text) == len("2020") else today.year + 1
    rows = CalendarVersion.objects.filter(year=year, purpose=CalendarPurpose.GOVERNMENT)
    newest = rows.order_by("issued_on", "number").last()
    if newest is not None:
        days = {each.on: notices.DayOrder(each.is_working, each.name) for each in newest.days.all()}
        sentence = _("下面是现行版本（%(document)s）的日期，请按新文件修改。") % {"document": newest.document_no}
    else:
        days, sentence = notices.library_days(year), notices.suggestion_sentence(year)
    initial = {
        "year": year,
        "purposes": list(CalendarPurpose.values),
        "off_days": write_lines(days, is_working=False),
        "work_days": write_lines(days, is_working=True),
    }
    return year, sentence, initial


@require_http_methods(["GET", "HEAD", "POST"])
@requires("deadlines.edit_calendar")
def hours_create(request: AuthenticatedRequest) -> HttpResponse:
    """Enter working hours from a day on."""
    at = timezone.now()
    initial = {"opens_at": "09:00", "closes_at": "17:00", "valid_from": timezone.localdate(at)}
    form = HoursForm(request.POST) if request.method == "POST" else HoursForm(initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            return _hours_entered(request, form.cleaned_data, at)
        except services.DeadlineError as error:
            form.add_error(None, str(error))
    rows = [(purpose, selectors.working_hours(purpose)) for purpose in CalendarPurpose]
    context = {"form": form, "rows": rows}
    return render(request, "deadlines/hours_create.html", context, status=422 if form.errors else 200)


def _hours_entered(request: AuthenticatedRequest, asked: dict[str, Any], at: datetime) -> HttpResponse:
    lunch = (asked.pop("lunch_from"), asked.pop("lunch_to"))
    _row, moved = services.set_working_hours(**asked, lunch=lunch if lunch[0] else None, at=at, actor=request.user)
    messages.success(request, _("已录入工作时间，%(moved)d 件未办结事项的到期时间随之变更。") % {"moved": moved})
    return redirect("deadlines:hours-create")
