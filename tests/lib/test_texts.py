"""Text: full-width forms, blanks, 同上, names and their normal form."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shoushan.lib import texts
from shoushan.lib.readings import Code


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("测试人1 ", "测试人1"),
        ("Ａ座１２层\uff08东\uff09", "A座12层(东)"),
        ("第一行\n第二行\t三", "第一行 第二行 三"),
        ("a\u00a0\u3000 b", "a b"),
        ("甲\u200b乙\ufeff\x00", "甲乙"),
        ("𬭎㛃", "𬭎㛃"),
        ("甲\uff0c乙\uff1b丙", "甲\uff0c乙\uff1b丙"),
        (5.0, "5"),
        (5.5, "5.5"),
        (True, "TRUE"),
        (date(2020, 2, 11), "2020-02-11"),
        (datetime.fromisoformat("2020-02-11T17:00:00"), "2020-02-11 17:00:00"),
        ("无", "无"),
    ],
)
def test_it_cleans_text_and_keeps_its_meaning(raw, value):
    reading = texts.read_text(raw)

    assert (reading.value, reading.code) == (value, "")


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("同上", Code.DITTO),
        ("#REF!", Code.ERROR_CELL),
        ("济\ufffd南", Code.BROKEN_TEXT),
        ("济\ud800", Code.BROKEN_TEXT),
    ],
)
def test_it_refuses_what_is_no_text_of_its_own(raw, code):
    reading = texts.read_text(raw)

    assert (reading.value, reading.code) == (None, code)


@pytest.mark.parametrize("raw", ["同上", " 同 上 ", "同上行", "〃", '"', "″"])
def test_it_recognises_as_above(raw):
    assert texts.is_ditto(raw)


@pytest.mark.parametrize("raw", [None, "", 0, "同上海分公司", "上同", "无"])
def test_it_takes_nothing_else_for_as_above(raw):
    assert not texts.is_ditto(raw)


def test_it_knows_blank_cells():
    assert all(texts.is_blank(raw) for raw in (None, "", " ", "\u3000", "\u200b\n"))
    assert not any(texts.is_blank(raw) for raw in (0, "0", "—", False))


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("王 伟", "王伟"),
        ("王\u3000伟", "王伟"),
        ("阿不都•买买提", "阿不都·买买提"),
        ("阿不都 · 买买提", "阿不都·买买提"),
        ("Tom  Lee", "Tom Lee"),
        ("𬭎 㛃", "𬭎㛃"),
    ],
)
def test_it_reads_names_of_persons(raw, value):
    assert texts.read_person_name(raw).value == value


@pytest.mark.parametrize(
    "name",
    [
        "济南示例\uff08山东\uff09精密机械有限公司",
        "济南示例(山东)精密机械有限责任公司",
        "济南示例〔山东省〕精密机械 有限公司",
        "济南示例【山东】精密机械有限公司。\n",
    ],
)
def test_it_compares_enterprises_by_one_normal_form(name):
    assert texts.match_key(name) == "济南示例(山东)精密机械有限公司"


def test_it_keeps_different_enterprises_apart():
    names = ["山东示例有限公司", "山东示例股份有限公司", "济南示例有限公司", "山东示例有限公司济南分公司"]

    assert len({texts.match_key(name) for name in names}) == len(names)


@given(st.text())
def test_its_clean_form_and_its_key_are_final(text):
    cleaned = texts.clean(text)

    assert texts.clean(cleaned) == cleaned
    assert "\n" not in cleaned
    assert "  " not in cleaned
    assert cleaned == cleaned.strip()
    assert texts.match_key(text) == texts.match_key(cleaned)
