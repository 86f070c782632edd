"""Which organisation confirms stages and plans, and which the entry into statistics: a dated rule, not a name in the code."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shoushan.apps.projects.enums.projects import LIGHTS_RULE, Duty
from shoushan.apps.projects.models import MonthlyReturn, Project
from shoushan.directory.access import NotAllowedError, check_permission
from shoushan.lifecycle.policies import RuleColumn, RuleDeclaration
from shoushan.lifecycle.seeds import Seed, SeedDocument, SeedRule
from shoushan.lifecycle.selectors import rule_in_force

if TYPE_CHECKING:
    from shoushan.directory.models import User

VIEW: Final = "projects.view_project"
REPORT: Final = "projects.report_project"
CONFIRM: Final = "projects.confirm_stage"
STATISTICS: Final = "projects.confirm_statistics"
_DUTY_OF: Final = {CONFIRM: Duty.CONFIRM, STATISTICS: Duty.STATISTICS}

DUTIES: Final = RuleDeclaration(
    code="projects.duties",
    label=gettext_lazy("重点项目职责分工"),
    hint=gettext_lazy("填单位代码。确认项目阶段和计划的一般是发展改革部门，确认入库纳统的是统计部门。"),
    columns=(
        RuleColumn("duty", gettext_lazy("职责"), tuple(Duty.choices)),
        RuleColumn("organisation", gettext_lazy("单位代码")),
    ),
    key="duty",
)
LIGHTS: Final = RuleDeclaration(
    code=LIGHTS_RULE,
    label=gettext_lazy("重点项目亮灯标准"),
    hint=gettext_lazy(
        "年度投资完成率落后序时进度不超过该百分点的亮相应的灯，自上而下第一项符合的为准；都不符合的亮红灯。"
    ),
    columns=(
        RuleColumn("light", gettext_lazy("亮灯"), (("GREEN", gettext_lazy("绿灯")), ("YELLOW", gettext_lazy("黄灯")))),
        RuleColumn("behind", gettext_lazy("落后不超过（百分点）"), is_number=True),
    ),
    key="light",
)
RULES: Final = (DUTIES, LIGHTS)
SEEDS: Final = (
    Seed(
        SeedDocument(
            "历下区重点项目推进办法（演示）",
            "重点项目推进职责分工和亮灯标准",
            "历下区人民政府办公室",
            date(2020, 1, 1),
            note="参考区的初始设置，请换成本区的文件",
        ),
        rules=(
            SeedRule(
                "projects.duties",
                date(2020, 1, 1),
                (
                    {"duty": "CONFIRM", "organisation": "DEPT_DEVELOPMENT_REFORM"},
                    {"duty": "STATISTICS", "organisation": "DEPT_STATISTICS"},
                ),
                "370102",
            ),
            SeedRule(
                LIGHTS_RULE,
                date(2020, 1, 1),
                ({"light": "GREEN", "behind": 0}, {"light": "YELLOW", "behind": 10}),
                "370102",
            ),
        ),
    ),
)


def office_of(duty: str, *, on: date) -> str:
    """The code of the organisation that has a duty on a day; "" where no rule says so."""
    found = rule_in_force(DUTIES.code, on=on, area=settings.DISTRICT_CODE)
    rows = found.rows if found else []
    return next((str(row["organisation"]) for row in rows if row["duty"] == duty), "")


def is_office(user: User, permission: str, *, on: date) -> bool:
    """Does this person belong to the organisation that the rule names for the permission?"""
    own = user.organisation
    return own is not None and own.code == office_of(_DUTY_OF[permission], on=on)


def check_duty(user: User, permission: str, *, on: date) -> None:
    """Raise NotAllowedError unless this person belongs to the organisation that the rule names, with the whole district."""
    check_permission(user, permission, on=on, area=settings.DISTRICT_CODE)
    if not is_office(user, permission, on=on):
        words = {"duty": _DUTY_OF[permission].label}
        raise NotAllowedError(_("“%(duty)s”由规则指定的单位办理，见“重点项目职责分工”。") % words)


def check_project_access(user: User, record: Project | MonthlyReturn, permission: str, on: date) -> None:
    """Raise NotAllowedError unless this person may take a step of a project, or of its return, that asks for the permission.

    The lead organisation and the office of the subdistrict report; the offices named by the rule confirm.
    """
    if permission in _DUTY_OF:
        check_duty(user, permission, on=on)
        return
    project = record if isinstance(record, Project) else record.project
    check_permission(user, permission, on=on, area=project.area_code)
    own = user.organisation
    if permission == REPORT and (own is None or not _answers_for(own.pk, own.area_code, project)):
        raise NotAllowedError(_("%(code)s由“%(lead)s”填报。") % {"code": project.code, "lead": project.lead})


def _answers_for(organisation_id: int, area: str, project: Project) -> bool:
    """The lead, or the office of the subdistrict in which the project lies."""
    return organisation_id == project.lead_id or (len(area) > 6 and project.area_code.startswith(area))
