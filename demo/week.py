"""A week of difficulties of the four kinds, received, routed, answered, called back and closed (reference district, R6 and R7)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from demo import ifc
from demo.cast import Cast
from demo.ifc import moment
from shoushan.apps.resumption.models import EnterpriseClaim
from shoushan.apps.resumption.services import Difficulty, Funds, raise_difficulty
from shoushan.casework.lifecycle import ASSIGNMENTS
from shoushan.casework.models import Matter
from shoushan.casework.services import lifecycle_of_matter
from shoushan.lifecycle.services import advance

MONDAY: Final = date(2020, 2, 17)


class Told(NamedTuple):
    """One difficulty: when, what, who works on it, the answer."""

    day: int
    category: str
    text: str
    lead: str
    assist: str
    plan: str
    answer: str
    funds: Funds | None = None


WEEK: Final = (
    Told(
        0,
        "TRANSPORT",
        "外省员工 60 人返岗，需要两辆包车。",
        "industry",
        "health",
        "联系承运单位，按一半载客。",
        "已安排两辆客车。",
    ),
    Told(0, "SUPPLIES", "口罩只够三天。", "industry", "market", "联系供应企业。", "已调拨口罩 2000 只。"),
    Told(
        1,
        "ISOLATION",
        "12 名员工封闭在小区，不能到岗。",
        "yaojia2",
        "health",
        "与社区核对人员和期限。",
        "已出具证明，人员到岗。",
    ),
    Told(
        1,
        "FUNDS_LOAN",
        "工程款未到，工资和货款周转困难。",
        "reform",
        "",
        "组织银行对接。",
        "银行已授信。",
        Funds(50_000_000_00, 12, "支付工资和货款"),
    ),
    Told(2, "TRANSPORT_PASS", "外地材料车辆进不了工地。", "industry", "health", "办理通行证。", "已办通行证。"),
    Told(3, "SUPPLIES", "测温枪不足。", "industry", "market", "集中采购。", "已配发 6 支。"),
    Told(4, "ISOLATION", "隔离房间不够。", "yaojia2", "health", "协调酒店。", "增加 10 间。"),
    Told(
        4,
        "FUNDS_EXTENSION",
        "贷款月底到期。",
        "reform",
        "",
        "协调展期。",
        "同意展期。",
        Funds(20_000_000_00, 6, "贷款展期"),
    ),
)


def tell(cast: Cast) -> list[Matter]:
    """Every difficulty from raised to closed within its time."""
    return [_tell_one(each, cast) for each in WEEK]


def _tell_one(told: Told, cast: Cast) -> Matter:
    claim = EnterpriseClaim.objects.select_related("enterprise", "user").get(enterprise__uscc=ifc.USCC)
    at = moment(MONDAY + timedelta(days=told.day), 9)
    difficulty = Difficulty(told.category, told.text, "PLATFORM", told.funds)
    matter = raise_difficulty(enterprise=claim.enterprise, difficulty=difficulty, actor=claim.user, at=at)
    lead = cast[told.lead]
    _step(matter, "sign", lead, at + timedelta(minutes=30))
    day = (at + timedelta(days=2)).date().isoformat()
    _step(matter, "plan", lead, at + timedelta(hours=2), plan=told.plan, planned_on=day)
    done = at + timedelta(days=1)
    for part in matter.assignments.order_by("pk"):
        advance(ASSIGNMENTS, part.pk, "sign", actor=cast[told.assist], at=at + timedelta(hours=3))
        advance(ASSIGNMENTS, part.pk, "report_done", actor=cast[told.assist], at=done, values={"report": "已办理。"})
    _step(matter, "answer", lead, done + timedelta(hours=1), outcome="SOLVED", answer=told.answer)
    return _step(matter, "call_back", cast.callback, done + timedelta(hours=5), satisfaction="SATISFIED")


def _step(matter: Matter, name: str, actor: Any, at: datetime, **values: str) -> Matter:
    done: Matter = advance(lifecycle_of_matter(matter), matter.pk, name, actor=actor, at=at, values=values)
    return done
