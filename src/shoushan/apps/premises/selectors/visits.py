"""Visits to buildings: those whose next one is due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from shoushan.apps.premises.models import BuildingVisit
from shoushan.directory import scopes


def due_visits(*, on: date, areas: Sequence[str]) -> QuerySet[BuildingVisit]:
    """Visits of areas whose next one (下次走访) is due by a day and was not made since, the longest due first.

    One to an enterprise is followed by another visit to it, one to a building by any visit there.
    """
    later = BuildingVisit.objects.filter(building=OuterRef("building"), visited_on__gt=OuterRef("visited_on"))
    followed = Q(Exists(later.filter(enterprise=OuterRef("enterprise"))))
    followed |= Q(enterprise__isnull=True) & Q(Exists(later))
    within = scopes.within_any(areas, "building__area_code", "building__community_code")
    found = BuildingVisit.objects.filter(within, next_on__lte=on).exclude(followed)
    return found.select_related("building", "enterprise", "organisation").order_by("next_on", "pk")
