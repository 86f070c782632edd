"""Status reports: their list, a draft from the records, the report as it was issued, as a paper and as a signed file."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shoushan.apps.projects.forms.reports import CorrectionForm, DraftForm, ReportFilter, StatusReportForm
from shoushan.apps.projects.lifecycle import REPORT, VIEW
from shoushan.apps.projects.models import StatusReport
from shoushan.apps.projects.selectors.reporting import reports_of, series_of
from shoushan.apps.projects.services.report_papers import paper_of
from shoushan.apps.projects.services.reports import NewReport, Scope, check_issuer, draft, issue_report, may_issue
from shoushan.apps.projects.views.projects import project_or_404
from shoushan.directory.access import (
    AuthenticatedRequest,
    NotAllowedError,
    area_scope,
    get_visible_or_404,
    requires,
)
from shoushan.directory.enums import AreaLevel
from shoushan.directory.selectors import area_names
from shoushan.figures.publications import document_text
from shoushan.lifecycle.form_pages import posted
from shoushan.ui.listing import page_of
from shoushan.ui.papers import paper_download


@require_safe
@requires(VIEW)
def report_list(request: AuthenticatedRequest) -> HttpResponse:
    """Every report that the reader may see, the newest first."""
    today = timezone.localdate()
    form = ReportFilter(request.GET)
    found = reports_of(areas=area_scope(request.user, VIEW, on=today) if form.is_valid() else ())
    if form.is_valid():
        asked = form.cleaned_data
        if asked["text"]:
            found = found.filter(Q(title__contains=asked["text"]) | Q(number=asked["text"].upper()))
        if asked["about"]:
            found = found.filter(project__isnull=asked["about"] == "PORTFOLIO")
        if asked["year"]:
            found = found.filter(year=asked["year"])
    page = page_of(request, found)
    context = {
        "form": form,
        "page_obj": page,
        "names": area_names(),
        "may_issue": bool(_portfolios(request, today)),
    }
    return render(request, "projects/report_list.html", context)


@require_safe
@requires(VIEW)
def report_detail(request: AuthenticatedRequest, number: str) -> HttpResponse:
    """A report as it was issued; what it says does not change."""
    report = _report_or_404(request, number)
    correction = StatusReport.objects.filter(corrects=report).first()
    may = correction is None and may_issue(request.user, _scope_of(report), on=timezone.localdate())
    context = {"report": report, "said": report.said, "correction": correction, "may_correct": may}
    return render(request, "projects/report_detail.html", context)


@require_safe
@requires(VIEW)
def report_paper(request: AuthenticatedRequest, number: str, form: str) -> HttpResponse:
    """The report in the layout of official documents (GB/T 9704-2012), as Word or PDF."""
    report = _report_or_404(request, number)
    return paper_download(lambda: paper_of(report), form, f"{report.title}（{report.as_of.isoformat()}）")


@require_safe
@requires(VIEW)
def report_file(request: AuthenticatedRequest, number: str) -> HttpResponse:
    """The signed file of a report, for `shoushan verify`."""
    report = _report_or_404(request, number)
    headers = {"Content-Disposition": f'attachment; filename="{report.number}.json"'}
    return HttpResponse(document_text(report), "application/json; charset=utf-8", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(REPORT)
def report_issue(request: AuthenticatedRequest) -> HttpResponse:
    """The draft of a portfolio's report; day and area are in the address."""
    today = timezone.localdate()
    scopes = {each.area_code: each for each in _portfolios(request, today)}
    if not scopes:
        raise NotAllowedError(_("全部项目的通报由确认项目计划的单位编写，街道的通报由该街道编写。"))
    form = DraftForm(request.GET, areas=[(code, each.area_name) for code, each in scopes.items()])
    asked = form.cleaned_data if form.is_valid() else {}
    as_of = asked.get("as_of") or today
    code = asked.get("area") or next(iter(scopes))
    scope = Scope(as_of.year, code, scopes[code].area_name, series=asked.get("series", ""))
    return _drafted(request, form, scope, as_of, back=reverse("projects:report-list"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(REPORT)
def project_report_issue(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """The draft of a project's report; the day is in the address."""
    project = project_or_404(request, code)
    form = DraftForm(request.GET, areas=())
    asked = form.cleaned_data if form.is_valid() else {}
    as_of = asked.get("as_of") or timezone.localdate()
    scope = Scope(as_of.year, project.area_code, "", project, asked.get("series", ""))
    return _drafted(request, form, scope, as_of, back=reverse("projects:project-detail", args=[code]))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(REPORT)
def report_correct(request: AuthenticatedRequest, number: str) -> HttpResponse:
    """The draft of a report that corrects one: of the same day, filled with what was typed then."""
    report = _report_or_404(request, number)
    scope, back = _scope_of(report), reverse("projects:report-detail", args=[number])
    return _drafted(request, None, scope, report.as_of, back=back, corrects=report)


def _drafted(
    request: AuthenticatedRequest,
    asked: DraftForm | None,
    scope: Scope,
    as_of: date,
    *,
    back: str,
    corrects: StatusReport | None = None,
) -> HttpResponse:
    """Show what the report will say and ask for what is to be typed, or issue it."""
    check_issuer(request.user, scope, on=timezone.localdate())
    kind = CorrectionForm if corrects else StatusReportForm
    initial: dict[str, Any] = {"as_of": as_of}
    if corrects is not None:
        initial |= {name: corrects.said[name] for name in ("assessment", "next_steps")}
    form = kind(request.POST or None, initial=initial)

    def take(said: dict[str, Any]) -> str:
        report = issue_report(scope, NewReport(**said), actor=request.user, at=timezone.now(), corrects=corrects)
        messages.success(request, _("通报已发布：%(number)s。") % {"number": report.number})
        return reverse("projects:report-detail", args=[report.number])

    answer, status = posted(request, form, take)
    if answer is not None:
        return answer
    context = {
        "asked": asked,
        "form": form,
        "scope": scope,
        "as_of": as_of,
        "sections": draft(scope, as_of) if as_of <= timezone.localdate() else [],
        "corrects": corrects,
        "series": series_of(scope.project, scope.area_code),
        "back": back,
    }
    return render(request, "projects/report_issue.html", context, status=status)


def _portfolios(request: AuthenticatedRequest, today: date) -> list[Scope]:
    """The areas of whose portfolio a person may report: who may of the district may of every subdistrict, others of their own."""
    names = area_names(level=AreaLevel.DISTRICT) | area_names(level=AreaLevel.SUBDISTRICT)
    found = [Scope(today.year, code, name) for code, name in names.items()]
    whole = next((each for each in found if each.area_code == settings.DISTRICT_CODE), None)
    if whole is not None and may_issue(request.user, whole, on=today):
        return found
    own = request.user.organisation
    return [
        each
        for each in found
        if own is not None and each.area_code == own.area_code and may_issue(request.user, each, on=today)
    ]


def _scope_of(report: StatusReport) -> Scope:
    names = {} if report.project else area_names()
    return Scope(report.year, report.area_code, names.get(report.area_code, ""), report.project, report.series)


def _report_or_404(request: AuthenticatedRequest, number: str) -> StatusReport:
    found = StatusReport.objects.select_related("project__lead", "issued_by__organisation", "corrects")
    return get_visible_or_404(found, user=request.user, permission=VIEW, on=timezone.localdate(), number=number)
