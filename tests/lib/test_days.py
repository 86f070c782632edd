"""Dates in every spelling of the handbook's appendix 2."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shoushan.lib.days import document_day, month_end, read_day, serial
from shoushan.lib.readings import Code, sentence

FEBRUARY_11 = date(2020, 2, 11)


@pytest.mark.parametrize(
    "raw",
    [
        FEBRUARY_11,
        datetime.fromisoformat("2020-02-11T17:30:00"),
        datetime(2020, 2, 10, 16, 0, tzinfo=UTC),
        43872,
        43872.0,
        43872.71,
        20200211,
        20200211.0,
        "20200211",
        "2020-02-11",
        "2020-2-11",
        "2020/2/11",
        "2020.2.11",
        "2020。2。11",
        " 2020.02.11 ",
        "２０２０－２－１１",
        "2020年2月11日",
        "2020 年 2 月 11 日",
        "2020年2月11",
        "2020年2月11号",
        "2020年2月11日17时",
        "2020年2月11日24时",
        "2020年2月11日 17时30分",
        "2020年2月11日(星期二)上午9时",
        "2020-02-11 17:30:05",
        "2020-02-11T08:00:00+08:00",
        "2020-02-10T16:00:00.000Z",
        "二〇二〇年二月十一日",
        "二○二○年二月十一日",
        "二零二零年二月十一日 星期日",
        "2月11日",
        "二月十一日",
    ],
)
def test_it_reads_the_eleventh_of_february_2020(raw):
    reading = read_day(raw, year=2020)

    assert (reading.value, reading.code) == (FEBRUARY_11, "")


def test_it_reads_serials_of_the_1904_epoch():
    assert read_day(43872 - 1462, epoch_1904=True).value == FEBRUARY_11


@pytest.mark.parametrize(
    ("raw", "value"),
    [("二〇二〇年十二月三十一日", date(2020, 12, 31)), ("二〇二〇年三月廿三日", date(2020, 3, 23)), ("二〇二〇年十月十日", date(2020, 10, 10)),
     ("二〇二〇年二月二十日", date(2020, 2, 20)), ("2020/2/1", date(2020, 2, 1)), ("2020-02-29", date(2020, 2, 29))],
)  # fmt: skip
def test_it_reads_other_days(raw, value):
    assert read_day(raw).value == value


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("2020-02-30", Code.DAY_IMPOSSIBLE),
        ("2019-02-29", Code.DAY_IMPOSSIBLE),
        (20200230, Code.DAY_IMPOSSIBLE),
        ("2月30日", Code.DAY_IMPOSSIBLE),
        ("二〇二〇年二月", Code.DAY_MISSING),
        ("2020年2月", Code.DAY_MISSING),
        ("2020-2", Code.DAY_MISSING),
        ("2月中旬", Code.DAY_MISSING),
        (2020, Code.DAY_MISSING),
        ("2020", Code.DAY_MISSING),
        (202002, Code.DAY_MISSING),
        ("202002", Code.DAY_MISSING),
        ("11/02/2020", Code.DAY_AMBIGUOUS),
        ("2/11/2020", Code.DAY_AMBIGUOUS),
        ("20.2.11", Code.DAY_AMBIGUOUS),
        ("2.11", Code.DAY_AMBIGUOUS),
        (2.11, Code.DAY_AMBIGUOUS),
        ("1880-01-01", Code.DAY_OUT_OF_RANGE),
        ("2101-01-01", Code.DAY_OUT_OF_RANGE),
        (date(1899, 12, 31), Code.DAY_OUT_OF_RANGE),
        (99999, Code.DAY_OUT_OF_RANGE),
        ("待定", Code.NOT_A_DAY),
        ("2020-02-11 99:99", Code.NOT_A_DAY),
        ("二O二O年二月十一日", Code.NOT_A_DAY),
        ("2020.2.11-2020.2.15", Code.NOT_A_DAY),
        (66, Code.NOT_A_DAY),
        (float("nan"), Code.NOT_A_DAY),
        (True, Code.WRONG_KIND),
        ("同上", Code.DITTO),
        ("#VALUE!", Code.ERROR_CELL),
    ],
)
def test_it_refuses_what_is_no_day_or_might_be_two(raw, code):
    reading = read_day(raw, year=2020)

    assert (reading.value, reading.code) == (None, code)


def test_it_wants_the_year_from_the_sheet_where_the_cell_has_none():
    reading = read_day("2月11日")

    assert reading.code == Code.YEAR_MISSING
    assert sentence(reading, "复工时间") == "“复工时间”读到“2月11日”，没有写明年份，请按2020-03-23的格式补全。"


def test_it_suggests_but_does_not_supply_a_century():
    reading = read_day("20年2月11日")

    assert (reading.value, reading.code, reading.suggestion) == (None, Code.YEAR_TWO_DIGITS, "2020-02-11")


def test_it_warns_of_a_serial_in_a_text_cell():
    reading = read_day("43872")

    assert (reading.value, reading.code, reading.is_ok) == (FEBRUARY_11, Code.SERIAL_AS_TEXT, True)


@pytest.mark.parametrize("raw", [None, "", "  ", "\u3000", "—", "——", "/", "无"])
def test_it_reads_nothing_where_nothing_is_stated(raw):
    reading = read_day(raw)

    assert (reading.value, reading.code) == (None, "")


DAYS = st.dates(date(1930, 1, 1), date(2100, 12, 31))


@given(DAYS)
def test_it_reads_back_every_spelling_of_a_day(day):
    spellings = [day.isoformat(), f"{day:%Y%m%d}", f"{day.year}.{day.month}.{day.day}", document_day(day), serial(day)]

    assert {read_day(spelling).value for spelling in spellings} == {day}


@given(DAYS, st.integers(0, 23))
def test_it_keeps_the_day_that_the_clocks_in_china_showed(day, hour):
    moment = datetime(day.year, day.month, day.day, hour, tzinfo=timezone(timedelta(hours=8)))

    assert read_day(moment).value == day
    assert read_day(moment.astimezone(UTC).isoformat()).value == day


def test_it_knows_the_last_day_of_a_month() -> None:
    found = [month_end(date(2020, month, 15)) for month in (1, 2, 4, 12)]
    assert found == [date(2020, 1, 31), date(2020, 2, 29), date(2020, 4, 30), date(2020, 12, 31)]
