"""Exact money and area."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shoushan.lib import money


@pytest.mark.parametrize(
    ("amount", "unit", "fen"),
    [
        (Decimal("1.18"), "亿元", 11_800_000_000),
        (1610, "亿元", 16_100_000_000_000),
        (16_100_000, "万元", 16_100_000_000_000),
        (Decimal("0.01"), "元", 1),
    ],
)
def test_it_keeps_money_in_whole_fen(amount, unit, fen):
    assert money.to_fen(amount, unit) == fen
    assert money.from_fen(fen, unit) == amount


def test_it_refuses_parts_of_a_fen_and_floats():
    with pytest.raises(money.InexactAmountError):
        money.to_fen(Decimal("0.001"), "元")
    with pytest.raises(TypeError):
        money.to_fen(1.18, "亿元")


def test_it_converts_area_and_rounds_half_up():
    assert money.to_sqm(1, "亩") == Decimal("666.67")
    assert money.to_sqm(3, "亩") == Decimal("2000.00")
    assert money.from_sqm(2000, "亩") == Decimal("3.00")
    assert money.to_sqm(80, "万平方米", places=0) == Decimal(800_000)


@pytest.mark.parametrize(
    ("amount", "value"), [("0.125", "0.13"), ("-0.125", "-0.13"), ("-0.001", "0.00"), ("0.124999", "0.12")]
)
def test_it_rounds_away_from_zero_at_the_half(amount, value):
    assert str(money.rounded(Fraction(amount), 2)) == value


def test_it_knows_which_units_measure_the_same():
    assert money.is_convertible("亿元", "万元")
    assert not money.is_convertible("亿元", "亩")
    assert money.factor("亿元", "万元") == 10_000
    assert money.factor("亩", "平方米") == Fraction(2000, 3)


@given(st.integers(-(10**40), 10**40), st.sampled_from(sorted(money.FEN_PER_UNIT)))
def test_it_brings_back_every_fen(fen, unit):
    assert money.to_fen(money.from_fen(fen, unit), unit) == fen
