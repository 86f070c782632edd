"""Campaigns are opened and changed, filled with projects; what their meetings decide."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shoushan.apps.projects.enums.projects import Batch, ProjectStage
from shoushan.apps.projects.forms.campaigns import (
    CampaignChangeForm,
    CampaignForm,
    DecisionForm,
    DoneForm,
    PlaceForm,
)
from shoushan.apps.projects.lifecycle import CONFIRM, VIEW, check_duty, is_office
from shoushan.apps.projects.models import Campaign, DispatchDecision, Project
from shoushan.apps.projects.selectors import campaigns as questions
from shoushan.apps.projects.services import campaigns as services
from shoushan.directory import selectors as directory
from shoushan.directory.access import AuthenticatedRequest, area_scope, requires
from shoushan.directory.models import Organisation
from shoushan.lifecycle.form_pages import form_page, posted


@require_http_methods(["GET", "HEAD", "POST"])
@requires(VIEW)
def campaign_list(request: AuthenticatedRequest) -> HttpResponse:
    """All campaigns; the office that confirms opens one with its targets."""
    today = timezone.localdate()
    may_open = is_office(request.user, CONFIRM, on=today)
    form = CampaignForm(request.POST or None, initial={"start_on": today})

    def take(asked: dict[str, Any]) -> str:
        words = {name: asked[name] for name in ("code", "name", "start_on", "days")}
        made = services.open_campaign(**words, targets=_targets(asked), actor=request.user, at=timezone.now())
        messages.success(request, _("会战已设立。"))
        return reverse("projects:campaign-room", args=[made.code])

    answer, _status = posted(request, form, take)
    if answer is not None:
        return answer
    context = {"campaigns": questions.campaigns(on=today), "form": form if may_open else None, "today": today}
    return render(request, "projects/campaign_list.html", context, status=422 if form.errors else 200)


def _targets(asked: dict[str, Any]) -> dict[str, services.Target]:
    return {batch.value: services.Target(asked[f"{batch}_count"], asked[f"{batch}_fen"]) for batch in Batch}


@require_http_methods(["GET", "HEAD", "POST"])
@requires(CONFIRM)
def campaign_change(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Another name, length or other targets, with a reason."""
    campaign, today = get_object_or_404(Campaign, code=code), timezone.localdate()
    check_duty(request.user, CONFIRM, on=today)
    form = CampaignChangeForm(request.POST or None, initial=services.said_of(campaign))

    def take(asked: dict[str, Any]) -> str:
        words = {name: asked[name] for name in ("name", "days", "reason")}
        if services.change_campaign(campaign, **words, targets=_targets(asked), actor=request.user, at=timezone.now()):
            messages.success(request, _("会战已调整，原来的内容留有记录。"))
        else:
            messages.info(request, _("没有改动。"))
        return reverse("projects:campaign-room", args=[campaign.code])

    return _form_page(request, campaign, form, take, _("调整会战"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(CONFIRM)
def campaign_place(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Put a project into a batch."""
    campaign, today = get_object_or_404(Campaign, code=code), timezone.localdate()
    check_duty(request.user, CONFIRM, on=today)
    live = Project.objects.exclude(state=ProjectStage.WITHDRAWN).order_by("name")
    form = PlaceForm(request.POST or None, projects=live, initial={"planned_on": today})

    def take(asked: dict[str, Any]) -> str:
        project = Project.objects.get(code=asked["project"])
        place = services.Place(project.pk, asked["batch"], asked["planned_on"])
        on = max(campaign.start_on, min(today, campaign.end_on))
        services.place_projects(campaign, [place], on=on, actor=request.user, at=timezone.now())
        messages.success(request, _("项目已列入。"))
        return reverse("projects:campaign-room", args=[campaign.code])

    return _form_page(request, campaign, form, take, _("列入项目"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(CONFIRM)
def campaign_decide(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Enter what a dispatch meeting decided."""
    campaign, today = get_object_or_404(Campaign, code=code), timezone.localdate()
    check_duty(request.user, CONFIRM, on=today)
    units = directory.organisations(on=today)
    form = DecisionForm(
        request.POST or None, projects=Project.objects.order_by("name"), units=units, initial={"held_on": today}
    )

    def take(asked: dict[str, Any]) -> str:
        asked["project"] = Project.objects.get(code=asked["project"]) if asked["project"] else None
        asked["organisation"] = Organisation.objects.get(code=asked["organisation"])
        services.decide(campaign, **asked, actor=request.user, at=timezone.now())
        messages.success(request, _("议定事项已录入。"))
        return reverse("projects:campaign-room", args=[campaign.code])

    return _form_page(request, campaign, form, take, _("录入议定事项"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(VIEW)
def decision_close(request: AuthenticatedRequest, code: str, number: int) -> HttpResponse:
    """Say that a decision was carried out."""
    campaign, today = get_object_or_404(Campaign, code=code), timezone.localdate()
    areas = area_scope(request.user, VIEW, on=today)
    found = questions.decisions_of(campaign, areas=areas)
    decision: DispatchDecision | None = found.filter(pk=number, done_on=None).first()
    if decision is None:
        raise Http404(_("没有这件待落实的议定事项，请从会战页面选择。"))
    form = DoneForm(request.POST or None, initial={"done_on": today})

    def take(asked: dict[str, Any]) -> str:
        services.close_decision(decision, **asked, actor=request.user, at=timezone.now())
        messages.success(request, _("落实情况已登记。"))
        return reverse("projects:campaign-room", args=[campaign.code])

    return _form_page(request, campaign, form, take, _("登记落实情况"), decision=decision)


def _form_page(
    request: AuthenticatedRequest, campaign: Campaign, form: Any, take: Any, title: str, *, decision: Any = None
) -> HttpResponse:
    more = f"{decision.text}（{decision.organisation}）" if decision else ""
    back = reverse("projects:campaign-room", args=[campaign.code])
    return form_page(request, form, take, title=title, back=back, about=campaign.name, more=more)
