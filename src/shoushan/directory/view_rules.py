"""The access rule of every address of the site, as data for tests and documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver

from shoushan.directory.catalogue import permission
from shoushan.directory.enums import Role


class ViewRule(NamedTuple):
    """One address: its route, the name for reverse(), its rule ("" is closed to all), its permission if any."""

    route: str
    name: str
    rule: str
    permission: str

    def is_open_to(self, role: Role) -> bool:
        """Whether someone signed in with this role alone gets past the gate."""
        if self.rule == "permission":
            return role in permission(self.permission).roles
        return self.rule in {"public", "signed_in"}


def view_rules(urlconf: str | None = None) -> list[ViewRule]:
    """Every address of the site, or of another URL configuration, in its order."""
    return list(_walk(get_resolver(urlconf).url_patterns, "/", ""))


def url_truth_table(urlconf: str | None = None) -> dict[str, frozenset[Role]]:
    """For every address the roles that get past the gate."""
    return {rule.route: frozenset(filter(rule.is_open_to, Role)) for rule in view_rules(urlconf)}


def _walk(patterns: Iterable[URLPattern | URLResolver], route: str, namespace: str) -> Iterator[ViewRule]:
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, here, inner)
        else:
            view = pattern.callback
            name = namespace + (pattern.name or "")
            yield ViewRule(here, name, getattr(view, "access_rule", ""), getattr(view, "permission", ""))
