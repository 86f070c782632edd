"""The pool of ideas: what they expect is counted by day, what became a project is known, the base is a dated rule."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import DatabaseError, connection, transaction

from shoushan.apps.projects import measures
from shoushan.apps.projects.enums.pool import POOL_RULE
from shoushan.apps.projects.lifecycle import IDEAS
from shoushan.apps.projects.models import Idea, Project
from shoushan.apps.projects.selectors.pool import goal
from shoushan.apps.projects.services.pool import change_idea, progress, propose_idea
from shoushan.directory.access import NotAllowedError
from shoushan.directory.models import User
from shoushan.figures.values import evaluate, members
from shoushan.lifecycle.errors import GuardError, MissingError
from shoushan.lifecycle.services import advance, enter_document, enter_rule
from tests.apps.projects.factories import AT, WAN, YAOJIA, YI, ZHIYUAN, Who, a_project, moment, setting
from tests.directory.factories import signed_in

pytestmark = pytest.mark.django_db
MARCH_1, APRIL_1, TODAY = date(2020, 3, 1), date(2020, 4, 1), date(2020, 4, 10)
VALUES: dict[str, Any] = {
    "name": "茂岭山金融科技园（示例）",
    "theme": "FINANCE",
    "zone": None,
    "industry": "货币金融服务",
    "content": "盘活茂岭山片区存量空间。",
    "invest_fen": 12 * YI,
    "tax_fen": 3000 * WAN,
    "jobs": 500,
    "source": "STUDY",
}


@pytest.fixture
def who() -> Who:
    return setting()


def proposed(who: Who, actor: User | None = None, on: date = MARCH_1, area: str = YAOJIA, **changed: Any) -> Idea:
    given = VALUES | changed
    return propose_idea(values=given, area_code=area, on=on, actor=actor or who.lead, at=moment(TODAY))


def take(idea: Idea, name: str, actor: User, reason: str = "", **values: Any) -> Idea:
    done: Idea = advance(IDEAS, idea.pk, name, actor=actor, at=moment(TODAY), values=values, reason=reason)
    return done


def value(code: str, day: date = TODAY) -> Any:
    return evaluate(next(each for each in measures.POOL if each.code == f"projects.pool_{code}"), as_of=day).value


# ---- what is counted --------------------------------------------------------------------------------------
def test_an_idea_counts_from_its_day_with_what_it_expects(who: Who) -> None:
    proposed(who)

    assert [value(code, date(2020, 2, 29)) for code in ("ideas", "investment", "jobs")] == [0, Decimal(0), 0]
    assert [value(code, MARCH_1) for code in ("ideas", "investment", "tax", "jobs")] == [
        1,
        Decimal("12.00"),
        Decimal("0.30"),
        500,
    ]
    (member,) = members(measures.POOL[1], as_of=TODAY)
    assert (member.name, member.shown) == ("茂岭山金融科技园（示例）", 12)


def test_a_change_counts_from_its_day_on_and_earlier_days_stay(who: Who) -> None:
    idea = proposed(who)

    change_idea(idea=idea, values=VALUES | {"invest_fen": 15 * YI}, actor=who.lead, at=moment(TODAY))

    assert value("investment", date(2020, 4, 9)) == Decimal("12.00")
    assert value("investment", TODAY) == Decimal("15.00")


def test_an_idea_becomes_a_project_on_a_day_also_when_entered_afterwards(who: Who, tmp_path: Path) -> None:
    project = a_project(tmp_path)
    idea = proposed(who)
    change_idea(idea=idea, values=VALUES | {"invest_fen": 15 * YI}, actor=who.lead, at=moment(TODAY))

    done = take(idea, "convert", who.office, on="2020-04-01", became=project.code)

    assert (done.project, done.became_on, done.state) == (project, APRIL_1, "CONVERTED")
    assert [value("converted", day) for day in (date(2020, 3, 31), APRIL_1)] == [0, 1]
    assert value("converted_rate") == 100
    assert (value("ideas"), value("investment")) == (1, Decimal("15.00"))
    assert members(measures.POOL[1], as_of=TODAY)[0].amount == 15 * YI
    with pytest.raises(GuardError, match="已转为项目"):
        change_idea(idea=idea, values=VALUES, actor=who.lead, at=moment(TODAY))


def test_a_dropped_idea_leaves_the_pool_with_a_reason(who: Who) -> None:
    idea = proposed(who)
    with pytest.raises(MissingError):
        take(idea, "drop", who.office)

    take(idea, "drop", who.office, reason="用地条件不具备")

    assert (value("ideas"), value("investment"), value("jobs")) == (0, Decimal(0), 0)
    assert value("ideas", date(2020, 4, 9)) == 1


# ---- who, and what is refused -------------------------------------------------------------------------------
def test_it_is_proposed_within_ones_area_studied_by_its_own_and_confirmed_by_the_office(
    who: Who, tmp_path: Path
) -> None:
    with pytest.raises(NotAllowedError):
        proposed(who, who.street, area=ZHIYUAN)
    with pytest.raises(NotAllowedError):
        proposed(who, who.leader)
    idea = proposed(who, who.street)
    assert idea.lead.code == "OFFICE_370102011"

    for name, actor in (("study", who.lead), ("mature", who.street), ("drop", who.street)):
        with pytest.raises(NotAllowedError):
            take(idea, name, actor, reason="x")
    with pytest.raises(NotAllowedError):
        change_idea(idea=idea, values=VALUES, actor=who.lead, at=AT)
    take(idea, "study", who.street)
    assert take(idea, "mature", who.office).state == "READY"
    with pytest.raises(MissingError):
        take(idea, "convert", who.office, on="2020-04-01", became="PRJ-0")


@pytest.mark.parametrize(
    ("changed", "on", "name"),
    [
        ({"invest_fen": 0}, MARCH_1, "invest_fen"),
        ({"tax_fen": 13 * YI}, MARCH_1, "tax_fen"),
        ({"name": "茂岭山 金融科技园(示例)"}, MARCH_1, "name"),
        ({"name": "另一个"}, date(2020, 4, 11), "on"),
    ],
)
def test_what_can_not_be_right_is_said_at_its_field(who: Who, changed: dict[str, Any], on: date, name: str) -> None:
    proposed(who)

    with pytest.raises(MissingError) as error:
        proposed(who, on=on, **{"name": "新的"} | changed)
    assert set(error.value.fields) == {name}
    assert Idea.objects.count() == 1


def test_the_theme_stays_as_it_was_counted(who: Who) -> None:
    with pytest.raises(MissingError) as error:
        change_idea(idea=proposed(who), values=VALUES | {"theme": "CULTURE"}, actor=who.lead, at=AT)
    assert set(error.value.fields) == {"theme"}


def test_the_database_refuses_a_state_without_an_entry(who: Who) -> None:
    idea = proposed(who)

    with pytest.raises(DatabaseError, match="without an entry"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE projects_idea SET state = 'READY' WHERE id = %s", [idea.pk])


# ---- the base -------------------------------------------------------------------------------------------------
def test_progress_is_against_the_doubled_base_of_the_rule_of_the_day(who: Who) -> None:
    proposed(who)
    found = progress(as_of=TODAY, areas=())
    assert found.goal is not None
    assert (found.goal.base_on, found.goal.target_count, found.goal.target_fen) == (date(2020, 1, 1), 54, 960 * YI)
    assert (found.count_share, found.invest_share) == (Fraction(100, 54), Fraction(1200, 960))
    assert found.bars == (1, 1)
    own = progress(as_of=TODAY, areas=(YAOJIA,))
    assert (own.goal, own.is_whole, own.ideas, own.count_share) == (None, False, 1, None)

    document = enter_document(number="历发改〔2020〕1号", title="倍增", issuer="区发改局", issued_on=APRIL_1)
    rows = [{"name": "COUNT", "value": "1"}, {"name": "INVEST", "value": "6.5"}]
    words = {"area_code": "370102", "valid_to": None, "note": "", "actor": None, "at": AT, "document": document}
    enter_rule(code=POOL_RULE, rows=rows, valid_from=APRIL_1, **words)  # type: ignore[arg-type]
    assert goal(on=date(2020, 3, 31)) == found.goal
    assert goal(on=APRIL_1) is None
    enter_rule(code=POOL_RULE, rows=[*rows, {"name": "FACTOR", "value": "2"}], valid_from=APRIL_1, **words)  # type: ignore[arg-type]
    after = progress(as_of=TODAY, areas=())
    assert after.goal is not None
    assert (after.goal.target_fen, after.count_share) == (13 * YI, 50)


# ---- pages ----------------------------------------------------------------------------------------------------
def test_the_pages_lead_from_the_form_to_the_project(who: Who, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment(TODAY))
    project: Project = a_project(tmp_path)
    client = signed_in(who.lead)
    words = {
        "name": "茂岭山金融科技园",
        "theme": "FINANCE",
        "area": YAOJIA,
        "content": "盘活存量空间",
        "source": "STUDY",
    }
    words |= {"invest_fen": "12.5", "tax_fen": "3000", "jobs": "500", "on": "2020-03-01"}
    refused = client.post("/projects/pool/new/", words | {"invest_fen": "0"})
    assert refused.status_code == 422
    assert "预计总投资应大于 0" in refused.content.decode()
    made = client.post("/projects/pool/new/", words)
    idea = Idea.objects.get()
    assert made.headers["Location"] == f"/projects/pool/{idea.code}/"
    assert (idea.invest_fen, idea.tax_fen) == (125 * YI // 10, 3000 * WAN)
    page = client.get("/projects/pool/", {"theme": "FINANCE", "sort": "-invest"}).content.decode()
    assert "茂岭山金融科技园" in page
    assert "54" in page
    assert "茂岭山金融科技园" not in client.get("/projects/pool/", {"state": "READY"}).content.decode()

    changed = client.post(f"/projects/pool/{idea.code}/change/", words | {"jobs": "600"})
    assert changed.status_code == 302
    office = signed_in(who.office)
    step = f"/projects/pool/{idea.code}/steps/convert/"
    assert office.post(step, {"on": "2020-04-01", "became": project.code, "seen": "0"}).status_code == 302
    assert "测试商务中心" in client.get(f"/projects/pool/{idea.code}/").content.decode()
    assert "来自策划项目" in client.get(f"/projects/{project.code}/").content.decode()
    assert client.get("/projects/pool/export/", {"area": "nowhere"}).status_code == 302
    book = openpyxl.load_workbook(BytesIO(client.get("/projects/pool/export/").content))
    (row,) = list(book.active.iter_rows(min_row=4, values_only=True))  # type: ignore[union-attr]
    assert row[1:4] == ("茂岭山金融科技园", "金融", "姚家街道")
    assert row[7:10] == (12.5, 3000, 600)
    assert row[14:16] == ("测试商务中心(示例)", "2020-04-01")


def test_a_past_day_lists_what_was_in_the_pool_by_then(who: Who, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment(TODAY))
    proposed(who, name="早的一个")
    proposed(who, name="晚的一个", on=APRIL_1)

    page = signed_in(who.office).get("/projects/pool/", {"as_of": "2020-03-10"}).content.decode()

    assert ("早的一个" in page, "晚的一个" in page) == (True, False)
    assert "下表是 2020-03-10 以前入库的，内容和进展是目前的。" in page
