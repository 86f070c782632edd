"""The arithmetic of scopes: which area prefixes a set of dated role grants covers on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from shoushan.directory.enums import CODE_LENGTHS, AreaLevel

SUBDISTRICT_LENGTH = CODE_LENGTHS[AreaLevel.SUBDISTRICT]


class Grant(NamedTuple):
    """One role grant as plain values; `valid_to` is its last day.

    With a `principal_id` it is somebody else's grant, which the account holds as a deputy.
    """

    role: str
    area_code: str
    organisation_id: int | None
    valid_from: date
    valid_to: date | None
    principal_id: int | None = None

    def within(self, first: date, last: date, principal_id: int) -> Grant:
        """The grant as its holder's deputy has it from a day to a day."""
        until = last if self.valid_to is None else min(last, self.valid_to)
        return self._replace(valid_from=max(first, self.valid_from), valid_to=until, principal_id=principal_id)

    def holds_on(self, on: date) -> bool:
        """Whether the grant is in force on this day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


def shortest_prefixes(codes: Iterable[str]) -> tuple[str, ...]:
    """The codes without those that another one covers, in order: {"370102", "370102001"} -> ("370102",)."""
    kept: list[str] = []
    for code in sorted(set(codes)):
        if not kept or not code.startswith(kept[-1]):
            kept.append(code)
    return tuple(kept)


def covers(prefixes: Iterable[str], area_code: str) -> bool:
    """Whether an area lies within one of the prefixes."""
    return any(area_code.startswith(prefix) for prefix in prefixes)


def meets(prefixes: Iterable[str], area_code: str) -> bool:
    """Whether an area lies within one of the prefixes, or one of them within it."""
    return any(area_code.startswith(prefix) or prefix.startswith(area_code) for prefix in prefixes)


def within_any(prefixes: Iterable[str], area_field: str, community_field: str = "") -> Q:
    """The condition that a row lies within one of the prefixes; none of them is nowhere.

    `community_field` holds the codes of communities where `area_field` ends with the subdistrict.
    """
    wanted = Q(pk__in=())
    for prefix in prefixes:
        is_finer = community_field and len(prefix) > SUBDISTRICT_LENGTH
        wanted |= within(community_field if is_finer else area_field, prefix)
    return wanted


def within(field: str, prefix: str) -> Q:
    """The condition that a column of area codes begins with the prefix, as a span that every database finds by index."""
    return Q((f"{field}__gte", prefix), (f"{field}__lt", str(int(prefix) + 1).zfill(len(prefix))))
