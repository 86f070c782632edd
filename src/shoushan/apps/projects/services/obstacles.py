"""Raising an obstacle of a project; what follows is taken as steps of the matter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from shoushan.apps.projects.enums.projects import MilestoneKey, ProjectStage
from shoushan.apps.projects.lifecycle import OBSTACLE
from shoushan.apps.projects.models import Obstacle, Project
from shoushan.casework.services import Complaint, raise_matter
from shoushan.lifecycle.errors import GuardError, MissingError

if TYPE_CHECKING:
    from shoushan.directory.models import User


@dataclass(frozen=True, slots=True)
class NewObstacle:
    """What is said of an obstacle: category, words, how it was learnt of, what it holds up."""

    category: str
    text: str
    source: str
    holds_up: str = ""
    is_critical: bool = False


@transaction.atomic
def raise_obstacle(*, project: Project, said: NewObstacle, actor: User | None, at: datetime) -> Obstacle:
    """An obstacle of a project as a matter in the subdistrict in which the project lies, sent on by the rule.

    Raises NotAllowedError, MissingError with a sentence for each field, or GuardError.
    """
    if project.state == ProjectStage.WITHDRAWN:
        raise GuardError(_("“%(name)s”已退出，不再登记堵点。") % {"name": project.name})
    if said.holds_up and said.holds_up not in MilestoneKey.values:
        raise MissingError({"holds_up": _("请选择节点。")})
    if said.is_critical and not said.holds_up:
        raise MissingError({"holds_up": _("关键堵点请写明影响哪个节点。")})
    complaint = Complaint(
        about=project.subject,
        about_name=project.name,
        area_code=project.area_code,
        category=said.category,
        text=said.text,
        source=said.source,
    )
    matter = raise_matter(OBSTACLE, complaint, at=at, actor=actor)
    return Obstacle.objects.create(matter=matter, project=project, holds_up=said.holds_up, is_critical=said.is_critical)
