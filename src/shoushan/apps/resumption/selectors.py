"""Nouns of work resumption: the ledger as a list, one enterprise's days, the bulletin's text."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import reduce
from operator import or_

from django.db.models import Q

from shoushan.directory.enums import AreaLevel
from shoushan.directory.selectors import area_names
from shoushan.lib import rows
from shoushan.registry.models import Enterprise


def names_of_enterprises(codes: Collection[str]) -> dict[str, str]:
    """Names of enterprises by their code, for figures."""
    names: dict[str, str] = {}
    for part in rows.chunks(sorted(codes), 500):
        names.update(Enterprise.objects.filter(code__in=part).values_list("code", "name"))
    return names


def names_of_subdistricts() -> dict[str, str]:
    """Names of subdistricts by their code, in official order."""
    return area_names(level=AreaLevel.SUBDISTRICT)


def within(areas: Sequence[str], field: str = "area_code") -> Q:
    """Rows whose area is below any of these prefixes; none for no prefix."""
    return reduce(or_, (Q(**{f"{field}__startswith": area}) for area in areas), Q(pk__in=[]))
