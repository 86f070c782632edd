"""Vocabularies of an enterprise's standing."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Standing(TextChoices):
    """Where an enterprise stands; each is an account of the ledger (`chart`)."""

    NOT_RESUMED = "NOT_RESUMED", _("未复工")
    RESUMED = "RESUMED", _("已复工")
    STOPPED = "STOPPED", _("停工")


STANDING_TONES = {Standing.NOT_RESUMED: "neutral", Standing.RESUMED: "good", Standing.STOPPED: "late"}


class CheckResult(TextChoices):
    """Result of the on-site check as subdistricts report it (handbook C5 核验结果)."""

    PASSED = "PASSED", _("合格")
    RECTIFY = "RECTIFY", _("整改")
    FAILED = "FAILED", _("不合格")
    PENDING = "PENDING", _("待核验")


class Category(TextChoices):
    """Ledger category of an enterprise: its 四上 type in the statistics bureau's list in force, or none."""

    INDUSTRY = "INDUSTRY", _("规模以上工业")
    CONSTRUCTION = "CONSTRUCTION", _("有资质的建筑业")
    WHOLESALE = "WHOLESALE", _("限额以上批发业")
    RETAIL = "RETAIL", _("限额以上零售业")
    HOTEL_CATERING = "HOTEL_CATERING", _("限额以上住宿和餐饮业")
    REALESTATE_DEV = "REALESTATE_DEV", _("房地产开发经营业")
    SERVICE = "SERVICE", _("规模以上服务业")
    NONE = "NONE", _("非四上单位")
