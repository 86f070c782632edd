"""What is red among the matters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shoushan.casework import selectors
from shoushan.casework.lifecycle.access import VIEW
from shoushan.directory.access import has_permission
from shoushan.directory.models import User
from shoushan.ui.signals import Signal


def red(reader: User, _as_of: date, at: datetime) -> Iterator[Signal]:
    """Open matters that are late, as of now."""
    on = timezone.localtime(at).date()
    if not has_permission(reader, VIEW, on=on):
        return
    found = selectors.visible_matters(reader, on=on)
    late = selectors.matter_rows(found, user=reader, on=on, show=selectors.LATE_ONES)
    address = f"{reverse('casework:matter-list')}?show={selectors.LATE_ONES}"
    yield Signal(label=_("诉求超期未办结"), count=late.count(), unit="件", address=address)
