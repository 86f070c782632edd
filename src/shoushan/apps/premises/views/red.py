"""What ought to be looked at in the premises on a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shoushan.apps.premises.models import Lease
from shoushan.apps.premises.services.summaries import BY_CODE
from shoushan.apps.premises.views.buildings import VIEW
from shoushan.directory import scopes
from shoushan.directory.access import area_scope
from shoushan.directory.models import User
from shoushan.figures.values import evaluate
from shoushan.ui.signals import Signal

SOON: Final = timedelta(days=30)


def red(reader: User, as_of: date, at: datetime) -> Iterator[Signal]:
    """Enterprises that moved out and stay registered, and leases that end within thirty days."""
    on = timezone.localtime(at).date()
    areas = area_scope(reader, VIEW, on=on)
    if not areas:
        return
    left = evaluate(BY_CODE["moved_out_registered_here"], as_of=as_of, areas=areas)
    address = reverse("premises:tenant-watch")
    yield Signal(label=_("已退租仍在区内注册"), count=left.numerator, unit="家", address=address, tone="soon")
    within = scopes.within_any(areas, "unit__building__area_code", "unit__building__community_code")
    ending = Lease.objects.filter(within, last_on__gte=as_of, last_on__lte=as_of + SOON, since__lte=F("last_on"))
    address = reverse("premises:building-list")
    yield Signal(label=_("租约三十日内到期"), count=ending.count(), unit="份", address=address, tone="soon")
