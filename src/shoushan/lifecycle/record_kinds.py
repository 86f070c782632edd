"""The kinds of records with a lifecycle: where their pages are, who may open which, what may be done with many at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.apps import apps

from shoushan.lifecycle.declarations import Lifecycle, registered
from shoushan.ui.subjects import among, register_page

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from shoushan.directory.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordKind:
    """One kind of record, and what people call such a record."""

    lifecycle: Callable[[Any], Lifecycle]
    """Asked with the record."""
    address: Callable[[Any], str]
    """Of the record's page; asked with the record."""
    step_address: Callable[[Any, str], str]
    """Of the page of a step; asked with the record and the step's name."""
    title: Callable[[Any], str]
    visible: Callable[[User, date], QuerySet[Any]]
    """The records whose page a person may open on a day."""
    together: tuple[str, ...] = ()
    """Steps that may be taken of many records at once, in the order in which a list offers them."""


_kinds: dict[str, RecordKind] = {}


def register(subject: str, kind: RecordKind, *, page: Callable[[str], str] | None = None) -> None:
    """Make a kind known by the type of its subject (`application`); with `page`, codes of it become links elsewhere too."""
    _kinds[subject] = kind
    if page is not None:
        register_page(subject, page, among(kind.visible))


def lifecycles_of(subject: str) -> list[Lifecycle]:
    """The lifecycles whose records have this type of subject."""
    return [each for each in registered() if subject == apps.get_model(each.model).SUBJECT]


def kind_of(subject: str) -> RecordKind | None:
    """The kind with this type of subject."""
    return _kinds.get(subject)
