"""The way of a project: evidence decides, ceremonies and framework agreements do not; every past day can be asked."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction

from shoushan.apps.projects import measures
from shoushan.apps.projects.lifecycle import PROJECTS
from shoushan.apps.projects.models import FormerProjectName, Project, ProjectPlan
from shoushan.apps.projects.selectors.campaigns import not_yet
from shoushan.apps.projects.selectors.codes import region_warning
from shoushan.apps.projects.selectors.lists import known_projects
from shoushan.apps.projects.selectors.names import project_like, projects_by_code
from shoushan.apps.projects.selectors.stages import corrected_days, stages_on, way_of
from shoushan.apps.projects.services import report_month
from shoushan.directory.access import NotAllowedError
from shoushan.directory.models import User
from shoushan.figures.values import evaluate, members
from shoushan.ledger import api as ledger
from shoushan.lifecycle.errors import GuardError, MissingError, WrongStateError
from shoushan.lifecycle.models import Evidence, Step
from shoushan.lifecycle.services import advance
from tests.apps.projects.factories import Who, a_project, moment, row, send, setting
from tests.directory.factories import signed_in

pytestmark = pytest.mark.django_db
TODAY = date(2020, 4, 10)


@pytest.fixture
def who() -> Who:
    return setting()


def files(*names: str) -> dict[str, Any]:
    return {name: [SimpleUploadedFile(f"{name}.pdf", b"%PDF-1.4 " + name.encode())] for name in names}


def step(project: Project, name: str, actor: User, on: str = "2020-03-10", reason: str = "", **values: Any) -> Project:
    given = files(*(need.name for need in PROJECTS.transition(name).needs if need.kind == "FILE"))  # type: ignore[union-attr]
    words = {"on": on, **values}
    done: Project = advance(
        PROJECTS, project.pk, name, actor=actor, at=moment(TODAY), values=words, files=given, reason=reason
    )
    return done


SIGNED = {"contract_type": "FORMAL", "contract_no": "历招字1号"}
STARTED = {"first_work": "PERMANENT", "start_basis": "PERMIT", "start_document": "370102202003100101"}


def value(code: str, day: date) -> Any:
    return evaluate(next(each for each in measures.MEASURES if each.code == code), as_of=day).value


def test_it_goes_the_whole_way_by_evidence(tmp_path: Path, who: Who) -> None:
    project = a_project(tmp_path, 当前阶段="储备", 建设起止年限="2020-2020", **{"本年竣工载体面积(万平方米)": 3})
    step(project, "sign", who.office, "2020-03-05", **SIGNED)
    step(project, "land", who.office, "2020-03-10", site_basis="LEASE")
    step(project, "prepare", who.office, "2020-03-11")
    started = step(project, "start", who.office, "2020-03-20", **STARTED)
    assert (started.started_on, started.start_document) == (date(2020, 3, 20), "370102202003100101")
    assert value("projects.start_rate", date(2020, 3, 19)) == 0
    assert value("projects.start_rate", date(2020, 3, 20)) == 100
    step(project, "build", who.office, "2020-03-25")
    done = step(
        project, "complete", who.office, "2020-04-01", acceptance_document="备2020-1", premises_done_sqm="31000"
    )
    assert done.premises_done_sqm == 31_000
    assert value("projects.planned_premises", TODAY) == Decimal("3.00")
    assert value("projects.completed_premises", date(2020, 4, 1)) == Decimal("3.10")
    step(project, "use", who.office, "2020-04-05")

    stages = {day: value("projects.stage_signed", date(2020, 3, day)) for day in (4, 5, 9, 10)}
    assert stages == {4: 0, 5: 1, 9: 1, 10: 0}
    assert value("projects.stage_in_use", TODAY) == 1
    assert Evidence.objects.filter(subject=project.subject).count() == 6


@pytest.mark.parametrize("kind", ["FRAMEWORK", "INTENT"])
def test_only_a_formal_contract_is_a_signature(tmp_path: Path, who: Who, kind: str) -> None:
    project = a_project(tmp_path, 当前阶段="储备")

    with pytest.raises(GuardError, match="不算签约"):
        step(project, "sign", who.office, contract_type=kind, contract_no="1")
    assert Project.objects.get().state == "RESERVE"


@pytest.mark.parametrize("work", ["CLEARING", "TEMPORARY", "CEREMONY"])
def test_a_ceremony_is_not_a_start(tmp_path: Path, who: Who, work: str) -> None:
    project = a_project(tmp_path, 当前阶段="前期")

    with pytest.raises(GuardError, match="不算开工"):
        step(project, "start", who.office, **STARTED | {"first_work": work})


def test_evidence_is_asked_for(tmp_path: Path, who: Who) -> None:
    project = a_project(tmp_path, 当前阶段="前期")

    with pytest.raises(MissingError) as error:
        advance(PROJECTS, project.pk, "start", actor=who.office, at=moment(TODAY), values={})
    assert set(error.value.fields) == {"on", "first_work", "start_basis", "photos"}


def test_the_day_given_is_the_day_that_counts_and_lies_in_order(tmp_path: Path, who: Who) -> None:
    project = a_project(tmp_path, 当前阶段="前期")

    with pytest.raises(MissingError):
        step(project, "start", who.office, "2020-04-11", **STARTED)
    step(project, "start", who.office, "2020-03-10", **STARTED)
    with pytest.raises(MissingError) as error:
        step(project, "build", who.office, "2020-03-01")
    assert "早于上一步" in error.value.fields["on"]


def test_what_happened_before_the_list_came_is_confirmed_with_its_own_day(tmp_path: Path, who: Who) -> None:
    project = a_project(tmp_path, 当前阶段="前期", 建设起止年限="2020-2021")

    with pytest.raises(MissingError) as error:
        step(project, "start", who.office, "2019-12-31", **STARTED)
    assert "早于 2020-01-01" in error.value.fields["on"]
    started = step(project, "start", who.office, "2020-02-20", **STARTED)

    assert (started.started_on, started.state_on) == (date(2020, 2, 20), date(2020, 3, 2))
    kept = Step.objects.get(subject=project.subject, transition="start")
    assert kept.occurred_on == date(2020, 2, 20)
    assert value("projects.stage_started", date(2020, 3, 1)) == 0
    assert value("projects.stage_started", date(2020, 3, 2)) == 1
    assert value("projects.start_rate", date(2020, 3, 2)) == 100
    assert ledger.verify() == []
    with pytest.raises(MissingError) as error:
        step(project, "build", who.office, "2020-02-25")
    assert "早于上一步的日期 2020-03-02" in error.value.fields["on"]


def test_a_start_entered_on_a_wrong_day_is_corrected_and_counts_from_the_true_one(tmp_path: Path, who: Who) -> None:
    project = a_project(tmp_path, 当前阶段="前期", 建设起止年限="2020-2021")
    step(project, "start", who.office, "2020-03-20", **STARTED)
    step(project, "build", who.office, "2020-03-30")

    with pytest.raises(MissingError) as error:
        step(project, "correct_start", who.office, started_on="2020-03-25")
    assert set(error.value.fields) == {"reason"}
    for day, said in (("2020-03-31", "晚于 2020-03-30"), ("2019-12-31", "早于 2020-01-01")):
        with pytest.raises(MissingError) as error:
            step(project, "correct_start", who.office, started_on=day, reason="录入有误")
        assert said in error.value.fields["started_on"]
    with pytest.raises(NotAllowedError):
        step(project, "correct_start", who.lead, started_on="2020-03-25", reason="录入有误")

    for day in ("2020-03-25", "2020-03-10", "2020-03-12", "2020-02-10"):
        done = step(project, "correct_start", who.office, started_on=day, reason="录入有误")
        assert (done.started_on, done.state) == (date.fromisoformat(day), "BUILDING")
        counted = max(date.fromisoformat(day), date(2020, 3, 2))
        for on, expected in ((counted - timedelta(days=1), 0), (counted, 1)):
            assert value("projects.stage_started", on) == expected
            assert value("projects.start_rate", on) == (None if on < date(2020, 3, 2) else expected * 100)
        assert value("projects.stage_building", date(2020, 3, 30)) == 1
        assert ledger.verify() == []
    assert Step.objects.get(subject=project.subject, transition="start").occurred_on == date(2020, 3, 20)
    assert corrected_days([project.subject]) == {project.subject: {"STARTED": date(2020, 2, 10)}}


def test_a_start_corrected_at_once_leaves_room_for_the_next_step(tmp_path: Path, who: Who) -> None:
    project = a_project(tmp_path, 当前阶段="前期")
    step(project, "start", who.office, "2020-04-02", **STARTED)

    assert step(project, "correct_start", who.office, started_on="2020-03-12", reason="笔误").state_on == date(
        2020, 3, 12
    )
    assert step(project, "build", who.office, "2020-03-20").state == "BUILDING"


def test_a_list_that_brought_a_project_under_way_is_completed_by_the_day_of_its_start(tmp_path: Path, who: Who) -> None:
    project = a_project(tmp_path, 当前阶段="在建", 建设起止年限="2020-2021")
    assert value("projects.start_rate", TODAY) == 100  # begun by the day of the list, whatever the day was

    done = step(project, "correct_start", who.office, started_on="2020-02-12", reason="清单未列开工日期")

    assert done.started_on == date(2020, 2, 12)
    assert value("projects.start_rate", TODAY) == 100
    assert value("projects.stage_building", TODAY) == 1


def test_a_corrected_start_moves_no_day_of_a_halt_and_a_start_before_the_list_stands(tmp_path: Path, who: Who) -> None:
    project = a_project(tmp_path, 当前阶段="前期", 建设起止年限="2020-2021")
    step(project, "start", who.office, "2020-03-20", **STARTED)
    step(project, "halt", who.office, "2020-04-01", reason="资金未到位")
    step(project, "resume", who.office, "2020-04-05")
    step(project, "correct_start", who.office, started_on="2020-03-22", reason="录入有误")
    days = [date(2020, 3, 21), date(2020, 3, 22), date(2020, 4, 3), date(2020, 4, 5)]
    assert [stages_on([project.subject], day)[project.subject] for day in days] == [
        "PREPARATION",
        "STARTED",
        "HALTED",
        "STARTED",
    ]

    early = a_project(tmp_path, 项目名称="早开工的项目", 建设单位="早公司", 当前阶段="前期", 建设起止年限="2020-2021")
    step(early, "start", who.office, "2020-02-20", **STARTED)
    counts = {each["key"]: each["count"] for each in not_yet(areas=["370102"], on=date(2020, 3, 10))}
    assert (counts["LANDED"], counts["STATISTICS"]) == (1, 1)


def test_a_text_that_no_column_holds_gets_a_sentence(tmp_path: Path, who: Who) -> None:
    project = a_project(tmp_path, 当前阶段="储备")
    for name, field, most, more in (
        ("sign", "contract_no", 60, {"contract_type": "FORMAL"}),
        ("rename", "new_name", 120, {}),
        ("adjust", "service_officer", 60, {}),
    ):
        with pytest.raises(MissingError) as error:
            step(project, name, who.office, reason="更正", **{field: "长" * (most + 1)}, **more)
        assert f"最多 {most} 字，现在有 {most + 1} 字" in error.value.fields[field]


def test_a_completion_is_corrected_after_the_start_and_within_today(tmp_path: Path, who: Who) -> None:
    project = a_project(tmp_path, 当前阶段="前期", 建设起止年限="2020-2020")
    step(project, "start", who.office, "2020-03-05", **STARTED)
    with pytest.raises(WrongStateError):
        step(project, "correct_completion", who.office, completed_on="2020-03-20", reason="笔误")
    step(project, "complete", who.office, "2020-03-20", acceptance_document="备1")

    for day, said in (("2020-03-04", "早于 2020-03-05"), ("2020-04-11", "晚于 2020-04-10")):
        with pytest.raises(MissingError) as error:
            step(project, "correct_completion", who.office, completed_on=day, reason="笔误")
        assert said in error.value.fields["completed_on"]
    done = step(project, "correct_completion", who.office, completed_on="2020-04-02", reason="笔误")

    assert done.completed_on == date(2020, 4, 2)
    assert [value("projects.stage_completed", day) for day in (date(2020, 4, 1), date(2020, 4, 2))] == [0, 1]
    assert [value("projects.completed_projects", day) for day in (date(2020, 4, 1), date(2020, 4, 2))] == [0, 1]
    assert ledger.verify() == []
    other = a_project(tmp_path, 项目名称="别的项目", 建设单位="别的公司", 当前阶段="前期")
    step(other, "halt", who.office, "2020-03-10", reason="资金未到位")
    with pytest.raises(GuardError, match="还没有开工"):
        step(other, "correct_start", who.office, started_on="2020-03-09", reason="笔误")


def test_the_page_says_how_long_each_stage_took_and_when_each_step_happened(
    tmp_path: Path, who: Who, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = a_project(tmp_path, 当前阶段="前期", 建设起止年限="2020-2021")
    step(project, "start", who.office, "2020-03-20", **STARTED)
    step(project, "build", who.office, "2020-03-30")
    step(project, "halt", who.office, "2020-04-01", reason="资金未到位")
    step(project, "resume", who.office, "2020-04-05")
    done = step(project, "correct_start", who.office, started_on="2020-03-22", reason="录入有误")

    begun, spans = way_of(done, on=TODAY)

    assert [(each.stage.value, each.since.isoformat(), each.days) for each in spans] == [
        ("PREPARATION", "2020-03-02", 20),
        ("STARTED", "2020-03-22", 8),
        ("BUILDING", "2020-03-30", 2),
        ("HALTED", "2020-04-01", 4),
        ("BUILDING", "2020-04-05", 5),
    ]
    assert begun["STARTED"] == date(2020, 3, 22)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment(TODAY))
    page = signed_in(who.lead).get(f"/projects/{project.code}/").content.decode()
    assert "各阶段用时" in page
    assert '<time class="timeline-when">2020-03-20</time>' in page
    assert "2020-04-10 10:00 录入" in page
    assert "正确的开工日期：2020-03-22" in page


def test_a_stage_that_no_list_named_began_with_the_first_list(tmp_path: Path, who: Who) -> None:
    project = a_project(tmp_path, 当前阶段="策划")
    assert [tuple(each[1:]) for each in way_of(project, on=TODAY)[1]] == [(date(2020, 3, 2), None, 39)]

    done = step(project, "reserve", who.office, "2020-03-12")
    done = step(done, "withdraw", who.office, "2020-03-20", reason="投资方终止")

    assert [(each.stage.value, each.days) for each in way_of(done, on=TODAY)[1]] == [
        ("PLANNING", 10),
        ("RESERVE", 8),
        ("WITHDRAWN", 0),
    ]


def test_investors_sign_first_and_government_works_need_not(tmp_path: Path, who: Who) -> None:
    firm = a_project(tmp_path, 当前阶段="储备")
    road = a_project(tmp_path, 项目名称="道路工程", 建设单位="市政公司", 项目类别="基础设施", 当前阶段="储备")

    with pytest.raises(GuardError, match="先签约"):
        step(firm, "prepare", who.office)
    assert step(road, "prepare", who.office).state == "PREPARATION"


def test_only_the_office_of_the_rule_confirms_and_only_the_lead_reports(tmp_path: Path, who: Who) -> None:
    project = a_project(tmp_path, 当前阶段="前期")

    for actor in (who.lead, who.other, who.statistics, who.leader, who.street):
        with pytest.raises(NotAllowedError):
            step(project, "start", actor, **STARTED)
    for actor in (who.other, who.leader):
        with pytest.raises(NotAllowedError):
            step(project, "report_progress", actor, proposal="已领证")
    for actor in (who.lead, who.street):
        step(project, "report_progress", actor, proposal="3月9日领施工许可证，10日破土。")


def test_statistics_confirms_the_entry(tmp_path: Path, who: Who) -> None:
    project = a_project(tmp_path)

    with pytest.raises(NotAllowedError):
        step(project, "enter_statistics", who.office, statistics_on="2020-03-20")
    assert step(project, "enter_statistics", who.statistics, statistics_on="2020-03-20").statistics_on == date(
        2020, 3, 20
    )


def test_it_is_halted_with_a_reason_and_resumes_where_it_was(tmp_path: Path, who: Who) -> None:
    project = a_project(tmp_path, 当前阶段="前期")

    with pytest.raises(MissingError):
        step(project, "halt", who.office)
    step(project, "halt", who.office, "2020-03-10", reason="资金未到位")
    assert value("projects.stage_halted", date(2020, 3, 10)) == 1
    with pytest.raises(WrongStateError):
        step(project, "start", who.office, **STARTED)

    assert step(project, "resume", who.office, "2020-03-20").state == "PREPARATION"


def test_a_halt_is_not_dated_before_months_with_investment(tmp_path: Path, who: Who) -> None:
    project = a_project(tmp_path)
    for month, fen in ((1, 100), (2, 200), (3, 0)):
        values = {"month_fen": fen * 10**6, "year_fen": min(month, 2) * 10**8 + (month > 1) * 10**8}
        report_month(
            project=project,
            month=date(2020, month, 1),
            values=values | {"total_fen": values["year_fen"] + 2 * 10**10, "progress": f"第{month}段"},
            actor=who.lead,
            at=moment(TODAY),
        )

    with pytest.raises(MissingError, match="早于"):
        step(project, "halt", who.office, "2019-12-31", reason="资金未到位")
    with pytest.raises(GuardError, match=r"^2020-01、2020-02 的月报填有完成投资，与 2020-01-01 起停建缓建不符"):
        step(project, "halt", who.office, "2020-01-01", reason="资金未到位")
    with pytest.raises(GuardError, match=r"^2020-02 的月报"):
        step(project, "halt", who.office, "2020-01-15", reason="资金未到位")
    assert step(project, "halt", who.office, "2020-02-15", reason="资金未到位").state == "HALTED"


def test_who_withdraws_leaves_the_lists_from_that_day(tmp_path: Path, who: Who) -> None:
    project = a_project(tmp_path, 级别="市级")

    step(project, "withdraw", who.office, "2020-03-20", reason="投资方终止")

    assert [value("projects.large_projects", date(2020, 3, day)) for day in (19, 20)] == [1, 0]
    assert value("projects.city_level_projects", date(2020, 3, 20)) == 0


def test_a_former_name_is_still_understood(tmp_path: Path, who: Who) -> None:
    project = a_project(tmp_path)
    a_project(tmp_path, 项目名称="别的项目", 建设单位="别的公司")

    with pytest.raises(GuardError, match="别的项目"):
        step(project, "rename", who.office, new_name="别的项目", reason="重名")
    step(project, "rename", who.office, new_name="泉城商务中心", reason="业主更名")

    assert FormerProjectName.objects.get().name == "测试商务中心(示例)"
    assert send(tmp_path, row()).unchanged == 1
    assert [each.name for each in members(measures.SUMMARY[0], as_of=TODAY)] == ["别的项目", "泉城商务中心"]


OLD_CODE, NEW_CODE = "2020-370102-70-03-012345", "2012-370102-04-01-123456"


def test_a_code_of_the_new_style_takes_the_place_of_the_old_one_and_both_find_the_project(
    tmp_path: Path, who: Who
) -> None:
    project = a_project(tmp_path, 项目统一代码=OLD_CODE)
    other = "2019-370102-70-03-000001"
    a_project(tmp_path, 项目名称="别的项目", 建设单位="别的公司", 项目统一代码=other)
    for code, said in (
        ("2013-370102", "应为五段"),
        ("9912-370102-04-01-123456", "“9912”比今天晚一年以上"),
        (OLD_CODE, "现在的统一代码就是"),
        (other, "是“别的项目”的统一代码"),
    ):
        with pytest.raises(GuardError, match=said):
            step(project, "recode", who.office, new_code=code, reason="国家平台重新赋码")

    done = step(project, "recode", who.office, new_code=f" {NEW_CODE} ", reason="国家平台重新赋码")

    assert done.project_code == NEW_CODE
    assert [each.code for each in done.former_codes.all()] == [OLD_CODE]
    for code in (OLD_CODE, NEW_CODE):
        assert list(Project.objects.filter(project_like(code))) == [done]
        assert projects_by_code([code])[code] == done
        known = known_projects(name_keys=[], codes=[code], year=2019)
        found = known.of(code, "")
        assert found is not None
        assert (found.code, known.code_in_force(code)) == (done.code, NEW_CODE)
    with pytest.raises(GuardError, match="曾用的统一代码"):
        step(project, "recode", who.office, new_code=OLD_CODE, reason="改回")
    page = signed_in(who.lead).get(f"/projects/{project.code}/").content.decode()
    assert "曾用统一代码" in page
    assert OLD_CODE in page


def test_a_code_of_another_region_is_pointed_out() -> None:
    assert region_warning(NEW_CODE) == ""
    assert region_warning("") == ""
    assert "区划段是 440305，本区是 370102" in region_warning("2020-440305-70-03-012345")


@pytest.mark.parametrize("table", ["projects_projectplan", "projects_milestone", "projects_formerprojectcode"])
def test_what_was_approved_is_not_changed_in_place(tmp_path: Path, who: Who, table: str) -> None:
    project = a_project(tmp_path)
    if table == "projects_milestone":
        project.milestones.create(key="START", planned_on=TODAY, entered_at=moment(TODAY))

    if table == "projects_formerprojectcode":
        project.former_codes.create(code=OLD_CODE, until=TODAY)
    changed = "until = NULL" if table == "projects_formerprojectcode" else "revision = 9"

    for sql in (f"UPDATE {table} SET {changed}", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(sql)
    assert ProjectPlan.objects.get().revision == 1


def test_a_stage_without_an_entry_is_refused(tmp_path: Path, who: Who) -> None:
    a_project(tmp_path)

    with pytest.raises(DatabaseError), transaction.atomic():
        Project.objects.update(state="IN_USE")


def test_a_list_with_a_former_code_means_the_project_that_had_it(tmp_path: Path, who: Who) -> None:
    project = a_project(tmp_path, 当前阶段="前期", 项目统一代码=OLD_CODE)
    done = step(project, "recode", who.office, "2020-04-01", new_code=NEW_CODE, reason="国家平台重新赋码")
    result = send(tmp_path, row(项目统一代码=OLD_CODE, 当前阶段="前期"), head="截至时间:2020年4月2日")

    assert (result.unchanged, result.rejected) == (1, 0)
    done.refresh_from_db()
    assert done.project_code == NEW_CODE
