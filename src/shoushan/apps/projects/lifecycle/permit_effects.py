"""What else changes when an application for a permit takes a step: its clock, what is missing, how it was in time."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shoushan.apps.projects import chart
from shoushan.apps.projects.enums.permits import PermitOutcome
from shoushan.apps.projects.models import MissingDocument, Permit
from shoushan.casework.terms import AT_DUE, HALF, LATER
from shoushan.deadlines import services as deadlines
from shoushan.deadlines.enums import Outcome, RungAction, Unit
from shoushan.deadlines.hours import local_day
from shoushan.deadlines.kinds import ClockKind, FiringNotice
from shoushan.deadlines.models import Clock
from shoushan.deadlines.selectors import reckoning_of
from shoushan.directory.models import Organisation
from shoushan.ledger.transfers import Move
from shoushan.lib import texts
from shoushan.lib.days import CIVIL_ZONE
from shoushan.lib.languages import official
from shoushan.lifecycle.declarations import Occasion
from shoushan.lifecycle.errors import MissingError
from shoushan.notices.services import Message, tell

PROMISE, MISSING = "projects.permit", "projects.permit_missing"
MOST_MISSING: Final = 20


# ---- who is told ------------------------------------------------------------------------------------------
def told(notice: FiringNotice) -> None:
    """The authority is reminded at half of the promised time; overdue, the organisation above it is told too."""
    permit = _permit(notice.clock.subject)
    is_overdue = notice.rung.action == RungAction.ESCALATE
    with official():
        title = _("审批事项已超承诺时限：%(name)s") if is_overdue else _("请尽快办理审批事项：%(name)s")
    authority = permit.organisation
    _tell(permit, notice, title, [authority, authority.parent if is_overdue else None])


def told_of_missing(notice: FiringNotice) -> None:
    """The lead of the project is reminded of what it promised to hand in; overdue, the authority learns it too."""
    permit = _permit(notice.clock.subject)
    is_overdue = notice.rung.action == RungAction.ESCALATE
    with official():
        title = _("容缺材料已逾期未补：%(name)s") if is_overdue else _("请补齐容缺材料：%(name)s")
    _tell(permit, notice, title, [permit.project.lead, permit.organisation if is_overdue else None])


def _tell(permit: Permit, notice: FiringNotice, title: str, whom: list[Organisation | None]) -> None:
    message = Message(
        key=f"{permit.code}/clock{notice.clock.pk}/{notice.rung.code}",
        subject=permit.subject,
        title=title % {"name": f"{permit.item_name}（{permit.project.name}）"},
        detail=notice.clock.purpose,
        address=address(permit.subject),
        is_urgent=notice.rung.action == RungAction.ESCALATE,
    )
    tell(message, at=notice.at, organisations=whom)


def _permit(subject: str) -> Permit:
    """Of its own clock, or of that of a missing document."""
    code = _code(subject)
    return Permit.objects.select_related("organisation__parent", "project__lead").get(code=code)


def _code(subject: str) -> str:
    kind, _colon, code = subject.partition(":")
    return code.rpartition("-M")[0] if kind == "missing" else code


def address(subject: str) -> str:
    """The page of the application."""
    return reverse("projects:permit-detail", args=[_code(subject)])


CLOCKS: Final = (
    ClockKind(
        code=PROMISE,
        label=gettext_lazy("审批承诺时限"),
        unit=Unit.WORKING_DAYS,
        budget=5,
        rungs=(HALF, AT_DUE, LATER),
        handler=told,
        address=address,
    ),
    ClockKind(
        code=MISSING,
        label=gettext_lazy("容缺材料补齐期限"),
        unit=Unit.NATURAL_DAYS,
        budget=15,
        rungs=(HALF, AT_DUE, LATER),
        handler=told_of_missing,
        address=address,
    ),
)


# ---- the promised time --------------------------------------------------------------------------------------
def moment_of(occasion: Occasion) -> datetime:
    """When it happened: now, or at the end of an earlier day that is entered afterwards."""
    if occasion.on == local_day(occasion.at):
        return occasion.at
    return datetime.combine(occasion.on, time(23, 59, 59), tzinfo=CIVIL_ZONE)


def accept(permit: Permit, occasion: Occasion) -> None:
    """The promised time begins to run on the day of acceptance."""
    permit.accepted_on = occasion.on
    with official():
        purpose = _("%(item)s：%(name)s") % {"item": permit.item_name, "name": permit.project.name}
    deadlines.start_clock(
        kind=PROMISE,
        subject=permit.subject,
        area_code=permit.area_code,
        at=occasion.at,
        started_at=moment_of(occasion),
        actor=occasion.actor,
        organisation=permit.organisation,
        purpose=purpose[:120],
        budget=permit.promised_days,
    )


def pause(permit: Permit, occasion: Occasion) -> None:
    """The time that the applicant takes is not the authority's."""
    clock = _clock(permit.subject, PROMISE)
    if clock is not None:
        deadlines.pause_clock(
            clock_id=clock.pk, reason=occasion.reason[:300], at=moment_of(occasion), actor=occasion.actor
        )


def go_on(permit: Permit, occasion: Occasion) -> None:
    """The clock runs again."""
    clock = _clock(permit.subject, PROMISE)
    if clock is not None:
        deadlines.resume_clock(clock_id=clock.pk, at=moment_of(occasion), actor=occasion.actor)


def decide(permit: Permit, occasion: Occasion) -> None:
    """The day of the decision says how many of the promised days were used."""
    permit.decided_on = occasion.on
    clock = _clock(permit.subject, PROMISE)
    if clock is None:
        return
    moment = moment_of(occasion)
    permit.used_days = reckoning_of(clock, known_on=local_day(occasion.at)).used(moment)
    stopped = deadlines.stop_clock(clock_id=clock.pk, at=moment, actor=occasion.actor)
    permit.outcome = PermitOutcome.IN_TIME if stopped.outcome == Outcome.MET else PermitOutcome.LATE


def decided_moves(permit: Permit, _occasion: Occasion) -> list[Move]:
    """Decided, in time or late, counts under the authority."""
    if not permit.outcome:
        return []
    is_late = permit.outcome == PermitOutcome.LATE
    return [chart.permit_decided(area=permit.area_code, authority=permit.organisation.code, is_late=is_late)]


def register(permit: Permit, occasion: Occasion) -> None:
    """A permit from before the steps were kept here: nobody's time ran."""
    permit.decided_on = occasion.on


def decline(permit: Permit, occasion: Occasion) -> None:
    """It was never accepted."""
    permit.decided_on = occasion.on


def withdraw(permit: Permit, occasion: Occasion) -> None:
    """Its clocks fall away."""
    permit.decided_on = occasion.on
    _void(permit, occasion)


def _void(permit: Permit, occasion: Occasion) -> None:
    subjects = [permit.subject, *(each.subject for each in open_missing(permit))]
    for pk in list(Clock.objects.open().filter(subject__in=subjects).values_list("pk", flat=True)):
        deadlines.stop_clock(clock_id=pk, at=moment_of(occasion), actor=occasion.actor, is_void=True)


def _clock(subject: str, kind: str) -> Clock | None:
    return Clock.objects.open().filter(subject=subject, kind=kind).first()


# ---- missing documents --------------------------------------------------------------------------------------
def open_missing(permit: Permit) -> list[MissingDocument]:
    """What still is to come."""
    return list(permit.missing.filter(made_good_on=None, lapsed_on=None))


def missing_choices(permit: Permit) -> list[tuple[str, str]]:
    """What still is to come, to choose from."""
    return [(str(each.number), each.name) for each in open_missing(permit)]


def accept_lacking(permit: Permit, occasion: Occasion) -> None:
    """Accepted without some documents, each with a day by which it is promised."""
    names = _names(occasion.values["missing_names"])
    due: date = occasion.values["missing_due"]
    if due <= occasion.on:
        words = {"due": due.isoformat(), "on": occasion.on.isoformat()}
        raise MissingError({"missing_due": _("补齐期限 %(due)s 应晚于受理日期 %(on)s，请核对。") % words})
    permit.is_tolerant = True
    accept(permit, occasion)
    for number, name in enumerate(names, 1):
        made = MissingDocument.objects.create(permit=permit, number=number, name=name, due_on=due)
        with official():
            purpose = _("补齐“%(name)s”：%(item)s") % {"name": name, "item": permit.item_name}
        deadlines.start_clock(
            kind=MISSING,
            subject=made.subject,
            area_code=permit.area_code,
            at=occasion.at,
            started_at=moment_of(occasion),
            actor=occasion.actor,
            organisation=permit.project.lead,
            purpose=purpose[:120],
            budget=(due - occasion.on).days,
        )


def _names(text: str) -> list[str]:
    """One document a line, each once."""
    names = list(dict.fromkeys(filter(None, (texts.clean(line) for line in text.splitlines()))))
    if len(names) > MOST_MISSING:
        words: dict[str, Any] = {"most": MOST_MISSING, "count": len(names)}
        raise MissingError({"missing_names": _("最多列 %(most)d 份，现在有 %(count)d 份；缺这么多应当退件。") % words})
    for name in names:
        if len(name) > 100:
            said = {"name": f"{name[:20]}…"}
            raise MissingError({"missing_names": _("“%(name)s”超过 100 字，请一行只写一份材料的名称。") % said})
    return [str(name) for name in names]


def make_good(permit: Permit, occasion: Occasion) -> None:
    """One of the documents is there."""
    found = permit.missing.get(number=int(occasion.values["missing_document"]))
    found.made_good_on = occasion.on
    found.save(update_fields=["made_good_on"])
    clock = _clock(found.subject, MISSING)
    if clock is not None:
        deadlines.stop_clock(clock_id=clock.pk, at=moment_of(occasion), actor=occasion.actor)


def lapse(permit: Permit, occasion: Occasion) -> None:
    """What was promised did not come: the tolerance is over, and the application goes back."""
    _void(permit, occasion)
    permit.missing.filter(made_good_on=None, lapsed_on=None).update(lapsed_on=occasion.on)
    permit.decided_on = occasion.on
