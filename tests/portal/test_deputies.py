"""Handing one's work over: the page, the word to the deputy, what is recorded."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from shoushan.directory.models import Deputation, User
from shoushan.directory.services import appoint_deputy
from shoushan.lifecycle.models import Step
from shoushan.notices.selectors import inbox
from shoushan.portal import workbench
from tests.apps.resumption.applications import step as application_step
from tests.apps.resumption.applications import submitted
from tests.apps.resumption.difficulties import MONDAY, Offices, offices, planned, raised, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(tmp_path: Path) -> Offices:
    return offices(tmp_path)


def away(principal: User, deputy: User) -> User:
    """The principal is away this week; the deputy as the next request sees them."""
    monday = MONDAY.date()
    appoint_deputy(
        principal=principal,
        deputy=deputy,
        valid_from=monday,
        valid_to=monday + timedelta(days=6),
        reason="下沉社区值守",
        on=monday,
        at=MONDAY,
    )
    return User.objects.get(pk=deputy.pk)


def test_what_is_in_the_hands_of_one_waits_for_the_other(who: Offices) -> None:
    matter = planned(who)
    deputy = away(who.industry, who.other_industry)

    found = workbench.compose(deputy, on=MONDAY.date(), at=MONDAY)
    assert [(line.queue, line.item.code) for line in found.waiting[:]] == [("casework.work", matter.code)]
    assert [each.principal for each in found.acting_for] == [who.industry]
    assert [each.deputy for each in workbench.compose(who.industry, on=MONDAY.date(), at=MONDAY).handed_over] == [
        deputy
    ]


def test_a_step_names_both(who: Offices) -> None:
    matter = planned(who)
    deputy = away(who.industry, who.other_industry)

    step(matter, "report_progress", deputy, values={"progress": "已联系", "next_step": "周三发车"})
    taken = Step.objects.get(subject=matter.subject, transition="report_progress")
    assert (taken.actor, taken.on_behalf_of) == (deputy, who.industry)
    client = Client()
    client.force_login(who.industry)
    assert f"{deputy}（代{who.industry}）" in client.get(f"/matters/{matter.code}/").content.decode()


def test_a_step_with_one_s_own_role_names_nobody_else(who: Offices) -> None:
    deputy = away(who.industry, who.other_industry)

    matter = raised(who)
    step(matter, "sign", deputy)
    application = application_step(submitted(who.who), "accept", who.who.street)

    signed = Step.objects.get(subject=matter.subject, transition="sign")
    accepted = Step.objects.get(subject=application.subject, transition="accept")
    assert (signed.on_behalf_of, accepted.on_behalf_of) == (None, None)


def test_the_page_hands_over_tells_the_deputy_and_takes_back(who: Offices) -> None:
    today = timezone.localdate()
    client = Client()
    client.force_login(who.industry)
    sent = {
        "deputy": who.other_industry.pk,
        "valid_from": today.isoformat(),
        "valid_to": (today + timedelta(days=3)).isoformat(),
        "reason": "外出培训",
    }

    assert client.post("/workbench/deputies/", sent).status_code == 302
    made = Deputation.objects.get()
    assert "测试用户industry委托您自" in inbox(who.other_industry)[0].title
    assert "查看或收回" in client.get("/workbench/").content.decode()
    assert client.post(f"/workbench/deputies/{made.pk}/end/").status_code == 302
    made.refresh_from_db()
    assert made.ended_on == today
    assert "已收回委托" in inbox(who.other_industry)[0].title
    assert client.post(f"/workbench/deputies/{made.pk}/end/").status_code == 409


def test_a_refusal_keeps_what_was_typed(who: Offices) -> None:
    today = timezone.localdate()
    client = Client()
    client.force_login(who.industry)
    sent = {
        "deputy": who.other_industry.pk,
        "valid_from": (today - timedelta(days=1)).isoformat(),
        "valid_to": today.isoformat(),
        "reason": "外出培训",
    }

    answer = client.post("/workbench/deputies/", sent)

    assert answer.status_code == 422
    assert "开始日期不能早于今天。" in answer.content.decode()
    assert 'value="外出培训"' in answer.content.decode()
    assert client.post("/workbench/deputies/", sent | {"deputy": who.health.pk}).status_code == 422
    assert not Deputation.objects.exists()
