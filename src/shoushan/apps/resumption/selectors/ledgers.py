"""Nouns of work resumption: the ledger as a list, the newest returns, the days there are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import F, Q, QuerySet

from shoushan.apps.resumption.models import DailyReturn, EnterpriseStanding
from shoushan.directory import scopes
from shoushan.directory.enums import AreaLevel
from shoushan.directory.selectors import area_names
from shoushan.exchange.models import SourceFile
from shoushan.lib import rows
from shoushan.registry.models import Enterprise
from shoushan.registry.selectors import stay_on, stays_of
from shoushan.registry.spelled import is_like


def names_of_enterprises(codes: Collection[str]) -> dict[str, str]:
    """Names of enterprises by their code, for figures."""
    names: dict[str, str] = {}
    for part in rows.chunks(sorted(codes), 500):
        names.update(Enterprise.objects.filter(code__in=part).values_list("code", "name"))
    return names


def names_of_subdistricts() -> dict[str, str]:
    """Names of subdistricts by their code, in official order."""
    return area_names(level=AreaLevel.SUBDISTRICT)


def names_of_areas() -> dict[str, str]:
    """Names of subdistricts and their communities by their code, in official order."""
    return area_names(above=AreaLevel.GRID)


COMMUNITY = "enterprise__community_code"


def within(areas: Sequence[str], field: str = "area_code") -> Q:
    """Rows whose area is below any of these prefixes; none for no prefix. Communities are known by the register."""
    return scopes.within_any(areas, field, COMMUNITY)


ROW_FIELDS = (
    "enterprise__code",
    "enterprise__name",
    "enterprise__uscc",
    "area_code",
    "category",
    "status",
    "resumed_on",
    "staff_total",
    "at_work",
    "reported_on",
)
"""The columns of the ledger page, read without making model instances."""

ORDERS = {
    "name": "enterprise__name_key",
    "area": "area_code",
    "resumed_on": "resumed_on",
    "staff_total": "staff_total",
    "at_work": "at_work",
    "reported_on": "reported_on",
}


def ledger_rows(
    *, areas: Sequence[str], text: str = "", area: str = "", category: str = "", status: str = "", order: str = ""
) -> QuerySet[EnterpriseStanding]:
    """The resumption ledger within area prefixes, filtered and in order."""
    found = EnterpriseStanding.objects.filter(within(areas))
    if area:
        found = found.filter(area_code=area)
    if category:
        found = found.filter(category=category)
    if status:
        found = found.filter(status=status)
    if text:
        named = is_like(text, field="enterprise__name_key")
        found = found.filter(named | Q(enterprise__uscc__startswith=text.upper()))
    field = ORDERS.get(order.removeprefix("-"), "area_code")
    return found.order_by(f"-{field}" if order.startswith("-") else field, "enterprise_id")


def newest_returns(standings: QuerySet[EnterpriseStanding]) -> QuerySet[DailyReturn]:
    """The newest daily return of each of these enterprises, for the export."""
    newest = DailyReturn.objects.filter(
        enterprise__standing__in=standings, as_of=F("enterprise__standing__reported_on")
    )
    return newest.select_related("enterprise__standing").order_by("enterprise__standing__area_code", "enterprise_id")


def report_days(*, areas: Sequence[str]) -> list[date]:
    """The days for which there are returns, newest first."""
    days = DailyReturn.objects.filter(within(areas, "enterprise__area_code")).order_by("-as_of")
    return list(days.values_list("as_of", flat=True).distinct())


def total_differences(*, day: date) -> list[dict[str, str]]:
    """Where the newest ledger file of a subdistrict for a day states another total than its rows add up to."""
    files = SourceFile.objects.filter(sheet="resumption.ledger", as_of=day).order_by("imported_at", "pk")
    newest = {each.unit_text or each.name: each for each in files}
    return [
        {"unit": each.unit_text, "file": each.name, "sentence": str(found["message"])}
        for each in newest.values()
        for found in each.control_differences
    ]


def missing_subdistricts(*, day: date, areas: Sequence[str]) -> list[str]:
    """Names of subdistricts that have sent nothing for a day; an enterprise counts for where it lay then."""
    returns = DailyReturn.objects.filter(as_of=day)
    since_moved = returns.filter(enterprise__former_areas__until_on__gte=day).values_list("enterprise_id", flat=True)
    then = stays_of(enterprise_ids=set(since_moved))
    there = {stay.area_code for stays in then.values() if (stay := stay_on(stays, day))}
    there |= set(
        returns.exclude(enterprise_id__in=since_moved).values_list("enterprise__area_code", flat=True).distinct()
    )
    names = names_of_subdistricts()
    return [name for code, name in names.items() if code not in there and any(code.startswith(area) for area in areas)]
