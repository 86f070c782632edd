"""The page action by which an enterprise is given to another subdistrict."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from shoushan.directory.enums import Role
from shoushan.registry.models import Enterprise
from tests.apps.resumption.factories import JANUARY, frame, report
from tests.directory.factories import a_user
from tests.kept import district

pytestmark = pytest.mark.django_db

YAOJIA, ZHIYUAN = "370102011", "370102013"
ASKED = {"area": ZHIYUAN, "on": "2020-03-05", "reason": "迁址"}


@pytest.fixture(autouse=True)
def _district(tmp_path: Path) -> None:
    district()
    frame(tmp_path, JANUARY, {1: "规上工业"})
    report(tmp_path, date(2020, 2, 10), [[1, 50, "2020-02-10", 30]])


def client_of(role: Role, area: str = YAOJIA) -> Client:
    client = Client()
    client.force_login(a_user(f"{role}{area}".lower(), (role, area)))
    return client


def ask(client: Client, **changed: str) -> HttpResponse:
    address = reverse("resumption:enterprise-move", args=[Enterprise.objects.get().code])
    answer: HttpResponse = client.post(address, ASKED | changed, follow=True)
    return answer


def page(client: Client) -> HttpResponse:
    answer: HttpResponse = client.get(reverse("resumption:enterprise-detail", args=[Enterprise.objects.get().code]))
    return answer


def test_it_moves_the_enterprise_and_hands_its_page_over() -> None:
    giver, taker, office = client_of(Role.STREET_ADMIN), client_of(Role.STREET_USER, ZHIYUAN), client_of(Role.HQ_OFFICE)

    answer = ask(giver)

    assert "自 2020-03-05 起属地为智远街道，此前的数字不变。" in answer.content.decode()
    assert Enterprise.objects.get().area_code == ZHIYUAN
    assert [page(each).status_code for each in (giver, taker, office)] == [404, 200, 404]
    text = page(taker).content.decode()
    assert "姚家街道（至 2020-03-04）" in text
    assert "属地变更" in text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"area": ""}, "请选择迁入街道，并填写变更日期和原因"),
        ({"area": YAOJIA}, "请选择迁入街道"),
        ({"area": "370103001"}, "请选择迁入街道"),
        ({"on": "2020-02-30"}, "请选择迁入街道"),
        ({"reason": ""}, "请选择迁入街道"),
        ({"on": "2999-01-01"}, "2999-01-01 还没有到"),
        ({"on": "2019-12-31"}, "不是有效的街道或社区代码"),
    ],
)
def test_it_says_why_nothing_was_done(changed: dict[str, str], sentence: str) -> None:
    answer = ask(client_of(Role.STREET_ADMIN), **changed)

    assert sentence in answer.content.decode()
    assert Enterprise.objects.get().area_code == YAOJIA


def test_it_answers_others_as_if_there_were_nothing_and_readers_with_a_refusal() -> None:
    answers = [ask(client_of(Role.STREET_ADMIN, ZHIYUAN)), ask(client_of(Role.WG_MEMBER))]

    assert [answer.status_code for answer in answers] == [404, 403]
    assert Enterprise.objects.get().area_code == YAOJIA


def test_it_shows_the_form_to_those_who_may_use_it() -> None:
    shown = [
        "办理属地变更" in page(client_of(role)).content.decode() for role in (Role.STREET_ADMIN, Role.DISTRICT_LEADER)
    ]

    assert shown == [True, False]
