"""Who may do what: the decorators that every view declares, and the questions that services and selectors ask."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from shoushan.directory import scopes
from shoushan.directory.catalogue import (
    Permission,
    PermissionDeclarationError,
    all_permissions,
    permission,
    truth_table,
)
from shoushan.directory.models import Organisation, User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

__all__ = [
    "AuthenticatedRequest",
    "NotAllowedError",
    "Permission",
    "PermissionDeclarationError",
    "all_permissions",
    "area_scope",
    "check_permission",
    "found_or_404",
    "get_visible_or_404",
    "has_permission",
    "organisation_scope",
    "permission",
    "public",
    "requires",
    "signed_in",
    "truth_table",
    "visible",
]

View = TypeVar("View", bound=Callable[..., Any])
Row = TypeVar("Row", bound=Model)


class AuthenticatedRequest(HttpRequest):
    """The request that a view behind `requires` or `signed_in` receives."""

    user: User


class NotAllowedError(Exception):
    """The user may not do this. The sentence is shown to them; AccessMiddleware answers 403 with it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


# ---- what a view declares ---------------------------------------------------------------------
def requires(code: str) -> Callable[[View], View]:
    """The view is for users who hold the permission somewhere; the service checks where."""

    def declare(view: View) -> View:
        view.permission = code  # type: ignore[attr-defined]
        return _declared(view, "permission")

    return declare


def signed_in(view: View) -> View:
    """The view is for every user with an account."""
    return _declared(view, "signed_in")


def public(view: View) -> View:
    """The view is for everyone, without an account."""
    return _declared(view, "public")


def _declared(view: View, rule: str) -> View:
    view.access_rule = rule  # type: ignore[attr-defined]
    return view


# ---- what services and selectors ask ----------------------------------------------------------
def area_scope(user: User | AnonymousUser, permission: str, *, on: date) -> tuple[str, ...]:
    """The area-code prefixes within which the user holds the permission; () is nowhere."""
    return user.area_scope(permission, on=on) if isinstance(user, User) else ()


def organisation_scope(user: User | AnonymousUser, permission: str, *, on: date) -> frozenset[int]:
    """The organisations, with all below them, for which the user was granted the permission by name."""
    granted = (
        {grant.organisation_id for grant in user.grants_for(permission, on=on)} if isinstance(user, User) else set()
    )
    granted.discard(None)
    found: set[int] = set()
    parents = list(Organisation.objects.values_list("id", "parent_id")) if granted else []
    layer = {number for number in granted if number is not None}
    while layer:
        found |= layer
        layer = {child for child, parent in parents if parent in layer} - found
    return frozenset(found)


def has_permission(user: User | AnonymousUser, permission: str, *, on: date, area: str = "") -> bool:
    """Whether the user holds the permission on this day: somewhere, or within the given area."""
    prefixes = area_scope(user, permission, on=on)
    return scopes.covers(prefixes, area) if area else bool(prefixes)


def check_permission(user: User | AnonymousUser, permission: str, *, on: date, area: str = "") -> None:
    """Raise NotAllowedError, with the sentence that the user reads, unless has_permission holds."""
    if has_permission(user, permission, on=on, area=area):
        return
    label = str(all_permissions()[permission].label)
    if area == settings.DISTRICT_CODE and has_permission(user, permission, on=on):
        raise NotAllowedError(_("这件事由全区统一办理，您的“%(label)s”权限只限部分辖区。") % {"label": label})
    if area and has_permission(user, permission, on=on):
        raise NotAllowedError(_("您的“%(label)s”权限不包括该辖区，请联系该辖区的街道办理。") % {"label": label})
    raise NotAllowedError(_("您没有“%(label)s”权限，如工作需要请联系本单位的系统管理员开通。") % {"label": label})


def narrowed(scope: tuple[str, ...], area: str | None) -> tuple[str, ...]:
    """The area asked for as far as it lies within the scope; another one's answers like a missing one (404)."""
    if area and scopes.covers(scope, area):
        return (area,)
    found = tuple(prefix for prefix in scope if prefix.startswith(area or ""))
    if not found:
        raise Http404(_("没有这个辖区，或者它不在您的权限范围内，请从列表中重新查找。"))
    return found


def visible(
    queryset: QuerySet[Row],
    *,
    user: User | AnonymousUser,
    permission: str,
    on: date,
    area_field: str = "area_code",
    community_field: str = "",
) -> QuerySet[Row]:
    """The rows whose area lies within the user's scope; lists, counts, exports and pages all go through here.

    Where rows keep subdistrict and community in two columns, a scope below the subdistrict is looked for in the second.
    """
    prefixes = area_scope(user, permission, on=on)
    return queryset.filter(scopes.within_any(prefixes, area_field, community_field)) if prefixes else queryset.none()


def get_visible_or_404(
    queryset: QuerySet[Row],
    *,
    user: User | AnonymousUser,
    permission: str,
    on: date,
    area_field: str = "area_code",
    community_field: str = "",
    **lookup: Any,
) -> Row:
    """The one row that matches; others' records answer like missing ones (404), so that nobody learns they exist."""
    own = visible(
        queryset, user=user, permission=permission, on=on, area_field=area_field, community_field=community_field
    )
    return found_or_404(own, **lookup)


def found_or_404(own: QuerySet[Row], **lookup: Any) -> Row:
    """The one of the rows that the user may see; others' records answer like missing ones (404)."""
    found = own.filter(**lookup).first()
    if found is None:
        raise Http404(_("没有这条记录，或者它不在您的权限范围内，请从列表中重新查找。"))
    return found
