"""Finding things from anywhere, within what the reader may see."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from shoushan.directory.enums import Role
from shoushan.directory.models import User
from shoushan.portal.search import recent
from shoushan.registry.models import Enterprise, NameSpelling
from shoushan.registry.services import rename_enterprise
from shoushan.registry.services_spellings import spell_names
from shoushan.ui import search
from tests.apps.resumption.applications import FEB_11, FEB_12, ZHIYUAN, moment, submitted
from tests.apps.resumption.difficulties import MONDAY, Offices, offices, planned, raised
from tests.directory.factories import a_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(tmp_path: Path) -> Offices:
    found = offices(tmp_path)
    spell_names(moment(FEB_11))
    return found


def titles(reader: User, words: str) -> dict[str, list[str]]:
    """What is found, by kind."""
    reader.acting_on = FEB_12
    found = search.find(reader, words, on=FEB_12)
    return {str(each.label): [str(hit.title) for hit in each.hits] for each in found}


@pytest.mark.parametrize("words", ["示例1号", "示例1", "sl1h", "shili1hao", "SL1HYXGS", "  示例 1号 "])
def test_an_enterprise_is_found_by_name_and_spelling(who: Offices, words: str) -> None:
    assert titles(who.leader, words)["企业"] == ["示例1号有限公司"]


def test_it_is_found_by_its_codes(who: Offices) -> None:
    enterprise = who.who.claim.enterprise

    assert titles(who.leader, enterprise.uscc or "")["企业"] == [enterprise.name]
    assert titles(who.leader, enterprise.code)["企业"] == [enterprise.name]


def test_it_is_found_by_the_name_that_it_bore(who: Offices) -> None:
    enterprise = who.who.claim.enterprise
    rename_enterprise(enterprise=enterprise, name="泉城精密机械有限公司", on=FEB_12, at=moment(FEB_12))
    spell_names(moment(FEB_12))

    for words in ("示例1号", "sl1h", "qcjm"):
        (found,) = [each for each in search.find(who.leader, words, on=FEB_12) if str(each.label) == "企业"]
        assert [hit.title for hit in found.hits] == ["泉城精密机械有限公司"]
        assert "曾用名 示例1号有限公司" in found.hits[0].note


def test_others_see_nothing_of_it(who: Offices) -> None:
    submitted(who.who)
    matter = raised(who)
    stranger = a_user("stranger", (Role.STREET_USER, ZHIYUAN))

    for words in ("示例1号", "sl1h", matter.code, "RES-"):
        assert titles(stranger, words).keys() & {"企业", "复工申请", "诉求"} == set()
    assert titles(who.who.contact, "示例")["企业"] == ["示例1号有限公司"]


def test_records_are_found_by_number_and_words(who: Offices) -> None:
    application, matter = submitted(who.who), raised(who)

    assert titles(who.who.street, application.code) == {"复工申请": ["示例1号有限公司"]}
    assert list(titles(who.industry, matter.code)) == ["诉求"]
    assert matter.text[:6] in titles(who.industry, "包车")["诉求"][0]


def test_pages_areas_and_figures_are_found_too(who: Offices) -> None:
    assert titles(who.yaojia, "gzt")["页面"] == ["工作台"]
    assert titles(who.yaojia, "yaojia")["辖区"] == ["姚家街道", "姚家社区居民委员会"]
    assert titles(who.yaojia, "fgl")["指标"][:2] == ["复工率", "返岗率"]
    assert titles(who.yaojia, "resumption_rate")["指标"] == ["复工率"]


def test_no_more_than_so_many_of_a_kind(who: Offices) -> None:
    assert len(titles(who.leader, "街道")["辖区"]) == search.MOST
    assert titles(who.leader, "  ") == {}


def test_without_words_it_shows_what_one_worked_on(who: Offices) -> None:
    matter = planned(who)

    (hit,) = recent(who.industry, on=MONDAY.date())
    assert (hit.note, hit.address) == (matter.code, f"/matters/{matter.code}/")
    client = Client()
    client.force_login(who.industry)
    assert matter.code in client.get("/search/").content.decode()
    part = client.get("/search/", {"part": "1", "q": matter.code}).content.decode()
    assert "<html" not in part
    assert matter.code in part
    assert "没有找到" in client.get("/search/", {"q": "不存在的企业"}).content.decode()


def test_the_search_asks_as_often_for_many_as_for_few(
    who: Offices, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(13):
        titles(who.leader, "示例")


# ---- the spellings ---------------------------------------------------------------------------------------
def test_spelling_again_changes_nothing_and_a_name_that_nobody_bears_is_forgotten(who: Offices) -> None:
    assert spell_names(MONDAY) == 0
    assert NameSpelling.objects.count() == Enterprise.objects.count()

    NameSpelling.objects.filter(name_key=who.who.claim.enterprise.name_key).update(name_key="没有这个名字")
    assert spell_names(MONDAY) == 1
    assert NameSpelling.objects.count() == Enterprise.objects.count()


def test_a_finder_is_declared_once() -> None:
    with pytest.raises(ValueError, match="declared twice"):
        search.register(search.Finder(code="portal.pages", label="", find=lambda *_asked: []))
