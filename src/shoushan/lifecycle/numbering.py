"""Business numbers of records: `RES-370102-20200211-0007`, one series a kind and day, never given twice (handbook 0.3)."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.db.transaction import TransactionManagementError

from shoushan.lifecycle.models import Series


def next_in(series: str) -> int:
    """The next number of a series, from 1 on; a number that its transaction gave back is given again, none twice.

    The caller's transaction holds the series until it ends; raises TransactionManagementError outside of one.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError(f"A number of {series} is given within the transaction that uses it.")
    Series.objects.get_or_create(name=series)
    Series.objects.filter(name=series).update(last=F("last") + 1)
    return Series.objects.values_list("last", flat=True).get(name=series)


def next_code(kind: str, *, on: date) -> str:
    """The next number of a kind (`RES`) on a day."""
    stem = f"{kind}-{settings.DISTRICT_CODE}-{on:%Y%m%d}"
    return f"{stem}-{next_in(stem):04d}"
