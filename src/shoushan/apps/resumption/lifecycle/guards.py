"""What stops a step of an application, as sentences that say how to mend it."""

from __future__ import annotations

from math import ceil
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shoushan.apps.resumption.enums.applications import MeasureState
from shoushan.apps.resumption.enums.policies import Regime
from shoushan.apps.resumption.lifecycle.regimes import limit, regime_on
from shoushan.apps.resumption.models import Application, Permit
from shoushan.apps.resumption.selectors.applications import measures_of
from shoushan.lifecycle.declarations import Guard, Occasion
from shoushan.lifecycle.errors import PolicyError

ROOMS_FROM, ROOMS_TO, ROOMS_ABOVE = 500, 10_000, 100
"""Staff from which rooms for isolation are asked for, staff up to which the share holds, rooms above (handbook C2)."""


# ---- the regime of a day ------------------------------------------------------------------------------
def _needs_decision(application: Application, occasion: Occasion) -> str:
    """Approval and filing exist only where the rules of the day of application ask for them."""
    try:
        regime, ruling = regime_on(area=application.area_code, on=occasion.on, is_exempt=application.is_exempt)
    except PolicyError as error:
        return str(error)
    words = {"cited": ruling.cited, "note": ruling.row.get("note", "")}
    if regime == Regime.NOT_ALLOWED:
        return _("%(cited)s：%(note)s，现在不能申请复工。") % words
    if regime not in {Regime.APPROVAL, Regime.FILING}:
        return _("%(cited)s：%(note)s，本企业不需审批、备案，请改用“报告复工”。") % words
    return ""


def _needs_no_decision(application: Application, occasion: Occasion) -> str:
    try:
        regime, ruling = regime_on(area=application.area_code, on=occasion.on, is_exempt=application.is_exempt)
    except PolicyError as error:
        return str(error)
    if regime in {Regime.COMMITMENT, Regime.NOTICE_ONLY}:
        return ""
    words = {"cited": ruling.cited, "note": ruling.row.get("note", ""), "label": regime.label}
    if regime == Regime.NOT_ALLOWED:
        return _("%(cited)s：%(note)s，现在不能申请复工。") % words
    return _("%(cited)s：这一天复工按“%(label)s”办理，请提交申请。") % words


def _is_approval(application: Application, _occasion: Occasion) -> str:
    if application.regime == Regime.APPROVAL:
        return ""
    return _("本件按“%(label)s”办理，不需批复，请办理备案登记。") % {"label": Regime(application.regime).label}


def _is_filing(application: Application, _occasion: Occasion) -> str:
    if application.regime == Regime.FILING:
        return ""
    return _("本件按“%(label)s”办理，请作出批复。") % {"label": Regime(application.regime).label}


# ---- what an application holds --------------------------------------------------------------------------
def _staff(application: Application, _occasion: Occasion) -> str:
    total, planned = application.staff_total, application.staff_planned
    if not total:
        return _("请填写职工总数。")
    if not planned:
        return _("拟返岗人数不能为 0 或空白，请填写。")
    if planned > total:
        words = {"planned": planned, "total": total}
        return _("拟返岗 %(planned)d 人多于职工总数 %(total)d 人，请核对；只填本单位在本区的人数。") % words
    return ""


def _key_areas(application: Application, _occasion: Occasion) -> str:
    coming = application.staff_from_hubei
    if coming > application.staff_isolated:
        words = {"coming": coming, "isolated": application.staff_isolated}
        sentence = _(
            "来自疫情重点地区 %(coming)d 人，正在隔离观察 %(isolated)d 人：这些人员须先隔离观察，请核对两项人数。"
        )
        return sentence % words
    return ""


def _planned_day(application: Application, occasion: Occasion) -> str:
    if application.planned_on is None:
        return _("请填写拟复工时间。")
    if application.planned_on < occasion.on:
        return _("拟复工时间 %(day)s 已经过去，请改填。") % {"day": application.planned_on.isoformat()}
    return ""


def _site(application: Application, _occasion: Occasion) -> str:
    return "" if application.site.strip() and application.accommodation else _("请填写复工地点和住宿方式。")


def _supplies(application: Application, occasion: Occasion) -> str:
    days = application.supplies_days
    if days is None:
        return _("请填写口罩、消毒液的库存和日用量。")
    try:
        least = limit("防疫物资最少天数", area=application.area_code, on=occasion.on)
    except PolicyError:
        return ""  # no limit was in force that day
    if days < least:
        words = {"days": f"{days:.1f}", "least": f"{least:g}"}
        return _("防疫物资只够用 %(days)s 天，不少于 %(least)s 天才能复工，请补充库存后再填。") % words
    return ""


def rooms_needed(application: Application, share: float) -> int:
    """Isolation rooms asked for: so many per hundred staff from 500 to 10,000, at least a hundred above."""
    staff = application.staff_total or 0
    if staff < ROOMS_FROM:
        return 0
    return ROOMS_ABOVE if staff > ROOMS_TO else ceil(staff * share / 100)


def _rooms(application: Application, occasion: Occasion) -> str:
    try:
        share = limit("每百人隔离房间", area=application.area_code, on=occasion.on)
    except PolicyError:
        return ""  # no limit was in force that day
    wanted = rooms_needed(application, share)
    if application.isolation_rooms >= wanted:
        return ""
    words = {"rooms": application.isolation_rooms, "wanted": wanted}
    return _("隔离房间 %(rooms)d 间，按职工人数不少于 %(wanted)d 间，请补足，可租用酒店。") % words


# ---- the check on site -----------------------------------------------------------------------------------
def _all_passed(application: Application, _occasion: Occasion) -> str:
    waiting = [each.label for each in measures_of(application) if each.state != MeasureState.PASSED]
    if not waiting:
        return ""
    return _("%(measures)s尚未由街道和行业主管部门都核验合格。") % {"measures": _("、").join(waiting)}


def _some_failed(application: Application, _occasion: Occasion) -> str:
    if any(each.state == MeasureState.REVISE for each in measures_of(application)):
        return ""
    return _("核验结果中没有不合格项，不需整改。")


def _list_is_given_once(application: Application, _occasion: Occasion) -> str:
    return _("补正要求只能一次性告知，本件已经告知过。") if application.completion_list else ""


def _something_waits(application: Application, _occasion: Occasion) -> str:
    waits = application.measures.exclude(state=MeasureState.PASSED).exists()
    return "" if waits else _("四个到位均已核验合格；如需复查，请先办理“一项措施重新核验”。")


def _permit_holds(application: Application, _occasion: Occasion) -> str:
    permit = Permit.objects.filter(application=application).first()
    if permit is not None and permit.is_valid:
        return ""
    reason = permit.lapse_reason if permit is not None else ""
    return _("复工许可目前无效：%(reason)s，请在核验合格后再办。") % {"reason": reason or _("已撤销")}


# ---- the first day of work -------------------------------------------------------------------------------
def _declared(application: Application, _occasion: Occasion) -> str:
    return "" if application.declared_on else _("企业还没有申报复工首日，请联系企业联络人填报。")


def _not_before_decision(application: Application, occasion: Occasion) -> str:
    day = occasion.values.get("declared_on") or application.declared_on
    if day is None:
        return ""
    if day > occasion.on:
        return _("复工首日 %(day)s 还没有到，请在当日以后填报。") % {"day": day.isoformat()}
    if application.decided_on and day < application.decided_on:
        words = {"day": day.isoformat(), "decided": application.decided_on.isoformat()}
        return _("复工首日 %(day)s 早于批复日期 %(decided)s，请核对。") % words
    return ""


APPLICATION_IS_DUE: Final = Guard("regime", gettext_lazy("当日规定须申请、备案"), _needs_decision)
REPORT_IS_ENOUGH: Final = Guard("regime", gettext_lazy("当日规定只需承诺或报告"), _needs_no_decision)
BY_APPROVAL: Final = Guard("approval", gettext_lazy("按审批办理"), _is_approval)
BY_FILING: Final = Guard("filing", gettext_lazy("按备案办理"), _is_filing)
COMPLETE: Final = (
    Guard("staff", gettext_lazy("职工总数、拟返岗人数已填，且相符"), _staff),
    Guard("key_areas", gettext_lazy("来自重点地区的人员都在隔离观察"), _key_areas),
    Guard("planned", gettext_lazy("拟复工时间已填，不早于今天"), _planned_day),
    Guard("site", gettext_lazy("复工地点和住宿方式已填"), _site),
    Guard("supplies", gettext_lazy("防疫物资够用"), _supplies),
    Guard("rooms", gettext_lazy("隔离房间足够"), _rooms),
)
ALL_PASSED: Final = Guard("measures", gettext_lazy("四个到位全部核验合格"), _all_passed)
SOME_FAILED: Final = Guard("failed", gettext_lazy("有不合格项"), _some_failed)
LIST_GIVEN_ONCE: Final = Guard("once", gettext_lazy("尚未告知过补正"), _list_is_given_once)
SOMETHING_TO_CHECK: Final = Guard("waiting", gettext_lazy("有待核验的措施"), _something_waits)
PERMIT_HOLDS: Final = Guard("permit", gettext_lazy("复工许可有效"), _permit_holds)
FIRST_DAY_DECLARED: Final = Guard("declared", gettext_lazy("企业已申报复工首日"), _declared)
NOT_BEFORE_DECISION: Final = Guard("first_day", gettext_lazy("复工首日不早于批复"), _not_before_decision)
