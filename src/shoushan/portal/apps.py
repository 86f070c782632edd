"""The portal as an installed application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from shoushan.ui import search, subjects
from shoushan.ui.navigation import NavigationItem, register


class PortalConfig(AppConfig):
    """Pages that cross domains."""

    name = "shoushan.portal"
    label = "portal"
    verbose_name = _("门户")

    def ready(self) -> None:
        """Take a place in the navigation."""
        from shoushan.portal.ground import openable_areas, page_of_area
        from shoushan.portal.search import FINDERS

        search.register(*FINDERS)
        subjects.register_page("area", page_of_area, openable_areas)
        register(
            NavigationItem(
                label=_("驾驶舱"),
                url_name="portal:cockpit",
                permission="figures.view_figure",
                icon="gauge",
                position=1,
            ),
            NavigationItem(
                label=_("工作台"),
                url_name="portal:workbench",
                permission="portal.open_workbench",
                icon="check",
                position=2,
            ),
        )
