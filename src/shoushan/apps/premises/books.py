"""Bringing the ledger into line with what the records of premises say: only differences are entered."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import NamedTuple, TypeVar

from shoushan.apps.premises import chart
from shoushan.apps.premises.selectors.facts import building_facts, tenant_facts, unit_facts
from shoushan.ledger import api as ledger
from shoushan.lib import rows

CHUNK = 500
F = TypeVar("F", chart.UnitFacts, chart.BuildingFacts, chart.TenantFacts)


class Entering(NamedTuple):
    """When something is entered, and by whom."""

    at: datetime
    actor: str


def sync(
    entering: Entering,
    *,
    buildings: Collection[int] = (),
    units: Collection[int] = (),
    tenants: Collection[int] = (),
) -> None:
    """State what the records of these buildings, rooms and enterprises say, for every day on which it differs."""
    for part in rows.chunks(sorted(set(buildings)), CHUNK):
        _state(chart.BUILDING_BOOK, chart.BUILDING_STATED, building_facts(part), chart.building_positions, entering)
    for part in rows.chunks(sorted(set(units)), CHUNK):
        _state(chart.UNIT_BOOK, chart.UNIT_STATED, unit_facts(part), chart.unit_positions, entering)
    for part in rows.chunks(sorted(set(tenants)), CHUNK):
        _state(chart.TENANT_BOOK, chart.TENANT_STATED, tenant_facts(part), chart.tenant_positions, entering)


def _state(
    book: str,
    kind: str,
    facts: Mapping[str, F],
    positions: Callable[[F, date], ledger.Positions],
    entering: Entering,
) -> None:
    stated = ledger.stated_levels(book, list(facts))
    statements = []
    for subject, each in facts.items():
        there = {level.on: level.positions for level in stated.get(subject, [])}
        wanted = timeline(each, positions)
        for day in sorted(there.keys() - wanted.keys()):
            ledger.retract(
                book,
                subject=subject,
                on=day,
                kind=chart.CORRECTED,
                reason="楼宇记录已更正",
                at=entering.at,
                actor=entering.actor,
            )
        statements += [
            ledger.Statement(subject, day, level, kind) for day, level in wanted.items() if there.get(day) != level
        ]
    ledger.state_many(book, statements, at=entering.at, actor=entering.actor)


def timeline(facts: F, positions: Callable[[F, date], ledger.Positions]) -> dict[date, ledger.Positions]:
    """Every day on which the place of something changes, with the place from then on."""
    found: dict[date, ledger.Positions] = {}
    before: ledger.Positions = ()
    for day in sorted(facts.turns):
        now = positions(facts, day)
        if now != before:
            found[day] = now
        before = now
    return found
