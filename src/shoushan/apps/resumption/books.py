"""Bringing the ledger into line with what the records say: only differences are entered, corrections are reversals."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from shoushan.apps.resumption import chart
from shoushan.apps.resumption.chart import Facts, Head, Stay, Stop, Stretch
from shoushan.apps.resumption.models import DailyReturn, EnterpriseStanding, WorkStop
from shoushan.ledger import api as ledger
from shoushan.lib import rows
from shoushan.registry import selectors as registry
from shoushan.registry.models import Frame, FrameMember

LIST_NAME = "四上企业在库名单"


def locked_frames() -> list[Frame]:
    """The lists that count: of each month the last locked revision, oldest month first."""
    frames = Frame.objects.filter(list_name=LIST_NAME, locked_at__isnull=False).order_by("month", "revision")
    return list({frame.month: frame for frame in frames}.values())


def frame_stretches(
    enterprise_ids: Collection[int], frames: list[Frame] | None = None
) -> dict[int, tuple[Stretch, ...]]:
    """From when on each enterprise had which 四上 type; enterprises that were never in a list are left out."""
    frames = locked_frames() if frames is None else frames
    types: dict[int, dict[int, str]] = {}
    ids = list(enterprise_ids)
    for frame in frames:
        for part in rows.chunks(ids, 500):
            members = FrameMember.objects.filter(frame=frame, enterprise_id__in=part).values_list(
                "enterprise_id", "above_scale_type"
            )
            for enterprise_id, kind in members:
                types.setdefault(enterprise_id, {})[frame.pk] = kind
    return {enterprise_id: _stretches(frames, kinds) for enterprise_id, kinds in types.items()}


def _stretches(frames: list[Frame], kinds: Mapping[int, str]) -> tuple[Stretch, ...]:
    stretches: list[Stretch] = []
    last = chart.OUTSIDE_FRAME
    for frame in frames:
        kind = kinds.get(frame.pk, chart.OUTSIDE_FRAME)
        if kind != last:
            stretches.append(Stretch(frame.month, kind))
            last = kind
    return tuple(stretches)


def stays_of(enterprise_ids: Collection[int]) -> dict[int, tuple[Stay, ...]]:
    """Where enterprises that ever moved lay; all others are where their standing says, and are left out."""
    found = registry.stays_of(enterprise_ids=enterprise_ids)
    return {enterprise_id: tuple(Stay(*stay) for stay in stays) for enterprise_id, stays in found.items()}


def places_of(enterprise_ids: Collection[int]) -> dict[int, tuple[Stay, ...]]:
    """`stays_of` as finely as it is known: by community where one is told, also of enterprises that never moved."""
    found = registry.places_of(enterprise_ids=enterprise_ids)
    return {enterprise_id: tuple(Stay(*stay) for stay in stays) for enterprise_id, stays in found.items()}


def stops_of(enterprise_ids: Collection[int]) -> dict[int, tuple[Stop, ...]]:
    """When enterprises were under a stop order; those that never were are left out."""
    found: dict[int, tuple[Stop, ...]] = {}
    for part in rows.chunks(list(enterprise_ids), 500):
        orders = WorkStop.objects.filter(enterprise_id__in=part).order_by("since", "pk")
        for enterprise_id, since, until in orders.values_list("enterprise_id", "since", "until"):
            found[enterprise_id] = (*found.get(enterprise_id, ()), Stop(since, until))
    return found


def sync_timelines(enterprise_ids: Collection[int], *, at: datetime, actor: str) -> None:
    """State in the ledger what the records of these enterprises say, for every day on which it differs."""
    ids = sorted(enterprise_ids)
    for part in rows.chunks(ids, 500):
        facts = _facts(part)
        _sync(
            chart.STANDING_BOOK,
            {subject: chart.standing_timeline(each) for subject, each in facts.items()},
            facts,
            at,
            actor,
        )
        _sync(
            chart.STAFF_BOOK, {subject: chart.staff_timeline(each) for subject, each in facts.items()}, facts, at, actor
        )


def _facts(enterprise_ids: Iterable[int]) -> dict[str, Facts]:
    ids = list(enterprise_ids)
    stretches, stays = frame_stretches(ids), places_of(ids)
    heads: dict[int, list[tuple[date, Head]]] = {}
    returns = DailyReturn.objects.filter(enterprise_id__in=ids).order_by("as_of")
    stated = returns.values_list("enterprise_id", "as_of", "staff_total", "at_work", "capacity_rate")
    for enterprise_id, as_of, staff, at_work, rate in stated:
        heads.setdefault(enterprise_id, []).append((as_of, Head(staff, at_work, chart.capacity(rate))))
    stops = stops_of(ids)
    standings = EnterpriseStanding.objects.filter(pk__in=ids)
    fields = ("enterprise__code", "pk", "area_code", "listed_on", "resumed_on")
    return {
        f"enterprise:{code}": Facts(
            stays.get(pk) or (Stay(date.min, area),),
            stretches.get(pk, ()),
            listed_on,
            resumed_on,
            tuple(heads.get(pk, ())),
            stops.get(pk, ()),
        )
        for code, pk, area, listed_on, resumed_on in standings.values_list(*fields)
    }


def _sync(
    book: str, wanted: dict[str, dict[date, ledger.Positions]], facts: dict[str, Facts], at: datetime, actor: str
) -> None:
    stated = ledger.stated_levels(book, list(wanted))
    statements = []
    for subject, timeline in wanted.items():
        there = {each.on: each.positions for each in stated.get(subject, [])}
        for day in there.keys() - timeline.keys():
            ledger.retract(
                book,
                subject=subject,
                on=day,
                kind=chart.STANDING_CORRECTED,
                reason="来源表已更正",
                at=at,
                actor=actor,
            )
        statements += [
            ledger.Statement(subject, day, positions, _kind(book, day, facts[subject]))
            for day, positions in timeline.items()
            if there.get(day) != positions
        ]
    ledger.state_many(book, statements, at=at, actor=actor)


def _kind(book: str, day: date, facts: Facts) -> str:
    """What happened on that day, as the timeline shows it."""
    if book == chart.STAFF_BOOK and any(as_of == day for as_of, _head in facts.returns):
        return chart.RETURN_REPORTED
    if day == facts.resumed_on:
        return chart.ENTERPRISE_RESUMED
    if day in facts.turns:
        return chart.ENTERPRISE_STOPPED if facts.is_stopped(day) else chart.ENTERPRISE_RESTARTED
    if any(stay.since == day for stay in facts.stays):
        return chart.ENTERPRISE_MOVED
    if any(stretch.since == day for stretch in facts.frames):
        return chart.ENTERPRISE_FRAMED
    return chart.ENTERPRISE_LISTED
