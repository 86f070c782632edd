"""Permits: the steps of the rule, a project's matrix of stages and steps, how the authorities keep their promises."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Concat

from shoushan.apps.projects.enums.permits import (
    BUILDING_PERMIT,
    BUILDING_PERMIT_NAME,
    OPEN_PERMITS,
    PERMIT_STEPS_RULE,
    PERMIT_TONES,
    PermitOutcome,
    PermitStage,
    PermitState,
)
from shoushan.apps.projects.models import MissingDocument, Permit, Project
from shoushan.deadlines.clock_pages import ClockLine, first_lines
from shoushan.deadlines.enums import CalendarPurpose, ClockState
from shoushan.deadlines.hours import WorkCalendar
from shoushan.deadlines.models import Clock
from shoushan.deadlines.reckoning import reckon
from shoushan.deadlines.selectors import terms_of, work_calendar
from shoushan.directory import scopes
from shoushan.directory.models import Organisation
from shoushan.lifecycle.selectors import rule_in_force
from shoushan.registry.spelled import is_like

STAGES = list(PermitStage.values)
_BETWEEN: Final = re.compile(r"[\s、，,;；]+")


class PermitRow(NamedTuple):
    """One step of the rule."""

    stage: str
    code: str
    item: str
    organisation: str
    days: int
    is_required: bool
    allows_missing: bool
    allows_ahead: bool
    before: tuple[str, ...] = ()
    """Codes of the steps that have to be granted before this one is."""

    @property
    def is_building_permit(self) -> bool:
        """Is it the permit on which works may begin?"""
        return self.code == BUILDING_PERMIT or self.item.endswith(BUILDING_PERMIT_NAME)


def permit_rows(*, on: date) -> list[PermitRow]:
    """The steps of the rule in force on a day, stage by stage; none where there is no rule."""
    found = rule_in_force(PERMIT_STEPS_RULE, on=on, area=settings.DISTRICT_CODE)
    rows = [_row(each) for each in found.rows] if found else []
    return sorted(rows, key=lambda each: STAGES.index(each.stage))


def _row(row: dict[str, Any]) -> PermitRow:
    yes = {name: row.get(name) == "YES" for name in ("required", "tolerant", "ahead")}
    days = max(1, int(row["days"]))
    whole = (row["stage"], row["code"][:40], row["item"][:100], row["organisation"], days)
    before = tuple(filter(None, _BETWEEN.split(row.get("before") or "")))  # versions of before the column have none
    return PermitRow(*whole, yes["required"], yes["tolerant"], yes["ahead"], before)


def row_of(code: str, *, on: date) -> PermitRow | None:
    """The step of this code in the rule of a day."""
    return next((each for each in permit_rows(on=on) if each.code == code), None)


def waits_for(project: Project, row: PermitRow, *, on: date) -> list[PermitRow]:
    """The required steps of earlier stages that the project has no permit for yet."""
    granted = set(project.permits.filter(state=PermitState.GRANTED).values_list("item", flat=True))
    place = STAGES.index(row.stage)
    return [
        each
        for each in permit_rows(on=on)
        if each.is_required and STAGES.index(each.stage) < place and each.code not in granted
    ]


def lacks_before(project: Project, code: str, *, on: date) -> list[str]:
    """The names of the permits that a step needs before it is granted and that the project did not have on a day.

    Handling may begin early, side by side (并联审批); what the rule names under `before` is granted first. Where it
    names nothing the construction permit waits for every required step of the stages before its own.
    """
    rows = {each.code: each for each in permit_rows(on=on)}
    row = rows.get(code)
    if row is None:
        return []
    place = STAGES.index(row.stage)
    before = row.before
    if not before and row.is_building_permit:
        before = tuple(each.code for each in rows.values() if each.is_required and STAGES.index(each.stage) < place)
    if not before:
        return []
    own = project.permits.filter(item__in=before, state=PermitState.GRANTED, decided_on__lte=on)
    there = set(own.values_list("item", flat=True))
    return [rows[each].item if each in rows else each for each in before if each not in there]


def permits_of(*, areas: Sequence[str]) -> QuerySet[Permit]:
    """All applications within areas, with their project and authority."""
    found = Permit.objects.filter(scopes.within_any(areas, "area_code"))
    return found.select_related("project", "organisation")


def due_first(found: QuerySet[Permit]) -> QuerySet[Permit]:
    """Those that are due first at the top; what has no clock yet after them."""
    due = _clocks().values("due_at")[:1]
    return found.annotate(due_at=Subquery(due)).order_by("due_at", "applied_on", "pk")


def _clocks() -> QuerySet[Clock]:
    """The open clock of the permit of an outer query."""
    subject = Concat(Value(f"{Permit.SUBJECT}:"), OuterRef("code"))
    return Clock.objects.open().filter(subject=subject).order_by("due_at")


def overdue(found: QuerySet[Permit], *, at: datetime) -> QuerySet[Permit]:
    """Those whose promised time is over; one that waits for its applicant is not."""
    return found.filter(_is_overdue(at))


def _is_overdue(at: datetime) -> Exists:
    return Exists(_clocks().filter(state=ClockState.RUNNING, due_at__lt=at))


def missing_overdue(*, areas: Sequence[str], on: date) -> QuerySet[MissingDocument]:
    """Documents that were to be there before a day and are not."""
    own = Q(made_good_on=None, lapsed_on=None, due_on__lt=on, permit__state__in=OPEN_PERMITS)
    found = MissingDocument.objects.filter(own, scopes.within_any(areas, "permit__area_code"))
    return found.select_related("permit__project", "permit__organisation").order_by("due_on", "pk")


@dataclass(frozen=True, slots=True)
class PermitLine:
    """An application as pages show it: its clock, days used of those promised, what is missing."""

    permit: Permit
    clock: ClockLine | None
    used: int | None
    missing: tuple[MissingDocument, ...]
    on: date

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return PERMIT_TONES.get(PermitState(self.permit.state), "neutral")

    @property
    def label(self) -> Any:
        """Its state in a word."""
        return PermitState(self.permit.state).label

    @property
    def is_waiting(self) -> bool:
        """Does it wait for its applicant?"""
        return bool(self.permit.state == PermitState.WAITING)

    @property
    def is_lacking_late(self) -> bool:
        """Is a document missing that should be there by now?"""
        return any(each.due_on < self.on for each in self.open_missing)

    @property
    def open_missing(self) -> tuple[MissingDocument, ...]:
        """Documents that still are to come."""
        return tuple(each for each in self.missing if each.made_good_on is None and each.lapsed_on is None)

    @property
    def is_late(self) -> bool:
        """Is the promised time over, or was it when it was decided?"""
        return self.permit.outcome == PermitOutcome.LATE or (self.clock is not None and self.clock.tone == "late")


def permit_lines(permits: Iterable[Permit], *, at: datetime, on: date) -> list[PermitLine]:
    """Lines of applications: as many queries for a page as for one."""
    found = list(permits)
    subjects = [each.subject for each in found if each.state in OPEN_PERMITS]
    clocks = first_lines(subjects, at=at)
    missing: dict[int, list[MissingDocument]] = {}
    for each in MissingDocument.objects.filter(permit__in=found).order_by("permit", "number"):
        missing.setdefault(each.permit_id, []).append(each)
    calendar = work_calendar(CalendarPurpose.GOVERNMENT, known_on=on)  # once for all of them
    return [
        PermitLine(each, line, _used(each, line, calendar, at), tuple(missing.get(each.pk, ())), on)
        for each in found
        for line in [clocks.get(each.subject)]
    ]


def _used(permit: Permit, line: ClockLine | None, calendar: WorkCalendar, at: datetime) -> int | None:
    """Working days used by a moment; of a decided one those that were used."""
    return reckon(terms_of(line.clock), calendar).used(at) if line else permit.used_days


@dataclass(frozen=True, slots=True)
class Cell:
    """One step of one project: the rule's row, or what stands on the application where the rule no longer has it."""

    code: str
    item: str
    authority: str
    days: int
    is_required: bool
    line: PermitLine | None


@dataclass(frozen=True, slots=True)
class StageLine:
    """One stage of one project."""

    stage: str
    label: str
    cells: tuple[Cell, ...]

    @property
    def granted(self) -> int:
        """How many of its steps are done."""
        return sum(1 for each in self.cells if each.line and each.line.permit.state == PermitState.GRANTED)

    @property
    def applied(self) -> int:
        """How many of its steps have been applied for."""
        return sum(1 for each in self.cells if each.line)


def matrix(project: Project, *, at: datetime, on: date, names: dict[str, str]) -> list[StageLine]:
    """The stages with their steps, each with the newest application; steps of an older rule stay while they have one."""
    newest: dict[str, PermitLine] = {}
    own = project.permits.select_related("organisation").order_by("pk")
    for line in permit_lines(own, at=at, on=on):
        newest[line.permit.item] = line
    cells: dict[str, list[Cell]] = {stage: [] for stage in STAGES}
    for row in permit_rows(on=on):
        line_of = newest.pop(row.code, None)
        who = str(line_of.permit.organisation) if line_of else names.get(row.organisation, row.organisation)
        days = line_of.permit.promised_days if line_of else row.days
        cells[row.stage].append(Cell(row.code, row.item, who, days, row.is_required, line_of))
    for code, line in newest.items():
        permit = line.permit
        cells[permit.stage].append(
            Cell(code, permit.item_name, str(permit.organisation), permit.promised_days, False, line)  # noqa: FBT003
        )
    return [StageLine(stage, str(PermitStage(stage).label), tuple(cells[stage])) for stage in STAGES]


@dataclass(frozen=True, slots=True)
class AuthorityLine:
    """How one authority keeps its promises."""

    code: str
    name: str
    open: int
    waiting: int
    overdue: int
    decided: int
    in_time: int
    used_days: int
    promised_days: int


def authorities(*, areas: Sequence[str], at: datetime) -> list[AuthorityLine]:
    """Every authority that has or had an application within areas: most overdue first; counted by the database."""
    decided = ~Q(outcome="")
    counts = {
        "open": Count("pk", filter=Q(state__in=OPEN_PERMITS)),
        "waiting": Count("pk", filter=Q(state=PermitState.WAITING)),
        "overdue": Count("pk", filter=Q(is_overdue=True)),
        "decided": Count("pk", filter=decided),
        "in_time": Count("pk", filter=Q(outcome=PermitOutcome.IN_TIME)),
        "used_days": Coalesce(Sum("used_days", filter=decided), 0),
        "promised_days": Coalesce(Sum("promised_days", filter=decided), 0),
    }
    found = Permit.objects.filter(scopes.within_any(areas, "area_code")).annotate(is_overdue=_is_overdue(at))
    rows: list[dict[str, Any]] = [dict(row) for row in found.order_by().values("organisation").annotate(**counts)]
    offices = Organisation.objects.in_bulk([row["organisation"] for row in rows])
    lines = [
        AuthorityLine(office.code, str(office), *(row[name] for name in counts))
        for row in rows
        for office in [offices[row["organisation"]]]
    ]
    return sorted(lines, key=lambda each: (-each.overdue, -each.open, each.name))


def construction_permits(project: Project) -> list[tuple[str, str]]:
    """Construction permits that were granted: code, and what it is with its number.

    The other steps of that stage, such as the review of drawings, permit no works (建筑法 article 7).
    """
    named = Q(item=BUILDING_PERMIT) | Q(item_name__endswith=BUILDING_PERMIT_NAME)
    found = project.permits.filter(named, state=PermitState.GRANTED).order_by("-decided_on", "-pk")
    return [(each.code, f"{each.item_name} {each.document_no}") for each in found]


def permits_like(found: QuerySet[Permit], asked: dict[str, Any], *, at: datetime) -> QuerySet[Permit]:
    """Those that the filters ask for; without a state those that are open."""
    names = {"authority": "organisation__code", "area": "area_code", "stage": "stage", "state": "state"}
    for name, field in names.items():
        if asked.get(name):
            found = found.filter(**{field: asked[name]})
    if asked.get("text"):
        found = found.filter(is_like(asked["text"], field="project__name_key"))
    mark = asked.get("mark")
    if mark == "LATE":
        late = Q(pk__in=overdue(found, at=at).values("pk")) | Q(outcome=PermitOutcome.LATE)
        return found.filter(late)
    if mark == "LACKING":
        lacking = MissingDocument.objects.filter(permit=OuterRef("pk"), made_good_on=None, lapsed_on=None)
        return found.filter(Exists(lacking), state__in=OPEN_PERMITS)
    return found.filter(is_ahead=True) if mark == "AHEAD" else found
