"""What the workbench (工作台) shows: everything that waits for a person, by deadline; what they did today; what they answer for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from shoushan.directory.enums import TargetKind
from shoushan.directory.models import Deputation, Organisation, Responsibility, User
from shoushan.directory.selectors import area_names, deputations_of, deputations_to
from shoushan.figures.naming import subject_names
from shoushan.lifecycle.queues import DoneLine, done_on
from shoushan.ui.subjects import links
from shoushan.ui.work import Queue, WorkItem, all_queues, urgency

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


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
class Waiting:
    """The lines of some queues as one list, what is due first at the top; only the lines asked for are read."""

    queues: Sequence[Counted]
    user: User
    on: date
    at: datetime

    def __len__(self) -> int:
        return sum(each.count for each in self.queues)

    def __getitem__(self, part: slice) -> list[Line]:
        """A page of it. One queue is read from where the page begins; several are read up to where it ends."""
        first, last, _step = part.indices(len(self))
        begin = first if len(self.queues) == 1 else 0
        found = [
            Line(item, each.queue.label, each.queue.code)
            for each in self.queues
            for item in each.queue.items(self.user, self.on, self.at, begin, last - begin)
        ]
        if len(self.queues) > 1:
            found.sort(key=lambda line: urgency(line.item))
        return found[first - begin : last - begin]


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
    """All of it."""

    queues: list[Counted]
    chosen: str
    waiting: Waiting
    """The lines of what is chosen, read page by page."""
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


def compose(user: User, *, on: date, at: datetime, chosen: str = "") -> Workbench:
    """The workbench of a person at a moment; one queue of it where it is chosen."""
    counted = [Counted(each, each.count(user, on, at)) for each in all_queues()]
    waiting = [each for each in counted if each.count]
    asked = next((each for each in waiting if each.queue.code == chosen), None)
    return Workbench(
        waiting,
        asked.queue.code if asked else "",
        Waiting([asked] if asked else waiting, user, on, at),
        done_on(user, on=on),
        duties_of(user, on=on),
        deputations_to(user, on=on),
        [each for each in deputations_of(user) if each.holds_on(on)],
    )


def duties_of(user: User, *, on: date) -> list[Duty]:
    """What a person answers for on a day."""
    found = list(Responsibility.objects.filter(leader=user).valid_on(on))
    names, addresses = _names(found, on), links(user, {_subject(each) for each in found}, on=on)
    return [
        Duty(
            each.get_target_kind_display(),
            names.get(_subject(each), each.target_code),
            addresses.get(_subject(each), ""),
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
