"""Notices and who has read them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shoushan.directory.models import Organisation
from shoushan.notices.enums import ChannelKind, DeliveryState, Rhythm, Wanted
from shoushan.privacy.enums import DataClass
from shoushan.privacy.fields import EncryptedTextField


def _person_or_office(name: str) -> models.CheckConstraint:
    """The constraint that a row belongs to one person or to one organisation."""
    of_office = Q(user__isnull=True, organisation__isnull=False)
    return models.CheckConstraint(name=name, condition=of_office | Q(user__isnull=False, organisation__isnull=True))


class Notice(models.Model):
    """One message to one person, or to everybody of one organisation. `key` keeps what is told twice from arriving twice."""

    key = models.CharField(max_length=160, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="notices")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="notices")
    subject = models.CharField(_("对象"), max_length=80)
    title = models.CharField(_("标题"), max_length=120)
    detail = models.CharField(_("内容"), max_length=500, blank=True)
    address = models.CharField(max_length=200, blank=True)
    is_urgent = models.BooleanField(_("紧急"), default=False)
    sent_at = models.DateTimeField(_("时间"))

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [_person_or_office("notices_notice_has_one_recipient")]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user", "-sent_at"], name="notices_notice_by_user"),
            models.Index(fields=["organisation", "-sent_at"], name="notices_notice_by_organisation"),
            models.Index(fields=["subject"], name="notices_notice_by_subject"),
        ]


class Reading(models.Model):
    """That a person has read a notice; of an organisation's notice each of its people has their own."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="readings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    read_at = models.DateTimeField(_("已读时间"))

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "notice"], name="notices_reading_once")
        ]


class Channel(models.Model):
    """A way by which messages also reach a person, or the chat group of an organisation, outside the product.

    Switched off by `ended_at`, never deleted: the log says what went where.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(_("方式"), max_length=8, choices=ChannelKind)
    target = EncryptedTextField(_("地址"), data_class=DataClass.CONTACT)
    secret = EncryptedTextField(_("签名密钥"), blank=True, default="", data_class=DataClass.CONTACT)
    wanted = models.CharField(_("消息"), max_length=6, choices=Wanted, default=Wanted.ALL)
    rhythm = models.CharField(_("频率"), max_length=7, choices=Rhythm, default=Rhythm.AT_ONCE)
    made_at = models.DateTimeField(_("设置时间"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(_("停用时间"), null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [_person_or_office("notices_channel_has_one_owner")]

    @property
    def shown(self) -> str:
        """Enough of the address to tell it from others: the rest of a robot's is as good as a password."""
        if self.kind == ChannelKind.MAIL:
            name, _at, host = self.target.partition("@")
            return f"{name[:2]}***@{host}"
        return f"…{self.target[-4:]}"


class Delivery(models.Model):
    """One message to one channel: a notice, or a digest of several. Tried again with growing pauses, then given up."""

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="deliveries")
    title = models.CharField(_("标题"), max_length=160)
    text = models.TextField(_("内容"))
    state = models.CharField(_("状态"), max_length=8, choices=DeliveryState, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("已试次数"), default=0)
    made_at = models.DateTimeField(_("生成时间"))
    next_at = models.DateTimeField(_("下次发送"), null=True)
    sent_at = models.DateTimeField(_("发送时间"), null=True)
    problem = models.CharField(_("未送达原因"), max_length=300, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["next_at"], name="notices_delivery_next", condition=Q(next_at__isnull=False)),
        ]


class DeliveredNotice(models.Model):
    """That a notice went into a delivery; once a channel, so that two jobs at once send it once."""

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="+", db_index=False)
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="+")
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="notices")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["channel", "notice"], name="notices_delivered_once")
        ]
