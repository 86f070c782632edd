"""What is found by the spelling of its name: apps say which of their tables bear names, and ask with what was typed."""

from __future__ import annotations

from typing import Final

from django.apps import apps
from django.db.models import Model, Q

from shoushan.lib import pinyin, texts
from shoushan.registry.models import NameSpelling

BEARERS: Final[list[str]] = []
"""Labels of models with `name` and an indexed `name_key` of at most 120 characters."""


def register(*labels: str) -> None:
    """Have the names of these models spelled. The very same again changes nothing."""
    BEARERS.extend(label for label in labels if label not in BEARERS)


def bearers() -> list[type[Model]]:
    """The models whose names are spelled."""
    return [apps.get_model(label) for label in BEARERS]


def is_like(text: str, *, field: str = "name_key") -> Q:
    """Whose name contains what was typed, or is spelled so; `field` is the way to the key. Nothing for marks alone."""
    key = texts.match_key(text)
    if not key:
        return Q(pk__in=())
    wanted = Q(**{f"{field}__contains": key})
    if letters := pinyin.typed_letters(text):
        found = NameSpelling.objects.filter(Q(initials__contains=letters) | Q(syllables__contains=letters))
        wanted |= Q(**{f"{field}__in": found.values("name_key")})
    return wanted
