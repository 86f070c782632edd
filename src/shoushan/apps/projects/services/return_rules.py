"""What can't be right in a monthly return: its sums against each other and against the months beside it; when it is closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _

from shoushan.apps.projects.enums.projects import ProjectStage, ReturnState
from shoushan.apps.projects.models import MonthlyReturn, Project
from shoushan.apps.projects.selectors.returns import Opening, before_month, halted_in, newest_plan, opening_of
from shoushan.lib import texts
from shoushan.lib.days import month_end
from shoushan.lib.money import FEN_PER_UNIT, from_fen

SUMS: Final = ("month_fen", "year_fen", "total_fen")
ROUNDED_FEN: Final = FEN_PER_UNIT["亿元"] // 100
"""A list gives what was done before the year in 亿元 with two decimals; the sum of the returns may differ by so much."""

TO_WAN: Final = 10_000
LEAST_LIKELY_FEN: Final = 10 * FEN_PER_UNIT["万元"]
"""Less than ten 万元 in a month of a key project is more likely an amount in 亿元."""
MOST_MONEY: Final = 1_000_000 * FEN_PER_UNIT["亿元"]
"""In fen: far more than any project costs; what is above is a slip of the unit, and no column could hold it."""
MOST_WORKERS: Final = 1_000_000
"""People on one site; above it is a slip of the keyboard."""


class Stop(NamedTuple):
    """Why a month can't be reported now, whatever its sums: a code, the column of the monthly table, the sentence."""

    code: str
    field: str
    sentence: str


def changes_sums(there: MonthlyReturn, values: Mapping[str, Any]) -> bool:
    """Does a restatement change more than words, photos and the number of workers?"""
    return any(getattr(there, name) != values[name] for name in SUMS)


def stop_of(
    project: Project, month: date, values: Mapping[str, Any], *, there: MonthlyReturn | None, today: date
) -> Stop | None:
    """Why the month is closed: not over, project gone or not listed yet, reviewed, later months that rest on its sums.

    Form and import ask the same. `there` is the return of the month where there is one.
    """
    words: dict[str, Any] = {"month": f"{month:%Y-%m}", "name": project.name}
    if month_end(month) > today:
        return Stop("month_open", "name", _("%(month)s 还没有结束，月报在月底以后填报。") % words)
    if project.state == ProjectStage.WITHDRAWN:
        return Stop("project_withdrawn", "name", _("“%(name)s”已退出，不再填报月报。") % words)
    first = project.memberships.order_by("since").first()
    if first is None or date(first.year, 1, 1) > month:
        return Stop("not_listed", "name", _("“%(name)s”在 %(month)s 还没有列入清单，不需填报。") % words)
    if there is None:
        return None
    if there.state == ReturnState.REVIEWED:
        sentence = _("%(month)s 的月报已审核，确需更正的，请审核单位先退回。") % words
        return Stop("return_reviewed", "year_fen", sentence)
    later = _resting_on(there, values)
    if later:
        words["later"] = _("、").join(f"{each:%Y-%m}" for each in later)
        sentence = _(
            "%(later)s 的月报已按 %(month)s 的累计数填报；要改 %(month)s 的投资数，请审核单位先退回 %(later)s 的月报，"
            "再从 %(month)s 起逐月重报。只改文字、人数或照片的，投资数照原数填写即可。"
        )
        return Stop("later_reported", "year_fen", sentence % words)
    return None


def _resting_on(there: MonthlyReturn, values: Mapping[str, Any]) -> list[date]:
    """The later months that rest on the sums of a return and were not sent back; none while its sums stay.

    A total that changes reaches the years that follow too.
    """
    if not changes_sums(there, values):
        return []
    later = there.project.returns.filter(month__gt=there.month).exclude(state=ReturnState.SENT_BACK)
    if there.total_fen == values["total_fen"]:
        later = later.filter(month__year=there.month.year)
    return list(later.order_by("month").values_list("month", flat=True))


def problems_of_return(
    project: Project, month: date, values: Mapping[str, Any], *, there: MonthlyReturn | None = None
) -> dict[str, str]:
    """What can't be right in a return, by field: sums against each other, the months beside it, plan and halts (handbook D2, D6).

    Sums that stand are not judged again, unless the return was sent back; so words can always be changed.
    """
    found: dict[str, str] = {}
    if there is None or there.state == ReturnState.SENT_BACK or changes_sums(there, values):
        opening = opening_of(project, month)
        found |= _halted(project, month, values) | _year(opening, values) | _total(opening, values)
        if not found and there is None:
            found |= _does_not_fit(project, month, values)
    if not texts.clean(values.get("progress")):
        found["progress"] = _("请填写形象进度。")
    return found


def _halted(project: Project, month: date, values: Mapping[str, Any]) -> dict[str, str]:
    halted = halted_in(project, month) if values["month_fen"] else None
    if halted is None or not halted[1]:
        return {}
    words = {"day": halted[0].isoformat(), "month": f"{month:%Y-%m}"}
    sentence = _("项目自 %(day)s 起停建缓建，%(month)s 整月停工，不应有完成投资；已恢复建设的，请先办理“恢复建设”。")
    return {"month_fen": sentence % words}


def _year(opening: Opening, values: Mapping[str, Any]) -> dict[str, str]:
    """The year's sum against that of the month before; over a gap it can't have grown by less than this month."""
    month_fen, year_fen = values["month_fen"], values["year_fen"]
    words = {"before": wan(opening.year_fen), "month": wan(month_fen), "year": wan(year_fen)}
    if opening.is_known and year_fen != opening.year_fen + month_fen:
        sentence = _("本年累计 %(year)s 万元应等于上月累计 %(before)s 万元加本月完成 %(month)s 万元，请核对。")
    elif year_fen < month_fen:
        sentence = _("本年累计 %(year)s 万元小于本月完成 %(month)s 万元，请核对。")
    elif year_fen < opening.year_fen + month_fen and opening.before is not None:
        words["last"] = f"{opening.before.month:%Y-%m}"
        sentence = _(
            "本年累计 %(year)s 万元小于 %(last)s 的本年累计 %(before)s 万元加本月完成 %(month)s 万元，累计数不会减少，请核对。"
        )
    else:
        return {}
    return {"year_fen": sentence % words}


def _total(opening: Opening, values: Mapping[str, Any]) -> dict[str, str]:
    """The sum since the start against what stood before, the year's sum and the plan."""
    month_fen, year_fen, total_fen = values["month_fen"], values["year_fen"], values["total_fen"]
    words = {"before": wan(opening.total_fen), "month": wan(month_fen), "year": wan(year_fen), "total": wan(total_fen)}
    more = year_fen - opening.year_fen
    words["more"] = wan(max(more, month_fen))
    if opening.before is not None and total_fen < opening.total_fen:
        sentence = _("自开工累计 %(total)s 万元小于上期累计 %(before)s 万元，累计数不会减少，请核对。")
    elif opening.is_total_known and total_fen != opening.total_fen + month_fen:
        sentence = _("自开工累计 %(total)s 万元应等于上月累计 %(before)s 万元加本月完成 %(month)s 万元，请核对。")
    elif opening.before is not None and total_fen < opening.total_fen + max(more, month_fen):
        sentence = _("自开工累计 %(total)s 万元小于上期累计 %(before)s 万元加此后完成 %(more)s 万元，请核对。")
    elif opening.before is None and total_fen < opening.total_fen + year_fen - ROUNDED_FEN:
        sentence = _(
            "自开工累计 %(total)s 万元小于清单所列截至上年底完成 %(before)s 万元加本年累计 %(year)s 万元，请核对；"
            "清单所列有误的，请先办理计划调整。"
        )
    elif total_fen > MOST_MONEY:
        words["most"] = wan(MOST_MONEY)
        sentence = _("自开工累计 %(total)s 万元大于 %(most)s 万元，请核对数值和单位。")
    elif total_fen < year_fen:
        sentence = _("自开工累计 %(total)s 万元小于本年累计 %(year)s 万元，请核对。")
    elif opening.plan_total_fen and total_fen > opening.plan_total_fen:
        words["plan"] = wan(opening.plan_total_fen)
        sentence = _("自开工累计 %(total)s 万元大于批准的总投资 %(plan)s 万元，请核对，或先办理计划调整。")
    else:
        return {}
    return {"total_fen": sentence % words}


def is_total_far_above(opening: Opening, values: Mapping[str, Any]) -> bool:
    """Is the sum since the start above what the list says was done before the year, with this year's, by more than rounding?"""
    return opening.from_plan and values["total_fen"] > opening.total_fen + values["year_fen"] + ROUNDED_FEN


def unit_doubt(project: Project, month: date, month_fen: int, *, plan_fen: int | None = None) -> str:
    """The sentence about an amount that looks like 亿元 in a field of 万元, "" where it doesn't.

    It does below ten 万元, unless that many 亿元 are more than the year's plan. `plan_fen` is the plan that a table names;
    without it the registered one counts.
    """
    if not 0 < month_fen < LEAST_LIKELY_FEN:
        return ""
    if plan_fen is None:
        plan = newest_plan(project, month.year)
        plan_fen = plan.year_fen if plan else None
    if plan_fen is not None and month_fen * TO_WAN > plan_fen:
        return ""
    return _("本月完成 %(amount)s 万元，像是亿元数填在了万元列，请核对单位。") % {"amount": wan(month_fen)}


def _does_not_fit(project: Project, month: date, values: Mapping[str, Any]) -> dict[str, str]:
    """Why a month that is reported afterwards doesn't fit the next one that stands; one that was sent back is restated anyway."""
    later = project.returns.filter(month__gt=month).exclude(state=ReturnState.SENT_BACK).order_by("month").first()
    if later is None:
        return {}
    found: dict[str, str] = {}
    year_room, total_room = later.year_fen - later.month_fen, later.total_fen - later.month_fen
    words = {"later": f"{later.month:%Y-%m}", "month": f"{month:%Y-%m}", "done": wan(later.month_fen)}
    mend = _("%(later)s 填报有误的，请审核单位先退回该月。") % words
    if later.month.year == month.year:
        words |= {"sum": wan(later.year_fen), "room": wan(year_room)}
        follows = before_month(later.month) == month
        if follows and values["year_fen"] != year_room:
            sentence = _(
                "%(later)s 已报本年累计 %(sum)s 万元、本月完成 %(done)s 万元，%(month)s 的本年累计应为 %(room)s 万元，请核对。"
            )
            found["year_fen"] = sentence % words + mend
        elif values["year_fen"] > year_room:
            sentence = _(
                "%(later)s 已报本年累计 %(sum)s 万元、本月完成 %(done)s 万元，%(month)s 的本年累计不应大于 %(room)s 万元，请核对。"
            )
            found["year_fen"] = sentence % words + mend
    if values["total_fen"] > total_room:
        words |= {"sum": wan(later.total_fen), "room": wan(total_room)}
        sentence = _(
            "%(later)s 已报自开工累计 %(sum)s 万元、本月完成 %(done)s 万元，%(month)s 的自开工累计不应大于 %(room)s 万元，请核对。"
        )
        found["total_fen"] = sentence % words + mend
    return found


def wan(fen: int) -> str:
    """Fen as 万元, without needless zeros."""
    return f"{from_fen(fen, '万元').normalize():,f}"
