"""Difficulties raised by enterprises and found on visits; who serves an enterprise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.apps.resumption.lifecycle import DIFFICULTY
from shoushan.apps.resumption.models import EnterpriseStanding, EnterpriseVisit, FundsNeed
from shoushan.apps.resumption.selectors.difficulties import OFFICER_DUTY, officer_of
from shoushan.casework.services import Complaint, raise_matter
from shoushan.directory.access import check_permission
from shoushan.directory.enums import TargetKind
from shoushan.directory.services import assign_responsibility, end_responsibility
from shoushan.lifecycle.errors import MissingError

if TYPE_CHECKING:
    from shoushan.casework.models import Matter
    from shoushan.directory.models import Organisation, Responsibility, User
    from shoushan.registry.models import Enterprise

MOST_MONTHS = 360


@dataclass(frozen=True, slots=True)
class Funds:
    """What a difficulty with funds says: money in fen, months, use."""

    amount_fen: int | None
    term_months: int | None
    purpose: str


@dataclass(frozen=True, slots=True)
class Difficulty:
    """What is raised of an enterprise."""

    category: str
    text: str
    source: str
    funds: Funds | None = None


@transaction.atomic
def raise_difficulty(*, enterprise: Enterprise, difficulty: Difficulty, actor: User | None, at: datetime) -> Matter:
    """A difficulty of an enterprise, in the subdistrict in which it lies; one with funds says how much, how long, what for.

    Raises NotAllowedError, MissingError with a sentence for each field, or GuardError.
    """
    funds = _checked_funds(difficulty.funds) if DIFFICULTY.top(difficulty.category) == "FUNDS" else None
    complaint = Complaint(
        about=enterprise.subject,
        about_name=enterprise.name,
        area_code=_area_of(enterprise),
        category=difficulty.category,
        text=difficulty.text,
        source=difficulty.source,
        industry_code=enterprise.industry_code,
    )
    matter = raise_matter(DIFFICULTY, complaint, at=at, actor=actor)
    if funds is not None:
        FundsNeed.objects.create(matter=matter, enterprise=enterprise, **funds)
    return matter


def _area_of(enterprise: Enterprise) -> str:
    standing = EnterpriseStanding.objects.filter(enterprise=enterprise).first()
    return standing.area_code if standing else enterprise.area_code


def _checked_funds(funds: Funds | None) -> dict[str, Any]:
    asked = funds or Funds(None, None, "")
    problems: dict[str, str] = {}
    if not asked.amount_fen or asked.amount_fen <= 0:
        problems["amount"] = _("请填写资金需求，应大于 0。")
    if not asked.term_months or not 0 < asked.term_months <= MOST_MONTHS:
        problems["term_months"] = _("请填写期限，应在 1 至 %(most)d 个月之间。") % {"most": MOST_MONTHS}
    if not asked.purpose.strip():
        problems["purpose"] = _("请填写资金用途。")
    if problems:
        raise MissingError(problems)
    return {"amount_fen": asked.amount_fen, "term_months": asked.term_months, "purpose": asked.purpose.strip()}


@dataclass(frozen=True, slots=True)
class Visit:
    """What is recorded of a visit."""

    visited_at: datetime
    form: str
    organisations: Sequence[Organisation]
    note: str
    next_on: date | None = None
    difficulties: Sequence[Difficulty] = ()


@transaction.atomic
def record_visit(*, enterprise: Enterprise, visit: Visit, actor: User, at: datetime) -> EnterpriseVisit:
    """A visit with the difficulties found on the spot; all of it or nothing. Raises NotAllowedError or MissingError."""
    area = _area_of(enterprise)
    check_permission(actor, "resumption.record_visit", on=timezone.localtime(at).date(), area=area)
    if visit.visited_at > at:
        raise MissingError({"visited_at": _("走访时间还没有到，请核对。")})
    if not visit.organisations:
        raise MissingError({"organisations": _("请选择参加走访的单位。")})
    if visit.next_on is not None and visit.next_on <= timezone.localtime(visit.visited_at).date():
        raise MissingError({"next_on": _("下次走访应在本次走访以后，请核对。")})
    record = EnterpriseVisit.objects.create(
        enterprise=enterprise,
        area_code=area,
        visited_at=visit.visited_at,
        form=visit.form,
        note=visit.note.strip(),
        next_on=visit.next_on,
        recorded_by=actor,
        recorded_at=at,
    )
    record.organisations.set(visit.organisations)
    raised = [
        raise_difficulty(enterprise=enterprise, difficulty=each, actor=actor, at=at) for each in visit.difficulties
    ]
    record.matters.set(raised)
    return record


@transaction.atomic
def appoint_officer(*, enterprise: Enterprise, officer: User, since: date, actor: User) -> Responsibility:
    """From a day on this person serves the enterprise (服务专员); whoever did before ends the day before.

    Raises NotAllowedError, or DirectoryError for spans that can't be.
    """
    check_permission(actor, "resumption.appoint_officer", on=since, area=_area_of(enterprise))
    before = officer_of(enterprise, on=since)
    if before is not None:
        if before.leader_id == officer.pk:
            return before
        if before.valid_from >= since:
            raise MissingError(
                {"since": _("现任服务专员自 %(day)s 起服务，请选择更晚的日期。") % {"day": before.valid_from}}
            )
        end_responsibility(responsibility=before, last_day=since - timedelta(days=1))
    return assign_responsibility(
        leader=officer,
        target_kind=TargetKind.ENTERPRISE,
        target_code=enterprise.code,
        is_primary=False,
        duties=OFFICER_DUTY,
        valid_from=since,
    )
