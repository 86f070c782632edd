"""Questions to the directory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from shoushan.directory.area_matching import AreaMatcher, MatchedArea
from shoushan.directory.enums import ADMINISTRATORS, NOT_HANDED_OVER, AreaLevel, Role, TargetKind
from shoushan.directory.models import (
    AdministrativeEntry,
    Area,
    AreaAlias,
    Deputation,
    Organisation,
    PostAssignment,
    Responsibility,
    RoleGrant,
    User,
)
from shoushan.directory.models.areas import AreaQuerySet
from shoushan.directory.models.dated import DatedQuerySet

__all__ = [
    "AreaMatcher",
    "MatchedArea",
    "accounts",
    "administrative_entries",
    "area_matcher",
    "area_names",
    "areas",
    "deputations_of",
    "deputations_to",
    "deputies_for",
    "leaders",
    "organisations",
    "organisations_with_accounts",
    "post_holders",
    "primary_leader",
    "primary_leaders",
    "responsibilities_by_area",
    "successors",
    "uncovered_areas",
]


AREA_LEVELS: Final = list(AreaLevel)
"""From the largest to the smallest."""


def areas(*, on: date, level: str | None = None, within: str = "") -> AreaQuerySet:
    """The areas valid on a day, of one level, inside one area; by code."""
    found = Area.objects.valid_on(on).within(within).order_by("code")
    return found if level is None else found.filter(level=level)


def area_names(*, on: date | None = None, level: str | None = None, above: str | None = None) -> dict[str, str]:
    """Names by code: on a day, or the latest name of every code that ever was; of one level, or of all above one."""
    found = Area.objects.all() if on is None else Area.objects.valid_on(on)
    found = found if level is None else found.filter(level=level)
    found = found if above is None else found.filter(level__in=AREA_LEVELS[: AREA_LEVELS.index(AreaLevel(above))])
    return dict(found.order_by("code", "valid_from").values_list("code", "name"))


def area_matcher(*, on: date) -> AreaMatcher:
    """A matcher over the areas valid on a day: two queries, then only memory; made once per import."""
    rows = list(Area.objects.valid_on(on).order_by("code").values_list("id", "code", "name", "level"))
    by_id = {number: MatchedArea(code, name, level) for number, code, name, level in rows}
    aliases = AreaAlias.objects.order_by("id").values_list("area_id", "name")
    return AreaMatcher(
        [(area, area.name) for area in by_id.values()],
        [(by_id[number], name) for number, name in aliases if number in by_id],
    )


def successors(*, code: str, on: date) -> list[str]:
    """The codes of the areas valid on a day that an area became, through any number of steps; itself while valid."""
    found: set[str] = set()
    layer = set(Area.objects.filter(code=code).values_list("id", flat=True))
    seen: set[int] = set()
    while layer:
        seen |= layer
        valid = Area.objects.filter(id__in=layer).valid_on(on)
        found |= set(valid.values_list("code", flat=True))
        ended = layer - set(valid.values_list("id", flat=True))
        layer = set(Area.objects.filter(origins__old__in=ended).values_list("id", flat=True)) - seen
    return sorted(found)


def organisations(*, on: date, kind: str | None = None) -> DatedQuerySet[Organisation]:
    """The organisations that exist on a day, in their official order."""
    found = Organisation.objects.valid_on(on).order_by("sort_no", "code")
    return found if kind is None else found.filter(kind=kind)


def post_holders(*, organisation: Organisation, on: date) -> DatedQuerySet[PostAssignment]:
    """Who held which post of an organisation on a day."""
    held = PostAssignment.objects.valid_on(on).filter(post__organisation=organisation)
    return held.select_related("post", "user").order_by("post__sort_no", "post_id", "valid_from", "id")


def primary_leader(*, target_kind: str, target_code: str, on: date) -> Responsibility | None:
    """The leader who answered for a target on a day (包挂)."""
    rows = Responsibility.objects.valid_on(on).filter(target_kind=target_kind, target_code=target_code, is_primary=True)
    return rows.select_related("leader").first()


def primary_leaders(*, target_kind: str, within: str, on: date) -> dict[str, str]:
    """Who answered on a day for the targets whose code begins so: names by code."""
    rows = Responsibility.objects.valid_on(on).filter(
        target_kind=target_kind, target_code__startswith=within, is_primary=True
    )
    return dict(rows.order_by("target_code").values_list("target_code", "leader__display_name"))


def uncovered_areas(*, on: date) -> AreaQuerySet:
    """The subdistricts for which no leader answered on a day: a red item while an emergency lasts."""
    covered = Responsibility.objects.valid_on(on).filter(target_kind=TargetKind.AREA, is_primary=True)
    return areas(on=on, level=AreaLevel.SUBDISTRICT).exclude(code__in=covered.values("target_code"))


def deputies_for(user: User, *, on: date) -> QuerySet[User]:
    """Who may act for a person: colleagues of their organisation, any of the staff for who belongs to none.

    Administrators and people without a role in the business are none.
    """
    roles = RoleGrant.objects.valid_on(on).filter(user=OuterRef("pk"))
    found = User.objects.filter(Exists(roles.exclude(role__in=NOT_HANDED_OVER)), is_active=True)
    found = found.exclude(Exists(roles.filter(role__in=ADMINISTRATORS))).exclude(pk=user.pk)
    return found.filter(organisation=user.organisation_id) if user.organisation_id else found


def deputations_of(user: User) -> QuerySet[Deputation]:
    """What a person handed over, the newest first."""
    return Deputation.objects.filter(principal=user).select_related("deputy")


def deputations_to(user: User, *, on: date) -> list[Deputation]:
    """For whom a person acts on a day."""
    rows = Deputation.objects.filter(deputy=user).valid_on(on).select_related("principal")
    return [each for each in rows if each.holds_on(on) and each.principal.is_active]


# ---- administration -------------------------------------------------------------------------------
def accounts(
    *, areas: Sequence[str], on: date, text: str = "", organisation: str = "", role: str = ""
) -> QuerySet[User]:
    """Accounts whose organisation lies within areas, and those without one for who administers the whole district."""
    own = Q(pk__in=[])
    for area in areas:
        own |= Q(organisation__area_code__startswith=area)
        if area == settings.DISTRICT_CODE:
            own |= Q(organisation=None)
    found = User.objects.filter(own)
    if text:
        found = found.filter(Q(username__contains=text.lower()) | Q(display_name__contains=text))
    if organisation:
        found = found.filter(organisation__code=organisation)
    if role:
        held = RoleGrant.objects.valid_on(on).filter(user=OuterRef("pk"), role=role)
        found = found.filter(Exists(held))
    return found.select_related("organisation").prefetch_related("role_grants").order_by("username")


def administrative_entries(*, areas: Sequence[str]) -> QuerySet[AdministrativeEntry]:
    """What administrators did: all of it for who audits the whole district, else what concerns accounts of the areas."""
    found = AdministrativeEntry.objects.select_related("actor", "user")
    if settings.DISTRICT_CODE in areas:
        return found
    own = Q(pk__in=[])
    for area in areas:
        own |= Q(user__organisation__area_code__startswith=area)
    return found.filter(own)


def leaders(*, on: date) -> QuerySet[User]:
    """The district's leaders of a day."""
    held = RoleGrant.objects.valid_on(on).filter(user=OuterRef("pk"), role=Role.DISTRICT_LEADER)
    return User.objects.filter(Exists(held), is_active=True).order_by("display_name", "username")


def responsibilities_by_area(names: Mapping[str, str], *, on: date) -> list[dict[str, Any]]:
    """Every area with who answers for it on a day and who did or will, the newest first."""
    rows = Responsibility.objects.filter(target_kind=TargetKind.AREA, target_code__in=list(names), is_primary=True)
    by_area: dict[str, list[Responsibility]] = {}
    for each in rows.select_related("leader").order_by("-valid_from"):
        by_area.setdefault(each.target_code, []).append(each)
    found = []
    for code, name in names.items():
        own = by_area.get(code, [])
        now = next((each for each in own if each.valid_from <= on and (not each.valid_to or on <= each.valid_to)), None)
        found.append({"code": code, "name": name, "now": now, "others": [each for each in own if each is not now]})
    return found


def organisations_with_accounts(*, on: date) -> QuerySet[Any, Any]:
    """The organisations of a day with `people`, the number of their open accounts."""
    people = Count("users", filter=Q(users__is_active=True))
    return organisations(on=on).select_related("parent").annotate(people=people)
