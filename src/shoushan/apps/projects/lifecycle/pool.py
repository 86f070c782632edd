"""An idea as states and steps, and the base from which the pool is to be doubled."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shoushan.apps.projects import books, chart
from shoushan.apps.projects.enums.pool import IDEA_TONES, POOL_RULE, PoolTerm
from shoushan.apps.projects.enums.pool import IdeaState as S
from shoushan.apps.projects.lifecycle.duties import CONFIRM, REPORT, check_duty
from shoushan.apps.projects.models import Idea, Project
from shoushan.apps.projects.selectors.pool import project_choices
from shoushan.directory.access import NotAllowedError, check_permission
from shoushan.directory.actors import actor_code
from shoushan.lifecycle.declarations import Lifecycle, Need, NeedKind, Occasion, State, transitions_of
from shoushan.lifecycle.policies import RuleColumn, RuleDeclaration
from shoushan.lifecycle.seeds import Seed, SeedDocument, SeedRule

if TYPE_CHECKING:
    from shoushan.directory.models import User

OPEN_IDEAS: Final = frozenset({S.PROPOSED, S.STUDYING, S.READY})
POOL_TARGET: Final = RuleDeclaration(
    code=POOL_RULE,
    label=gettext_lazy("项目策划倍增目标"),
    hint=gettext_lazy("基数为施行日期当日的策划项目个数和预计总投资，目标为基数乘以倍数。"),
    columns=(
        RuleColumn("name", gettext_lazy("名称"), tuple(PoolTerm.choices)),
        RuleColumn("value", gettext_lazy("数值"), is_number=True),
    ),
    key="name",
)
POOL_SEEDS: Final = (
    Seed(
        SeedDocument(
            "历下区项目策划倍增计划（演示）",
            "项目策划倍增的基数和目标",
            "历下区人民政府办公室",
            date(2020, 1, 1),
            note="参考区的初始设置，基数为演示数，请换成本区的文件",
        ),
        rules=(
            SeedRule(
                POOL_RULE,
                date(2020, 1, 1),
                (
                    {"name": "COUNT", "value": 27},
                    {"name": "INVEST", "value": 480},
                    {"name": "FACTOR", "value": 2},
                ),
                "370102",
            ),
        ),
    ),
)


def check_idea_access(user: User, idea: Idea, permission: str, on: date) -> None:
    """Raise NotAllowedError unless this person may take a step of an idea: its own organisation, or the office that confirms."""
    if permission == CONFIRM:
        check_duty(user, CONFIRM, on=on)
        return
    check_permission(user, permission, on=on, area=idea.area_code)
    if user.organisation_id != idea.lead_id:
        raise NotAllowedError(_("%(code)s由“%(lead)s”填报。") % {"code": idea.code, "lead": idea.lead})


def converted(idea: Idea, occasion: Occasion) -> None:
    """The project that it became, from a day on."""
    idea.project = Project.objects.get(code=occasion.values["became"])
    idea.became_on = occasion.on


def counted(idea: Idea, occasion: Occasion) -> None:
    """What it expects is in the pool, in a project, or in neither, from the day of the step."""
    books.state_idea(idea, on=occasion.on, at=occasion.at, actor=actor_code(occasion.actor))


_step = transitions_of("projects.idea_", CONFIRM)


IDEAS: Final = Lifecycle(
    code="projects.idea",
    label=gettext_lazy("策划项目"),
    model="projects.Idea",
    initial=S.PROPOSED,
    family=chart.IDEAS,
    unit="project",
    category=lambda idea: idea.theme,
    check_access=check_idea_access,
    states=tuple(
        State(
            state.value,
            state.label,
            IDEA_TONES.get(state, "neutral"),
            account="" if state == S.DROPPED else state.value.lower(),
            is_final=state in {S.DROPPED, S.CONVERTED},
        )
        for state in S
    ),
    transitions=(
        _step("study", gettext_lazy("转入深化论证"), {S.PROPOSED}, S.STUDYING, "studied", permission=REPORT),
        _step("mature", gettext_lazy("确认成熟"), {S.PROPOSED, S.STUDYING}, S.READY, "matured"),
        _step(
            "convert",
            gettext_lazy("登记转为项目"),
            OPEN_IDEAS,
            S.CONVERTED,
            "converted",
            needs=(
                Need("on", gettext_lazy("转化日期"), NeedKind.DAY),
                Need(
                    "became",
                    gettext_lazy("转化为项目"),
                    NeedKind.CHOICE,
                    choices=project_choices,
                    are_names=True,
                    hint=gettext_lazy("项目先按清单列入，再在这里选择。"),
                ),
            ),
            counts_from="on",
            effect=converted,
            after=counted,
        ),
        _step(
            "drop",
            gettext_lazy("出库"),
            OPEN_IDEAS,
            S.DROPPED,
            "dropped",
            is_reason_required=True,
            after=counted,
            tone="danger",
        ),
    ),
)
