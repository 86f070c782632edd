"""Obstacles: matters of a project that go to whom the rule names, with what they hold up; none of them names the owner in public."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from shoushan.apps.projects import measures
from shoushan.apps.projects.lifecycle import OBSTACLE
from shoushan.apps.projects.models import Campaign, CampaignItem, Obstacle, Project
from shoushan.apps.projects.selectors import obstacles as questions
from shoushan.apps.projects.services.obstacles import NewObstacle, raise_obstacle
from shoushan.casework.models import Matter
from shoushan.casework.services import lifecycle_of_matter, publish_copy
from shoushan.directory.access import NotAllowedError
from shoushan.directory.enums import Role
from shoushan.directory.models import User
from shoushan.figures.values import evaluate
from shoushan.lifecycle.errors import GuardError, MissingError
from shoushan.lifecycle.services import advance
from tests.apps.projects.factories import AT, DISTRICT, MARCH_2, Who, a_project, setting
from tests.directory.factories import a_user, signed_in
from tests.kept import calendars

pytestmark = pytest.mark.django_db
TODAY = date(2020, 4, 10)


@pytest.fixture
def who() -> Who:
    found = setting()
    calendars(at=AT)
    return found


@pytest.fixture
def project(tmp_path: Path, who: Who) -> Project:
    return a_project(tmp_path, 当前阶段="前期")


@pytest.fixture(autouse=True)
def _april(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


def raised(project: Project, actor: User | None, **changed: Any) -> Obstacle:
    said = {"category": "FUNDS", "text": "银行贷款没有批下来。", "source": "MEETING"} | changed
    return raise_obstacle(project=project, said=NewObstacle(**said), actor=actor, at=AT)


def value(code: str) -> Any:
    return evaluate(next(each for each in measures.OBSTACLES if each.code == code), as_of=TODAY).value


def closed(matter: Matter) -> Matter:
    words = {"sign": {}, "plan": {"plan": "对接银行", "planned_on": "2020-04-12"}}
    words["answer"] = {"outcome": "SOLVED", "answer": "贷款已发放。"}
    words["call_back"] = {"satisfaction": "SATISFIED"}
    for name, values in words.items():
        matter = advance(lifecycle_of_matter(matter), matter.pk, name, actor=None, at=AT, values=values)
    return matter


def test_an_obstacle_goes_to_whom_the_rule_names_and_is_counted(project: Project, who: Who) -> None:
    made = raised(project, who.lead, holds_up="START", is_critical=True)

    assert (made.matter.lead.code, made.matter.level) == ("DEPT_DEVELOPMENT_REFORM", "DEPARTMENT")  # type: ignore[union-attr]
    assert made.matter.code.startswith("OBS-370102-20200410-")
    assert (made.matter.about, made.matter.area_code) == (project.subject, project.area_code)
    assert (value("projects.obstacles_received"), value("projects.obstacles_open")) == (1, 1)
    assert questions.open_counts([project.pk]) == {project.pk: (1, 1)}
    closed(made.matter)
    assert (value("projects.obstacles_open"), value("projects.obstacles_on_time_rate")) == (0, 100)
    assert questions.open_counts([project.pk]) == {}


def test_who_speaks_for_a_project_raises_for_it_and_others_in_their_area(project: Project, who: Who) -> None:
    assert OBSTACLE.applicant_of(who.lead) == [project.subject]
    assert OBSTACLE.applicant_of(who.leader) == []
    raised(project, who.street, category="PETITION")

    with pytest.raises(NotAllowedError):
        raised(project, who.leader)
    assert Matter.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"category": "NOTHING"}, "category"),
        ({"text": "  "}, "text"),
        ({"is_critical": True}, "holds_up"),
        ({"holds_up": "NOWHERE"}, "holds_up"),
    ],
)
def test_what_is_said_wrongly_is_refused_at_its_field(
    project: Project, who: Who, changed: dict[str, Any], name: str
) -> None:
    with pytest.raises(MissingError) as error:
        raised(project, who.lead, **changed)
    assert set(error.value.fields) == {name}
    assert not Matter.objects.exists()


def test_a_withdrawn_project_has_no_obstacles_any_more(project: Project, who: Who) -> None:
    Project.objects.filter(pk=project.pk).update(state="WITHDRAWN", entry=None)
    project.refresh_from_db()

    with pytest.raises(GuardError, match="已退出"):
        raised(project, who.lead)


def test_the_public_copy_names_neither_project_nor_owner(project: Project, who: Who) -> None:
    matter = closed(raised(project, who.lead).matter)
    publisher = a_user("publisher", (Role.HQ_OFFICE, DISTRICT))
    words = {"title": "协调项目贷款", "text": "一个商务楼项目的贷款没有批下来。", "answer": "已发放。"}

    for name, value_ in (("text", f"{project.owner_name}的贷款"), ("answer", f"{project.name}已开工")):
        with pytest.raises(MissingError) as error:
            publish_copy(matter=matter, at=AT, actor=publisher, **words | {name: value_})
        assert "请删去后再公开" in error.value.fields[name]
    assert publish_copy(matter=matter, at=AT, actor=publisher, **words).title == "协调项目贷款"


def test_the_red_list_of_a_campaign_holds_critical_and_late_ones_of_its_projects(
    project: Project, who: Who, tmp_path: Path
) -> None:
    other = a_project(tmp_path, 项目名称="另一项目", 建设单位="另一公司", 当前阶段="前期")
    campaign = Campaign.objects.create(code="SANGE", name="会战", start_on=MARCH_2, days=100)
    CampaignItem.objects.create(
        campaign=campaign, project=project, key="START", added_on=MARCH_2, planned_on=date(2020, 4, 1)
    )
    critical = raised(project, who.lead, holds_up="START", is_critical=True)
    plain, late = raised(project, who.lead), raised(project, who.lead)
    raised(other, who.lead, holds_up="START", is_critical=True)
    Matter.objects.filter(pk=late.pk).update(is_late=True)

    found = list(questions.red_of_campaign(campaign, areas=("370102",)))

    assert found == [late, critical]
    assert plain not in found
    assert list(questions.red_of_campaign(campaign, areas=("370102013",))) == []


def test_it_is_raised_from_the_page_and_shown_there_on_the_list_and_in_the_room(project: Project, who: Who) -> None:
    campaign = Campaign.objects.create(code="SANGE", name="会战", start_on=MARCH_2, days=100)
    CampaignItem.objects.create(
        campaign=campaign, project=project, key="START", added_on=MARCH_2, planned_on=date(2020, 4, 30)
    )
    client = signed_in(who.lead)
    form = f"/projects/{project.code}/obstacles/raise/"
    words = {"category": "APPROVAL", "text": "权属没有理清。", "source": "VISIT", "is_critical": "on"}
    refused = client.post(form, words)
    assert refused.status_code == 422
    assert "关键堵点请写明影响哪个节点" in refused.content.decode()
    assert client.post(form, words | {"holds_up": "START"}).status_code == 302

    page = client.get(f"/projects/{project.code}/").content.decode()
    assert "权属没有理清。" in page
    assert "影响“开工”" in page
    assert "区行政审批局" in page
    assert "权属没有理清。" in client.get("/projects/campaigns/SANGE/").content.decode()
    assert "测试商务中心" in client.get("/projects/", {"obstacle": "RED"}).content.decode()
    matter = Matter.objects.get()
    assert f"/matters/{matter.code}/" in page
    assert "关键堵点" in client.get(f"/matters/{matter.code}/").content.decode()
    closed(matter)
    assert "测试商务中心" not in client.get("/projects/", {"obstacle": "OPEN"}).content.decode()
