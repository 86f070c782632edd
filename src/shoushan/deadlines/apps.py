"""Deadlines as an installed application."""

from __future__ import annotations

from datetime import datetime

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from shoushan.lib import schedules
from shoushan.ui import signals
from shoushan.ui.navigation import NavigationItem, register


class DeadlinesConfig(AppConfig):
    """Working-day calendars, clocks, and what is due by the clock."""

    name = "shoushan.deadlines"
    label = "deadlines"
    verbose_name = _("时限")

    def ready(self) -> None:
        """Take places in the navigation, and have reminders and calendars looked after."""
        from shoushan.deadlines.views.red import red

        signals.register(red)
        register(
            NavigationItem(
                label=_("时限"),
                url_name="deadlines:clock-list",
                permission="deadlines.view_clock",
                icon="clock",
                position=60,
                group=_("规则与时限"),
            ),
            NavigationItem(
                label=_("工作日历"),
                url_name="deadlines:calendar",
                icon="table",
                position=70,
                group=_("规则与时限"),
            ),
        )
        schedules.register(
            schedules.Schedule(
                name="deadlines.fire_due_rungs", label=_("时限提醒和升级"), cron="* * * * *", function=_fire
            ),
            schedules.Schedule(
                name="deadlines.reproject", label=_("到期时间复核"), cron="20 0 * * *", function=_reproject
            ),
        )


def _fire(at: datetime) -> None:
    from shoushan.deadlines.services import fire_due_rungs

    fire_due_rungs(at=at)


def _reproject(at: datetime) -> None:
    from shoushan.deadlines.services import reproject_deadlines

    reproject_deadlines(at=at)
