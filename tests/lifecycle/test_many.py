"""One step of many records: as if each had been taken alone, or none at all."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from shoushan.directory.access import NotAllowedError
from shoushan.ledger import api as ledger
from shoushan.lifecycle import services
from shoushan.lifecycle.errors import LifecycleError, MissingError, WrongStateError
from shoushan.lifecycle.models import Step
from tests.lifecycle.factories import AREA, AT, DAY, clerk, submitted, take
from tests.samples.lifecycles import CASES
from tests.samples.models import Case

pytestmark = pytest.mark.django_db


def many(name: str, cases: list[Any], **more: Any) -> list[Any]:
    return services.advance_many(CASES, [case.pk for case in cases], name, actor=None, at=AT, **more)


def count(state: str, on: date = DAY) -> int:
    return sum(line.amount for line in ledger.balances([f"samples.cases.{state}"], as_of=on, areas=(AREA,)))


def story(case: Any) -> list[tuple[Any, ...]]:
    return [(line.kind, line.details, line.actor) for line in ledger.timeline(case.subject)]


def test_it_is_as_if_each_had_been_taken_alone() -> None:
    alone, *others = [submitted(f"CASE-{number}") for number in range(4)]
    take(alone, "approve", actor=None)

    done = many("approve", others)

    assert [case.pk for case in done] == sorted(case.pk for case in others)
    fresh = list(Case.objects.order_by("pk"))
    assert {(case.state, case.state_on, case.revision) for case in fresh} == {("APPROVED", DAY, 2)}
    assert len({case.entry_id for case in fresh}) == 4
    assert all(story(case) == story(alone) for case in fresh)
    assert (count("submitted"), count("approved")) == (0, 4)
    steps = Step.objects.filter(transition="approve")
    assert {(step.subject, step.entry_id) for step in steps} == {(case.subject, case.entry_id) for case in fresh}
    assert ledger.verify() == []


def test_it_takes_all_or_none() -> None:
    waiting, decided = submitted("CASE-1"), submitted("CASE-2")
    take(decided, "approve", actor=None)
    entries = Step.objects.count()

    with pytest.raises(WrongStateError):
        many("approve", [waiting, decided])
    with pytest.raises(LifecycleError):
        many("nothing", [waiting])
    with pytest.raises(MissingError):
        many("ask", [waiting])
    waiting.refresh_from_db()
    assert (waiting.state, Step.objects.count()) == ("SUBMITTED", entries)
    assert many("approve", []) == []


def test_it_asks_of_each_whether_the_person_may() -> None:
    case = submitted()

    with pytest.raises(NotAllowedError):
        services.advance_many(CASES, [case.pk], "approve", actor=clerk(area="370102013"), at=AT)
