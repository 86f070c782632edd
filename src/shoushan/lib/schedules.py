"""What is to be done at certain times: declared as data by the packages, registered in `AppConfig.ready()`.

    register(Schedule(name="casework.tally", label=_("汇总办件数量"), cron="10 0 * * *", function=tally))

`shoushan jobs` runs what is due. A run that was missed is made up once, late, however many were missed. A worker that
dies in the middle leaves the schedule to the next one, so a function must be harmless when it runs twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ZONE: Final = ZoneInfo("Asia/Shanghai")


class ScheduleError(ValueError):
    """A schedule that is declared wrongly or twice: a defect of the program, never of the user."""


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """One thing to do again and again. `cron` has five fields, local time of China; the function gets the moment."""

    name: str
    label: StrOrPromise
    cron: str
    function: Callable[[datetime], object]

    def __post_init__(self) -> None:
        try:
            next_moment(self.cron, after=datetime(2020, 1, 1, tzinfo=ZONE))
        except (CronSimError, StopIteration) as error:
            raise ScheduleError(f"{self.name}: {self.cron!r} is no cron text ({error})") from error


def next_moment(cron: str, *, after: datetime) -> datetime:
    """The first moment of the cron text after another moment."""
    return next(CronSim(cron, after.astimezone(ZONE)))


_schedules: dict[str, Schedule] = {}


def register(*schedules: Schedule) -> None:
    """Add schedules. Registering the very same one again changes nothing, so `ready()` may run twice."""
    for schedule in schedules:
        if _schedules.setdefault(schedule.name, schedule) != schedule:
            raise ScheduleError(f"{schedule.name} is registered twice with different content")


def all_schedules() -> dict[str, Schedule]:
    """Every registered schedule by name."""
    return dict(sorted(_schedules.items()))
