"""Daily returns that enterprises file themselves: at once in the figures, then approved and accepted; reminders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.apps.resumption.enums.filings import FilingState
from shoushan.apps.resumption.lifecycle import FILINGS
from shoushan.apps.resumption.lifecycle.applications import check_application_access
from shoushan.apps.resumption.lifecycle.filings import APPROVE
from shoushan.apps.resumption.lifecycle.regimes import limit
from shoushan.apps.resumption.models import DailyReturn, EnterpriseStanding, ReturnFiling, ReturnReminder
from shoushan.apps.resumption.selectors.contacts import REPRESENT
from shoushan.apps.resumption.selectors.filings import cut_off, missing_on
from shoushan.apps.resumption.selectors.locks import locks_of
from shoushan.apps.resumption.services.locks import use_exceptions
from shoushan.apps.resumption.services.returns import RETURN_FIELDS, Report, decimal, record_returns
from shoushan.directory.access import area_scope
from shoushan.directory.actors import actor_code
from shoushan.lifecycle.errors import GuardError, LifecycleError, MissingError, PolicyError
from shoushan.lifecycle.numbering import next_code
from shoushan.lifecycle.services import advance, advance_many, begin

if TYPE_CHECKING:
    from shoushan.directory.models import User
    from shoushan.registry.models import Enterprise

FILED_FIELDS: Final = (
    "staff_total",
    "at_work",
    "from_hubei",
    "from_other_provinces",
    "isolated",
    "supplies_days",
    "capacity_rate",
    "problems",
)
"""What an enterprise says every day; all else of its line stays as it was."""
PLACES: Final = {"supplies_days": 1, "capacity_rate": 2}


def hour_of_cut_off(*, area: str, on: date) -> float | None:
    """The hour laid down for the day; None where none is."""
    try:
        return limit("日报截止时间", area=area, on=on)
    except PolicyError:
        return None


def last_values(enterprise_id: int, *, as_of: date) -> dict[str, Any]:
    """What the form is filled with: the return of the day itself, else the newest one before it."""
    found = DailyReturn.objects.filter(enterprise_id=enterprise_id, as_of__lte=as_of).order_by("-as_of").first()
    return {name: getattr(found, name) for name in FILED_FIELDS} if found else {}


@transaction.atomic
def file_return(
    *, enterprise: Enterprise, as_of: date, values: Mapping[str, Any], actor: User, at: datetime
) -> ReturnFiling:
    """File the return of a day, or file it again; the same once more changes nothing.

    Raises NotAllowedError, MissingError for numbers that can't be right, GuardError where the day is not open.
    """
    on = timezone.localtime(at).date()
    standing = _standing(enterprise)
    draft = ReturnFiling(enterprise=enterprise, area_code=standing.area_code, as_of=as_of)
    check_application_access(actor, draft, REPRESENT, on)  # type: ignore[arg-type]  # asks for enterprise and area only
    _check_day(standing, as_of, on)
    _check_numbers(values)
    filing = ReturnFiling.objects.select_for_update().filter(enterprise=enterprise, as_of=as_of).first()
    if filing is not None and filing.state in {FilingState.APPROVED, FilingState.ACCEPTED}:
        words = {"day": as_of.isoformat(), "state": FilingState(filing.state).label}
        words["office"] = _("街道") if filing.state == FilingState.APPROVED else _("验收部门")
        raise GuardError(_("%(day)s 的日报“%(state)s”，不能直接修改；确需更正的，请联系%(office)s退回。") % words)
    is_sent_back = filing is not None and filing.state == FilingState.SENT_BACK
    if not is_sent_back and locks_of(as_of, [standing.area_code]).closes(standing.area_code, enterprise.pk):
        raise GuardError(_("%(day)s 的日报已经锁定，确需更正的，请主管部门批准例外。") % {"day": as_of.isoformat()})
    report = _report(standing, as_of, values)
    if filing is not None and filing.state == FilingState.FILED and _is_recorded(report, as_of):
        return filing
    record_returns([report], as_of=as_of, source_id=None, at=at, actor=actor_code(actor))
    use_exceptions([enterprise.pk], as_of=as_of, at=at)
    if filing is not None:
        again: ReturnFiling = advance(FILINGS, filing.pk, "file_again", actor=actor, at=at)
        return again
    end = cut_off(as_of, hour_of_cut_off(area=standing.area_code, on=as_of))
    draft.code, draft.filed_by, draft.filed_at = next_code("RTN", on=as_of), actor, at
    draft.is_late = end is not None and at > end
    return begin(FILINGS, draft, on=on, at=at, actor=actor)


def _standing(enterprise: Enterprise) -> EnterpriseStanding:
    found = EnterpriseStanding.objects.select_related("enterprise").filter(pk=enterprise.pk).first()
    if found is None or found.resumed_on is None:
        raise GuardError(_("企业尚未确认复工，复工首日经街道确认后再填报日报。"))
    return found


def _check_day(standing: EnterpriseStanding, as_of: date, on: date) -> None:
    words: dict[str, Any] = {"day": as_of.isoformat()}
    if as_of > on:
        raise GuardError(_("%(day)s 还没有到，请在当日填报。") % words)
    if standing.resumed_on and as_of < standing.resumed_on:
        words["first"] = standing.resumed_on.isoformat()
        raise GuardError(_("%(day)s 早于复工首日 %(first)s，不需填报。") % words)
    try:
        words["most"] = int(limit("日报补报天数", area=standing.area_code, on=on))
    except PolicyError:
        return
    if as_of < on - timedelta(days=words["most"]):
        raise GuardError(_("%(day)s 的日报已过 %(most)d 天补报期，请联系街道更正。") % words)


def _check_numbers(values: Mapping[str, Any]) -> None:
    problems: dict[str, str] = {}
    total, at_work = values.get("staff_total"), values.get("at_work")
    if total is None:
        problems["staff_total"] = _("请填写职工总数。")
    if at_work is None:
        problems["at_work"] = _("请填写返岗人数。")
    if total is not None and at_work is not None and at_work > total:
        words = {"at_work": at_work, "total": total}
        problems["at_work"] = _("返岗 %(at_work)d 人多于职工总数 %(total)d 人，请核对。") % words
    if total is not None:
        for name in ("from_hubei", "from_other_provinces", "isolated"):
            if (values.get(name) or 0) > total:
                problems[name] = _("多于职工总数 %(total)d 人，请核对。") % {"total": total}
    if problems:
        raise MissingError(problems)


def _report(standing: EnterpriseStanding, as_of: date, values: Mapping[str, Any]) -> Report:
    before = DailyReturn.objects.filter(enterprise_id=standing.pk, as_of__lte=as_of).order_by("-as_of").first()
    kept = {name: getattr(before, name) for name in RETURN_FIELDS} if before else _nothing()
    said = {name: values.get(name) for name in FILED_FIELDS} | {"problems": values.get("problems") or ""}
    for name, places in PLACES.items():
        said[name] = decimal(said[name], places)
    line = kept | said | {"resumed_on": standing.resumed_on}
    enterprise = standing.enterprise
    return Report(enterprise.pk, enterprise.code, standing.area_code, tuple(line[name] for name in RETURN_FIELDS), None)


def _nothing() -> dict[str, Any]:
    texts = ("industry_department", "check_result", "permit_number", "sponsor", "service_officer", "problems", "note")
    return dict.fromkeys(RETURN_FIELDS) | dict.fromkeys(texts, "")


def _is_recorded(report: Report, as_of: date) -> bool:
    there = DailyReturn.objects.filter(enterprise_id=report.enterprise_id, as_of=as_of).values_list(*RETURN_FIELDS)
    return there.first() == report.values


# ---- those who answer for it ------------------------------------------------------------------------------
@transaction.atomic
def decide_filings(*, codes: Sequence[str], step: str, actor: User, at: datetime) -> int:
    """Approve or accept many at once, all or none; those that somebody decided before are left alone. How many were."""
    if step not in {"approve", "accept"}:
        raise LifecycleError(_("没有“%(name)s”这一步，请刷新页面后重新选择。") % {"name": step})
    waiting = FilingState.FILED if step == "approve" else FilingState.APPROVED
    found = ReturnFiling.objects.filter(code__in=codes, state=waiting).order_by("pk").values_list("pk", flat=True)
    return len(advance_many(FILINGS, list(found), step, actor=actor, at=at))


@transaction.atomic
def remind(*, day: date, codes: Iterable[str] = (), area: str = "", actor: User, at: datetime) -> int:
    """Remind enterprises within the officer's areas that sent no return of a day: those named, else all. Each once."""
    areas = area_scope(actor, APPROVE, on=timezone.localtime(at).date())
    missing = missing_on(day, areas=areas, area=area).exclude(enterprise__reminders__as_of=day)
    named = list(codes)
    numbers = (missing.filter(enterprise__code__in=named) if named else missing).values_list("pk", flat=True)
    made = [ReturnReminder(enterprise_id=pk, as_of=day, reminded_at=at, reminded_by=actor) for pk in numbers]
    ReturnReminder.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)
