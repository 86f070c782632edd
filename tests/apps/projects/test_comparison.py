"""A year's list on two days: who came and went, names, plans, stages and milestones, complete and with its query."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.urls import reverse

from shoushan.apps.projects.enums.projects import ChangeKind
from shoushan.apps.projects.lifecycle import PROJECTS
from shoushan.apps.projects.measures import MEASURES
from shoushan.apps.projects.models import Project
from shoushan.apps.projects.selectors.comparison import Comparison, compare
from shoushan.apps.projects.selectors.past import records_on
from shoushan.apps.projects.services import adjust_plan, set_milestone
from shoushan.apps.projects.services.summaries import BY_CODE, CITY, COUNT, PARTS
from shoushan.directory.models import User
from shoushan.figures.values import evaluate
from shoushan.lifecycle.errors import GuardError
from shoushan.lifecycle.services import advance
from tests.apps.projects.factories import DISTRICT, MARCH_2, YAOJIA, YI, Who, a_project, moment, row, send, setting
from tests.directory.factories import signed_in

pytestmark = pytest.mark.django_db
MARCH_10, MARCH_31, APRIL_10 = date(2020, 3, 10), date(2020, 3, 31), date(2020, 4, 10)
PLAN = {
    "total_fen": 15 * YI,
    "done_before_fen": 2 * YI,
    "year_fen": 3 * YI,
    "start_year": 2019,
    "end_year": 2022,
    "premises_sqm": 0,
}


@pytest.fixture
def who() -> Who:
    return setting()


@pytest.fixture
def project(tmp_path: Path, who: Who) -> Project:
    a_project(tmp_path, 项目名称="不变的道路", 建设单位="市政公司", 建设地点="智远街道")
    return a_project(tmp_path)


def between(first: date = MARCH_2, last: date = APRIL_10, *, areas: tuple[str, ...] = (DISTRICT,)) -> Comparison:
    return compare(year=2020, first=first, last=last, areas=areas)


def said(found: Comparison) -> list[tuple[str, str, str, object, object]]:
    return [(one.name, each.kind, each.what, each.before, each.after) for one in found.changed for each in one.changes]


def step(project: Project, name: str, on: date, actor: User, **values: object) -> None:
    advance(
        PROJECTS, project.pk, name, actor=actor, at=moment(on), on=on, values={"on": on, **values}, reason="按会议纪要"
    )


def test_two_days_without_anything_between_them_are_the_same(project: Project) -> None:
    found = between()

    assert (found.listed_first, found.listed_last, found.changed) == (2, 2, [])


def test_a_project_is_new_when_the_list_was_longer_on_the_later_day(project: Project, tmp_path: Path) -> None:
    head = "填报单位:历下区  截至时间:2020年3月10日"
    result = send(tmp_path, row(项目名称="后来的项目", 建设单位="后来公司", 级别="市级"), head=head)
    assert result.rejected == 0, [problem.message for problem in result.problems]

    found = between()

    assert said(found) == [("后来的项目", ChangeKind.ADDED, "", None, "CITY")]
    assert found.changed[0].changes[0].on == MARCH_10
    assert (found.listed_first, found.listed_last) == (2, 3)
    assert between(MARCH_10).changed == []


def test_a_withdrawn_project_is_still_there_by_the_name_that_it_had(project: Project, who: Who) -> None:
    step(project, "rename", MARCH_10, who.office, new_name="新名称商务中心")
    step(project, "withdraw", MARCH_31, who.office)

    found = between()

    assert said(found) == [
        ("新名称商务中心", ChangeKind.REMOVED, "", "DISTRICT", None),
        ("新名称商务中心", ChangeKind.RENAMED, "", "测试商务中心(示例)", "新名称商务中心"),
        ("新名称商务中心", ChangeKind.STAGE, "", "BUILDING", "WITHDRAWN"),
    ]
    assert found.changed[0].changes[2].reason == "按会议纪要"
    assert (found.listed_first, found.listed_last) == (2, 1)
    assert said(between(last=MARCH_10)) == [
        ("新名称商务中心", ChangeKind.RENAMED, "", "测试商务中心(示例)", "新名称商务中心")
    ]


def test_a_level_that_was_lost_and_came_back_is_known_on_every_day(project: Project, tmp_path: Path) -> None:
    for day, level in ((3, "市级"), (10, "区级"), (31, "市级")):
        head = f"填报单位:历下区  截至时间:2020年3月{day}日"
        result = send(tmp_path, row(级别=level), head=head)
        assert result.rejected == 0, [problem.message for problem in result.problems]

    def city(day: date) -> int:
        return evaluate(BY_CODE[CITY], as_of=day).numerator

    march_3 = date(2020, 3, 3)
    assert [city(day) for day in (MARCH_2, march_3, MARCH_10, MARCH_31)] == [0, 1, 0, 1]
    assert said(between(march_3, MARCH_10)) == [(project.name, ChangeKind.LEVEL, "", "CITY", "DISTRICT")]
    assert said(between(MARCH_10)) == [(project.name, ChangeKind.LEVEL, "", "DISTRICT", "CITY")]
    assert between(march_3).changed == []


def test_names_are_those_of_the_later_day(project: Project, who: Who) -> None:
    step(project, "rename", MARCH_10, who.office, new_name="第二个名称")
    step(project, "rename", APRIL_10, who.office, new_name="第三个名称")

    assert said(between(last=MARCH_31)) == [("第二个名称", ChangeKind.RENAMED, "", "测试商务中心(示例)", "第二个名称")]
    assert said(between()) == [("第三个名称", ChangeKind.RENAMED, "", "测试商务中心(示例)", "第三个名称")]


def test_a_plan_shows_each_number_that_was_adjusted_with_its_reason(project: Project, who: Who) -> None:
    adjust_plan(
        project=project,
        year=2020,
        on=MARCH_10,
        values=PLAN,
        reason="区政府第5次常务会议",
        actor=who.office,
        at=moment(APRIL_10),
    )

    found = between()

    assert said(found) == [
        (project.name, ChangeKind.REPLANNED, "end_year", 2021, 2022),
        (project.name, ChangeKind.REPLANNED, "total_fen", 1250 * YI // 100, 15 * YI),
    ]
    assert {each.reason for each in found.changed[0].changes} == {"区政府第5次常务会议"}
    assert found.count(ChangeKind.REPLANNED) == 1


def test_a_plan_that_was_put_back_is_no_change(project: Project, who: Who) -> None:
    for on, values in ((MARCH_10, PLAN), (MARCH_31, PLAN | {"total_fen": 1250 * YI // 100, "end_year": 2021})):
        adjust_plan(
            project=project, year=2020, on=on, values=values, reason="会议纪要", actor=who.office, at=moment(APRIL_10)
        )

    assert between().changed == []
    assert len(said(between(last=MARCH_10))) == 2


def test_whose_a_project_is_and_who_leads_it_is_known_on_every_day(project: Project, tmp_path: Path) -> None:
    head = "填报单位:历下区  截至时间:2020年3月10日"
    changed = row(建设单位="后来的公司", 建设地点="姚家街道新路", **{"牵头(责任)单位": "区商务局"})
    assert send(tmp_path, changed, head=head).rejected == 0
    name = "测试商务中心(示例)"
    by_list = "按《重点项目清单.xlsx》更新"

    found = between()
    assert said(found) == [
        (name, ChangeKind.PROFILE, "lead", "区住建局", "区商务局"),
        (name, ChangeKind.PROFILE, "owner_name", "测试建设有限公司(示例)", "后来的公司"),
        (name, ChangeKind.PROFILE, "site", "姚家街道经十路北侧", "姚家街道新路"),
    ]
    assert {(each.on, each.reason) for one in found.changed for each in one.changes} == {(MARCH_10, by_list)}
    before, after = records_on(2020, MARCH_2, areas=[DISTRICT])[1], records_on(2020, MARCH_10, areas=[DISTRICT])[1]
    assert (before["lead"], before["owner"]) == ("区住建局", "测试建设有限公司(示例)")
    assert (after["lead"], after["owner"]) == ("区商务局", "后来的公司")


def test_a_project_that_was_taken_off_goes_on_without_the_list(project: Project, who: Who) -> None:
    step(project, "delist", MARCH_10, who.office)

    assert ("测试商务中心(示例)", ChangeKind.REMOVED, "", "DISTRICT", None) in said(between())
    assert [evaluate(BY_CODE[COUNT], as_of=day).value for day in (MARCH_2, MARCH_10)] == [2, 1]
    project.refresh_from_db()
    assert project.state == "BUILDING"
    with pytest.raises(GuardError) as error:
        step(project, "delist", MARCH_31, who.office)
    assert "项目在 2020 年没有在列的清单，请核对移出日期。" in str(error.value)


def test_a_part_counts_from_its_list_to_the_day_on_which_it_is_taken_out(
    project: Project, who: Who, tmp_path: Path
) -> None:
    parts = [row(项目名称=name, 所属打包项目=project.name, **{"总投资(亿元)": 1}) for name in ("一号楼", "二号楼")]
    assert send(tmp_path, *parts, head="填报单位:历下区  截至时间:2020年3月10日").rejected == 0
    first = project.parts.get(name="一号楼")
    step(project, "remove_part", MARCH_31, who.office, part=str(first.pk))

    counted = {day: evaluate(BY_CODE[PARTS], as_of=day).value for day in (MARCH_2, MARCH_10, MARCH_31)}
    assert counted == {MARCH_2: 2, MARCH_10: 3, MARCH_31: 2}
    names = [[each["name"] for each in records_on(2020, day, areas=[DISTRICT])][2:] for day in (MARCH_10, MARCH_31)]
    assert names == [["一号楼", "二号楼"], ["二号楼"]]
    second = project.parts.get(name="二号楼")
    with pytest.raises(GuardError) as error:
        step(project, "remove_part", MARCH_2, who.office, part=str(second.pk))
    assert "子项自 2020-03-10 列入，移出日期应在这一天以后，请核对。" in str(error.value)


def test_an_adjustment_moves_the_project_to_another_kind_from_its_day_on(project: Project, who: Who) -> None:
    step(project, "adjust", MARCH_10, who.office, kind="LIVELIHOOD", service_officer="王科长（示例）")

    stage = next(each for each in MEASURES if each.code == "projects.stage_building")
    count = BY_CODE[COUNT]
    for kind, first, last in (("PREMISES", 2, 1), ("LIVELIHOOD", 0, 1)):
        assert evaluate(stage, as_of=MARCH_2, category=kind).value == first
        assert evaluate(stage, as_of=MARCH_10, category=kind).value == last
        assert evaluate(count, as_of=MARCH_2, category=kind).value == first
        assert evaluate(count, as_of=MARCH_10, category=kind).value == last
    assert ("测试商务中心(示例)", ChangeKind.PROFILE, "kind", "PREMISES", "LIVELIHOOD") in said(between())
    with pytest.raises(GuardError) as error:
        step(project, "adjust", MARCH_31, who.office, kind="LIVELIHOOD")
    assert "没有任何变动，请填写要调整的内容。" in str(error.value)
    with pytest.raises(GuardError) as error:
        step(project, "adjust", date(2020, 3, 5), who.office, kind="PREMISES")
    assert "早于" in str(error.value)


def test_the_list_of_an_earlier_day_is_whole(project: Project, who: Who, tmp_path: Path) -> None:
    step(project, "rename", MARCH_10, who.office, new_name="新名称")
    adjust_plan(
        project=project, year=2020, values=PLAN, reason="会议纪要", on=MARCH_31, actor=who.office, at=moment(MARCH_31)
    )
    step(project, "withdraw", APRIL_10, who.office)

    def listed(on: date) -> list[tuple[object, ...]]:
        return [(each["name"], each["total_fen"], each["stage"]) for each in records_on(2020, on, areas=[DISTRICT])]

    other = ("不变的道路", 12_5 * YI // 10, "BUILDING")
    assert listed(MARCH_2) == [other, ("测试商务中心(示例)", 12_5 * YI // 10, "BUILDING")]
    assert listed(MARCH_31) == [other, ("新名称", 15 * YI, "BUILDING")]
    assert listed(APRIL_10) == [other]
    assert listed(date(2020, 3, 1)) == []
    answer = signed_in(who.office).get(reverse("projects:past-export"), {"year": "2020", "on": "2020-03-02"})
    names = [line[1] for line in openpyxl.load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True)]
    assert "测试商务中心(示例)" in names


def test_a_stage_and_a_milestone_that_moved(project: Project, who: Who) -> None:
    words = {"planned_on": date(2020, 9, 1), "forecast_on": None, "actual_on": None}
    set_milestone(project=project, key="ACCEPTANCE", values=words, reason="", actor=who.lead, at=moment(MARCH_2))
    words["forecast_on"] = date(2020, 10, 15)
    set_milestone(project=project, key="ACCEPTANCE", values=words, reason="疫情", actor=who.lead, at=moment(MARCH_31))
    step(project, "halt", MARCH_10, who.office)

    found = between()

    assert said(found) == [
        (project.name, ChangeKind.STAGE, "", "BUILDING", "HALTED"),
        (project.name, ChangeKind.LATER, "ACCEPTANCE", date(2020, 9, 1), date(2020, 10, 15)),
    ]
    assert [one.name for one in found.of_kind("LATER")] == [project.name]
    assert between(MARCH_31).changed == []


def test_readers_see_the_changes_of_their_area_alone(project: Project, who: Who) -> None:
    step(project, "halt", MARCH_10, who.office)

    assert len(between(areas=(YAOJIA,)).changed) == 1
    assert between(areas=("370102013",)).changed == []
    assert between(areas=()).listed_last == 0


@pytest.fixture
def _april(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment(APRIL_10))


DAYS = {"first": "2020-03-02", "last": "2020-04-10"}


@pytest.mark.usefixtures("_april")
def test_the_page_adds_up_and_names_what_changed(project: Project, who: Who) -> None:
    adjust_plan(
        project=project, year=2020, on=MARCH_10, values=PLAN, reason="会议纪要", actor=who.office, at=moment(APRIL_10)
    )

    text = signed_in(who.leader).get(reverse("projects:project-compare"), DAYS).content.decode()

    assert "12.50" in text
    assert "15.00" in text
    assert "会议纪要" in text
    assert "?as_of=2020-03-02" in text
    assert "?as_of=2020-04-10" in text
    assert (
        "两日之间没有变化"
        in signed_in(who.leader).get(reverse("projects:project-compare"), DAYS | {"kind": "REMOVED"}).content.decode()
    )


@pytest.mark.usefixtures("_april")
def test_days_in_the_wrong_order_get_a_sentence(project: Project, who: Who) -> None:
    asked = {"first": "2020-04-10", "last": "2020-03-02"}

    text = signed_in(who.leader).get(reverse("projects:project-compare"), asked).content.decode()

    assert "基准日 2020-04-10 晚于对照日 2020-03-02，请把两个日期对调。" in text


@pytest.mark.usefixtures("_april")
def test_the_file_names_its_query_and_cut_off(project: Project, who: Who) -> None:
    step(project, "rename", MARCH_10, who.office, new_name="=新名称")
    step(project, "withdraw", MARCH_31, who.office)

    answer = signed_in(who.office).get(reverse("projects:compare-export"), DAYS)

    page = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert page is not None
    rows = list(page.iter_rows(values_only=True))
    assert rows[1][0] == (
        "查询:2020年重点项目清单,2020年3月2日与2020年4月10日(均为当日24时)对照,全部变化;2个-移出1个+新增0个=1个;"
        "数据截至:2020-04-10 10:00:00"
    )
    assert rows[3][:8] == (project.code, "'=新名称", "姚家街道", "区住建局", "移出", "", "区级", "")
    assert [each[4] for each in rows[3:]] == ["移出", "更名", "阶段变化"]


@pytest.mark.usefixtures("_april")
def test_the_queries_do_not_grow_with_the_changes(
    project: Project, who: Who, tmp_path: Path, django_assert_max_num_queries: object
) -> None:
    for number in range(8):
        made = a_project(tmp_path, 项目名称=f"项目{number}", 建设单位=f"公司{number}")
        step(made, "halt", MARCH_10, who.office)
        step(made, "rename", MARCH_10, who.office, new_name=f"新项目{number}")

    with django_assert_max_num_queries(12):  # type: ignore[operator]
        found = between()

    assert len(found.changed) == 8


@pytest.mark.usefixtures("_april")
@pytest.mark.parametrize("name", ["project-compare", "project-list"])
def test_a_query_that_cannot_be_read_gives_the_page_that_says_so_and_no_empty_file(who: Who, name: str) -> None:
    export = {"project-compare": "compare-export", "project-list": "project-export"}[name]

    answer = signed_in(who.office).get(reverse(f"projects:{export}"), {"area": "不存在"}, follow=True)

    assert answer.request["PATH_INFO"] == reverse(f"projects:{name}")
    assert 'id="error-summary"' in answer.content.decode()
