from datetime import date

from shoushan.apps.resumption import chart
from shoushan.apps.resumption.chart import Facts, Head, Stay, Stretch
from shoushan.ledger.transfers import UNITS, problem_of_account

AREA = "370102011"
JAN_1, FEB_10, FEB_15, FEB_20, MAR_1 = (
    date(2020, 1, 1),
    date(2020, 2, 10),
    date(2020, 2, 15),
    date(2020, 2, 20),
    date(2020, 3, 1),
)
FRAMED = (Stretch(JAN_1, "INDUSTRY"),)


def facts(**more: object) -> Facts:
    given = {
        "stays": (Stay(date.min, AREA),),
        "frames": FRAMED,
        "listed_on": None,
        "resumed_on": None,
        "returns": (),
    } | more
    return Facts(**given)  # type: ignore[arg-type]


def standing(known: Facts) -> list[tuple[date, str, str]]:
    timeline = chart.standing_timeline(known)
    return [(day, positions[0].account.code, positions[0].account.category) for day, positions in timeline.items()]


def staff(known: Facts) -> list[tuple[date, dict[str, int]]]:
    timeline = chart.staff_timeline(known)
    return [(day, {position.account.code: position.amount for position in found}) for day, found in timeline.items()]


def test_it_knows_the_type_in_force_on_a_day() -> None:
    frames = (Stretch(JAN_1, "INDUSTRY"), Stretch(MAR_1, "SERVICE"))

    days = [date(2019, 12, 31), JAN_1, date(2020, 2, 29), MAR_1]
    assert [chart.category_on(frames, day) for day in days] == ["NONE", "INDUSTRY", "INDUSTRY", "SERVICE"]


def test_it_stands_nowhere_before_anyone_knows_of_it() -> None:
    assert standing(facts(frames=())) == []
    assert staff(facts()) == []


def test_it_moves_from_not_resumed_to_resumed() -> None:
    assert standing(facts(resumed_on=FEB_10)) == [
        (JAN_1, "resumption.enterprises.not_resumed", "INDUSTRY"),
        (FEB_10, "resumption.enterprises.resumed", "INDUSTRY"),
    ]


def test_it_leaves_the_family_with_the_frame() -> None:
    known = facts(frames=(*FRAMED, Stretch(MAR_1, "NONE")), resumed_on=FEB_10)

    assert standing(known)[-1] == (MAR_1, "resumption.unframed_enterprises.resumed", "NONE")


def test_it_is_resumed_at_once_when_the_list_comes_later() -> None:
    known = facts(frames=(Stretch(MAR_1, "RETAIL"),), listed_on=FEB_15, resumed_on=FEB_10)

    assert standing(known) == [
        (FEB_10, "resumption.unframed_enterprises.resumed", "NONE"),
        (MAR_1, "resumption.enterprises.resumed", "RETAIL"),
    ]


def test_it_puts_all_staff_with_those_who_have_not_resumed() -> None:
    known = facts(returns=((FEB_10, Head(50, 0)),))

    assert staff(known) == [(FEB_10, {"resumption.staff.of_not_resumed": 50})]


def test_it_carries_the_staff_over_on_the_first_day_of_work_between_two_returns() -> None:
    known = facts(returns=((FEB_10, Head(50, 0)), (FEB_20, Head(50, 30))), resumed_on=FEB_15)

    assert staff(known) == [
        (FEB_10, {"resumption.staff.of_not_resumed": 50}),
        (FEB_15, {"resumption.people.at_work": 0, "resumption.staff.of_resumed": 50}),
        (FEB_20, {"resumption.people.at_work": 30, "resumption.staff.of_resumed": 50}),
    ]


def test_it_counts_capacity_only_while_the_enterprise_works_and_states_it() -> None:
    heads = ((FEB_10, Head(50, 0, 0)), (FEB_20, Head(50, 30, 8_550)), (MAR_1, Head(50, 30)))
    known = facts(returns=heads, resumed_on=FEB_15)

    people = {"resumption.people.at_work": 30, "resumption.staff.of_resumed": 50}
    assert staff(known) == [
        (FEB_10, {"resumption.staff.of_not_resumed": 50}),
        (
            FEB_15,
            people
            | {"resumption.people.at_work": 0, "resumption.capacity.current": 0, "resumption.capacity.normal": 10_000},
        ),
        (FEB_20, people | {"resumption.capacity.current": 8_550, "resumption.capacity.normal": 10_000}),
        (MAR_1, people),
    ]


def test_it_carries_the_people_over_when_the_list_changes() -> None:
    known = facts(
        frames=(*FRAMED, Stretch(MAR_1, "NONE")), returns=((FEB_20, Head(50, 30)),), resumed_on=FEB_10, listed_on=FEB_20
    )

    assert staff(known) == [
        (FEB_20, {"resumption.people.at_work": 30, "resumption.staff.of_resumed": 50}),
        (MAR_1, {"resumption.unframed_people.at_work": 30, "resumption.unframed_staff.of_resumed": 50}),
    ]


def test_it_spells_only_accounts_that_the_ledger_opens() -> None:
    head = Head(5, 3)
    for category in ("INDUSTRY", "NONE"):
        for is_resumed in (True, False):
            positions = chart.standing_positions(AREA, category, is_resumed=is_resumed)
            positions += chart.staff_positions(AREA, category, head, is_resumed=is_resumed)
            for account, _amount in positions:
                assert problem_of_account(account) is problem_of_account(account.origin) is None
                assert account.unit in UNITS
