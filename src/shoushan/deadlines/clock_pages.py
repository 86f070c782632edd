"""Clocks as pages show them: a line of a list, and the story of one clock."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from shoushan.deadlines.enums import LIGHT_TONES, ClockState, Light, RungAction, RungWhen
from shoushan.deadlines.hours import WorkCalendar, local_day
from shoushan.deadlines.kinds import all_kinds, rung_of
from shoushan.deadlines.models import CalendarVersion, Clock
from shoushan.deadlines.reckoning import Reckoning, budget_text, due_text, reckon
from shoushan.deadlines.selectors import terms_of, work_calendar


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One clock of a list."""

    clock: Clock
    address: str
    due: str
    left: str
    badge: str
    tone: str


def clock_lines(clocks: Iterable[Clock], *, at: datetime) -> list[ClockLine]:
    """Lines for clocks whose pauses and extensions are prefetched; one calendar per purpose for all of them."""
    calendars: dict[str, WorkCalendar] = {}
    lines = []
    for clock in clocks:
        if clock.calendar not in calendars:
            calendars[clock.calendar] = work_calendar(clock.calendar, known_on=local_day(at))
        lines.append(clock_line(clock, calendars[clock.calendar], at=at))
    return lines


def first_lines(subjects: Collection[str], *, at: datetime) -> dict[str, ClockLine]:
    """The open clock of each subject that is due first, as a line: as many queries for a page as for one."""
    rows = Clock.objects.open().filter(subject__in=subjects).prefetch_related("pauses", "extensions")
    first = {clock.subject: clock for clock in rows.order_by("-due_at", "-pk")}
    return {line.clock.subject: line for line in clock_lines(first.values(), at=at)}


def clock_line(clock: Clock, calendar: WorkCalendar, *, at: datetime) -> ClockLine:
    """One line: the light of an open clock, the outcome of a stopped one."""
    kind = all_kinds().get(clock.kind)
    address = kind.address(clock.subject) if kind and kind.address else ""
    if clock.state == ClockState.STOPPED:
        return ClockLine(clock, address, due_text(clock.due_at), "", clock.get_outcome_display(), clock.outcome_tone)
    found = reckon(terms_of(clock), calendar)
    light = found.light(at)
    due = due_text(found.due_at) if clock.state == ClockState.RUNNING else _("恢复后重新推算")
    return ClockLine(clock, address, due, found.left_text(at), light_word(light), LIGHT_TONES[light])


def light_word(light: Light) -> str:
    """A light in a word, beside its colour."""
    return {
        Light.GREEN: _("充裕"),
        Light.YELLOW: _("已过半"),
        Light.ORANGE: _("不足24小时"),
        Light.RED: _("已逾期"),
    }[light]


def clock_story(clock: Clock) -> list[dict[str, Any]]:
    """Everything that happened to a clock, oldest first, for the timeline component."""
    events = [_event(clock.started_at, _("开始计时"), clock.started_by, clock.budget_text)]
    for pause in clock.pauses.select_related("paused_by", "resumed_by"):
        events.append(_event(pause.paused_at, _("暂停"), pause.paused_by, pause.reason, "soon"))
        if pause.resumed_at:
            events.append(_event(pause.resumed_at, _("恢复"), pause.resumed_by))
    for extension in clock.extensions.select_related("asked_by", "approved_by"):
        more = {"more": budget_text(clock.unit, extension.amount), "who": extension.asked_by.display_name}
        title = _("延长 %(more)s（%(who)s申请）") % more
        events.append(_event(extension.at, title, extension.approved_by, extension.reason, "soon"))
    names = {content["code"]: rung_text(content) for content in clock.rungs}
    for firing in clock.firings.all():
        late = _("（补发，应于 %(at)s）") % {"at": due_text(firing.rung_at)} if firing.is_late else ""
        events.append(_event(firing.fired_at, names.get(firing.rung, firing.rung) + late, None, "", "late"))
    for move in clock.moves.all():
        words = {"before": due_text(move.due_before), "after": due_text(move.due_after)}
        title = _("到期时间由 %(before)s 改为 %(after)s") % words
        events.append(_event(move.moved_at, title, None, move.reason, "soon"))
    if clock.stopped_at:
        events.append(_event(clock.stopped_at, clock.get_outcome_display(), clock.stopped_by, "", clock.outcome_tone))
    return sorted(events, key=lambda event: event["at"])


def _event(at: datetime, title: str, who: Any, detail: str = "", tone: str = "neutral") -> dict[str, Any]:
    return {"at": at, "title": title, "actor": who.display_name if who else "", "detail": detail, "tone": tone}


def rung_text(content: dict[str, Any]) -> str:
    """A rung in words: 提醒：时限用去 50%."""
    rung = rung_of(content)
    action = RungAction(rung.action).label
    words = {
        RungWhen.SHARE_USED: _("时限用去%(amount)d%%"),
        RungWhen.BEFORE_DUE: _("到期前%(amount)d分钟"),
        RungWhen.AFTER_DUE: _("到期后%(amount)d分钟") if rung.amount else _("到期"),
        RungWhen.WORKDAYS_OVERDUE: _("逾期%(amount)d个工作日"),
    }[RungWhen(rung.when)]
    return f"{action}：{words % {'amount': rung.amount}}"


def rung_lines(clock: Clock, found: Reckoning) -> list[dict[str, Any]]:
    """The rungs of a clock with when they are due, or when they were carried out."""
    fired = {each.rung: each for each in clock.firings.all()}
    lines = []
    for content in clock.rungs:
        moment = found.rung_at(content["when"], content["amount"])
        lines.append(
            {
                "text": rung_text(content),
                "due": due_text(moment) if moment else _("时限太短，不触发"),
                "firing": fired.get(content["code"]),
            }
        )
    return lines


def documents_of(clock: Clock) -> list[CalendarVersion]:
    """The documents that a clock's due moment stands on."""
    return list(CalendarVersion.objects.filter(pk__in=clock.calendar_versions).order_by("year"))
