"""Closed vocabularies of the pool of planned projects (项目策划倍增计划)."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class IdeaTheme(TextChoices):
    """What an idea is to bring to life."""

    HEADQUARTERS = "HEADQUARTERS", _("总部经济")
    PREMISES = "PREMISES", _("楼宇经济")
    FINANCE = "FINANCE", pgettext_lazy("theme", "金融")
    TECHNOLOGY = "TECHNOLOGY", _("科技创新")
    CULTURE = "CULTURE", _("文旅消费")
    RENEWAL = "RENEWAL", _("城市更新")
    LIVELIHOOD = "LIVELIHOOD", _("民生")
    INFRASTRUCTURE = "INFRASTRUCTURE", _("基础设施")
    OTHER = "OTHER", _("其他")


class IdeaSource(TextChoices):
    """Where an idea comes from."""

    STUDY = "STUDY", _("专题策划")
    ENTERPRISE = "ENTERPRISE", _("企业提出")
    POLICY = "POLICY", _("上级政策")
    INVESTOR = "INVESTOR", _("招商线索")
    STREET = "STREET", _("街道谋划")


class IdeaState(TextChoices):
    """How far an idea has come."""

    PROPOSED = "PROPOSED", pgettext_lazy("idea", "已入库")
    STUDYING = "STUDYING", pgettext_lazy("idea", "深化论证")
    READY = "READY", pgettext_lazy("idea", "成熟待转化")
    CONVERTED = "CONVERTED", pgettext_lazy("idea", "已转为项目")
    DROPPED = "DROPPED", pgettext_lazy("idea", "已出库")


IDEA_TONES: Final = {
    IdeaState.STUDYING: "soon",
    IdeaState.READY: "soon",
    IdeaState.CONVERTED: "good",
    IdeaState.DROPPED: "neutral",
}
POOL_RULE: Final = "projects.pool_target"
"""Code of the dated rule that says from which base the pool is to be doubled."""


class PoolTerm(TextChoices):
    """What the rule states."""

    COUNT = "COUNT", _("基数：策划项目个数")
    INVEST = "INVEST", _("基数：预计总投资（亿元）")
    FACTOR = "FACTOR", _("目标为基数的倍数")
