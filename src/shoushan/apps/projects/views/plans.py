"""Adjusting a plan, setting a milestone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shoushan.apps.projects.forms import MilestoneForm, PlanForm
from shoushan.apps.projects.forms.projects import ProblemsForm
from shoushan.apps.projects.lifecycle import CONFIRM, REPORT
from shoushan.apps.projects.models import Project
from shoushan.apps.projects.selectors.portfolio import newest_milestones
from shoushan.apps.projects.services import adjust_plan, set_milestone
from shoushan.apps.projects.views.projects import project_or_404
from shoushan.directory.access import AuthenticatedRequest, requires
from shoushan.lifecycle.errors import LifecycleError, MissingError


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

    return _form_page(request, project, form, take, _("计划已调整，原计划保留。"), "projects/plan_adjust.html")


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

    return _form_page(request, project, form, take, _("节点已登记。"), "projects/milestone_set.html")


def _form_page(
    request: AuthenticatedRequest, project: Project, form: ProblemsForm, take: Any, said: str, template: str
) -> HttpResponse:
    """Show the form, or do what it says; a refusal stands beside its field and nothing typed is lost."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                take(dict(form.cleaned_data))
            except MissingError as error:
                form.add_problems(error.fields)
            except LifecycleError as error:
                form.add_error(None, error.sentence)
                status = error.status
            else:
                messages.success(request, said)
                return redirect("projects:project-detail", project.code)
    return render(request, template, {"form": form, "project": project}, status=status)
