"""What waits for a person: apps register their queues, the workbench (工作台) shows them as one list by deadline."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from shoushan.lib.declaring import declare

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkAction:
    """One thing that can be done from the list. A plain one is sent as it is, others open a page that asks for more."""

    label: StrOrPromise
    address: str
    is_plain: bool = False
    tone: str = "default"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItem:
    """One record that waits."""

    key: str
    """Typed code of the record, the same in every queue."""
    code: str
    title: str
    """The name by which people know it, in Chinese in every language."""
    address: str
    since: date
    due_at: datetime | None = None
    due: str = ""
    left: str = ""
    badge: str = ""
    tone: str = "neutral"
    seen: int | None = None
    """Revision that the list shows: who acts on an older one is told so."""
    actions: Sequence[WorkAction] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """One kind of work. Both functions answer within what the person may do on that day."""

    code: str
    label: StrOrPromise
    count: Callable[[Any, date, datetime], int]
    items: Callable[[Any, date, datetime, int, int], Sequence[WorkItem]]
    """Asked with person, day, moment, first and number; the most urgent first."""


def rows_queue(
    code: str, label: StrOrPromise, find: Callable[[Any, date], QuerySet[Any]], item: Callable[[Any], WorkItem]
) -> Queue:
    """A queue of the rows that `find` answers for a person and a day, in their order."""

    def count(user: Any, on: date, _at: datetime) -> int:
        return find(user, on).count()

    def items(user: Any, on: date, _at: datetime, first: int, number: int) -> list[WorkItem]:
        return [item(row) for row in find(user, on)[first : first + number]]

    return Queue(code=code, label=label, count=count, items=items)


_queues: dict[str, Queue] = {}


def register(*queues: Queue) -> None:
    """Add queues in the order in which the workbench counts them. The very same again changes nothing."""
    for queue in queues:
        declare(_queues, queue.code, queue, "queue")


def all_queues() -> tuple[Queue, ...]:
    """All of them."""
    return tuple(_queues.values())


def urgency(item: WorkItem) -> tuple[bool, float, date, str]:
    """Sorts what is due first to the front; without a deadline by how long it has waited."""
    return (item.due_at is None, item.due_at.timestamp() if item.due_at else 0.0, item.since, item.key)
