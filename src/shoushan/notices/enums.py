"""Closed vocabularies of messages outside the product."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ChannelKind(TextChoices):
    """By which way."""

    MAIL = "MAIL", _("电子邮件")
    DINGTALK = "DINGTALK", _("钉钉群机器人")
    WECOM = "WECOM", _("企业微信群机器人")
    FEISHU = "FEISHU", _("飞书群机器人")


class Wanted(TextChoices):
    """Which messages."""

    ALL = "ALL", _("全部消息")
    URGENT = "URGENT", _("只发紧急的")


class Rhythm(TextChoices):
    """How often at most; what has come in between goes out as one digest."""

    AT_ONCE = "AT_ONCE", _("随时（每分钟至多一条）")
    HOURLY = "HOURLY", _("每小时汇总一次")
    DAILY = "DAILY", _("每天8时30分汇总一次")


class DeliveryState(TextChoices):
    """Where a message on its way is."""

    WAITING = "WAITING", _("待发送")
    SENT = "SENT", _("已发送")
    GIVEN_UP = "GIVEN_UP", _("未送达")


DELIVERY_TONES = {DeliveryState.WAITING: "soon", DeliveryState.SENT: "good", DeliveryState.GIVEN_UP: "late"}
DELIVERY_TRANSITIONS = {
    DeliveryState.WAITING: frozenset({DeliveryState.SENT, DeliveryState.GIVEN_UP}),
    DeliveryState.SENT: frozenset(),
    DeliveryState.GIVEN_UP: frozenset(),
}
