"""Notices as an installed application."""

from datetime import datetime

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from shoushan.lib import schedules
from shoushan.ui.navigation import NavigationItem, register


class NoticesConfig(AppConfig):
    """Messages inside the product."""

    name = "shoushan.notices"
    label = "notices"
    verbose_name = _("消息")

    def ready(self) -> None:
        """Take a place in the navigation; have messages delivered."""
        schedules.register(
            schedules.Schedule(name="notices.deliver", label=_("消息外发"), cron="* * * * *", function=_deliver)
        )
        register(NavigationItem(label=_("消息"), url_name="notices:notice-list", icon="alert", position=3))


def _deliver(at: datetime) -> object:
    from shoushan.notices.services_delivery import deliver

    return deliver(at)
