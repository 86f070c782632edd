"""Obstacles of projects: of one, of many, the red list of a campaign; the names that their public copies leave out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from shoushan.apps.projects.enums.obstacles import ObstacleCategory
from shoushan.apps.projects.enums.projects import MilestoneKey
from shoushan.apps.projects.models import Campaign, Obstacle, Project
from shoushan.casework.enums import OPEN, MatterState
from shoushan.casework.models import Matter
from shoushan.casework.selectors import visible_matters
from shoushan.deadlines.clock_pages import ClockLine, first_lines
from shoushan.directory import scopes
from shoushan.directory.models import User


def facts_of(matter: Matter) -> list[tuple[Any, Any]]:
    """What an obstacle says besides its words: what it holds up, and whether nothing goes on without it."""
    found = Obstacle.objects.filter(matter=matter).first()
    if found is None:
        return []
    facts: list[tuple[Any, Any]] = [(_("关键堵点"), _("是") if found.is_critical else _("否"))]
    return [*facts, (_("影响的节点"), MilestoneKey(found.holds_up).label)] if found.holds_up else facts


def category_of(matter: Matter) -> Any:
    """What an obstacle is about, in a word."""
    return dict(ObstacleCategory.choices).get(matter.category, matter.category)


def withheld_names(matter: Matter) -> Collection[str]:
    """The project and its owner, by present and former names: the public copy names neither."""
    project = Project.objects.filter(obstacles__matter=matter).first()
    if project is None:
        return (matter.about_name,)
    former = list(project.former_names.values_list("name", flat=True))
    return (matter.about_name, project.name, project.owner_name, *former)


def projects_led_by(user: User) -> QuerySet[Project]:
    """The projects for which a person's organisation speaks: it leads them."""
    return Project.objects.filter(lead=user.organisation_id) if user.organisation_id else Project.objects.none()


@dataclass(frozen=True, slots=True)
class ObstacleLine:
    """An obstacle as pages show it."""

    obstacle: Obstacle
    clock: ClockLine | None
    is_open_to: bool
    """May the reader open the matter?"""

    @property
    def matter(self) -> Matter:
        """The matter itself."""
        return self.obstacle.matter

    @property
    def category(self) -> Any:
        """What it is about, in a word."""
        return category_of(self.matter)

    @property
    def state(self) -> Any:
        """Where the matter is, in a word."""
        return MatterState(self.matter.state).label

    @property
    def is_open(self) -> bool:
        """Does it still stand in the way?"""
        return self.matter.state in OPEN

    @property
    def tone(self) -> str:
        """The colour of the state."""
        return "good" if not self.is_open else "late" if self.matter.is_late else "soon"


def obstacle_lines(found: Iterable[Obstacle], *, reader: User, at: datetime, on: date) -> list[ObstacleLine]:
    """Lines of obstacles, each with the clock that is due first."""
    obstacles = list(found)
    clocks = first_lines([each.matter.subject for each in obstacles], at=at)
    seen = visible_matters(reader, on=on).filter(pk__in=[each.matter_id for each in obstacles])
    visible = set(seen.values_list("pk", flat=True))
    return [ObstacleLine(each, clocks.get(each.matter.subject), each.matter_id in visible) for each in obstacles]


def obstacles_of(project: Project) -> QuerySet[Obstacle]:
    """Of one project: open ones first, critical ones before others, the newest first."""
    found = (
        Obstacle.objects.filter(project=project)
        .select_related("matter__lead")
        .exclude(matter__state__in=["MERGED", "WITHDRAWN"])
    )
    return found.order_by("-is_critical", "-matter__raised_at", "matter_id")


def open_counts(project_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """How many obstacles of each project are open, and how many of these are critical or late."""
    red = Q(is_critical=True) | Q(matter__is_late=True)
    found = Obstacle.objects.filter(project__in=project_ids, matter__state__in=OPEN).order_by().values("project_id")
    rows = found.annotate(open=Count("pk"), red=Count("pk", filter=red))
    return {row["project_id"]: (row["open"], row["red"]) for row in rows}


def red_obstacles(*, areas: Sequence[str]) -> QuerySet[Obstacle]:
    """Open obstacles within areas without which nothing goes on, or whose time is over."""
    found = Obstacle.objects.filter(scopes.within_any(areas, "project__area_code"), matter__state__in=OPEN)
    found = found.filter(Q(is_critical=True) | Q(matter__is_late=True)).select_related("matter__lead", "project")
    return found.order_by("-matter__is_late", "-is_critical", "matter__raised_at", "matter_id")


def red_of_campaign(campaign: Campaign, *, areas: Sequence[str]) -> QuerySet[Obstacle]:
    """Those of the projects of a campaign."""
    return red_obstacles(areas=areas).filter(project__in=campaign.items.values("project"))
