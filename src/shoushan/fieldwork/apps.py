"""Field work as an installed application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from shoushan.ui.navigation import NavigationItem, register


class FieldworkConfig(AppConfig):
    """Tasks on site."""

    name = "shoushan.fieldwork"
    label = "fieldwork"
    verbose_name = _("现场办理")

    def ready(self) -> None:
        """Take a place in the navigation."""
        register(
            NavigationItem(
                label=_("现场办理"),
                url_name="fieldwork:task-list",
                permission="fieldwork.work_on_site",
                icon="place",
                position=2,
            )
        )
