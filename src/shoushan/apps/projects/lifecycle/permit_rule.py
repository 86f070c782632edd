"""Which steps there are in each stage, whose they are and how many working days are promised: a dated rule.

The stages are those of the State Council's reform of construction approval (国办发〔2019〕11号, section 2); steps and terms
are the district's own.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy

from shoushan.apps.projects.enums.permits import PERMIT_STEPS_RULE, YES_NO, PermitStage
from shoushan.lifecycle.policies import RuleColumn, RuleDeclaration
from shoushan.lifecycle.seeds import Seed, SeedDocument, SeedRule

PERMIT_STEPS: Final = RuleDeclaration(
    code=PERMIT_STEPS_RULE,
    label=gettext_lazy("项目审批事项和承诺时限"),
    hint=gettext_lazy(
        "同一阶段的事项并联办理。“必办”的事项没有办结，后面阶段的事项只有“可提前办理”的才能申请（拿地即开工）；已申请的按申请当日的时限计。"
        "“准予前须取得”填事项代码，用顿号分开；施工许可证不填的，前面阶段的“必办”事项都要先办结。"
    ),
    columns=(
        RuleColumn("stage", gettext_lazy("审批阶段"), tuple(PermitStage.choices)),
        RuleColumn("code", gettext_lazy("事项代码")),
        RuleColumn("item", gettext_lazy("审批事项")),
        RuleColumn("organisation", gettext_lazy("审批单位代码")),
        RuleColumn("days", gettext_lazy("承诺时限（工作日）"), is_number=True),
        RuleColumn("required", gettext_lazy("必办"), YES_NO),
        RuleColumn("tolerant", gettext_lazy("可容缺受理"), YES_NO),
        RuleColumn("ahead", gettext_lazy("可提前办理"), YES_NO),
        RuleColumn("before", gettext_lazy("准予前须取得"), is_required=False),
    ),
    key="code",
)
APPROVAL, HOUSING, REFORM = (
    "DEPT_ADMINISTRATIVE_APPROVAL",
    "DEPT_HOUSING_CONSTRUCTION",
    "DEPT_DEVELOPMENT_REFORM",
)


def _row(
    stage: str, code: str, item: str, organisation: str, days: int, marks: str, before: str = ""
) -> dict[str, Any]:
    """`marks` holds R for required, T for tolerance of missing documents, A for ahead of its stage.

    `before` names the steps that are granted first: those of land and planning before works (建筑法 article 8).
    """
    yes = {
        name: "YES" if mark in marks else "NO" for name, mark in (("required", "R"), ("tolerant", "T"), ("ahead", "A"))
    }
    return {
        "stage": stage,
        "code": code,
        "item": item,
        "organisation": organisation,
        "days": days,
        **yes,
        "before": before,
    }


_STEPS: Final = (
    _row("LAND", "PROJECT_APPROVAL", "项目审批、核准或备案", APPROVAL, 3, "RT"),
    _row("LAND", "SITE_OPINION", "用地预审与选址意见书", APPROVAL, 5, "T"),
    _row("LAND", "LAND_PERMIT", "建设用地规划许可证", APPROVAL, 3, "R"),
    _row("LAND", "ENERGY_REVIEW", "节能审查", REFORM, 5, "TA"),
    _row("WORKS", "DESIGN_REVIEW", "建设工程设计方案审查", APPROVAL, 7, "RTA"),
    _row("WORKS", "WORKS_PERMIT", "建设工程规划许可证", APPROVAL, 3, "RTA"),
    _row("WORKS", "ENVIRONMENT", "环境影响评价审批", APPROVAL, 10, "TA"),
    _row("BUILD", "DRAWING_REVIEW", "施工图设计文件审查情况确认", HOUSING, 5, "TA"),
    _row("BUILD", "FIRE_DESIGN", "消防设计审查", HOUSING, 5, "TA"),
    _row("BUILD", "BUILDING_PERMIT", "建筑工程施工许可证", APPROVAL, 3, "RTA", "LAND_PERMIT、WORKS_PERMIT"),
    _row("ACCEPT", "FIRE_ACCEPTANCE", "消防验收", HOUSING, 7, ""),
    _row("ACCEPT", "PLANNING_CHECK", "规划核实", APPROVAL, 5, ""),
    _row("ACCEPT", "COMPLETION_RECORD", "竣工验收备案", HOUSING, 3, "R"),
)
PERMIT_SEEDS: Final = (
    Seed(
        SeedDocument(
            "历下区工程建设项目审批事项（演示）",
            "工程建设项目四个阶段的审批事项和承诺时限",
            "历下区人民政府办公室",
            date(2020, 1, 1),
            note="参考区的初始设置，阶段按国办发〔2019〕11号，请换成本区的事项和时限",
        ),
        rules=(SeedRule(PERMIT_STEPS_RULE, date(2020, 1, 1), _STEPS, "370102"),),
    ),
)
