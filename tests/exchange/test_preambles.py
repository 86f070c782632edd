"""Who reports and as of when, from the lines above a table and from the file's name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from shoushan.exchange import preambles
from shoushan.exchange.limits import FileRefusedError
from tests.exchange.factories import HEADINGS, TITLE, LedgerSheet, bring_in, record, write_book


class DatedSheet(LedgerSheet):
    code = "test.dated"
    needs_as_of = True


@pytest.mark.parametrize(
    ("line", "as_of", "hour"),
    [
        ("填报单位：姚家街道  填报人：  联系电话：  截至时间：2020年3月23日17时", "2020-03-23", 17),
        ("截止2020.3.23", "2020-03-23", None),
        ("截至时间：2020-03-23 17:00:00", "2020-03-23", 17),
        ("统计时间: 2020/3/23", "2020-03-23", None),
        ("数据截至:2020 年 3 月 23 日 24 时", "2020-03-23", 24),
        ("截至3月23日17时", "2020-03-23", 17),
        ("截至时间：二〇二〇年三月二十三日", "2020-03-23", None),
        ("统计月份:2020年1月  制表单位:历下区统计局", "2020-01-31", None),
        ("统计月份:2020年2月", "2020-02-29", None),
        ("截至时间：2020年3月23日下午5点", "2020-03-23", None),
    ],
)
def test_it_reads_the_cut_off(line: str, as_of: str, hour: int | None) -> None:
    found = preambles.as_of_in(preambles.plain(line))

    assert found is not None
    assert (str(found.on(2020)), found.hour) == (as_of, hour)


@pytest.mark.parametrize(
    "line", ["历下区企业复工复产情况统计表", "联系电话:0531-88888888", "填报人:张三", "单位:家、人"]
)
def test_it_takes_no_other_line_for_a_cut_off(line: str) -> None:
    assert preambles.as_of_in(preambles.plain(line)) is None


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("填报单位:姚家街道  填报人:  联系电话:", "姚家街道"),
        ("填报单位(盖章):姚家街道办事处 填报人:李", "姚家街道办事处"),
        ("填报单位：姚家街道截至时间：2020年3月23日", "姚家街道"),
        ("统计月份:2020年1月  制表单位:历下区统计局", "历下区统计局"),
        ("填报单位:          填报人:", ""),
        ("单位:万元", ""),
    ],
)
def test_it_reads_the_unit(line: str, unit: str) -> None:
    assert preambles.unit_in(preambles.plain(line)) == unit


@pytest.mark.parametrize(
    ("name", "as_of", "unit"),
    [
        ("附件2:姚家街道复工台账(3.23).xls", "2020-03-23", "姚家街道"),
        ("附件2:姚家街道复工台账(3.23).xlsx", "2020-03-23", "姚家街道"),
        ("姚家街道复工台账20200323.xlsx", "2020-03-23", "姚家街道"),
        ("台账 2020-3-23.csv", "2020-03-23", ""),
        ("台账3月23日.csv", "2020-03-23", ""),
        ("历下区四上企业在库名单(2020年1月).xlsx", "2020-01-31", ""),
        ("附件2.xlsx", None, ""),
        ("台账v1.2.xlsx", None, ""),
    ],
)
def test_it_reads_the_file_name(name: str, as_of: str | None, unit: str) -> None:
    found = preambles.as_of_in_name(name)

    assert (str(found.on(2020)) if found else None, preambles.unit_in_name(name)) == (as_of, unit)


def test_it_refuses_a_cut_off_that_no_calendar_has(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", [[TITLE], ["截至时间：2020年2月30日"], HEADINGS, record(1)])

    with pytest.raises(FileRefusedError) as refused:
        bring_in(path)

    assert refused.value.code == "as_of_invalid"


def test_it_refuses_a_file_without_cut_off_where_one_is_needed(tmp_path: Path) -> None:
    path = write_book(tmp_path / "台账.xlsx", [HEADINGS, record(1)])

    with pytest.raises(FileRefusedError) as refused:
        bring_in(path, DatedSheet())

    assert refused.value.code == "as_of_missing"


def test_it_refuses_a_cut_off_without_any_year(tmp_path: Path) -> None:
    path = write_book(tmp_path / "台账(3.23).xlsx", [HEADINGS, record(1, resumed_on=None)])

    with pytest.raises(FileRefusedError) as refused:
        bring_in(path, DatedSheet())

    assert refused.value.code == "as_of_year_missing"


def test_it_takes_the_year_from_the_dates_of_the_table_and_says_so(tmp_path: Path) -> None:
    path = write_book(tmp_path / "台账(3.23).xlsx", [HEADINGS, record(1), record(2, resumed_on="2月12日")])

    result = bring_in(path, DatedSheet())

    assert result.as_of == date(2020, 3, 23)
    assert (result.new, result.rejected) == (2, 0)
    assert any("2020 年" in notice for notice in result.notices)


def test_it_lets_the_sender_overrule_the_file(tmp_path: Path) -> None:
    path = write_book(tmp_path / "台账(3.23).xlsx", [HEADINGS, record(1)])

    assert bring_in(path, as_of=date(2020, 3, 24)).as_of == date(2020, 3, 24)


def test_it_notes_when_name_and_table_disagree(tmp_path: Path) -> None:
    path = write_book(tmp_path / "台账(3.22).xlsx", [[TITLE], ["截至时间：2020年3月23日"], HEADINGS, record(1)])

    result = bring_in(path)

    assert result.as_of == date(2020, 3, 23)
    assert any("2020-03-22" in notice for notice in result.notices)
