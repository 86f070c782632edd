"""What is to be done on site today: apps register how to find it, the page of field work lists it and keeps its forms on the phone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from django.urls import reverse

from shoushan.lib.declaring import declare

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST: Final = 50
"""Tasks of one kind that a phone keeps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing to do at one place."""

    code: str
    title: str
    """Whom or what it concerns, in Chinese in every language."""
    place: str
    """Where to go."""
    forms: Sequence[tuple[StrOrPromise, str]]
    """What can be filled in: the words of the link and the address of the form; see `form_address`."""
    due: str = ""
    badge: str = ""
    tone: str = "neutral"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldWork:
    """One kind of task. `find` is asked with person, day and moment, and answers at most MOST, the most urgent first."""

    code: str
    label: StrOrPromise
    find: Callable[[Any, date, datetime], Sequence[Task]]


@dataclass(frozen=True, slots=True)
class Found:
    """The tasks of one kind."""

    label: StrOrPromise
    tasks: Sequence[Task]


_kinds: dict[str, FieldWork] = {}


def register(*kinds: FieldWork) -> None:
    """Add kinds in the order in which the page lists them. The very same again changes nothing."""
    for kind in kinds:
        declare(_kinds, kind.code, kind, "field work")


def tasks_of(person: Any, *, on: date, at: datetime) -> list[Found]:
    """All that a person has to do on site, kind by kind; kinds without a task are left out."""
    found = [Found(each.label, each.find(person, on, at)) for each in _kinds.values()]
    return [each for each in found if each.tasks]


def form_address(address: str) -> str:
    """The address of a form as field work opens it: it is kept on the phone and leads back to the list."""
    return f"{address}?field=1&next={quote(reverse('fieldwork:task-list'), safe='')}"
