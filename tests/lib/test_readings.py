"""The closed list of codes: each has its sentence, each is reached, and no cell makes a reader fail."""

from datetime import date

import pytest
from hypothesis import given, settings

from shoushan.lib import codes, days, numbers, origins, temperatures, texts
from shoushan.lib.readings import SENTENCES, Code, Reading, failure, sentence, shown, warning
from tests.lib import (
    test_area_and_industry_codes,
    test_days,
    test_numbers,
    test_phones,
    test_resident_ids,
    test_texts,
    test_uscc,
)
from tests.lib.cells import ANY_CELL, DAY_OF_READING

READERS = {
    "uscc": codes.read_uscc,
    "resident_id": lambda raw: codes.read_resident_id(raw, DAY_OF_READING),
    "mobile": codes.read_mobile,
    "mobiles": codes.read_mobiles,
    "area_code": codes.read_area_code,
    "industry": codes.read_industry,
    "day": days.read_day,
    "day_of_2020": lambda raw: days.read_day(raw, year=2020, epoch_1904=True),
    "whole": numbers.read_whole,
    "whole_of_people": lambda raw: numbers.read_whole(raw, unit="人"),
    "decimal": lambda raw: numbers.read_decimal(raw, 2),
    "decimal_of_money": lambda raw: numbers.read_decimal(raw, 4, unit="万元"),
    "percent": numbers.read_percent,
    "origin": origins.read_origin,
    "temperature": temperatures.read_temperature,
    "text": texts.read_text,
    "person_name": texts.read_person_name,
}
MODULES = (test_area_and_industry_codes, test_days, test_numbers, test_phones, test_resident_ids, test_texts, test_uscc)
LOOSE_CELLS = [
    "武汉(路过)",
    "火星",
    "43",
    "91370102MA3N000106",
    "B13701020000000101",
    "20年2月11日",
    "11010519491231002X",
    "0.85",
    "0.125",
    "43872",
    "2月11日",
    "13800138000/13900139000",
]


@pytest.mark.parametrize("name", sorted(READERS))
@settings(max_examples=150)
@given(raw=ANY_CELL)
def test_it_reads_any_cell_without_failing(name, raw):
    reading = READERS[name](raw)

    assert isinstance(reading, Reading)
    assert not reading.code or reading.code in set(Code)
    assert reading.is_ok or reading.value is None
    assert not reading.is_warning or (reading.code and reading.value is not None)
    assert bool(sentence(reading, "列")) is bool(reading.code)


@pytest.mark.parametrize("name", ["clean", "match_key", "is_blank", "is_ditto"])
@given(raw=ANY_CELL)
def test_it_cleans_any_cell_without_failing(name, raw):
    answer = getattr(texts, name)(raw)

    assert isinstance(answer, bool if name.startswith("is_") else str)


def test_it_has_a_sentence_for_every_code():
    assert set(SENTENCES) == set(Code)


def test_it_reaches_every_code():
    cells = [raw for module in MODULES for raw in _vectors(module)] + LOOSE_CELLS
    reached = {READERS[name](raw).code for name in READERS for raw in cells}
    reached |= {days.read_day("2月11日").code, codes.read_resident_id("11010519491231002X", date(1900, 1, 1)).code}
    reached |= {codes.read_uscc(test_uscc.complete(head, "00000001")).code for head in ("B1370102", "91990102")}

    assert set(Code) - reached == set()


@pytest.mark.parametrize("code", list(Code))
def test_it_says_where_and_what_in_one_sentence(code):
    told = sentence(failure(code, "所读", "所荐"), "列名")

    assert told.startswith("“列名”读到")
    assert "“所读”" in told
    assert "所荐" in told
    assert told.count("。") == 1
    assert told.endswith("。")
    assert "!" not in told.replace("！", "!")
    assert sentence(failure(code, "所读")).startswith("此单元格读到")


def test_it_uses_the_value_of_a_warning_only():
    assert not failure(Code.NOT_WHOLE, 5.5).is_ok
    assert warning(5, Code.ROUNDED, "5.1").is_ok
    assert Reading(None).is_ok
    assert sentence(Reading(5), "列") == ""


def test_it_quotes_a_cell_on_one_line_of_bearable_length():
    assert shown("甲\n乙") == "甲 乙"
    assert len(shown("长" * 5000)) == 60
    assert shown(5.5) == "5.5"


def _vectors(module):
    """The raw cells of a test module's own parametrised vectors."""
    for name, test in vars(module).items():
        for mark in getattr(test, "pytestmark", ()) if name.startswith("test_it_") else ():
            if mark.name == "parametrize":
                yield from (case[0] if isinstance(case, tuple) else case for case in mark.args[1])
