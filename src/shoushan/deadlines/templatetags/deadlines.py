"""Due moments in templates: `{% load deadlines %}`."""

from __future__ import annotations

from datetime import datetime

from django import template

from shoushan.deadlines.reckoning import due_text

register = template.Library()


@register.filter
def due(value: datetime | None) -> str:
    """A due moment; midnight is the end of the day before: 2020-02-04 24:00."""
    return due_text(value) if value else "—"
