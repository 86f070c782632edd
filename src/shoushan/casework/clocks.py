"""The clocks of matters: kinds with their usual terms, and what happens when a rung is due."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from shoushan.casework.enums import Timed
from shoushan.casework.models import Assignment, Matter, Supervision
from shoushan.casework.terms import AT_DUE, HALF, LATER
from shoushan.casework.tidings import matter_address, tell_holder, tell_office, tell_superiors
from shoushan.deadlines.enums import RungAction, Unit
from shoushan.deadlines.kinds import ClockKind, FiringNotice
from shoushan.lifecycle.declarations import lifecycle_of
from shoushan.lifecycle.services import advance


def told(notice: FiringNotice) -> None:
    """A reminder goes to whoever has the matter; an overdue step raises the matter one level and is told above."""
    matter = Matter.objects.select_related("lead__parent", "officer").get(code=notice.clock.subject.partition(":")[2])
    occasion = f"clock{notice.clock.pk}/{notice.rung.code}"
    if notice.rung.action == RungAction.REMIND:
        title = _("请尽快办理“%(purpose)s”") % {"purpose": notice.clock.purpose}
        tell_holder(matter, title, at=notice.at, occasion=occasion)
        return
    lifecycle = lifecycle_of(matter.kind)
    if lifecycle is None:
        raise LookupError(matter.kind)
    values = {"clock": notice.clock.kind, "occasion": occasion, "purpose": notice.clock.purpose}
    advance(lifecycle, matter.pk, "fall_due", actor=None, at=notice.at, values=values, is_waiting=False)


def told_of_assignment(notice: FiringNotice) -> None:
    """The assisting organisation is reminded; when it is overdue, the organisation that leads the matter is told too."""
    part = Assignment.objects.select_related("organisation", "matter__lead__parent", "matter__officer").get(
        code=notice.clock.subject.partition(":")[2]
    )
    _told_of_part(part, notice)


def told_of_supervision(notice: FiringNotice) -> None:
    """The organisation under the order is reminded; overdue feedback is told to those above it."""
    part = Supervision.objects.select_related("organisation", "matter__lead__parent", "matter__officer").get(
        code=notice.clock.subject.partition(":")[2]
    )
    _told_of_part(part, notice)


def _told_of_part(part: Assignment | Supervision, notice: FiringNotice) -> None:
    occasion = f"clock{notice.clock.pk}/{notice.rung.code}"
    words = {"purpose": notice.clock.purpose}
    if notice.rung.action == RungAction.REMIND:
        title = _("请尽快办理“%(purpose)s”") % words
        tell_office(part.matter, part.organisation, title, at=notice.at, occasion=occasion)
        return
    title = _("“%(purpose)s”已逾期") % words
    tell_office(part.matter, part.organisation, title, at=notice.at, occasion=occasion)
    tell_superiors(part.matter, title, at=notice.at, occasion=f"{occasion}/above")


def _address(subject: str) -> str:
    """The matter's page, also for its parts: the number of a part begins with that of its matter."""
    code = subject.partition(":")[2]
    stem, _dash, last = code.rpartition("-")
    return matter_address(code if last.isdigit() else stem)


def kind_name(step: Timed) -> str:
    """The clock kind of a step of a matter."""
    return f"casework.{step.lower()}"


RUNGS: Final = (HALF, AT_DUE, LATER)
HOUR: Final = 60
_USUAL: Final = {
    Timed.DISPATCH: (Unit.WORKING_DAYS, 1),  # handbook C4
    Timed.RESPOND: (Unit.WORKING_HOURS, HOUR),
    Timed.PLAN: (Unit.NATURAL_HOURS, 24 * HOUR),
    Timed.CLOSE: (Unit.NATURAL_DAYS, 7),
    Timed.CALL_BACK: (Unit.WORKING_DAYS, 2),
}
CLOCKS: Final = (
    *(
        ClockKind(
            code=kind_name(step),
            label=step.label,
            unit=unit,
            budget=budget,
            rungs=RUNGS,
            handler=told,
            address=_address,
        )
        for step, (unit, budget) in _USUAL.items()
    ),
    ClockKind(
        code=kind_name(Timed.ASSIST),
        label=Timed.ASSIST.label,
        unit=Unit.WORKING_DAYS,
        budget=2,
        rungs=RUNGS,
        handler=told_of_assignment,
        address=_address,
    ),
    ClockKind(
        code="casework.supervision",
        label=_("督办反馈"),
        unit=Unit.WORKING_DAYS,
        budget=2,
        rungs=RUNGS,
        handler=told_of_supervision,
        address=_address,
    ),
)
