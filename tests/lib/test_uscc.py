"""Unified social credit codes: the vectors of the handbook B2, both checks, and what people make of the codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc as stdnum_uscc

from shoushan.lib import uscc
from shoushan.lib.codes import read_uscc
from shoushan.lib.readings import Code

VALID = [
    "91350100M000100Y43",
    "91110000600037341L",
    "93370102MA3N000113",
    "12370102100000016T",
    "N2370102MF0000013X",
    "A1370102000000019J",
    "Y1370102000000027Q",
    "913701020000001740",
    "913701020000004060",
    "9137010200000006XN",
]


def complete(first_eight: str, body: str) -> str:
    stem = first_eight + body + uscc.inner_check_mark(body)
    return stem + uscc.check_mark(stem)


@pytest.mark.parametrize("code", VALID)
def test_it_reads_the_valid_vectors(code):
    reading = read_uscc(code)

    assert (reading.value, reading.code) == (code, "")


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("91350100M000100Y4Z", Code.USCC_CHARACTERS),
        ("91370102MA3K123456", Code.USCC_CHECK),
        ("91370102717833152X", Code.USCC_CHECK),
        ("91110000MA12345678", Code.USCC_CHECK),
        ("913501M0M000100Y43", Code.USCC_CHARACTERS),
        ("370102200257115", Code.USCC_LEGACY),
        (370102200257115, Code.USCC_LEGACY),
        ("91350100M000100Y4", Code.USCC_LENGTH),
        ("9.1370102E+17", Code.SCIENTIFIC_NOTATION),
        (9.1370102e17, Code.SCIENTIFIC_NOTATION),
        (913701020000001740, Code.SCIENTIFIC_NOTATION),
        ("913701020000000000", Code.PRECISION_LOST),
        (True, Code.WRONG_KIND),
        ("同上", Code.DITTO),
        ("#N/A", Code.ERROR_CELL),
    ],
)
def test_it_refuses_what_is_no_code(raw, code):
    reading = read_uscc(raw)

    assert reading.value is None
    assert reading.code == code
    assert not reading.is_ok


def test_it_keeps_a_code_whose_inner_check_is_wrong_and_warns():
    reading = read_uscc("91370102MA3N000106")

    assert reading.value == "91370102MA3N000106"
    assert reading.code == Code.USCC_INNER_CHECK
    assert reading.is_ok


@pytest.mark.parametrize(
    "raw",
    [
        "91350100m000100y43",
        " 91350100-M000100Y-43 ",
        "９１３５０１００Ｍ０００１００Ｙ４３",
        "'91350100M000100Y43",
        "9135 0100 M000100Y43\n",
    ],
)
def test_it_cleans_what_changes_no_mark(raw):
    assert read_uscc(raw).value == "91350100M000100Y43"


@pytest.mark.parametrize("raw", ["9135010OM000100Y43", "9I350100M000100Y43", "9135010oM000100Y43"])
def test_it_suggests_the_digit_for_a_letter_that_looks_like_it_and_repairs_nothing(raw):
    reading = read_uscc(raw)

    assert reading.value is None
    assert reading.code == Code.USCC_CHARACTERS
    assert reading.suggestion == "91350100M000100Y43"


def test_it_refuses_an_unknown_authority_and_an_unknown_province():
    assert read_uscc(complete("B1370102", "00000001")).code == Code.USCC_AUTHORITY
    assert read_uscc(complete("91990102", "00000001")).code == Code.USCC_REGION


def test_it_tells_the_two_values_of_y_apart():
    assert uscc.inner_check_mark("M000100Y") == "4"
    assert uscc.check_mark("91350100M000100Y4") == "3"


@given(
    st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=8, max_size=8),
    st.sampled_from(["91370102", "12110000", "N2100000"]),
)
def test_it_reads_every_completed_code(body, first_eight):
    code = complete(first_eight, body)

    assert read_uscc(code).value == code


@given(st.sampled_from(VALID), st.integers(0, 17), st.sampled_from(uscc.ALPHABET))
def test_it_finds_every_single_wrong_mark(code, place, mark):
    wrong = code[:place] + mark + code[place + 1 :]

    assert (read_uscc(wrong).value == wrong) is (wrong == code)


@given(st.text("0123456789", min_size=6, max_size=6), st.text(uscc.ALPHABET, min_size=9, max_size=9))
def test_its_outer_check_agrees_with_python_stdnum(region, body):
    stem = "91" + region + body

    assert uscc.check_mark(stem) == stdnum_uscc.calc_check_digit(stem)
