"""A new version of the check list: entered by the office with its document, after a look at what it would change."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from shoushan.apps.resumption.lifecycle import CHECK_LIST
from shoushan.apps.resumption.services import items_of
from shoushan.directory.enums import Role
from shoushan.lifecycle.selectors import rule_in_force
from shoushan.lifecycle.services import preview_rule
from tests.apps.resumption.applications import FEB_11, Cast, cast, checked, moment, step, submitted
from tests.directory.factories import a_user, signed_in

pytestmark = pytest.mark.django_db
LIXIA = "370102"
PAGE = f"/policies/rules/{CHECK_LIST.code}/new/"
LATER = date(2020, 2, 20)
DOCUMENT = {
    "valid_from": LATER.isoformat(),
    "number": "历防指发〔2020〕示例1号",
    "title": "调整四个到位核验清单（示例）",
    "issuer": "历下区疫情处置工作领导小组",
    "issued_on": "2020-02-18",
}


@pytest.fixture
def who(tmp_path: Path) -> Cast:
    return cast(tmp_path)


def rows() -> list[dict[str, Any]]:
    found = rule_in_force(CHECK_LIST.code, on=FEB_11, area=LIXIA)
    assert found is not None
    return found.rows


def changed() -> list[dict[str, Any]]:
    """One item more, one written anew, one gone."""
    kept = [dict(row) for row in rows() if row["code"] != "I3"]
    kept[0]["standard"] = "名单张贴在入口"
    return [*kept, {"measure": "SUPPLIES", "code": "P3", "text": "备有应急药品", "standard": "在有效期内"}]


def previewed(new: list[dict[str, Any]]) -> list[tuple[str, str]]:
    found = preview_rule(code=CHECK_LIST.code, rows=new, valid_from=LATER, area_code=LIXIA)
    return [(each.before, each.after) for each in found]


def test_it_names_what_is_new_changed_and_gone_for_each_application_that_waits(who: Cast) -> None:
    application = submitted(who)

    assert previewed(rows()) == []
    assert previewed(changed()) == [("待核验 11 项", "待核验 11 项（新增 P3；改变 M1；取消 I3）")]
    found = preview_rule(code=CHECK_LIST.code, rows=changed(), valid_from=LATER, area_code=LIXIA)
    assert found[0].subject == application.subject
    assert preview_rule(code=CHECK_LIST.code, rows=changed(), valid_from=LATER, area_code="370103") == []


def test_measures_that_are_in_place_stay_so(who: Cast) -> None:
    application = submitted(who)
    step(application, "accept", who.street)
    checked(application, who.street)
    checked(application, who.department)

    assert previewed(changed()) == []


def test_the_office_enters_it_on_the_page_and_checks_go_by_the_version_of_their_day(who: Cast) -> None:
    application = submitted(who)
    client = signed_in(a_user("desk", (Role.HQ_OFFICE, LIXIA)))
    cells = {f"cell-{place}-{name}": value for place, row in enumerate(changed()) for name, value in row.items()}

    shown = client.post(PAGE, DOCUMENT | cells).content.decode()
    assert "新增 P3；改变 M1；取消 I3" in shown
    assert len(rows()) == 11
    answer = client.post(PAGE, DOCUMENT | cells | {"confirm": "1"})
    assert answer.status_code == 302
    assert {row["code"] for row in items_of(application, at=moment(FEB_11))} >= {"I3"}
    assert {row["code"] for row in items_of(application, at=moment(LATER))} >= {"P3"}
    page = client.get(answer["Location"] + f"?on={LATER.isoformat()}").content.decode()
    assert "历防指发〔2020〕示例1号" in page


def test_nobody_else_enters_one(who: Cast) -> None:
    for client in (signed_in(who.street), signed_in(a_user("reader", (Role.AUDITOR, LIXIA)))):
        assert client.get(f"/policies/rules/{CHECK_LIST.code}/").status_code == 200
        assert client.get(PAGE).status_code == 403
        assert client.post(PAGE, DOCUMENT).status_code == 403
