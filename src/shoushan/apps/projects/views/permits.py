"""Permits: the applications with how authorities keep their promises, one application, applying, its steps and files."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any, NamedTuple

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shoushan.apps.projects.enums.permits import OPEN_PERMITS
from shoushan.apps.projects.forms.permits import ApplyForm, PermitFilter
from shoushan.apps.projects.lifecycle import PERMITS, REPORT, VIEW
from shoushan.apps.projects.measures import PERMITS as MEASURES
from shoushan.apps.projects.models import Permit
from shoushan.apps.projects.selectors import permits as questions
from shoushan.apps.projects.services.permit_tables import write_permits
from shoushan.apps.projects.services.permits import apply_permit
from shoushan.apps.projects.views.projects import project_or_404
from shoushan.directory.access import AuthenticatedRequest, area_scope, get_visible_or_404, requires
from shoushan.directory.enums import AreaLevel
from shoushan.directory.selectors import area_names
from shoushan.figures.values import evaluate_many
from shoushan.lifecycle.form_pages import form_page
from shoushan.lifecycle.record_pages import file_answer, record_context
from shoushan.lifecycle.views import step_page
from shoushan.ui.downloads import download
from shoushan.ui.listing import PAGE, page_of


class Asked(NamedTuple):
    """What the address of the list asks for."""

    form: PermitFilter
    found: QuerySet[Permit]
    authorities: list[questions.AuthorityLine]
    """All that have an application within the reader's areas."""


def _asked(request: AuthenticatedRequest, permission: str, at: datetime) -> Asked:
    """The filters and what the reader may see of what they ask for; nothing while they can't be read."""
    today = timezone.localdate(at)
    areas = area_scope(request.user, permission, on=today)
    authorities = questions.authorities(areas=areas, at=at)
    offered = [(each.code, each.name) for each in authorities]
    form = PermitFilter(request.GET, names=area_names(level=AreaLevel.SUBDISTRICT), authorities=offered)
    found = questions.permits_of(areas=areas if form.is_valid() else ())
    asked = form.cleaned_data if form.is_valid() else {}
    if not any(asked.get(name) for name in ("state", "mark")):
        found = found.filter(state__in=OPEN_PERMITS)
    return Asked(form, questions.due_first(questions.permits_like(found, asked, at=at)), authorities)


@require_safe
@requires(VIEW)
def permit_list(request: AuthenticatedRequest) -> HttpResponse:
    """How each authority keeps its promises, what is missing too long, and the applications, those due first at the top."""
    now, today = timezone.now(), timezone.localdate()
    form, found, authorities = _asked(request, VIEW, now)
    areas = area_scope(request.user, VIEW, on=today)
    page = page_of(request, found)
    names = area_names()
    context = {
        "form": form,
        "today": today,
        "figures": list(evaluate_many(MEASURES, as_of=today, areas=areas).values()),
        "authorities": authorities,
        "missing": questions.missing_overdue(areas=areas, on=today)[:PAGE],
        "page_obj": page,
        "lines": [
            {"line": each, "area": names.get(each.permit.area_code, ""), "state": PERMITS.state(each.permit.state)}
            for each in questions.permit_lines(page, at=now, on=today)
        ],
        "query": request.GET.urlencode(),
    }
    return render(request, "projects/permit_list.html", context)


@require_safe
@requires("projects.export_list")
def permit_export(request: AuthenticatedRequest) -> HttpResponse:
    """The filtered applications as a workbook."""
    now, today = timezone.now(), timezone.localdate()
    form, found, _authorities = _asked(request, "projects.export_list", now)
    if form.errors:  # the page says what can't be read; a file would say that there is nothing
        return redirect(f"{reverse('projects:permit-list')}?{request.GET.urlencode()}")
    out = BytesIO()
    write_permits(out, questions.permit_lines(found, at=now, on=today), on=today, names=area_names())
    return download(out.getvalue(), f"重点项目审批事项台账({today.month}.{today.day}).xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(REPORT)
def permit_apply(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Apply for a step of a project; which one is in the address (`?item=BUILDING_PERMIT`) or chosen."""
    project, today = project_or_404(request, code), timezone.localdate()
    rows = questions.permit_rows(on=today)
    items = [(row.code, f"{row.item}") for row in rows]
    form = ApplyForm(request.POST or None, items=items, initial={"item": request.GET.get("item", ""), "on": today})

    def take(asked: dict[str, Any]) -> str:
        permit = apply_permit(project=project, actor=request.user, at=timezone.now(), **asked)
        messages.success(request, _("申请已提交审批单位。"))
        return reverse("projects:permit-detail", args=[permit.code])

    return form_page(
        request,
        form,
        take,
        title=_("申请审批事项"),
        button=_("提交申请"),
        back=reverse("projects:project-detail", args=[code]),
        about=f"{project.name} · {project.code}",
    )


@require_safe
@requires(VIEW)
def permit_detail(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """One application: its terms, days used, what is missing, the next steps, the story."""
    permit = permit_or_404(request, code)
    now, today = timezone.now(), timezone.localdate()
    context = record_context(
        PERMITS,
        permit,
        user=request.user,
        at=now,
        step_address=lambda name: reverse("projects:permit-step", args=[code, name]),
        file_address=lambda number: reverse("projects:permit-file", args=[code, number]),
    )
    (line,) = questions.permit_lines([permit], at=now, on=today)
    context |= {"line": line, "today": today, "area": area_names().get(permit.area_code, "")}
    return render(request, "projects/permit_detail.html", context)


@requires(VIEW)
def permit_step(request: AuthenticatedRequest, code: str, name: str) -> HttpResponse:
    """A step of an application."""
    permit = permit_or_404(request, code)
    return step_page(request, PERMITS, permit, name, back=reverse("projects:permit-detail", args=[code]))


@require_safe
@requires(VIEW)
def permit_file(request: AuthenticatedRequest, code: str, number: int) -> HttpResponseBase:
    """A file that was handed in with a step."""
    return file_answer(permit_or_404(request, code), number)


def permit_or_404(request: AuthenticatedRequest, code: str) -> Permit:
    """The application, where the reader may see it."""
    return get_visible_or_404(
        Permit.objects.select_related("project__lead", "organisation"),
        user=request.user,
        permission=VIEW,
        on=timezone.localdate(),
        code=code,
    )
