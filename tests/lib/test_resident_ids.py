"""Resident identity numbers: the vectors of the handbook B8. Nobody living was born before 1900."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from shoushan.lib import resident_ids
from shoushan.lib.codes import read_resident_id
from shoushan.lib.readings import Code, sentence

ON = date(2020, 3, 23)
BACK_THEN = date(1910, 1, 1)


@pytest.mark.parametrize(
    ("number", "sex"),
    [
        ("440524188001010014", "1"),
        ("370102189003070017", "1"),
        ("370102189003070025", "2"),
        ("37010218900101007X", "1"),
        ("370125189008080024", "2"),
        ("370102189602290038", "1"),
        ("81000018900101001X", "1"),
    ],
)
def test_it_reads_the_valid_vectors_and_warns_of_the_age(number, sex):
    then, today = read_resident_id(number, BACK_THEN), read_resident_id(number, ON)

    assert (then.value, then.code) == (number, "")
    assert (today.value, today.code, today.is_ok) == (number, Code.RESIDENT_ID_AGE, True)
    assert resident_ids.sex(number) == sex


def test_it_reads_the_example_of_the_standard():
    reading = read_resident_id("11010519491231002X", ON)

    assert (reading.value, reading.code) == ("11010519491231002X", "")
    assert resident_ids.sex(reading.value) == "2"
    assert resident_ids.birth_day(reading.value) == date(1949, 12, 31)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("370102190002290016", Code.RESIDENT_ID_BIRTH),
        ("370102189004310019", Code.RESIDENT_ID_BIRTH),
        ("370102189013010018", Code.RESIDENT_ID_BIRTH),
        ("990102189001010016", Code.RESIDENT_ID_REGION),
        ("370102189003070018", Code.RESIDENT_ID_CHECK),
        ("37010218900307", Code.RESIDENT_ID_LENGTH),
        ("3701O2189003070017", Code.RESIDENT_ID_CHARACTERS),
        ("370102189003070000", Code.PRECISION_LOST),
        ("3.70102E+17", Code.SCIENTIFIC_NOTATION),
        (3.70102e17, Code.SCIENTIFIC_NOTATION),
        (370102189003070017, Code.SCIENTIFIC_NOTATION),
        (date(2020, 2, 11), Code.WRONG_KIND),
    ],
)
def test_it_refuses_what_is_no_number(raw, code):
    reading = read_resident_id(raw, ON)

    assert (reading.value, reading.code) == (None, code)


def test_it_refuses_a_birth_after_the_day_of_the_file():
    assert read_resident_id("11010519491231002X", date(1949, 12, 30)).code == Code.RESIDENT_ID_FUTURE
    assert read_resident_id("11010519491231002X", date(1949, 12, 31)).code == ""


@pytest.mark.parametrize(
    "raw", ["37010218900307001７", "'370102189003070017", "370102189003070017 ", "370102 18900307 0017"]
)
def test_it_cleans_what_changes_no_mark(raw):
    assert read_resident_id(raw, ON).value == "370102189003070017"


def test_it_writes_the_check_mark_as_a_capital():
    assert read_resident_id("37010218900101007x", ON).value == "37010218900101007X"


@pytest.mark.parametrize("raw", ["370102880101001", 370102880101001, 370102880101001.0])
def test_it_offers_the_new_form_of_fifteen_digits_for_matching_only(raw):
    reading = read_resident_id(raw, ON)

    assert (reading.value, reading.code, reading.suggestion) == (None, Code.RESIDENT_ID_LEGACY, "370102198801010013")


def test_it_does_not_convert_fifteen_digits_that_never_were_a_number():
    assert resident_ids.number_from_legacy("370102881301001") == ""
    assert resident_ids.number_from_legacy("990102880101001") == ""
    assert read_resident_id("370102881301001", ON).code == Code.RESIDENT_ID_LENGTH


def test_it_reads_cards_of_foreign_permanent_residents_by_their_province():
    body = "91139218900101001"
    number = body + resident_ids.check_mark(body)

    assert read_resident_id(number, BACK_THEN).value == number


def test_its_sentence_tells_how_to_export_again():
    told = sentence(read_resident_id("3.70102E+17", ON), "身份证号")

    assert told == "“身份证号”读到“3.70102E+17”，是 Excel 科学计数法，请以文本格式重新导出。"


@given(st.dates(date(1880, 1, 1), date(1899, 12, 31)), st.integers(0, 999))
def test_its_check_agrees_with_python_stdnum(born, sequence):
    body = f"370102{born:%Y%m%d}{sequence:03}"

    number = body + resident_ids.check_mark(body)

    assert number[-1] == ric.calc_check_digit(number)
    assert read_resident_id(number, BACK_THEN).value == number
