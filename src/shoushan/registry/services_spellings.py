"""How enterprises' names are spelled: a table derived from the names, kept up by a job, never entered by anybody.

Bringing in a hundred thousand enterprises must not wait for spellings; until the job has been there (a minute), a new name is
found by its characters and codes alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Exists, OuterRef

from shoushan.lib import pinyin
from shoushan.registry.models import Enterprise, EnterpriseName, NameSpelling

if TYPE_CHECKING:
    from datetime import datetime

BATCH: Final = 2_000


def spell_names(_at: datetime) -> int:
    """Spell the names, also former ones, that have no spelling yet; forget those that nobody bears. How many were new."""
    spelled = 0
    for model, field in ((Enterprise, "pk"), (EnterpriseName, "enterprise_id")):
        spelled += _spell(model, field)
    _forget()
    return spelled


@transaction.atomic
def _spell(model: type[Enterprise | EnterpriseName], field: str) -> int:
    known = NameSpelling.objects.filter(enterprise=OuterRef(field), name_key=OuterRef("name_key"))
    rows = model.objects.filter(~Exists(known)).order_by("pk").values_list(field, "name", "name_key")[:BATCH]
    made = [
        NameSpelling(enterprise_id=number, name_key=key, initials=found.initials, syllables=found.syllables)
        for number, name, key in rows
        for found in [pinyin.spelling(name)]
    ]
    NameSpelling.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def _forget() -> None:
    now = Enterprise.objects.filter(pk=OuterRef("enterprise"), name_key=OuterRef("name_key"))
    former = EnterpriseName.objects.filter(enterprise=OuterRef("enterprise"), name_key=OuterRef("name_key"))
    NameSpelling.objects.filter(~Exists(now), ~Exists(former)).delete()
