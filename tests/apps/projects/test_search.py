"""Projects and what belongs to them are found by name, former name, spelling and number, within the reader's areas."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from shoushan.apps.projects.lifecycle import PROJECTS
from shoushan.apps.projects.models import Campaign, Project
from shoushan.apps.projects.services.pool import propose_idea
from shoushan.apps.projects.services.zones import enter_zone
from shoushan.directory.enums import Role
from shoushan.directory.models import User
from shoushan.lifecycle.services import advance
from shoushan.registry.models import NameSpelling
from shoushan.registry.services_spellings import spell_names
from shoushan.ui import search
from tests.apps.projects.factories import AT, YAOJIA, ZHIYUAN, Who, a_project, moment, setting
from tests.apps.projects.test_permits import apply
from tests.apps.projects.test_pool import MARCH_1, TODAY, VALUES
from tests.directory.factories import a_user, signed_in
from tests.kept import calendars

pytestmark = pytest.mark.django_db
NAME = "测试商务中心(示例)"


@pytest.fixture
def who() -> Who:
    return setting()


@pytest.fixture
def project(tmp_path: Path, who: Who) -> Project:
    made = a_project(tmp_path, 当前阶段="前期", 项目代码="2019-370102-70-03-012345")
    spell_names(AT)
    return made


def found(reader: User, words: str) -> dict[str, list[str]]:
    """What is found, by kind."""
    reader.acting_on = TODAY
    return {str(each.label): [str(hit.title) for hit in each.hits] for each in search.find(reader, words, on=TODAY)}


@pytest.mark.parametrize("words", ["商务中心", "swzx", "cssw", "ceshishangwu", "2019-370102-70-03-012345", "测试建设"])
def test_a_project_is_found_by_what_people_type(project: Project, who: Who, words: str) -> None:
    assert found(who.leader, words)["重点项目"] == [NAME]


def test_it_is_found_by_the_name_that_it_bore(project: Project, who: Who) -> None:
    words = {"new_name": "泉城金融大厦", "on": "2020-04-01"}
    advance(PROJECTS, project.pk, "rename", actor=who.office, at=AT, values=words, reason="业主更名")
    spell_names(AT)

    for typed in ("商务中心", "cssw", "qcjr", project.code.lower()):
        assert found(who.leader, typed)["重点项目"] == ["泉城金融大厦"]
    assert "泉城金融大厦" in signed_in(who.leader).get("/projects/", {"text": "cssw"}).content.decode()
    assert "泉城金融大厦" not in signed_in(who.leader).get("/projects/", {"text": "bjdx"}).content.decode()


def test_what_belongs_to_it_is_found_too(project: Project, who: Who) -> None:
    calendars(at=AT)
    enter_zone(code="MINGFU", name="明府城片区", kind="MAIN", actor=who.office, at=AT)
    Campaign.objects.create(code="SPRING", name="百日大会战", start_on=date(2020, 3, 2))
    propose_idea(values=VALUES, area_code=YAOJIA, on=MARCH_1, actor=who.lead, at=moment(TODAY))
    permit = apply(project, "PROJECT_APPROVAL", who)
    spell_names(AT)

    assert found(who.leader, "mfc") == {"片区": ["明府城片区"]}
    assert found(who.leader, "brdhz")["三个一批会战"] == ["百日大会战"]
    assert found(who.leader, "mlsjr") == {"项目策划": ["茂岭山金融科技园（示例）"]}
    (title,) = found(who.leader, permit.code)["项目审批"]
    assert title.endswith(f"（{NAME}）")


def test_others_find_nothing_of_it(project: Project, who: Who) -> None:
    propose_idea(values=VALUES, area_code=YAOJIA, on=MARCH_1, actor=who.lead, at=moment(TODAY))
    enter_zone(code="MINGFU", name="明府城片区", kind="MAIN", actor=who.office, at=AT)
    spell_names(AT)
    stranger = a_user("stranger", (Role.STREET_USER, ZHIYUAN))
    visitor = a_user("visitor")

    for words in ("商务中心", "swzx", project.code, "mlsjr"):
        assert found(stranger, words).keys() & {"重点项目", "项目策划", "项目审批"} == set()
    assert found(visitor, "mfc") == {}


def test_names_that_are_alike_are_spelled_once_and_forgotten_with_the_last_bearer(project: Project, who: Who) -> None:
    propose_idea(values=VALUES | {"name": project.name}, area_code=YAOJIA, on=MARCH_1, actor=who.lead, at=moment(TODAY))

    assert spell_names(AT) == 0
    assert NameSpelling.objects.filter(name_key=project.name_key).count() == 1
