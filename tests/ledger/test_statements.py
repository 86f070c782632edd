from datetime import date

import pytest

from shoushan.ledger import api as ledger
from tests.ledger.factories import ACTOR, AT, YAOJIA, ZHIYUAN, state

pytestmark = pytest.mark.django_db

MARCH = {day: date(2020, 3, day) for day in range(1, 31)}
AT_WORK = ["test.people.at_work"]


def people(day: int, area: str = "370102") -> int:
    return sum(each.amount for each in ledger.balances(AT_WORK, as_of=MARCH[day], areas=[area]))


def test_it_keeps_a_level_until_it_is_stated_again() -> None:
    state(MARCH[2], 30)
    state(MARCH[5], 45)

    assert [people(day) for day in (1, 2, 4, 5, 9)] == [0, 30, 30, 45, 45]


def test_it_enters_nothing_when_the_same_is_stated_again() -> None:
    state(MARCH[2], 30)

    assert state(MARCH[2], 30) == 0
    assert len(ledger.timeline("enterprise:A")) == 1


def test_it_leaves_later_days_as_stated_when_a_past_day_is_restated() -> None:
    state(MARCH[2], 30)
    state(MARCH[5], 45)

    state(MARCH[2], 10)

    assert [people(day) for day in (2, 4, 5)] == [10, 10, 45]


def test_it_puts_a_day_in_between_without_touching_the_next() -> None:
    state(MARCH[2], 30)
    state(MARCH[9], 45)

    state(MARCH[5], 12)

    assert [people(day) for day in (2, 5, 8, 9)] == [30, 12, 12, 45]


def test_it_remembers_that_an_unchanged_day_was_stated() -> None:
    state(MARCH[2], 30)
    state(MARCH[5], 30)

    state(MARCH[2], 7)

    assert [people(day) for day in (2, 5)] == [7, 30]


def test_it_moves_people_with_the_enterprise_to_another_area() -> None:
    state(MARCH[2], 30)
    state(MARCH[5], 30, area=ZHIYUAN)

    assert [people(5, YAOJIA), people(5, ZHIYUAN), people(4, YAOJIA)] == [0, 30, 30]


def test_it_takes_a_statement_back_by_reversing_its_entry() -> None:
    state(MARCH[2], 30)
    state(MARCH[5], 45)

    words = {"kind": "test.people_corrected", "reason": "重复填报", "at": AT, "actor": ACTOR}
    assert ledger.retract("test.people", subject="enterprise:A", on=MARCH[5], **words)  # type: ignore[arg-type]

    assert [people(day) for day in (2, 5, 9)] == [30, 30, 30]
    assert ledger.timeline("enterprise:A")[0].reverses == "test.people/enterprise:A/2020-03-05/1"
    assert not ledger.retract("test.people", subject="enterprise:Z", on=MARCH[5], **words)  # type: ignore[arg-type]


def test_it_does_not_let_a_withdrawn_day_stand_in_the_way() -> None:
    state(MARCH[5], 45)
    words = {"kind": "test.people_corrected", "reason": "日期有误", "at": AT, "actor": ACTOR}
    ledger.retract("test.people", subject="enterprise:A", on=MARCH[5], **words)  # type: ignore[arg-type]

    state(MARCH[2], 45)
    assert [people(day) for day in (1, 2, 5, 9)] == [0, 45, 45, 45]

    state(MARCH[5], 50)
    assert [people(day) for day in (2, 5)] == [45, 50]
    assert ledger.stated_levels("test.people", ["enterprise:A"])["enterprise:A"][1].revision == 3
    assert ledger.verify() == []


def test_it_states_many_days_of_many_subjects_at_once() -> None:
    from tests.ledger.factories import people as account

    statements = [
        ledger.Statement(f"enterprise:{name}", MARCH[day], (ledger.Position(account(), day),), "test.people_stated")
        for day in (9, 2, 5)
        for name in "ABC"
    ]

    assert ledger.state_many("test.people", statements, at=AT, actor=ACTOR) == 9

    assert [people(day) for day in (2, 5, 9)] == [6, 15, 27]
