"""Codes of areas and of industries, and what a spreadsheet leaves of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shoushan.lib.codes import read_area_code, read_industry
from shoushan.lib.industries import SECTION_OF_DIVISION, section_of
from shoushan.lib.readings import Code


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("370102", "370102"),
        (370102, "370102"),
        ("370102001", "370102001"),
        (370102001.0, "370102001"),
        (370102001001.0, "370102001001"),
        ("３７０１０２", "370102"),
        ("370102001000", "370102001"),
        ("370102000000", "370102"),
        ("370176001", "370176001"),
        ("", None),
        ("—", None),
    ],
)
def test_it_reads_area_codes(raw, value):
    reading = read_area_code(raw)

    assert (reading.value, reading.code) == (value, "")


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("3.70102E+8", Code.SCIENTIFIC_NOTATION),
        ("370102000", Code.AREA_CODE_TRUNCATED),
        (370102000.0, Code.AREA_CODE_TRUNCATED),
        ("990102", Code.AREA_CODE_PROVINCE),
        ("37", Code.AREA_CODE_FORMAT),
        ("370102000001", Code.AREA_CODE_FORMAT),
        ("历下区", Code.AREA_CODE_FORMAT),
        (370102.5, Code.WRONG_KIND),
    ],
)
def test_it_refuses_area_codes(raw, code):
    reading = read_area_code(raw)

    assert (reading.value, reading.code) == (None, code)


@pytest.mark.parametrize(
    ("raw", "value"),
    [("K7020", "K7020"), ("7020", "K7020"), (7020.0, "K7020"), ("k7020", "K7020"), ("K70", "K70"), ("K702", "K702"),
     ("0111", "A0111"), (51, "F51"), ("Ｋ７０２０", "K7020"), ("T9700", "T9700")],
)  # fmt: skip
def test_it_reads_industry_codes_with_the_letter_that_the_digits_imply(raw, value):
    reading = read_industry(raw)

    assert (reading.value, reading.code) == (value, "")


@pytest.mark.parametrize(
    ("raw", "code", "suggestion"),
    [
        ("C7020", Code.INDUSTRY_LETTER, "K7020"),
        (111, Code.INDUSTRY_ZERO_LOST, "A0111"),
        (1, Code.INDUSTRY_ZERO_LOST, "A01"),
        ("9800", Code.INDUSTRY_UNKNOWN, ""),
        ("00", Code.INDUSTRY_UNKNOWN, ""),
        ("K", Code.INDUSTRY_FORMAT, ""),
        ("物业管理", Code.INDUSTRY_FORMAT, ""),
        ("7020 物业管理", Code.INDUSTRY_FORMAT, "K7020"),
        (70.2, Code.WRONG_KIND, ""),
    ],
)
def test_it_refuses_industry_codes(raw, code, suggestion):
    reading = read_industry(raw)

    assert (reading.value, reading.code, reading.suggestion) == (None, code, suggestion)


def test_it_warns_of_three_digits_in_text_that_may_have_lost_a_zero():
    reading = read_industry("702")

    assert (reading.value, reading.code, reading.suggestion) == ("K702", Code.INDUSTRY_ZERO_LOST, "B0702")
    assert reading.is_ok


def test_its_sections_are_twenty_over_ninety_seven_divisions():
    assert len(SECTION_OF_DIVISION) == 97
    assert "".join(sorted(set(SECTION_OF_DIVISION.values()))) == "ABCDEFGHIJKLMNOPQRST"
    assert [SECTION_OF_DIVISION[division] for division in ("05", "06", "43", "44", "52", "84", "97")] == list("ABCDFQT")


@given(st.sampled_from(sorted(SECTION_OF_DIVISION)), st.text("0123456789", min_size=2, max_size=2))
def test_it_reads_every_class_with_and_without_its_letter(division, rest):
    letter = SECTION_OF_DIVISION[division]

    assert (
        read_industry(division + rest).value
        == read_industry(letter + division + rest).value
        == letter + division + rest
    )
    assert section_of(division + rest) == section_of(letter + division + rest) == letter
