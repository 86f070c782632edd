"""Which saved views a reader finds on a list, and what a view keeps of an address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.functional import SimpleLazyObject

from shoushan.directory.enums import Role
from shoushan.lib import rows as lib_rows
from shoushan.portal.models import SavedView
from shoushan.ui.navigation import registered_items

if TYPE_CHECKING:
    from shoushan.directory.models import User

NOT_KEPT: Final = ("as", "page", "part", "csrfmiddlewaretoken")
SHARE: Final = "portal.share_view"


class Kept(NamedTuple):
    """A view as the bar shows it."""

    name: str
    query: str


@dataclass(frozen=True, slots=True)
class Views:
    """What the bar above a list offers."""

    page: str
    query: str
    rows: list[Kept]
    may_share: bool
    roles: tuple[tuple[str, Any], ...]


def kept_query(text: str) -> str:
    """The part of an address that a view keeps: filters, order, columns; not the page."""
    query = QueryDict(text, mutable=True)
    for name in NOT_KEPT:
        query.pop(name, None)
    for name in [name for name, values in query.lists() if not any(values)]:
        query.pop(name)
    return query.urlencode()


def views_for(user: User, *, on: date, page: str = "") -> QuerySet[SavedView]:
    """A person's own views and those of the roles that they hold on a day; of one list where asked."""
    found = SavedView.objects.filter(Q(user=user) | Q(role__in=_roles(user, on)))
    return found.filter(page=page) if page else found


def _roles(user: User, on: date) -> set[str]:
    return {each.role for each in user.grants if each.holds_on(on)} if user.is_active else set()


def _kept(user: User, on: date, page: str) -> list[Kept]:
    """As `views_for` one list; every list asks, so in words of SQL, which take a third of the time of making them."""
    roles = sorted(_roles(user, on))
    held = f" OR role IN ({', '.join(['%s'] * len(roles))})" if roles else ""
    sql = f"SELECT name, query FROM portal_savedview WHERE page = %s AND (user_id = %s{held}) ORDER BY name, id"  # noqa: S608 - places for values alone
    return [Kept(*row) for row in lib_rows.fetch(sql, [page, user.pk, *roles])]


def page_views(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `page_views`, looked up when a list asks for it."""
    return {"page_views": SimpleLazyObject(lambda: _views(request))}


def listed() -> set[str]:
    """The lists that can have views: those of the navigation."""
    return {item.url_name for item in registered_items()}


def _views(request: HttpRequest) -> Views | None:
    user: Any = getattr(request, "user", None)
    match = request.resolver_match
    on = getattr(user, "acting_on", None)  # the day of the request; visitors without an account have none
    if on is None or match is None or match.view_name not in listed():
        return None
    rows = _kept(user, on, match.view_name)
    query = kept_query(request.GET.urlencode())
    return Views(match.view_name, query, rows, user.may(SHARE), tuple(Role.choices))
