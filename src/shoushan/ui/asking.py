"""What an address asks for."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest


def asked_day(request: HttpRequest, *, today: date) -> date:
    """The day in the address (`on`), today where it is missing or not a day."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return today
