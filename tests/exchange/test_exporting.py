"""Tables going out in the official layout, and coming in again as they were."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shoushan.exchange import exporting, templates_book
from shoushan.lib import texts
from shoushan.lib.safe_cells import FORMULA_STARTS, neutral, restored
from tests.exchange.factories import HEADINGS, LedgerSheet, bring_in, uscc

NAMES = {"370102011": "姚家街道", "370102007": "文东街道"}
AS_OF = date(2020, 3, 23)


def values(number: int, **changes: Any) -> list[Any]:
    """The stored values of one record."""
    found: dict[str, Any] = {
        "name": f"历下示例{number}号有限公司",
        "uscc": uscc(number),
        "kind": "INDUSTRY",
        "area": "370102011",
        "staff": 20,
        "resumed_on": date(2020, 2, 11),
        "back": 10,
        "hubei": 0,
        "elsewhere": 2,
        "capacity": Decimal(85),
        "revenue": Decimal("12.50"),
        "note": None,
    }
    return list({**found, **changes}.values())


def test_it_writes_the_official_layout(tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"

    count = exporting.write_xlsx(
        out, LedgerSheet(), [values(1), values(2)], unit="姚家街道", as_of=AS_OF, as_of_hour=17, area_names=NAMES
    )

    page = openpyxl.load_workbook(out).worksheets[0]
    rows = [list(row) for row in page.iter_rows(values_only=True)]
    assert count == 2
    assert rows[0][0] == "企业复工复产台账"
    assert rows[1][0] == "填报单位:姚家街道    填报人:        联系电话:        截至时间:2020年3月23日17时"
    assert rows[2][:2] == ["序号", "企业名称"]
    assert rows[2][8] == "其中"
    assert rows[3][8:10] == ["湖北籍", "外省"]
    assert rows[4][:6] == [1, "历下示例1号有限公司", uscc(1), "工业", "姚家街道", 20]
    assert (rows[6][0], rows[6][5], rows[6][7]) == ("合计", 40, 20)
    assert rows[7][0].startswith("审核人:")
    merged = {str(each) for each in page.merged_cells.ranges}
    assert {"A1:M1", "A2:M2", "A3:A4", "B3:B4", "I3:J3"} <= merged
    assert (page["C5"].number_format, page["G5"].number_format, page["L5"].number_format) == ("@", "yyyy-mm-dd", "0.00")


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_it_brings_back_what_it_wrote(tmp_path: Path, kind: str) -> None:
    sheet = LedgerSheet()
    stored = [values(1), values(2, kind=None, resumed_on=None, note="换行\n不留", capacity=None), values(3, staff=None)]
    out = tmp_path / f"out.{kind}"
    if kind == "xlsx":
        exporting.write_xlsx(out, sheet, stored, unit="姚家街道", as_of=AS_OF, area_names=NAMES)
    else:
        exporting.write_csv(out, sheet, stored, area_names=NAMES)

    result = bring_in(out, sheet, commit=True)

    stored[1][11] = "换行 不留"
    assert list(sheet.kept.values()) == stored
    assert (result.rows, result.problems, result.control_differences, result.unknown_columns) == (3, [], [], [])


cells = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")), min_size=1, max_size=30)
spoken = cells.filter(lambda text: texts.read_text(text).value is not None)
records = st.fixed_dictionaries(
    {
        "name": st.one_of(spoken, st.tuples(st.sampled_from("=+-@'"), spoken).map("".join)),
        "kind": st.sampled_from([None, "INDUSTRY", "WHOLESALE"]),
        "area": st.sampled_from(list(NAMES)),
        "staff": st.none() | st.integers(0, 10**9),
        "resumed_on": st.none() | st.integers(0, 40_000).map(lambda n: date(1949, 10, 1) + timedelta(days=n)),
        "capacity": st.none() | st.decimals(0, 500, places=2),
        "revenue": st.none() | st.decimals(-(10**9), 10**9, places=2),
        "note": st.none() | spoken,
    }
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(records, min_size=1, max_size=5), kind=st.sampled_from(["xlsx", "csv"]))
def test_it_brings_any_values_back(tmp_path: Path, changes: list[dict[str, Any]], kind: str) -> None:
    sheet = LedgerSheet()
    stored = []
    for number, change in enumerate(changes, start=1):
        for name in ("name", "note"):
            change[name] = texts.read_text(change[name]).value if change[name] else None
        stored.append(values(number, **{**change, "name": change["name"] or "甲"}))
    stored = [row for row in stored if all(texts.read_text(row[at]).is_ok for at in (0, 11) if row[at])]
    out = tmp_path / f"out.{kind}"
    if kind == "xlsx":
        exporting.write_xlsx(out, sheet, stored, as_of=AS_OF, area_names=NAMES)
    else:
        exporting.write_csv(out, sheet, stored, area_names=NAMES)

    result = bring_in(out, sheet, commit=True)

    assert [problem for problem in result.problems if problem.is_error] == []
    assert list(sheet.kept.values()) == stored


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1", "@a", "\tx", "\rx", "\uff1d1", "\uff0b1", "'=1", "''a"])
def test_it_neutralises_formulas_everywhere(tmp_path: Path, text: str) -> None:
    sheet = LedgerSheet()
    exporting.write_xlsx(tmp_path / "a.xlsx", sheet, [values(1, note=text)], title=text, unit=text)
    out = io.BytesIO()
    exporting.write_csv(out, sheet, [values(1, note=text)])

    page = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    shown = [cell.value for row in page.iter_rows() for cell in row if isinstance(cell.value, str)]
    csv_cells = [cell for row in csv.reader(io.StringIO(out.getvalue().decode("utf-8-sig"))) for cell in row]
    assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)
    assert not any(cell[0] in FORMULA_STARTS for cell in shown)
    assert not any(cell and cell[0] in FORMULA_STARTS and not cell[1:].isdigit() for cell in csv_cells)


@given(st.text())
def test_it_restores_what_it_neutralised(text: str) -> None:
    assert restored(neutral(text)) == text
    assert not neutral(text)[:1] or neutral(text)[0] not in FORMULA_STARTS


def test_it_keeps_long_digits_of_a_csv_from_excel() -> None:
    out = io.BytesIO()

    exporting.write_csv(out, LedgerSheet(), [values(1, uscc="913701020000000015")])

    assert out.getvalue().startswith(b"\xef\xbb\xbf")
    assert "\t913701020000000015" in out.getvalue().decode("utf-8-sig")


def test_it_takes_records_by_name(tmp_path: Path) -> None:
    exporting.write_xlsx(
        tmp_path / "a.xlsx", LedgerSheet(), [{"name": "甲", "staff": 5}], totals=False, signature=False
    )

    page = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert [page.cell(5, column).value for column in (1, 2, 3, 6)] == [1, "甲", None, 5]
    assert page.max_row == 5


def test_it_writes_a_template_with_lists_and_hints(tmp_path: Path) -> None:
    out = tmp_path / "template.xlsx"

    templates_book.write_template(out, LedgerSheet(), unit="姚家街道", as_of=AS_OF, areas=["姚家街道", "文东街道"])

    book = openpyxl.load_workbook(out)
    rules = {str(rule.sqref): rule for rule in book.worksheets[0].data_validations.dataValidation}
    assert book.sheetnames == ["企业复工复产台账", "选项", "填表说明"]
    assert book["选项"].sheet_state == "hidden"
    assert [cell.value for cell in book["选项"]["A"]][:2] == ["工业", "批发业"]
    assert (rules["D5:D2004"].type, rules["F5:F2004"].type, rules["G5:G2004"].type) == ("list", "whole", "date")
    assert "必填" in str(rules["B5:B2004"].prompt)


def test_it_reads_a_filled_template(tmp_path: Path) -> None:
    out = tmp_path / "template.xlsx"
    templates_book.write_template(out, LedgerSheet(), unit="姚家街道", as_of=AS_OF, areas=["姚家街道"])
    book = openpyxl.load_workbook(out)
    page = book.worksheets[0]
    for column, value in enumerate([1, "甲", uscc(1), "工业", "姚家街道", 20, date(2020, 2, 11), 10], start=1):
        page.cell(5, column, value)
    book.save(out)

    result = bring_in(out)

    assert (result.rows, result.new, result.problems, result.notices) == (1, 1, [], [])
    assert (result.as_of, result.unit) == (AS_OF, "姚家街道")


def test_it_offers_exactly_the_columns_that_it_reads() -> None:
    assert [column.title for column in LedgerSheet.columns] == HEADINGS[1:]
