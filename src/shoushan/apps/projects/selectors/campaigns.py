"""Campaigns, what meetings decided, what stood in the way, and the projects that have not gone on (六未): all as of a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Q, QuerySet

from shoushan.apps.projects.enums.projects import BATCH_STEPS, ProjectStage
from shoushan.apps.projects.models import Campaign, CampaignChange, DispatchDecision, Obstacle, Project
from shoushan.apps.projects.selectors.comparison import end_of
from shoushan.apps.projects.selectors.obstacles import ObstacleLine, category_of
from shoushan.apps.projects.selectors.reporting import standing_on
from shoushan.apps.projects.selectors.stages import stages_on
from shoushan.casework.clocks import kind_name
from shoushan.casework.enums import OPEN, MatterState, Timed
from shoushan.casework.selectors import visible_matters
from shoushan.deadlines.models import Clock
from shoushan.directory import scopes
from shoushan.directory.models import User
from shoushan.lifecycle.models import Evidence

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


def not_yet(*, areas: Sequence[str], on: date) -> list[dict[str, Any]]:
    """The six kinds of projects that have not gone on by a day, each with its projects; of all projects, not of one campaign."""
    projects = Project.objects.filter(scopes.within_any(areas, "area_code")).order_by("name")
    own = list(projects.only("code", "name", "statistics_on"))
    stages = stages_on([each.subject for each in own], on)
    found: dict[str, list[Project]] = {key: [] for key, _stages in NOT_YET}
    for project in own:
        stage = stages.get(project.subject, "")
        key = next((key for key, wanted in NOT_YET if stage in wanted), None)
        is_in_statistics = project.statistics_on is not None and project.statistics_on <= on
        if key is not None and not (key == "STATISTICS" and is_in_statistics):
            found[key].append(project)
    return [{"key": key, "projects": projects, "count": len(projects)} for key, projects in found.items()]


def campaigns(*, on: date) -> QuerySet[Campaign]:
    """All campaigns, the newest first."""
    return Campaign.objects.filter(start_on__lte=on + timedelta(days=365)).prefetch_related("batches")


def campaign_on(day: date) -> Campaign | None:
    """The campaign that runs on a day; the one that began last where there are several."""
    found = Campaign.objects.filter(start_on__lte=day).order_by("-start_on")
    return next((each for each in found if day <= each.end_on), None)


# ---- what was changed --------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Then:
    """What stood on a day and was changed later: values of the campaign, and of items by number."""

    campaign: dict[str, Any]
    items: dict[int, dict[str, Any]]


def stood_on(campaign: Campaign, day: date) -> Then:
    """The values of a campaign and of its items that were changed after a day, as they were on it."""
    found = Then({}, {})
    later = campaign.changes.filter(changed_on__gt=day).order_by("changed_on", "pk")
    for item, before in later.values_list("item_id", "before"):
        values = found.campaign if item is None else found.items.setdefault(item, {})
        for name, value in before.items():
            values.setdefault(name, value)  # the first change after the day says what stood on it
    return found


def changes_of(campaign: Campaign, *, areas: Sequence[str], on: date) -> QuerySet[CampaignChange]:
    """What was changed by a day, the newest first; of items only those of projects within areas."""
    of_items = scopes.within_any(areas, "item__project__area_code")
    found = campaign.changes.filter(Q(item=None) | of_items, changed_on__lte=on)
    return found.select_related("item__project", "entered_by")


# ---- meetings ----------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class DecisionLine:
    """What a meeting decided, as it stood on a day: what was done later is still open."""

    decision: DispatchDecision
    on: date

    @property
    def is_done(self) -> bool:
        """Was it carried out by then?"""
        return self.decision.done_on is not None and self.decision.done_on <= self.on

    @property
    def is_late(self) -> bool:
        """Was its time over, and it was not carried out?"""
        return not self.is_done and self.decision.due_on < self.on


def decisions_of(campaign: Campaign, *, areas: Sequence[str]) -> QuerySet[DispatchDecision]:
    """What meetings decided, for readers of the whole district all of it, else of the projects of their areas."""
    found = campaign.decisions.select_related("project", "organisation")
    if settings.DISTRICT_CODE in areas:
        return found
    return found.filter(scopes.within_any(areas, "project__area_code"))


def decisions_on(campaign: Campaign, *, areas: Sequence[str], on: date) -> list[DecisionLine]:
    """What meetings had decided by a day, the newest first."""
    return [DecisionLine(each, on) for each in decisions_of(campaign, areas=areas).filter(held_on__lte=on)]


# ---- what stood in the way ---------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class ObstacleThen(ObstacleLine):
    """An obstacle as it stood at the end of a day."""

    state_then: str = ""
    is_late_then: bool = False

    @property
    def state(self) -> Any:
        """Where the matter was, in a word."""
        return MatterState(self.state_then).label

    @property
    def is_open(self) -> bool:
        """Did it still stand in the way?"""
        return self.state_then in OPEN

    @property
    def tone(self) -> str:
        """The colour of the state."""
        return "late" if self.is_late_then else "soon"


class Standing(NamedTuple):
    """An obstacle that stood in the way at the end of a day: in which state, and whether its time was over."""

    obstacle: Obstacle
    state: str
    is_late: bool

    @property
    def is_red(self) -> bool:
        """Does nothing go on without it, or is it late?"""
        return self.obstacle.is_critical or self.is_late


def obstacles_standing(campaign: Campaign, *, areas: Sequence[str], day: date) -> list[Standing]:
    """What was raised by the end of a day of a campaign's projects and was not closed by then; late ones first."""
    within, own = scopes.within_any(areas, "project__area_code"), campaign.items.values("project")
    held, end = standing_on(Obstacle.objects.filter(within, project__in=own), day), end_of(day)
    due = _due([each.record.matter.subject for each in held])
    standing = []
    for each in held:
        matter = each.record.matter
        is_late = matter.is_late and (matter.subject not in due or due[matter.subject] < end)
        standing.append(Standing(each.record, each.state, is_late))
    return sorted(standing, key=lambda each: (not each.is_late, not each.obstacle.is_critical))


def obstacle_lines_then(standing: Sequence[Standing], *, reader: User, on: date) -> list[ObstacleThen]:
    """Lines of these; `on` is the reader's own day, which says which matters they may open."""
    seen = visible_matters(reader, on=on).filter(pk__in=[each.obstacle.matter_id for each in standing])
    visible = set(seen.values_list("pk", flat=True))
    return [
        ObstacleThen(each.obstacle, None, each.obstacle.matter_id in visible, each.state, each.is_late)
        for each in standing
    ]


def obstacle_words(standing: Sequence[Standing]) -> dict[int, str]:
    """By project in a few words what stands in its way."""
    found: dict[int, list[str]] = {}
    for each in standing:
        words, word = found.setdefault(each.obstacle.project_id, []), str(category_of(each.obstacle.matter))
        if word not in words:
            words.append(word)
    return {project: "、".join(words) for project, words in found.items()}


def _due(subjects: Sequence[str]) -> dict[str, datetime]:
    """Until when each matter was to be answered."""
    clocks = Clock.objects.filter(subject__in=subjects, kind=kind_name(Timed.CLOSE)).order_by("pk")
    return dict(clocks.values_list("subject", "due_at"))


# ---- evidence ----------------------------------------------------------------------------------------------
def papers_of(subjects: Sequence[str]) -> dict[tuple[str, str], list[Evidence]]:
    """What was handed in with the steps that achieve an item, by subject and batch."""
    batches = {step: batch.value for batch, step in BATCH_STEPS.items()}
    found: dict[tuple[str, str], list[Evidence]] = {}
    papers = Evidence.objects.filter(
        subject__in=subjects, step__transition__in=list(batches), step__subject__in=subjects
    )
    for paper in papers.select_related("step").order_by("pk"):
        found.setdefault((paper.subject, batches[paper.step.transition]), []).append(paper)
    return found


def names_of_campaigns() -> dict[str, str]:
    """Names of campaigns by code, for figures."""
    return dict(Campaign.objects.values_list("code", "name"))
