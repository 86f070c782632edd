"""Figures as an installed application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FiguresConfig(AppConfig):
    """Measures, their values on any day, and releases."""

    name = "shoushan.figures"
    label = "figures"
    verbose_name = _("指标")
