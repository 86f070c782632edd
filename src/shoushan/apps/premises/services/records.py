"""Tax of a year, headquarters, visits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.apps.premises import books
from shoushan.apps.premises.enums.buildings import TaxScope
from shoushan.apps.premises.lifecycle import CONCERN
from shoushan.apps.premises.models import Building, BuildingTax, BuildingVisit, Headquarters
from shoushan.apps.premises.services.buildings import check_may, entering
from shoushan.casework.enums import Source
from shoushan.casework.services import Complaint, raise_matter
from shoushan.lifecycle.errors import MissingError

if TYPE_CHECKING:
    from shoushan.directory.models import User
    from shoushan.registry.models import Enterprise

TAX: Final = "premises.enter_tax"
FIRST_YEAR: Final = 2000


def problems_of_tax(*, year: int, scope: str, amount_fen: int, today: date) -> dict[str, str]:
    """What can't be right of a yearly figure."""
    found: dict[str, str] = {}
    if not FIRST_YEAR <= year < today.year:
        words = {"first": FIRST_YEAR, "last": today.year - 1}
        found["year"] = _("年度应在 %(first)d 至 %(last)d 之间；当年的税收在年度结束以后录入。") % words
    if scope not in TaxScope.values:
        found["scope"] = _("请选择税收口径。")
    if amount_fen < 0:
        found["amount_fen"] = _("税收不应小于 0。")
    return found


@transaction.atomic
def enter_tax(
    building: Building, *, year: int, scope: str, amount_fen: int, reason: str, actor: User | None, at: datetime
) -> BuildingTax:
    """The tax of a full year; another amount corrects it with a reason, the same again changes nothing.

    Raises NotAllowedError, MissingError.
    """
    check_may(actor, TAX, building.area_code, at)
    problems = problems_of_tax(year=year, scope=scope, amount_fen=amount_fen, today=timezone.localtime(at).date())
    newest = building.taxes.filter(year=year, scope=scope).order_by("-revision").first()
    if newest is not None and newest.amount_fen == amount_fen:
        return newest
    if newest is not None and not reason.strip():
        problems["reason"] = _("这一年已经录入，改动请写明更正原因。")
    if problems:
        raise MissingError(problems)
    made = BuildingTax.objects.create(
        building=building,
        year=year,
        scope=scope,
        revision=newest.revision + 1 if newest else 1,
        amount_fen=amount_fen,
        reason=reason.strip() if newest else "",
        entered_at=at,
        entered_by=actor,
    )
    books.sync(entering(actor, at), buildings=[building.pk])
    return made


@transaction.atomic
def enter_headquarters(
    enterprise: Enterprise, *, level: str, since: date, document: str, actor: User | None, at: datetime
) -> Headquarters:
    """Recognise an enterprise as a headquarters. Raises NotAllowedError, MissingError."""
    check_may(actor, TAX, settings.DISTRICT_CODE, at)
    problems: dict[str, str] = {}
    if since > timezone.localtime(at).date():
        problems["since"] = _("认定日期还没有到，请核对。")
    if not document.strip():
        problems["document"] = _("请填写认定文件的文号或名称。")
    # One without an end holds on every day from its first on: whatever has not ended before it overlaps.
    same = Headquarters.objects.filter(enterprise=enterprise, level=level).exclude(last_on__lt=since)
    other = same.filter(last_on__isnull=True).first() or same.order_by("last_on").last()
    if other is not None and other.last_on is not None:
        words = {"since": other.since.isoformat(), "last": other.last_on.isoformat()}
        message = _("这家企业在这一级 %(since)s 至 %(last)s 已有认定，认定日期应在这段时间以后，请核对。")
        problems["since"] = message % words
    elif other is not None:
        problems["enterprise"] = _("这家企业在这一级已经认定。")
    if problems:
        raise MissingError(problems)
    made = Headquarters.objects.create(
        enterprise=enterprise, level=level, since=since, document=document.strip(), entered_at=at
    )
    books.sync(entering(actor, at), tenants=[enterprise.pk])
    return made


@transaction.atomic
def withdraw_headquarters(record: Headquarters, *, last_on: date, actor: User | None, at: datetime) -> Headquarters:
    """The last day of a recognition. Raises NotAllowedError, MissingError."""
    check_may(actor, TAX, settings.DISTRICT_CODE, at)
    today = timezone.localtime(at).date()
    if not record.since <= last_on <= today:
        words = {"first": record.since.isoformat(), "last": today.isoformat()}
        raise MissingError({"last_on": _("最后一日应在 %(first)s 至 %(last)s 之间，请核对。") % words})
    record.last_on = last_on
    record.save(update_fields=["last_on"])
    books.sync(entering(actor, at), tenants=[record.enterprise_id])
    return record


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visit; with a category its concern is raised as a matter."""

    visited_on: date
    found: str
    next_step: str = ""
    next_on: date | None = None
    enterprise: Enterprise | None = None
    category: str = ""
    concern: str = ""


@transaction.atomic
def record_visit(building: Building, line: VisitLine, *, actor: User | None, at: datetime) -> BuildingVisit:
    """A visit, with the concern found on the spot as a matter of its own. Raises NotAllowedError, MissingError, GuardError."""
    check_may(actor, CONCERN.apply_permission, building.area_code, at)
    problems: dict[str, str] = {}
    if line.visited_on > timezone.localtime(at).date():
        problems["visited_on"] = _("走访日期还没有到，请核对。")
    if not line.found.strip():
        problems["found"] = _("请写明走访情况。")
    if line.next_on is not None and line.next_on <= line.visited_on:
        problems["next_on"] = _("下次走访应在本次走访以后，请核对。")
    if bool(line.category) != bool(line.concern.strip()):
        problems["concern"] = _("转办诉求要同时选择类别、写明具体问题。")
    if problems:
        raise MissingError(problems)
    matter = None
    if line.category:
        complaint = Complaint(
            about=building.subject,
            about_name=building.name,
            area_code=building.area_code,
            category=line.category,
            text=line.concern.strip(),
            source=Source.VISIT,
        )
        matter = raise_matter(CONCERN, complaint, at=at, actor=actor)
    return BuildingVisit.objects.create(
        building=building,
        enterprise=line.enterprise,
        visited_on=line.visited_on,
        organisation=actor.organisation if actor else None,
        found=line.found.strip(),
        next_step=line.next_step.strip(),
        next_on=line.next_on,
        matter=matter,
        recorded_at=at,
        recorded_by=actor,
    )
