"""Daily returns come in: the record, the standing, and the ledger, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.db import transaction

from shoushan.apps.resumption import books, chart
from shoushan.apps.resumption.chart import Head, Stay, Stop, Stretch
from shoushan.apps.resumption.enums import Standing
from shoushan.apps.resumption.models import DailyReturn, EnterpriseStanding
from shoushan.ledger import api as ledger
from shoushan.lib import rows

RETURN_FIELDS: Final = (
    "industry_department",
    "staff_total",
    "planned_on",
    "applied_on",
    "checked_on",
    "check_result",
    "permit_number",
    "resumed_on",
    "at_work",
    "from_hubei",
    "from_other_provinces",
    "isolated",
    "supplies_days",
    "capacity_rate",
    "sponsor",
    "service_officer",
    "problems",
    "note",
)
_COLUMNS: Final = ["enterprise_id", "as_of", *RETURN_FIELDS, "source_id", "source_row"]
_KINDS: Final = {
    **dict.fromkeys(("planned_on", "applied_on", "checked_on", "resumed_on", "as_of"), "date"),
    **dict.fromkeys(
        ("staff_total", "at_work", "from_hubei", "from_other_provinces", "isolated", "source_row"), "integer"
    ),
    **dict.fromkeys(("enterprise_id", "source_id"), "bigint"),
    **dict.fromkeys(("supplies_days", "capacity_rate"), "numeric"),
}
_STANDING_COLUMNS: Final = [
    "enterprise_id",
    "area_code",
    "category",
    "status",
    "listed_on",
    "resumed_on",
    "reported_on",
    "staff_total",
    "at_work",
]
_STANDING_TYPES: Final = ["bigint", "text", "text", "text", "date", "date", "date", "integer", "integer"]


class Report(NamedTuple):
    """One enterprise's line of a subdistrict's ledger, ready to be recorded; `values` follow RETURN_FIELDS.

    `area` is where the enterprise lay on the day of the return, to the ledger its community where that is known.
    """

    enterprise_id: int
    enterprise_code: str
    area: str
    values: tuple[Any, ...]
    source_row: int | None

    @property
    def staff_total(self) -> int:
        """职工总数."""
        return self.values[1]  # type: ignore[no-any-return]

    @property
    def resumed_on(self) -> date | None:
        """实际复工时间."""
        return self.values[7]  # type: ignore[no-any-return]

    @property
    def at_work(self) -> int:
        """返岗人数."""
        return self.values[8]  # type: ignore[no-any-return]

    @property
    def head(self) -> Head:
        """What the ledger is told of its people and its capacity."""
        return Head(self.staff_total, self.at_work, chart.capacity(self.values[13]))


class Known(NamedTuple):
    """What the standing says before the reports are recorded."""

    category: str
    listed_on: date | None
    resumed_on: date | None
    reported_on: date | None
    staff_total: int | None
    at_work: int | None
    confirmed_on: date | None


_UNKNOWN: Final = Known(chart.OUTSIDE_FRAME, None, None, None, None, None, None)


@transaction.atomic
def record_returns(reports: Sequence[Report], *, as_of: date, source_id: int | None, at: datetime, actor: str) -> None:
    """Record what a file, or an enterprise itself, says of enterprises as of one day, each enterprise once.

    The newest return decides when an enterprise resumed; an older file that comes in late adds its own day only.
    """
    known = _known([report.enterprise_id for report in reports])
    stretches = books.frame_stretches([report.enterprise_id for report in reports])
    stays = books.stays_of([report.enterprise_id for report in reports])
    places = books.places_of([report.enterprise_id for report in reports])
    stops = books.stops_of([report.enterprise_id for report in reports])
    _store_returns(reports, as_of, source_id)
    _store_standings(reports, known, stays, stops, as_of)
    tangled = {
        report.enterprise_id
        for report in reports
        if len(places.get(report.enterprise_id, ())) > 1
        or report.enterprise_id in stops
        or not _is_simple(
            report, known.get(report.enterprise_id, _UNKNOWN), stretches.get(report.enterprise_id, ()), as_of
        )
    }
    simple = [
        report._replace(area=places[report.enterprise_id][0].area) if report.enterprise_id in places else report
        for report in reports
        if report.enterprise_id not in tangled
    ]
    _state_simple(simple, known, stretches, as_of, at, actor)
    books.sync_timelines(tangled, at=at, actor=actor)


def _known(ids: Sequence[int]) -> dict[int, Known]:
    known: dict[int, Known] = {}
    for part in rows.chunks(ids, 500):
        found = EnterpriseStanding.objects.filter(pk__in=part).values_list("pk", *Known._fields)
        known.update((pk, Known(*values)) for pk, *values in found)
    return known


def _store_returns(reports: Sequence[Report], as_of: date, source_id: int | None) -> None:
    rows.upsert(
        "resumption_dailyreturn",
        ["enterprise_id", "as_of"],
        ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS[2:]),
        _COLUMNS,
        [(report.enterprise_id, as_of, *report.values, source_id, report.source_row) for report in reports],
        [_KINDS.get(name, "text") for name in _COLUMNS],
    )


def _store_standings(
    reports: Sequence[Report],
    known: dict[int, Known],
    stays: dict[int, tuple[Stay, ...]],
    stops: dict[int, tuple[Stop, ...]],
    as_of: date,
) -> None:
    changed = []
    for report in reports:
        old = known.get(report.enterprise_id, _UNKNOWN)
        listed_on = min(old.listed_on, as_of) if old.listed_on else as_of
        resumed_on, reported_on, staff_total, at_work = old.resumed_on, old.reported_on, old.staff_total, old.at_work
        if reported_on is None or reported_on <= as_of:
            reported_on, staff_total, at_work = as_of, report.staff_total, report.at_work
            resumed_on = report.resumed_on or old.confirmed_on
        is_stopped = any(stop.until is None for stop in stops.get(report.enterprise_id, ()))
        status = Standing.STOPPED if is_stopped else Standing.RESUMED if resumed_on else Standing.NOT_RESUMED
        changed.append(
            (
                report.enterprise_id,
                stays[report.enterprise_id][-1].area if report.enterprise_id in stays else report.area,
                old.category,
                status.value,
                listed_on,
                resumed_on,
                reported_on,
                staff_total,
                at_work,
            )
        )
    rows.upsert(
        "resumption_enterprisestanding",
        ["enterprise_id"],
        ", ".join(f"{name} = excluded.{name}" for name in _STANDING_COLUMNS[1:]),
        _STANDING_COLUMNS,
        changed,
        _STANDING_TYPES,
    )


def _is_simple(report: Report, old: Known, frames: tuple[Stretch, ...], as_of: date) -> bool:
    """Can the ledger be told by one statement a book? So it is for the newest return that corrects no earlier day."""
    if old.reported_on is not None and old.reported_on > as_of:
        return False
    if frames and frames[-1].since > (report.resumed_on or as_of):
        return False
    if old.confirmed_on and report.resumed_on is None:  # the confirmed first day of work counts, the line is silent
        return False
    if report.resumed_on == old.resumed_on:
        return True
    earlier = old.reported_on or old.listed_on
    return old.resumed_on is None and report.resumed_on is not None and (earlier is None or report.resumed_on > earlier)


def _state_simple(
    reports: Sequence[Report],
    known: dict[int, Known],
    stretches: dict[int, tuple[Stretch, ...]],
    as_of: date,
    at: datetime,
    actor: str,
) -> None:
    standing, staff = [], []
    begun = [report.enterprise_id for report in reports if _begins_between(report, known, as_of)]
    capacities = _capacities(begun, as_of)
    for report in reports:
        old = known.get(report.enterprise_id, _UNKNOWN)
        frames = stretches.get(report.enterprise_id, ())
        subject = f"enterprise:{report.enterprise_code}"
        resumed_on = report.resumed_on
        if resumed_on and resumed_on != old.resumed_on:
            positions = chart.standing_positions(report.area, chart.category_on(frames, resumed_on), is_resumed=True)
            standing.append(ledger.Statement(subject, resumed_on, positions, chart.ENTERPRISE_RESUMED))
            if _begins_between(report, known, as_of):
                staff.append(_staff_when_resumed(report, old, frames, capacities.get(report.enterprise_id)))
        elif old.listed_on is None and not frames and not resumed_on:
            positions = chart.standing_positions(report.area, chart.OUTSIDE_FRAME, is_resumed=False)
            standing.append(ledger.Statement(subject, as_of, positions, chart.ENTERPRISE_LISTED))
        is_resumed = resumed_on is not None and resumed_on <= as_of
        category = chart.category_on(frames, as_of)
        positions = chart.staff_positions(report.area, category, report.head, is_resumed=is_resumed)
        staff.append(ledger.Statement(subject, as_of, positions, chart.RETURN_REPORTED))
    ledger.state_many(chart.STANDING_BOOK, standing, at=at, actor=actor)
    ledger.state_many(chart.STAFF_BOOK, staff, at=at, actor=actor)


def _begins_between(report: Report, known: dict[int, Known], as_of: date) -> bool:
    """Did it begin to work between its last return and this one?"""
    old = known.get(report.enterprise_id, _UNKNOWN)
    day = report.resumed_on
    return day is not None and day not in (old.resumed_on, as_of) and old.staff_total is not None


def _capacities(enterprise_ids: Sequence[int], as_of: date) -> dict[int, int | None]:
    """The capacity that the last return before the day stated."""
    found: dict[int, int | None] = {}
    for part in rows.chunks(enterprise_ids, 500):
        returns = DailyReturn.objects.filter(enterprise_id__in=part, as_of__lt=as_of).order_by("as_of")
        found |= {pk: chart.capacity(rate) for pk, rate in returns.values_list("enterprise_id", "capacity_rate")}
    return found


def _staff_when_resumed(
    report: Report, old: Known, frames: tuple[Stretch, ...], capacity: int | None
) -> ledger.Statement:
    """Resumed between two returns: from that day on the people of the older return are those of a resumed enterprise."""
    day = report.resumed_on or date.max
    head = Head(old.staff_total or 0, old.at_work or 0, capacity)
    positions = chart.staff_positions(report.area, chart.category_on(frames, day), head, is_resumed=True)
    return ledger.Statement(f"enterprise:{report.enterprise_code}", day, positions, chart.ENTERPRISE_RESUMED)


def decimal(value: Decimal | None, places: int) -> Decimal | None:
    """A decimal as the column keeps it, so that the same file compares equal."""
    return None if value is None else value.quantize(Decimal(1).scaleb(-places))
