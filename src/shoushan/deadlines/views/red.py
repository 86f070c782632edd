"""What is red among the deadlines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import cast

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shoushan.deadlines.enums import Light
from shoushan.deadlines.hours import local_day
from shoushan.deadlines.models import Clock
from shoushan.deadlines.models.clocks import ClockQuerySet
from shoushan.directory.access import has_permission, visible
from shoushan.directory.models import User
from shoushan.ui.signals import Signal

VIEW = "deadlines.view_clock"


def red(reader: User, _as_of: date, at: datetime) -> Iterator[Signal]:
    """Open clocks that are overdue, and those of the next 24 hours: as of now, for a clock has no yesterday."""
    on = local_day(at)
    if not has_permission(reader, VIEW, on=on):
        return
    mine = cast(ClockQuerySet, visible(Clock.objects.all(), user=reader, permission=VIEW, on=on))
    for light, label, tone in (
        (Light.RED, _("时限已超期"), "late"),
        (Light.ORANGE, _("时限不足24小时"), "soon"),
    ):
        address = f"{reverse('deadlines:clock-list')}?light={light.value}"
        yield Signal(label=label, count=mine.of_light(light, at=at).count(), unit="件", address=address, tone=tone)
