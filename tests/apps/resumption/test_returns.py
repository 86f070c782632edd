from datetime import date
from pathlib import Path

import pytest

from shoushan.apps.resumption.services import compose_bulletin
from shoushan.exchange.importing import ImportResult
from shoushan.figures.measures import measure
from shoushan.figures.values import evaluate, members, series
from shoushan.ledger import api as ledger
from tests.apps.resumption.factories import JANUARY, MARCH, frame, report
from tests.kept import district

pytestmark = pytest.mark.django_db

FEB_10, FEB_17, MAR_2, MAR_9 = date(2020, 2, 10), date(2020, 2, 17), date(2020, 3, 2), date(2020, 3, 9)


@pytest.fixture(autouse=True)
def _district() -> None:
    district()


def resumed(day: date) -> int:
    return evaluate(measure("resumption.enterprises_resumed"), as_of=day).numerator


def at_work(day: date) -> int:
    return evaluate(measure("resumption.people_at_work"), as_of=day).numerator


def in_frame(day: date) -> int:
    return evaluate(measure("resumption.enterprises_in_frame"), as_of=day).numerator


def counts(result: ImportResult) -> tuple[int, int, int, int]:
    return result.new, result.changed, result.unchanged, result.rejected


def entries() -> int:
    return sum(len(ledger.timeline(f"enterprise:{code}")) for code in codes())


def codes() -> list[str]:
    from shoushan.registry.models import Enterprise

    return list(Enterprise.objects.values_list("code", flat=True))


def test_it_counts_only_members_of_the_frame(tmp_path: Path) -> None:
    frame(tmp_path, JANUARY, {1: "规上工业", 2: "限上零售"})

    report(tmp_path, FEB_10, [[1, 50, "2020-02-10", 30], [2, 20, "", 0], [3, 9, "2020-02-10", 9]])

    assert (in_frame(FEB_10), resumed(FEB_10), at_work(FEB_10)) == (2, 1, 30)
    assert [each.amount for each in members(measure("resumption.people_at_work"), as_of=FEB_10)] == [30]
    assert ledger.verify() == []


def test_it_changes_nothing_when_the_same_file_comes_again(tmp_path: Path) -> None:
    frame(tmp_path, JANUARY, {1: "规上工业"})
    rows = [[1, 50, "2020-02-10", 30], [2, 20, "", 0]]
    report(tmp_path, FEB_10, rows)
    before = entries()

    again = report(tmp_path, FEB_10, rows)
    list_again = frame(tmp_path, JANUARY, {1: "规上工业"})

    assert counts(again) == (0, 0, 2, 0)
    assert counts(list_again) == (0, 0, 1, 0)
    assert entries() == before


def test_it_enters_only_the_differences_of_a_corrected_file(tmp_path: Path) -> None:
    frame(tmp_path, JANUARY, {1: "规上工业", 2: "限上零售"})
    report(tmp_path, FEB_10, [[1, 50, "2020-02-10", 30], [2, 20, "", 0]])
    report(tmp_path, FEB_17, [[1, 50, "2020-02-10", 45], [2, 20, "", 0]])

    corrected = report(tmp_path, FEB_10, [[1, 50, "2020-02-10", 12], [2, 20, "", 0]])

    assert counts(corrected) == (0, 1, 1, 0)
    assert (at_work(FEB_10), at_work(FEB_17)) == (12, 45)
    assert ledger.verify() == []


@pytest.mark.parametrize(
    ("corrected", "expected"), [("2020-02-14", [0, 0, 1]), ("2020-02-08", [1, 1, 1]), ("", [0, 0, 0])]
)
def test_it_follows_a_corrected_first_day_of_work(tmp_path: Path, corrected: str, expected: list[int]) -> None:
    frame(tmp_path, JANUARY, {1: "规上工业"})
    report(tmp_path, FEB_10, [[1, 50, "2020-02-10", 30]])

    report(tmp_path, FEB_17, [[1, 50, corrected, 30 if corrected else 0]])

    days = [FEB_10, date(2020, 2, 12), FEB_17]
    assert [resumed(day) for day in days] == expected
    assert ledger.verify() == []


def test_it_takes_an_older_file_that_comes_late_for_its_own_day_only(tmp_path: Path) -> None:
    frame(tmp_path, JANUARY, {1: "规上工业"})
    report(tmp_path, FEB_17, [[1, 50, "2020-02-10", 45]])

    report(tmp_path, FEB_10, [[1, 50, "2020-02-10", 20]])

    assert (at_work(FEB_10), at_work(FEB_17), resumed(FEB_10)) == (20, 45, 1)


def test_it_moves_enterprises_with_the_next_list_and_leaves_the_past(tmp_path: Path) -> None:
    frame(tmp_path, JANUARY, {1: "规上工业", 2: "限上零售"})
    report(tmp_path, FEB_17, [[1, 50, "2020-02-10", 40], [2, 20, "2020-02-12", 15], [3, 30, "2020-02-12", 30]])
    report(tmp_path, MAR_9, [[1, 50, "2020-02-10", 45], [2, 20, "2020-02-12", 18], [3, 30, "2020-02-12", 29]])

    frame(tmp_path, MARCH, {1: "规上服务业", 3: "建筑业"})

    assert (in_frame(FEB_17), resumed(FEB_17), at_work(FEB_17)) == (2, 2, 55)
    assert (in_frame(MAR_2), resumed(MAR_2), at_work(MAR_2)) == (2, 2, 70)
    assert at_work(MAR_9) == 45 + 29
    by_category = {
        part.key: part.value
        for part in evaluate(measure("resumption.people_at_work"), as_of=MAR_9, by="category").parts
    }
    assert {key: value for key, value in by_category.items() if value} == {"SERVICE": 45, "CONSTRUCTION": 29}
    assert "2020年3月" in evaluate(measure("resumption.resumption_rate"), as_of=MAR_9).frame
    assert ledger.verify() == []


def test_it_replaces_a_list_by_its_next_revision(tmp_path: Path) -> None:
    frame(tmp_path, JANUARY, {1: "规上工业", 2: "限上零售"})

    result = frame(tmp_path, JANUARY, {1: "限上批发"})

    assert counts(result) == (0, 1, 0, 0)
    assert in_frame(FEB_10) == 1
    assert ledger.verify() == []


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ([1, 50, "2020-02-10", 51], "at_work_exceeds_staff"),
        ([1, 99999, "2020-02-10", 5], "staff_implausible"),
        ([1, 50, "2020-02-11", 5], "resumed_after_as_of"),
        ([1, 50, "", 5], "resumed_on_missing"),
        ([1, "约50", "2020-02-10", 5], "approximate"),
        ([1, 50, "2020-02-30", 5], "day_impossible"),
        ([1, "", "2020-02-10", 5], "missing"),
    ],
)
def test_it_rejects_a_row_that_can_not_be(tmp_path: Path, row: list[object], code: str) -> None:
    result = report(tmp_path, FEB_10, [row, [2, 20, "2020-02-10", 5]])

    assert counts(result) == (1, 0, 0, 1)
    problem = result.as_dict()["problems"][0]
    assert (problem["row"], problem["code"]) == (4, code)
    assert problem["message"].endswith("。")


def test_it_takes_a_firm_at_work_with_nobody_but_says_so(tmp_path: Path) -> None:
    result = report(tmp_path, FEB_10, [[1, 50, "2020-02-10", 0]])

    assert counts(result) == (1, 0, 0, 0)
    assert [each.code for each in result.problems] == ["resumed_with_nobody"]


def test_it_counts_a_firm_once_though_two_subdistricts_report_it(tmp_path: Path) -> None:
    frame(tmp_path, JANUARY, {1: "规上工业"})
    report(tmp_path, FEB_10, [[1, 50, "2020-02-10", 30]])

    result = report(tmp_path, FEB_10, [[1, 50, "2020-02-10", 20]], area="智远街道")

    assert counts(result) == (0, 0, 0, 1)
    assert result.problems[0].code == "other_subdistrict"
    assert (resumed(FEB_10), at_work(FEB_10)) == (1, 30)


def test_it_adds_up_by_area_and_by_type_and_speaks_the_headline(tmp_path: Path) -> None:
    frame(tmp_path, JANUARY, {1: "规上工业", 2: "限上零售"})
    report(tmp_path, FEB_10, [[1, 50, "2020-02-10", 30], [2, 20, "2020-02-09", 11]])

    bulletin = compose_bulletin(as_of=FEB_10)

    assert bulletin.headline == "截至2月10日,全区“四上”企业累计复工2家,累计开工总人数41人"
    for place in (0, 1, 2, 4):
        sums = {
            sum(int(line.values[place] or 0) for line in lines) for lines in (bulletin.by_area, bulletin.by_category)
        }
        assert len(sums) == 1
    assert bulletin.figures["resumption.staff_return_rate"].as_dict()["value"] == 58.6
    assert bulletin.text().startswith(bulletin.headline)


def test_it_gives_the_value_of_every_day(tmp_path: Path) -> None:
    frame(tmp_path, JANUARY, {1: "规上工业", 2: "限上零售"})
    report(tmp_path, FEB_10, [[1, 50, "2020-02-09", 30], [2, 20, "2020-02-10", 11]])

    rate = series(measure("resumption.resumption_rate"), first=date(2020, 2, 8), last=FEB_10)
    new = series(measure("resumption.enterprises_resumed_today"), first=date(2020, 2, 8), last=FEB_10)

    assert [str(value) for _day, value in rate] == ["0.0", "50.0", "100.0"]
    assert [value for _day, value in new] == [0, 1, 1]
