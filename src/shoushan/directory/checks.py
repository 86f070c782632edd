"""System checks: the site does not start without its gate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

GATE = "shoushan.directory.middleware.AccessMiddleware"


@register(Tags.security)
def check_the_gate_is_installed(app_configs: Sequence[AppConfig] | None, **_kwargs: Any) -> list[CheckMessage]:
    """The views only declare their rule; without the middleware nothing would enforce it."""
    if GATE in settings.MIDDLEWARE:
        return []
    return [
        Error("AccessMiddleware is not installed: every page would be open.", hint=f"Add {GATE}.", id="directory.E001")
    ]
