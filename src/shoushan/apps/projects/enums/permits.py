"""Closed vocabularies of permits: the four stages of the reform of construction approval (国办发〔2019〕11号)."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PermitStage(TextChoices):
    """The stages in their order; what belongs to one stage is taken side by side (并联审批)."""

    LAND = "LAND", _("立项用地规划许可")
    WORKS = "WORKS", _("工程建设许可")
    BUILD = "BUILD", pgettext_lazy("permit stage", "施工许可")
    ACCEPT = "ACCEPT", pgettext_lazy("permit stage", "竣工验收")


class PermitState(TextChoices):
    """Where an application for one step is."""

    APPLIED = "APPLIED", pgettext_lazy("permit", "待受理")
    PROCESSING = "PROCESSING", pgettext_lazy("permit", "办理中")
    WAITING = "WAITING", pgettext_lazy("permit", "待补正")
    GRANTED = "GRANTED", pgettext_lazy("permit", "已办结")
    REFUSED = "REFUSED", pgettext_lazy("permit", "不予许可")
    RETURNED = "RETURNED", pgettext_lazy("permit", "已退件")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("permit", "已撤回")


OPEN_PERMITS: Final = (PermitState.APPLIED, PermitState.PROCESSING, PermitState.WAITING)
"""Those that somebody still has to do something for."""
LIVE_PERMITS: Final = (*OPEN_PERMITS, PermitState.GRANTED)
"""Of one step of a project only one of these is there at a time."""
PERMIT_TONES: Final = {
    PermitState.APPLIED: "soon",
    PermitState.PROCESSING: "soon",
    PermitState.WAITING: "neutral",
    PermitState.GRANTED: "good",
    PermitState.REFUSED: "late",
    PermitState.RETURNED: "late",
    PermitState.WITHDRAWN: "neutral",
}


class PermitOutcome(TextChoices):
    """Was it decided within the promised working days?"""

    IN_TIME = "IN_TIME", pgettext_lazy("permit", "按承诺时限")
    LATE = "LATE", pgettext_lazy("permit", "超承诺时限")


PERMIT_STEPS_RULE: Final = "projects.permit_steps"
"""Code of the dated rule that lists the steps with their authorities and promised working days."""
BUILDING_PERMIT: Final = "BUILDING_PERMIT"
"""Code of the construction permit in the rule; a district that gives it another is known by the permit's name."""
BUILDING_PERMIT_NAME: Final = "施工许可证"
"""How every name of that permit ends: 建筑工程施工许可证, 建设工程施工许可证."""
YES_NO: Final = (("YES", _("是")), ("NO", _("否")))
