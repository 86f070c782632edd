"""Visits to enterprises, and who serves one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shoushan.apps.resumption import selectors, services
from shoushan.apps.resumption.forms import DifficultyForm, OfficerForm, VisitRecordForm
from shoushan.apps.resumption.models import EnterpriseStanding
from shoushan.apps.resumption.selectors.difficulties import visit_rows
from shoushan.apps.resumption.services import Visit
from shoushan.directory import selectors as directory
from shoushan.directory.access import AuthenticatedRequest, area_scope, get_visible_or_404, has_permission, requires
from shoushan.directory.models import User
from shoushan.directory.services import DirectoryError
from shoushan.lifecycle.errors import MissingError
from shoushan.lifecycle.form_pages import posted
from shoushan.registry.models import Enterprise
from shoushan.ui.listing import page_of
from shoushan.ui.returning import safe_next

RECORD, APPOINT = "resumption.record_visit", "resumption.appoint_officer"


@require_safe
@requires(RECORD)
def visit_list(request: AuthenticatedRequest) -> HttpResponse:
    """Visits within the reader's areas, the newest first."""
    areas = area_scope(request.user, RECORD, on=timezone.localdate())
    page = page_of(request, visit_rows(areas=areas))
    names = selectors.names_of_subdistricts()
    lines = [{"visit": each, "area": names.get(each.area_code, each.area_code)} for each in page]
    may_export = has_permission(request.user, "resumption.export_difficulties", on=timezone.localdate())
    context = {"page_obj": page, "lines": lines, "may_export": may_export}
    return render(request, "resumption/visit_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(RECORD)
def visit_create(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """A visit to one enterprise, with a difficulty found on the spot where there is one."""
    enterprise = _enterprise_or_404(request, code, RECORD)
    has_found = bool(request.POST.get("category") or request.POST.get("text", "").strip())
    form = VisitRecordForm(
        request.POST or None, area=enterprise.area_code, own=request.user.organisation, at=timezone.localtime()
    )
    found = DifficultyForm(request.POST if has_found else None, is_own=True, is_optional=True)

    def take(_values: dict[str, Any]) -> str:
        if has_found and not found.is_valid():
            raise MissingError(
                {"": _("现场发现的问题没有填好：%(problems)s") % {"problems": " ".join(_sentences(found))}}
            )
        services.record_visit(
            enterprise=enterprise,
            visit=_visit(form, found if has_found else None),
            actor=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("走访已登记。"))
        return safe_next(request, _back(code))

    answer, status = posted(request, form, take)
    if answer is not None:
        return answer
    context = {"form": form, "found": found, "enterprise": enterprise, "back": _back(code)}
    return render(request, "resumption/visit_form.html", context, status=status)


def _visit(form: VisitRecordForm, found: DifficultyForm | None) -> Visit:
    typed: dict[str, Any] = dict(form.cleaned_data)
    chosen = set(typed["organisations"])
    offices = [each for each in directory.organisations(on=timezone.localdate()) if each.code in chosen]
    raised = [found.on_visit] if found is not None else []
    return Visit(**(typed | {"organisations": offices, "difficulties": raised}))


def _sentences(form: forms.BaseForm) -> list[str]:
    """What is wrong with the fields of a form."""
    return [str(error) for errors in form.errors.values() for error in errors]


@require_http_methods(["GET", "HEAD", "POST"])
@requires(APPOINT)
def officer_appoint(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Name the person who serves an enterprise."""
    enterprise = _enterprise_or_404(request, code, APPOINT)
    form, status = OfficerForm(request.POST or None, on=timezone.localdate()), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            officer = User.objects.get(username=form.cleaned_data["officer"])
            try:
                services.appoint_officer(
                    enterprise=enterprise, officer=officer, since=form.cleaned_data["since"], actor=request.user
                )
            except (MissingError, DirectoryError) as error:
                form.add_error("since", str(error))
            else:
                messages.success(request, _("已指定服务专员。"))
                return redirect("resumption:enterprise-detail", code=code)
    context = {"form": form, "enterprise": enterprise, "back": _back(code)}
    return render(request, "resumption/officer_form.html", context, status=status)


def _back(code: str) -> str:
    return reverse("resumption:enterprise-detail", args=[code])


def _enterprise_or_404(request: AuthenticatedRequest, code: str, permission: str) -> Enterprise:
    return get_visible_or_404(
        EnterpriseStanding.objects.select_related("enterprise"),
        user=request.user,
        permission=permission,
        on=timezone.localdate(),
        community_field=selectors.COMMUNITY,
        enterprise__code=code,
    ).enterprise
