"""Completed and added premises: what the page adds up, what the table states and never overwrites, what goes out comes in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse

from shoushan.apps.projects.lifecycle import PROJECTS
from shoushan.apps.projects.models import CompletionStatement, Milestone, Project
from shoushan.apps.projects.selectors.completions import completions
from shoushan.apps.projects.services.completions import Origin, Said, state_completion
from shoushan.apps.projects.sheets import CompletionSheet, completion_record
from shoushan.exchange.exporting import write_csv, write_xlsx
from shoushan.exchange.importing import ImportResult
from shoushan.exchange.services import bring_in
from shoushan.lifecycle.errors import GuardError
from shoushan.lifecycle.services import advance
from shoushan.registry import built
from shoushan.registry.built import Built
from tests.apps.projects.factories import AT, DISTRICT, Who, a_project, moment, setting
from tests.apps.resumption.factories import workbook
from tests.directory.factories import signed_in

pytestmark = pytest.mark.django_db
APRIL_10 = date(2020, 4, 10)
NAME = "测试商务中心（示例）"


@pytest.fixture
def who() -> Who:
    return setting()


@pytest.fixture
def project(tmp_path: Path, who: Who, settings: Any) -> Project:
    settings.UPLOADS = tmp_path / "uploads"
    return a_project(tmp_path, 建设起止年限="2019-2020", **{"本年竣工载体面积(万平方米)": 2.5})


@pytest.fixture(autouse=True)
def _april(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment(APRIL_10))


def send(folder: Path, *rows: dict[str, Any], day: str = "2020年4月10日", **more: Any) -> ImportResult:
    titles = ["项目", "竣工时间", "建筑面积(万㎡)", "可招商面积", "已去化面积", "意向企业"]
    lines = [[{"项目": NAME, **each}.get(title, "") for title in titles] for each in rows]
    return bring_in(workbook(folder / "竣工载体表.xlsx", f"截至时间:{day}", titles, lines), at=AT, **more)


def codes(result: ImportResult, level: str = "error") -> list[str]:
    return [problem.code for problem in result.problems if problem.level == level]


def counts(result: ImportResult) -> tuple[int, int, int, int]:
    return result.new, result.changed, result.unchanged, result.rejected


def complete(project: Project, who: Who, on: str = "2020-04-01", sqm: str = "24000") -> None:
    values = {"on": on, "acceptance_document": "济历验〔2020〕1号", "premises_done_sqm": sqm}
    paper = SimpleUploadedFile("备案表.pdf", b"%PDF-1.4 x")
    advance(PROJECTS, project.pk, "complete", actor=who.office, at=AT, values=values, files={"acceptance": [paper]})


def the_line(**asked: str) -> Any:
    (found,) = completions(year=2020, areas=(DISTRICT,), on=APRIL_10, **asked)
    return found


def test_a_table_states_what_is_expected(tmp_path: Path, project: Project, who: Who) -> None:
    row = {
        "竣工时间": "2020-11-30",
        "建筑面积(万㎡)": 2.4,
        "可招商面积": "1.8",
        "已去化面积": "0.3万㎡",
        "意向企业": "示例银行",
    }

    assert counts(send(tmp_path, row, actor=who.lead)) == (1, 0, 0, 0)

    line = the_line()
    assert (line.day, line.area_sqm, line.lettable_sqm, line.absorbed_sqm) == (date(2020, 11, 30), 24_000, 18_000, 3000)
    assert (line.prospects, line.is_area_stated, line.state) == ("示例银行", True, "OPEN")
    assert project.plans.get().premises_sqm == 25_000
    page = signed_in(who.leader).get(reverse("projects:project-detail", args=[project.code])).content.decode()
    assert "18,000" in page.partition("可招商面积")[2][:200]
    assert counts(send(tmp_path, row, actor=who.lead)) == (0, 0, 1, 0)
    assert counts(send(tmp_path, {"意向企业": "示例银行、示例证券"}, actor=who.lead)) == (0, 1, 0, 0)
    assert (the_line().lettable_sqm, CompletionStatement.objects.count()) == (18_000, 2)


def test_another_day_moves_what_is_expected_and_keeps_the_plan(tmp_path: Path, project: Project) -> None:
    for day in ("2020-11-30", "2020-12-20"):
        send(tmp_path, {"竣工时间": day})

    newest = project.milestones.latest("revision")
    assert (newest.planned_on, newest.forecast_on) == (date(2020, 11, 30), date(2020, 12, 20))
    assert newest.reason == "按《竣工载体表.xlsx》更新"


def test_a_table_completes_nothing(tmp_path: Path, project: Project) -> None:
    result = send(tmp_path, {"竣工时间": "2020-04-01", "可招商面积": 1})

    assert codes(result, "warning") == ["completed_by_steps"]
    assert "凭竣工验收备案表确认" in result.problems[0].message
    assert Project.objects.get().state == "BUILDING"
    assert (Milestone.objects.count(), the_line().day, the_line().lettable_sqm) == (0, None, 10_000)
    with pytest.raises(GuardError, match="凭竣工验收备案表确认"):
        state_completion(project, Said(expected_on=date(2020, 4, 1)), Origin(APRIL_10, AT, None, ""))


def test_what_was_accepted_is_not_overwritten(tmp_path: Path, project: Project, who: Who) -> None:
    complete(project, who)

    result = send(tmp_path, {"竣工时间": "2020-03-15", "建筑面积(万㎡)": 2.5})

    assert codes(result, "warning") == ["completed_on_differs", "area_differs"]
    assert [problem.message for problem in result.problems] == [
        "在册竣工日期是 2020-04-01，以竣工验收备案为准，这一项没有录入。",
        "竣工确认的面积是 2.4 万平方米，这一项没有录入。",
    ]
    assert (counts(result), CompletionStatement.objects.count()) == ((0, 0, 1, 0), 0)
    late = send(tmp_path, {"竣工时间": "2020-06-30"}, day="2020年3月20日")
    assert (codes(late, "warning"), Milestone.objects.count()) == (["completed_on_differs"], 0)
    assert (the_line().state, the_line().area_sqm) == ("DONE", 24_000)


def test_what_the_ledger_of_buildings_counts_is_not_stated_again(
    tmp_path: Path, project: Project, who: Who, monkeypatch: pytest.MonkeyPatch
) -> None:
    stands = Built(Decimal("24000"), Decimal("18000.4"), Decimal("6000"), ("building:B1",))
    monkeypatch.setattr(built, "_providers", [lambda codes, _on: dict.fromkeys(codes, stands)])

    result = send(tmp_path, {"可招商面积": 1.8, "已去化面积": 0.9})

    assert codes(result, "warning") == ["differs_from_buildings"]
    assert result.problems[0].message == "按楼宇台账为 0.6 万平方米，这一列由楼宇台账计算，所填的数没有录入。"
    assert (the_line().lettable_sqm, the_line().absorbed_sqm) == (18_000, 6000)
    assert not CompletionStatement.objects.exists()


@pytest.mark.parametrize(
    ("row", "code", "said"),
    [
        ({"项目": "没有的项目"}, "project_unknown", "在册没有这个名称或代码的项目"),
        ({"可招商面积": 1, "已去化面积": 1.1}, "absorbed_beyond_lettable", "已去化面积大于可招商面积"),
        ({"可招商面积": 2.6}, "lettable_beyond_area", "可招商面积大于建筑面积"),
        ({"建筑面积(万㎡)": "约3"}, "approximate", ""),
        ({"竣工时间": "年底"}, "not_a_day", ""),
    ],
)
def test_lines_that_can_t_be_right(tmp_path: Path, project: Project, row: dict[str, Any], code: str, said: str) -> None:
    result = send(tmp_path, row)

    assert codes(result) == [code]
    assert result.problems[0].message.startswith(said)


def test_a_name_of_before_and_a_code_are_understood(tmp_path: Path, project: Project, who: Who) -> None:
    words = {"on": "2020-04-02", "new_name": "改名后的中心"}
    advance(PROJECTS, project.pk, "rename", actor=who.office, at=AT, values=words, reason="更名")

    assert counts(send(tmp_path, {"意向企业": "甲"})) == (1, 0, 0, 0)
    assert counts(send(tmp_path, {"项目": project.code, "意向企业": "乙"})) == (0, 1, 0, 0)


def test_who_may_state_it(tmp_path: Path, project: Project, who: Who) -> None:
    assert codes(send(tmp_path, {"意向企业": "甲"}, actor=who.other)) == ["outside_scope"]
    for number, actor in enumerate((who.office, who.lead, who.street)):
        assert codes(send(tmp_path, {"意向企业": f"甲{number}"}, actor=actor)) == []


def test_halted_withdrawn_and_unplanned_projects_are_pointed_out(tmp_path: Path, project: Project, who: Who) -> None:
    a_project(tmp_path, 项目名称="明年项目", 建设单位="另一公司", 建设起止年限="2019-2021", **{"总投资(亿元)": 14})
    result = send(tmp_path, {"项目": "明年项目", "意向企业": "甲"})
    assert codes(result, "warning") == ["not_planned"]

    advance(PROJECTS, project.pk, "halt", actor=who.office, at=AT, values={"on": "2020-04-02"}, reason="资金")
    result = send(tmp_path, {"意向企业": "甲"})
    assert "停建缓建（自 2020-04-02）" in result.problems[0].message
    advance(PROJECTS, project.pk, "withdraw", actor=who.office, at=AT, values={"on": "2020-04-03"}, reason="终止")
    assert codes(send(tmp_path, {"意向企业": "乙"})) == ["withdrawn"]


def test_what_goes_out_comes_in_again(tmp_path: Path, project: Project, who: Who) -> None:
    a_project(tmp_path, 项目名称="已竣工项目", 建设单位="另一公司", 建设起止年限="2019-2020", **{"总投资(亿元)": 14})
    complete(Project.objects.get(name="已竣工项目"), who)
    send(tmp_path, {"竣工时间": "2020-11-30", "建筑面积(万㎡)": 2.4321, "可招商面积": 1.8, "意向企业": "示例银行"})
    records = [completion_record(each) for each in completions(year=2020, areas=(DISTRICT,), on=APRIL_10)]

    assert [each["name"] for each in records] == ["已竣工项目", "测试商务中心(示例)"]
    for name, write in (("竣工载体(4.10).xlsx", write_xlsx), ("竣工载体(4.10).csv", write_csv)):
        out = BytesIO()
        write(out, CompletionSheet(), records)
        path = tmp_path / name
        path.write_bytes(out.getvalue())
        result = bring_in(path, at=AT, as_of=APRIL_10)
        assert (counts(result), result.problems) == ((0, 0, 2, 0), []), name


def test_what_was_stated_stays(project: Project) -> None:
    state_completion(project, Said(lettable_sqm=10), Origin(APRIL_10, AT, None, ""))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        CompletionStatement.objects.update(lettable_sqm=11)


def test_the_page_counts_and_filters(tmp_path: Path, project: Project, who: Who) -> None:
    a_project(tmp_path, 项目名称="已竣工项目", 建设单位="另一公司", 建设起止年限="2019-2020", **{"总投资(亿元)": 14})
    complete(Project.objects.get(name="已竣工项目"), who)
    project.milestones.create(key="ACCEPTANCE", planned_on=date(2020, 3, 31), entered_at=AT)
    client, address = signed_in(who.leader), reverse("projects:completion-list")

    text = client.get(address).content.decode()
    assert "逾期 10 天" in text
    assert "2020-04-01" in text
    for code in ("completing_projects", "completed_projects", "planned_premises", "completed_premises"):
        assert f"projects.{code}" in text
    assert reverse("projects:completion-export") in text
    assert "导入" not in text.partition("<main")[2].partition("下表")[0]
    for state, name in (("DONE", "已竣工项目"), ("LATE", "测试商务中心"), ("OPEN", "没有符合条件的项目")):
        assert name in client.get(address, {"state": state}).content.decode()
    assert "没有符合条件的项目" in client.get(address, {"area": "370102013"}).content.decode()
    before = client.get(address, {"state": "DONE", "as_of": "2020-03-31"}).content.decode()
    assert "没有符合条件的项目" in before
    assert "没有符合条件的项目" in client.get(address, {"year": "2021"}).content.decode()

    answer = client.get(reverse("projects:completion-export"), {"format": "csv", "state": "DONE"})
    assert answer.content.decode("utf-8-sig").splitlines() == [
        "项目,竣工时间,建筑面积(万平方米),可招商面积(万平方米),已去化面积(万平方米),意向企业",
        "已竣工项目,2020-04-01,2.4,,,",
    ]
    assert client.get(reverse("projects:completion-export")).status_code == 200
