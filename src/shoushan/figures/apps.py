"""Figures as an installed application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from shoushan.ui.navigation import NavigationItem, register


class FiguresConfig(AppConfig):
    """Measures, their values on any day, and releases."""

    name = "shoushan.figures"
    label = "figures"
    verbose_name = _("指标")

    def ready(self) -> None:
        """Take places in the navigation."""
        register(
            NavigationItem(
                label=_("指标"),
                url_name="figures:measure-list",
                permission="figures.view_figure",
                icon="chart",
                position=40,
            ),
            NavigationItem(
                label=_("发布"),
                url_name="figures:release-list",
                permission="figures.view_release",
                icon="receipt",
                position=50,
            ),
        )
