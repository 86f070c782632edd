"""The inbox: one message once, to a person or to everybody of an organisation, each reading it for themselves."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from shoushan.directory.models import Organisation, User
from shoushan.notices.models import Notice
from shoushan.notices.selectors import inbox, unread
from shoushan.notices.services import Message, mark_read, tell
from tests.directory.factories import a_user, an_organisation

pytestmark = pytest.mark.django_db
AT = datetime(2020, 2, 17, 1, 0, tzinfo=UTC)
MESSAGE = Message(key="DIF-1/given", subject="matter:DIF-1", title="有新的诉求待签收", address="/matters/DIF-1/")


@pytest.fixture
def office() -> Organisation:
    return an_organisation("DEPT_X")


@pytest.fixture
def people(office: Organisation) -> list[User]:
    return [a_user(name, organisation=office) for name in ("first", "second")]


def test_it_tells_an_occasion_once(office: Organisation, people: list[User]) -> None:
    told = [tell(MESSAGE, at=AT, users=[people[0], None, people[0]], organisations=[office]) for _time in range(2)]

    assert told == [2, 0]
    assert Notice.objects.count() == 2


def test_each_person_of_an_organisation_reads_for_themselves(office: Organisation, people: list[User]) -> None:
    first, second = people
    tell(MESSAGE, at=AT, organisations=[office])

    assert mark_read(user=first, at=AT) == 1
    assert mark_read(user=first, at=AT) == 0
    assert [each.is_read for each in inbox(first)] == [True]  # type: ignore[attr-defined]
    assert unread(first).count() == 0
    assert unread(second).count() == 1


def test_a_person_marks_nothing_of_others(people: list[User]) -> None:
    first, second = people
    tell(MESSAGE, at=AT, users=[first])

    assert mark_read(user=second, at=AT, notice_ids=[Notice.objects.get().pk]) == 0
    assert unread(first).count() == 1


def test_it_cuts_words_that_are_too_long(people: list[User]) -> None:
    long = Message(key="k", subject="matter:1", title="长" * 300, detail="话" * 900)
    tell(long, at=AT, users=people)

    notice = Notice.objects.first()
    assert notice is not None
    assert (len(notice.title), len(notice.detail)) == (120, 500)
    assert notice.title.endswith("…")


def test_the_page_lists_opens_and_clears(people: list[User]) -> None:
    first, second = people
    tell(MESSAGE, at=AT, users=[first])
    tell(Message(key="other", subject="matter:2", title="另一件", is_urgent=True), at=AT, users=[first])
    client, stranger = Client(), Client()
    client.force_login(first)
    stranger.force_login(second)
    notice = Notice.objects.get(title=MESSAGE.title)
    address = reverse("notices:notice-open", args=[notice.pk])

    assert stranger.post(address).status_code == 404
    assert client.post(address).headers["Location"] == "/matters/DIF-1/"
    page = client.get(reverse("notices:notice-list"), {"unread": "1"}).content.decode()
    assert "另一件" in page
    assert MESSAGE.title not in page
    answer = client.post(reverse("notices:notice-read-all"), follow=True).content.decode()
    assert "1 条消息已标为已读。" in answer
    assert "没有未读消息。" in client.post(reverse("notices:notice-read-all"), follow=True).content.decode()
