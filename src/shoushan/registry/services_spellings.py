"""How names are spelled: a table derived from the names, kept up by a job, never entered by anybody.

Bringing in a hundred thousand enterprises must not wait for spellings; until the job has been there (a minute), a new name is
found by its characters and codes alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Exists, Model, OuterRef, QuerySet

from shoushan.lib import pinyin
from shoushan.registry.models import NameSpelling
from shoushan.registry.spelled import bearers

if TYPE_CHECKING:
    from datetime import datetime

BATCH: Final = 2_000
"""Names of one table that are spelled at once."""


def spell_names(_at: datetime) -> int:
    """Spell the names, also former ones, that have no spelling yet; forget those that nobody bears. How many were new."""
    models = bearers()
    spelled = sum(_spell(model) for model in models)
    _forget(models)
    return spelled


@transaction.atomic
def _spell(model: type[Model]) -> int:
    known = NameSpelling.objects.filter(name_key=OuterRef("name_key"))
    unspelled: QuerySet[Any] = QuerySet(model).exclude(name_key="").filter(~Exists(known))
    names = dict(unspelled.order_by("pk").values_list("name_key", "name")[:BATCH])
    made = [
        NameSpelling(name_key=key, initials=found.initials, syllables=found.syllables)
        for key, name in names.items()
        for found in [pinyin.spelling(name)]
    ]
    NameSpelling.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def _forget(models: list[type[Model]]) -> None:
    forgotten = NameSpelling.objects.all()
    for model in models:
        forgotten = forgotten.filter(~Exists(QuerySet(model).filter(name_key=OuterRef("name_key"))))
    forgotten.delete()
