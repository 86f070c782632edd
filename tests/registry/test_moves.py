"""Enterprises that move to another subdistrict: where each lay on every day."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from shoushan.registry import selectors, services
from shoushan.registry.enums import Source
from shoushan.registry.models import Enterprise, EnterpriseArea
from shoushan.registry.selectors import Stay
from shoushan.registry.services import Place, RegistryError
from tests.kept import district
from tests.registry.factories import AT, an_enterprise

pytestmark = pytest.mark.django_db

FIRST, SECOND, THIRD = "370102001", "370102002", "370102003"
MAR_4, MAR_5, MAR_10 = date(2020, 3, 4), date(2020, 3, 5), date(2020, 3, 10)


@pytest.fixture(autouse=True)
def _district() -> None:
    district()


@pytest.fixture
def firm() -> Enterprise:
    """An enterprise of the first subdistrict."""
    return an_enterprise(area_code=FIRST)


def move(firm: Enterprise, area: str, on: date, community: str = "") -> list[int]:
    return services.move_enterprises(places={firm.pk: Place(area, community)}, on=on, reason="迁址", at=AT)


def course(firm: Enterprise) -> list[str]:
    firm.refresh_from_db()
    return [selectors.area_on(enterprise=firm, on=day) for day in (MAR_4, MAR_5, date(2020, 3, 9), MAR_10)]


def test_it_lies_in_the_old_subdistrict_before_and_in_the_new_one_after(firm: Enterprise) -> None:
    moved = move(firm, SECOND, MAR_5)

    assert moved == [firm.pk]
    assert course(firm) == [FIRST, SECOND, SECOND, SECOND]
    assert firm.area_code == SECOND
    left = EnterpriseArea.objects.get()
    assert (left.area_code, left.until_on, left.reason, left.recorded_at) == (FIRST, MAR_4, "迁址", AT)


def test_it_keeps_every_stay(firm: Enterprise) -> None:
    move(firm, SECOND, MAR_5)
    move(firm, FIRST, MAR_10)

    assert course(firm) == [FIRST, SECOND, SECOND, FIRST]
    assert selectors.stays_of(enterprise_ids=[firm.pk]) == {
        firm.pk: (Stay(date.min, FIRST), Stay(MAR_5, SECOND), Stay(MAR_10, FIRST))
    }


def test_it_changes_nothing_when_it_is_there_already(firm: Enterprise) -> None:
    assert move(firm, FIRST, MAR_5) == []
    assert EnterpriseArea.objects.count() == 0
    assert selectors.stays_of(enterprise_ids=[firm.pk]) == {}


def test_it_corrects_a_move_of_the_same_day_and_takes_it_back(firm: Enterprise) -> None:
    move(firm, SECOND, MAR_5)

    move(firm, THIRD, MAR_5)
    corrected = course(firm)
    move(firm, FIRST, MAR_5)

    assert corrected == [FIRST, THIRD, THIRD, THIRD]
    assert course(firm) == [FIRST] * 4
    assert EnterpriseArea.objects.count() == 0


def test_it_knows_a_new_community_of_the_same_subdistrict_without_a_new_stay(firm: Enterprise) -> None:
    move(firm, FIRST, MAR_5, "370102001002")
    move(firm, SECOND, MAR_10)

    firm.refresh_from_db()
    assert (firm.area_code, firm.community_code) == (SECOND, "")
    assert list(EnterpriseArea.objects.order_by("until_on").values_list("area_code", "community_code")) == [
        (FIRST, ""),
        (FIRST, "370102001002"),
    ]
    assert selectors.stays_of(enterprise_ids=[firm.pk])[firm.pk] == (Stay(date.min, FIRST), Stay(MAR_10, SECOND))


@pytest.mark.parametrize(
    ("place", "on", "sentence"),
    [
        (Place(THIRD), MAR_4, "已自 2020-03-05 起变更属地"),
        (Place(THIRD), date(2020, 3, 24), "还没有到"),
        (Place("370102"), MAR_10, "370102 在 2020-03-10 不是有效的街道或社区代码"),
        (Place("370102099"), MAR_10, "370102099 在"),
        (Place(THIRD, "370102001002"), MAR_10, "370102001002 在"),
        (Place(THIRD, "370102003999"), MAR_10, "370102003999 在"),
        (Place(""), MAR_10, "不是有效的街道"),
    ],
)
def test_it_refuses_a_wrong_day_or_place_and_moves_none(
    firm: Enterprise, place: Place, on: date, sentence: str
) -> None:
    other = an_enterprise("示例0002号餐饮有限公司", area_code=FIRST)
    move(firm, SECOND, MAR_5)

    with pytest.raises(RegistryError, match=sentence):
        services.move_enterprises(places={other.pk: Place(SECOND), firm.pk: place}, on=on, at=AT)

    other.refresh_from_db()
    assert other.area_code == FIRST
    assert course(firm) == [FIRST, SECOND, SECOND, SECOND]


@pytest.mark.parametrize(
    "wrong",
    [{"area_code": "370102"}, {"community_code": "370102002001"}, {"until_on": MAR_4}],
)
def test_it_is_refused_by_the_database_as_well(firm: Enterprise, wrong: dict[str, object]) -> None:
    row = {"enterprise": firm, "area_code": FIRST, "until_on": date(2020, 2, 1), "recorded_at": AT}
    move(firm, SECOND, MAR_5)

    with pytest.raises(IntegrityError), transaction.atomic():
        EnterpriseArea.objects.create(**(row | wrong))


def test_it_moves_thousands_together() -> None:
    rows = [services.NewEnterprise(f"示例{number:04}号餐饮有限公司", FIRST) for number in range(2_000)]
    entered = services.enter_enterprises(rows=rows, source=Source.STATISTICS, on=date(2020, 1, 1), at=AT)

    moved = services.move_enterprises(places={each.id: Place(SECOND) for each in entered}, on=MAR_5, at=AT)

    assert len(moved) == EnterpriseArea.objects.count() == Enterprise.objects.filter(area_code=SECOND).count() == 2_000
