"""How thousands of enterprises are locked and changed at once; for the services of the registry only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import connection, models

from shoushan.lib import rows
from shoushan.registry.models import Enterprise

CHUNK: Final = 500


def lock_enterprises(numbers: Iterable[int]) -> list[int]:
    """Lock the enterprises that there are of these ids, always in the same order; their ids come back."""
    ordered = sorted(numbers)
    found: list[int] = []
    for part in rows.chunks(ordered, CHUNK):
        locked = Enterprise.objects.select_for_update().filter(id__in=part).order_by("id")
        found += locked.values_list("id", flat=True)
    return found


def write_fields(names: Sequence[str], values: Mapping[int, Sequence[Any]], *, at: datetime) -> None:
    """Give the named fields of enterprises new values, {id: one value a name}, as changed at `at`."""
    fields = [_field(name) for name in [*names, "updated_at"]]
    prepared = [
        [number, *(field.get_db_prep_save(value, connection) for field, value in zip(fields, [*each, at], strict=True))]
        for number, each in values.items()
    ]
    columns, kinds = [str(field.column) for field in fields], [_kind(field) for field in fields]
    rows.update("registry_enterprise", "id", columns, prepared, ["bigint", *kinds])


def _field(name: str) -> models.Field[Any, Any]:
    """The field of this name, also by the name of its column (department_id)."""
    return Enterprise._meta.get_field(name)  # type: ignore[return-value]  # noqa: SLF001 - Django's documented name


def _kind(field: models.Field[Any, Any]) -> str:
    """The column's type in the database; texts without their length, because a cast would cut what is too long."""
    return "text" if isinstance(field, models.CharField) else str(field.db_type(connection))
