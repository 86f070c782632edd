"""The manifest names every file, every row count and every wrong row as they stand in the files."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from demo import scenario
from tests.demo import reading
from tests.demo.conftest import DATES


def ledgers(listed: dict[str, Any]) -> list[dict[str, Any]]:
    return [entry for entry in listed["files"] if entry["sheet"] == "resumption.ledger"]


def wrong_cells(district: Path, entry: dict[str, Any]) -> list[tuple[str, reading.Row]]:
    by_number = {row.number: row for row in reading.rows(district / entry["path"])}
    return [(item["kind"], by_number[item["row"]]) for item in entry["wrong"]]


def test_it_lists_exactly_the_files_that_were_written(district: Path, listed: dict[str, Any]) -> None:
    written = {path.relative_to(district).as_posix() for path in district.rglob("*") if path.is_file()}

    assert {entry["path"] for entry in listed["files"]} == written - {"manifest.json"}
    assert [entry["path"] for entry in listed["files"][:2]] == sorted(entry["path"] for entry in listed["files"])[:2]
    assert len(ledgers(listed)) == 13 * len(DATES)


def test_it_counts_the_rows_of_every_ledger(district: Path, listed: dict[str, Any]) -> None:
    read = {entry["path"]: len(reading.rows(district / entry["path"])) for entry in ledgers(listed)}

    assert read == {entry["path"]: entry["rows"] for entry in ledgers(listed)}


def test_it_names_every_wrong_row_of_the_scenario(listed: dict[str, Any]) -> None:
    named = [(entry["date"], entry["area"], item["kind"]) for entry in ledgers(listed) for item in entry["wrong"]]
    planned = [(item.on.isoformat(), item.area, item.kind.value) for item in scenario.WRONG_ROWS if item.on in DATES]

    assert Counter(named) == Counter(planned)
    assert all(entry["rejected"] == len(entry["wrong"]) for entry in ledgers(listed))


def test_it_points_at_rows_which_are_wrong_as_named(district: Path, listed: dict[str, Any]) -> None:
    found = {kind: row for entry in ledgers(listed) for kind, row in wrong_cells(district, entry)}

    with pytest.raises(ValueError, match="day is out of range"):
        reading.day(found["impossible_day"].resumed)
    assert found["vague_number"].people == "约30"
    assert "O" in found["uscc_letter_o"].code
    assert re.fullmatch(r"9\.\d{5}E\+17", found["uscc_scientific"].code)
    assert reading.whole(found["more_at_work_than_staff"].people) > reading.whole(
        found["more_at_work_than_staff"].staff
    )


def test_it_repeats_a_row_and_borrows_one_from_another_subdistrict(district: Path, listed: dict[str, Any]) -> None:
    pairs = []
    for entry in ledgers(listed):
        codes = Counter(row.code for row in reading.rows(district / entry["path"]))
        for kind, row in wrong_cells(district, entry):
            pairs.append((kind, codes[row.code], row.area == entry["area_name"]))

    assert [pair[1] for pair in pairs if pair[0] == "duplicate_row"] == [2, 2]
    assert [pair[2] for pair in pairs if pair[0] == "other_subdistrict"] == [False, False]


def test_it_lets_the_control_totals_include_the_wrong_rows_as_a_street_would(
    district: Path, listed: dict[str, Any]
) -> None:
    entry = next(item for item in ledgers(listed) if item["path"] == "2020-03-23/附件2：泉城路街道复工台账(3.23).xlsx")
    rows = reading.rows(district / entry["path"])
    wrong = {item["row"] for item in entry["wrong"]}

    stated = reading.control_totals(district / entry["path"])["staff"]

    assert stated == sum(reading.whole(row.staff) for row in rows)
    assert stated > sum(reading.whole(row.staff) for row in rows if row.number not in wrong)
