"""The figures of work resumption (handbook C6), as questions to the ledger."""

from django.utils.translation import gettext_lazy as _

from shoushan.apps.resumption import chart
from shoushan.casework.measures import matter_measures
from shoushan.figures.measures import Measure

IN_FRAME = (chart.NOT_RESUMED, chart.RESUMED, chart.STOPPED)
ALL_STAFF = (chart.STAFF_OF_RESUMED, chart.STAFF_OF_OTHERS)
STATISTICS = _("历下区统计局")
OFFICE = _("区企业复工复产工作专班")
FRAME_BASE = _("统计局在库“四上”企业名册")

DIFFICULTIES = matter_measures(chart.DIFFICULTIES, chart.DIFFICULTIES, OFFICE, "difficulty")
RETURNED = (chart.OBSERVED, chart.WAITING, chart.AT_POST, chart.ABNORMAL)
WORKERS = (
    Measure(
        code="resumption.workers_returned",
        name=_("返济返岗人员数"),
        unit="人",
        definition=_("截至当日，逐人登记且已到达的返岗人员数，含隔离中、待岗、已返岗和异常，不含不再返岗的。"),
        owner=OFFICE,
        numerator=RETURNED,
        categories="origin",
    ),
    Measure(
        code="resumption.workers_observed",
        name=_("隔离观察中的返岗人员数"),
        unit="人",
        definition=_("截至当日，逐人登记且正在隔离观察的返岗人员数。"),
        owner=OFFICE,
        numerator=(chart.OBSERVED,),
        categories="origin",
    ),
    Measure(
        code="resumption.workers_at_post_rate",
        name=_("返济人员上岗率"),
        unit="%",
        definition=_("已返岗人员数 ÷ 返济返岗人员数，逐人登记的。"),
        owner=OFFICE,
        numerator=(chart.AT_POST,),
        denominator=RETURNED,
        base=_("逐人登记且已到达的返岗人员"),
        categories="origin",
    ),
)
BULLETIN = (
    Measure(
        code="resumption.enterprises_in_frame",
        name=_("在库“四上”企业数"),
        unit="家",
        definition=_("截至当日，统计局最新锁定的在库名册中的“四上”企业数。"),
        owner=STATISTICS,
        numerator=IN_FRAME,
        frame_kind=chart.FRAME_LOCKED,
    ),
    Measure(
        code="resumption.enterprises_resumed",
        cockpit=1,
        name=_("累计复工“四上”企业数"),
        unit="家",
        definition=_("截至当日，在库“四上”企业中已经复工且没有停工或退库的企业数；一家企业有多处经营场所的只计一次。"),
        owner=OFFICE,
        numerator=(chart.RESUMED,),
        frame_kind=chart.FRAME_LOCKED,
    ),
    Measure(
        code="resumption.people_at_work",
        cockpit=2,
        name=_("累计开工总人数"),
        unit="人",
        definition=_("截至当日，已复工的在库“四上”企业最近一次填报的返岗人数之和。"),
        owner=OFFICE,
        numerator=(chart.AT_WORK,),
        frame_kind=chart.FRAME_LOCKED,
    ),
    Measure(
        code="resumption.enterprises_resumed_today",
        name=_("当日新增复工企业数"),
        unit="家",
        definition=_("当日与前一日累计复工企业数之差；更正后可能为负数。"),
        owner=OFFICE,
        numerator=(chart.RESUMED,),
        days_back=1,
        frame_kind=chart.FRAME_LOCKED,
    ),
    Measure(
        code="resumption.resumption_rate",
        cockpit=3,
        name=_("复工率"),
        unit="%",
        definition=_("累计复工“四上”企业数 ÷ 在库“四上”企业数。"),
        owner=OFFICE,
        numerator=(chart.RESUMED,),
        denominator=IN_FRAME,
        base=FRAME_BASE,
        frame_kind=chart.FRAME_LOCKED,
    ),
    Measure(
        code="resumption.staff_return_rate",
        cockpit=4,
        name=_("返岗率"),
        unit="%",
        definition=_("已复工企业返岗人数 ÷ 已复工企业职工总数。"),
        owner=OFFICE,
        numerator=(chart.AT_WORK,),
        denominator=(chart.STAFF_OF_RESUMED,),
        base=_("已复工“四上”企业的职工总数"),
        frame_kind=chart.FRAME_LOCKED,
    ),
    Measure(
        code="resumption.staff_return_rate_of_frame",
        name=_("返岗率（占全部在库企业职工）"),
        unit="%",
        definition=_("已复工企业返岗人数 ÷ 全部已填报的在库“四上”企业职工总数。"),
        owner=OFFICE,
        numerator=(chart.AT_WORK,),
        denominator=ALL_STAFF,
        base=_("全部已填报的在库“四上”企业的职工总数"),
        frame_kind=chart.FRAME_LOCKED,
    ),
)
"""What the daily bulletin says and freezes."""

REPORT = (
    Measure(
        code="resumption.staff_total",
        name=_("在库企业职工总数"),
        unit="人",
        definition=_("截至当日，已填报的在库“四上”企业最近一次填报的职工总数之和。"),
        owner=OFFICE,
        numerator=ALL_STAFF,
        frame_kind=chart.FRAME_LOCKED,
    ),
    Measure(
        code="resumption.people_at_work_change",
        name=_("开工总人数较昨日增减"),
        unit="人",
        definition=_("当日与前一日累计开工总人数之差；停工、退库或更正后可能为负数。"),
        owner=OFFICE,
        numerator=(chart.AT_WORK,),
        days_back=1,
        frame_kind=chart.FRAME_LOCKED,
    ),
    Measure(
        code="resumption.capacity_rate",
        cockpit=5,
        name=_("产能恢复率"),
        unit="%",
        definition=_(
            "截至当日，已复工的在库“四上”企业最近一次填报的产能恢复率的平均值：各企业恢复的产能之和 ÷ 各企业的正常产能（每家100%）之和；最近一次填报没有填产能的企业不计。"
        ),
        owner=OFFICE,
        numerator=(chart.CURRENT_CAPACITY,),
        denominator=(chart.NORMAL_CAPACITY,),
        base=_("最近一次填报了产能的已复工“四上”企业的正常产能"),
        frame_kind=chart.FRAME_LOCKED,
    ),
)
"""What the district's daily report asks for besides the bulletin."""

MEASURES = (*BULLETIN, *REPORT, *DIFFICULTIES, *WORKERS)
