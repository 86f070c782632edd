"""Closed vocabularies of the way back of workers (handbook C3)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class WorkerState(TextChoices):
    """Where a worker is on the way back."""

    EXPECTED = "EXPECTED", _("未返")
    TRAVELLING = "TRAVELLING", _("在途")
    OBSERVED = "OBSERVED", _("隔离中")
    WAITING = "WAITING", _("待岗")
    AT_POST = "AT_POST", _("已返岗")
    ABNORMAL = "ABNORMAL", _("异常")
    GONE = "GONE", _("不再返岗")


class OriginGroup(TextChoices):
    """Under which origin a worker is counted."""

    HUBEI = "HUBEI", _("湖北")
    OTHER_PROVINCE = "OTHER_PROVINCE", _("外省")
    IN_PROVINCE = "IN_PROVINCE", _("省内")
    ABROAD = "ABROAD", _("境外")


class KeyAreaContact(TextChoices):
    """Whether somebody passed an area of the epidemic on the way, as they declare."""

    NO = "NO", _("否")
    YES = "YES", _("是")
    UNKNOWN = "UNKNOWN", _("不详")


class CheckSlot(TextChoices):
    """When a temperature is taken."""

    MORNING = "MORNING", _("早")
    EVENING = "EVENING", _("晚")
    ENTRY = "ENTRY", _("入口")


class TestResult(TextChoices):
    """What a nucleic-acid test says."""

    PENDING = "PENDING", _("待出")
    NEGATIVE = "NEGATIVE", _("阴性")
    POSITIVE = "POSITIVE", _("阳性")


TWICE_A_DAY = (CheckSlot.MORNING, CheckSlot.EVENING)
"""What observation and dormitories ask for (国发明电〔2020〕4号)."""
EXPECTED_STATES = (WorkerState.EXPECTED, WorkerState.TRAVELLING)
