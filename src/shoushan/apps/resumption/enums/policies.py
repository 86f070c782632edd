"""Vocabularies of the rules by which enterprises reopen and workers come back."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Regime(TextChoices):
    """How an enterprise may reopen on a day (handbook 0.1, C3): the rule in force on its own date decides."""

    NOT_ALLOWED = "NOT_ALLOWED", _("暂不得复工")
    APPROVAL = "APPROVAL", _("审批")
    FILING = "FILING", _("备案")
    COMMITMENT = "COMMITMENT", _("告知承诺")
    NOTICE_ONLY = "NOTICE_ONLY", _("仅作报告")


class EntryMeasure(TextChoices):
    """The four measures that have to be in place (四个到位; the standard set of the national guides)."""

    MECHANISM = "MECHANISM", _("防控机制到位")
    STAFF = "STAFF", _("员工排查到位")
    SUPPLIES = "SUPPLIES", _("设施物资到位")
    MANAGEMENT = "MANAGEMENT", _("内部管理到位")


class Origin(TextChoices):
    """Where a worker comes back from, as the rule on isolation asks (handbook C2)."""

    OUTBREAK = "OUTBREAK", _("湖北或疫情重点地区")
    ABROAD = "ABROAD", _("境外")
    OTHER_PROVINCE = "OTHER_PROVINCE", _("外省")
    IN_PROVINCE = "IN_PROVINCE", _("省内")


class IsolationResult(TextChoices):
    """What the rule on isolation says."""

    MUST_NOT_COME = "MUST_NOT_COME", _("不得返济，已到的隔离观察14天")
    FOURTEEN_DAYS = "FOURTEEN_DAYS", _("到达申报，观察14天")
    NONE = "NONE", _("不需隔离")


YES_NO = (("YES", _("是")), ("NO", _("否")))
