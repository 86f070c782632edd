from datetime import date
from pathlib import Path

import pytest

from shoushan.apps.resumption.models import EnterpriseStanding
from shoushan.exchange.importing import ImportResult
from shoushan.exchange.services import bring_in
from shoushan.figures.measures import measure
from shoushan.figures.values import evaluate, members
from shoushan.ledger import api as ledger
from shoushan.registry.models import Frame
from tests.apps.resumption.factories import AT, JANUARY, MARCH, frame, report, uscc, workbook
from tests.kept import district

pytestmark = pytest.mark.django_db

FEBRUARY = "2020年2月"
FEB_10, FEB_17, MAR_9 = date(2020, 2, 10), date(2020, 2, 17), date(2020, 3, 9)
RETURNS = [[1, 50, "2020-02-10", 40], [2, 20, "2020-02-12", 15], [3, 30, "2020-02-12", 30]]


@pytest.fixture(autouse=True)
def _district() -> None:
    district()


def firms(day: date) -> list[str]:
    return sorted(each.name[2] for each in members(measure("resumption.enterprises_in_frame"), as_of=day))


def people(day: date) -> dict[str, object]:
    parts = evaluate(measure("resumption.people_at_work"), as_of=day, by="category").parts
    return {part.key: part.value for part in parts if part.value}


def counts(result: ImportResult) -> tuple[int, int, int, int]:
    return result.new, result.changed, result.unchanged, result.rejected


def listed(folder: Path, rows: list[list[object]]) -> ImportResult:
    titles = ["企业名称", "统一社会信用代码", "四上类别", "所属街道", "职工总数"]
    return bring_in(workbook(folder / "名单.xlsx", "统计月份:2020年1月", titles, rows), at=AT)


def test_it_locks_the_list_and_says_so_in_the_ledger(tmp_path: Path) -> None:
    result = frame(tmp_path, JANUARY, {1: "规上工业", 2: "限上零售"})

    assert counts(result) == (2, 0, 0, 0)
    locked = Frame.objects.get()
    assert (locked.month, locked.revision, locked.is_locked) == (date(2020, 1, 1), 1, True)
    entry = ledger.last_entry("resumption.frame_locked", as_of=FEB_10)
    assert entry is not None
    assert entry.details == {"frame": locked.name, "members": 2, "revision": 1, "source": "名单(2020年1月).xlsx"}


def test_it_gives_the_same_past_when_the_list_comes_after_the_returns(tmp_path: Path) -> None:
    report(tmp_path, FEB_17, RETURNS)
    assert (firms(FEB_17), people(FEB_17)) == ([], {})

    frame(tmp_path, JANUARY, {1: "规上工业", 2: "限上零售"})

    assert (firms(FEB_10), firms(FEB_17)) == (["1", "2"], ["1", "2"])
    assert people(FEB_17) == {"INDUSTRY": 40, "RETAIL": 15}
    assert evaluate(measure("resumption.enterprises_resumed"), as_of=FEB_10).value == 1
    assert ledger.verify() == []


def test_it_takes_a_list_of_a_month_in_between_that_comes_last(tmp_path: Path) -> None:
    frame(tmp_path, JANUARY, {1: "规上工业", 2: "限上零售"})
    report(tmp_path, FEB_17, RETURNS)
    report(tmp_path, MAR_9, RETURNS)
    frame(tmp_path, MARCH, {1: "规上工业", 3: "规上服务业"})

    frame(tmp_path, FEBRUARY, {1: "限上批发", 2: "限上零售", 3: "规上服务业"})

    assert firms(date(2020, 1, 31)) == ["1", "2"]
    assert people(FEB_17) == {"WHOLESALE": 40, "RETAIL": 15, "SERVICE": 30}
    assert people(MAR_9) == {"INDUSTRY": 40, "SERVICE": 30}
    assert ledger.verify() == []


def test_it_takes_a_revision_back_to_what_was_there_before(tmp_path: Path) -> None:
    frame(tmp_path, JANUARY, {1: "规上工业", 2: "限上零售"})
    report(tmp_path, FEB_17, RETURNS)
    frame(tmp_path, JANUARY, {2: "限上零售", 3: "规上工业"})
    frame(tmp_path, JANUARY, {1: "规上工业", 2: "限上零售"})

    assert Frame.objects.count() == 3
    assert firms(FEB_17) == ["1", "2"]
    assert people(FEB_17) == {"INDUSTRY": 40, "RETAIL": 15}
    categories = EnterpriseStanding.objects.order_by("enterprise__name").values_list("category", flat=True)
    assert list(categories) == ["INDUSTRY", "RETAIL", "NONE"]
    assert ledger.verify() == []


def test_it_shows_the_newest_type_in_lists(tmp_path: Path) -> None:
    frame(tmp_path, MARCH, {1: "规上服务业"})
    frame(tmp_path, JANUARY, {1: "规上工业"})

    assert EnterpriseStanding.objects.get().category == "SERVICE"


def test_it_refuses_branches_and_lines_without_code_or_area(tmp_path: Path) -> None:
    result = listed(
        tmp_path,
        [
            ["示例1号有限公司", uscc(1), "规上工业", "姚家街道", 9],
            ["示例1号有限公司历下分公司", uscc(2), "规上工业", "姚家街道", 9],
            ["示例3号有限公司", "", "规上工业", "姚家街道", 9],
            ["示例4号有限公司", uscc(4), "规上工业", "", 9],
            ["示例5号有限公司", uscc(5), "规上农业", "姚家街道", 9],
            ["示例6号有限公司", uscc(6)[:-1] + "I", "规上工业", "姚家街道", 9],
            ["示例7号有限公司", uscc(7), "规上工业", "不存在街道", 9],
        ],
    )

    assert counts(result) == (1, 0, 0, 6)
    assert firms(FEB_10) == ["1"]
    codes = {problem["row"]: problem["code"] for problem in result.as_dict()["problems"]}
    assert codes[5] == "branch_in_frame"
    assert set(codes) == {5, 6, 7, 8, 9, 10}


def test_it_refuses_a_firm_that_another_subdistrict_has(tmp_path: Path) -> None:
    frame(tmp_path, JANUARY, {1: "规上工业"}, area="智远街道")

    result = listed(tmp_path, [["示例1号有限公司", uscc(1), "规上工业", "姚家街道", 9]])

    assert [problem["code"] for problem in result.as_dict()["problems"]] == ["other_subdistrict"]
    assert firms(FEB_10) == ["1"]


def test_it_leaves_the_list_alone_when_a_file_has_no_line_that_stands(tmp_path: Path) -> None:
    frame(tmp_path, JANUARY, {1: "规上工业"})

    result = listed(tmp_path, [["示例2号有限公司", "", "规上工业", "姚家街道", 9]])

    assert counts(result) == (0, 0, 0, 1)
    assert Frame.objects.count() == 1
    assert firms(FEB_10) == ["1"]
