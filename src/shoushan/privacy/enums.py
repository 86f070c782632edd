"""Closed vocabularies of personal data."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DataClass(TextChoices):
    """What kind of personal data a column holds (PIPL 28, 51)."""

    IDENTITY = "IDENTITY", _("身份")
    CONTACT = "CONTACT", _("联系方式")
    HEALTH = "HEALTH", _("健康")
    WHEREABOUTS = "WHEREABOUTS", _("行踪")


class AccessKind(TextChoices):
    """What was done with personal data."""

    SHOWN = "SHOWN", _("查看")
    EXPORTED = "EXPORTED", _("导出")
    SEARCHED = "SEARCHED", _("按号码查找")
    IMPORTED = "IMPORTED", _("导入")
