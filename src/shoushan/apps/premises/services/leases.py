"""Rooms are let, leases end, tenants are registered here or elsewhere; all of it for any day, past or to come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.apps.premises import books
from shoushan.apps.premises.enums.buildings import EndingKind
from shoushan.apps.premises.models import Lease, LeaseEnding, TenantRegistration, TenantTaxation, Unit
from shoushan.apps.premises.models.buildings import in_sqm
from shoushan.apps.premises.services.buildings import MANAGE, check_may, entering
from shoushan.lifecycle.errors import GuardError, MissingError
from shoushan.lifecycle.numbering import next_code

if TYPE_CHECKING:
    from shoushan.directory.models import User
    from shoushan.registry.models import Enterprise

FURTHEST: Final = timedelta(days=366 * 2)
"""A lease that begins later than this is a typing error."""


@dataclass(frozen=True, slots=True)
class LeaseLine:
    """A lease that is entered; without an area it is that of the whole room."""

    tenant: Enterprise
    since: date
    until: date | None
    area_sqdm: int | None = None
    rent_fen: int | None = None
    document: str = ""
    is_registered_here: bool | None = None
    """None leaves what is known of the tenant's registration."""
    is_taxed_here: bool | None = None
    """None leaves what is known of where it pays its tax."""
    source_id: int | None = None
    ended_on: date | None = None
    """The last day of a lease that is entered when it is over already, before its agreed day."""
    end_reason: str = ""

    @property
    def last_on(self) -> date | None:
        """The last day that counts."""
        return self.ended_on or self.until


def problems_of_lease(
    unit: Unit, line: LeaseLine, *, today: date, others: Iterable[Lease] | None = None
) -> dict[str, str]:
    """What can't be right of a lease, by field (handbook E7); `others` are the room's leases where they are at hand."""
    found: dict[str, str] = {}
    area = line.area_sqdm if line.area_sqdm is not None else unit.area_sqdm
    if area <= 0:
        found["area_sqdm"] = _("承租面积应大于 0。")
    elif area > unit.area_sqdm:
        sizes = {"area": in_sqm(area), "room": in_sqm(unit.area_sqdm)}
        found["area_sqdm"] = _("承租面积 %(area)s 平方米大于房间面积 %(room)s 平方米，请核对。") % sizes
    if line.until is not None and line.until < line.since:
        found["until"] = _("约定到期日早于起租日期，请核对。")
    elif line.ended_on is not None and not line.since <= line.ended_on <= (line.until or line.ended_on):
        words = {"first": line.since.isoformat(), "last": line.until.isoformat() if line.until else _("今")}
        found["ended_on"] = _("退租日期应在 %(first)s 至 %(last)s 之间，请核对。") % words
    if line.ended_on is not None and not line.end_reason.strip():
        found["end_reason"] = _("请写明退租的原因。")
    if line.since > today + FURTHEST:
        found["since"] = _("起租日期在两年以后，请核对年份。")
    ends = [day for day in (unit.valid_to, _day_before(unit.building.closed_on)) if day]
    last = min(ends, default=None)
    if line.since < unit.valid_from or (last is not None and (line.last_on is None or line.last_on > last)):
        words = {"first": unit.valid_from.isoformat(), "last": last.isoformat() if last else _("今")}
        found["since"] = _("房间自 %(first)s 至 %(last)s 在册，租期不在其内，请核对。") % words
    if others is None:
        others = unit.leases.select_related("tenant").order_by("since")
    return found or _problem_of_others(line, others)


def _day_before(day: date | None) -> date | None:
    return day - timedelta(days=1) if day else None


def _problem_of_others(line: LeaseLine, others: Iterable[Lease]) -> dict[str, str]:
    """A room is let once on a day."""
    for other in others:
        ends_before = other.last_on is not None and other.last_on < line.since
        begins_after = line.last_on is not None and other.since > line.last_on
        if other.was_cancelled or ends_before or begins_after:
            continue
        words = {
            "tenant": other.tenant.name,
            "since": other.since.isoformat(),
            "last": other.last_on.isoformat() if other.last_on else _("长期"),
        }
        message = _("这间房 %(since)s 至 %(last)s 已租给“%(tenant)s”，一天只能租给一家；已退租的请先登记退租。")
        return {"since": message % words}
    return {}


@transaction.atomic
def enter_lease(unit: Unit, line: LeaseLine, *, actor: User | None, at: datetime) -> Lease:
    """Let a room; it is let on every day of the lease, past or to come. Raises NotAllowedError, MissingError."""
    (lease,) = enter_leases([(unit, line)], actor=actor, at=at)
    return lease


@transaction.atomic
def enter_leases(lines: Sequence[tuple[Unit, LeaseLine]], *, actor: User | None, at: datetime) -> list[Lease]:
    """Let many rooms, all or none; the ledger is brought into line once. Raises NotAllowedError, MissingError."""
    made = [_enter(unit, line, actor=actor, at=at) for unit, line in lines]
    units, tenants = {each.unit_id for each in made}, {each.tenant_id for each in made}
    books.sync(entering(actor, at), units=units, tenants=tenants)
    return made


def _enter(unit: Unit, line: LeaseLine, *, actor: User | None, at: datetime) -> Lease:
    check_may(actor, MANAGE, unit.building.area_code, at)
    unit = Unit.objects.select_for_update(of=("self",)).select_related("building").get(pk=unit.pk)
    problems = problems_of_lease(unit, line, today=timezone.localtime(at).date())
    if problems:
        raise MissingError(problems)
    lease = Lease.objects.create(
        code=next_code("LSE", on=line.since),
        unit=unit,
        tenant=line.tenant,
        since=line.since,
        until=line.until,
        last_on=line.last_on,
        area_sqdm=line.area_sqdm if line.area_sqdm is not None else unit.area_sqdm,
        rent_fen=line.rent_fen,
        document=line.document.strip(),
        entered_at=at,
        entered_by=actor,
        source_id=line.source_id,
    )
    _withdraw_offers(lease)
    if line.last_on is not None and line.last_on != line.until:
        _record_ending(lease, EndingKind.EARLY, line.last_on, line.end_reason, actor=actor, at=at)
    if line.is_registered_here is not None:
        _state(TenantRegistration, line.tenant, line.since, is_here=line.is_registered_here, actor=actor, at=at)
    if line.is_taxed_here is not None:
        _state(TenantTaxation, line.tenant, line.since, is_here=line.is_taxed_here, actor=actor, at=at)
    return lease


@transaction.atomic
def end_lease(
    lease: Lease, *, kind: str, last_on: date | None, reason: str, actor: User | None, at: datetime
) -> LeaseEnding:
    """A lease ended before its agreed day, or was never carried out; the lease as agreed stays.

    An ending that was too early may be corrected up to the agreed day, where nothing was let in between. Raises
    NotAllowedError, MissingError; GuardError for one that was never carried out.
    """
    check_may(actor, MANAGE, lease.unit.building.area_code, at)
    lease = Lease.objects.select_for_update(of=("self",)).select_related("unit__building", "tenant").get(pk=lease.pk)
    if lease.was_cancelled:
        raise GuardError(_("这份租约已撤销，不能再登记退租。"))
    day = lease.since - timedelta(days=1) if kind == EndingKind.CANCELLED else last_on
    problems = {} if reason.strip() else {"reason": _("请写明退租的原因。")}
    if kind not in EndingKind.values:
        problems["kind"] = _("请选择退租方式。")
    if day is None:
        problems["last_on"] = _("请填写最后一日。")
    elif kind != EndingKind.CANCELLED and (problem := _problem_of_ending(lease, day)):
        problems["last_on"] = problem
    if problems or day is None:
        raise MissingError(problems)
    ending = _record_ending(lease, kind, day, reason, actor=actor, at=at)
    lease.last_on = day
    lease.save(update_fields=["last_on"])
    books.sync(entering(actor, at), units=[lease.unit_id], tenants=[lease.tenant_id])
    return ending


def _withdraw_offers(lease: Lease) -> None:
    """Letting a room ends its offer to investors, from the first day of the lease and for good."""
    standing = Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=lease.since)
    for offer in lease.unit.offers.filter(standing):
        if lease.last_on is None or lease.last_on >= offer.released_on:
            offer.withdrawn_on = max(offer.released_on, lease.since)
            offer.save(update_fields=["withdrawn_on"])


def _problem_of_ending(lease: Lease, day: date) -> str:
    """Why a lease can't end on a day, "" where it can."""
    has_ended = lease.last_on is not None and lease.last_on != lease.until
    if not has_ended:
        if lease.since <= day and (lease.last_on is None or day < lease.last_on):
            return ""
        words = {"first": lease.since.isoformat(), "last": lease.last_on.isoformat() if lease.last_on else _("今")}
        return _("最后一日应不早于 %(first)s，并早于现在的到期日 %(last)s，请核对。") % words
    ends = (lease.until, lease.unit.valid_to, _day_before(lease.unit.building.closed_on))
    last = min((each for each in ends if each), default=None)
    if day < lease.since or day == lease.last_on or (last is not None and day > last):
        words = {"first": lease.since.isoformat(), "last": last.isoformat() if last else _("今")}
        words["now"] = lease.last_on.isoformat() if lease.last_on else ""
        return _("最后一日现为 %(now)s，可更正到 %(first)s 至 %(last)s 之间的另一天，请核对。") % words
    others = lease.unit.leases.exclude(pk=lease.pk).select_related("tenant").order_by("since")
    line = LeaseLine(lease.tenant, lease.since, day)
    return _problem_of_others(line, others).get("since", "")


def _record_ending(
    lease: Lease, kind: str, last_on: date, reason: str, *, actor: User | None, at: datetime
) -> LeaseEnding:
    newest = lease.endings.aggregate(last=Max("revision"))["last"]
    return LeaseEnding.objects.create(
        lease=lease,
        revision=(newest or 0) + 1,
        kind=kind,
        last_on=last_on,
        reason=reason.strip(),
        entered_at=at,
        entered_by=actor,
    )


def _state(
    model: type[TenantRegistration] | type[TenantTaxation],
    enterprise: Enterprise,
    since: date,
    *,
    is_here: bool,
    actor: User | None,
    at: datetime,
) -> bool:
    known = model.objects.filter(enterprise=enterprise, since__lte=since)
    newest = known.order_by("since", "revision").last()
    if newest is not None and newest.is_here == is_here:
        return False
    model.objects.create(
        enterprise=enterprise,
        since=since,
        revision=newest.revision + 1 if newest is not None and newest.since == since else 1,
        is_here=is_here,
        entered_at=at,
        entered_by=actor,
    )
    return True


@transaction.atomic
def enter_registration(
    enterprise: Enterprise,
    *,
    since: date,
    is_here: bool | None = None,
    is_taxed_here: bool | None = None,
    area: str,
    actor: User | None,
    at: datetime,
) -> bool:
    """Whether a tenant is registered and pays its tax in the district from a day on; answers whether that is news.

    None leaves what is known.

    `area` is that of the building in which it rents. Raises NotAllowedError, MissingError.
    """
    check_may(actor, MANAGE, area, at)
    if since > timezone.localtime(at).date():
        raise MissingError({"since": _("起始日期还没有到，请核对。")})
    if is_here is None and is_taxed_here is None:
        raise MissingError({"is_here": _("请选择注册地或者纳税地在不在区内。")})
    is_news = False
    for model, said in ((TenantRegistration, is_here), (TenantTaxation, is_taxed_here)):
        if said is not None and _state(model, enterprise, since, is_here=said, actor=actor, at=at):
            is_news = True
    books.sync(entering(actor, at), tenants=[enterprise.pk])
    return is_news
