"""Closed vocabularies of enterprises' difficulties and of visits (handbook C3)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DifficultyCategory(TextChoices):
    """The kinds of difficulties; the first four are those that the district's own account names."""

    TRANSPORT = "TRANSPORT", _("交通运输")
    ISOLATION = "ISOLATION", _("员工隔离")
    SUPPLIES = "SUPPLIES", _("防疫物资")
    FUNDS = "FUNDS", _("资金融资")
    LABOUR = "LABOUR", _("用工")
    MATERIALS = "MATERIALS", _("原材料供应链")
    LOGISTICS = "LOGISTICS", _("物流")
    RENT = "RENT", _("租金")
    APPROVAL = "APPROVAL", _("审批")
    UTILITIES = "UTILITIES", _("水电气")
    POLICY = "POLICY", _("政策兑现")
    OTHER = "OTHER", _("其他")


class VisitForm(TextChoices):
    """How a visit was made."""

    ON_SITE = "ON_SITE", _("实地")
    VIDEO = "VIDEO", _("视频")
    PHONE = "PHONE", _("电话")


FINER = (
    ("TRANSPORT_CHARTER", _("返岗包车"), "TRANSPORT"),
    ("TRANSPORT_PASS", _("车辆通行"), "TRANSPORT"),
    ("FUNDS_LOAN", _("新增贷款"), "FUNDS"),
    ("FUNDS_EXTENSION", _("贷款展期"), "FUNDS"),
    ("LABOUR_RECRUITING", _("招工"), "LABOUR"),
    ("LABOUR_RETURN", _("员工返岗"), "LABOUR"),
)
"""Finer categories: code, label, the category above."""
