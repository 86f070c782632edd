"""What stops a step of a matter, as sentences that say how to mend it."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shoushan.casework.enums import LEVELS, UNANSWERED, AssignmentState, Level
from shoushan.casework.models import Matter
from shoushan.lifecycle.declarations import Guard, Occasion

MOST_HANDED_BACK: Final = 2
MOST_REOPENED: Final = 2
MOST_DAYS: Final = 60
"""The longest extension and the longest time for feedback on an order, in days."""


def _may_hand_back(matter: Matter, _occasion: Occasion) -> str:
    if matter.is_ruled:
        return _("本件已经裁定由“%(lead)s”办理，不能再退回。") % {"lead": matter.lead}
    if matter.times_handed_back >= MOST_HANDED_BACK:
        return _("本件已退回 %(n)d 次，不能再退回，请申请裁定。") % {"n": matter.times_handed_back}
    return ""


def _may_ask_ruling(matter: Matter, _occasion: Occasion) -> str:
    if matter.is_ruled:
        return _("本件已经裁定由“%(lead)s”办理。") % {"lead": matter.lead}
    if matter.times_handed_back < MOST_HANDED_BACK:
        return _("退回满 %(n)d 次后才能申请裁定，请先退回并说明理由。") % {"n": MOST_HANDED_BACK}
    return ""


def _parts_are_done(matter: Matter, _occasion: Occasion) -> str:
    running = matter.assignments.filter(state__in=[AssignmentState.ASSIGNED, AssignmentState.SIGNED])
    names = [str(each.organisation) for each in running.select_related("organisation").order_by("pk")]
    return (
        _("“%(names)s”的协办事项还没有完成，请催办或者取消后再答复。") % {"names": _("、").join(names)} if names else ""
    )


def _is_planned(matter: Matter, _occasion: Occasion) -> str:
    return "" if matter.plan else _("还没有办理措施，请先填写。")


def _extension_is_asked(matter: Matter, _occasion: Occasion) -> str:
    return "" if matter.extension_days else _("没有待批的延期申请。")


def _no_extension_is_asked(matter: Matter, occasion: Occasion) -> str:
    if matter.extension_days:
        return _("已有延长 %(n)d 天的申请待批，请等批复后再申请。") % {"n": matter.extension_days}
    days = occasion.values.get("extension_days")
    if days is not None and not 0 < days <= MOST_DAYS:
        return _("延长天数应在 1 至 %(most)d 天之间，请核对。") % {"most": MOST_DAYS}
    return ""


def _another_person(matter: Matter, occasion: Occasion) -> str:
    if occasion.actor is not None and matter.extension_by_id == occasion.actor.pk:
        return _("延期须由另一人批准，申请人不能自己批准。")
    return ""


def _may_reopen(matter: Matter, _occasion: Occasion) -> str:
    if matter.times_reopened >= MOST_REOPENED:
        return _("本件已退回重办 %(n)d 次，不能再退回，请由领导小组办公室审定办结。") % {"n": matter.times_reopened}
    return ""


def _was_reopened(matter: Matter, _occasion: Occasion) -> str:
    if matter.times_reopened < MOST_REOPENED:
        return _("退回重办满 %(n)d 次仍不满意的才能这样办结，请先退回重办。") % {"n": MOST_REOPENED}
    return ""


def _is_below_city(matter: Matter, occasion: Occasion) -> str:
    if matter.level == Level.CITY:
        return _("本件已经是“%(level)s”，不能再提级。") % {"level": Level.CITY.label}
    wanted = occasion.values.get("level")
    if wanted and LEVELS.index(Level(wanted)) <= LEVELS.index(Level(matter.level)):
        return _("本件现在是“%(level)s”，提级应选更高的层级。") % {"level": Level(matter.level).label}
    return ""


def _merges_into_another(matter: Matter, occasion: Occasion) -> str:
    code = str(occasion.values.get("into", "")).strip()
    if not code:
        return ""
    other = Matter.objects.filter(code=code, kind=matter.kind).first()
    if other is None:
        return _("没有编号为 %(code)s 的同类诉求，请核对编号。") % {"code": code}
    if other.pk == matter.pk:
        return _("不能并入自己，请填写另一件的编号。")
    if other.state not in UNANSWERED:
        return _("%(code)s现在不在办理中，不能并入，请并入正在办理的一件。") % {"code": code}
    if other.area_code != matter.area_code and not other.area_code.startswith(matter.area_code):
        return _("%(code)s不在同一辖区，请分别办理。") % {"code": code}
    return ""


def _days_are_right(_matter: Matter, occasion: Occasion) -> str:
    days = occasion.values.get("days")
    if days is not None and not 0 < days <= MOST_DAYS:
        return _("反馈时限应在 1 至 %(most)d 个工作日之间，请核对。") % {"most": MOST_DAYS}
    return ""


def _not_open_there(matter: Matter, occasion: Occasion) -> str:
    code = occasion.values.get("organisation")
    if not code:
        return ""
    if matter.lead is not None and matter.lead.code == code:
        return _("“%(office)s”是牵头单位，协办请选其他单位。") % {"office": matter.lead}
    open_there = matter.assignments.filter(
        organisation__code=code, state__in=[AssignmentState.ASSIGNED, AssignmentState.SIGNED]
    )
    return _("该单位已有未完成的协办事项，请等完成后再派。") if open_there.exists() else ""


MAY_HAND_BACK: Final = Guard("hand_back", gettext_lazy("退回不超过两次"), _may_hand_back)
MAY_ASK_RULING: Final = Guard("ask_ruling", gettext_lazy("已退回两次"), _may_ask_ruling)
PARTS_DONE: Final = Guard("parts", gettext_lazy("协办事项都已完成"), _parts_are_done)
PLANNED: Final = Guard("planned", gettext_lazy("已有办理措施"), _is_planned)
EXTENSION_ASKED: Final = Guard("asked", gettext_lazy("有待批的延期申请"), _extension_is_asked)
NO_EXTENSION_ASKED: Final = Guard("not_asked", gettext_lazy("没有待批的延期申请"), _no_extension_is_asked)
ANOTHER_PERSON: Final = Guard("another", gettext_lazy("由申请人以外的人批准"), _another_person)
MAY_REOPEN: Final = Guard("reopen", gettext_lazy("重办不超过两次"), _may_reopen)
WAS_REOPENED: Final = Guard("reopened", gettext_lazy("已重办两次"), _was_reopened)
BELOW_CITY: Final = Guard("below_city", gettext_lazy("还有上一层级"), _is_below_city)
INTO_ANOTHER: Final = Guard("into", gettext_lazy("并入同一辖区正在办理的另一件"), _merges_into_another)
DAYS_RIGHT: Final = Guard("days", gettext_lazy("反馈时限在允许范围内"), _days_are_right)
NOT_OPEN_THERE: Final = Guard("not_there", gettext_lazy("协办单位没有未完成的同件事项"), _not_open_there)
