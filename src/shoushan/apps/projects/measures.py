"""The figures of key projects (handbook D5), as questions to the ledger."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from shoushan.apps.projects import chart
from shoushan.casework.measures import matter_measures
from shoushan.figures.measures import Measure

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

OFFICE = _("历下区发展和改革局")
YI = 10**10
"""Fen in one 亿元."""
TEN_THOUSAND_SQM = 10**4


def _measure(
    code: str, name: "StrOrPromise", unit: str, definition: "StrOrPromise", *numerator: str, **more: Any
) -> Measure:
    return Measure(
        code=f"projects.{code}",
        name=name,
        unit=unit,
        definition=definition,
        owner=OFFICE,
        numerator=numerator,
        categories="project_kind",
        **more,
    )


SUMMARY = (
    _measure(
        "large_projects",
        _("亿元以上重点项目个数"),
        "个",
        _("截至当日，在当年各级清单上、计划总投资 1 亿元以上的项目个数；打包项目计一个，同时列入几级清单的计一个。"),
        chart.LISTED,
        cockpit=6,
    ),
    _measure(
        "large_total_investment",
        _("亿元以上重点项目总投资"),
        "亿元",
        _("截至当日，这些项目最近一次批准的计划总投资之和。"),
        chart.TOTAL,
        decimals=2,
        scale=YI,
    ),
    _measure(
        "large_year_plan",
        _("亿元以上重点项目年度计划投资"),
        "亿元",
        _("截至当日，这些项目当年计划投资之和，含按程序调整的。"),
        chart.YEAR_PLAN,
        decimals=2,
        scale=YI,
    ),
    _measure(
        "city_level_projects",
        _("市级重点项目个数"),
        "个",
        _("截至当日，列入当年市级清单的亿元以上项目个数。"),
        chart.LEVEL_ACCOUNTS["CITY"],
    ),
    _measure(
        "completing_projects",
        _("年内计划竣工项目个数"),
        "个",
        _("截至当日，按当年计划在年内竣工的亿元以上项目个数。"),
        chart.COMPLETING,
    ),
    _measure(
        "planned_premises",
        _("年内计划竣工商业载体面积"),
        "万平方米",
        _("截至当日，按当年计划在年内竣工的亿元以上项目的商业载体建筑面积之和。"),
        chart.PREMISES,
        decimals=2,
        scale=TEN_THOUSAND_SQM,
    ),
)
"""What the district says of its key projects in one sentence."""

PROGRESS = (
    _measure(
        "large_year_done",
        _("亿元以上重点项目本年完成投资"),
        "亿元",
        _("截至当日，这些项目最近一次月报的本年累计完成投资之和；按完成的实物工作量计，不是付款额，也不含签约额。"),
        chart.YEAR_DONE,
        decimals=2,
        scale=YI,
    ),
    _measure(
        "year_plan_rate",
        _("年度投资完成率"),
        "%",
        _("本年完成投资 ÷ 年度计划投资。"),
        chart.YEAR_DONE,
        denominator=(chart.YEAR_PLAN,),
        base=_("亿元以上重点项目的年度计划投资"),
        cockpit=7,
    ),
    _measure(
        "large_year_approved",
        _("亿元以上重点项目年度计划投资（批准数）"),
        "亿元",
        _("截至当日，这些项目当年计划投资按列入清单时的批准数之和，不含其后的调整。"),
        chart.YEAR_APPROVED,
        decimals=2,
        scale=YI,
    ),
    _measure(
        "approved_plan_rate",
        _("年度投资完成率（按批准数）"),
        "%",
        _("本年完成投资 ÷ 列入清单时批准的年度计划投资，其后调整计划不改变分母。"),
        chart.YEAR_DONE,
        denominator=(chart.YEAR_APPROVED,),
        base=_("亿元以上重点项目列入清单时批准的年度计划投资"),
    ),
    _measure(
        "start_rate",
        _("开工率"),
        "%",
        _("当年计划开工的亿元以上项目中已经开工的个数 ÷ 当年计划开工的个数。"),
        chart.STARTED,
        denominator=(chart.STARTING,),
        base=_("当年计划开工的亿元以上重点项目"),
    ),
    _measure(
        "completed_projects",
        _("年内已竣工项目个数"),
        "个",
        _("截至当日，当年竣工验收的亿元以上项目个数。"),
        chart.COMPLETED,
    ),
    _measure(
        "completed_premises",
        _("年内已竣工商业载体面积"),
        "万平方米",
        _("截至当日，当年竣工验收的亿元以上项目的商业载体建筑面积之和。"),
        chart.PREMISES_DONE,
        decimals=2,
        scale=TEN_THOUSAND_SQM,
    ),
    _measure(
        "large_parts",
        _("亿元以上重点项目个数（按子项计）"),
        "个",
        _("截至当日，在当年各级清单上、计划总投资 1 亿元以上的项目个数；打包项目按其子项个数计。"),
        chart.PARTS,
    ),
    *(
        _measure(
            f"{level.lower()}_level_projects",
            name,
            "个",
            _("截至当日，列入当年该级清单的亿元以上项目个数。"),
            chart.LEVEL_ACCOUNTS[level],
        )
        for level, name in (
            ("DISTRICT", _("区级重点项目个数")),
            ("PROVINCE", _("省级重点项目个数")),
            ("NATION", _("国家级重点项目个数")),
        )
    ),
    _measure(
        "small_projects",
        _("亿元以下项目个数"),
        "个",
        _("截至当日，在当年各级清单上、计划总投资不足 1 亿元的项目个数。"),
        chart.SMALL_LISTED,
    ),
)

STAGES = tuple(
    _measure(
        f"stage_{stage}",
        name,
        "个",
        _("截至当日，处在这一阶段的全部在册项目个数。"),
        f"{chart.STAGES}.{stage}",
    )
    for stage, name in (
        ("planning", _("策划阶段项目数")),
        ("reserve", _("储备阶段项目数")),
        ("signed", _("签约阶段项目数")),
        ("landed", _("落地阶段项目数")),
        ("preparation", _("前期手续阶段项目数")),
        ("started", _("开工阶段项目数")),
        ("building", _("在建阶段项目数")),
        ("completed", _("竣工阶段项目数")),
        ("in_use", _("投用阶段项目数")),
        ("halted", _("停建缓建项目数")),
    )
)

BATCH_WORDS = (("SIGN", _("签约一批")), ("LAND", _("落地一批")), ("START", _("开工一批")))
CAMPAIGN = tuple(
    measure
    for key, name in BATCH_WORDS
    for measure in (
        Measure(
            code=f"projects.campaign_{key.lower()}_achieved",
            name=format_lazy(_("三个一批：{batch}完成个数"), batch=name),
            unit="个",
            definition=_("截至当日，在会战期内凭依据进入相应阶段的项目个数；一个项目在每一批中各计一次。"),
            owner=OFFICE,
            numerator=(chart.ACHIEVED_ITEMS[key],),
            categories="campaign",
        ),
        Measure(
            code=f"projects.campaign_{key.lower()}_money",
            name=format_lazy(_("三个一批：{batch}完成项目总投资"), batch=name),
            unit="亿元",
            definition=_("截至当日，这一批已完成项目的计划总投资之和，按完成当日批准的数。"),
            owner=OFFICE,
            numerator=(chart.ACHIEVED_MONEY[key],),
            decimals=2,
            scale=YI,
            categories="campaign",
        ),
        Measure(
            code=f"projects.campaign_{key.lower()}_rate",
            name=format_lazy(_("三个一批：{batch}完成率（占已列入项目）"), batch=name),
            unit="%",
            definition=_(
                "这一批已完成的项目个数 ÷ 已列入这一批的项目个数，不含未完成而退出或移出的；会战页面和周报另按目标个数计算。"
            ),
            owner=OFFICE,
            numerator=(chart.ACHIEVED_ITEMS[key],),
            denominator=(chart.ACHIEVED_ITEMS[key], chart.OPEN_ITEMS[key]),
            base=_("已列入这一批的项目"),
            categories="campaign",
        ),
    )
)

PERMITS = (
    Measure(
        code="projects.permits_open",
        name=_("在办审批事项数"),
        unit="件",
        definition=_("截至当日已申请而没有办结的审批事项，含待受理和待补正的。"),
        owner=OFFICE,
        numerator=chart.PERMIT_OPEN,
        categories="permit_stage",
    ),
    Measure(
        code="projects.permits_decided",
        name=_("已办结审批事项数"),
        unit="件",
        definition=_("截至当日经受理计时后作出决定的审批事项，含不予许可的，不含补录的；按审批单位。"),
        owner=OFFICE,
        numerator=(chart.PERMIT_IN_TIME, chart.PERMIT_LATE),
        categories="organisation",
    ),
    Measure(
        code="projects.permits_in_time_rate",
        name=_("审批按时办结率"),
        unit="%",
        definition=_("在承诺时限内作出决定的审批事项 ÷ 已办结的审批事项；补正期间不计时，按审批单位。"),
        owner=OFFICE,
        numerator=(chart.PERMIT_IN_TIME,),
        denominator=(chart.PERMIT_IN_TIME, chart.PERMIT_LATE),
        base=_("已办结的审批事项"),
        categories="organisation",
    ),
)

OBSTACLES = tuple(
    replace(each, name=format_lazy("{kind}{colon}{name}", kind=_("项目堵点"), colon=_("："), name=each.name), cockpit=0)
    for each in matter_measures(chart.OBSTACLES, chart.OBSTACLES, OFFICE, "obstacle")
)


def _pool(
    code: str, name: "StrOrPromise", unit: str, definition: "StrOrPromise", *accounts: str, **more: Any
) -> Measure:
    return Measure(
        code=f"projects.pool_{code}",
        name=name,
        unit=unit,
        definition=definition,
        owner=OFFICE,
        numerator=accounts,
        categories="idea_theme",
        **more,
    )


POOL = (
    _pool(
        "ideas",
        _("策划项目个数"),
        "个",
        _("截至当日已入库没有出库的策划项目，含已转为项目的。"),
        *chart.IDEAS_OPEN,
        chart.IDEAS_CONVERTED,
    ),
    _pool(
        "investment",
        _("策划项目预计总投资"),
        "亿元",
        _("截至当日，这些策划项目的预计总投资之和；不与项目的计划总投资相加。"),
        chart.POOL_OPEN,
        chart.POOL_CONVERTED,
        decimals=2,
        scale=YI,
    ),
    _pool(
        "tax",
        _("策划项目预计年税收"),
        "亿元",
        _("截至当日，这些策划项目建成后的预计年税收之和。"),
        chart.TAX_OPEN,
        chart.TAX_CONVERTED,
        decimals=2,
        scale=YI,
    ),
    _pool(
        "jobs",
        _("策划项目预计就业"),
        "人",
        _("截至当日，这些策划项目建成后的预计就业人数之和。"),
        chart.JOBS_OPEN,
        chart.JOBS_CONVERTED,
    ),
    _pool(
        "converted",
        _("策划项目转为项目个数"),
        "个",
        _("截至当日已转为项目的策划项目。"),
        chart.IDEAS_CONVERTED,
    ),
    _pool(
        "converted_rate",
        _("策划项目转化率"),
        "%",
        _("已转为项目的策划项目 ÷ 已入库没有出库的策划项目。"),
        chart.IDEAS_CONVERTED,
        denominator=(*chart.IDEAS_OPEN, chart.IDEAS_CONVERTED),
        base=_("已入库没有出库的策划项目"),
    ),
)

MEASURES = (*SUMMARY, *PROGRESS, *STAGES, *CAMPAIGN, *PERMITS, *OBSTACLES, *POOL)
