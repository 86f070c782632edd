"""Lixia's areas and organisations as package data (handbook A2)."""

from __future__ import annotations

from datetime import date

import pytest

from shoushan.directory import selectors, services
from shoushan.directory.enums import AreaLevel, OrganisationKind
from shoushan.directory.models import Area, AreaAlias, Organisation

pytestmark = pytest.mark.django_db

COMMUNITIES = {
    "解放路街道": 5, "千佛山街道": 7, "趵突泉街道": 6, "泉城路街道": 4, "大明湖街道": 6, "东关街道": 8, "文东街道": 15,
    "建新街道": 7, "甸柳街道": 8, "燕山街道": 8, "姚家街道": 33, "龙洞街道": 15, "智远街道": 17,
}  # fmt: skip


def test_it_has_the_handbook_s_subdistricts_with_their_numbers_of_communities() -> None:
    services.load_reference_district()

    streets = Area.objects.filter(level=AreaLevel.SUBDISTRICT).order_by("code")

    assert [street.code for street in streets] == [f"370102{number:03}" for number in range(1, 14)]
    assert {street.name: street.children.count() for street in streets} == COMMUNITIES
    assert Area.objects.filter(level=AreaLevel.COMMUNITY).count() == 139


def test_it_puts_every_area_under_the_one_its_code_begins_with() -> None:
    services.load_reference_district()

    rows = Area.objects.exclude(level=AreaLevel.DISTRICT).values_list("code", "parent__code")

    assert len(rows) == 152
    assert all(code.startswith(parent) and len(code) == len(parent) + 3 for code, parent in rows)


def test_it_is_valid_from_the_start_of_2020() -> None:
    services.load_reference_district()

    assert selectors.areas(on=date(2020, 2, 10)).count() == 153
    assert selectors.areas(on=date(2019, 12, 31)).count() == 0


def test_it_has_an_office_for_every_subdistrict_and_the_bureaus() -> None:
    services.load_reference_district()

    offices = Organisation.objects.filter(kind=OrganisationKind.SUBDISTRICT)

    assert sorted(offices.values_list("area_code", flat=True)) == [f"370102{number:03}" for number in range(1, 14)]
    assert Organisation.objects.get(code="DEPT_STATISTICS").name == "历下区统计局"
    assert Organisation.objects.get(code="HQ_OFFICE").parent == Organisation.objects.get(code="LEADING_GROUP")


def test_it_changes_nothing_when_loaded_again() -> None:
    services.load_reference_district()
    Area.objects.filter(code="370102007").update(name="改过的名称")
    before = [model.objects.count() for model in (Area, AreaAlias, Organisation)]

    services.load_reference_district()

    assert [model.objects.count() for model in (Area, AreaAlias, Organisation)] == before
    assert Area.objects.get(code="370102007").name == "改过的名称"
