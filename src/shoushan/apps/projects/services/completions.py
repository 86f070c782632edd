"""Stating the premises of projects that are or will be completed: never a completion itself, which takes its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from shoushan.apps.projects.enums.projects import MilestoneKey
from shoushan.apps.projects.lifecycle import CONFIRM, REPORT, check_project_access, is_office
from shoushan.apps.projects.models import CompletionStatement, Project
from shoushan.apps.projects.services.plans import enter_milestone
from shoushan.directory.access import NotAllowedError
from shoushan.lifecycle.errors import GuardError

if TYPE_CHECKING:
    from shoushan.directory.models import User


@dataclass(frozen=True, slots=True)
class Said:
    """What is stated of one project; None leaves a day or an area unsaid."""

    expected_on: date | None = None
    area_sqm: int | None = None
    lettable_sqm: int | None = None
    absorbed_sqm: int | None = None
    prospects: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """As of which day, when and by whom it was stated, and in which file."""

    day: date
    at: datetime
    actor: User | None
    reason: str
    source_id: int | None = None
    source_row: int | None = None


def check_may_state(actor: User, project: Project, *, on: date) -> None:
    """Raise NotAllowedError unless this person reports the project or belongs to the office that confirms stages."""
    try:
        check_project_access(actor, project, REPORT, on)
    except NotAllowedError:
        if not is_office(actor, CONFIRM, on=on):
            raise


@transaction.atomic
def state_completion(project: Project, said: Said, origin: Origin) -> None:
    """State what is known of a completion as of a day, and the day on which it is expected.

    Raises NotAllowedError, and GuardError where the day expected is over: a completion is confirmed by its evidence.
    """
    if origin.actor is not None:
        check_may_state(origin.actor, project, on=origin.day)
    if said.expected_on is not None and said.expected_on <= origin.day:
        words = {"day": said.expected_on.isoformat()}
        raise GuardError(_("预计竣工时间 %(day)s 已经过了，竣工请在项目页面凭竣工验收备案表确认。") % words)
    areas = (said.area_sqm, said.lettable_sqm, said.absorbed_sqm)
    there = project.completion_statements.filter(stated_on__lte=origin.day).order_by("stated_on", "revision").last()
    before = (there.area_sqm, there.lettable_sqm, there.absorbed_sqm, there.prospects) if there else (None,) * 3 + ("",)
    if (*areas, said.prospects) != before:
        of_day = project.completion_statements.filter(stated_on=origin.day).order_by("revision").last()
        CompletionStatement.objects.create(
            project=project,
            stated_on=origin.day,
            revision=of_day.revision + 1 if of_day else 1,
            area_sqm=said.area_sqm,
            lettable_sqm=said.lettable_sqm,
            absorbed_sqm=said.absorbed_sqm,
            prospects=said.prospects,
            entered_at=origin.at,
            entered_by=origin.actor,
            source_id=origin.source_id,
            source_row=origin.source_row,
        )
    if said.expected_on is not None:
        _expect(project, said.expected_on, origin)


def _expect(project: Project, day: date, origin: Origin) -> None:
    """The first day that is named is the plan; a later one moves what is expected, the plan stays."""
    key = MilestoneKey.ACCEPTANCE
    newest = project.milestones.filter(key=key).order_by("-revision").first()
    if newest is None:
        said = (day, None, None)
    elif day == (newest.forecast_on or newest.planned_on):
        return
    else:
        said = (newest.planned_on, day if day != newest.planned_on else None, newest.actual_on)  # type: ignore[assignment]
    enter_milestone(project, key, said, reason=origin.reason[:300], actor=origin.actor, at=origin.at)
