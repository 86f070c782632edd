"""The pool of ideas: the list with its progress, one idea, entering and changing one, its steps."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shoushan.apps.projects.forms.pool import IdeaForm, PoolFilter
from shoushan.apps.projects.lifecycle import IDEAS, REPORT, VIEW
from shoushan.apps.projects.lifecycle.pool import OPEN_IDEAS, check_idea_access
from shoushan.apps.projects.models import Idea
from shoushan.apps.projects.selectors import pool as questions
from shoushan.apps.projects.services.pool import IDEA_FIELDS, change_idea, progress, propose_idea
from shoushan.apps.projects.services.pool_tables import write_pool
from shoushan.directory import scopes
from shoushan.directory.access import (
    AuthenticatedRequest,
    NotAllowedError,
    area_scope,
    get_visible_or_404,
    has_permission,
    requires,
)
from shoushan.directory.enums import AreaLevel
from shoushan.directory.selectors import area_names
from shoushan.lifecycle.form_pages import form_page
from shoushan.lifecycle.record_pages import record_context
from shoushan.lifecycle.views import step_page
from shoushan.ui.downloads import download
from shoushan.ui.listing import page_of


def _asked(request: AuthenticatedRequest, permission: str) -> tuple[PoolFilter, QuerySet[Idea]]:
    """The filters and what the reader may see of what they ask for; nothing while they can't be read."""
    form = PoolFilter(request.GET, names=area_names(level=AreaLevel.SUBDISTRICT))
    areas = area_scope(request.user, permission, on=timezone.localdate()) if form.is_valid() else ()
    asked = form.cleaned_data if form.is_valid() else {}
    known = questions.ideas(areas=areas)
    if form.day:
        known = known.filter(proposed_on__lte=form.day)
    return form, questions.ideas_like(known, asked, order=request.GET.get("sort", ""))


@require_safe
@requires(VIEW)
def idea_list(request: AuthenticatedRequest) -> HttpResponse:
    """How far the pool is from being doubled as of a day, and its ideas, 50 a page; filters are in the address."""
    today = timezone.localdate()
    form, found = _asked(request, VIEW)
    page = page_of(request, found)
    names = area_names()
    as_of = form.day or today
    context = {
        "form": form,
        "as_of": as_of,
        "is_past": as_of < today,
        "progress": progress(as_of=as_of, areas=area_scope(request.user, VIEW, on=today)),
        "page_obj": page,
        "lines": [
            {"idea": each, "area": names.get(each.area_code, ""), "state": IDEAS.state(each.state)} for each in page
        ],
        "may_propose": _may_propose(request),
        "query": request.GET.urlencode(),
    }
    return render(request, "projects/idea_list.html", context)


def _may_propose(request: AuthenticatedRequest) -> bool:
    """Those who report for an organisation."""
    return request.user.organisation_id is not None and has_permission(request.user, REPORT, on=timezone.localdate())


@require_safe
@requires("projects.export_list")
def idea_export(request: AuthenticatedRequest) -> HttpResponse:
    """The filtered ideas as a workbook."""
    today = timezone.localdate()
    form, found = _asked(request, "projects.export_list")
    if form.errors:  # the page says what can't be read; a file would say that there is nothing
        return redirect(f"{reverse('projects:idea-list')}?{request.GET.urlencode()}")
    out = BytesIO()
    write_pool(out, found, on=today, names=area_names())
    return download(out.getvalue(), f"策划项目库({today.month}.{today.day}).xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(REPORT)
def idea_create(request: AuthenticatedRequest) -> HttpResponse:
    """An idea of the reader's organisation, in an area for which they report."""
    today = timezone.localdate()
    own = area_scope(request.user, REPORT, on=today)
    names = [each for each in area_names(level=AreaLevel.SUBDISTRICT).items() if scopes.covers(own, each[0])]
    form = IdeaForm(request.POST or None, names=names, initial={"on": today})

    def take(asked: dict[str, Any]) -> str:
        area, on = asked.pop("area"), asked.pop("on")
        idea = propose_idea(values=asked, area_code=area, on=on, actor=request.user, at=timezone.now())
        messages.success(request, _("策划项目已入库。"))
        return reverse("projects:idea-detail", args=[idea.code])

    return form_page(request, form, take, title=_("填报策划项目"), back=reverse("projects:idea-list"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(REPORT)
def idea_change(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """What an idea says from today on."""
    idea = idea_or_404(request, code)
    form = IdeaForm(
        request.POST or None, names=(), is_new=False, initial={name: getattr(idea, name) for name in IDEA_FIELDS}
    )
    back = reverse("projects:idea-detail", args=[code])

    def take(asked: dict[str, Any]) -> str:
        change_idea(idea=idea, values=asked, actor=request.user, at=timezone.now())
        messages.success(request, _("已修改，以前各日的数字不变。"))
        return back

    return form_page(request, form, take, title=_("修改策划项目"), back=back, about=f"{idea.name} · {code}")


@require_safe
@requires(VIEW)
def idea_detail(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """One idea: what it expects, what it became, the next steps, the story."""
    idea = idea_or_404(request, code)
    context = record_context(
        IDEAS,
        idea,
        user=request.user,
        at=timezone.now(),
        step_address=lambda name: reverse("projects:idea-step", args=[code, name]),
        file_address=lambda number: "",
    )
    context |= {"area": area_names().get(idea.area_code, ""), "may_change": _may_change(request, idea)}
    return render(request, "projects/idea_detail.html", context)


def _may_change(request: AuthenticatedRequest, idea: Idea) -> bool:
    try:
        check_idea_access(request.user, idea, REPORT, timezone.localdate())
    except NotAllowedError:
        return False
    return idea.state in OPEN_IDEAS


@requires(VIEW)
def idea_step(request: AuthenticatedRequest, code: str, name: str) -> HttpResponse:
    """A step of an idea."""
    idea = idea_or_404(request, code)
    return step_page(request, IDEAS, idea, name, back=reverse("projects:idea-detail", args=[code]))


def idea_or_404(request: AuthenticatedRequest, code: str) -> Idea:
    """The idea, where the reader may see it."""
    return get_visible_or_404(
        Idea.objects.select_related("lead", "zone", "project"),
        user=request.user,
        permission=VIEW,
        on=timezone.localdate(),
        code=code,
    )
