"""Who acts for whom while somebody is away."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shoushan.directory.models.dated import DatedQuerySet, ends_after_it_starts


def last_day(valid_to: date, ended_on: date | None) -> date:
    """The last day of what was to end by `valid_to` and was called off by `ended_on`, from which day on it no longer holds."""
    return valid_to if ended_on is None else min(valid_to, ended_on - timedelta(days=1))


class Deputation(models.Model):
    """One person acts for another from a day to a day (委托代办). The roles stay with the principal; what the deputy does
    with them is recorded under the deputy's own name, with the principal's beside it.

    Called off by `ended_on`, from which day on it no longer holds; never deleted.
    """

    principal = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="deputations", verbose_name=_("委托人")
    )
    deputy = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("代办人"))
    valid_from = models.DateField(_("开始日期"))
    valid_to = models.DateField(_("最后一日"))
    reason = models.CharField(_("事由"), max_length=200)
    made_at = models.DateTimeField(_("委托时间"))
    ended_on = models.DateField(_("收回日期"), null=True)

    objects: ClassVar[DatedQuerySet[Deputation]] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("委托代办")
        ordering: ClassVar[list[str]] = ["-valid_from", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="directory_deputation_of_two", condition=~Q(principal=F("deputy"))),
            ends_after_it_starts("directory_deputation_ends_after_it_starts"),
        ]

    @property
    def last_day(self) -> date:
        """The last day on which it holds; before `valid_from` when it was called off before it began."""
        return last_day(self.valid_to, self.ended_on)

    def holds_on(self, on: date) -> bool:
        """Whether the deputy acts for the principal on this day."""
        return self.valid_from <= on <= self.last_day
