"""What all dated rows have in common: a first day, a last day, and the question who is valid on a day."""

from __future__ import annotations

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q

Row = TypeVar("Row", bound=models.Model)


class DatedQuerySet(models.QuerySet[Row]):
    """Rows with `valid_from` and `valid_to` (the last day, or open)."""

    def valid_on(self, on: date) -> Self:
        """Rows in force on this day."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)

    def overlapping(self, valid_from: date, valid_to: date | None) -> Self:
        """Rows that share at least one day with this span."""
        found = self.filter(Q(valid_to=None) | Q(valid_to__gte=valid_from))
        return found if valid_to is None else found.filter(valid_from__lte=valid_to)


def ends_after_it_starts(name: str) -> models.CheckConstraint:
    """The constraint that a row's last day is not before its first."""
    return models.CheckConstraint(name=name, condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")))
