"""Mobile numbers, several in a cell, and the other kinds of number that stand in the column."""

import pytest

from shoushan.lib.codes import read_mobile, read_mobiles
from shoushan.lib.readings import Code


@pytest.mark.parametrize(
    "raw",
    ["13800138000", 13800138000, 13800138000.0, "138 0013 8000", "138-0013-8000", "+86 13800138000", "008613800138000",
     "１３８００１３８０００", "'13800138000", "13800138000/13800138000"],
)  # fmt: skip
def test_it_reads_one_number_in_every_spelling(raw):
    reading = read_mobile(raw)

    assert (reading.value, reading.code) == ("13800138000", "")


@pytest.mark.parametrize(
    ("raw", "code", "suggestion"),
    [
        ("0531-88888888", Code.MOBILE_LANDLINE, ""),
        ("(0531)88888888转801", Code.MOBILE_LANDLINE, ""),
        ("88888888", Code.MOBILE_LANDLINE, ""),
        ("400-123-4567", Code.MOBILE_SERVICE_LINE, ""),
        ("12345", Code.MOBILE_HOTLINE, ""),
        (12345, Code.MOBILE_HOTLINE, ""),
        ("12800138000", Code.MOBILE_FORMAT, ""),
        ("1380013800", Code.MOBILE_FORMAT, ""),
        ("王伟13800138000", Code.MOBILE_FORMAT, "13800138000"),
        ("13800138000/王伟", Code.MOBILE_FORMAT, "13800138000"),
        ("1.38E+10", Code.SCIENTIFIC_NOTATION, ""),
        ("1" * 300, Code.MOBILE_FORMAT, ""),
    ],
)
def test_it_names_what_else_stands_in_the_cell(raw, code, suggestion):
    reading = read_mobile(raw)

    assert (reading.value, reading.code, reading.suggestion) == (None, code, suggestion)


@pytest.mark.parametrize("between", ["/", "、", ",", "\uff0c", ";", "\uff1b", " ", "\n", " / "])
def test_it_takes_the_first_of_several_and_names_the_others(between):
    reading = read_mobile(f"13800138000{between}13900139000")

    assert (reading.value, reading.code, reading.suggestion) == ("13800138000", Code.MOBILE_SEVERAL, "13900139000")
    assert reading.is_ok


def test_it_takes_the_mobile_number_beside_a_landline():
    reading = read_mobile("531-88888888/13800138000")

    assert (reading.value, reading.suggestion) == ("13800138000", "53188888888")


def test_it_gives_all_mobile_numbers_of_a_cell():
    assert read_mobiles("13800138000、13900139000").value == ("13800138000", "13900139000")
    assert read_mobiles("13800138000").value == ("13800138000",)
    assert read_mobiles("12345").code == Code.MOBILE_HOTLINE
