"""The app of the shared look: base templates, components, static assets."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Holds no tables and registers no navigation of its own."""

    name = "shoushan.ui"
    label = "ui"
