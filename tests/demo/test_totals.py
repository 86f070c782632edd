"""The files add up to the two publicly reported numbers, recomputed by a reader of its own."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.demo import reading

CATEGORIES = {
    "规模以上工业",
    "有资质的建筑业",
    "限额以上批发",
    "限额以上零售",
    "限额以上住宿、餐饮",
    "房地产开发经营",
    "规模以上服务业",
}


def frame(district: Path, month: int) -> dict[str, str]:
    cells = reading.grid(district / "00-统计局" / f"历下区四上企业在库名单(2020年{month}月).xlsx")
    return {line[2]: line[3] for line in cells if isinstance(line[0], float)}


def count(district: Path, on: date, members: dict[str, str]) -> tuple[int, int]:
    enterprises, people = 0, 0
    seen = set()
    for path in sorted((district / on.isoformat()).iterdir()):
        for row in reading.rows(path):
            if row.code not in members:
                continue
            assert row.code not in seen
            seen.add(row.code)
            resumed = reading.day(row.resumed)
            if resumed and resumed <= on:
                enterprises += 1
                people += reading.whole(row.people)
            else:
                assert reading.whole(row.people) == 0
    return enterprises, people


@pytest.mark.parametrize("month", [1, 3])
def test_it_adds_up_to_the_reported_numbers_over_either_list(district: Path, month: int) -> None:
    members = frame(district, month)

    totals = count(district, date(2020, 3, 23), members)

    assert totals == (1_096, 72_556)


def test_it_gives_other_numbers_for_the_day_before_and_the_day_after(district: Path) -> None:
    members = frame(district, 3)

    before = count(district, date(2020, 3, 22), members)
    after = count(district, date(2020, 3, 24), members)

    assert before[0] < 1_096 < after[0]
    assert before[1] < 72_556 < after[1]


def test_it_agrees_with_the_manifest_on_every_date(district: Path, listed: dict[str, Any]) -> None:
    read = {}
    for day in listed["totals"]:
        on = date.fromisoformat(day)
        read[day] = count(district, on, frame(district, 1 if on < date(2020, 3, 1) else 3))

    assert read == {
        day: (item["enterprises_resumed"], item["people_at_work"]) for day, item in listed["totals"].items()
    }
    assert read["2020-02-10"][0] == 62


def test_it_breaks_down_without_remainder(listed: dict[str, Any]) -> None:
    totals = listed["totals"]["2020-03-23"]

    assert sum(totals["enterprises_resumed_by_area"].values()) == totals["enterprises_resumed"]
    assert sum(totals["enterprises_resumed_by_category"].values()) == totals["enterprises_resumed"]
    assert sum(totals["people_at_work_by_area"].values()) == totals["people_at_work"]
    assert len(totals["enterprises_resumed_by_area"]) == 13
    assert len(totals["enterprises_resumed_by_category"]) == 7


def test_it_changes_the_list_in_march(district: Path) -> None:
    january, march = frame(district, 1), frame(district, 3)

    entered, left = march.keys() - january.keys(), january.keys() - march.keys()
    changed = [code for code in january.keys() & march.keys() if january[code] != march[code]]

    assert (len(january), len(march)) == (1_183, 1_184)
    assert (len(entered), len(left), len(changed)) == (7, 6, 3)
    assert set(january.values()) == set(march.values()) == CATEGORIES


def test_it_tells_the_two_lists_apart_at_the_end_of_march(district: Path) -> None:
    by_january = count(district, date(2020, 3, 30), frame(district, 1))
    by_march = count(district, date(2020, 3, 30), frame(district, 3))

    assert by_january != by_march


def test_it_types_a_category_for_branches_that_the_list_does_not_know(district: Path) -> None:
    members = frame(district, 1).keys() | frame(district, 3).keys()
    rows = [row for path in (district / "2020-03-23").iterdir() for row in reading.rows(path)]

    branches = [row for row in rows if "分公司" in row.name]

    assert len(branches) == 25
    assert not members & {row.code for row in branches}
    assert {row.area for row in branches if row.category in CATEGORIES} == {"泉城路街道", "智远街道"}


def test_it_lets_people_only_come_back(district: Path) -> None:
    members = frame(district, 3)
    earlier = {row.code: row for path in (district / "2020-03-20").iterdir() for row in reading.rows(path)}
    later = {row.code: row for path in (district / "2020-03-23").iterdir() for row in reading.rows(path)}

    falls = [code for code in members if reading.whole(later[code].people) < reading.whole(earlier[code].people)]
    excess = [code for code in members if reading.whole(later[code].people) > reading.whole(later[code].staff)]

    assert falls == []
    assert excess == []
