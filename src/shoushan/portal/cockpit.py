"""What the cockpit (指挥驾驶舱) shows as of a day: numbers with their change, the trend with its events, the map, what is red."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from shoushan.apps.resumption.selectors import report_days
from shoushan.directory.access import narrowed
from shoushan.directory.models import User
from shoushan.figures import arithmetic, values
from shoushan.figures.measures import Measure, all_measures
from shoushan.lifecycle.models import Document
from shoushan.portal.ground import Ground, survey
from shoushan.ui.signals import Signal, signals

TREND: Final = ("resumption.enterprises_resumed", "resumption.people_at_work")
DAYS: Final = 30
Value = int | Decimal | None


@dataclass(frozen=True, slots=True)
class Card:
    """One number of the cockpit with its change since the day before."""

    measure: Measure
    value: Value
    change: Value

    @property
    def direction(self) -> str:
        """The change in a mark that needs no colour."""
        return "" if not self.change else "▲" if self.change > 0 else "▼"

    @property
    def extent(self) -> Value:
        """The change without its sign."""
        return None if self.change is None else max(self.change, -self.change)


@dataclass(frozen=True, slots=True)
class Line:
    """Thirty days of a measure."""

    known: list[tuple[date, Value]]
    """Day by day, with nothing on the days before its first entry."""
    value: Value
    """Of the last day, also when nothing was entered yet."""


@dataclass(frozen=True, slots=True)
class TrendDay:
    """One day of the trend: a value for each measure, and the documents of that day."""

    on: date
    values: tuple[Value, ...]
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cockpit:
    """All of it."""

    cards: list[Card]
    measures: list[Measure]
    trend: list[TrendDay]
    chosen: Measure
    ground: Ground
    signals: list[Signal]


def shown() -> list[Measure]:
    """The measures that have a place on the cockpit, in its order."""
    return sorted((each for each in all_measures().values() if each.cockpit), key=lambda each: each.cockpit)


def compose(*, reader: User, as_of: date, areas: tuple[str, ...], chosen: str, at: datetime, area: str = "") -> Cockpit:
    """The cockpit of a reader, within the areas that they may see; of one subdistrict where an area is asked for.

    What is red is the reader's own and of the whole, so one subdistrict's cockpit shows none of it.
    """
    seen = narrowed(areas, area) if area else areas
    measures, trend = shown(), [all_measures()[code] for code in TREND]
    lines = _lines(list(dict.fromkeys([*measures, *trend])), as_of, seen)
    asked = next((each for each in measures if each.code == chosen), measures[0])
    return Cockpit(
        [_card(each, lines[each.code]) for each in measures],
        trend,
        _trend([lines[each.code] for each in trend]),
        asked,
        survey(asked, as_of=as_of, areas=seen, area=area, is_part=seen != areas),
        [] if area else signals(reader, as_of=as_of, at=at),
    )


def _lines(measures: Sequence[Measure], as_of: date, areas: Sequence[str]) -> dict[str, Line]:
    begun = values.begun_many(measures, areas=areas)
    series = values.series_many(measures, first=as_of - timedelta(days=DAYS - 1), last=as_of, areas=areas)
    lines = {}
    for code, days in series.items():
        known = [(day, value if code in begun and begun[code] <= day else None) for day, value in days]
        lines[code] = Line(known, days[-1][1])
    return lines


def _card(measure: Measure, line: Line) -> Card:
    (_day, before), (_as_of, now) = line.known[-2:]
    return Card(measure, line.value, arithmetic.change_of(now, before))


def _trend(lines: Sequence[Line]) -> list[TrendDay]:
    days = [day for day, _value in lines[0].known]
    events: dict[date, list[str]] = {}
    for document in Document.objects.filter(issued_on__range=(days[0], days[-1])).order_by("issued_on", "pk"):
        events.setdefault(document.issued_on, []).append(document.title)
    return [
        TrendDay(day, tuple(line.known[place][1] for line in lines), tuple(events.get(day, ())))
        for place, day in enumerate(days)
    ]


def newest_day(*, areas: Sequence[str], today: date) -> date:
    """The last day with returns, else today."""
    return next(iter(report_days(areas=areas)), today)
