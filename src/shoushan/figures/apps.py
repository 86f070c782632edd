"""Figures as an installed application."""

from __future__ import annotations

from datetime import datetime

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from shoushan.lib import schedules
from shoushan.ui import search, work
from shoushan.ui.navigation import NavigationItem, register


class FiguresConfig(AppConfig):
    """Measures, their values on any day, and releases."""

    name = "shoushan.figures"
    label = "figures"
    verbose_name = _("指标")

    def ready(self) -> None:
        """Take places in the navigation; have releases compared with the ledger."""
        from shoushan.figures.search import FINDERS

        search.register(*FINDERS)
        from shoushan.figures.work import PROPOSALS

        work.register(PROPOSALS)
        schedules.register(
            schedules.Schedule(
                name="figures.propose_corrections", label=_("发布数字复核"), cron="*/10 * * * *", function=_propose
            )
        )
        register(
            NavigationItem(
                label=_("指标"),
                url_name="figures:measure-list",
                permission="figures.view_figure",
                icon="chart",
                position=40,
                group=_("数据"),
            ),
            NavigationItem(
                label=_("发布"),
                url_name="figures:release-list",
                permission="figures.view_release",
                icon="receipt",
                position=50,
                group=_("数据"),
            ),
        )


def _propose(at: datetime) -> object:
    from shoushan.figures.services_corrections import propose_corrections

    return propose_corrections(at)
