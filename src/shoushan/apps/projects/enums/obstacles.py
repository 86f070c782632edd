"""Closed vocabularies of what stands in a project's way (handbook D2)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ObstacleCategory(TextChoices):
    """What it is about."""

    LAND = "LAND", pgettext_lazy("obstacle", "土地")
    DEMOLITION = "DEMOLITION", pgettext_lazy("obstacle", "拆迁")
    PLANNING = "PLANNING", pgettext_lazy("obstacle", "规划")
    APPROVAL = "APPROVAL", pgettext_lazy("obstacle", "审批")
    FUNDS = "FUNDS", pgettext_lazy("obstacle", "资金")
    LABOUR = "LABOUR", pgettext_lazy("obstacle", "用工")
    EPIDEMIC = "EPIDEMIC", pgettext_lazy("obstacle", "防疫")
    UTILITIES = "UTILITIES", pgettext_lazy("obstacle", "管线")
    PETITION = "PETITION", pgettext_lazy("obstacle", "信访")
    OTHER = "OTHER", _("其他")
