"""Plain makers of what the tests of calendars and clocks need."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from shoushan.deadlines import services
from shoushan.deadlines.enums import CalendarPurpose, RungAction, RungWhen, Unit
from shoushan.deadlines.hours import DayHours, WorkCalendar
from shoushan.deadlines.kinds import ClockKind, FiringNotice, Rung, register
from shoushan.deadlines.models import CalendarVersion, Clock
from shoushan.deadlines.notices import DayOrder, seeded_notices
from shoushan.deadlines.selectors import DEFAULT_HOURS
from shoushan.lib.days import CIVIL_ZONE

AREA = "370102011"
ANNOUNCED = date(2019, 11, 21)
EXTENDED = date(2020, 1, 27)
HEARD: list[FiringNotice] = []
"""What the handler of the test's kinds was told; emptied by the fixture of the tests that use it."""


def local(text: str) -> datetime:
    """A moment as the clocks in China show it: 2020-01-20 10:00."""
    return datetime.fromisoformat(text).replace(tzinfo=CIVIL_ZONE)


def hear(notice: FiringNotice) -> None:
    """A handler that remembers."""
    HEARD.append(notice)


ANSWER = ClockKind(
    code="test.answer",
    label="答复",
    unit=Unit.WORKING_DAYS,
    budget=5,
    rungs=(
        Rung("half", RungAction.REMIND, RungWhen.SHARE_USED, 50, to="owner"),
        Rung("day", RungAction.REMIND, RungWhen.BEFORE_DUE, 24 * 60, to="owner"),
        Rung("late", RungAction.ESCALATE, RungWhen.AFTER_DUE, 0, to="leader"),
        Rung("later", RungAction.ESCALATE, RungWhen.WORKDAYS_OVERDUE, 2, to="district"),
    ),
    handler=hear,
)
RESPOND = ClockKind(code="test.respond", label="响应", unit=Unit.NATURAL_HOURS, budget=60)
register(ANSWER, RESPOND)


def orders_of(year: int, *, known_on: date, purpose: str = CalendarPurpose.GOVERNMENT) -> dict[date, DayOrder]:
    """The days of a year by the documents issued until a day."""
    found = [
        notice
        for notice in seeded_notices()
        if notice.year == year and purpose in notice.purposes and notice.issued_on <= known_on
    ]
    return dict(max(found, key=lambda notice: notice.issued_on).days)


def a_calendar(
    years: Iterable[int] = (2020,),
    *,
    known_on: date = date(2026, 1, 1),
    purpose: str = CalendarPurpose.GOVERNMENT,
    hours: DayHours = DEFAULT_HOURS,
) -> WorkCalendar:
    """A calendar in memory, without a database."""
    days = {
        year: {day: order.is_working for day, order in orders_of(year, known_on=known_on, purpose=purpose).items()}
        for year in years
    }
    return WorkCalendar(purpose, days, [hours])


def a_draft(year: int = 2020, *, known_on: date = ANNOUNCED, **changes: Any) -> services.Draft:
    """The document of a year as it stood on a day."""
    values: dict[str, Any] = {
        "purposes": (CalendarPurpose.GOVERNMENT,),
        "year": year,
        "document_no": "国办发明电〔2019〕16号" if known_on == ANNOUNCED else "国办发明电〔2020〕1号",
        "title": "",
        "issued_on": known_on,
        "days": orders_of(year, known_on=known_on),
        **changes,
    }
    return services.Draft(**values)


def enter(draft: services.Draft, at: datetime) -> CalendarVersion:
    """Enter a draft; returns the first version."""
    return services.add_version(draft, at=at)[0][0]


def a_clock(subject: str = "matter:M1", *, at: datetime, kind: str = "test.answer", **more: Any) -> Clock:
    """A clock that begins to run."""
    return services.start_clock(kind=kind, subject=subject, area_code=AREA, at=at, **more)
