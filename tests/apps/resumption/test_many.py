"""One step of many applications, chosen in the list: shown first, taken or refused one by one, nothing half-done."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shoushan.apps.resumption.lifecycle import APPLICATIONS
from shoushan.apps.resumption.models import Application
from shoushan.deadlines.services import load_calendars
from shoushan.directory.access import NotAllowedError
from shoushan.directory.enums import Role
from shoushan.ledger import api as ledger
from shoushan.lifecycle import record_kinds
from shoushan.lifecycle.declarations import NeedKind, registered
from shoushan.lifecycle.errors import MissingError, StaleError
from shoushan.lifecycle.models import Step
from shoushan.lifecycle.services import advance_many
from shoushan.lifecycle.services_many import take_together
from shoushan.lifecycle.views import many
from tests.apps.resumption.applications import FEB_11, YAOJIA, ZHIYUAN, Cast, cast, checked, moment, step, submitted
from tests.directory.factories import a_user

pytestmark = pytest.mark.django_db
LIST = "/resumption/applications/?state=SUBMITTED"


@pytest.fixture
def who(tmp_path: Path, settings: Any) -> Cast:
    settings.UPLOADS = tmp_path / "uploads"
    return cast(tmp_path)


@pytest.fixture
def three(who: Cast, monkeypatch: pytest.MonkeyPatch) -> list[Application]:
    """Three applications of a day, and the pages of that day."""
    day = SimpleNamespace(now=lambda: moment(FEB_11), localdate=lambda: FEB_11)
    monkeypatch.setattr(many, "timezone", day)
    return [submitted(who, site=f"{number}号楼") for number in range(3)]


def address(name: str, subject: str = "application") -> str:
    return reverse("lifecycle:step-many", args=[subject, name])


def states(applications: list[Application]) -> list[str]:
    return [Application.objects.get(pk=each.pk).state for each in applications]


def sent(applications: list[Application], **more: str) -> dict[str, Any]:
    """What the page sends."""
    seen = {f"seen-{each.code}": str(each.revision) for each in applications}
    return {"code": [each.code for each in applications], "next": LIST, **seen, **more}


def test_the_list_offers_what_the_reader_may_do(client: Client, who: Cast, three: list[Application]) -> None:
    client.force_login(who.street)
    page = client.get(LIST).text

    assert page.count('class="form-check-input pick no-print"') == 3
    assert f'formaction="{address("accept")}"' in page
    assert f'formaction="{address("approve")}"' not in page, "that is for the working group"
    client.force_login(a_user("community", (Role.COMMUNITY_USER, YAOJIA)))
    assert "pick no-print" not in client.get(LIST).text


def test_many_are_shown_first_and_then_taken_as_one(client: Client, who: Cast, three: list[Application]) -> None:
    client.force_login(who.street)
    shown = client.get(address("accept"), {"code": [each.code for each in three], "next": LIST}).text

    assert "选了" in shown
    assert all(f'name="seen-{each.code}"' in shown for each in three)
    answer = client.post(address("accept"), sent(three))

    assert (answer.status_code, answer.headers["Location"]) == (302, LIST)
    assert states(three) == ["ACCEPTED"] * 3
    assert "已受理 3 件。" in client.get(LIST).text
    steps = Step.objects.filter(transition="accept", actor=who.street)
    assert steps.count() == 3
    assert all(ledger.entry(each.entry_id) for each in steps if each.entry_id)


def test_what_can_t_be_taken_is_named_and_holds_up_nothing(client: Client, who: Cast, three: list[Application]) -> None:
    step(three[1], "accept", who.street)  # by somebody else, after the page was made
    client.force_login(who.street)
    answer = client.post(address("accept"), sent(three))

    assert answer.status_code == 200
    assert "已经有人办理过" in answer.text
    assert three[1].code in answer.text
    assert three[0].code not in answer.text
    assert states(three) == ["ACCEPTED"] * 3
    again = client.post(address("accept"), sent(three))
    assert again.text.count("已经有人办理过") == 3
    assert Step.objects.filter(transition="accept").count() == 3


def test_what_was_typed_serves_all_and_is_asked_for_first(client: Client, who: Cast, three: list[Application]) -> None:
    client.force_login(who.street)
    refused = client.post(address("return_incomplete"), sent(three))

    assert refused.status_code == 422
    assert "error-summary" in refused.text
    assert states(three) == ["SUBMITTED"] * 3
    done = client.post(address("return_incomplete"), sent(three, completion_list="请补交员工名册。"))
    assert done.status_code == 302
    assert states(three) == ["INCOMPLETE"] * 3
    assert set(Application.objects.values_list("completion_list", flat=True)) == {"请补交员工名册。"}


def test_each_keeps_its_own_rules(who: Cast, three: list[Application], client: Client) -> None:
    for each in three:
        step(each, "accept", who.street)
    for number, each in enumerate(three[:2]):
        checked(each, who.street, **({"I2": "没有记录"} if number else {}))
        checked(each, who.department)
    client.force_login(who.street)
    fresh = [Application.objects.get(pk=each.pk) for each in three]
    shown = client.get(address("pass_check"), {"code": [each.code for each in three]}).text
    answer = client.post(address("pass_check"), sent(fresh))

    assert shown.count("badge") >= 3
    assert "已办理" in answer.text
    assert states(three) == ["CHECKED", "ACCEPTED", "ACCEPTED"]


def test_others_records_are_not_among_them(client: Client, who: Cast, three: list[Application]) -> None:
    client.force_login(a_user("zhiyuan", (Role.STREET_USER, ZHIYUAN)))
    answer = client.post(address("accept"), sent(three))

    assert (answer.status_code, answer.headers["Location"]) == (302, LIST)
    assert states(three) == ["SUBMITTED"] * 3
    client.force_login(who.lead)  # sees them, may not accept them
    told = client.post(address("accept"), sent(three))
    assert told.status_code == 200
    assert states(three) == ["SUBMITTED"] * 3


def test_what_isn_t_there_is_told(client: Client, who: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client.force_login(who.street)

    assert client.get(address("revoke")).status_code == 404
    assert client.get(address("accept", "nothing")).status_code == 404
    assert "请先在列表中勾选" in client.get(address("accept"), {"next": LIST}, follow=True).text
    assert client.get(address("accept"), {"next": "https://elsewhere.example/"}).headers["Location"] == "/"
    monkeypatch.setattr(many, "MOST", 1)
    too_many = client.get(address("accept"), {"code": ["A", "B"]})
    assert too_many.status_code == 400
    assert "一次最多办理 1 件，选了 2 件" in too_many.text


def test_nothing_of_many_is_taken_when_they_are_asked_for_as_one(who: Cast, three: list[Application]) -> None:
    ids = [each.pk for each in three]
    with pytest.raises(StaleError):
        advance_many(APPLICATIONS, ids, "accept", actor=who.street, at=moment(FEB_11), seen={ids[2]: 99})
    with pytest.raises(NotAllowedError):
        advance_many(APPLICATIONS, ids, "accept", actor=who.contact, at=moment(FEB_11))

    assert states(three) == ["SUBMITTED"] * 3


def test_what_is_missing_for_a_later_one_is_told_beside_it(who: Cast, three: list[Application]) -> None:
    kind = record_kinds.kind_of("application")
    assert kind is not None
    early = moment(FEB_11.replace(day=10))  # before the day of the records: the first is refused as well
    words: dict[str, Any] = {"actor": who.street, "values": {}, "seen": {}}
    with pytest.raises(MissingError):
        take_together(kind, three, "accept", at=early, **words)
    step(three[0], "accept", who.street)
    outcomes = take_together(kind, three, "accept", at=early, **words)

    assert [bool(each.sentence) for each in outcomes] == [True, True, True]
    assert states(three) == ["ACCEPTED", "SUBMITTED", "SUBMITTED"]


def test_steps_for_many_exist_and_ask_for_no_file() -> None:
    load_calendars(at=timezone.now())
    subjects = {"application", "claim", "filing", "matter", "progress", "project", "trip", "worker"}
    for subject in subjects:
        kind = record_kinds.kind_of(subject)
        assert kind is not None
        steps = {each.name: each for one in record_kinds.lifecycles_of(subject) for each in one.transitions}
        assert kind.together, subject
        for name in kind.together:
            assert not any(need.kind == NeedKind.FILE for need in steps[name].needs), name
            assert not steps[name].is_by_system
    assert len(registered()) >= len(subjects)
