"""Records with a lifecycle as work that waits: the one that is due first at the top, with the steps that the list offers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Concat
from django.utils import timezone

from shoushan.deadlines.clock_pages import ClockLine, first_lines
from shoushan.deadlines.models import Clock
from shoushan.lifecycle.declarations import lifecycle_of
from shoushan.lifecycle.models import Step
from shoushan.lifecycle.record_kinds import RecordKind
from shoushan.ui.subjects import links
from shoushan.ui.work import Queue, WorkAction, WorkItem

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from shoushan.directory.models import User


def record_queue(
    kind: RecordKind,
    code: str,
    label: StrOrPromise,
    find: Callable[[User, date], QuerySet[Any]],
    steps: Sequence[str] = (),
) -> Queue:
    """A queue of records that `find` answers for a person and a day. `steps` are offered from the list, in this order."""

    def count(user: User, on: date, _at: datetime) -> int:
        return find(user, on).count()

    def items(user: User, on: date, at: datetime, first: int, number: int) -> list[WorkItem]:
        found = list(_by_deadline(find(user, on))[first : first + number])
        clocks = first_lines([record.subject for record in found], at=at)
        return [_item(kind, steps, record, clocks.get(record.subject)) for record in found]

    return Queue(code=code, label=label, count=count, items=items)


def _by_deadline(found: QuerySet[Any]) -> QuerySet[Any]:
    subject = Concat(Value(f"{found.model.SUBJECT}:"), OuterRef("code"))
    due = Clock.objects.open().filter(subject=subject).order_by("due_at").values("due_at")[:1]
    ordered: QuerySet[Any] = found.annotate(_due_at=Subquery(due)).order_by(
        F("_due_at").asc(nulls_last=True), "state_on", "pk"
    )
    return ordered


def _item(kind: RecordKind, steps: Sequence[str], record: Any, line: ClockLine | None) -> WorkItem:
    offered = [step for step in kind.lifecycle(record).leaving(record.state) if step.name in steps]
    return WorkItem(
        key=record.subject,
        code=record.code,
        title=kind.title(record),
        address=kind.address(record),
        since=record.state_on,
        due_at=line.clock.due_at if line else None,
        due=line.due if line else "",
        left=line.left if line else "",
        badge=line.badge if line else "",
        tone=line.tone if line else "neutral",
        seen=record.revision,
        actions=[
            WorkAction(
                label=step.label,
                address=kind.step_address(record, step.name),
                is_plain=not step.needs and not step.is_reason_required,
                tone=step.tone,
            )
            for step in sorted(offered, key=lambda each: steps.index(each.name))
        ],
    )


@dataclass(frozen=True, slots=True)
class DoneLine:
    """One step that a person has taken."""

    step: Step
    kind: StrOrPromise
    label: StrOrPromise
    address: str
    """Of the record's page, "" where the person may not open it any more."""

    @property
    def code(self) -> str:
        """The record's code."""
        return self.step.subject.partition(":")[2]


def done_on(user: User, *, on: date, limit: int = 100) -> list[DoneLine]:
    """What a person has decided on a day, the newest first."""
    first = timezone.make_aware(datetime.combine(on, time.min))
    last = timezone.make_aware(datetime.combine(on, time.max))
    steps = Step.objects.filter(actor=user, taken_at__range=(first, last)).order_by("-taken_at", "-pk")[:limit]
    addresses = links(user, {each.subject for each in steps}, on=on)
    return [_done(each, addresses.get(each.subject, "")) for each in steps]


def _done(step: Step, address: str) -> DoneLine:
    lifecycle = lifecycle_of(step.lifecycle)
    declared = lifecycle.transition(step.transition) if lifecycle else None
    kind = lifecycle.label if lifecycle else step.lifecycle
    return DoneLine(step, kind, declared.label if declared else step.transition, address)
