"""Names of areas as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shoushan.directory import selectors, services
from shoushan.directory.area_matching import AreaMatcher, MatchedArea
from shoushan.directory.enums import AreaLevel
from shoushan.directory.models import Area


@pytest.fixture
def matcher(db: None) -> AreaMatcher:
    """The matcher over the reference district."""
    services.load_reference_district()
    return selectors.area_matcher(on=date(2020, 3, 23))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("解放路街道", "370102001"),
        ("解放路办事处", "370102001"),
        ("解放路街道办事处", "370102001"),
        (" 解放路街道办\n", "370102001"),
        ("解放路", "370102001"),
        ("历下区解放路街道", "370102001"),
        ("济南市历下区人民政府解放路街道办事处", "370102001"),
        ("东门街道", "370102005"),
        ("文化东路街道", "370102007"),
        ("文东", "370102007"),
        ("建筑新村街道办事处", "370102008"),
        ("甸柳新村", "370102009"),
        ("智远街道办(刘智远)", "370102013"),
        ("智远街道办（刘智远）", "370102013"),
        ("370102013", "370102013"),
        ("３７０１０２０１３", "370102013"),
        ("370102013000", "370102013"),
        (370102013, "370102013"),
        (370102013.0, "370102013"),
    ],
)
def test_it_knows_a_subdistrict_by_name_alias_suffix_and_code(matcher: AreaMatcher, text: object, code: str) -> None:
    found = matcher.match(text)  # type: ignore[arg-type]

    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        None,
        "街道",
        "解放路社区",
        "舜华路街道",
        "3.70102E+8",
        "370102",
        "370102099",
        "370102001002",
        "历下区",
        "同上",
        7.5,
        True,
    ],
)
def test_it_does_not_guess_a_subdistrict(matcher: AreaMatcher, text: object) -> None:
    assert matcher.match(text) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("解放路社区", "370102008002"),
        ("文化东路居民委员会", "370102007003"),
        ("文化东路社区居委会", "370102007003"),
        ("和苑社区", "370102012007"),
        ("和苑社区居民委员会", "370102012007"),
        ("下井村", "370102012400"),
        ("建新街道解放路社区", "370102008002"),
        ("建新街道办事处解放路社区居委会", "370102008002"),
        ("370102008002", "370102008002"),
    ],
)
def test_it_knows_a_community_in_spite_of_its_endings(matcher: AreaMatcher, text: str, code: str) -> None:
    found = matcher.match(text, level=AreaLevel.COMMUNITY)

    assert found is not None
    assert found.code == code


def test_it_looks_only_inside_the_given_area(matcher: AreaMatcher) -> None:
    assert matcher.match("解放路社区", level=AreaLevel.COMMUNITY, within="370102001") is None
    assert matcher.match("解放路街道解放路社区", level=AreaLevel.COMMUNITY) is None
    assert matcher.match("370102008002", level=AreaLevel.COMMUNITY, within="370102001") is None


def test_it_finds_every_official_name_at_its_own_level(matcher: AreaMatcher) -> None:
    areas = list(Area.objects.all())

    found = [matcher.match(area.name, level=area.level) for area in areas]

    assert len(areas) == 153
    assert [match.code if match else None for match in found] == [area.code for area in areas]


def test_it_answers_none_when_two_areas_have_the_name_and_the_code_still_decides() -> None:
    areas = [
        MatchedArea("370102001", "示例街道", AreaLevel.SUBDISTRICT),
        MatchedArea("370102002", "样板街道", AreaLevel.SUBDISTRICT),
        MatchedArea("370102001001", "同名社区", AreaLevel.COMMUNITY),
        MatchedArea("370102002001", "同名社区", AreaLevel.COMMUNITY),
    ]
    matcher = AreaMatcher([(area, area.name) for area in areas], [])

    assert matcher.match("同名社区", level=AreaLevel.COMMUNITY) is None
    assert matcher.match("样板街道同名社区", level=AreaLevel.COMMUNITY) == areas[3]
    assert matcher.match("370102001001", level=AreaLevel.COMMUNITY) == areas[2]


def test_it_prefers_an_area_s_own_name_to_another_s_alias() -> None:
    old = MatchedArea("370102001", "示例街道", AreaLevel.SUBDISTRICT)
    new = MatchedArea("370102002", "样板街道", AreaLevel.SUBDISTRICT)

    matcher = AreaMatcher([(old, "示例街道"), (new, "样板街道")], [(new, "示例街道办"), (old, "老街街道")])

    assert matcher.match("示例街道") == old
    assert matcher.match("老街") == old


def test_it_knows_only_the_areas_of_its_day(db: None) -> None:
    services.load_reference_district()
    street = Area.objects.get(code="370102013")
    street.children.update(valid_to=date(2020, 3, 31))
    services.close_area(area=street, valid_to=date(2020, 3, 31))

    assert selectors.area_matcher(on=date(2020, 3, 31)).match("智远街道") is not None
    assert selectors.area_matcher(on=date(2020, 4, 1)).match("智远街道") is None


@given(text=st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.none(), st.dates(), st.datetimes()))
def test_it_never_raises(text: object) -> None:
    area = MatchedArea("370102001", "示例街道", AreaLevel.SUBDISTRICT)
    matcher = AreaMatcher([(area, area.name)], [])

    found = [matcher.match(text, level=level) for level in AreaLevel]  # type: ignore[arg-type]

    assert all(match is None or match == area for match in found)
