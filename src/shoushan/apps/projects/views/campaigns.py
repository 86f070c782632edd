"""The room of a campaign, for desks and for the wall; its weekly table; what its meetings decide."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from shoushan.apps.projects.enums.projects import Batch
from shoushan.apps.projects.forms.campaigns import CampaignForm, DayOfRoomForm, DecisionForm, DoneForm, PlaceForm
from shoushan.apps.projects.lifecycle import CONFIRM, VIEW, check_duty, is_office
from shoushan.apps.projects.measures import CAMPAIGN
from shoushan.apps.projects.models import Campaign, DispatchDecision, Project
from shoushan.apps.projects.selectors import campaigns as questions
from shoushan.apps.projects.selectors.obstacles import ObstacleLine, obstacle_lines, red_of_campaign
from shoushan.apps.projects.services import campaigns as services
from shoushan.apps.projects.services.rooms import Room, room
from shoushan.apps.projects.services.weekly import write_weekly
from shoushan.directory import selectors as directory
from shoushan.directory.access import AuthenticatedRequest, area_scope, requires
from shoushan.directory.models import Organisation
from shoushan.figures import values
from shoushan.lifecycle.form_pages import form_page, posted
from shoushan.ui.downloads import download

LATE_ON_WALL: Final = 12


@require_http_methods(["GET", "HEAD", "POST"])
@requires(VIEW)
def campaign_list(request: AuthenticatedRequest) -> HttpResponse:
    """All campaigns; the office that confirms opens one with its targets."""
    today = timezone.localdate()
    may_open = is_office(request.user, CONFIRM, on=today)
    form = CampaignForm(request.POST or None, initial={"start_on": today})

    def take(asked: dict[str, Any]) -> str:
        targets = {batch.value: services.Target(asked[f"{batch}_count"], asked[f"{batch}_fen"]) for batch in Batch}
        words = {name: asked[name] for name in ("code", "name", "start_on", "days")}
        made = services.open_campaign(**words, targets=targets, actor=request.user, at=timezone.now())
        messages.success(request, _("会战已设立。"))
        return reverse("projects:campaign-room", args=[made.code])

    answer, _status = posted(request, form, take)
    if answer is not None:
        return answer
    context = {"campaigns": questions.campaigns(on=today), "form": form if may_open else None, "today": today}
    return render(request, "projects/campaign_list.html", context, status=422 if form.errors else 200)


@require_safe
@requires(VIEW)
def campaign_room(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Countdown, batches, burn-up, who is late, ranking, 六未, decisions as of a day; `?wall=1` for the meeting room."""
    campaign, today = get_object_or_404(Campaign, code=code), timezone.localdate()
    form = DayOfRoomForm(request.GET)
    asked: date | None = form.cleaned_data["as_of"] if form.is_valid() else None
    areas = area_scope(request.user, VIEW, on=today)
    as_of = asked or min(today, campaign.end_on)
    found = room(campaign, as_of=as_of, areas=areas)
    is_wall = request.GET.get("wall") == "1"
    context = {
        "form": form,
        "campaign": campaign,
        "as_of": as_of,
        "room": found,
        "late": found.late[:LATE_ON_WALL] if is_wall else found.late,
        "burn_up": _burn_up(campaign, as_of, areas),
        "not_yet": [each | {"label": NOT_YET_WORDS[each["key"]]} for each in questions.not_yet(areas=areas)],
        "decisions": questions.decisions_of(campaign, areas=areas)[:50],
        "may_confirm": is_office(request.user, CONFIRM, on=today),
        "obstacles": _obstacles(request, campaign, areas, is_wall=is_wall),
        "today": today,
        "is_wall": is_wall,
    }
    return render(request, "projects/campaign_room.html", context)


def _obstacles(
    request: AuthenticatedRequest, campaign: Campaign, areas: tuple[str, ...], *, is_wall: bool
) -> list[ObstacleLine]:
    """What stands in the way of the campaign's projects now: critical, or late."""
    found = red_of_campaign(campaign, areas=areas)[: LATE_ON_WALL if is_wall else None]
    return obstacle_lines(found, reader=request.user, at=timezone.now(), on=timezone.localdate())


NOT_YET_WORDS: Final = {
    "RESERVE": gettext_lazy("储备未签约"),
    "SIGNED": gettext_lazy("签约未落地"),
    "LANDED": gettext_lazy("落地未开工"),
    "STATISTICS": gettext_lazy("开工未纳统"),
    "HALTED": gettext_lazy("停建未复工"),
    "COMPLETED": gettext_lazy("竣工未投用"),
}


def _burn_up(campaign: Campaign, as_of: date, areas: tuple[str, ...]) -> list[dict[str, Any]]:
    """For each batch what was achieved by each day so far, from the ledger."""
    found = []
    last = min(as_of, campaign.end_on)
    if last < campaign.start_on:
        return []
    for batch in Batch:
        measure = next(each for each in CAMPAIGN if each.code == f"projects.campaign_{batch.lower()}_achieved")
        days = values.series(measure, first=campaign.start_on, last=last, areas=areas, category=campaign.code)
        found.append({"label": batch.label, "series": [(day, int(value or 0)) for day, value in days]})
    return found


@require_safe
@requires("projects.export_list")
def campaign_weekly(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """The weekly table (三个一批周报) as of a day, as a workbook."""
    found = _room_of(request, code)
    out = BytesIO()
    write_weekly(out, found)
    return download(out.getvalue(), f"{found.campaign.name}周报({found.as_of.month}.{found.as_of.day}).xlsx")


def _room_of(request: AuthenticatedRequest, code: str) -> Room:
    campaign, today = get_object_or_404(Campaign, code=code), timezone.localdate()
    form = DayOfRoomForm(request.GET)
    asked: date | None = form.cleaned_data["as_of"] if form.is_valid() else None
    areas = area_scope(request.user, "projects.export_list", on=today)
    return room(campaign, as_of=asked or min(today, campaign.end_on), areas=areas)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(CONFIRM)
def campaign_place(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Put a project into a batch."""
    campaign, today = get_object_or_404(Campaign, code=code), timezone.localdate()
    check_duty(request.user, CONFIRM, on=today)
    form = PlaceForm(request.POST or None, projects=Project.objects.order_by("name"), initial={"planned_on": today})

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
