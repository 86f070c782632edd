"""Closed vocabularies of calendars and clocks."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CalendarPurpose(TextChoices):
    """Whose working days: an enterprise may be shut on a day on which the government works (handbook J4)."""

    GOVERNMENT = "GOVERNMENT", _("政府机关")
    ENTERPRISE = "ENTERPRISE", _("企业")


class DayKind(TextChoices):
    """What a day of a calendar is: the first two by the week, the last two by a document."""

    WORKDAY = "WORKDAY", _("工作日")
    WEEKEND = "WEEKEND", _("周末")
    OFF = "OFF", _("放假")
    MAKE_UP = "MAKE_UP", _("调休上班")


class Unit(TextChoices):
    """What a budget is counted in. Amounts are minutes for the two kinds of hours, and days for the two of days."""

    NATURAL_HOURS = "NATURAL_HOURS", _("自然小时")
    WORKING_HOURS = "WORKING_HOURS", _("工作小时")
    WORKING_DAYS = "WORKING_DAYS", _("工作日")
    NATURAL_DAYS = "NATURAL_DAYS", _("自然日")


HOURS: frozenset[str] = frozenset({Unit.NATURAL_HOURS, Unit.WORKING_HOURS})


class DayEnd(TextChoices):
    """When the last day of a period in days is over (civil code art. 203)."""

    MIDNIGHT = "MIDNIGHT", _("当日24时")
    BUSINESS = "BUSINESS", _("当日下班时")


class ClockState(TextChoices):
    """RUNNING and PAUSED are open; STOPPED is final."""

    RUNNING = "RUNNING", _("计时中")
    PAUSED = "PAUSED", _("已暂停")
    STOPPED = "STOPPED", _("已停止")


TRANSITIONS: dict[str, frozenset[str]] = {
    ClockState.RUNNING: frozenset({ClockState.PAUSED, ClockState.STOPPED}),
    ClockState.PAUSED: frozenset({ClockState.RUNNING, ClockState.STOPPED}),
    ClockState.STOPPED: frozenset(),
}


class Outcome(TextChoices):
    """How a stopped clock ended. Void clocks count neither as due nor as met."""

    MET = "MET", _("按时")
    MISSED = "MISSED", _("逾期")
    VOID = "VOID", _("撤销")


class Light(TextChoices):
    """The traffic light of handbook 0.3."""

    GREEN = "GREEN", _("绿灯（时间过半以前）")
    YELLOW = "YELLOW", _("黄灯（时间已过半）")
    ORANGE = "ORANGE", _("橙灯（不足24小时）")
    RED = "RED", _("红灯（已逾期）")


LIGHT_TONES: dict[str, str] = {Light.GREEN: "good", Light.YELLOW: "neutral", Light.ORANGE: "soon", Light.RED: "late"}
OUTCOME_TONES: dict[str, str] = {Outcome.MET: "good", Outcome.MISSED: "late", Outcome.VOID: "neutral"}


class RungWhen(TextChoices):
    """When a rung of a clock is due, and the unit of its amount."""

    SHARE_USED = "SHARE_USED", _("时限用去（%）")
    BEFORE_DUE = "BEFORE_DUE", _("到期前（分钟）")
    AFTER_DUE = "AFTER_DUE", _("到期后（分钟）")
    WORKDAYS_OVERDUE = "WORKDAYS_OVERDUE", _("逾期（工作日）")


class RungAction(TextChoices):
    """What a rung is for: a reminder goes to those in charge, an escalation to those above them."""

    REMIND = "REMIND", _("提醒")
    ESCALATE = "ESCALATE", _("升级")
