"""A clock's arithmetic: from start, budget and pauses to due moment, use and light. Nothing here is stored or counted up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from shoushan.deadlines.enums import HOURS, DayEnd, Light, RungWhen, Unit
from shoushan.deadlines.errors import CalendarMissingError
from shoushan.deadlines.hours import MICROSECOND, MINUTE, WorkCalendar, local_day, start_of
from shoushan.lib.days import CIVIL_ZONE

ORANGE_BEFORE: Final = timedelta(hours=24)
_DAY: Final = timedelta(days=1)
_HOUR_MINUTES: Final = 60


class Pause(NamedTuple):
    """A stretch in which the clock stands; `until` is open while it still does."""

    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Terms:
    """What a clock runs on: unit, budget with extensions (minutes for hours, days for days), start, end of the last day."""

    unit: str
    budget: int
    started_at: datetime
    day_end: str = DayEnd.MIDNIGHT
    pauses: tuple[Pause, ...] = ()

    @property
    def scale(self) -> int:
        """Steps of the arithmetic in one unit of the budget: microseconds for minutes, days for days."""
        return MINUTE if self.unit in HOURS else 1


class Dial:
    """How one unit is counted: `passed` between two moments, and `after` so much from a moment on, in steps."""

    def __init__(self, terms: Terms, calendar: WorkCalendar | None) -> None:
        self._unit = terms.unit
        self._day_end = terms.day_end
        self._calendar = calendar

    @property
    def calendar(self) -> WorkCalendar:
        """The calendar; asking for one where none was given is a defect of the caller."""
        if self._calendar is None:
            raise TypeError(f"{self._unit} needs a calendar")
        return self._calendar

    def passed(self, since: datetime, until: datetime) -> int:
        """Steps between two moments; of days, those after the first one through the last."""
        if self._unit == Unit.NATURAL_HOURS:
            return (until - since) // MICROSECOND
        if self._unit == Unit.WORKING_HOURS:
            return self.calendar.working_time_between(since, until)
        if self._unit == Unit.WORKING_DAYS:
            return self.calendar.workdays_between(local_day(since), local_day(until))
        return (local_day(until) - local_day(since)).days

    def after(self, since: datetime, steps: int) -> datetime:
        """The moment at which a period of so many steps is over."""
        if self._unit == Unit.NATURAL_HOURS:
            return since + steps * MICROSECOND
        if self._unit == Unit.WORKING_HOURS:
            return self.calendar.add_working_time(since, steps)
        first = local_day(since)
        by_workdays = self._unit == Unit.WORKING_DAYS
        last = self.calendar.add_workdays(first, steps) if by_workdays else self.calendar.add_days(first, steps)
        if self._day_end == DayEnd.BUSINESS:
            return datetime.combine(last, self.calendar.hours_on(last).closes_at, tzinfo=CIVIL_ZONE)
        return start_of(last) + _DAY

    def reached(self, since: datetime, steps: int) -> datetime:
        """The moment from which so many steps count as used: of days, the beginning of the last one."""
        if self._unit in HOURS:
            return self.after(since, steps)
        first = local_day(since)
        if self._unit == Unit.WORKING_DAYS:
            return start_of(self.calendar.add_workdays(first, steps))
        return start_of(first + timedelta(days=steps))


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What follows from a clock's terms under one calendar: the same questions always get the same answers."""

    terms: Terms
    dial: Dial
    due_at: datetime
    half_at: datetime
    standing_since: datetime | None
    """Since when the clock stands still; None while it runs."""

    @property
    def granted(self) -> int:
        """All steps that may be used: the budget."""
        return self.terms.budget * self.terms.scale

    def used(self, at: datetime) -> int:
        """Steps used by a moment: what passed since the start without what passed in pauses."""
        moment = min(at, self.standing_since) if self.standing_since else at
        moment = max(moment, self.terms.started_at)
        stood = _credit(self.terms, self.dial, self.granted, self.dial.after, until=moment)
        return self.dial.passed(self.terms.started_at, moment) - stood

    def remaining(self, at: datetime) -> int:
        """Steps left; negative once the budget is overdrawn. `used + remaining` is the budget at every moment.

        A period of natural days whose end was moved off a day of rest is overdrawn, but not overdue, until it ends.
        """
        return self.granted - self.used(at)

    def left_text(self, at: datetime) -> str:
        """What is left in words, or by how much the period is overdrawn."""
        if not self.is_overdue(at):
            return _("还剩 %(amount)s") % {"amount": amount_text(self.terms.unit, max(0, self.remaining(at)))}
        late = self.dial.passed(self.due_at - MICROSECOND, self._judged(at))
        return _("已逾期 %(amount)s") % {"amount": amount_text(self.terms.unit, late)}

    def is_overdue(self, at: datetime) -> bool:
        """Whether the due moment has passed; a clock that stands still is judged at the moment at which it stopped."""
        return self._judged(at) > self.due_at

    def light(self, at: datetime) -> Light:
        """The traffic light of handbook 0.3; see `light_of`."""
        return light_of(due_at=self.due_at, half_at=self.half_at, at=self._judged(at))

    def rung_at(self, when: str, amount: int) -> datetime | None:
        """When a rung is due; None when the clock is too short for it, or its year is not loaded yet."""
        moment = self._rung_at(when, amount)
        return moment if moment is not None and moment > self.terms.started_at else None

    def _rung_at(self, when: str, amount: int) -> datetime | None:
        if when == RungWhen.SHARE_USED:
            return _moment(self.terms, self.dial, -(-self.granted * amount // 100))
        if when == RungWhen.BEFORE_DUE:
            return self.due_at - timedelta(minutes=amount)
        if when == RungWhen.AFTER_DUE:
            return self.due_at + timedelta(minutes=amount)
        try:
            day = self.dial.calendar.add_workdays(local_day(self.due_at - MICROSECOND), amount)
        except CalendarMissingError:
            return None
        return datetime.combine(day, self.dial.calendar.hours_on(day).opens_at, tzinfo=CIVIL_ZONE)

    def _judged(self, at: datetime) -> datetime:
        return min(at, self.standing_since) if self.standing_since else at


def reckon(terms: Terms, calendar: WorkCalendar | None) -> Reckoning:
    """Due moment and half-way moment of a clock. The calendar may be missing for natural hours only.

    Raises CalendarMissingError when the answer needs a year that is not loaded.
    """
    dial = Dial(terms, calendar)
    granted = terms.budget * terms.scale
    last = terms.pauses[-1] if terms.pauses else None
    return Reckoning(
        terms,
        dial,
        due_at=_due(terms, dial, granted),
        half_at=_moment(terms, dial, -(-granted // 2)),
        standing_since=last.since if last and last.until is None else None,
    )


def light_of(*, due_at: datetime, half_at: datetime, at: datetime) -> Light:
    """Red past the due moment; green while more than half of the budget is left; orange in the last 24 hours; yellow else.

    Green goes before orange, so that a clock of 60 minutes is green at first; for periods over two days the order
    makes no difference.
    """
    if at > due_at:
        return Light.RED
    if at < half_at:
        return Light.GREEN
    return Light.ORANGE if due_at - at <= ORANGE_BEFORE else Light.YELLOW


def _due(terms: Terms, dial: Dial, steps: int) -> datetime:
    return dial.after(terms.started_at, steps + _credit(terms, dial, steps, dial.after))


def _moment(terms: Terms, dial: Dial, steps: int) -> datetime:
    return dial.reached(terms.started_at, steps + _credit(terms, dial, steps, dial.reached))


def _credit(
    terms: Terms,
    dial: Dial,
    steps: int,
    end_of: Callable[[datetime, int], datetime],
    until: datetime | None = None,
) -> int:
    """Steps that passed while the clock stood, of all pauses that began before `steps` were used up.

    Of days, the day of the pause counts as used and the day of resuming as a new start day, so that pausing and
    resuming within one day gains nothing. Who pauses on the last day gets at least the day of resuming, or the next
    working day: resuming never finds the period already over.
    """
    credit = 0
    for pause in terms.pauses:
        if pause.since >= end_of(terms.started_at, steps + credit):
            break
        end = pause.until if until is None else min(pause.until or until, until)
        if end is None or end <= pause.since:
            break
        credit += dial.passed(pause.since, end)
        while pause.until == end and terms.unit not in HOURS and end_of(terms.started_at, steps + credit) <= end:
            credit += 1
    return credit


def amount_text(unit: str, steps: int) -> str:
    """Steps in words: 3 个工作日, 2 小时 30 分钟; the sign is the reader's affair."""
    steps = abs(steps)
    if unit not in HOURS:
        words = _("%(n)d 个工作日") if unit == Unit.WORKING_DAYS else _("%(n)d 天")
        return words % {"n": steps}
    hours, minutes = divmod(steps // MINUTE, _HOUR_MINUTES)
    name = _("工作小时") if unit == Unit.WORKING_HOURS else _("小时")
    parts = [f"{hours} {name}"] if hours else []
    return " ".join([*parts, _("%(n)d 分钟") % {"n": minutes}] if minutes or not hours else parts)


def budget_text(unit: str, budget: int) -> str:
    """A budget in words: 5 个工作日, 24 小时."""
    return amount_text(unit, budget * (MINUTE if unit in HOURS else 1))


def due_text(due_at: datetime) -> str:
    """A due moment in words, local time; midnight is written as the end of the day before: 2020-02-04 24:00."""
    local = due_at.astimezone(CIVIL_ZONE)
    if local == start_of(local.date()):
        return f"{local - _DAY:%Y-%m-%d} 24:00"
    return f"{local:%Y-%m-%d %H:%M}"


def pauses_of(rows: Sequence[tuple[datetime, datetime | None]]) -> tuple[Pause, ...]:
    """Pauses in the order in which they happened."""
    return tuple(Pause(*row) for row in sorted(rows, key=lambda row: row[0]))
