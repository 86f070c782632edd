"""The portal as an installed application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """Pages that cross domains."""

    name = "shoushan.portal"
    label = "portal"
    verbose_name = _("门户")
