"""Closed vocabularies of matters (handbook C3, C4)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MatterState(TextChoices):
    """Where a matter is: 登记、分派、签收、办理、反馈、企业评价、办结、归档."""

    RAISED = "RAISED", _("待分派")
    DISPATCHED = "DISPATCHED", _("待签收")
    RULING = "RULING", _("待裁定")
    WORKING = "WORKING", _("办理中")
    WAITING = "WAITING", _("等待中")
    ANSWERED = "ANSWERED", _("待回访")
    CLOSED = "CLOSED", _("已办结")
    ARCHIVED = "ARCHIVED", _("已归档")
    MERGED = "MERGED", _("已并案")
    WITHDRAWN = "WITHDRAWN", _("已撤回")


class Source(TextChoices):
    """How we learnt of a matter."""

    VISIT = "VISIT", _("走访")
    HOTLINE = "HOTLINE", _("热线")
    PLATFORM = "PLATFORM", _("平台")
    MEETING = "MEETING", _("会议")


class Level(TextChoices):
    """Who has to see to it, from the lowest to the highest."""

    STREET = "STREET", _("街道可解决")
    DEPARTMENT = "DEPARTMENT", _("部门协调")
    DISTRICT = "DISTRICT", _("区级专题会")
    CITY = "CITY", _("市级以上")


class Outcome(TextChoices):
    """What came of a matter."""

    SOLVED = "SOLVED", _("已解决")
    PARTLY = "PARTLY", _("部分解决")
    EXPLAINED = "EXPLAINED", _("已答复暂不能")
    ELSEWHERE = "ELSEWHERE", _("不属本级")


class Satisfaction(TextChoices):
    """What those who raised it say of the answer."""

    SATISFIED = "SATISFIED", _("满意")
    MOSTLY = "MOSTLY", _("基本满意")
    DISSATISFIED = "DISSATISFIED", _("不满意")


class WaitingFor(TextChoices):
    """Whom the work waits for while the clock stands still."""

    APPLICANT = "APPLICANT", _("反映人补充情况")
    OUTSIDE = "OUTSIDE", _("区外单位答复")


class Timed(TextChoices):
    """What of a matter has a time limit; the rule of each kind of matter says how long."""

    DISPATCH = "DISPATCH", _("分派")
    RESPOND = "RESPOND", _("签收响应")
    PLAN = "PLAN", _("拟定办理措施")
    CLOSE = "CLOSE", _("办理答复")
    CALL_BACK = "CALL_BACK", _("回访")
    ASSIST = "ASSIST", _("协办")


class AssignmentState(TextChoices):
    """Where the part of an assisting organisation is."""

    ASSIGNED = "ASSIGNED", _("待协办签收")
    SIGNED = "SIGNED", _("协办中")
    DONE = "DONE", _("协办完成")
    RETURNED = "RETURNED", _("协办退回")
    CANCELLED = "CANCELLED", _("协办取消")


class SupervisionState(TextChoices):
    """Where a supervision order (督办单) is."""

    ISSUED = "ISSUED", _("待反馈")
    ANSWERED = "ANSWERED", _("已反馈")
    CLOSED = "CLOSED", _("督办办结")


LEVELS = tuple(Level)
OPEN = frozenset(
    {
        MatterState.RAISED,
        MatterState.DISPATCHED,
        MatterState.RULING,
        MatterState.WORKING,
        MatterState.WAITING,
        MatterState.ANSWERED,
    }
)
UNANSWERED = OPEN - {MatterState.ANSWERED}


def next_level(level: str, *, highest: str = Level.CITY) -> str:
    """The level above, at most `highest`."""
    place = min(LEVELS.index(Level(level)) + 1, LEVELS.index(Level(highest)))
    return LEVELS[max(place, LEVELS.index(Level(level)))].value
