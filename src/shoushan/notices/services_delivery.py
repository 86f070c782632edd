"""Messages on their way out: which notices go to which channel, in one digest, at most once, tried again when refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.lib.languages import official
from shoushan.lib.texts import shortened
from shoushan.notices import senders
from shoushan.notices.enums import ChannelKind, DeliveryState, Rhythm, Wanted
from shoushan.notices.errors import ChannelError
from shoushan.notices.models import Channel, DeliveredNotice, Delivery, Notice
from shoushan.notices.selectors import unread

if TYPE_CHECKING:
    from shoushan.directory.models import Organisation, User

PAUSES: Final = (1, 5, 15, 60, 240)
"""Minutes after each attempt that failed; after one more it is given up."""
LISTED: Final = 20
"""Titles that a digest spells out."""
DIGEST: Final = (8, 30)
MOST_CHANNELS: Final = 5


@transaction.atomic
def add_channel(
    *,
    kind: str,
    target: str,
    secret: str = "",
    wanted: str,
    rhythm: str,
    actor: User,
    organisation: Organisation | None = None,
    at: datetime,
) -> Channel:
    """A channel of the actor, or of an organisation. Raises ChannelError for an address that is none, or too many."""
    target = target.strip()
    if kind == ChannelKind.MAIL:
        try:
            validate_email(target)
        except ValidationError as error:
            raise ChannelError(_("电子邮件地址“%(target)s”不对，请核对。") % {"target": target}) from error
        if not settings.MAIL.host:
            raise ChannelError(_("还没有设置发信服务器，请联系管理员（SHOUSHAN_MAIL_URL）。"))
    else:
        senders.check_address(kind, target)
    owner = {"organisation": organisation} if organisation else {"user": actor}
    if Channel.objects.filter(**owner, ended_at=None).count() >= MOST_CHANNELS:
        raise ChannelError(_("最多设置%(most)d个，请先停用不用的。") % {"most": MOST_CHANNELS})
    return Channel.objects.create(
        **owner,
        kind=kind,
        target=target,
        secret=secret.strip(),
        wanted=wanted,
        rhythm=rhythm,
        made_at=at,
        made_by=actor,
    )


@transaction.atomic
def end_channel(*, channel: Channel, at: datetime) -> None:
    """Switch it off; what waits is not sent any more."""
    Channel.objects.filter(pk=channel.pk, ended_at=None).update(ended_at=at)
    waiting = Delivery.objects.filter(channel=channel, state=DeliveryState.WAITING)
    waiting.update(state=DeliveryState.GIVEN_UP, next_at=None, problem=str(_("渠道已停用")))


@transaction.atomic
def send_trial(*, channel: Channel, at: datetime) -> Delivery:
    """A message that says that the channel works, to be sent with the next pass."""
    with official():
        title = _("首善：试发一条消息")
    return Delivery.objects.create(channel=channel, title=title, text="", made_at=at, next_at=at)


def deliver(at: datetime) -> int:
    """Put new notices into deliveries, then send what is due; how many were sent. Harmless when it runs twice."""
    for channel in Channel.objects.filter(ended_at=None).select_related("user", "organisation").order_by("pk"):
        if is_due(channel, at):
            _gather(channel, at)
    waiting = Delivery.objects.filter(state=DeliveryState.WAITING, next_at__lte=at).order_by("next_at", "pk")
    return sum(_send(pk, at) for pk in waiting.values_list("pk", flat=True)[:500])


def is_due(channel: Channel, at: datetime) -> bool:
    """Whether its rhythm has a digest go out between its last one and this moment."""
    last = channel.deliveries.order_by("-made_at").values_list("made_at", flat=True).first() or channel.made_at
    if channel.rhythm == Rhythm.AT_ONCE:
        return True
    now = timezone.localtime(at)
    if channel.rhythm == Rhythm.HOURLY:
        return last < now.replace(minute=0, second=0, microsecond=0)
    moment = now.replace(hour=DIGEST[0], minute=DIGEST[1], second=0, microsecond=0)
    if now < moment:
        moment -= timedelta(days=1)
    return last < moment


def _new(channel: Channel) -> QuerySet[Notice]:
    """What the channel has not carried yet, since it was set up; of a person's, what they have not read in the product."""
    found = unread(channel.user) if channel.user else Notice.objects.filter(organisation=channel.organisation_id)
    carried = DeliveredNotice.objects.filter(channel=channel, notice=OuterRef("pk"))
    found = found.filter(~Exists(carried), sent_at__gte=channel.made_at)
    return found.filter(is_urgent=True) if channel.wanted == Wanted.URGENT else found


@transaction.atomic
def _gather(channel: Channel, at: datetime) -> None:
    Channel.objects.select_for_update().get(pk=channel.pk)
    notices = list(_new(channel).order_by("-is_urgent", "sent_at", "pk"))
    if not notices:
        return
    title, text = digest(notices)
    made = Delivery.objects.create(channel=channel, title=title, text=text, made_at=at, next_at=at)
    DeliveredNotice.objects.bulk_create(
        DeliveredNotice(channel=channel, notice=each, delivery=made) for each in notices
    )


def digest(notices: Sequence[Notice]) -> tuple[str, str]:
    """Title and text of what is sent: titles alone, for the words of a matter stay in the product."""
    with official():
        lines = [(_("【紧急】") if each.is_urgent else "") + each.title for each in notices[:LISTED]]
        if len(notices) > LISTED:
            lines.append(_("另有%(number)d条，请登录查看。") % {"number": len(notices) - LISTED})
        if settings.SITE_ADDRESS:
            lines.append(settings.SITE_ADDRESS)
        if len(notices) == 1:
            return shortened(lines[0], 160), "\n".join(lines[1:])
        return _("首善：%(number)d条新消息") % {"number": len(notices)}, "\n".join(lines)


def _send(number: int, at: datetime) -> int:
    """Take one up, so that nobody else does, and hand it over outside the transaction."""
    delivery = _taken_up(number, at)
    if delivery is None:
        return 0
    channel = delivery.channel
    try:
        senders.send(channel.kind, channel.target, channel.secret, title=delivery.title, text=delivery.text, at=at)
    except ChannelError as error:
        _failed(delivery, str(error))
        return 0
    Delivery.objects.filter(pk=number).update(state=DeliveryState.SENT, sent_at=at, next_at=None, problem="")
    return 1


@transaction.atomic
def _taken_up(number: int, at: datetime) -> Delivery | None:
    rows = Delivery.objects.select_for_update(of=("self",)).select_related("channel")
    found = rows.filter(pk=number, state=DeliveryState.WAITING, next_at__lte=at).first()
    if found is None:
        return None
    found.attempts += 1
    found.next_at = at + timedelta(minutes=PAUSES[min(found.attempts, len(PAUSES)) - 1])
    found.save(update_fields=["attempts", "next_at"])
    return found


def _failed(delivery: Delivery, problem: str) -> None:
    is_over = delivery.attempts > len(PAUSES)
    changed = {"state": DeliveryState.GIVEN_UP, "next_at": None} if is_over else {}
    Delivery.objects.filter(pk=delivery.pk).update(problem=shortened(problem, 300), **changed)
