"""Numbers as officials write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shoushan.lib.numbers import read_decimal, read_percent, read_whole
from shoushan.lib.readings import Code


@pytest.mark.parametrize(
    "raw",
    [
        1096,
        1096.0,
        "1096",
        "1,096",
        "1 096",
        "1,096家",
        "1096 家",
        "１０９６",
        "１\uff0c０９６",
        " 1096\n",
        "1096.0",
        "1096.00",
        "+1096",
    ],
)
def test_it_reads_1096(raw):
    reading = read_whole(raw)

    assert (reading.value, reading.code) == (1096, "")
    assert type(reading.value) is int


@pytest.mark.parametrize(
    ("raw", "value"),
    [("0.0", 0), (-0.0, 0), ("(5)", -5), ("\uff085\uff09", -5), ("-5", -5), ("−5", -5), ("5万", 50000), ("1.2万人", 12000), ("1亿", 10**8),
     ("007", 7), (123456, 123456), (-3, -3)],
)  # fmt: skip
def test_it_reads_other_whole_numbers(raw, value):
    reading = read_whole(raw)

    assert (reading.value, reading.code) == (value, "")


@pytest.mark.parametrize("raw", [None, "", " ", "—", "——", "-", "－", "/", "无", "不详", "N/A"])
def test_it_reads_nothing_where_nothing_is_stated(raw):
    for reading in (read_whole(raw), read_decimal(raw, 2), read_percent(raw)):
        assert (reading.value, reading.code) == (None, "")


@pytest.mark.parametrize(
    ("raw", "code", "suggestion"),
    [
        ("约1100", Code.APPROXIMATE, "1100"),
        ("近1,100家", Code.APPROXIMATE, "1100"),
        ("1100余人", Code.APPROXIMATE, "1100"),
        ("1100左右", Code.APPROXIMATE, "1100"),
        ("1100+", Code.APPROXIMATE, "1100"),
        ("约5万", Code.APPROXIMATE, ""),
        ("10-20", Code.NUMBER_RANGE, ""),
        ("10至20人", Code.NUMBER_RANGE, ""),
        ("1,09", Code.GROUPING, ""),
        ("5亿美元", Code.FOREIGN_CURRENCY, ""),
        ("US$ 1,200", Code.FOREIGN_CURRENCY, ""),
        ("10 96", Code.GROUPING, ""),
        (5.5, Code.NOT_WHOLE, ""),
        ("5.5", Code.NOT_WHOLE, ""),
        ("5元", Code.UNIT_UNEXPECTED, ""),
        ("85%", Code.UNIT_UNEXPECTED, ""),
        ("二十", Code.NOT_A_NUMBER, ""),
        ("正常", Code.NOT_A_NUMBER, ""),
        ("36。5", Code.NOT_A_NUMBER, "36.5"),
        ("(-5)", Code.NOT_A_NUMBER, ""),
        ("(5", Code.NOT_A_NUMBER, ""),
        ("2020-02-11", Code.NOT_A_NUMBER, ""),
        ("٣", Code.NOT_A_NUMBER, ""),
        ("9" * 50, Code.NOT_A_NUMBER, ""),
        (float("nan"), Code.NOT_A_NUMBER, ""),
        (float("inf"), Code.NUMBER_TOO_LARGE, ""),
        (10**15, Code.NUMBER_TOO_LARGE, ""),
        ("9" * 16, Code.NUMBER_TOO_LARGE, ""),
        ("1.1E+3", Code.SCIENTIFIC_NOTATION, ""),
        (True, Code.WRONG_KIND, ""),
        ("同上", Code.DITTO, ""),
        ("#REF!", Code.ERROR_CELL, ""),
    ],
)
def test_it_refuses_what_is_no_whole_number(raw, code, suggestion):
    reading = read_whole(raw)

    assert (reading.value, reading.code, reading.suggestion) == (None, code, suggestion)


@pytest.mark.parametrize(
    ("raw", "unit", "value"),
    [
        ("1.18亿元", "万元", "11800.00"),
        ("1610亿元", "亿元", "1610.00"),
        ("500元", "万元", "0.05"),
        ("5", "万元", "5.00"),
        ("¥1,000", "元", "1000.00"),
        ("80万平方米", "平方米", "800000.00"),
        ("80万㎡", "万平方米", "80.00"),
        ("3亩", "平方米", "2000.00"),
        ("36.5℃", "", "36.50"),
        ("85%", "%", "85.00"),
        (0.1 + 0.2, "", "0.30"),
        (-0.0, "", "0.00"),
        ("0.5", "", "0.50"),
    ],
)
def test_it_reads_decimals_in_the_unit_of_the_column(raw, unit, value):
    reading = read_decimal(raw, 2, unit=unit)

    assert (str(reading.value), reading.code) == (value, "")


@pytest.mark.parametrize(
    ("raw", "unit"),
    [("5万", "万元"), ("5元", ""), ("5人次", "人"), ("5亩", "万元"), ("5家", "人"), ("5万元", "平方米")],
)
def test_it_refuses_a_unit_that_the_column_cannot_hold(raw, unit):
    reading = read_decimal(raw, 2, unit=unit)

    assert (reading.value, reading.code) == (None, Code.UNIT_UNEXPECTED)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (1 / 3, "0.33"),
        ("0.125", "0.13"),
        ("-0.125", "-0.13"),
        (-0.001, "0.00"),
        ("1,234.567", "1234.57"),
        ("1亩", "666.67"),
    ],
)
def test_it_says_that_it_rounded(raw, value):
    reading = read_decimal(raw, 2, unit="平方米" if raw == "1亩" else "")

    assert (str(reading.value), reading.code, reading.suggestion) == (value, Code.ROUNDED, value)
    assert reading.is_ok


@pytest.mark.parametrize(
    ("raw", "points", "code"),
    [
        (0.85, "85.00", ""),
        (85, "85.00", ""),
        ("85", "85.00", ""),
        ("85%", "85.00", ""),
        ("85 %", "85.00", ""),
        ("８５\uff05", "85.00", ""),
        ("0.5%", "0.50", ""),
        ("(5)%", "-5.00", ""),
        (120, "120.00", ""),
        (0, "0.00", ""),
        ("0", "0.00", ""),
        (-0.05, "-5.00", ""),
        ("0.85", "85.00", Code.PERCENT_ASSUMED),
        ("1", "100.00", Code.PERCENT_ASSUMED),
        (1, "100.00", Code.PERCENT_ASSUMED),
        (1.0, "100.00", Code.PERCENT_ASSUMED),
        (0.8733333, "87.33", Code.ROUNDED),
        ("87.333%", "87.33", Code.ROUNDED),
    ],
)
def test_it_reads_percent_points(raw, points, code):
    reading = read_percent(raw)

    assert (str(reading.value), reading.code) == (points, code)
    assert reading.is_ok


@pytest.mark.parametrize(
    ("raw", "code"),
    [("%", Code.NOT_A_NUMBER), ("—%", Code.NOT_A_NUMBER), ("约85%", Code.APPROXIMATE), ("全部", Code.NOT_A_NUMBER)],
)
def test_it_refuses_what_is_no_percentage(raw, code):
    reading = read_percent(raw)

    assert (reading.value, reading.code) == (None, code)


WHOLES = st.integers(-(10**15) + 1, 10**15 - 1)


@given(WHOLES)
def test_it_reads_back_every_whole_number(number):
    bracketed = f"({-number})" if number < 0 else str(number)

    spellings = [
        number,
        float(number),
        str(number),
        f"{number:,}",
        f"{number:,}家",
        f"{number:,}".replace(",", " "),
        bracketed,
    ]

    assert {read_whole(spelling).value for spelling in spellings} == {number}


@given(st.decimals(-(10**9), 10**9, places=2))
def test_it_reads_back_every_decimal(number):
    assert read_decimal(f"{number:,f}", 2).value == number
    assert read_decimal(float(number), 2).value == number
    assert read_percent(f"{number:f}%").value == number
    assert read_decimal(f"{number:f}万元", 2, unit="亿元").value == (number / 10**4).quantize(
        Decimal("0.01"), "ROUND_HALF_UP"
    )
