"""Telling somebody something, once; and that it was read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from shoushan.lib.texts import shortened
from shoushan.notices.models import Notice, Reading
from shoushan.notices.selectors import unread

if TYPE_CHECKING:
    from shoushan.directory.models import Organisation, User


@dataclass(frozen=True, slots=True)
class Message:
    """What is told. `key` names the occasion: the same occasion is told to the same recipient once."""

    key: str
    subject: str
    title: str
    detail: str = ""
    address: str = ""
    is_urgent: bool = False


def tell(
    message: Message,
    *,
    at: datetime,
    users: Iterable[User | None] = (),
    organisations: Iterable[Organisation | None] = (),
) -> int:
    """Put the message into the inboxes of people and organisations, within the caller's transaction; how many were new.

    Whoever isn't there (None) is left out, who is named twice gets it once.
    """
    people = {user.pk for user in users if user}
    offices = {office.pk for office in organisations if office}
    wanted = {f"{message.key}/user:{pk}": {"user_id": pk} for pk in people}
    wanted |= {f"{message.key}/organisation:{pk}": {"organisation_id": pk} for pk in offices}
    known = set(Notice.objects.filter(key__in=list(wanted)).values_list("key", flat=True))
    rows = [
        Notice(
            key=key,
            **recipient,
            subject=message.subject,
            title=shortened(message.title, 120),
            detail=shortened(message.detail, 500),
            address=message.address,
            is_urgent=message.is_urgent,
            sent_at=at,
        )
        for key, recipient in sorted(wanted.items())
        if key not in known
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)  # two jobs at once: the key lets one of them in
    return len(rows)


@transaction.atomic
def mark_read(*, user: User, at: datetime, notice_ids: Iterable[int] | None = None) -> int:
    """These notices of a person's inbox are read, or all of them; how many were not before."""
    found = unread(user)
    if notice_ids is not None:
        found = found.filter(pk__in=list(notice_ids))
    rows = [Reading(notice_id=pk, user=user, read_at=at) for pk in found.values_list("pk", flat=True)]
    Reading.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
