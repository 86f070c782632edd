"""Form controls that stand on nearly every page, written without a template each: they made a third of a filtered list's time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

FOLDER: Final = "django/forms/widgets"


def _attributes(given: Mapping[str, Any]) -> str:
    """As Django writes them: False is left out, True stands without a value."""
    return "".join(
        f" {escape(name)}" if value is True else f' {escape(name)}="{escape(str(value))}"'
        for name, value in given.items()
        if value is not False
    )


def _input(widget: Mapping[str, Any]) -> str:
    value = "" if widget["value"] is None else f' value="{escape(str(widget["value"]))}"'
    return f'<input type="{widget["type"]}" name="{escape(widget["name"])}"{value}{_attributes(widget["attrs"])}>'


def _option(option: Mapping[str, Any]) -> str:
    value, label = escape(str(option["value"])), conditional_escape(option["label"])
    return f'<option value="{value}"{_attributes(option["attrs"])}>{label}</option>'


def _select(widget: Mapping[str, Any]) -> str:
    parts = []
    for name, options, _index in widget["optgroups"]:
        own = "".join(map(_option, options))
        parts.append(f'<optgroup label="{escape(name)}">{own}</optgroup>' if name else own)
    return f'<select name="{escape(widget["name"])}"{_attributes(widget["attrs"])}>{"".join(parts)}</select>'


WRITTEN: Final[dict[str, Callable[[Mapping[str, Any]], str]]] = {
    f"{FOLDER}/select.html": _select,
    **{
        f"{FOLDER}/{kind}.html": _input
        for kind in ("text", "date", "number", "hidden", "email", "tel", "search", "url")
    },
}


class FormRenderer(TemplatesSetting):
    """Django's own, with the commonest controls written directly. Everything that comes from a value is escaped."""

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> SafeString | str:
        """The HTML of a control or of whatever else has a template."""
        write = WRITTEN.get(template_name)
        if write is None:
            return super().render(template_name, context, request)
        return mark_safe(write(context["widget"]))  # noqa: S308 - every part was escaped above
