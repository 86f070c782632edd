"""The figures of premises (handbook E6), as questions to the ledger."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from shoushan.apps.premises import chart
from shoushan.casework.measures import matter_measures
from shoushan.figures.measures import Measure

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

OFFICE = _("历下区投资促进局")
SQM = 100
"""Hundredths of a square metre in one square metre."""
TEN_THOUSAND_SQM = 10**6
WAN, YI = 10**6, 10**10
"""Fen in one 万元, in one 亿元."""
SCOPES = (("TOTAL", _("全口径")), ("LOCAL", _("区级留成")))


def _measure(
    code: str, name: "StrOrPromise", unit: str, definition: "StrOrPromise", *numerator: str, **more: Any
) -> Measure:
    return Measure(
        code=f"premises.{code}",
        name=name,
        unit=unit,
        definition=definition,
        owner=OFFICE,
        numerator=numerator,
        categories="building",
        **more,
    )


SPACE = (
    _measure("buildings", _("楼宇载体座数"), "座", _("截至当日，在册并且没有退出的楼宇载体座数。"), chart.BUILDINGS),
    _measure(
        "floor_space",
        _("楼宇总面积"),
        "万平方米",
        _("截至当日，这些楼宇的总面积之和。"),
        chart.FLOOR_SPACE,
        decimals=2,
        scale=TEN_THOUSAND_SQM,
    ),
    _measure(
        "lettable_space",
        _("可租面积"),
        "万平方米",
        _("截至当日，这些楼宇的可租面积之和。"),
        chart.LETTABLE,
        decimals=2,
        scale=TEN_THOUSAND_SQM,
    ),
    _measure(
        "let_space",
        _("已租面积"),
        "平方米",
        _("截至当日，当日有租约的房间按租约面积之和。"),
        chart.LET,
        decimals=2,
        scale=SQM,
    ),
    _measure(
        "vacant_space",
        _("空置面积"),
        "平方米",
        _(
            "截至当日，状态为空置的房间面积之和，含部分出租的房间没有租出的部分；自用、预定、装修、停用的和没有分间的不计。"
        ),
        chart.VACANT,
        decimals=2,
        scale=SQM,
    ),
    _measure(
        "undivided_space",
        _("未分间面积"),
        "平方米",
        _("截至当日，可租面积中还没有登记到房间的部分。"),
        chart.UNDIVIDED,
        decimals=2,
        scale=SQM,
    ),
    _measure(
        "occupancy_rate",
        _("楼宇入驻率"),
        "%",
        _("已租面积 ÷ 可租面积。已租面积按当日有效的租约计算，自用不计入已租。"),
        chart.LET,
        denominator=(chart.LETTABLE,),
        base=_("楼宇的可租面积"),
        numerator_in=("平方米", SQM),
        denominator_in=("平方米", SQM),
        cockpit=8,
    ),
    _measure(
        "absorption_rate",
        _("楼宇去化率"),
        "%",
        _("（已租面积＋自用面积）÷ 可租面积。自用含售出后由业主自用的；预定、装修、停用的不计。"),
        chart.LET,
        chart.SPACE_OF["OWN_USE"],
        denominator=(chart.LETTABLE,),
        base=_("楼宇的可租面积"),
        numerator_in=("平方米", SQM),
        denominator_in=("平方米", SQM),
    ),
)
"""How much there is and how much of it is let."""

TENANTS = (
    _measure(
        "enterprises",
        _("楼宇入驻企业数"),
        "家",
        _("截至当日，在楼宇中有租约的企业家数；在几座楼宇租用的只计一家，列在租用面积最大的楼宇。"),
        chart.SETTLED_HERE,
        chart.SETTLED_ELSEWHERE,
    ),
    _measure(
        "local_registration_rate",
        _("属地注册率"),
        "%",
        _("注册地在区内的入驻企业 ÷ 楼宇入驻企业；没有登记注册地的按不在区内计。"),
        chart.SETTLED_HERE,
        denominator=(chart.SETTLED_HERE, chart.SETTLED_ELSEWHERE),
        base=_("楼宇入驻企业"),
    ),
    _measure(
        "local_taxation_rate",
        _("属地纳税率"),
        "%",
        _("在区内纳税的入驻企业 ÷ 楼宇入驻企业；没有登记纳税地的按不在区内计。"),
        chart.SETTLED_TAXED,
        denominator=(chart.SETTLED_HERE, chart.SETTLED_ELSEWHERE),
        base=_("楼宇入驻企业"),
    ),
    _measure(
        "tenants",
        _("入驻企业户数（按楼宇）"),
        "家",
        _("截至当日，各座楼宇中有租约的企业家数之和；一家企业在几座楼宇租用的，在每座楼宇各计一家。"),
        chart.TENANTS_HERE,
        chart.TENANTS_ELSEWHERE,
    ),
    _measure(
        "tenants_registered_here",
        _("注册地在区内企业户数（按楼宇）"),
        "家",
        _("各座楼宇中有租约、注册地在区内的企业家数之和；一家企业在几座楼宇租用的，在每座楼宇各计一家。"),
        chart.TENANTS_HERE,
    ),
    _measure(
        "moved_out_registered_here",
        _("已退租仍在区内注册企业数"),
        "家",
        _("截至当日，租约已全部到期或者终止、注册地仍在区内的企业家数，列在最后退租的楼宇。"),
        chart.MOVED_OUT_HERE,
    ),
    *(
        _measure(
            f"headquarters_{level.lower()}",
            format_lazy(_("总部企业数（{level}）"), level=name),
            "家",
            _("截至当日，经该级认定并且在有效期内的总部企业家数。"),
            chart.HEADQUARTERS[level],
        )
        for level, name in (("DISTRICT", _("区级认定")), ("CITY", _("市级认定")), ("PROVINCE", _("省级认定")))
    ),
)
"""Who rents there."""

TAX = tuple(
    measure
    for scope, name in SCOPES
    for measure in (
        _measure(
            f"tax_{scope.lower()}",
            format_lazy(_("楼宇年税收（{scope}）"), scope=name),
            "万元",
            _(
                "截至当日，最近一个完整年度已录入的楼宇税收之和；一年的税收从当年 12 月 31 日起计，到下一年 12 月 30 日止。"
            ),
            chart.TAX[scope],
            decimals=2,
            scale=WAN,
        ),
        _measure(
            f"tax_per_sqm_{scope.lower()}",
            format_lazy(_("单位面积税收（{scope}）"), scope=name),
            "元/平方米",
            _("最近一个完整年度的楼宇税收 ÷ 这些楼宇的总面积；没有录入税收的楼宇，分子分母都不计。"),
            chart.TAX[scope],
            denominator=(chart.TAXED_SPACE[scope],),
            base=_("已录入当年税收的楼宇的总面积"),
            factor=1,
            decimals=2,
            numerator_in=("万元", WAN),
            denominator_in=("平方米", SQM),
        ),
        _measure(
            f"yi_buildings_{scope.lower()}",
            format_lazy(_("亿元楼座数（{scope}）"), scope=name),
            "座",
            _("最近一个完整年度的税收在 1 亿元以上（含 1 亿元）的楼宇座数，税收按括号中的口径。"),
            chart.YI_BUILDINGS[scope],
        ),
    )
)
"""Figures of both scopes; they are never added up."""

ADDED = (
    _measure(
        "added_buildings",
        _("年内新增楼宇座数"),
        "座",
        _("截至当日，当年 1 月 1 日以来竣工的楼宇载体座数。"),
        chart.ADDED,
    ),
    _measure(
        "added_space",
        _("年内新增载体面积"),
        "万平方米",
        _("截至当日，当年 1 月 1 日以来竣工的楼宇载体总面积之和。"),
        chart.ADDED_SPACE,
        decimals=2,
        scale=TEN_THOUSAND_SQM,
    ),
)


def _of_visits(measure: Measure) -> Measure:
    return replace(measure, name=format_lazy(_("楼宇走访：{name}"), name=measure.name), cockpit=0)


CONCERNS = tuple(_of_visits(each) for each in matter_measures(chart.CONCERNS, chart.CONCERNS, OFFICE, "concern"))

MEASURES = (*SPACE, *TENANTS, *TAX, *ADDED, *CONCERNS)
