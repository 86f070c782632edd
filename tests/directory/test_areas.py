"""Areas: levels, parents, validity, succession."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from shoushan.directory import selectors, services
from shoushan.directory.enums import AreaLevel, SuccessionKind
from shoushan.directory.errors import DirectoryError
from shoushan.directory.models import Area
from tests.directory.factories import START, an_area, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def district() -> Area:
    """A district with one subdistrict and one community."""
    area = an_area("370102", "历下区")
    an_area("370102001", "解放路街道")
    an_area("370102001001", "示例社区")
    return area


def test_it_reads_level_and_parent_from_the_code(district: Area) -> None:
    grid = an_area("370102001001007", "第七网格")

    assert grid.level == AreaLevel.GRID
    assert grid.parent == Area.objects.get(code="370102001001")


@pytest.mark.parametrize("code", ["", "37010", "3701020010", "37010200A", "３７０１０２００２"])
def test_it_refuses_a_code_that_is_no_area_code(district: Area, code: str) -> None:
    with pytest.raises(DirectoryError, match="应为 6、9、12 或 15 位数字"):
        an_area(code)


def test_it_refuses_an_area_whose_parent_is_not_valid_yet(district: Area) -> None:
    with pytest.raises(DirectoryError, match="上级 370102 在 2019-12-31 没有启用"):
        an_area("370102002", valid_from=date(2019, 12, 31))


def test_it_refuses_an_area_without_a_name(district: Area) -> None:
    with pytest.raises(DirectoryError, match="没有名称"):
        an_area("370102002", " ")


def test_it_refuses_the_same_code_twice_at_a_time_but_not_one_after_the_other(district: Area) -> None:
    community = Area.objects.get(code="370102001001")

    with pytest.raises(DirectoryError, match="已经启用"):
        an_area("370102001001", valid_from=date(2020, 6, 1))
    services.close_area(area=community, valid_to=date(2020, 5, 31))
    an_area("370102001001", "改名社区", valid_from=date(2020, 6, 1))

    assert selectors.area_names(on=date(2020, 5, 31))["370102001001"] == "示例社区"
    assert selectors.area_names(on=date(2020, 6, 1))["370102001001"] == "改名社区"
    assert selectors.area_names()["370102001001"] == "改名社区"


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "370102002", "level": "COMMUNITY"},
        {"code": "370102002", "level": "SUBDISTRICT", "parent": None},
        {"code": "370103", "level": "DISTRICT"},
        {"code": "370102001", "level": "SUBDISTRICT", "valid_from": date(2020, 2, 1)},
        {"code": "370102002", "level": "SUBDISTRICT", "valid_to": date(2019, 12, 31)},
    ],
)
def test_it_is_refused_by_the_database_as_well(district: Area, wrong: dict[str, object]) -> None:
    row = {"name": "示例", "parent": district, "valid_from": START, **wrong}

    with pytest.raises(IntegrityError, match=r"directory_area|UNIQUE"), transaction.atomic():
        Area.objects.create(**row)


def test_it_does_not_close_an_area_with_open_ones_below(district: Area) -> None:
    street = Area.objects.get(code="370102001")

    with pytest.raises(DirectoryError, match="还有启用中的下级辖区"):
        services.close_area(area=street, valid_to=date(2020, 5, 31))


def test_it_does_not_close_an_area_twice_or_before_its_start(district: Area) -> None:
    community = Area.objects.get(code="370102001001")

    with pytest.raises(DirectoryError, match="停用日期早于启用日期"):
        services.close_area(area=community, valid_to=date(2019, 12, 31))
    services.close_area(area=community, valid_to=date(2020, 5, 31))
    with pytest.raises(DirectoryError, match="已经停用"):
        services.close_area(area=community, valid_to=date(2020, 6, 30))


def test_it_tells_what_became_of_a_split_area_through_several_steps(district: Area) -> None:
    old = Area.objects.get(code="370102001001")
    parts = [an_area("370102001002", "东社区", date(2020, 6, 1)), an_area("370102001003", "西社区", date(2020, 6, 1))]
    services.succeed_areas(old=[old], new=parts, kind=SuccessionKind.SPLIT, effective_on=date(2020, 6, 1))
    again = an_area("370102001004", "新西社区", date(2021, 1, 1))
    services.succeed_areas(old=[parts[1]], new=[again], kind=SuccessionKind.RECODED, effective_on=date(2021, 1, 1))

    assert selectors.successors(code="370102001001", on=date(2020, 5, 31)) == ["370102001001"]
    assert selectors.successors(code="370102001001", on=date(2020, 6, 1)) == ["370102001002", "370102001003"]
    assert selectors.successors(code="370102001001", on=date(2021, 1, 1)) == ["370102001002", "370102001004"]


def test_it_refuses_a_succession_to_itself_or_to_an_older_area(district: Area) -> None:
    old = Area.objects.get(code="370102001001")
    older = an_area("370102001002", "东社区")

    with pytest.raises(DirectoryError, match="二者不能相同"):
        services.succeed_areas(old=[old], new=[old], kind=SuccessionKind.SPLIT, effective_on=date(2020, 6, 1))
    with pytest.raises(DirectoryError, match="早于生效日期"):
        services.succeed_areas(old=[old], new=[older], kind=SuccessionKind.SPLIT, effective_on=date(2020, 6, 1))


def test_it_keeps_an_alias_once(district: Area) -> None:
    services.add_alias(area=district, name=" 历下 ")

    services.add_alias(area=district, name="历下")

    assert [alias.name for alias in district.aliases.all()] == ["历下"]


def test_it_refuses_an_organisation_below_itself() -> None:
    top = an_organisation("TOP")
    middle = an_organisation("MIDDLE", parent=top)
    low = an_organisation("LOW", parent=middle)

    with pytest.raises(DirectoryError, match="自己的下级单位"):
        services.move_organisation(organisation=top, parent=low)
    services.move_organisation(organisation=low, parent=top)

    assert sorted(top.children.values_list("code", flat=True)) == ["LOW", "MIDDLE"]
