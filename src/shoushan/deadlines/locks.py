"""Who reads a calendar to write a deadline waits for whoever changes the calendars, and the other way round."""

from __future__ import annotations

from typing import Final

from django.db import connection

_CALENDARS: Final = 0x5348_4F55
"""Any number that no other package uses for an advisory lock."""


def hold_calendars(*, is_changing: bool) -> None:
    """Until the end of the transaction: many may read, or one may change. Take it before any row is locked.

    SQLite has one writer at a time anyway, and its transactions begin as writers (settings: IMMEDIATE).
    """
    if connection.vendor != "postgresql":
        return
    function = "pg_advisory_xact_lock" if is_changing else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [_CALENDARS])
