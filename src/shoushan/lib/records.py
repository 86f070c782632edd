"""One row read under its lock, added or changed by its key, with the statement put together once: the path of every step.

A model's manager builds each statement anew, which takes several times as long as the database needs for a row. All are called
within a transaction.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.expressions import Col

from shoushan.lib import rows

Row = TypeVar("Row", bound=models.Model)
Fields = tuple["models.Field[Any, Any]", ...]


class _Statements(NamedTuple):
    """The statements of one model on one database."""

    select: str
    insert: str
    update: str
    names: tuple[str, ...]
    """What `select` answers."""
    converters: tuple[tuple[int, Any, Col], ...]
    """Place, function and column of what the database does not answer as Python's own type."""
    key: str
    written: Fields
    """What `insert` and `update` write: all columns but the key."""


def locked(model: type[Row], pk: int, *, is_hasty: bool = False) -> Row:
    """The row, locked until the transaction ends. Raises DoesNotExist, and the database's refusal when hasty."""
    database = connections[DEFAULT_DB_ALIAS]
    statements = _statements(model, database.vendor, is_hasty=is_hasty)
    found = rows.fetch_prepared(statements.select, [pk])
    if not found:
        raise _missing(model, pk)
    values = list(found[0])
    for place, convert, column in statements.converters:
        values[place] = convert(values[place], column, database)
    return model.from_db(DEFAULT_DB_ALIAS, statements.names, values)


def insert(record: models.Model) -> None:
    """Add the row; the record gets its number."""
    statements = _statements(type(record), connections[DEFAULT_DB_ALIAS].vendor)
    record.pk = rows.fetch_prepared(statements.insert, _values(record, statements.written, is_new=True))[0][0]


def update(record: models.Model) -> None:
    """Write all columns of the row. Raises DoesNotExist where there is none."""
    statements = _statements(type(record), connections[DEFAULT_DB_ALIAS].vendor)
    if not rows.fetch_prepared(statements.update, [*_values(record, statements.written, is_new=False), record.pk]):
        raise _missing(type(record), record.pk)


class Pair(NamedTuple):
    """A row to be changed and another to be added, together with something that is entered at once and whose number
    both keep in their column `entry_id`.
    """

    changed: models.Model
    added: models.Model

    @property
    def sql(self) -> str:
        """Parts `changed` and `added` of a WITH on PostgreSQL, behind a part `e` that has the number as `id`."""
        return _pair(type(self.changed), type(self.added))

    @property
    def values(self) -> list[Any]:
        """The parameters of `sql`."""
        one, other = (_statements(type(row), "postgresql") for row in self)
        values = _values(self.changed, _own(one.written), is_new=False)
        return [*values, self.changed.pk, *_values(self.added, _own(other.written), is_new=True)]

    def store(self) -> None:
        """Write both, which have the number already. Raises DoesNotExist as `update`."""
        update(self.changed)
        insert(self.added)


ENTRY: Final = "entry_id"


def _own(fields: Fields) -> Fields:
    return tuple(field for field in fields if field.attname != ENTRY)


@lru_cache(maxsize=256)
def _pair(changed: type[models.Model], added: type[models.Model]) -> str:
    database = connections[DEFAULT_DB_ALIAS]
    quote = database.ops.quote_name
    one, other = _own(_statements(changed, "postgresql").written), _own(_statements(added, "postgresql").written)
    target, table = (quote(model._meta.db_table) for model in (changed, added))  # noqa: SLF001 - Django's documented way
    key, number = (quote(str(model._meta.pk.column)) for model in (changed, added))  # noqa: SLF001 - as above
    sets = ", ".join(f"{quote(str(field.column))} = %s" for field in one)
    columns = ", ".join(quote(str(field.column)) for field in other)
    typed = ", ".join(f"CAST(%s AS {field.db_type(database)})" for field in other)  # nothing else says their types
    return (
        f"changed AS (UPDATE {target} SET {sets}, {ENTRY} = e.id FROM e WHERE {target}.{key} = %s RETURNING e.id),"
        f" added AS (INSERT INTO {table} ({columns}, {ENTRY}) SELECT {typed}, e.id FROM e RETURNING {number} AS number)"
    )


def _missing(model: type[models.Model], pk: int) -> ObjectDoesNotExist:
    refusal: type[ObjectDoesNotExist] = getattr(model, "DoesNotExist")  # noqa: B009 - unknown of a model in general
    return refusal(f"{model.__name__} {pk}")


def _values(record: models.Model, fields: Fields, *, is_new: bool) -> list[Any]:
    database = connections[DEFAULT_DB_ALIAS]
    return [field.get_db_prep_save(field.pre_save(record, is_new), database) for field in fields]


@lru_cache(maxsize=256)
def _statements(model: type[models.Model], vendor: str, *, is_hasty: bool = False) -> _Statements:
    del vendor  # a key of the cache: quotes, lock and converters differ between databases
    database, options = connections[DEFAULT_DB_ALIAS], model._meta  # noqa: SLF001 - Django's documented way
    quote = database.ops.quote_name
    written = tuple(field for field in options.concrete_fields if not field.primary_key)
    table, key = quote(options.db_table), quote(str(options.pk.column))
    columns = [quote(str(field.column)) for field in written]
    query = model._default_manager.select_for_update(nowait=is_hasty).filter(pk=0).query  # noqa: SLF001
    select, _parameters = query.sql_with_params()
    found = [field.get_col(options.db_table) for field in options.concrete_fields]
    return _Statements(
        select,
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(written))}) RETURNING {key}",
        f"UPDATE {table} SET {', '.join(f'{column} = %s' for column in columns)} WHERE {key} = %s RETURNING {key}",
        tuple(field.attname for field in options.concrete_fields),
        tuple(
            (place, convert, column)
            for place, column in enumerate(found)
            for convert in [*database.ops.get_db_converters(column), *column.get_db_converters(database)]
        ),
        key,
        written,
    )
