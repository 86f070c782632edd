"""What is in whose inbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from shoushan.notices.models import Channel, Delivery, Notice, Reading

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


def channels_of(user: User, *, with_office: bool) -> QuerySet[Channel]:
    """The channels of a person, and where they set them up those of their organisation, that are in use."""
    mine = Q(user=user)
    if with_office and user.organisation_id:
        mine |= Q(organisation_id=user.organisation_id)
    return Channel.objects.filter(mine, ended_at=None).select_related("organisation").order_by("pk")


def delivery_log(channels: QuerySet[Channel]) -> QuerySet[Delivery]:
    """What went out by these channels, the newest first."""
    return Delivery.objects.filter(channel__in=channels).select_related("channel").order_by("-made_at", "-pk")
