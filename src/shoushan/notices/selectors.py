"""What is in whose inbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from shoushan.notices.models import Notice, Reading

if TYPE_CHECKING:
    from shoushan.directory.models import User


def inbox(user: User) -> QuerySet[Notice]:
    """The notices to a person and to their organisation, newest first, with `is_read`."""
    mine = Q(user=user)
    if user.organisation_id:
        mine |= Q(organisation_id=user.organisation_id)
    read = Reading.objects.filter(notice=OuterRef("pk"), user=user)
    return Notice.objects.filter(mine).annotate(is_read=Exists(read)).order_by("-sent_at", "-pk")


def unread(user: User) -> QuerySet[Notice]:
    """What a person has not read yet."""
    return inbox(user).exclude(readings__in=Reading.objects.filter(user=user))
