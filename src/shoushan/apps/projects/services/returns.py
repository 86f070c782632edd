"""Monthly returns: three sums that must agree with each other and with the month before, counted from the month's last day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.apps.projects import books
from shoushan.apps.projects.enums.projects import ProjectStage, ReturnState
from shoushan.apps.projects.lifecycle import PHOTOS, REPORT, RETURNS, check_project_access
from shoushan.apps.projects.models import MonthlyReturn, Project
from shoushan.apps.projects.selectors.returns import halted_in, opening_of
from shoushan.directory.actors import actor_code
from shoushan.lib import texts
from shoushan.lib.days import month_end
from shoushan.lib.money import from_fen
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


def problems_of_return(project: Project, month: date, values: Mapping[str, Any]) -> dict[str, str]:
    """What can't be right in a return, by field: sums against each other, last month, plan and halts (handbook D2, D6)."""
    found: dict[str, str] = {}
    halted = halted_in(project, month) if values["month_fen"] else None
    if halted is not None and halted[1]:
        words = {"day": halted[0].isoformat(), "month": f"{month:%Y-%m}"}
        found["month_fen"] = (
            _("项目自 %(day)s 起停建缓建，%(month)s 整月停工，不应有完成投资；已恢复建设的，请先办理“恢复建设”。")
            % words
        )
    month_fen, year_fen, total_fen = values["month_fen"], values["year_fen"], values["total_fen"]
    opening = opening_of(project, month)
    words = {"before": _wan(opening.year_fen), "month": _wan(month_fen), "year": _wan(year_fen)}
    if opening.is_known and year_fen != opening.year_fen + month_fen:
        found["year_fen"] = (
            _("本年累计 %(year)s 万元应等于上月累计 %(before)s 万元加本月完成 %(month)s 万元，请核对。") % words
        )
    elif year_fen < month_fen:
        found["year_fen"] = _("本年累计 %(year)s 万元小于本月完成 %(month)s 万元，请核对。") % words
    if total_fen < opening.total_fen:
        words = {"before": _wan(opening.total_fen), "total": _wan(total_fen)}
        found["total_fen"] = (
            _("自开工累计 %(total)s 万元小于上期累计 %(before)s 万元，累计数不会减少，请核对。") % words
        )
    elif total_fen < year_fen:
        words = {"year": _wan(year_fen), "total": _wan(total_fen)}
        found["total_fen"] = _("自开工累计 %(total)s 万元小于本年累计 %(year)s 万元，请核对。") % words
    elif opening.plan_total_fen and total_fen > opening.plan_total_fen:
        words = {"plan": _wan(opening.plan_total_fen), "total": _wan(total_fen)}
        found["total_fen"] = (
            _("自开工累计 %(total)s 万元大于批准的总投资 %(plan)s 万元，请核对，或先办理计划调整。") % words
        )
    if not texts.clean(values.get("progress")):
        found["progress"] = _("请填写形象进度。")
    return found


def _wan(fen: int) -> str:
    """Fen as 万元, without needless zeros."""
    return f"{from_fen(fen, '万元').normalize():,f}"


@transaction.atomic
def report_month(
    *,
    project: Project,
    month: date,
    values: Mapping[str, Any],
    actor: User | None,
    at: datetime,
    photos: Sequence[Any] = (),
) -> MonthlyReturn:
    """Report a month, or report it again; the same once more changes nothing, unless photos come with it.

    Raises NotAllowedError, MissingError for sums that can't be right and photos that can't be taken, GuardError where the
    month is not open.
    """
    today = timezone.localtime(at).date()
    if actor is not None:
        check_project_access(actor, project, REPORT, today)
    _check_month(project, month, today)
    problems = problems_of_return(project, month, values)
    if problems:
        raise MissingError(problems)
    there = MonthlyReturn.objects.select_for_update().filter(project=project, month=month).first()
    if there is not None and there.state == ReturnState.REVIEWED:
        raise GuardError(_("%(month)s 的月报已审核，确需更正的，请审核单位先退回。") % {"month": f"{month:%Y-%m}"})
    said = {name: values.get(name) for name in RETURN_FIELDS} | {
        name: texts.clean(values.get(name)) or "" for name in ("progress", "problems", "next_step")
    }
    if there is not None:
        return _report_again(there, said, photos, actor=actor, at=at)
    _check_later(project, month)
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
        _check_later(there.project, there.month)
        for name, value in said.items():
            setattr(there, name, value)
        there.save(update_fields=list(said))
        _count(there.project, actor=actor, at=at)
    again: MonthlyReturn = advance(RETURNS, there.pk, "report_again", actor=actor, at=at, files={PHOTOS.name: photos})
    return again


def _check_month(project: Project, month: date, today: date) -> None:
    words: dict[str, Any] = {"month": f"{month:%Y-%m}", "name": project.name}
    if month_end(month) > today:
        raise GuardError(_("%(month)s 还没有结束，月报在月底以后填报。") % words)
    if project.state == ProjectStage.WITHDRAWN:
        raise GuardError(_("“%(name)s”已退出，不再填报月报。") % words)
    first = project.memberships.order_by("since").first()
    if first is None or date(first.year, 1, 1) > month:
        raise GuardError(_("“%(name)s”在 %(month)s 还没有列入清单，不需填报。") % words)


def _check_later(project: Project, month: date) -> None:
    """A month is corrected before those that follow from it."""
    later = project.returns.filter(month__gt=month, month__year=month.year).order_by("-month").first()
    if later is not None:
        words = {"month": f"{month:%Y-%m}", "later": f"{later.month:%Y-%m}"}
        raise GuardError(
            _("%(later)s 的月报已按 %(month)s 的累计数填报；要改 %(month)s，请从最近一个月起逐月退回重报。") % words
        )


def _count(project: Project, *, actor: User | None, at: datetime) -> None:
    books.sync([project.pk], at=at, actor=actor_code(actor))


@transaction.atomic
def review_many(*, codes: Sequence[str], actor: User, at: datetime) -> int:
    """Review returns that wait, all or none; those that somebody decided before are left alone. How many were."""
    found = MonthlyReturn.objects.filter(code__in=codes, state=ReturnState.REPORTED).order_by("pk")
    return len(advance_many(RETURNS, list(found.values_list("pk", flat=True)), "review", actor=actor, at=at))
