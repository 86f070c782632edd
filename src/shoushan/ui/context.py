"""What every page needs besides its own content: who reads it, where they may go, in which language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language

from shoushan.ui import navigation
from shoushan.ui.navigation import NavigationItem
from shoushan.ui.themes import Theme, theme_of

TOP: Final = {
    "home": "portal:home",
    "search": "portal:search",
    "guide": "portal:guide",
    "language": "directory:language-set",
    "theme": "directory:theme-set",
    "password": "directory:own-password",
    "sign_out": "directory:sign-out",
}
HTML_LANGUAGES = {"zh-hans": "zh-Hans"}


@dataclass(frozen=True)
class Entry:
    """One navigation entry as a page shows it."""

    label: str
    url: str
    icon: str
    is_current: bool
    group: str


@dataclass(frozen=True)
class NavigationGroup:
    """Entries that stand together; the nameless ones come without a heading."""

    name: str
    entries: tuple[Entry, ...]


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `page_user`, `page_user_name`, `page_navigation`, `page_public`, `page_language`, `page_languages`, `page_theme`, `page_themes`, `page_district`, `page_addresses`."""
    user = getattr(request, "user", None)
    reader = user if user is not None and user.is_authenticated else None
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "page_user": reader,
        "page_user_name": (getattr(reader, "display_name", "") or reader.get_username()) if reader else "",
        "page_navigation": _groups(request, reader) if reader else (),
        "page_public": () if reader else tuple(_reachable(navigation.public_items())),
        "page_language": HTML_LANGUAGES.get(language, language),
        "page_languages": [(code, name) for code, name in settings.LANGUAGES if code != language],
        "page_theme": theme_of(request),
        "page_themes": Theme,
        "page_district": getattr(settings, "DISTRICT_NAME", ""),
        "page_addresses": _addresses(get_urlconf() or settings.ROOT_URLCONF, get_script_prefix()),
    }


def _groups(request: HttpRequest, reader: Any) -> tuple[NavigationGroup, ...]:
    """The entries the reader may open; one whose page the running site does not have is left out."""
    may = getattr(reader, "may", lambda permission: False)
    found = list(_reachable(navigation.visible_items(may)))
    current = _current_url(request.path, [url for _item, url in found])
    entries = (Entry(str(item.label), url, item.icon, url == current, str(item.group)) for item, url in found)
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.group, []).append(entry)
    return tuple(NavigationGroup(name, tuple(members)) for name, members in groups.items())


def _reachable(items: Iterable[NavigationItem]) -> Iterator[tuple[NavigationItem, str]]:
    """The items whose page the running site has, with the address."""
    for item in items:
        address = _address(item.url_name, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())
        if address:
            yield item, address


@lru_cache(maxsize=8)
def _addresses(urlconf: str, prefix: str) -> dict[str, str]:
    """Where the top of every page leads; "" for a page that the site doesn't have."""
    return {name: _address(page, urlconf, prefix) for name, page in TOP.items()}


@lru_cache(maxsize=1024)
def _address(name: str, urlconf: str, _prefix: str) -> str:
    """The address of a page without arguments, "" where the site doesn't have it; forty of them stand on every page."""
    with suppress(NoReverseMatch):
        return reverse(name, urlconf)
    return ""


def _current_url(path: str, urls: list[str]) -> str:
    """The longest entry address that the path lies below, so that a detail page lights up its list."""
    below = [url for url in urls if path == url or (url != "/" and path.startswith(url.rstrip("/") + "/"))]
    return max(below, key=len, default="")
