"""Vacant rooms for investors, and how plans draw them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from shoushan.apps.premises.models import (
    Building,
    VacancyOffer,
)
from shoushan.apps.premises.selectors.vacancies import offered
from shoushan.apps.premises.services import (
    end_lease,
    release_vacancy,
)
from shoushan.lifecycle.errors import GuardError
from tests.apps.premises.factories import (
    AT,
    JANUARY_1,
    ZHIYUAN,
    Who,
    a_firm,
    let,
    rooms,
    sent,
    setting,
    shown,
    two_buildings,
)
from tests.directory.factories import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> Who:
    return setting()


@pytest.fixture
def building(who: Who) -> Building:
    return two_buildings()


@pytest.fixture(autouse=True)
def _march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


def test_investors_see_what_was_released_and_nothing_else(building: Building, who: Who, client: Client) -> None:
    unit, hidden, let_one = rooms(building, 100, 60, 50)
    place = (building.code, unit.serial)
    assert sent(who.street, "vacancy-release", *place, rent_fen="1.8", available_on="2020-05-01")[0] == 302
    let(let_one, a_firm(1), JANUARY_1)
    status, text = sent(who.street, "vacancy-release", building.code, let_one.serial, rent_fen="")
    assert (status, "只有空置的房间可以发布房源" in text) == (422, True)

    listed = shown(client, "vacancy-list")
    plan = shown(client, "vacancy-plan", building.code)
    file = client.get(reverse("premises:vacancy-export")).content.decode("utf-8-sig")

    for text in (listed, plan, file):
        assert unit.number in text
        assert "2020-05-01" in text
        assert "1.8" in text
        for other in (hidden, let_one):
            assert not re.search(rf"[>,]\s*{other.number}\s*[<,]", text)
        assert "示例1号" not in text
        assert "0001" not in text.replace(building.code, "")
    assert plan.count("stacking-other") == 2

    let(unit, a_firm(2), date(2020, 3, 1))
    assert unit.number not in shown(client, "vacancy-list")
    assert client.get(reverse("premises:vacancy-plan", args=[building.code])).status_code == 404


def test_a_room_that_is_let_from_a_coming_day_is_offered_until_then(building: Building, client: Client) -> None:
    soon, later, beyond = rooms(building, 100, 60, 50)
    for unit, ready in ((soon, None), (later, None), (beyond, date(2020, 6, 1))):
        release_vacancy(unit, released_on=JANUARY_1, rent_fen=None, available_on=ready, actor=None, at=AT)
    let(soon, a_firm(1), date(2020, 4, 22))
    let(later, a_firm(2), date(2020, 4, 23))
    let(beyond, a_firm(3), date(2020, 5, 1))

    found = offered(on=date(2020, 3, 23))

    assert [(each.unit, each.until) for each in found] == [(later, date(2020, 4, 22))]
    assert "可租至 2020-04-22" in shown(client, "vacancy-list")
    with pytest.raises(GuardError, match="这间房自 2020-04-22 起已租出，临近起租"):
        release_vacancy(soon, released_on=date(2020, 3, 23), rent_fen=1, available_on=None, actor=None, at=AT)


def test_letting_a_room_ends_its_offer_for_good(building: Building, client: Client) -> None:
    (unit,) = rooms(building, 100)
    release_vacancy(unit, released_on=JANUARY_1, rent_fen=None, available_on=None, actor=None, at=AT)
    lease = let(unit, a_firm(1), date(2020, 2, 1))
    end_lease(lease, kind="EARLY", last_on=date(2020, 3, 1), reason="迁出", actor=None, at=AT)

    assert VacancyOffer.objects.get().withdrawn_on == date(2020, 2, 1)
    assert "没有符合条件的房源" in shown(client, "vacancy-list")
    release_vacancy(unit, released_on=date(2020, 3, 23), rent_fen=None, available_on=None, actor=None, at=AT)
    assert [each.unit for each in offered(on=date(2020, 3, 23))] == [unit]


def test_investors_are_told_whom_to_ask(building: Building, who: Who, client: Client) -> None:
    (unit,) = rooms(building, 100)
    release_vacancy(unit, released_on=JANUARY_1, rent_fen=None, available_on=None, actor=None, at=AT)
    leads = who.office.organisation
    assert leads is not None

    before = shown(client, "vacancy-list")
    Building.objects.filter(pk=building.pk).update(investor_phone="0531-00000000")

    assert f"招商部 · {leads.name}" in before
    for text in (
        shown(client, "vacancy-list"),
        shown(client, "vacancy-plan", building.code),
        client.get(reverse("premises:vacancy-export")).content.decode("utf-8-sig"),
    ):
        assert "招商部 0531-00000000" in text
        assert "13900000001" not in text


def test_the_rest_of_a_room_is_drawn_and_offered(building: Building, who: Who, client: Client) -> None:
    (unit,) = rooms(building, 100)
    let(unit, a_firm(1), JANUARY_1, area=60.5)
    assert sent(who.street, "vacancy-release", building.code, unit.serial, rent_fen="")[0] == 302

    text = shown(signed_in(who.street), "building-detail", building.code)
    drawing = text.partition('<svg class="stacking"')[2].partition("</svg>")[0]
    assert (drawing.count('class="use-let"'), drawing.count('class="use-vacant"')) == (1, 1)
    assert "部分空置 39.50平方米" in re.sub(r"<[^>]+>", "", text)
    listed = shown(client, "vacancy-list")
    assert "39.50" in listed
    assert "部分" in listed
    plan = shown(client, "vacancy-plan", building.code)
    assert (plan.count('class="use-vacant"'), plan.count("stacking-other")) == (1, 1)


def test_what_is_not_divided_is_drawn_and_a_building_without_rooms_has_its_outline(
    building: Building, who: Who
) -> None:
    empty = shown(signed_in(who.street), "building-detail", building.code)
    rooms(building, 100)
    text = shown(signed_in(who.street), "building-detail", building.code)

    for page in (empty, text):
        drawing = page.partition('<svg class="stacking"')[2].partition("</svg>")[0]
        assert drawing.count('class="use-undivided"') == 1
    assert "虚线框是楼宇的可租面积" in empty
    assert "900.00" in text.partition('<svg class="stacking"')[2].partition("</svg>")[0]


@pytest.mark.parametrize(
    ("asked", "is_there"),
    [
        ({"least": "100", "most": "100"}, True),
        ({"least": "100.01"}, False),
        ({"most": "99"}, False),
        ({"rent": "2.5"}, True),
        ({"rent": "2.49"}, False),
        ({"area": ZHIYUAN}, False),
        ({"theme": "金融"}, True),
        ({"least": "9", "most": "1"}, False),
    ],
)
def test_investors_filter(building: Building, client: Client, asked: dict[str, str], is_there: bool) -> None:
    (unit,) = rooms(building, 100)
    release_vacancy(unit, released_on=JANUARY_1, rent_fen=None, available_on=None, actor=None, at=AT)

    assert ('<span lang="zh-Hans">101</span>' in shown(client, "vacancy-list", **asked)) is is_there


def test_a_room_is_taken_back_from_investors(building: Building, who: Who, client: Client) -> None:
    (unit,) = rooms(building, 100)
    release_vacancy(unit, released_on=JANUARY_1, rent_fen=None, available_on=None, actor=None, at=AT)

    assert sent(who.street, "vacancy-withdraw", building.code, unit.serial)[0] == 302

    assert VacancyOffer.objects.get().withdrawn_on == date(2020, 3, 23)
    assert "没有符合条件的房源" in shown(client, "vacancy-list")
