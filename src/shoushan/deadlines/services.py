"""The door to everything that changes calendars and clocks."""

from shoushan.deadlines.errors import CalendarMissingError, DeadlineError
from shoushan.deadlines.services_calendars import (
    Draft,
    Preview,
    add_version,
    load_calendars,
    preview_version,
    reproject_deadlines,
    set_working_hours,
)
from shoushan.deadlines.services_clocks import extend_clock, pause_clock, resume_clock, start_clock, stop_clock
from shoushan.deadlines.services_firing import Fired, fire_due_rungs
from shoushan.deadlines.services_schedules import run_due_schedules

__all__ = [
    "CalendarMissingError",
    "DeadlineError",
    "Draft",
    "Fired",
    "Preview",
    "add_version",
    "extend_clock",
    "fire_due_rungs",
    "load_calendars",
    "pause_clock",
    "preview_version",
    "reproject_deadlines",
    "resume_clock",
    "run_due_schedules",
    "set_working_hours",
    "start_clock",
    "stop_clock",
]
