"""A year's list as of one day against another: who came, who went, what was renamed, replanned, moved on, put off.

Only what happened between the two days is read, so the cost is that of the changes, not of the list.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import chain
from typing import Any, Final, NamedTuple, TypeVar

from django.db.models import Min, Q, Value
from django.db.models.functions import Coalesce, Concat, NullIf
from django.utils import timezone

from shoushan.apps.projects.enums.projects import ChangeKind, Level
from shoushan.apps.projects.models import (
    FormerProjectName,
    ListMembership,
    Milestone,
    Project,
    ProjectPlan,
    ProjectProfile,
)
from shoushan.apps.projects.models.returns import expected_day
from shoushan.directory import scopes
from shoushan.lib import rows
from shoushan.lib.memory import seldom_collected
from shoushan.lifecycle.models import Step

PLANNED: Final = (
    ("total_fen", "fen"),
    ("year_fen", "fen"),
    ("start_year", "year"),
    ("end_year", "year"),
    ("premises_sqm", "sqm"),
)
"""What of a plan is compared, and in which unit it is kept."""
PROFILED: Final = (
    ("kind", "kind"),
    ("owner_name", "text"),
    ("site", "text"),
    ("content", "text"),
    ("lead", "text"),
    ("sponsor", "text"),
    ("service_officer", "text"),
)
"""What of a project itself is compared."""
READ: Final = ("code", "name", "name_key", "area_code", "lead__name", "lead__short_name")


Row = TypeVar("Row")
Place = TypeVar("Place")


class _Plan(NamedTuple):
    """A plan as it is compared; the query names these columns, which takes a third of the time of making records."""

    project_id: int
    effective_on: date
    reason: str
    total_fen: int
    year_fen: int
    start_year: int
    end_year: int
    premises_sqm: int


class _Profile(NamedTuple):
    """What a project said of itself as it is compared; the lead by its name."""

    project_id: int
    since: date
    reason: str
    kind: str
    owner_name: str
    site: str
    content: str
    lead: str
    sponsor: str
    service_officer: str


class _Planned(NamedTuple):
    """A milestone as it is compared."""

    project_id: int
    key: str
    planned_on: date
    forecast_on: date | None
    actual_on: date | None
    entered_at: datetime
    reason: str

    @property
    def expected_on(self) -> date:
        """As of the milestone itself."""
        return expected_day(self.planned_on, self.forecast_on, self.actual_on)


class Change(NamedTuple):
    """One thing about a project that differs. Values are as kept; `unit` says what they are."""

    kind: ChangeKind
    what: str
    unit: str
    before: Any
    after: Any
    on: date | None
    reason: str = ""


@dataclass(slots=True)
class Changed:
    """A project with all that differs about it."""

    project: Project
    name: str
    """As it was called on the later day."""
    changes: list[Change] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A year's list on two days."""

    year: int
    first: date
    last: date
    listed_first: int
    listed_last: int
    changed: list[Changed]

    def count(self, kind: ChangeKind) -> int:
        """How many projects have a change of this kind."""
        return sum(any(each.kind == kind for each in one.changes) for one in self.changed)

    def of_kind(self, kind: str) -> list[Changed]:
        """The projects with changes of a kind, with those alone; all for ""."""
        if not kind:
            return self.changed
        found = (
            Changed(one.project, one.name, [each for each in one.changes if each.kind == kind]) for one in self.changed
        )
        return [one for one in found if one.changes]


class _Listed(NamedTuple):
    """On which lists a project was on the two days, and since or until when."""

    first: str
    last: str
    turned_on: date | None


def compare(*, year: int, first: date, last: date, areas: Sequence[str]) -> Comparison:
    """The list of a year as it was at the end of `first` against that of `last`, which is not earlier.

    A project that was taken off, withdrawn or renamed is there under the name that it had; days are those on which things
    happened, and for milestones those on which they were entered.
    """
    with seldom_collected():  # thousands of rows, and none of them in a cycle
        return _compare(year, first, last, areas)


def _compare(year: int, first: date, last: date, areas: Sequence[str]) -> Comparison:
    listed = _listed(year, first, last, areas)
    found: dict[int, list[Change]] = {pk: list(_of_lists(each)) for pk, each in listed.items()}
    there = {pk for pk, each in listed.items() if each.first}
    kinds = (
        _of_names(first, last),
        _of_plans(year, first, last),
        _of_profiles(first, last),
        _of_stages(year, first, last),
        _of_milestones(first, last),
    )
    for pk, change in chain(*kinds):
        if pk in there:
            found[pk].append(change)
    changed = _with_projects({pk: changes for pk, changes in found.items() if changes}, last)
    return Comparison(
        year,
        first,
        last,
        sum(bool(each.first) for each in listed.values()),
        sum(bool(each.last) for each in listed.values()),
        changed,
    )


def _listed(year: int, first: date, last: date, areas: Sequence[str]) -> dict[int, _Listed]:
    within = scopes.within_any(areas, "project__area_code")
    found = ListMembership.objects.filter(within, year=year, since__lte=last)
    found = found.filter(Q(until__isnull=True) | Q(until__gt=first))
    levels: dict[int, tuple[list[str], list[str], list[date]]] = {}
    for pk, level, since, until in found.values_list("project_id", "level", "since", "until"):
        before, after, days = levels.setdefault(pk, ([], [], []))
        if since <= first:
            before.append(level)
        else:
            days.append(since)
        if until is None or until > last:
            after.append(level)
        else:
            days.append(until)
    ended = date(year + 1, 1, 1)
    return {
        pk: _Listed(
            Level.highest(before) if first < ended else "",
            Level.highest(after) if last < ended else "",
            max(days, default=None),
        )
        for pk, (before, after, days) in levels.items()
        if before or after
    }


def _of_lists(each: _Listed) -> Iterator[Change]:
    if not each.first:
        yield Change(ChangeKind.ADDED, "", "level", None, each.last, each.turned_on)
    elif not each.last:
        yield Change(ChangeKind.REMOVED, "", "level", each.first, None, each.turned_on)
    elif each.first != each.last:
        yield Change(ChangeKind.LEVEL, "", "level", each.first, each.last, each.turned_on)


def _of_names(first: date, last: date) -> Iterator[tuple[int, Change]]:
    """A name that ended between the days; several renamings are one change."""
    ended = FormerProjectName.objects.filter(until__gt=first, until__lte=last).select_related("project")
    by_project: dict[int, list[FormerProjectName]] = {}
    for each in ended.order_by("until", "pk"):
        by_project.setdefault(each.project_id, []).append(each)
    names = names_on(last, by_project)
    for pk, ends in by_project.items():
        name = names.get(pk, ends[0].project.name)
        if ends[0].name != name:
            yield pk, Change(ChangeKind.RENAMED, "", "text", ends[0].name, name, ends[-1].until)


def names_on(day: date, project_ids: Collection[int]) -> dict[int, str]:
    """What these projects were called at the end of a day, where it is not their name of now."""
    found: dict[int, str] = {}
    for part in rows.chunks(sorted(project_ids), 500):
        later = FormerProjectName.objects.filter(project_id__in=part, until__gt=day).order_by("-until", "-pk")
        found |= dict(later.values_list("project_id", "name"))
    return found


def _ends(
    revisions: Iterable[Row], place: Callable[[Row], Place], was_there: Callable[[Row], bool]
) -> dict[Place, tuple[Row | None, Row]]:
    """Of revisions in their order, for each thing the one that counted on the first day, if any, and the newest."""
    ends: dict[Place, tuple[Row | None, Row]] = {}
    for each in revisions:
        before = each if was_there(each) else ends.get(place(each), (None,))[0]
        ends[place(each)] = (before, each)
    return ends


def _of_plans(year: int, first: date, last: date) -> Iterator[tuple[int, Change]]:
    """What was planned otherwise. Adjusted and put back as it was is no change."""
    adjusted = ProjectPlan.objects.filter(year=year, effective_on__gt=first, effective_on__lte=last)
    wanted = sorted(set(adjusted.values_list("project_id", flat=True)))
    for part in rows.chunks(wanted, 500):
        plans = ProjectPlan.objects.filter(project_id__in=part, year=year, effective_on__lte=last)
        ordered = map(_Plan._make, plans.order_by("effective_on", "revision").values_list(*_Plan._fields))
        ends = _ends(ordered, lambda each: each.project_id, lambda each: each.effective_on <= first)
        for pk, (before, after) in ends.items():
            for name, unit in PLANNED if before else ():
                old, new = getattr(before, name), getattr(after, name)
                if old != new:
                    yield pk, Change(ChangeKind.REPLANNED, name, unit, old, new, after.effective_on, after.reason)


def _of_profiles(first: date, last: date) -> Iterator[tuple[int, Change]]:
    """Whose it is, where, what, of which kind and who leads it, where that is told otherwise."""
    told = ProjectProfile.objects.filter(since__gt=first, since__lte=last)
    wanted = sorted(set(told.order_by().values_list("project_id", flat=True)))
    lead = Coalesce(NullIf("lead__short_name", Value("")), "lead__name")
    columns = [lead if name == "lead" else name for name in _Profile._fields]
    for part in rows.chunks(wanted, 500):
        profiles = ProjectProfile.objects.filter(project_id__in=part, since__lte=last).order_by("since", "pk")
        ordered = map(_Profile._make, profiles.values_list(*columns))
        ends = _ends(ordered, lambda each: each.project_id, lambda each: each.since <= first)
        for pk, (before, after) in ends.items():
            for name, unit in PROFILED if before else ():
                old, new = getattr(before, name), getattr(after, name)
                if old != new:
                    yield (
                        pk,
                        Change(ChangeKind.PROFILE, name, unit, old or None, new or None, after.since, after.reason),
                    )


def _of_stages(year: int, first: date, last: date) -> Iterator[tuple[int, Change]]:
    """What moved on, or halted. A step says from where to where, so those between the days are enough."""
    of_year = Project.objects.filter(memberships__year=year).distinct()
    subjects = of_year.annotate(subject_code=Concat(Value(f"{Project.SUBJECT}:"), "code")).values("subject_code")
    steps = Step.objects.filter(subject__in=subjects, occurred_on__gt=first, occurred_on__lte=last)
    ends: dict[str, tuple[str, str, date, str]] = {}
    fields = ("subject", "source", "target", "occurred_on", "reason")
    for subject, source, target, day, reason in steps.order_by("revision").values_list(*fields):
        if source != target:
            ends[subject] = (ends[subject][0] if subject in ends else source, target, day, reason)
    moved = {subject.partition(":")[2]: each for subject, each in ends.items() if each[0] and each[0] != each[1]}
    for part in rows.chunks(sorted(moved), 500):
        for pk, code in Project.objects.filter(code__in=part).values_list("pk", "code"):
            source, target, day, reason = moved[code]
            yield pk, Change(ChangeKind.STAGE, "", "stage", source, target, day, reason)


def _of_milestones(first: date, last: date) -> Iterator[tuple[int, Change]]:
    """Milestones that are later or earlier than was thought at the end of the first day."""
    since, until = end_of(first), end_of(last)
    told = Milestone.objects.filter(entered_at__gte=since, entered_at__lt=until)
    for part in rows.chunks(sorted(set(told.values_list("project_id", flat=True))), 500):
        told_by_then = Milestone.objects.filter(project_id__in=part, entered_at__lt=until).order_by("revision")
        revisions = map(_Planned._make, told_by_then.values_list(*_Planned._fields))
        ends = _ends(revisions, lambda each: (each.project_id, each.key), lambda each: each.entered_at < since)
        for (pk, key), (before, after) in ends.items():
            change = _moved(key, before, after)
            if change:
                yield pk, change


def _moved(key: str, before: _Planned | None, after: _Planned) -> Change | None:
    if before is None:
        return None
    old, new = before.expected_on, after.expected_on
    if old == new:
        return None
    kind = ChangeKind.LATER if new > old else ChangeKind.EARLIER
    return Change(kind, key, "day", old, new, timezone.localtime(after.entered_at).date(), after.reason)


def end_of(day: date) -> datetime:
    """The moment at which a day is over."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def _with_projects(found: dict[int, list[Change]], last: date) -> list[Changed]:
    names = names_on(last, found)
    order = {kind: place for place, kind in enumerate(ChangeKind)}
    changed = []
    for part in rows.chunks(sorted(found), 500):
        for project in Project.objects.filter(pk__in=part).select_related("lead").only(*READ):
            changes = sorted(found[project.pk], key=lambda each: (order[each.kind], each.what))
            changed.append(Changed(project, names.get(project.pk, project.name), changes))
    return sorted(changed, key=lambda one: (order[one.changes[0].kind], one.project.name_key))


def baseline_day(year: int, last: date) -> date:
    """The day on which a year's list came into force: the list as approved; `last` where it came later or never."""
    first = ListMembership.objects.filter(year=year).aggregate(day=Min("since"))["day"]
    return min(first or last, last)
