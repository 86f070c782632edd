"""The room of a campaign, for desks and for the wall; the paper of its weekly meeting; its weekly table."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from shoushan.apps.projects.forms.campaigns import DayOfRoomForm, MeetingDayForm
from shoushan.apps.projects.lifecycle import CONFIRM, VIEW, is_office
from shoushan.apps.projects.measures import CAMPAIGN
from shoushan.apps.projects.models import Campaign
from shoushan.apps.projects.selectors import campaigns as questions
from shoushan.apps.projects.selectors.obstacles import ObstacleLine, obstacle_lines, red_of_campaign
from shoushan.apps.projects.services.rooms import BatchLine, Room, room
from shoushan.apps.projects.services.weekly import write_weekly
from shoushan.directory.access import AuthenticatedRequest, area_scope, requires
from shoushan.figures import values
from shoushan.ui.charts import Beside
from shoushan.ui.downloads import download

EXPORT: Final = "projects.export_list"
ON_WALL: Final = {"late": 12, "leads": 12, "obstacles": 4, "decisions": 5}
"""How many lines of each kind a page of the wall holds."""
NOT_YET_WORDS: Final = {
    "RESERVE": gettext_lazy("储备未签约"),
    "SIGNED": gettext_lazy("签约未落地"),
    "LANDED": gettext_lazy("落地未开工"),
    "STATISTICS": gettext_lazy("开工未纳统"),
    "HALTED": gettext_lazy("停建未复工"),
    "COMPLETED": gettext_lazy("竣工未投用"),
}


class Asked(NamedTuple):
    """What the address of a room asks for."""

    campaign: Campaign
    form: DayOfRoomForm
    today: date
    as_of: date
    areas: tuple[str, ...]
    is_of_day: bool
    """Was a day asked for? A wall without one goes on with the days."""

    @property
    def room(self) -> Room:
        """The room as of that day, within the reader's areas."""
        return room(self.campaign, as_of=self.as_of, areas=self.areas)


def asked_of(
    request: AuthenticatedRequest, code: str, permission: str = VIEW, form_of: type[DayOfRoomForm] = DayOfRoomForm
) -> Asked:
    """The campaign, the day (today, or the last of the campaign where none is asked for) and the reader's areas."""
    campaign, today = get_object_or_404(Campaign, code=code), timezone.localdate()
    form = form_of(request.GET)
    asked: date | None = form.cleaned_data["as_of"] if form.is_valid() else None
    areas = area_scope(request.user, permission, on=today)
    return Asked(campaign, form, today, asked or min(today, campaign.end_on), areas, asked is not None)


@require_safe
@requires(VIEW)
def campaign_room(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Countdown, batches, burn-up, who is late, ranking, 六未, decisions as of a day; `?wall=1` for the meeting room."""
    asked = asked_of(request, code)
    found, is_wall = asked.room, request.GET.get("wall") == "1"
    most = ON_WALL if is_wall else {}
    not_yet = questions.not_yet(areas=asked.areas, on=asked.as_of)
    context = {
        **_shared(asked, found),
        "late": found.late[: most.get("late")],
        "leads": found.leads[: most.get("leads")],
        "burn_up": _burn_up(asked, found),
        "not_yet": [each | {"label": NOT_YET_WORDS[each["key"]]} for each in not_yet],
        "is_of_district": settings.DISTRICT_CODE in asked.areas,
        "decisions": questions.decisions_on(asked.campaign, areas=asked.areas, on=asked.as_of)[
            : most.get("decisions", 50)
        ],
        "may_confirm": is_office(request.user, CONFIRM, on=asked.today),
        "obstacles": _obstacles(request, asked)[: most.get("obstacles")],
        "changes": questions.changes_of(asked.campaign, areas=asked.areas, on=asked.as_of)[:50],
        "is_wall": is_wall,
        "is_of_day": asked.is_of_day,
    }
    return render(request, "projects/campaign_room.html", context)


def _shared(asked: Asked, found: Room) -> dict[str, Any]:
    return {
        "form": asked.form,
        "campaign": asked.campaign,
        "as_of": asked.as_of,
        "today": asked.today,
        "room": found,
    }


def _obstacles(request: AuthenticatedRequest, asked: Asked) -> list[ObstacleLine]:
    """What stood in the way of the campaign's projects on the day: critical, or late; with their clocks where that is today."""
    if asked.as_of >= asked.today:
        found = red_of_campaign(asked.campaign, areas=asked.areas)
        return obstacle_lines(found, reader=request.user, at=timezone.now(), on=asked.today)
    standing = questions.obstacles_standing(asked.campaign, areas=asked.areas, day=asked.as_of)
    red = [each for each in standing if each.is_red]
    return [*questions.obstacle_lines_then(red, reader=request.user, on=asked.today)]


def _burn_up(asked: Asked, found: Room) -> list[dict[str, Any]]:
    """For each batch what was achieved by each day so far, from the ledger, beside what was planned and the target."""
    campaign = asked.campaign
    last = min(asked.as_of, campaign.end_on)
    if last < campaign.start_on:
        return []
    measures = {each.code: each for each in CAMPAIGN}
    series = values.series_many(
        [measures[batch.measure] for batch in found.batches],
        first=campaign.start_on,
        last=last,
        areas=asked.areas,
        category=campaign.code,
    )
    return [
        {
            "label": batch.label,
            "series": [(day, int(value or 0)) for day, value in series[batch.measure]],
            "beside": _beside(campaign, batch),
        }
        for batch in found.batches
    ]


def _beside(campaign: Campaign, batch: BatchLine) -> list[Beside]:
    first, last = campaign.start_on, campaign.end_on
    planned = batch.planned
    plan = ((first, 0), *planned, (last, planned[-1][1] if planned else 0))
    target = ((first, batch.target_count), (last, batch.target_count))
    return [Beside(_("计划累计"), "plan", plan), Beside(_("目标"), "target", target)]


@require_safe
@requires(VIEW)
def campaign_meeting(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """What a weekly meeting (周调度会) has before it on a day, and what it decided that day; made to be printed."""
    asked = asked_of(request, code, form_of=MeetingDayForm)
    found = asked.room
    decisions = questions.decisions_on(asked.campaign, areas=asked.areas, on=asked.as_of)
    held = questions.decisions_of(asked.campaign, areas=asked.areas).order_by("-held_on")
    context = {
        **_shared(asked, found),
        "earlier": [each for each in decisions if each.decision.held_on < asked.as_of and not each.is_done],
        "taken": [each for each in decisions if each.decision.held_on == asked.as_of],
        "obstacles": _obstacles(request, asked),
        "meetings": held.values_list("held_on", flat=True).distinct()[:20],
        "may_confirm": is_office(request.user, CONFIRM, on=asked.today),
    }
    return render(request, "projects/campaign_meeting.html", context)


@require_safe
@requires(EXPORT)
def campaign_weekly(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """The weekly table (三个一批周报) as of a day, as a workbook."""
    asked = asked_of(request, code, EXPORT)
    standing = questions.obstacles_standing(asked.campaign, areas=asked.areas, day=asked.as_of)
    out = BytesIO()
    write_weekly(out, asked.room, questions.obstacle_words(standing))
    return download(out.getvalue(), f"{asked.campaign.name}周报({asked.as_of.month}.{asked.as_of.day}).xlsx")
