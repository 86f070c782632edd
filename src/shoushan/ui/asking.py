"""What an address asks for."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest


def asked_day(request: HttpRequest, *, today: date, name: str = "on") -> date:
    """The day in the address (`?on=`, or by another name), today where it is missing or not a day."""
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return today
