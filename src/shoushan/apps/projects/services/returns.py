"""Monthly returns: three sums that must agree with each other and with the month before, counted from the month's last day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone

from shoushan.apps.projects import books
from shoushan.apps.projects.enums.projects import ReturnState
from shoushan.apps.projects.lifecycle import PHOTOS, REPORT, RETURNS, check_project_access
from shoushan.apps.projects.models import MonthlyReturn, Project
from shoushan.apps.projects.services.return_rules import problems_of_return, stop_of, unit_doubt
from shoushan.directory.actors import actor_code
from shoushan.lib import texts
from shoushan.lib.days import month_end
from shoushan.lifecycle.errors import GuardError, MissingError
from shoushan.lifecycle.numbering import next_code
from shoushan.lifecycle.services import advance, advance_many, begin

if TYPE_CHECKING:
    from shoushan.directory.models import User

RETURN_FIELDS: Final = (
    "month_fen",
    "year_fen",
    "total_fen",
    "progress",
    "workers",
    "problems",
    "next_step",
)


@transaction.atomic
def report_month(
    *,
    project: Project,
    month: date,
    values: Mapping[str, Any],
    actor: User | None,
    at: datetime,
    photos: Sequence[Any] = (),
    is_unit_sure: bool = True,
) -> MonthlyReturn:
    """Report a month, or report it again; the same once more changes nothing, unless photos come with it.

    Not `is_unit_sure`, an amount that looks like one in 亿元 is refused once, beside the field `unit_sure` that confirms it.

    Raises NotAllowedError, MissingError for sums that can't be right and photos that can't be taken, GuardError where the
    month is not open.
    """
    today = timezone.localtime(at).date()
    if actor is not None:
        check_project_access(actor, project, REPORT, today)
    Project.objects.select_for_update().get(pk=project.pk)  # two neighbouring months wait for each other
    there = MonthlyReturn.objects.filter(project=project, month=month).first()
    stop = stop_of(project, month, values, there=there, today=today)
    if stop is not None:
        raise GuardError(stop.sentence)
    problems = problems_of_return(project, month, values, there=there)
    if not is_unit_sure and (there is None or there.month_fen != values["month_fen"]):
        doubt = unit_doubt(project, month, values["month_fen"])
        problems |= {"unit_sure": doubt} if doubt else {}
    if problems:
        raise MissingError(problems)
    said = {name: values.get(name) for name in RETURN_FIELDS} | {
        name: texts.clean(values.get(name)) or "" for name in ("progress", "problems", "next_step")
    }
    if there is not None:
        return _report_again(there, said, photos, actor=actor, at=at)
    record = MonthlyReturn(
        code=next_code("PRG", on=month_end(month)),
        project=project,
        area_code=project.area_code,
        month=month,
        reported_by=actor,
        reported_at=at,
        **said,
    )
    begin(RETURNS, record, on=today, at=at, actor=actor, files={PHOTOS.name: photos})
    _count(project, actor=actor, at=at)
    return record


def _report_again(
    there: MonthlyReturn, said: dict[str, Any], photos: Sequence[Any], *, actor: User | None, at: datetime
) -> MonthlyReturn:
    is_same = all(getattr(there, name) == value for name, value in said.items())
    if is_same and not photos and there.state == ReturnState.REPORTED:
        return there
    if not is_same:
        for name, value in said.items():
            setattr(there, name, value)
        there.save(update_fields=list(said))
        _count(there.project, actor=actor, at=at)
    again: MonthlyReturn = advance(RETURNS, there.pk, "report_again", actor=actor, at=at, files={PHOTOS.name: photos})
    return again


def _count(project: Project, *, actor: User | None, at: datetime) -> None:
    books.sync([project.pk], at=at, actor=actor_code(actor))


@transaction.atomic
def review_many(*, codes: Sequence[str], actor: User, at: datetime) -> int:
    """Review returns that wait, all or none; those that somebody decided before are left alone. How many were."""
    found = MonthlyReturn.objects.filter(code__in=codes, state=ReturnState.REPORTED).order_by("pk")
    return len(advance_many(RETURNS, list(found.values_list("pk", flat=True)), "review", actor=actor, at=at))
