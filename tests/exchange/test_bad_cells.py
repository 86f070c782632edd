"""The catalogue of bad cells (handbook Appendix 2, B9, C7) with the result of each row."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from shoushan.exchange import importing
from shoushan.exchange.importing import Options
from tests.exchange.factories import AT, LedgerSheet, Streets, civil, ledger, record, uscc, write_book

FEB_11 = date(2020, 2, 11)


def outcome(tmp_path: Path, column: str, raw: Any) -> tuple[Any, list[str]]:
    """The value that is kept and the codes that are found, when this raw cell stands in a column of a workbook."""
    path = write_book(tmp_path / "a.xlsx", ledger([record(1, **{column: raw})]))
    sheet = LedgerSheet()
    result = importing.run(path, options=Options(at=AT, area_matcher=Streets(), year=2020), sheet=sheet, commit=True)
    assert result.rows == 1
    assert all(problem.message.endswith("。") for problem in result.problems)
    kept = next(iter(sheet.kept.values()), None)
    return (kept[sheet.position(column)] if kept else None), [problem.code for problem in result.problems]


@pytest.mark.parametrize(
    ("column", "raw", "value"),
    [
        ("resumed_on", "2020/2/11", FEB_11),
        ("resumed_on", "2020.2.11", FEB_11),
        ("resumed_on", "2月11日", FEB_11),
        ("resumed_on", "20200211", FEB_11),
        ("resumed_on", 43872, FEB_11),
        ("resumed_on", civil(2020, 2, 11), FEB_11),
        ("resumed_on", "二〇二〇年二月十一日", FEB_11),
        ("resumed_on", "2020年2月11日17时", FEB_11),
        ("staff", "1,096", 1096),
        ("staff", "1096人", 1096),
        ("staff", "1 096", 1096),
        ("staff", "1096", 1096),
        ("staff", "0.0", 0),
        ("staff", 35.0, 35),
        ("staff", "—", None),
        ("staff", "/", None),
        ("staff", "无", None),
        ("capacity", "85%", Decimal(85)),
        ("capacity", 0.85, Decimal(85)),
        ("capacity", "85", Decimal(85)),
        ("capacity", 85, Decimal(85)),
        ("revenue", "12.50", Decimal("12.50")),
        ("area", "姚家", "370102011"),
        ("kind", "批发", "WHOLESALE"),
        ("kind", " 工业 ", "INDUSTRY"),
        ("name", "历下示例\n有限 公司 ", "历下示例 有限 公司"),
        ("name", "𬭎㛃商贸有限公司", "𬭎㛃商贸有限公司"),
        ("uscc", f" {uscc(1).lower()}", uscc(1)),
        ("uscc", f"'{uscc(1)}", uscc(1)),
        ("note", "'=HYPERLINK(1)", "=HYPERLINK(1)"),
    ],
)
def test_it_reads_what_can_be_read(tmp_path: Path, column: str, raw: Any, value: Any) -> None:
    assert outcome(tmp_path, column, raw) == (value, [])


@pytest.mark.parametrize(
    ("column", "raw", "code"),
    [
        ("resumed_on", "2020-02-30", "day_impossible"),
        ("resumed_on", "二〇二〇年二月", "day_missing"),
        ("resumed_on", "11/02/2020", "day_ambiguous"),
        ("resumed_on", "待定", "not_a_day"),
        ("resumed_on", "#REF!", "error_cell"),
        ("staff", "约1100", "approximate"),
        ("staff", "(5)", "too_small"),
        ("staff", -5, "too_small"),
        ("staff", 3.5, "not_whole"),
        ("staff", "#DIV/0!", "error_cell"),
        ("staff", "同上", "ditto"),
        ("staff", "二十来个", "not_a_number"),
        ("uscc", "9.1370102E+17", "scientific_notation"),
        ("uscc", 913701020000000000, "scientific_notation"),
        ("uscc", uscc(1)[:17], "uscc_length"),
        ("uscc", uscc(1)[:-1] + ("A" if uscc(1)[-1] != "A" else "B"), "uscc_check"),
        ("uscc", "O" + uscc(1)[1:], "uscc_characters"),
        ("uscc", None, "missing"),
        ("name", "同上", "ditto"),
        ("name", "   ", "missing"),
        ("kind", "农业", "not_a_choice"),
        ("area", "济阳县", "area_unknown"),
    ],
)
def test_it_refuses_what_cannot(tmp_path: Path, column: str, raw: Any, code: str) -> None:
    assert outcome(tmp_path, column, raw) == (None, [code])


@pytest.mark.parametrize(
    ("column", "raw", "value", "code"),
    [
        ("capacity", "0.85", Decimal(85), "percent_assumed"),
        ("capacity", 1, Decimal(100), "percent_assumed"),
        ("revenue", 12.345, Decimal("12.35"), "rounded"),
    ],
)
def test_it_warns_of_what_it_had_to_assume(tmp_path: Path, column: str, raw: Any, value: Any, code: str) -> None:
    assert outcome(tmp_path, column, raw) == (value, [code])


def test_it_reads_a_column_of_mixed_dates(tmp_path: Path) -> None:
    raws = [civil(2020, 2, 11), "2020.2.11", 43872, "2月11日", "20200211", civil(2020, 2, 11, 8, 30)]
    path = write_book(tmp_path / "a.xlsx", ledger([record(n, resumed_on=raw) for n, raw in enumerate(raws, start=1)]))
    sheet = LedgerSheet()

    importing.run(path, options=Options(at=AT, area_matcher=Streets()), sheet=sheet, commit=True)

    assert [values[5] for values in sheet.kept.values()] == [FEB_11] * 6


def test_it_reads_serials_of_the_1904_system(tmp_path: Path) -> None:
    rows = ledger([record(1, resumed_on=43872 - 1462)])
    path = write_book(tmp_path / "a.xlsx", rows, date_1904=True)
    sheet = LedgerSheet()

    importing.run(path, options=Options(at=AT, area_matcher=Streets()), sheet=sheet, commit=True)

    assert [values[5] for values in sheet.kept.values()] == [FEB_11]
