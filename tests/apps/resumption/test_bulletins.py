from datetime import date
from pathlib import Path

import pytest

from shoushan.apps.resumption.selectors import total_differences
from shoushan.apps.resumption.services import BulletinError, beside_the_day_before, compose_bulletin, release_bulletin
from shoushan.directory.access import NotAllowedError
from shoushan.directory.enums import Role
from shoushan.directory.services import create_user, grant_role
from shoushan.exchange.services import bring_in
from shoushan.figures.models import Release
from tests.apps.resumption.factories import AT, JANUARY, frame, report, uscc, workbook
from tests.kept import district

pytestmark = pytest.mark.django_db

FEB_10, FEB_17 = date(2020, 2, 10), date(2020, 2, 17)
ENTERPRISES, TODAY, PEOPLE = 1, 2, 4
"""Columns of the tables."""


@pytest.fixture
def two_streets(tmp_path: Path) -> None:
    district()
    frame(tmp_path, "2020年1月", {1: "规上工业", 2: "限上零售"})
    report(tmp_path, FEB_10, [[1, 50, "2020-02-10", 30], [2, 20, "", 0]])
    report(tmp_path, FEB_17, [[1, 50, "2020-02-10", 45], [2, 20, "2020-02-17", 11], [9, 7, "2020-02-17", 7]])
    report(tmp_path, FEB_17, [[5, 30, "2020-02-11", 30]], area="智远街道")


def test_it_speaks_the_sentence_of_the_press(two_streets: None) -> None:
    assert compose_bulletin(as_of=FEB_10).headline == "截至2月10日,全区“四上”企业累计复工1家,累计开工总人数30人"
    assert compose_bulletin(as_of=FEB_17).headline == "截至2月17日,全区“四上”企业累计复工2家,累计开工总人数56人"


def test_it_names_list_and_base_of_every_rate(two_streets: None) -> None:
    first, second = compose_bulletin(as_of=FEB_17).sentences

    assert first.startswith("在库“四上”企业2家（四上企业在库名单")
    assert JANUARY in first
    assert first.endswith("复工率100.0%，当日新增1家；")
    assert second == "返岗率80.0%（基数：已复工“四上”企业的职工总数）。"


def test_it_has_no_rates_before_anything_is_known() -> None:
    bulletin = compose_bulletin(as_of=FEB_17)

    assert bulletin.sentences == [
        "在库“四上”企业0家（尚未导入名单），复工率—，当日新增0家；",
        "返岗率—（基数：已复工“四上”企业的职工总数）。",
    ]
    assert (bulletin.by_area, bulletin.by_category) == ([], [])


def test_it_adds_up_in_both_tables(two_streets: None, tmp_path: Path) -> None:
    frame(tmp_path, "2020年2月", {1: "规上工业", 2: "限上零售", 9: "建筑业"})
    bulletin = compose_bulletin(as_of=FEB_17)

    for column in (0, ENTERPRISES, TODAY, PEOPLE):
        whole = list(bulletin.figures.values())[column].value
        assert sum(int(line.values[column] or 0) for line in bulletin.by_area) == whole
        assert sum(int(line.values[column] or 0) for line in bulletin.by_category) == whole
    assert [line.key for line in bulletin.by_category] == ["INDUSTRY", "CONSTRUCTION", "RETAIL"]


def test_it_shows_a_subdistrict_only_its_own(two_streets: None) -> None:
    own = compose_bulletin(as_of=FEB_17, areas=("370102013",))

    assert own.figures["resumption.enterprises_resumed"].value == 0


def test_it_prints_both_tables_with_their_sums(two_streets: None) -> None:
    lines = compose_bulletin(as_of=FEB_17).text().splitlines()

    assert lines[0] == "截至2月17日,全区“四上”企业累计复工2家,累计开工总人数56人"
    heads = [line for line in lines if line.startswith(("街道\t", "四上类别\t"))]
    assert len(heads) == 2
    assert all(head.split("\t")[1:3] == ["在库“四上”企业数", "累计复工“四上”企业数"] for head in heads)
    assert [line for line in lines if line.startswith("合计\t")] == ["合计\t2\t2\t1\t100.0\t56\t80.0"] * 2
    assert "规模以上工业\t1\t1\t0\t100.0\t45\t90.0" in lines


def test_it_may_fall_and_says_so(two_streets: None, tmp_path: Path) -> None:
    report(tmp_path, date(2020, 2, 18), [[1, 50, "", 0]])

    bulletin = compose_bulletin(as_of=FEB_10)

    assert bulletin.figures["resumption.enterprises_resumed"].value == 0
    assert bulletin.headline.endswith("累计复工0家,累计开工总人数0人")


def test_it_is_released_by_the_office_alone(two_streets: None) -> None:
    office, clerk = (
        create_user(username=name, password="long-enough-2020", display_name=name, at=AT)
        for name in ("office", "clerk")
    )
    grant_role(user=office, role=Role.HQ_OFFICE, area_code="370102", valid_from=date(2020, 1, 1))
    grant_role(user=clerk, role=Role.STREET_ADMIN, area_code="370102011", valid_from=date(2020, 1, 1))

    with pytest.raises(NotAllowedError):
        release_bulletin(as_of=FEB_17, at=AT, actor=clerk)
    release = release_bulletin(as_of=FEB_17, at=AT, actor=office)

    assert list(Release.objects.all()) == [release]
    assert release.published_by == office
    assert release.title == "企业复工复产日报（截至2020年2月17日）"


def test_it_releases_nothing_of_an_empty_ledger() -> None:
    with pytest.raises(BulletinError, match="还没有在库企业"):
        release_bulletin(as_of=FEB_17, at=AT, actor=None)

    assert not Release.objects.exists()


def test_it_numbers_the_releases_of_a_day(two_streets: None) -> None:
    numbers = [release_bulletin(as_of=FEB_17, at=AT, actor=None).number for _ in range(3)]

    assert numbers == [f"REL-370102-20200331-{number:04d}" for number in (1, 2, 3)]


def test_it_asks_for_a_reason_when_the_cumulative_number_falls(two_streets: None, tmp_path: Path) -> None:
    frame(tmp_path, "2020年3月", {1: "规上工业"})
    fallen = {day: compose_bulletin(as_of=date(2020, 3, day)).has_fallen for day in (1, 2)}
    assert fallen == {1: True, 2: False}


def test_it_stands_beside_the_day_before(two_streets: None) -> None:
    lines = {
        each.figure.measure.code.split(".")[1]: each for each in beside_the_day_before(compose_bulletin(as_of=FEB_17))
    }

    assert (lines["enterprises_resumed"].before, lines["enterprises_resumed"].change) == (1, 1)
    assert (lines["people_at_work"].before, lines["people_at_work"].change) == (30, 26)
    first = {
        each.figure.measure.code.split(".")[1]: each for each in beside_the_day_before(compose_bulletin(as_of=FEB_10))
    }
    assert first["staff_return_rate"].change is None


def test_it_names_the_files_whose_totals_are_not_those_of_their_rows(two_streets: None, tmp_path: Path) -> None:
    head = "填报单位:姚家街道  截至时间:2020年2月17日17时"
    titles = ["企业名称", "统一社会信用代码", "所属街道", "职工总数", "实际复工时间", "返岗人数"]
    row = ["示例1号有限公司", uscc(1), "姚家街道", 50, "2020-02-10", 45]
    bring_in(workbook(tmp_path / "错.xlsx", head, titles, [row, ["合计", "", "", 50, "", 46]]), at=AT)

    (found,) = total_differences(day=FEB_17)
    assert found["unit"] == "姚家街道"
    assert "46" in found["sentence"]
    bring_in(workbook(tmp_path / "对.xlsx", head, titles, [row, ["合计", "", "", 50, "", 45]]), at=AT)
    assert total_differences(day=FEB_17) == []
