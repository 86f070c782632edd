"""Declarations of the dated rules of work resumption."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from shoushan.apps.resumption.enums.policies import YES_NO, EntryMeasure, IsolationResult, Origin, Regime
from shoushan.apps.resumption.lifecycle import check_lists
from shoushan.lifecycle.enums import Risk
from shoushan.lifecycle.policies import RuleColumn, RuleDeclaration

REGIME: Final = RuleDeclaration(
    code="resumption.regime",
    label=_("复工办理方式"),
    hint=_("自上而下，第一项符合的为准；企业按申请当日的规定办理。"),
    columns=(
        RuleColumn("risk", _("所在地风险等级"), tuple(Risk.choices), is_condition=True),
        RuleColumn("exempt", _("保供等豁免类别"), YES_NO, is_condition=True),
        RuleColumn("regime", _("办理方式"), tuple(Regime.choices)),
        RuleColumn("reply_days", _("答复时限（工作日）"), is_number=True, is_required=False),
        RuleColumn("note", _("说明"), is_required=False),
    ),
)
CHECK_LIST: Final = RuleDeclaration(
    code=check_lists.CODE,
    label=_("四个到位核验清单"),
    hint=_("逐项核验；一项不合格，所属的一个到位即不合格。核验按当日有效的版本，已核验的仍按原版本。"),
    columns=(
        RuleColumn("measure", _("四个到位"), tuple(EntryMeasure.choices)),
        RuleColumn("code", _("编号")),
        RuleColumn("text", _("核验内容")),
        RuleColumn("standard", _("合格标准")),
    ),
    key="code",
    preview=check_lists.changes_of_check_list,
)
LIMITS: Final = RuleDeclaration(
    code="resumption.limits",
    label=_("复工防控限值"),
    columns=(
        RuleColumn("name", _("名称")),
        RuleColumn("value", _("数值"), is_number=True),
        RuleColumn("unit", _("单位"), is_required=False),
        RuleColumn("note", _("说明"), is_required=False),
    ),
    key="name",
)
ISOLATION: Final = RuleDeclaration(
    code="resumption.isolation",
    label=_("返岗人员隔离规定"),
    hint=_("自上而下，第一项符合的为准；按返回当日的规定和来源地当日的风险等级判定。"),
    columns=(
        RuleColumn("origin", _("来源地"), tuple(Origin.choices), is_condition=True),
        RuleColumn("low_risk", _("来源地为低风险"), YES_NO, is_condition=True),
        RuleColumn("certificate", _("有健康证明"), YES_NO, is_condition=True),
        RuleColumn("charter", _("点对点直达"), YES_NO, is_condition=True),
        RuleColumn("normal", _("体温正常"), YES_NO, is_condition=True),
        RuleColumn("result", _("措施"), tuple(IsolationResult.choices)),
    ),
)
VEHICLES: Final = RuleDeclaration(
    code="resumption.vehicles",
    label=_("包车车型"),
    hint=_("核定座位不含驾驶员；可安排的座位按“包车最高载客率”计算，费用只用于比较方案。"),
    columns=(
        RuleColumn("name", _("车型")),
        RuleColumn("seats", _("核定座位"), is_number=True),
        RuleColumn("fixed", _("每趟费用（元）"), is_number=True),
        RuleColumn("per_km", _("每公里费用（元）"), is_number=True),
    ),
    key="name",
)
RULES: Final = (REGIME, CHECK_LIST, LIMITS, ISOLATION, VEHICLES)
