"""Personal data as an installed application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from shoushan.ui.navigation import NavigationItem, register


class PrivacyConfig(AppConfig):
    """Protection of personal data."""

    name = "shoushan.privacy"
    label = "privacy"
    verbose_name = _("个人信息保护")

    def ready(self) -> None:
        """Take a place in the navigation of those who audit."""
        register(
            NavigationItem(
                label=_("个人信息访问记录"),
                url_name="privacy:access-list",
                permission="privacy.view_access",
                icon="shield",
                position=95,
                group=_("系统"),
            )
        )
