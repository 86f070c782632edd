"""Closed vocabularies of campaigns (handbook D2): how an item stands on a day, and what of a campaign was changed."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from shoushan.apps.projects.enums.projects import Light

SOON: Final = timedelta(days=7)
"""An item whose planned day is no further away is due soon: until the meeting of the next week."""


class ItemProgress(TextChoices):
    """How a project in a batch stands on a day."""

    ACHIEVED = "ACHIEVED", _("已完成")
    LATE = "LATE", _("逾期未完成")
    DUE = "DUE", _("7 天内到期")
    OPEN = "OPEN", _("推进中")
    GONE = "GONE", _("已退出")


ITEM_LIGHTS: Final = {
    ItemProgress.ACHIEVED: Light.GREEN,
    ItemProgress.DUE: Light.YELLOW,
    ItemProgress.LATE: Light.RED,
    ItemProgress.OPEN: Light.NONE,
    ItemProgress.GONE: Light.NONE,
}


class CampaignChangeKind(TextChoices):
    """What of a campaign was changed after it was set."""

    CAMPAIGN = "CAMPAIGN", _("调整会战")
    PLANNED = "PLANNED", _("调整计划日期")
    REMOVED = "REMOVED", _("移出批次")
    REASON = "REASON", _("说明未完成原因")
