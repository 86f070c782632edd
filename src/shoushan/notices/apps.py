"""Notices as an installed application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from shoushan.ui.navigation import NavigationItem, register


class NoticesConfig(AppConfig):
    """Messages inside the product."""

    name = "shoushan.notices"
    label = "notices"
    verbose_name = _("消息")

    def ready(self) -> None:
        """Take a place in the navigation."""
        register(NavigationItem(label=_("消息"), url_name="notices:notice-list", icon="alert", position=3))
