"""Campaigns, what meetings decided, and the projects that have not gone on (六未)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from shoushan.apps.projects.enums.projects import ProjectStage
from shoushan.apps.projects.models import Campaign, DispatchDecision, Project
from shoushan.directory import scopes

NOT_YET: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("RESERVE", (ProjectStage.RESERVE,)),
    ("SIGNED", (ProjectStage.SIGNED,)),
    ("LANDED", (ProjectStage.LANDED, ProjectStage.PREPARATION)),
    ("STATISTICS", (ProjectStage.STARTED, ProjectStage.BUILDING)),
    ("HALTED", (ProjectStage.HALTED,)),
    ("COMPLETED", (ProjectStage.COMPLETED,)),
)
"""六未: in reserve and not signed, signed and not landed, landed and not started, started and not in statistics, halted and
not resumed, completed and not in use."""


def not_yet(*, areas: Sequence[str]) -> list[dict[str, Any]]:
    """The six kinds of projects that have not gone on, with how many there are and the stages that list them."""
    own = Project.objects.filter(scopes.within_any(areas, "area_code"))
    counts = own.aggregate(
        **{
            key: Count("pk", filter=Q(state__in=stages, **({"statistics_on": None} if key == "STATISTICS" else {})))
            for key, stages in NOT_YET
        }
    )
    return [{"key": key, "stage": stages[0], "count": counts[key]} for key, stages in NOT_YET]


def campaigns(*, on: date) -> QuerySet[Campaign]:
    """All campaigns, the newest first."""
    return Campaign.objects.filter(start_on__lte=on + timedelta(days=365)).prefetch_related("batches")


def campaign_on(day: date) -> Campaign | None:
    """The campaign that runs on a day; the one that began last where there are several."""
    found = Campaign.objects.filter(start_on__lte=day).order_by("-start_on")
    return next((each for each in found if day <= each.end_on), None)


def decisions_of(campaign: Campaign, *, areas: Sequence[str]) -> QuerySet[DispatchDecision]:
    """What meetings decided, for readers of the whole district all of it, else of the projects of their areas."""
    found = campaign.decisions.select_related("project", "organisation")
    if settings.DISTRICT_CODE in areas:
        return found
    return found.filter(scopes.within_any(areas, "project__area_code"))


def names_of_campaigns() -> dict[str, str]:
    """Names of campaigns by code, for figures."""
    return dict(Campaign.objects.values_list("code", "name"))
