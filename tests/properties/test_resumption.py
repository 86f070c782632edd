"""Whatever lists and returns come in, in whatever order: every day shows what the newest records say of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from shoushan.apps.resumption.models import EnterpriseStanding
from shoushan.apps.resumption.services import Report, move_enterprise, record_returns, take_frame
from shoushan.exchange.models import SourceFile
from shoushan.figures.measures import measure
from shoushan.figures.values import evaluate, members
from shoushan.ledger import api as ledger
from shoushan.ledger import names
from shoushan.registry.models import Enterprise
from shoushan.registry.selectors import area_on
from shoushan.registry.services import Place, RegistryError
from tests.apps.resumption.factories import AT
from tests.directory.factories import an_area
from tests.registry.factories import an_enterprise

pytestmark = pytest.mark.django_db

FIRST = date(2020, 1, 30)
DAYS = [FIRST + timedelta(days=number) for number in (-31, 0, 1, 2, 3, 5, 9, 10, 12, 20, 30, 31, 34, 40)]
MONTHS = [date(2020, 1, 1), date(2020, 2, 1), date(2020, 3, 1)]
STAFF = 50
AREAS = {"A": "370102011", "B": "370102013"}


class List(NamedTuple):
    """The bureau's list of a month."""

    month: date
    types: dict[str, str]


class Line(NamedTuple):
    """One enterprise's line of a ledger."""

    name: str
    as_of: date
    resumed_on: date | None
    staff: int
    at_work: int


class Move(NamedTuple):
    """One enterprise lies in another subdistrict from a day on."""

    name: str
    on: date
    area: str


offsets = st.sampled_from([0, 2, 3, 10, 20, 31, 34])
"""Few days, so that corrections meet what they correct; 2 and 31 are first days of a month."""

lists = st.builds(
    List,
    st.sampled_from(MONTHS),
    st.dictionaries(st.sampled_from("AB"), st.sampled_from(["INDUSTRY", "RETAIL"]), min_size=1),
)


@st.composite
def lines(draw: st.DrawFn) -> Line:
    """A line that the importer would let through."""
    day = draw(offsets)
    resumed = draw(st.one_of(st.none(), st.sampled_from([each for each in (0, 1, 2, 5, 12, 31) if each <= day])))
    staff = draw(st.sampled_from([STAFF, 40]))
    at_work = draw(st.integers(0, 3)) * 10 if resumed is not None else 0
    resumed_on = None if resumed is None else FIRST + timedelta(days=resumed)
    return Line(draw(st.sampled_from("AB")), FIRST + timedelta(days=day), resumed_on, staff, at_work)


moves = st.builds(
    Move,
    st.sampled_from("AB"),
    offsets.map(lambda number: FIRST + timedelta(days=number)),
    st.sampled_from(["370102011", "370102012", "370102013"]),
)

january = st.just(List(MONTHS[0], {"A": "INDUSTRY", "B": "RETAIL"}))
events_of_a_month = st.tuples(
    st.lists(january, min_size=0, max_size=1),
    st.lists(st.one_of(lines(), lines(), lists, moves), min_size=2, max_size=8),
).map(lambda parts: [*parts[0], *parts[1]])


@dataclass
class Model:
    """The definitions of handbook C6 written down a second time, by looking at the newest records day by day."""

    lists: dict[date, dict[str, str]] = field(default_factory=dict)
    returns: dict[str, dict[date, Line]] = field(default_factory=dict)
    moves: dict[str, dict[date, str]] = field(default_factory=dict)

    def take(self, event: Event) -> None:
        if isinstance(event, List):
            self.lists[event.month] = event.types
        elif isinstance(event, Move):
            own = self.moves.setdefault(event.name, {})
            if event.on < max(own, default=event.on):
                return  # refused: before an earlier move
            own.pop(event.on, None)
            if self.area(event.name, event.on) != event.area:
                own[event.on] = event.area
        else:
            self.returns.setdefault(event.name, {})[event.as_of] = event

    def area(self, name: str, day: date) -> str:
        own = self.moves.get(name, {})
        past = [each for each in own if each <= day]
        return own[max(past)] if past else AREAS[name]

    def kind(self, name: str, day: date) -> str | None:
        months = [month for month in self.lists if month <= day]
        return self.lists[max(months)].get(name) if months else None

    def resumed_on(self, name: str) -> date | None:
        own = self.returns.get(name)
        return own[max(own)].resumed_on if own else None

    def is_resumed(self, name: str, day: date) -> bool:
        first = self.resumed_on(name)
        return first is not None and first <= day

    def last(self, name: str, day: date) -> Line | None:
        own = [each for each in self.returns.get(name, {}) if each <= day]
        return self.returns[name][max(own)] if own else None

    def by_area(self, day: date) -> dict[str, int]:
        """Enterprises of the list in force by where each lay."""
        return dict(Counter(self.area(name, day) for name in "AB" if self.kind(name, day)))

    def figures(self, day: date) -> dict[str, tuple[int, int | None]]:
        """Numerator and denominator of every measure."""
        framed = [name for name in "AB" if self.kind(name, day)]
        resumed = [name for name in framed if self.is_resumed(name, day)]
        last = {name: line for name in framed if (line := self.last(name, day))}
        at_work = sum(last[name].at_work for name in resumed if name in last)
        staff = sum(last[name].staff for name in resumed if name in last)
        everyone = sum(line.staff for line in last.values())
        return {
            "resumption.enterprises_in_frame": (len(framed), None),
            "resumption.enterprises_resumed": (len(resumed), None),
            "resumption.people_at_work": (at_work, None),
            "resumption.resumption_rate": (len(resumed), len(framed)),
            "resumption.staff_return_rate": (at_work, staff),
            "resumption.staff_return_rate_of_frame": (at_work, everyone),
        }


Event = List | Line | Move


@contextmanager
def two_enterprises() -> Iterator[dict[str, Enterprise]]:
    """An empty ledger with two registered enterprises, for one example."""
    with transaction.atomic():
        for code in ("370102", "370102011", "370102012", "370102013"):
            an_area(code)
        yield {name: an_enterprise(f"示例{name}有限公司", area_code=area) for name, area in AREAS.items()}
        transaction.set_rollback(True)
    names.forget()


def enter(event: Event, firms: dict[str, Enterprise]) -> None:
    if isinstance(event, Move):
        with suppress(RegistryError):  # before an earlier move
            place = Place(event.area)
            move_enterprise(enterprise=firms[event.name], place=place, on=event.on, reason="迁址", at=AT, actor=None)
        return
    if isinstance(event, List):
        types = {firms[name].pk: kind for name, kind in event.types.items()}
        take_frame(month=event.month, members=types, source="名单", at=AT, actor=None)
        return
    source = SourceFile.objects.create(name="台账", sha256="0" * 64, sheet="resumption.ledger", imported_at=AT)
    blanks = (None,) * 5
    values = ("", event.staff, None, None, None, "", "", event.resumed_on, event.at_work, *blanks, "", "", "", "")
    firm = firms[event.name]
    area = area_on(enterprise=firm, on=event.as_of)
    rows = [Report(firm.pk, firm.code, area, values, 4)]
    record_returns(rows, as_of=event.as_of, source_id=source.pk, at=AT, actor="system")


@settings(max_examples=60, deadline=None)
@given(events_of_a_month)
def test_it_shows_on_every_day_what_the_newest_records_say(events: list[Event]) -> None:
    with two_enterprises() as firms:
        model = Model()
        for event in events:
            enter(event, firms)
            model.take(event)

        for day in DAYS:
            found = {code: evaluate(measure(code), as_of=day) for code in model.figures(day)}
            assert {code: (each.numerator, each.denominator) for code, each in found.items()} == model.figures(day), day
            assert enterprises_by_area(day) == model.by_area(day), day
        assert ledger.verify() == []


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.one_of(lists, lines()),
        min_size=2,
        max_size=6,
        unique_by=lambda each: (type(each), *each[:2]) if isinstance(each, Line) else (List, each.month),
    ),
    st.randoms(use_true_random=False),
)
def test_it_does_not_matter_in_which_order_the_files_arrive(events: list[Event], random: object) -> None:
    mixed = events[:]
    random.shuffle(mixed)  # type: ignore[attr-defined]
    seen = []
    for order in (events, mixed):
        with two_enterprises() as firms:
            for event in order:
                enter(event, firms)
            seen.append([sorted(ledger.balances(_codes(), as_of=day)) for day in DAYS])

    assert seen[0] == seen[1]


@settings(max_examples=25, deadline=None)
@given(events_of_a_month)
def test_it_enters_nothing_when_everything_comes_again(events: list[Event]) -> None:
    with two_enterprises() as firms:
        for event in events:
            enter(event, firms)
        newest = {event.as_of: event for event in events if isinstance(event, Line) and event.name == "A"}
        before = len(ledger.timeline(f"enterprise:{firms['A'].code}"))
        for event in newest.values():
            enter(event, firms)

        assert len(ledger.timeline(f"enterprise:{firms['A'].code}")) == before


@settings(max_examples=25, deadline=None)
@given(events_of_a_month, st.sampled_from(DAYS))
def test_it_lists_the_members_that_add_up_and_keeps_the_standing_current(events: list[Event], day: date) -> None:
    with two_enterprises() as firms:
        model = Model()
        for event in events:
            enter(event, firms)
            model.take(event)

        for code in model.figures(day):
            figure = evaluate(measure(code), as_of=day)
            for by in ("area", "category"):
                parts = evaluate(measure(code), as_of=day, by=by).parts
                assert sum(part.numerator for part in parts) == figure.numerator
            assert sum(each.amount for each in members(measure(code), as_of=day)) == figure.numerator
        for name, firm in firms.items():
            standing = EnterpriseStanding.objects.filter(enterprise=firm).first()
            if standing is not None:
                assert standing.resumed_on == model.resumed_on(name)


def enterprises_by_area(day: date) -> dict[str, int]:
    parts = evaluate(measure("resumption.enterprises_in_frame"), as_of=day, by="area").parts
    return {part.key: part.numerator for part in parts if part.numerator}


def _codes() -> list[str]:
    from shoushan.apps.resumption import chart

    families = ("enterprises", "unframed_enterprises")
    return [f"resumption.{family}.{status}" for family in families for status in ("resumed", "not_resumed")] + [
        chart.AT_WORK,
        chart.STAFF_OF_RESUMED,
        chart.STAFF_OF_OTHERS,
    ]
