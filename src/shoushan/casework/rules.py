"""The two dated rules of a kind of matter: who does it, and how long each step may take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from shoushan.casework.enums import Level, Timed
from shoushan.deadlines.enums import Unit
from shoushan.lifecycle.policies import RuleColumn, RuleDeclaration

if TYPE_CHECKING:
    from shoushan.casework.kinds import MatterKind

STREET: Final = "STREET"
"""As the lead of a routing row: the office of the subdistrict in which the matter lies."""
YES_NO: Final = (("YES", _("是")), ("NO", _("否")))


def routing_rule(kind: MatterKind) -> RuleDeclaration:
    """Category × area × industry → level, lead and assisting organisations, officer, and whether nobody has to dispatch it."""
    return RuleDeclaration(
        code=kind.routing_rule,
        label=_("分派规则"),
        hint=_(
            "自上而下，第一项符合的为准。牵头单位填单位代码，由属地街道办理的填 STREET；协办单位有多个的，用顿号隔开；辖区和行业填代码的前几位。"
        ),
        columns=(
            RuleColumn("category", _("类别"), tuple(kind.choices), is_condition=True),
            RuleColumn("area", _("辖区代码"), is_condition=True),
            RuleColumn("industry", _("行业代码"), is_condition=True),
            RuleColumn("level", _("办理层级"), tuple(Level.choices)),
            RuleColumn("lead", _("牵头单位")),
            RuleColumn("assist", _("协办单位"), is_required=False),
            RuleColumn("officer", _("承办人用户名"), is_required=False),
            RuleColumn("direct", _("直接分派"), YES_NO),
        ),
    )


def terms_rule(kind: MatterKind) -> RuleDeclaration:
    """Category × step → how long, when to remind, when to escalate again after the day it was due."""
    return RuleDeclaration(
        code=kind.terms_rule,
        label=_("办理时限"),
        hint=_("自上而下，第一项符合的为准。时限按小时计的填分钟，按天计的填天数；到期未办的当时升级。"),
        columns=(
            RuleColumn("category", _("类别"), tuple(kind.choices), is_condition=True),
            RuleColumn("step", _("环节"), tuple(Timed.choices), is_condition=True),
            RuleColumn("unit", _("计时单位"), tuple(Unit.choices)),
            RuleColumn("budget", _("时限"), is_number=True),
            RuleColumn("remind", _("用去多少时提醒（%）"), is_number=True, is_required=False),
            RuleColumn("again", _("逾期后再升级（工作日）"), is_number=True, is_required=False),
        ),
    )
