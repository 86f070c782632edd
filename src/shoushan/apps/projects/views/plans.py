"""Adjusting a plan, setting a milestone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shoushan.apps.projects.forms import MilestoneForm, PlanForm
from shoushan.apps.projects.lifecycle import CONFIRM, REPORT
from shoushan.apps.projects.models import Project
from shoushan.apps.projects.selectors.portfolio import newest_milestones
from shoushan.apps.projects.services import adjust_plan, set_milestone
from shoushan.apps.projects.views.projects import project_or_404
from shoushan.directory.access import AuthenticatedRequest, requires
from shoushan.lifecycle.form_pages import form_page
from shoushan.lifecycle.forms import ProblemsForm


@require_http_methods(["GET", "HEAD", "POST"])
@requires(CONFIRM)
def plan_adjust(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """A further revision of the newest year's plan, filled with what stands."""
    project = project_or_404(request, code)
    newest = project.plans.order_by("-year", "-revision").first()
    initial: dict[str, Any] = {"on": timezone.localdate()}
    if newest is not None:
        initial |= {name: getattr(newest, name) for name in PlanForm.base_fields if name not in {"on", "reason"}}
    form = PlanForm(request.POST or None, initial=initial)

    def take(values: dict[str, Any]) -> None:
        year = newest.year if newest else timezone.localdate().year
        on, reason = values.pop("on"), values.pop("reason")
        adjust_plan(
            project=project, year=year, on=on, values=values, reason=reason, actor=request.user, at=timezone.now()
        )

    words = {"title": _("调整计划"), "button": _("提交调整"), "done": _("计划已调整，原计划保留。")}
    return _form_page(request, project, form, take, words)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(REPORT)
def milestone_set(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """One milestone: which one is in the address (`?key=START`) or chosen."""
    project = project_or_404(request, code)
    key = request.GET.get("key", "")
    there = next((each for each in newest_milestones(project) if each.key == key), None)
    initial: dict[str, Any] = {"key": key}
    if there is not None:
        initial |= {name: getattr(there, name) for name in ("planned_on", "forecast_on", "actual_on")}
    form = MilestoneForm(request.POST or None, initial=initial)

    def take(values: dict[str, Any]) -> None:
        name, reason = values.pop("key"), values.pop("reason")
        set_milestone(project=project, key=name, values=values, reason=reason, actor=request.user, at=timezone.now())

    words = {"title": _("登记节点"), "button": _("登记"), "done": _("节点已登记。")}
    return _form_page(request, project, form, take, words)


def _form_page(
    request: AuthenticatedRequest, project: Project, form: ProblemsForm, take: Any, words: dict[str, Any]
) -> HttpResponse:
    """Show the form, or do what it says; a refusal stands beside its field and nothing typed is lost."""
    back = reverse("projects:project-detail", args=[project.code])

    def taken(values: dict[str, Any]) -> str:
        take(values)
        messages.success(request, words["done"])
        return back

    about = f"{project.name} · {project.code}"
    return form_page(request, form, taken, title=words["title"], button=words["button"], back=back, about=about)
