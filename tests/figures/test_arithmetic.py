from datetime import date
from decimal import Decimal

import pytest

from shoushan.figures import arithmetic


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [("0.05", 1, "0.1"), ("0.04", 1, "0.0"), ("2.5", 0, "3"), ("-0.05", 1, "-0.1"), ("99.95", 1, "100.0")],
)
def test_it_rounds_commercially(value: str, decimals: int, expected: str) -> None:
    assert str(arithmetic.rounded(Decimal(value), decimals)) == expected


@pytest.mark.parametrize(
    ("over", "under", "expected"),
    [(1, 3, "33.3"), (2, 3, "66.7"), (0, 5, "0.0"), (1096, 1277, "85.8"), (-1, 8, "-12.5")],
)
def test_it_computes_a_percentage_from_whole_numbers(over: int, under: int, expected: str) -> None:
    assert str(arithmetic.percentage(over, under, 1)) == expected


def test_it_has_no_percentage_of_nothing() -> None:
    assert arithmetic.percentage(3, 0, 1) is None


def test_it_takes_a_count_as_it_is() -> None:
    assert arithmetic.value_of(1096, None, 1) == 1096
    assert arithmetic.value_of(1, 4, 2) == Decimal("25.00")


def test_it_writes_plain_numbers() -> None:
    assert [arithmetic.plain(value) for value in (5, Decimal("58.6"), None)] == [5, 58.6, None]


def test_it_adds_up_by_area_and_by_category() -> None:
    lines = [("370102011001", "INDUSTRY", 3), ("370102011002", "RETAIL", 4), ("370102013", "RETAIL", -1)]

    assert arithmetic.sums_by(lines, "area", 9) == {"370102011": 7, "370102013": -1}
    assert arithmetic.sums_by(lines, "area", 6) == {"370102": 6}
    assert arithmetic.sums_by(lines, "category", 9) == {"INDUSTRY": 3, "RETAIL": 3}


def test_it_takes_from_a_release_the_accounts_of_one_measure() -> None:
    holdings = [["enterprise:A", "x.a", "3701", "R", 2], ["enterprise:B", "x.b", "3701", "R", 5]]

    assert arithmetic.release_lines(holdings, ["x.b"]) == [("3701", "R", 5)]


def test_it_counts_days_back_to_the_beginning_of_the_calendar() -> None:
    assert arithmetic.days_before(date(2020, 3, 1), 1) == date(2020, 2, 29)
    assert arithmetic.days_before(date(1, 1, 1), 1) == date(1, 1, 1)


def test_a_quotient_is_shown_in_per_cent_or_in_a_unit() -> None:
    assert arithmetic.value_of(1, 3, 2, factor=1) == Decimal("0.33")
    assert arithmetic.value_of(12_000, 9, 2, factor=1) == Decimal("1333.33")
    assert arithmetic.value_of(1, 0, 2, factor=1) is None
