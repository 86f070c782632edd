"""Lifecycles as an installed application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from shoushan.ui.navigation import NavigationItem, register


class LifecycleConfig(AppConfig):
    """Steps, evidence and dated rules."""

    name = "shoushan.lifecycle"
    label = "lifecycle"
    verbose_name = _("流程和规则")

    def ready(self) -> None:
        """Take a place in the navigation."""
        register(
            NavigationItem(
                label=_("政策规则"),
                url_name="lifecycle:rule-list",
                permission="lifecycle.view_rule",
                icon="receipt",
                position=80,
                group=_("规则与时限"),
            )
        )
