"""Zones are entered and drawn by the office that confirms plans."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from shoushan.apps.projects.models import Zone


@transaction.atomic
def enter_zone(*, code: str, name: str, kind: str, outline: Sequence[Sequence[Sequence[float]]] = ()) -> Zone:
    """A zone, or the one that has the code, renamed or redrawn."""
    zone, _made = Zone.objects.update_or_create(
        code=code, defaults={"name": name, "kind": kind, "outline": [list(map(list, ring)) for ring in outline]}
    )
    return zone
