"""What the workbench (工作台) shows: everything that waits for a person, by deadline; what they did today; what they answer for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from shoushan.directory.enums import TargetKind
from shoushan.directory.models import Deputation, Organisation, Responsibility, User
from shoushan.directory.selectors import area_names, deputations_of, deputations_to
from shoushan.figures.naming import subject_names
from shoushan.lifecycle.queues import DoneLine, done_on
from shoushan.ui.subjects import address_of
from shoushan.ui.work import Queue, WorkItem, all_queues, urgency

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Counted:
    """A queue in which something waits."""

    queue: Queue
    count: int


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list."""

    item: WorkItem
    kind: StrOrPromise
    queue: str


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that a leader answers for (包挂)."""

    kind: StrOrPromise
    name: str
    address: str
    duties: str
    since: date


@dataclass(frozen=True, slots=True)
class Workbench:
    """All of it. `lines` are at most one page of `total`."""

    queues: list[Counted]
    chosen: str
    lines: list[Line]
    first: int
    total: int
    done: list[DoneLine]
    duties: list[Duty]
    acting_for: list[Deputation]
    """For whom the person acts today."""
    handed_over: list[Deputation]
    """What they handed over themselves, as of today."""

    @property
    def everything(self) -> int:
        """How much waits in all queues together."""
        return sum(each.count for each in self.queues)

    @property
    def pages(self) -> int:
        """How many pages the chosen queue has."""
        return -(-self.total // PAGE)

    @property
    def last(self) -> int:
        """Place of the last line shown."""
        return self.first + len(self.lines)


def compose(user: User, *, on: date, at: datetime, chosen: str = "", page: int = 1) -> Workbench:
    """The workbench of a person at a moment; one queue of it where it is chosen.

    Of all queues together the first page is shown: the fifty that are due first, whichever queue they are in.
    """
    counted = [Counted(each, each.count(user, on, at)) for each in all_queues()]
    waiting = [each for each in counted if each.count]
    asked = next((each for each in waiting if each.queue.code == chosen), None)
    shown = [asked] if asked else waiting
    first = (page - 1) * PAGE if asked else 0
    lines = [
        Line(item, each.queue.label, each.queue.code)
        for each in shown
        for item in each.queue.items(user, on, at, first, PAGE)
    ]
    if not asked:
        lines = sorted(lines, key=lambda line: urgency(line.item))[:PAGE]
    return Workbench(
        waiting,
        asked.queue.code if asked else "",
        lines,
        first,
        sum(each.count for each in shown),
        done_on(user, on=on),
        duties_of(user, on=on),
        deputations_to(user, on=on),
        [each for each in deputations_of(user) if each.holds_on(on)],
    )


def duties_of(user: User, *, on: date) -> list[Duty]:
    """What a person answers for on a day."""
    found = list(Responsibility.objects.filter(leader=user).valid_on(on))
    names = _names(found, on)
    return [
        Duty(
            each.get_target_kind_display(),
            names.get(_subject(each), each.target_code),
            address_of(_subject(each)),
            each.duties,
            each.valid_from,
        )
        for each in found
    ]


def _subject(duty: Responsibility) -> str:
    return f"{duty.target_kind.lower()}:{duty.target_code}"


def _names(found: Sequence[Responsibility], on: date) -> dict[str, str]:
    """Names of the targets by typed code."""
    codes = {kind: [each.target_code for each in found if each.target_kind == kind] for kind in TargetKind}
    names = {f"area:{code}": name for code, name in area_names(on=on).items()} if codes[TargetKind.AREA] else {}
    offices = Organisation.objects.filter(code__in=codes[TargetKind.ORGANISATION])
    names |= {f"organisation:{code}": name for code, name in offices.values_list("code", "name")}
    others = [_subject(each) for each in found if each.target_kind not in {TargetKind.AREA, TargetKind.ORGANISATION}]
    return names | (subject_names(others) if others else {})
