"""Columns and headings: what each kind reads and writes, and how headings are matched."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as Exact
from typing import Any

import pytest

from shoushan.exchange.columns import (
    Area,
    Choice,
    Circumstances,
    Column,
    Decimal,
    Industry,
    Mobile,
    Money,
    Percent,
    ResidentId,
    Text,
    Whole,
    Years,
)
from shoushan.exchange.headings import joined, map_headings, normal
from tests.exchange.factories import Streets

ABOUT = Circumstances(on=date(2020, 3, 23), area_matcher=Streets())


@pytest.mark.parametrize(
    ("column", "raw", "value", "code"),
    [
        (Whole("n", "人数", least=1, most=10), 5, 5, ""),
        (Whole("n", "人数", least=1, most=10), 0, None, "too_small"),
        (Whole("n", "人数", least=1, most=10), 11, None, "too_large"),
        (Whole("n", "人数", least=None), -3, -3, ""),
        (Decimal("n", "金额", places=1), "1.5", Exact("1.5"), ""),
        (Percent("n", "率", most=Exact(100)), "120%", None, "too_large"),
        (Choice("n", "类", choices={"工业": "A", "工业企业": "A"}), "工业企业", "A", ""),
        (Choice("n", "类", choices={"工业": "A"}), "A", "A", ""),
        (Choice("n", "类", choices={"工业": "A"}), "农业", None, "not_a_choice"),
        (Area("n", "街道"), "姚家", "370102011", ""),
        (Area("n", "街道"), "某某街道", None, "area_unknown"),
        (Mobile("n", "手机"), "13800001234", "13800001234", ""),
        (Industry("n", "行业"), "K7010", "K7010", ""),
        (ResidentId("n", "身份证"), "123", None, "resident_id_length"),
        (Text("n", "文", max_length=3), "一二三四", None, "too_long"),
        (Money("n", "额", unit="亿元"), 1.2, 12 * 10**9, ""),
        (Money("n", "额", unit="亿元"), "12000万元", 12 * 10**9, ""),
        (Money("n", "额"), "1,610.5", 161_050 * 10**4, ""),
        (Money("n", "额"), -1, None, "too_small"),
        (Money("n", "额", unit="元"), 0.005, 1, "rounded"),
        (Money("n", "额"), "5亿美元", None, "foreign_currency"),
        (Years("n", "年限"), "2019-2021", (2019, 2021), ""),
        (Years("n", "年限"), "2019年3月至2021年12月", (2019, 2021), ""),
        (Years("n", "年限"), "2019.03—2021.12", (2019, 2021), ""),
        (Years("n", "年限"), 2020.0, (2020, 2020), ""),
        (Years("n", "年限"), "2021-2019", None, "years_backwards"),
        (Years("n", "年限"), "19-21", None, "not_years"),
    ],
)
def test_it_reads_by_kind(column: Column, raw: Any, value: Any, code: str) -> None:
    reading = column.reader(ABOUT)(raw)

    assert (reading.value, reading.code) == (value, code)


@pytest.mark.parametrize(
    ("column", "value", "cell"),
    [
        (Whole("n", "数"), 5, 5),
        (Money("n", "额", unit="亿元"), 12 * 10**9, 1.2),
        (Money("n", "额"), None, None),
        (Years("n", "年限"), (2019, 2021), "2019-2021"),
        (Decimal("n", "数"), Exact("2.50"), 2.5),
        (Decimal("n", "数"), Exact("12345678901234567.25"), "12345678901234567.25"),
        (Percent("n", "率"), Exact("85.00"), "85%"),
        (Percent("n", "率"), Exact("0.5"), "0.5%"),
        (Choice("n", "类", choices={"工业": "A", "工业企业": "A"}), "A", "工业"),
        (Area("n", "街道", names={"370102011": "姚家街道"}), "370102011", "姚家街道"),
        (Text("n", "文"), None, None),
    ],
)
def test_it_writes_by_kind(column: Column, value: Any, cell: Any) -> None:
    assert column.cell(value) == cell


@pytest.mark.parametrize(
    ("heading", "form"),
    [
        ("企业 名称", "企业名称"),
        ("返岗人数\n(人)", "返岗人数人"),
        ("其中：湖北籍", "其中湖北籍"),
        ("*企业名称", "企业名称"),
        ("ABC", "abc"),
    ],
)
def test_it_normalises_headings(heading: str, form: str) -> None:
    assert normal(heading) == form


COLUMNS = (
    Text("name", "企业名称", required=True, synonyms=("单位名称",)),
    Whole("staff_hubei", "湖北籍", group="职工"),
    Whole("back_hubei", "湖北籍", group="返岗"),
)


@pytest.mark.parametrize(
    ("headings", "places"),
    [
        (["单位名称(全称)", "职工|湖北籍", "返岗|湖北籍"], {0: 0, 1: 1, 2: 2}),
        (["返岗：湖北籍", "企业名称"], {0: 1, 2: 0}),
        (["序号", "企业名称", "其中|湖北籍"], {0: 1, 1: 2}),
        (["其他", "说明"], {}),
    ],
)
def test_it_maps_headings(headings: list[str], places: dict[int, int]) -> None:
    assert map_headings(headings, COLUMNS).columns == places


def test_it_reports_missing_and_unknown_headings() -> None:
    mapping = map_headings(["序号", "楼宇", "返岗|湖北籍"], COLUMNS)

    assert [column.name for column in mapping.missing] == ["name"]
    assert mapping.unknown == ["楼宇"]


def test_it_joins_levels_by_merged_ranges_where_the_file_has_them() -> None:
    upper, lower = ["企业", "其中", None, None], [None, "甲", "乙", "丙"]

    assert joined(upper, lower, {1: 1, 2: 1}) == ["企业", "其中|甲", "其中|乙", "丙"]
    assert joined(upper, lower) == ["企业", "其中|甲", "其中|乙", "其中|丙"]
