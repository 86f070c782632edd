"""The entries of the main navigation, as data: apps register theirs in `AppConfig.ready()`, pages list what a user may open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shoushan.ui.icons import ICONS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, kw_only=True)
class NavigationItem:
    """One entry. `permission` empty means: everybody who is signed in. Lower `position` stands higher.

    Entries of one `group` stand together under its name, where its first entry would stand.
    """

    label: StrOrPromise
    url_name: str
    permission: str = ""
    icon: str = "table"
    position: int = 100
    group: StrOrPromise = ""


class NavigationError(ValueError):
    """Two apps registered different entries for one page, or an entry names an icon that does not exist."""


_items: dict[str, NavigationItem] = {}
_public_items: dict[str, NavigationItem] = {}


def register(*items: NavigationItem) -> None:
    """Add entries. Registering the very same entry again changes nothing, so `ready()` may run twice."""
    for item in items:
        if item.icon not in ICONS:
            raise NavigationError(f"Navigation entry {item.url_name!r} names an unknown icon {item.icon!r}.")
        if _items.setdefault(item.url_name, item) != item:
            raise NavigationError(f"Navigation entry {item.url_name!r} is registered twice with different content.")


def register_public(*items: NavigationItem) -> None:
    """Add pages that visitors without an account may open; the sign-in page links to them."""
    for item in items:
        if _public_items.setdefault(item.url_name, item) != item:
            raise NavigationError(f"Public page {item.url_name!r} is registered twice with different content.")


def public_items() -> tuple[NavigationItem, ...]:
    """The public pages in the order in which they are shown."""
    return tuple(sorted(_public_items.values(), key=lambda item: (item.position, item.url_name)))


def registered_items() -> tuple[NavigationItem, ...]:
    """All entries in the order in which they are shown."""
    return tuple(sorted(_items.values(), key=lambda item: (item.position, item.url_name)))


def visible_items(may: Callable[[str], bool]) -> tuple[NavigationItem, ...]:
    """The entries whose permission the given test allows; entries without a permission are always in."""
    return tuple(item for item in registered_items() if not item.permission or may(item.permission))
