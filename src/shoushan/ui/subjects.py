"""Where the record behind a typed code (`enterprise:E1`) is shown, and to whom: apps register theirs, lists of codes become links."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import QuerySet

Openable = Callable[[Any, Collection[str], date], Collection[str]]
"""Asked with reader, codes and day: those of the codes whose page this reader may open."""


@dataclass(frozen=True, slots=True)
class SubjectPage:
    """The pages of one kind of record."""

    address: Callable[[str], str]
    """Asked with the code behind the colon."""
    openable: Openable


_pages: dict[str, SubjectPage] = {}


def register_page(kind: str, address: Callable[[str], str], openable: Openable) -> None:
    """Make known where records of a kind are shown, and who may open which."""
    _pages[kind] = SubjectPage(address, openable)


def among(visible: Callable[[Any, date], QuerySet[Any]], field: str = "code") -> Openable:
    """Openable are those that `visible` answers for a reader and a day."""

    def openable(reader: Any, codes: Collection[str], on: date) -> Collection[str]:
        return set(visible(reader, on).filter(**{f"{field}__in": codes}).values_list(field, flat=True))

    return openable


def links(reader: Any, subjects: Collection[str], *, on: date) -> dict[str, str]:
    """The addresses of the records that a reader may open; each kind is looked up at once, kinds without a page are left out."""
    by_kind: dict[str, list[str]] = {}
    for subject in subjects:
        kind, _colon, code = subject.partition(":")
        if kind in _pages:
            by_kind.setdefault(kind, []).append(code)
    return {
        f"{kind}:{code}": _pages[kind].address(code)
        for kind, codes in by_kind.items()
        for code in _pages[kind].openable(reader, codes, on)
    }
