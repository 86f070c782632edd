from datetime import date

import pytest

from shoushan.ledger import api as ledger
from tests.ledger.factories import AT, YAOJIA, ZHIYUAN, account, enter, people, posting, state

pytestmark = pytest.mark.django_db

PENDING, AT_WORK = ["test.enterprises.pending"], ["test.people.at_work"]
MARCH = {day: date(2020, 3, day) for day in range(1, 32)}


def test_it_has_no_balance_in_accounts_that_nobody_opened() -> None:
    assert ledger.balances(["test.nothing.here"], as_of=MARCH[9]) == []
    assert ledger.holders(["test.nothing.here"], as_of=MARCH[9]) == []


def test_it_leaves_out_accounts_that_are_empty_again() -> None:
    enter(posting("a"), posting("b", moves=(ledger.Move(account("pending"), account("approved"), 1),)))

    assert ledger.balances(PENDING, as_of=MARCH[9]) == []


def test_it_keeps_balances_over_months_and_years() -> None:
    for number, day in enumerate([date(2019, 12, 31), date(2020, 1, 1), date(2020, 2, 29), date(2020, 3, 1)]):
        enter(posting(f"k{number}", day=day, subject=f"enterprise:E{number}"))

    days = [date(2019, 12, 30), date(2019, 12, 31), date(2020, 1, 31), date(2020, 2, 29), date(2020, 3, 1)]
    assert [sum(each.amount for each in ledger.balances(PENDING, as_of=day)) for day in days] == [0, 1, 2, 3, 4]


def test_it_tells_the_changes_of_every_day() -> None:
    state(MARCH[2], 30)
    state(MARCH[5], 45, area=YAOJIA)
    state(MARCH[5], 20, subject="enterprise:B", area=ZHIYUAN)
    state(MARCH[9], 5)

    changes = ledger.daily_changes(AT_WORK, first=MARCH[3], last=MARCH[8])
    narrowed = ledger.daily_changes(AT_WORK, first=MARCH[1], last=MARCH[31], areas=[ZHIYUAN])

    assert changes == [(MARCH[5], people(), 15), (MARCH[5], people(area=ZHIYUAN), 20)]
    assert narrowed == [(MARCH[5], people(area=ZHIYUAN), 20)]


def test_it_tells_the_sums_of_codes() -> None:
    state(MARCH[2], 30)
    state(MARCH[5], 45, area=YAOJIA)
    state(MARCH[5], 20, subject="enterprise:B", area=ZHIYUAN)

    (code,) = AT_WORK
    assert ledger.daily_sums(AT_WORK, first=MARCH[3], last=MARCH[8]) == [(MARCH[5], code, 35)]
    assert ledger.daily_sums(AT_WORK, first=MARCH[3], last=MARCH[8], areas=[ZHIYUAN]) == [(MARCH[5], code, 20)]
    assert [ledger.sums_by_code(AT_WORK, as_of=MARCH[day]) for day in (1, 4, 6)] == [{}, {code: 30}, {code: 65}]
    assert ledger.sums_by_code(AT_WORK, as_of=date(2020, 4, 30), areas=[ZHIYUAN]) == {code: 20}
    assert ledger.first_days([*AT_WORK, "nothing.at_all"]) == {code: MARCH[2]}


def test_it_tells_the_series_of_one_subject() -> None:
    state(MARCH[2], 30)
    state(MARCH[5], 45)
    state(MARCH[5], 7, subject="enterprise:B")

    assert ledger.subject_changes(AT_WORK, subject="enterprise:A") == [(MARCH[2], 30), (MARCH[5], 15)]
    assert ledger.subject_changes(AT_WORK, subject="enterprise:A", last=MARCH[4]) == [(MARCH[2], 30)]
    assert ledger.subject_changes(AT_WORK, subject="enterprise:Z") == []


def test_it_pages_the_entries_behind_a_balance() -> None:
    enter(*[posting(f"k{day}", day=MARCH[day], subject=f"enterprise:E{day}") for day in range(1, 8)])

    def keys(**more: int) -> list[str]:
        return [line.key for line in ledger.entries_behind(PENDING, as_of=MARCH[5], **more)]

    assert keys() == ["k5", "k4", "k3", "k2", "k1"]
    assert keys(limit=2) == ["k5", "k4"]
    assert keys(limit=2, offset=4) == ["k1"]


def test_it_finds_the_last_entry_of_a_kind_on_a_day_and_at_a_seal() -> None:
    enter(posting("a"))
    sealed = ledger.seal(at=AT)
    enter(posting("b", day=MARCH[5]))

    def key(day: int, known_at: int | None = None) -> str | None:
        line = ledger.last_entry("test.enterprise_listed", as_of=MARCH[day], known_at=known_at)
        return line.key if line else None

    assert [key(4), key(5), key(9, sealed.size)] == ["a", "b", "a"]
    assert ledger.last_entry("test.never", as_of=MARCH[9]) is None
    assert ledger.entry(10**9) is None


def test_it_reads_levels_up_to_a_day() -> None:
    state(MARCH[2], 30)
    state(MARCH[5], 45)

    levels = ledger.stated_levels("test.people", ["enterprise:A"], as_of=MARCH[4])

    assert [(each.on, each.positions[0].amount) for each in levels["enterprise:A"]] == [(MARCH[2], 30)]
    assert ledger.stated_levels("test.people", ["enterprise:Z"]) == {}


def test_it_keeps_later_levels_when_one_in_the_middle_is_taken_back() -> None:
    for day, amount in ((2, 30), (5, 45), (9, 60)):
        state(MARCH[day], amount)

    assert ledger.retract(
        "test.people",
        subject="enterprise:A",
        on=MARCH[5],
        kind="test.people_corrected",
        reason="重复",
        at=AT,
        actor="x",
    )

    days = [2, 5, 8, 9]
    assert [sum(each.amount for each in ledger.balances(AT_WORK, as_of=MARCH[day])) for day in days] == [30, 30, 30, 60]
    assert not ledger.retract(
        "test.people", subject="enterprise:A", on=MARCH[6], kind="test.people_corrected", reason="无", at=AT, actor="x"
    )
    assert ledger.verify() == []
