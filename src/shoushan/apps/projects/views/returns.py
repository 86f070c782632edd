"""Monthly returns: the form, the month's list with what is missing, the page of one, review of many."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shoushan.apps.projects.enums.projects import LIGHT_TONES
from shoushan.apps.projects.forms import MonthFilter, ReturnForm
from shoushan.apps.projects.lifecycle import CONFIRM, PHOTOS, REPORT, RETURNS, VIEW
from shoushan.apps.projects.models import MonthlyReturn, Project
from shoushan.apps.projects.selectors import portfolio, returns
from shoushan.apps.projects.services import report_month
from shoushan.apps.projects.services.returns import RETURN_FIELDS, review_many
from shoushan.apps.projects.sheets import MonthlySheet
from shoushan.apps.projects.views.photos import shown_photos
from shoushan.apps.projects.views.projects import month_of, project_or_404
from shoushan.apps.projects.views.work import step_address
from shoushan.directory.access import AuthenticatedRequest, area_scope, get_visible_or_404, has_permission, requires
from shoushan.directory.selectors import area_names
from shoushan.exchange.downloads import sheet_download
from shoushan.lib.days import month_end
from shoushan.lifecycle.errors import LifecycleError
from shoushan.lifecycle.evidence import photos_of
from shoushan.lifecycle.form_pages import posted
from shoushan.lifecycle.record_pages import file_answer, record_context
from shoushan.lifecycle.views import step_page
from shoushan.ui.listing import PAGE, page_of


@require_http_methods(["GET", "HEAD", "POST"])
@requires(REPORT)
def return_report(request: AuthenticatedRequest, code: str, month: str) -> HttpResponse:
    """The return of a month, filled with what stood the month before."""
    project, first = project_or_404(request, code), month_of(month)
    if first is None:
        raise Http404(_("没有这个月份，请从项目页面选择。"))
    form = ReturnForm(request.POST or None, request.FILES or None, initial=_proposed(project, first))

    def take(values: dict[str, Any]) -> str:
        photos, is_sure = values.pop(PHOTOS.name), values.pop("unit_sure")
        words = {"actor": request.user, "at": timezone.now(), "photos": photos, "is_unit_sure": is_sure}
        report_month(project=project, month=first, values=values, **words)
        messages.success(request, _("%(month)s 的月报已报送。") % {"month": month})
        return reverse("projects:project-detail", args=[code])

    answer, status = posted(request, form, take)
    if answer is not None:
        return answer
    opening = returns.opening_of(project, first)
    context = {
        "form": form,
        "project": project,
        "month": first,
        "opening": opening,
        "halted": returns.halted_in(project, first),
        "plan": returns.newest_plan(project, first.year),
        "chosen": [each.name for each in request.FILES.getlist(PHOTOS.name)],
    }
    return render(request, "projects/return_report.html", context, status=status)


def _proposed(project: Project, month: date) -> dict[str, Any]:
    """What the form is filled with: the return of the month itself, else what follows from the one before."""
    there = project.returns.filter(month=month).first()
    if there is not None:
        return {name: getattr(there, name) for name in RETURN_FIELDS}
    before = project.returns.filter(month__lt=month).order_by("-month").first()
    opening = returns.opening_of(project, month)
    words = {name: getattr(before, name) for name in ("progress", "workers", "problems", "next_step")} if before else {}
    return {"year_fen": opening.year_fen, "total_fen": opening.total_fen, **words}


@require_safe
@requires(VIEW)
def return_list(request: AuthenticatedRequest) -> HttpResponse:
    """A month: what was reported, what waits for review, which projects have sent nothing."""
    today = timezone.localdate()
    form = MonthFilter(request.GET)
    asked = form.cleaned_data.get("month") if form.is_valid() else None
    month = asked or returns.before_month(today.replace(day=1))
    areas = area_scope(request.user, VIEW, on=today) if form.is_valid() else ()
    found = returns.returns_of(month, areas=areas)
    page = page_of(request, found)
    missing = returns.missing_in(month, areas=areas).select_related("lead").order_by("lead__sort_no", "pk")
    lights, plans = portfolio.Lights(on=today), returns.plans_at([each.project_id for each in page], month)
    due, missing_count = returns.due_in(month, areas=areas).count(), missing.count()
    copied, photos = returns.copied_months(list(page)), photos_of(page, PHOTOS.name)
    context = {
        "form": form,
        "month": month,
        "page_obj": page,
        "lines": [_line(each, plans, lights, copied) | {"photos": len(photos.get(each.subject, ()))} for each in page],
        "due": due,
        "reported": due - missing_count,
        "beside": page.paginator.count - (due - missing_count),
        "missing": missing[:PAGE],
        "missing_count": missing_count,
        "may_confirm": has_permission(request.user, CONFIRM, on=today),
        "query": request.GET.urlencode(),
    }
    return render(request, "projects/return_list.html", context)


def _line(
    each: MonthlyReturn, plans: dict[int, Any], lights: portfolio.Lights, copied: dict[int, int]
) -> dict[str, Any]:
    standing = lights.of_month(each, plans.get(each.project_id))
    return {
        "record": each,
        "state": RETURNS.state(each.state),
        "standing": standing,
        "tone": LIGHT_TONES[standing.light],
        "copied": copied.get(each.pk, 0),
    }


@require_POST
@requires(CONFIRM)
def return_review(request: AuthenticatedRequest) -> HttpResponse:
    """Review the returns that were ticked, all or none."""
    month = month_of(request.POST.get("month", "")) or timezone.localdate().replace(day=1)
    try:
        count = review_many(codes=request.POST.getlist("codes"), actor=request.user, at=timezone.now())
    except LifecycleError as error:
        messages.error(request, error.sentence)
    else:
        said = ngettext("已审核 %(n)d 份月报。", "已审核 %(n)d 份月报。", count)
        messages.success(request, said % {"n": count})
    return redirect(f"{reverse('projects:return-list')}?month={month:%Y-%m}")


@require_safe
@requires("projects.export_list")
def monthly_export(request: AuthenticatedRequest) -> HttpResponse:
    """The month's table in its official layout (xlsx), or plain (csv)."""
    today = timezone.localdate()
    month = month_of(request.GET.get("month", "")) or returns.before_month(today.replace(day=1))
    areas = area_scope(request.user, "projects.export_list", on=today)
    found = list(returns.returns_of(month, areas=areas))
    lights, plans = portfolio.Lights(on=today), returns.plans_at([each.project_id for each in found], month)
    nodes = returns.nodes_of([each.project_id for each in found], month_end(month))
    records = []
    for each in found:
        plan = plans.get(each.project_id)
        records.append(returns.monthly_record(each, plan, lights.of_month(each, plan), nodes[each.project_id]))
    title = f"{month.year}年{month.month}月{MonthlySheet.title}"
    is_csv = request.GET.get("format") == "csv"
    return sheet_download(
        MonthlySheet(), records, title=title, as_csv=is_csv, as_of=month_end(month), area_names=area_names()
    )


@require_safe
@requires(VIEW)
def return_detail(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """One return: its sums against plan and time, its words, the next steps, the story."""
    record = _return_or_404(request, code)
    plan = returns.plan_at(record.project.plans.all(), record.month)
    context = record_context(
        RETURNS,
        record,
        user=request.user,
        at=timezone.now(),
        step_address=lambda name: step_address(record, name),
        file_address=lambda number: reverse("projects:return-file", args=[code, number]),
    )
    lights, copied = portfolio.Lights(on=timezone.localdate()), returns.copied_months([record])
    context |= {"plan": plan, **_line(record, {record.project_id: plan}, lights, copied)}
    context["halted"] = returns.halted_in(record.project, record.month)
    context |= {"photos": shown_photos([record], is_by_step=True), "files": []}
    return render(request, "projects/return_detail.html", context)


@requires(VIEW)
def return_step(request: AuthenticatedRequest, code: str, name: str) -> HttpResponse:
    """A step of a return; to report it again is a form of its own."""
    record = _return_or_404(request, code)
    if name == "report_again":
        return redirect(step_address(record, name))
    return step_page(request, RETURNS, record, name, back=reverse("projects:return-detail", args=[code]))


@require_safe
@requires(VIEW)
def return_file(request: AuthenticatedRequest, code: str, number: int) -> FileResponse:
    """A photo of a return."""
    return file_answer(_return_or_404(request, code), number, is_shown=True)


def _return_or_404(request: AuthenticatedRequest, code: str) -> MonthlyReturn:
    return get_visible_or_404(
        MonthlyReturn.objects.select_related("project__lead", "reported_by"),
        user=request.user,
        permission=VIEW,
        on=timezone.localdate(),
        code=code,
    )
