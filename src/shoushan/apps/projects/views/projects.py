"""The portfolio as a list and as a file; the page of a project; its steps and files."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shoushan.apps.projects.enums.permits import LIVE_PERMITS, PermitStage
from shoushan.apps.projects.enums.projects import LIGHT_TONES, Light
from shoushan.apps.projects.enums.projects import Level as ListLevel
from shoushan.apps.projects.forms import PortfolioFilter
from shoushan.apps.projects.lifecycle import CONFIRM, PROJECTS, REPORT, VIEW, check_project_access
from shoushan.apps.projects.models import Idea, Project, ProjectPlan
from shoushan.apps.projects.selectors import gantt
from shoushan.apps.projects.selectors import portfolio as questions
from shoushan.apps.projects.selectors.board import board
from shoushan.apps.projects.selectors.codes import region_warning
from shoushan.apps.projects.selectors.completions import completion_of
from shoushan.apps.projects.selectors.money import money_lines
from shoushan.apps.projects.selectors.obstacles import obstacle_lines, obstacles_of
from shoushan.apps.projects.selectors.permits import matrix
from shoushan.apps.projects.selectors.records import records_of
from shoushan.apps.projects.selectors.reporting import newest_reports
from shoushan.apps.projects.selectors.returns import plan_at
from shoushan.apps.projects.selectors.stages import way_of
from shoushan.apps.projects.services.rooms import lines_of_project
from shoushan.apps.projects.services.summaries import summary
from shoushan.apps.projects.sheets import ProjectListSheet
from shoushan.apps.projects.views.ledger_table import LEDGER, ledger_rows
from shoushan.apps.projects.views.photos import shown_photos
from shoushan.apps.projects.views.portfolio_table import older_month, portfolio_rows
from shoushan.directory.access import (
    AuthenticatedRequest,
    NotAllowedError,
    area_scope,
    get_visible_or_404,
    has_permission,
    requires,
)
from shoushan.directory.enums import AreaLevel
from shoushan.directory.selectors import area_names, organisations
from shoushan.exchange.downloads import sheet_download
from shoushan.lib import days
from shoushan.lifecycle.record_pages import file_answer, record_context
from shoushan.lifecycle.views import step_page
from shoushan.ui.listing import page_of

LEVELS = dict(ListLevel.choices)


class Asked(NamedTuple):
    """What the address of a portfolio asks for."""

    year: int
    names: dict[str, str]
    form: PortfolioFilter
    found: QuerySet[Project]


def _asked(request: AuthenticatedRequest, permission: str, *, is_page: bool = False) -> Asked:
    """The filters, and what the reader may see of what they ask for; nothing while they can't be read.

    For a page only those facts that filter and order are asked of all projects.
    """
    today = timezone.localdate()
    year = questions.year_of(request.GET.get("year", ""), today)
    names = area_names(level=AreaLevel.SUBDISTRICT)
    form = PortfolioFilter(request.GET, names=names, leads=questions.leads_of(year), zones=questions.zones())
    areas = area_scope(request.user, permission, on=today) if form.is_valid() else ()
    filters = (
        {name: value for name, value in form.cleaned_data.items() if name not in {"year", "as_of", "layout"}}
        if form.is_valid()
        else {}
    )
    order = request.GET.get("sort", "")
    needed = questions.facts_for(order=order, level=filters.get("level", "")) if is_page else questions.FACTS
    portfolio = questions.portfolio(areas=areas, year=year, facts=needed)
    return Asked(year, names, form, questions.filtered(portfolio, order=order, **filters))


@require_safe
@requires(VIEW)
def project_list(request: AuthenticatedRequest) -> HttpResponse:
    """The portfolio of a year, 50 a page, with what the district says of it as of a day; filters are in the address."""
    today = timezone.localdate()
    year, names, form, found = _asked(request, VIEW, is_page=True)
    page = portfolio_page(request, found, year)
    as_of = (form.cleaned_data.get("as_of") if form.is_valid() else None) or questions.newest_day(year, today)
    is_ledger = request.GET.get("layout") == LEDGER
    context = {
        "form": form,
        "year": year,
        "as_of": as_of,
        "is_past": as_of < questions.newest_day(year, today),
        "is_ledger": is_ledger,
        "layouts": _layouts(request, is_ledger=is_ledger),
        "summary": summary(as_of=as_of, areas=area_scope(request.user, VIEW, on=today)),
        "page_obj": page,
        "lines": ledger_rows(page, year, first=page.start_index())
        if is_ledger
        else portfolio_rows(page, names, today, reader=request.user),
        "query": request.GET.urlencode(),
    }
    return render(request, "projects/project_list.html", context)


def _layouts(request: AuthenticatedRequest, *, is_ledger: bool) -> list[dict[str, Any]]:
    """The two layouts of the table, each with the same filters and order; columns that are hidden are those of one layout."""
    asked = request.GET.copy()
    for name in ("layout", "page", "hide"):
        asked.pop(name, None)
    plain = asked.urlencode()
    asked["layout"] = LEDGER
    return [
        {"label": _("调度版式"), "query": plain, "is_shown": not is_ledger},
        {"label": _("清单版式"), "query": asked.urlencode(), "is_shown": is_ledger},
    ]


def portfolio_page(request: AuthenticatedRequest, found: QuerySet[Project], year: int) -> Page[Any]:
    """The page of a portfolio that the address asks for; only its own rows are made."""
    page = page_of(request, found.values_list("pk", flat=True))
    page.object_list = questions.rows_of(list(page.object_list), year)
    return page


@require_safe
@requires(VIEW)
def project_board(request: AuthenticatedRequest) -> HttpResponse:
    """The portfolio by stage, with the same filters as the list."""
    today = timezone.localdate()
    year, _names, form, found = _asked(request, VIEW)
    lights = questions.Lights(on=today)
    asked = request.GET.copy()
    asked.pop("stage", None)
    columns = [
        {
            "column": each,
            "state": PROJECTS.state(each.stage),
            "cards": [_card(card, lights, today) for card in each.cards],
        }
        for each in board(found)
    ]
    context = {"form": form, "year": year, "columns": columns, "query": asked.urlencode()}
    return render(request, "projects/project_board.html", context)


@require_safe
@requires(VIEW)
def project_gantt(request: AuthenticatedRequest) -> HttpResponse:
    """The portfolio along the days, with the same filters as the list, 50 a page."""
    year, _names, form, found = _asked(request, VIEW, is_page=True)
    page = portfolio_page(request, found, year)
    context = {
        "form": form,
        "year": year,
        "page_obj": page,
        "gantt": gantt.portfolio_gantt(list(page), today=timezone.localdate()),
        "query": request.GET.urlencode(),
    }
    return render(request, "projects/project_gantt.html", context)


def _card(project: Any, lights: questions.Lights, today: date) -> dict[str, Any]:
    """A project of the board: its light, and since when it is where it is."""
    light, days = lights.standing(project).light, (today - project.state_on).days
    month = older_month(project.done_month, today) if light != Light.NONE else ""
    return {"project": project, "light": light, "month": month, "tone": LIGHT_TONES[light], "days": days}


@require_safe
@requires("projects.export_list")
def project_export(request: AuthenticatedRequest) -> HttpResponse:
    """The filtered portfolio in the layout of the list (xlsx), or plain (csv)."""
    year, names, form, found = _asked(request, "projects.export_list")
    if form.errors:  # the page says what can't be read; a file would say that there is nothing
        return redirect(f"{reverse('projects:project-list')}?{request.GET.urlencode()}")
    found = found.prefetch_related("plans", "parts")
    return sheet_download(
        ProjectListSheet(),
        [record for each in found for record in records_of(each, year)],
        title=f"{year}年{ProjectListSheet.title}",
        as_csv=request.GET.get("format") == "csv",
        as_of=questions.newest_day(year, timezone.localdate()),  # a later day would be that of another year's list
        area_names=names,
    )


@require_safe
@requires(VIEW)
def project_detail(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """One project: its way, its facts, money against time, milestones, returns, the next steps, the story."""
    project = project_or_404(request, code)
    now, today = timezone.now(), timezone.localdate()
    context = record_context(
        PROJECTS,
        project,
        user=request.user,
        at=now,
        step_address=lambda name: reverse("projects:project-step", args=[code, name]),
        file_address=lambda number: reverse("projects:project-file", args=[code, number]),
    )
    memberships = list(project.memberships.order_by("-year", "level"))
    year = memberships[0].year if memberships else today.year
    returns = list(project.returns.filter(month__year=year).order_by("month"))
    plans, lights = list(project.plans.filter(year=year).order_by("revision")), questions.Lights(on=today)
    stage_days, spans = way_of(project, on=today)
    context |= {
        "area": area_names().get(project.area_code, ""),
        **_permits(project, now),
        "obstacles": obstacle_lines(obstacles_of(project), reader=request.user, at=now, on=today),
        "campaign_lines": lines_of_project(project, as_of=today),
        "may_raise": _may_raise(request, project),
        "steps": questions.steps_of(project, stage_days),
        "spans": spans,
        "memberships": memberships,
        "year": year,
        "plan": plans[-1] if plans else None,
        "plans": project.plans.select_related("entered_by").order_by("-year", "-revision"),
        "months": [_month(each, plans, lights) for each in returns],
        "photos": shown_photos(returns),
        "completion": completion_of(project, year=year, on=questions.newest_day(year, today)),
        "gantt": gantt.project_gantt(project, today=today),
        "money_lines": money_lines(year, list(project.plans.all()), returns),
        "parts": list(project.parts.filter(until__isnull=True).order_by("pk")),
        "ideas": list(Idea.objects.filter(project=project).order_by("became_on", "pk")),
        "status_reports": newest_reports(project),
        "former_codes": list(project.former_codes.order_by("until", "pk")),
        "code_warning": region_warning(project.project_code),
        "former_names": list(project.former_names.order_by("until")),
        "profiles": list(project.profiles.select_related("lead", "entered_by").reverse()),
        "may_report": _may(request, project, REPORT),
        "may_confirm": _may(request, project, CONFIRM),
        "next_month": questions.next_month(project, today),
    }
    return render(request, "projects/project_detail.html", context)


def _may_raise(request: AuthenticatedRequest, project: Project) -> bool:
    """Those who speak for the project, and those who raise matters in its area."""
    on = timezone.localdate()
    own = project.lead_id == request.user.organisation_id and has_permission(request.user, REPORT, on=on)
    return own or has_permission(request.user, "casework.raise_matter", on=on, area=project.area_code)


def _permits(project: Project, at: datetime) -> dict[str, Any]:
    """The stages of its approval; was the construction permit applied for before its turn?"""
    today = timezone.localdate(at)
    names = {each.code: str(each) for each in organisations(on=today)}
    stages = matrix(project, at=at, on=today, names=names)
    ahead = any(
        cell.line is not None and cell.line.permit.is_ahead and cell.line.permit.state in LIVE_PERMITS
        for stage in stages
        for cell in stage.cells
        if stage.stage == PermitStage.BUILD
    )
    return {"permit_stages": stages if any(each.cells for each in stages) else [], "is_on_delivery": ahead}


def _month(each: Any, plans: list[ProjectPlan], lights: questions.Lights) -> dict[str, Any]:
    standing = lights.of_month(each, plan_at(plans, each.month))
    share = min(100, int(standing.share)) if standing.share is not None else 0
    time = round(each.month.month * 100 / 12)
    return {"record": each, "standing": standing, "tone": LIGHT_TONES[standing.light], "share": share, "time": time}


def _may(request: AuthenticatedRequest, project: Project, permission: str) -> bool:
    try:
        check_project_access(request.user, project, permission, timezone.localdate())
    except NotAllowedError:
        return False
    return True


@requires(VIEW)
def project_step(request: AuthenticatedRequest, code: str, name: str) -> HttpResponse:
    """A step of a project."""
    project = project_or_404(request, code)
    return step_page(request, PROJECTS, project, name, back=reverse("projects:project-detail", args=[code]))


@require_safe
@requires(VIEW)
def project_file(request: AuthenticatedRequest, code: str, number: int) -> HttpResponseBase:
    """A file that was handed in with a step."""
    return file_answer(project_or_404(request, code), number)


def project_or_404(request: AuthenticatedRequest, code: str) -> Project:
    """The project, where the reader may see it."""
    return get_visible_or_404(
        Project.objects.select_related("lead", "zone", "owner"),
        user=request.user,
        permission=VIEW,
        on=timezone.localdate(),
        code=code,
    )


def month_of(text: str) -> date | None:
    """The first day of a month in an address; None for what is none."""
    value = days.read_day(f"{text}-01").value
    return value if isinstance(value, date) and value.day == 1 else None
