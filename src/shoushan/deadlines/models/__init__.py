"""The tables of calendars, clocks and schedules."""

from shoushan.deadlines.models.calendars import CalendarDay, CalendarVersion, WorkingHours
from shoushan.deadlines.models.clocks import Clock, ClockExtension, ClockPause, DeadlineMove, Firing
from shoushan.deadlines.models.schedules import ScheduleState

__all__ = [
    "CalendarDay",
    "CalendarVersion",
    "Clock",
    "ClockExtension",
    "ClockPause",
    "DeadlineMove",
    "Firing",
    "ScheduleState",
    "WorkingHours",
]
