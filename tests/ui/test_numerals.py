"""Numbers as readers see them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from shoushan.ui.numerals import percentage, written


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "—"),
        ("", "—"),
        (0, "0"),
        (-1234, "-1,234"),
        (999, "999"),
        (1000, "1,000"),
        (10**24, "1,000,000,000,000,000,000,000,000"),
        (1234567.5, "1,234,567.5"),
        (0.1, "0.1"),
        (1e-7, "0.0000001"),
        (Decimal("1234.50"), "1,234.50"),
        (Decimal("-0"), "0"),
        (Fraction(1, 3), "0.33"),
        (float("nan"), "—"),
        (float("inf"), "—"),
        (Decimal("NaN"), "—"),
    ],
)
def test_it_writes_numbers_with_separators(value: int | float | Decimal | Fraction | str | None, text: str) -> None:
    result = written(value)

    assert result == text


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (Decimal("0.05"), 1, "0.1"),
        (Decimal("-0.04"), 1, "0.0"),
        (7, 2, "7.00"),
        (Fraction(2, 3), 1, "0.7"),
        (10**30 + 5, 1, "1,000,000,000,000,000,000,000,000,000,005.0"),
    ],
)
def test_it_rounds_half_away_from_zero(value: int | float | Decimal | Fraction, places: int, text: str) -> None:
    result = written(value, places=places)

    assert result == text


@pytest.mark.parametrize(
    ("ratio", "text"),
    [
        (None, "—"),
        (0, "0.0%"),
        (1, "100.0%"),
        (0.9288, "92.9%"),
        (Fraction(1, 3), "33.3%"),
        (Decimal("-0.125"), "-12.5%"),
        (12.3456, "1,234.6%"),
    ],
)
def test_it_writes_ratios_with_one_decimal(ratio: int | float | Decimal | Fraction | None, text: str) -> None:
    result = percentage(ratio)

    assert result == text


@pytest.mark.parametrize("value", [True, "12", b"1", [1]])
def test_it_refuses_what_is_not_a_number(value: object) -> None:
    with pytest.raises(TypeError):
        written(value)  # type: ignore[arg-type]
