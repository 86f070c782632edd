"""The importer's account: every row is new, changed, unchanged or rejected, and what is written is what was judged."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from shoushan.exchange import declarations, importing
from shoushan.exchange.columns import Text, Whole
from shoushan.exchange.declarations import Batch, Row, RowPlan, Sheet
from shoushan.exchange.importing import Options
from shoushan.exchange.limits import Limits
from tests.exchange.factories import (
    AT,
    HEADINGS,
    LedgerSheet,
    Streets,
    bring_in,
    codes,
    ledger,
    record,
    uscc,
    write_book,
)


def test_it_accounts_for_every_row(tmp_path: Path) -> None:
    records = [record(1), record(2, staff=-1), record(3), record(1), record(4, uscc="91370102MA0O")]
    path = write_book(tmp_path / "a.xlsx", ledger(records))

    result = bring_in(path)

    assert (result.rows, result.new, result.changed, result.unchanged, result.rejected) == (5, 2, 0, 0, 3)
    assert [problem.row for problem in result.problems] == [5, 7, 8]


def test_it_writes_nothing_in_a_dry_run(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", ledger([record(1)]))
    sheet = LedgerSheet()

    result = bring_in(path, sheet)

    assert (result.new, sheet.kept, sheet.is_finished, result.is_committed) == (1, {}, False, False)


def test_it_finds_the_same_file_unchanged_and_a_corrected_one_changed(tmp_path: Path) -> None:
    sheet = LedgerSheet()
    first = write_book(tmp_path / "a.xlsx", ledger([record(n) for n in range(1, 6)]))
    second = write_book(tmp_path / "b.xlsx", ledger([record(n, back=11 if n == 3 else 10) for n in range(1, 7)]))

    results = [bring_in(path, sheet, commit=True) for path in (first, first, second)]

    assert [(each.new, each.changed, each.unchanged) for each in results] == [(5, 0, 0), (0, 0, 5), (1, 1, 4)]
    assert sheet.is_finished


def test_it_applies_only_what_was_accepted(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", ledger([record(1), record(2, back="很多")]))
    sheet = LedgerSheet()

    bring_in(path, sheet, commit=True)

    assert list(sheet.kept) == [uscc(1)]


@pytest.mark.parametrize("chunk", [1, 2, 3, 100])
def test_it_gives_the_same_account_in_chunks_of_any_size(tmp_path: Path, chunk: int) -> None:
    records = [record(n, area="同上" if n % 2 == 0 else "文东街道") for n in range(1, 8)]
    below = [["合计", None, None, None, None, 141, None, 70]]
    path = write_book(tmp_path / "a.xlsx", ledger([*records, record(3)], *below))
    sheet = LedgerSheet()
    seen: list[tuple[int, int]] = []

    result = importing.run(
        path,
        options=Options(at=AT, area_matcher=Streets()),
        sheet=sheet,
        commit=True,
        chunk=chunk,
        progress=lambda done, total: seen.append((done, total)),
    )

    assert (result.rows, result.new, result.rejected) == (8, 7, 1)
    assert [values[3] for values in sheet.kept.values()] == ["370102007"] * 7
    assert [(each.column, str(each.stated), str(each.accepted)) for each in result.control_differences] == [
        ("职工总数", "141", "140")
    ]
    assert seen[-1] == (8, 8)
    assert all(done <= total for done, total in seen)


def test_it_opens_one_transaction_around_a_commit_only(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", ledger([record(1)]))
    opened: list[str] = []

    @contextmanager
    def transaction() -> Iterator[None]:
        opened.append("begin")
        yield
        opened.append("end")

    for commit in (False, True):
        importing.run(
            path,
            options=Options(at=AT, area_matcher=Streets()),
            sheet=LedgerSheet(),
            commit=commit,
            transaction=transaction,
        )

    assert opened == ["begin", "end"]


def test_it_states_how_many_problems_it_left_out(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", ledger([record(n, back="很多") for n in range(1, 31)]))

    result = importing.run(
        path, options=Options(at=AT, area_matcher=Streets()), sheet=LedgerSheet(), limits=Limits(problems=10)
    )

    assert (len(result.problems), result.problems_left_out, result.rejected) == (10, 20, 30)
    assert len(result.rejections) == 30


def test_it_answers_json_with_the_agreed_keys(tmp_path: Path) -> None:
    path = write_book(tmp_path / "附件2:姚家街道复工台账(3.23).xlsx", ledger([record(1), record(2, back="约30")]))

    answer = json.loads(json.dumps(bring_in(path).as_dict(), ensure_ascii=False))

    agreed = ("file", "sheet", "rows", "new", "changed", "unchanged", "rejected")
    assert [answer[key] for key in agreed] == [path.name, "test.ledger", 2, 1, 0, 0, 1]
    assert [list(problem) for problem in answer["problems"]] == [["row", "column", "value", "code", "message"]]
    assert answer["problems"][0]["row"] == 5
    assert answer["problems"][0]["value"] == "约30"
    assert answer["problems"][0]["message"].endswith("。")
    assert answer["as_of"] == "2020-03-23"


def test_it_compares_subtotals_with_the_rows_since_the_last_one(tmp_path: Path) -> None:
    def total(word: str, staff: int) -> list[object]:
        return [word, None, None, None, None, staff]

    rows = [record(1), record(2), total("姚家街道小计", 40), record(3), total("文东街道小计", 25), total("合计", 60)]
    path = write_book(tmp_path / "a.xlsx", ledger(rows))

    result = bring_in(path)

    assert result.rows == 3
    assert [(each.row, each.column, str(each.stated), str(each.accepted)) for each in result.control_differences] == [
        (8, "职工总数", "25", "20")
    ]
    assert "相差 5" in result.control_differences[0].sentence


def test_it_says_what_of_a_difference_was_rejected(tmp_path: Path) -> None:
    rows = [record(1), record(2, resumed_on="2020-02-30"), ["合计", None, None, None, None, "40人", None, 20]]
    path = write_book(tmp_path / "a.xlsx", ledger(rows))

    result = bring_in(path)

    assert [(str(each.stated), str(each.accepted), str(each.rejected)) for each in result.control_differences] == [
        ("40", "20", "20"),
        ("20", "10", "10"),
    ]


def test_it_never_shows_personal_data_in_a_problem(tmp_path: Path) -> None:
    class Roster(LedgerSheet):
        code = "test.roster"
        columns = (Text("name", "姓名", required=True), Whole("phone", "电话", is_personal=True))
        key = ()

    path = write_book(tmp_path / "a.xlsx", [["姓名", "电话"], ["王", "1380000abcd"]])

    problem = bring_in(path, Roster()).problems[0]

    assert problem.value == "138******cd"
    assert "0000abcd" not in problem.message


def test_it_reports_a_sheet_that_forgets_a_row(tmp_path: Path) -> None:
    class Forgetful(LedgerSheet):
        code = "test.forgetful"

        def plan(self, rows: list[Row], batch: Batch) -> list[RowPlan]:
            return super().plan(rows, batch)[1:]

    path = write_book(tmp_path / "a.xlsx", ledger([record(1), record(2)]))

    with pytest.raises(AssertionError, match="2 rows to judge, 1 plans"):
        bring_in(path, Forgetful())


class FrameSheet(LedgerSheet):
    """A narrower sheet whose headings are part of the ledger's."""

    code = "test.frame"
    columns = (Text("name", "企业名称", required=True), Text("frame_code", "在库编号", required=True))
    key = ()


@pytest.mark.parametrize(
    ("headings", "code"),
    [
        (HEADINGS, "test.ledger"),
        (["序号", "企业名称", "在库编号"], "test.frame"),
        (["序号", "单位名称", "税号", "到岗人数"], "test.ledger"),
        (["序号", "企业名称"], None),
        (["会议", "时间"], None),
    ],
)
def test_it_detects_the_sheet_by_its_headings(headings: list[str], code: str | None) -> None:
    sheets: list[Sheet] = [LedgerSheet(), FrameSheet()]

    found = declarations.detect(headings, sheets)

    assert (found.code if found else None) == code


def test_it_previews_without_judging(tmp_path: Path) -> None:
    rows = ledger([record(1), record(2, back="约30")], ["合计", None, None, None, None, 40])
    path = write_book(tmp_path / "a.xlsx", rows)

    preview = importing.sniff(path, sheet=LedgerSheet())

    assert (preview.kind, preview.sheet, str(preview.as_of), preview.unit) == (
        "xlsx",
        "test.ledger",
        "2020-03-23",
        "姚家街道",
    )
    shown = [(column.letters, column.heading, column.name) for column in preview.tabs[0].columns[:3]]
    assert shown == [("A", "序号", ""), ("B", "企业名称", "name"), ("C", "统一社会信用代码", "uscc")]
    assert preview.tabs[0].columns[1].samples[0] == "历下示例1号有限公司"
    assert json.loads(json.dumps(preview.as_dict()))["as_of"] == "2020-03-23"


def test_it_refuses_two_columns_of_one_name() -> None:
    with pytest.raises(ValueError, match="two columns of one name"):
        type("Doubled", (Sheet,), {"columns": (Text("a", "甲"), Text("a", "乙"))})


def test_it_lists_the_sheets_of_installed_apps() -> None:
    sheets = declarations.all_sheets()

    assert [sheet.code for sheet in sheets] == sorted(sheet.code for sheet in sheets)
    assert all(declarations.sheet(sheet.code) is sheet for sheet in sheets)
    with pytest.raises(declarations.UnknownSheetError):
        declarations.sheet("no.such_sheet")


def test_it_names_the_row_and_column_of_each_finding(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", ledger([record(1, back="约30", name=None, note="长" * 51)]))

    assert codes(bring_in(path)) == [
        (4, "企业名称", "missing"),
        (4, "返岗人数", "approximate"),
        (4, "备注", "too_long"),
    ]
