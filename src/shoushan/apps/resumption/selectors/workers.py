"""Nouns of the way back of workers: who may be seen, what is due, the matrix of temperatures, beds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from shoushan.apps.resumption.enums.workers import TWICE_A_DAY, CheckSlot, WorkerState
from shoushan.apps.resumption.models import Bed, BedStay, HealthCheck, IsolationPlace, Worker
from shoushan.apps.resumption.selectors.contacts import REPRESENT, enterprises_of
from shoushan.directory import scopes
from shoushan.directory.access import area_scope
from shoushan.lib.masks import mask_name
from shoushan.registry.spelled import is_like

if TYPE_CHECKING:
    from shoushan.directory.models import User
    from shoushan.registry.models import Enterprise

VIEW: Final = "resumption.view_workers"
DAYS_AHEAD: Final = 7


def visible_workers(user: User, *, on: date) -> QuerySet[Worker]:
    """Those of the areas that staff answer for, and those of the enterprises for which a contact speaks."""
    own = Q(enterprise__in=enterprises_of(user).values("pk")) if area_scope(user, REPRESENT, on=on) else Q(pk__in=())
    staff = scopes.within_any(area_scope(user, VIEW, on=on), "area_code")
    return Worker.objects.filter(own | staff).select_related("enterprise", "person")


def worker_rows(
    found: QuerySet[Worker],
    *,
    state: str = "",
    area: str = "",
    q: str = "",
    enterprise: str = "",
    due: date | None = None,
) -> QuerySet[Worker]:
    """Filtered; those who are observed first in the order in which they are free, then the newest."""
    exact = {"state": state, "area_code": area, "enterprise__code": enterprise}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if due:
        found = found.filter(state=WorkerState.OBSERVED, observe_to=due)
    if q:
        named = is_like(q, field="enterprise__name_key")
        found = found.filter(named | Q(code=q.upper()) | Q(person__name=q))
    return found.order_by("observe_to", "-pk") if due or state == WorkerState.OBSERVED else found.order_by("-pk")


def counts_by_state(found: QuerySet[Worker]) -> dict[str, int]:
    """How many are where."""
    rows = found.order_by().values_list("state").annotate(count=Count("pk"))
    return dict(rows)


def due_days(found: QuerySet[Worker], *, on: date) -> list[tuple[date, int]]:
    """How many observations end on each of the next seven days, today first; what is overdue counts as today."""
    rows = found.filter(state=WorkerState.OBSERVED, observe_to__lt=on + timedelta(days=DAYS_AHEAD))
    ending = dict(rows.order_by().values_list("observe_to").annotate(count=Count("pk")))
    overdue = sum(count for day, count in ending.items() if day and day < on)
    days = [on + timedelta(days=ahead) for ahead in range(DAYS_AHEAD)]
    return [(day, ending.get(day, 0) + (overdue if day == on else 0)) for day in days]


def observed_on(found: QuerySet[Worker], on: date) -> QuerySet[Worker]:
    """Those whose temperature is to be taken twice on a day."""
    return found.filter(state=WorkerState.OBSERVED, observe_from__lte=on).order_by("enterprise__name_key", "pk")


def checks_on(workers: Collection[Worker], on: date) -> dict[tuple[int, str], HealthCheck]:
    """The temperatures of a day by worker and time of day."""
    rows = HealthCheck.objects.filter(worker__in=workers, on=on)
    return {(each.worker_id, each.slot): each for each in rows}


def missing_checks(found: QuerySet[Worker], on: date, slot: str) -> int:
    """Of how many the temperature of a time of day is not there yet (by 10:00 and 18:00 the subdistrict sees them)."""
    taken = HealthCheck.objects.filter(worker=OuterRef("pk"), on=on, slot=slot)
    asked = observed_on(found, on)
    if slot == CheckSlot.MORNING:  # whoever arrives has had the temperature taken at the entrance
        asked = asked.filter(observe_from__lt=on)
    return asked.filter(~Exists(taken)).count()


@dataclass(frozen=True, slots=True)
class DayOfChecks:
    """One day of an observation: what was taken in the morning and in the evening."""

    on: date
    cells: tuple[HealthCheck | None, ...]

    @property
    def is_complete(self) -> bool:
        """Both are there."""
        return all(self.cells)


def matrix(worker: Worker, *, until: date) -> list[DayOfChecks]:
    """The days of an observation up to a day, the newest first, with the cells that are missing.

    On the day of arrival the temperature at the entrance stands for the morning's.
    """
    if worker.observe_from is None or worker.observe_to is None:
        return []
    known = {(each.on, each.slot): each for each in worker.checks.all()}
    last = min(until, worker.cleared_on, worker.observe_to) if worker.cleared_on else until
    entry = known.get((worker.observe_from, CheckSlot.ENTRY.value))
    if entry is not None:
        known.setdefault((worker.observe_from, CheckSlot.MORNING.value), entry)
    days = [worker.observe_from + timedelta(days=n) for n in range((last - worker.observe_from).days + 1)]
    return [DayOfChecks(day, tuple(known.get((day, slot)) for slot in TWICE_A_DAY)) for day in reversed(days)]


def free_beds(*, area: str, on: date) -> QuerySet[Bed]:
    """The beds of an area's open places that nobody has."""
    taken = BedStay.objects.filter(bed=OuterRef("pk"), left_on=None)
    found = Bed.objects.filter(~Exists(taken), place__area_code=area, place__opened_on__lte=on, place__closed_on=None)
    return found.select_related("place").order_by("place__name", "room", "number")


def places(areas: Collection[str]) -> QuerySet[Any, Any]:
    """The places within areas, with `all_beds` and how many are `taken`."""
    taken = Count("beds__stays", filter=Q(beds__stays__left_on=None, beds__stays__isnull=False), distinct=True)
    found: QuerySet[Any, Any] = IsolationPlace.objects.filter(scopes.within_any(areas, "area_code"))
    found = found.annotate(all_beds=Count("beds", distinct=True), taken=taken)
    return found.order_by("area_code", "name")


def bed_of(worker: Worker) -> BedStay | None:
    """The bed that a worker has now."""
    return worker.stays.filter(left_on=None).select_related("bed__place").first()


def workers_of(enterprise: Enterprise) -> Mapping[str, int]:
    """How many of an enterprise's workers are where."""
    return counts_by_state(Worker.objects.filter(enterprise=enterprise))


def names_of_workers(codes: Collection[str]) -> dict[str, str]:
    """Workers as members of a figure: number and masked name."""
    rows = Worker.objects.filter(code__in=codes).values_list("code", "person__name")
    return {code: f"{code} {mask_name(name)}" for code, name in rows}
