"""A small app for the tests with real processes: a kind of clock whose handler leaves a line in a file."""

from __future__ import annotations

import os
from pathlib import Path

from django.apps import AppConfig

from shoushan.deadlines.enums import RungAction, RungWhen, Unit
from shoushan.deadlines.kinds import ClockKind, FiringNotice, Rung, register


class RemindingConfig(AppConfig):
    """Registers `reminding.minute`."""

    name = "tests.deadlines"
    label = "reminding"

    def ready(self) -> None:
        """Take the kind in."""
        rung = Rung("due", RungAction.REMIND, RungWhen.AFTER_DUE, 0)
        register(
            ClockKind(
                code="reminding.minute",
                label="一分钟",
                unit=Unit.NATURAL_HOURS,
                budget=1,
                rungs=(rung,),
                handler=write_down,
            )
        )


def write_down(notice: FiringNotice) -> None:
    """One line for one reminder: process, subject, whether it is late."""
    with (Path(os.environ["SHOUSHAN_HOME"]) / "heard.txt").open("a") as file:
        file.write(f"{os.getpid()} {notice.clock.subject} {notice.is_late}\n")
