"""models.md: what one row of every table is, its fields, and what the database refuses."""

from __future__ import annotations

import inspect
from typing import Any

from django.apps import AppConfig
from django.db import models
from django.db.models.fields import NOT_PROVIDED

from shoushan.config.reference.installed import own_apps
from shoushan.config.reference.markdown import code, codes, page, prose, table
from shoushan.config.reference.wording import chinese, english

HEADINGS = ("Field", "中文", "Type", "May be empty", "Values or note")


def render() -> str:
    """The page."""
    lead = "Every table, with its fields and constraints. The ledger's tables are private to `ledger.api`."
    return page("Models", lead, [_app(config) for config in own_apps() if list(config.get_models())])


def _app(config: AppConfig) -> str:
    found = sorted(config.get_models(), key=lambda model: model.__name__)
    return "\n\n".join([f"## {config.label}", *(_model(model) for model in found)])


def _model(model: type[models.Model]) -> str:
    parts = [f"### {model.__name__}", prose(inspect.getdoc(model) or "")]
    fields = [field for field in model._meta.get_fields() if _is_own(field) and not _is_plain_id(field)]
    parts.append(table(HEADINGS, (_field(field) for field in fields)))
    if model._meta.constraints:
        parts.append(f"Constraints: {codes(sorted(each.name for each in model._meta.constraints))}.")
    return "\n\n".join(parts)


def _is_own(field: Any) -> bool:
    """A column of the table, or a table of pairs that the model declares (Django's versions differ on what is concrete)."""
    return bool(field.concrete or (field.many_to_many and not field.auto_created))


def _is_plain_id(field: Any) -> bool:
    return bool(field.primary_key and field.name == "id")


def _field(field: Any) -> tuple[str, ...]:
    return code(field.name), _label(field), kind_of(field), "yes" if field.null or field.blank else "", _note(field)


def _label(field: Any) -> str:
    words = chinese(getattr(field, "verbose_name", ""))
    return "" if words.isascii() else words


def kind_of(field: Any) -> str:
    """The type with what bounds it: length, digits or target."""
    if field.is_relation:
        return f"→ {field.related_model._meta.label}" + (", one to one" if field.one_to_one else "")
    name: str = field.get_internal_type().removesuffix("Field")
    if field.get_internal_type() == "DecimalField":
        name += f" ({field.max_digits}, {field.decimal_places})"
    elif field.max_length:
        name += f" ≤ {field.max_length}"
    return name + (", unique" if field.unique else "")


def _note(field: Any) -> str:
    parts = [english(field.help_text) if chinese(field.help_text) else ""]
    if getattr(field, "choices", None):
        parts.append(", ".join(f"{code(value)} {chinese(label)}" for value, label in field.flatchoices))
    default = getattr(field, "default", NOT_PROVIDED)
    if default is not NOT_PROVIDED and not callable(default) and default not in ("", None):
        parts.append(f"default {code(getattr(default, 'value', default))}")
    return "; ".join(part for part in parts if part and part != "—")
