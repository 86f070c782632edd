"""Nouns of enterprises' difficulties: the facts of one, the needs for funds, visits, service officers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.apps.resumption.models import EnterpriseVisit, FundsNeed
from shoushan.apps.resumption.selectors.contacts import enterprises_of
from shoushan.casework.enums import UNANSWERED
from shoushan.casework.models import Matter
from shoushan.directory import scopes
from shoushan.directory.enums import TargetKind
from shoushan.directory.models import Responsibility, User
from shoushan.lib import money
from shoushan.registry.models import Enterprise

OFFICER_DUTY = "服务专员"
"""How a service officer's responsibility for an enterprise is marked in the directory."""


def facts_of(matter: Matter) -> list[tuple[Any, Any]]:
    """What a difficulty says besides its words: for funds amount, term and use."""
    need = FundsNeed.objects.filter(matter=matter).first()
    if need is None:
        return []
    return [
        (_("资金需求"), _("%(amount)s 万元") % {"amount": in_wan(need)}),
        (_("期限"), _("%(n)d 个月") % {"n": need.term_months}),
        (_("用途"), need.purpose),
    ]


def in_wan(need: FundsNeed) -> str:
    """The amount in 万元, without needless zeros."""
    return f"{money.from_fen(need.amount_fen, '万元').normalize():f}"


def difficulties_of(enterprise: Enterprise) -> QuerySet[Matter]:
    """The difficulties of one enterprise, newest first."""
    found = Matter.objects.filter(kind="resumption.difficulty", about=enterprise.subject)
    return found.select_related("lead", "officer").order_by("-raised_at", "-pk")


def difficulty_rows(*, areas: Sequence[str]) -> QuerySet[Matter]:
    """The difficulties within areas, the oldest first, without those that were merged or withdrawn."""
    found = Matter.objects.filter(scopes.within_any(areas, "area_code"), kind="resumption.difficulty")
    return found.exclude(state__in=["MERGED", "WITHDRAWN"]).select_related("lead").order_by("raised_at", "pk")


def own_difficulties(user: User) -> QuerySet[Matter]:
    """The difficulties of the enterprises for which a person speaks, newest first."""
    about = [each.subject for each in enterprises_of(user)]
    return Matter.objects.filter(kind="resumption.difficulty", about__in=about).order_by("-raised_at", "-pk")


def funds_rows(*, areas: Sequence[str], is_open: bool) -> QuerySet[FundsNeed]:
    """Needs for funds within areas, the largest first; those nobody has answered yet, or all."""
    found = FundsNeed.objects.filter(scopes.within_any(areas, "matter__area_code"))
    found = found.filter(matter__state__in=UNANSWERED) if is_open else found.exclude(matter__state="WITHDRAWN")
    return found.select_related("matter__lead", "enterprise").order_by("-amount_fen", "pk")


def visit_rows(*, areas: Sequence[str]) -> QuerySet[EnterpriseVisit]:
    """Visits within areas, the newest first, with the number of difficulties found."""
    found = EnterpriseVisit.objects.filter(scopes.within_any(areas, "area_code"))
    found = found.select_related("enterprise", "recorded_by").prefetch_related("organisations")
    return found.annotate(found=Count("matters")).order_by("-visited_at", "-pk")


def visits_of(enterprise: Enterprise) -> QuerySet[EnterpriseVisit]:
    """The visits to one enterprise, newest first."""
    return enterprise.visits.prefetch_related("organisations", "matters").order_by("-visited_at", "-pk")


def officer_of(enterprise: Enterprise, *, on: date) -> Responsibility | None:
    """Who serves an enterprise on a day (服务专员)."""
    found = Responsibility.objects.valid_on(on).filter(
        target_kind=TargetKind.ENTERPRISE, target_code=enterprise.code, is_primary=False, duties=OFFICER_DUTY
    )
    return found.select_related("leader__organisation").order_by("-valid_from", "-pk").first()


def served_by(user: User, *, on: date) -> QuerySet[Enterprise]:
    """The enterprises that a person serves on a day."""
    held = Responsibility.objects.valid_on(on).filter(
        leader=user, target_kind=TargetKind.ENTERPRISE, is_primary=False, duties=OFFICER_DUTY
    )
    return Enterprise.objects.filter(code__in=held.values("target_code")).order_by("name_key", "pk")


def last_visits(enterprises: Sequence[Enterprise]) -> dict[int, date]:
    """The day of the last visit to each, by the enterprise's id; those never visited are left out."""
    found = EnterpriseVisit.objects.filter(enterprise__in=enterprises).values("enterprise")
    newest = found.annotate(at=Max("visited_at")).values_list("enterprise", "at")
    return {enterprise: timezone.localtime(at).date() for enterprise, at in newest}
