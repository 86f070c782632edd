"""Choosing many records of a list for one step: `{% load steps %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shoushan.lifecycle.record_kinds import kind_of, lifecycles_of

register = template.Library()


@register.simple_tag(takes_context=True)
def steps_together(context: Context, subject: str) -> list[dict[str, Any]]:
    """The steps of a kind that the reader may take of many records at once, each with its address; none for who may none."""
    return steps_for(context.get("page_user"), subject)


def steps_for(reader: Any, subject: str) -> list[dict[str, Any]]:
    """As `steps_together`, where there is no page yet."""
    kind = kind_of(subject)
    if reader is None or kind is None:
        return []
    found = {step.name: step for lifecycle in lifecycles_of(subject) for step in lifecycle.transitions}
    return [
        {"label": found[name].label, "address": reverse("lifecycle:step-many", args=[subject, name])}
        for name in kind.together
        if name in found and reader.may(found[name].permission)
    ]


@register.simple_tag
def pick(steps: list[dict[str, Any]], code: str) -> SafeString:
    """The box that chooses a record of the list; none without a step to take."""
    if not steps:
        return SafeString()
    box = '<input class="form-check-input pick no-print" type="checkbox" name="code" value="{}" form="picked" aria-label="{} {}">'
    return format_html(box, code, _("选择"), code)


@register.inclusion_tag("lifecycle/_picked.html", takes_context=True)
def picked(context: Context, steps: list[dict[str, Any]]) -> dict[str, Any]:
    """The bar with what can be done with the records chosen; none without a step to take."""
    return {"steps": steps, "request": context.get("request")}
