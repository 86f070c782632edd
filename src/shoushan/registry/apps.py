"""The registry as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    """Enterprises, their names, sites and dated status, and the frames of the statistics bureau."""

    name = "shoushan.registry"
    label = "registry"
    verbose_name = _("名录")
