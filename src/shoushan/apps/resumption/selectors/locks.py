"""Days that are closed, and what may be changed in them all the same."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from shoushan.apps.resumption.models import LockException, ReturnLock


@dataclass(frozen=True, slots=True)
class Locks:
    """The subdistricts that are closed on a day, and the enterprises that are excepted once."""

    areas: frozenset[str]
    excepted: frozenset[int]

    def closes(self, area: str, enterprise_id: int | None) -> bool:
        """May this enterprise's return not be changed any more?"""
        return area in self.areas and enterprise_id not in self.excepted


def locks_of(as_of: date, areas: Collection[str] | None = None) -> Locks:
    """The locks of a day, of these subdistricts or of all."""
    found = ReturnLock.objects.filter(as_of=as_of)
    if areas is not None:
        found = found.filter(area_code__in=areas)
    closed = dict(found.values_list("area_code", "pk"))
    if not closed:
        return Locks(frozenset(), frozenset())
    open_ones = LockException.objects.filter(lock__in=closed.values(), used_at=None)
    return Locks(frozenset(closed), frozenset(open_ones.values_list("enterprise_id", flat=True)))


def lock_of(as_of: date, area: str) -> ReturnLock | None:
    """The lock of a subdistrict's day."""
    return ReturnLock.objects.filter(as_of=as_of, area_code=area).select_related("locked_by").first()


def exceptions_of(lock: ReturnLock) -> QuerySet[LockException]:
    """The exceptions to a lock, the newest first."""
    return lock.exceptions.select_related("enterprise", "granted_by").order_by("-granted_at", "-pk")
