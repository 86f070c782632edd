"""The log of looks at personal data."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from shoushan.privacy.models import Access


def accesses(*, kind: str = "", username: str = "", subject: str = "", on: date | None = None) -> QuerySet[Access]:
    """The looks, newest first, as the filters say."""
    found = Access.objects.select_related("user", "organisation")
    exact = {"kind": kind, "user__username": username, "subject": subject}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if on:
        found = found.filter(at__range=_bounds(on))
    return found.order_by("-at", "-pk")


def _bounds(on: date) -> tuple[datetime, datetime]:
    start = timezone.make_aware(datetime.combine(on, time.min))
    return start, start + timedelta(days=1)
