"""Finding things from anywhere: apps register who can look for what, each within what the reader may see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from shoushan.lib.declaring import declare

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST: Final = 8
"""Hits of one kind that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Something found."""

    title: StrOrPromise
    address: str
    note: str = ""
    """What tells it from others of the same name: a code, a former name; Chinese in every language."""
    is_name: bool = True
    """The title is a name, which stays Chinese; else it is a word of the program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finder:
    """Who looks for one kind of thing. Asked with reader, words and day; at most MOST hits, the likeliest first."""

    code: str
    label: StrOrPromise
    find: Callable[[Any, str, date], Sequence[Hit]]


@dataclass(frozen=True, slots=True)
class Found:
    """The hits of one kind."""

    label: StrOrPromise
    hits: Sequence[Hit]


_finders: dict[str, Finder] = {}


def register(*finders: Finder) -> None:
    """Add finders in the order in which their hits are shown. The very same again changes nothing."""
    for finder in finders:
        declare(_finders, finder.code, finder, "finder")


def find(reader: Any, words: str, *, on: date) -> list[Found]:
    """All that there is, kind by kind; kinds without a hit are left out."""
    text = " ".join(words.split())
    if not text:
        return []
    found = [Found(each.label, each.find(reader, text, on)) for each in _finders.values()]
    return [each for each in found if each.hits]
