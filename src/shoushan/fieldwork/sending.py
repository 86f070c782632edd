"""What a view does with a form that a phone may have kept and sends again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Final, cast
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.shortcuts import resolve_url
from django.utils.dateparse import parse_datetime

from shoushan.fieldwork import services

if TYPE_CHECKING:
    from shoushan.directory.models import User

KEY: Final = "submission"
"""The field that carries the key."""


def key_of(request: HttpRequest) -> UUID | None:
    """The key that a phone gave to what it sends; None for a form that was sent directly."""
    try:
        return UUID(request.POST.get(KEY, ""))
    except ValueError:
        return None


def answer_before(request: HttpRequest) -> str:
    """Where a submission that has arrived before was sent on, "" for a new one. Raises SubmissionError."""
    key = key_of(request)
    return services.answer_of(key, user=_user(request), address=request.path) if key else ""


def take_once(request: HttpRequest, *, take: Callable[[], str]) -> str:
    """Do what was sent, once however often it arrives; the address of the way on. Raises what `take` raises, and SubmissionError."""
    key = key_of(request)
    if key is None:
        return resolve_url(take())
    return services.take_once(
        key,
        user=_user(request),
        address=request.path,
        take=lambda: resolve_url(take()),
        filled_at=_filled_at(request),
    )


def told_taken(address: str) -> JsonResponse:
    """For a program: it was taken, and where to go on."""
    return JsonResponse({"address": address})


def told_refused(sentence: str, fields: dict[str, str] | None = None, *, status: int) -> JsonResponse:
    """For a program: why it was not taken."""
    words = {"sentence": sentence, "fields": fields or {}}
    return JsonResponse(words, status=status, json_dumps_params={"ensure_ascii": False})


def _filled_at(request: HttpRequest) -> datetime | None:
    """The moment that the phone states; nothing that is no moment with its zone."""
    try:
        found = parse_datetime(request.POST.get("filled_at", ""))
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)
