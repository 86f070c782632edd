"""A project as stages and steps (handbook D3): who leads it proposes, the office named by the rule confirms by evidence."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shoushan.apps.projects import chart
from shoushan.apps.projects.enums.projects import (
    STAGE_TONES,
    WAY,
    ContractType,
    FirstWork,
    Kind,
    SiteBasis,
    StartBasis,
)
from shoushan.apps.projects.enums.projects import ProjectStage as S
from shoushan.apps.projects.lifecycle import corrections, effects
from shoushan.apps.projects.lifecycle.duties import CONFIRM, REPORT, STATISTICS, check_project_access
from shoushan.apps.projects.models import Project
from shoushan.apps.projects.selectors.lists import lead_choices
from shoushan.apps.projects.selectors.permits import construction_permits
from shoushan.apps.projects.selectors.stages import first_day_of_list
from shoushan.lifecycle.declarations import (
    STAY,
    Guard,
    Lifecycle,
    Need,
    NeedKind,
    Occasion,
    State,
    transitions_of,
)
from shoushan.lifecycle.models import Step

WITHOUT_CONTRACT: Final = frozenset({Kind.INFRASTRUCTURE, Kind.LIVELIHOOD, Kind.RENEWAL})
"""Kinds that government builds: they need no contract with an investor."""
UNFINISHED: Final = frozenset(WAY[:7])


def _day(label: Any) -> Need:
    return Need("on", label, NeedKind.DAY)


def _file(name: str, label: Any) -> Need:
    return Need(name, label, NeedKind.FILE)


def _choice(name: str, label: Any, choices: Any) -> Need:
    return Need(name, label, NeedKind.CHOICE, choices=lambda _project: choices)


def _known(name: str, label: Any, kind: NeedKind = NeedKind.TEXT) -> Need:
    """What is known and may be changed; left blank it stays."""
    return Need(name, label, kind, is_required=False, initial=lambda project: getattr(project, name))


# ---- what stops a step ------------------------------------------------------------------------------------
def _is_formal(_project: Project, occasion: Occasion) -> str:
    said = occasion.values.get("contract_type", "")
    if said in {"", ContractType.FORMAL}:
        return ""
    words = {"said": ContractType(said).label}
    return _("%(said)s不算签约，可在“申报进展”中登记；签订正式合同后再确认签约。") % words


def _is_permanent(_project: Project, occasion: Occasion) -> str:
    said = occasion.values.get("first_work", "")
    if said in {"", FirstWork.PERMANENT}:
        return ""
    words = {"said": FirstWork(said).label}
    return _("%(said)s不算开工，请填永久性工程正式破土的日期和照片。") % words


def _may_skip_contract(project: Project, _occasion: Occasion) -> str:
    if project.state != S.RESERVE or project.kind in WITHOUT_CONTRACT:
        return ""
    return _("这类项目应先签约、落地，再办理前期手续。")


def _has_plan(project: Project, _occasion: Occasion) -> str:
    return "" if project.plans.exists() else _("还没有批准的投资计划，请先录入年度计划。")


def _has_started(project: Project, _occasion: Occasion) -> str:
    if project.state != S.HALTED or project.started_on or _before_halt(project, _occasion) != S.PREPARATION:
        return ""
    return _("项目停建缓建前还没有开工，没有开工日期可以更正。")


def _is_listed(project: Project, occasion: Occasion) -> str:
    if not occasion.values or effects.lists_in_force(project, occasion.on).exists():
        return ""
    return _("项目在 %(year)d 年没有在列的清单，请核对移出日期。") % {"year": occasion.on.year}


def _is_new_name(project: Project, occasion: Occasion) -> str:
    return effects.problem_of_name(project, occasion.values.get("new_name", ""))


def _is_new_code(project: Project, occasion: Occasion) -> str:
    return effects.problem_of_code(project, occasion.values.get("new_code", ""), occasion)


CHANGES: Final = Guard("changes_something", gettext_lazy("有变动，日期不早于现有内容"), effects.problem_of_adjustment)
IS_LISTED: Final = Guard("is_listed", gettext_lazy("在当年清单上"), _is_listed)
HAS_PARTS: Final = Guard(
    "has_parts",
    gettext_lazy("有子项"),
    lambda project, _occasion: "" if project.parts.filter(until__isnull=True).exists() else _("项目没有子项。"),
)
CAME_BEFORE: Final = Guard("part_came_before", gettext_lazy("子项在这一天以前列入"), effects.problem_of_part)
IS_FORMAL: Final = Guard("is_formal", gettext_lazy("签订的是正式合同"), _is_formal)
IS_PERMANENT: Final = Guard("is_permanent", gettext_lazy("永久性工程已经破土"), _is_permanent)
MAY_SKIP: Final = Guard("may_skip_contract", gettext_lazy("已签约落地，或为政府投资类项目"), _may_skip_contract)
HAS_PLAN: Final = Guard("has_plan", gettext_lazy("有批准的投资计划"), _has_plan)
HAS_STARTED: Final = Guard("has_started", gettext_lazy("已经开工"), _has_started)
IS_NEW_CODE: Final = Guard("is_new_code", gettext_lazy("新代码格式正确，没有别的项目在用"), _is_new_code)
IS_NEW_NAME: Final = Guard("is_new_name", gettext_lazy("新名称没有别的项目在用"), _is_new_name)


def _has_basis(_project: Project, occasion: Occasion) -> str:
    """A paper with its number, or a permit that was granted here. Before the form is sent nothing is known of it."""
    if not occasion.values or occasion.values.get("permit_record"):
        return ""
    if occasion.values.get("start_document") and occasion.files.get("permit"):
        return ""
    return _("请引用已办结的施工许可，或填写许可证号（文号）并上传许可证或批准文件。")


HAS_BASIS: Final = Guard("has_basis", gettext_lazy("有施工许可或批准提前开工的文件"), _has_basis)


def _earliest(project: Project, _occasion: Occasion) -> date | None:
    return first_day_of_list(project)


def _no_work_since(project: Project, occasion: Occasion) -> str:
    """A return refuses investment in a month without a day of work; so does a halt that makes such a month."""
    done = project.returns.filter(month__gte=occasion.on, month_fen__gt=0).order_by("month")
    months = "、".join(f"{month:%Y-%m}" for month in done.values_list("month", flat=True))
    if not months:
        return ""
    words = {"day": occasion.on.isoformat(), "months": months}
    return (
        _(
            "%(months)s 的月报填有完成投资，与 %(day)s 起停建缓建不符；请核对日期，或由审核单位退回这些月报更正后再登记。"
        )
        % words
    )


def _before_halt(project: Project, _occasion: Occasion) -> str:
    """The stage in which a halted project was."""
    step = Step.objects.filter(subject=project.subject, transition="halt").order_by("-revision").first()
    return step.source if step else S.PREPARATION


NO_WORK_SINCE: Final = Guard("no_work_since", gettext_lazy("停建缓建后的月份没有完成投资"), _no_work_since)

_step = transitions_of("projects.", CONFIRM)
_first = partial(_step, earliest=_earliest)
"""A step that may be the first which a project takes after a list brought it."""


FORWARD: Final = (
    _first(
        "reserve",
        gettext_lazy("纳入储备"),
        {S.PLANNING},
        S.RESERVE,
        "project_reserved",
        needs=(_day(gettext_lazy("纳入储备日期")),),
    ),
    _first(
        "sign",
        gettext_lazy("确认签约"),
        {S.PLANNING, S.RESERVE},
        S.SIGNED,
        "project_signed",
        needs=(
            _day(gettext_lazy("签约日期")),
            _choice("contract_type", gettext_lazy("合同类型"), ContractType.choices),
            Need("contract_no", gettext_lazy("合同编号")),
            _file("contract", gettext_lazy("合同扫描件")),
        ),
        guards=(IS_FORMAL,),
        after=effects.counted,
    ),
    _first(
        "land",
        gettext_lazy("确认落地"),
        {S.SIGNED},
        S.LANDED,
        "project_landed",
        needs=(
            _day(gettext_lazy("落地日期")),
            _choice("site_basis", gettext_lazy("落地依据"), SiteBasis.choices),
            _file("licence", gettext_lazy("营业执照")),
            _file("site_contract", gettext_lazy("土地或载体合同")),
        ),
        after=effects.counted,
    ),
    _first(
        "prepare",
        gettext_lazy("进入前期手续"),
        {S.RESERVE, S.SIGNED, S.LANDED},
        S.PREPARATION,
        "project_prepared",
        needs=(_day(gettext_lazy("开始办理日期")),),
        guards=(MAY_SKIP,),
    ),
    _first(
        "start",
        gettext_lazy("确认开工"),
        {S.LANDED, S.PREPARATION},
        S.STARTED,
        "project_started",
        needs=(
            _day(gettext_lazy("开工日期")),
            _choice("first_work", gettext_lazy("当日施工内容"), FirstWork.choices),
            _choice("start_basis", gettext_lazy("开工依据"), StartBasis.choices),
            Need(
                "permit_record",
                gettext_lazy("引用已办结的施工许可"),
                NeedKind.CHOICE,
                is_required=False,
                choices=construction_permits,
                are_names=True,
                hint=gettext_lazy("引用后不用再填许可证号、不用再上传许可证。"),
            ),
            Need("start_document", gettext_lazy("许可证号或文号"), is_required=False),
            Need("permit", gettext_lazy("许可证或批准文件"), NeedKind.FILE, is_required=False),
            _file("photos", gettext_lazy("永久性工程现场照片")),
        ),
        guards=(HAS_PLAN, IS_PERMANENT, HAS_BASIS),
        effect=effects.started,
        after=effects.counted,
    ),
    _first(
        "build",
        gettext_lazy("转入在建"),
        {S.STARTED},
        S.BUILDING,
        "project_built",
        needs=(_day(gettext_lazy("转入在建日期")),),
    ),
    _first(
        "complete",
        gettext_lazy("确认竣工"),
        {S.STARTED, S.BUILDING},
        S.COMPLETED,
        "project_completed",
        needs=(
            _day(gettext_lazy("竣工验收日期")),
            Need("acceptance_document", gettext_lazy("竣工验收备案号")),
            Need("premises_done_sqm", gettext_lazy("竣工载体面积（平方米）"), NeedKind.WHOLE, is_required=False),
            _file("acceptance", gettext_lazy("竣工验收备案表")),
        ),
        effect=effects.completed,
        after=effects.counted,
    ),
    _first(
        "use",
        gettext_lazy("确认投用"),
        {S.COMPLETED},
        S.IN_USE,
        "project_used",
        needs=(_day(gettext_lazy("投用日期")),),
    ),
)
BESIDE: Final = (
    _first(
        "halt",
        gettext_lazy("登记停建缓建"),
        {S.PREPARATION, S.STARTED, S.BUILDING},
        S.HALTED,
        "project_halted",
        needs=(_day(gettext_lazy("停建缓建日期")),),
        guards=(NO_WORK_SINCE,),
        is_reason_required=True,
        tone="danger",
    ),
    _step(
        "resume",
        gettext_lazy("恢复建设"),
        {S.HALTED},
        S.BUILDING,
        "project_resumed",
        branches=(S.STARTED, S.PREPARATION),
        choose=_before_halt,
        needs=(_day(gettext_lazy("恢复日期")),),
    ),
    _step(
        "withdraw",
        gettext_lazy("登记退出"),
        {*UNFINISHED, S.HALTED},
        S.WITHDRAWN,
        "project_withdrawn",
        needs=(_day(gettext_lazy("退出日期")),),
        is_reason_required=True,
        effect=effects.off_the_lists,
        after=effects.left,
        tone="danger",
    ),
    _step(
        "delist",
        gettext_lazy("移出清单"),
        set(WAY) | {S.HALTED},
        STAY,
        "project_off_list",
        needs=(_day(gettext_lazy("移出日期")),),
        guards=(IS_LISTED,),
        is_reason_required=True,
        effect=effects.off_the_lists,
        after=effects.counted,
    ),
    _step(
        "remove_part",
        gettext_lazy("移出子项"),
        set(WAY) | {S.HALTED},
        STAY,
        "part_removed",
        needs=(
            _day(gettext_lazy("移出日期")),
            Need(
                "part",
                gettext_lazy("子项"),
                NeedKind.CHOICE,
                choices=lambda project: [
                    (str(each.pk), each.name) for each in project.parts.filter(until__isnull=True).order_by("pk")
                ],
                are_names=True,
            ),
        ),
        guards=(HAS_PARTS, CAME_BEFORE),
        is_reason_required=True,
        effect=effects.part_removed,
        after=effects.counted,
    ),
    _step(
        "rename",
        gettext_lazy("更名"),
        set(WAY) | {S.HALTED},
        STAY,
        "project_renamed",
        needs=(_day(gettext_lazy("更名日期")), Need("new_name", gettext_lazy("新名称"), field="name")),
        guards=(IS_NEW_NAME,),
        is_reason_required=True,
        effect=effects.renamed,
    ),
    _step(
        "adjust",
        gettext_lazy("调整"),
        set(WAY) | {S.HALTED},
        STAY,
        "project_adjusted",
        needs=(
            _day(gettext_lazy("调整日期")),
            Need(
                "kind",
                gettext_lazy("项目类别"),
                NeedKind.CHOICE,
                is_required=False,
                choices=lambda _project: Kind.choices,
                initial=lambda project: project.kind,
            ),
            Need(
                "lead_code",
                gettext_lazy("牵头单位"),
                NeedKind.CHOICE,
                is_required=False,
                choices=lambda _project: lead_choices(),
                are_names=True,
                initial=lambda project: project.lead.code,
            ),
            _known("owner_name", gettext_lazy("建设单位")),
            _known("site", gettext_lazy("建设地点")),
            _known("content", gettext_lazy("建设规模及主要内容"), NeedKind.LONG_TEXT),
            _known("sponsor", gettext_lazy("包挂领导")),
            _known("service_officer", gettext_lazy("服务专员")),
        ),
        guards=(CHANGES,),
        is_reason_required=True,
        effect=effects.adjusted,
        after=effects.counted,
    ),
    _step(
        "recode",
        gettext_lazy("更换统一代码"),
        set(WAY) | {S.HALTED},
        STAY,
        "project_recoded",
        needs=(
            _day(gettext_lazy("启用日期")),
            Need(
                "new_code",
                gettext_lazy("新的项目统一代码"),
                hint=gettext_lazy("原代码保留，按新旧代码都能查到；2020年11月以前的代码可以换成新式代码。"),
            ),
            _file("material", gettext_lazy("赋码或变更依据")),
        ),
        guards=(IS_NEW_CODE,),
        is_reason_required=True,
        effect=effects.recoded,
    ),
    _step(
        "report_progress",
        gettext_lazy("申报进展"),
        set(WAY[:-1]) | {S.HALTED},
        STAY,
        "progress_proposed",
        permission=REPORT,
        needs=(
            Need(
                "proposal",
                gettext_lazy("申报内容"),
                NeedKind.LONG_TEXT,
                hint=gettext_lazy("申报进入哪一阶段、哪一天、依据是什么"),
            ),
            Need("material", gettext_lazy("佐证材料"), NeedKind.FILE, is_required=False),
        ),
    ),
    _step(
        "enter_statistics",
        gettext_lazy("确认入库纳统"),
        {S.STARTED, S.BUILDING, S.COMPLETED, S.IN_USE},
        STAY,
        "project_in_statistics",
        permission=STATISTICS,
        needs=(Need("statistics_on", gettext_lazy("入库纳统日期"), NeedKind.DAY),),
    ),
    _step(
        "correct_start",
        gettext_lazy("更正开工日期"),
        {S.STARTED, S.BUILDING, S.COMPLETED, S.IN_USE, S.HALTED},
        STAY,
        "start_day_corrected",
        needs=(
            Need("started_on", gettext_lazy("正确的开工日期"), NeedKind.DAY),
            _file("material", gettext_lazy("更正依据")),
        ),
        guards=(HAS_STARTED,),
        is_reason_required=True,
        effect=corrections.start,
        after=effects.counted,
    ),
    _step(
        "correct_completion",
        gettext_lazy("更正竣工日期"),
        {S.COMPLETED, S.IN_USE},
        STAY,
        "completion_day_corrected",
        needs=(
            Need("completed_on", gettext_lazy("正确的竣工日期"), NeedKind.DAY),
            _file("material", gettext_lazy("更正依据")),
        ),
        is_reason_required=True,
        effect=corrections.completion,
        after=effects.counted,
    ),
    _step(
        "take_over",
        gettext_lazy("按清单登记阶段"),
        {S.PLANNING},
        S.RESERVE,
        "project_taken_over",
        branches=tuple(WAY[2:]),
        choose=lambda _project, occasion: occasion.values["stage"],
        needs=(Need("stage", gettext_lazy("清单所列阶段")),),
        is_by_system=True,
    ),
)

PROJECTS: Final = Lifecycle(
    code="projects.project",
    label=gettext_lazy("重点项目"),
    model="projects.Project",
    initial=S.PLANNING,
    family=chart.STAGES,
    unit="project",
    category=lambda project: project.kind,
    check_access=check_project_access,
    states=tuple(
        State(
            stage.value,
            stage.label,
            STAGE_TONES.get(stage, "neutral" if stage in {S.PLANNING, S.WITHDRAWN} else "soon"),
            account="" if stage == S.WITHDRAWN else stage.value.lower(),
            is_final=stage == S.WITHDRAWN or stage == S.IN_USE,
        )
        for stage in S
    ),
    transitions=(*FORWARD, *BESIDE),
)
