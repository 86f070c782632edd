"""Kinds of clocks and their rungs: declared as data by the packages that own them, registered in `AppConfig.ready()`.

    register(ClockKind(code="casework.answer", label=_("答复时限"), unit=Unit.WORKING_DAYS, budget=5,
                       rungs=(Rung("half", RungAction.REMIND, RungWhen.SHARE_USED, 50),
                              Rung("late", RungAction.ESCALATE, RungWhen.AFTER_DUE, 0)),
                       handler=tell_those_in_charge))

The handler is called once for every rung, inside the transaction that writes its Firing row: what it writes to the
database is kept exactly once. What leaves the system (a message, a call) it must queue as a task, not send itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from shoushan.deadlines.enums import CalendarPurpose, DayEnd, RungAction, RungWhen, Unit

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from shoushan.deadlines.models import Clock

_CODE: Final = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")


class KindError(ValueError):
    """A kind that is declared wrongly, twice, or not at all: a defect of the program, never of the user."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One reminder or escalation: its code within the kind, what it is for, when it is due, and to whom it goes.

    `amount` is percent, minutes or working days, as `when` says. `to` is a word for the handler (a role, a level).
    """

    code: str
    action: str
    when: str
    amount: int
    to: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The rung as a clock keeps it."""
        return {key: str(value) if isinstance(value, str) else value for key, value in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class FiringNotice:
    """What a handler learns: the clock, the rung, when it was due, when it fires, and whether that is late."""

    clock: Clock
    rung: Rung
    rung_at: datetime
    at: datetime
    is_late: bool


Handler = Callable[[FiringNotice], None]


@dataclass(frozen=True, kw_only=True)
class ClockKind:
    """What all clocks of one kind have in common. Unit, budget and rungs are what a clock starts with unless told else.

    `budget` is minutes for hours and days for days. `address` gives the page of a subject code, for links in lists.
    """

    code: str
    label: StrOrPromise
    unit: str
    budget: int
    calendar: str = CalendarPurpose.GOVERNMENT
    day_end: str = DayEnd.MIDNIGHT
    rungs: tuple[Rung, ...] = ()
    handler: Handler | None = None
    address: Callable[[str], str] | None = None

    def __post_init__(self) -> None:
        if not _CODE.fullmatch(self.code):
            raise KindError(f"{self.code!r} is not written like package.clock")
        if self.unit not in Unit.values or self.budget <= 0:
            raise KindError(f"{self.code}: unit {self.unit!r} and budget {self.budget!r}")
        check_rungs(self.code, self.rungs)
        if self.rungs and self.handler is None:
            raise KindError(f"{self.code} has rungs but no handler: nobody would hear of them")


def check_rungs(code: str, rungs: tuple[Rung, ...]) -> None:
    """Raise KindError when two rungs share a code, or one cannot be understood."""
    for rung in rungs:
        if rung.when not in RungWhen.values or rung.action not in RungAction.values or rung.amount < 0 or not rung.code:
            raise KindError(f"{code}: rung {rung!r}")
        if rung.when == RungWhen.WORKDAYS_OVERDUE and rung.amount == 0:
            raise KindError(f"{code}: rung {rung.code!r} needs at least one working day")
    if len({rung.code for rung in rungs}) != len(rungs):
        raise KindError(f"{code}: two rungs share a code")


def rung_of(content: Mapping[str, Any]) -> Rung:
    """The rung that a clock kept."""
    return Rung(**content)


_kinds: dict[str, ClockKind] = {}


def register(*kinds: ClockKind) -> None:
    """Add kinds. Registering the very same kind again changes nothing, so `ready()` may run twice."""
    for kind in kinds:
        if _kinds.setdefault(kind.code, kind) != kind:
            raise KindError(f"{kind.code} is registered twice with different content")


def kind_of(code: str) -> ClockKind:
    """The kind of this code; KindError when no package registered it."""
    try:
        return _kinds[code]
    except KeyError:
        raise KindError(f"no package registered the clock kind {code!r}") from None


def all_kinds() -> dict[str, ClockKind]:
    """Every registered kind by code."""
    return dict(sorted(_kinds.items()))
