"""Matching rows of a file against the register: code, then name, then suggestions."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from shoushan.lib.texts import match_key
from shoushan.registry import selectors, services
from shoushan.registry.enums import Source
from shoushan.registry.selectors import Match
from tests.registry.factories import AT, ON, OTHER_USCC, USCC, a_row, an_enterprise

pytestmark = pytest.mark.django_db


def _match(name: str, uscc: str | None = None) -> Match:
    return selectors.match_enterprises(usccs=[uscc], name_keys=[match_key(name)])[0]


def test_it_takes_the_credit_code_before_the_name() -> None:
    by_code = an_enterprise("甲示例有限公司", uscc=USCC)
    an_enterprise("乙示例有限公司", uscc=OTHER_USCC)

    found = _match("乙示例有限公司", USCC)

    assert (found.enterprise.code if found.enterprise else "", found.by, found.problem) == (by_code.code, "USCC", "")


def test_it_takes_a_unique_name_when_the_code_is_unknown_on_either_side() -> None:
    row = an_enterprise("甲示例有限责任公司（演示）")

    without_code = _match("甲示例有限公司(演示)")
    with_new_code = _match("甲示例有限公司(演示)", USCC)

    assert [match.enterprise.id if match.enterprise else 0 for match in (without_code, with_new_code)] == [
        row.pk,
        row.pk,
    ]
    assert (with_new_code.by, with_new_code.problem) == ("NAME", "")


def test_it_warns_when_the_enterprise_of_the_name_has_another_code() -> None:
    an_enterprise("甲示例有限公司", uscc=USCC)

    found = _match("甲示例有限公司", OTHER_USCC)

    assert found.enterprise is not None
    assert (found.by, found.problem) == ("NAME", "NAME_HAS_OTHER_USCC")


def test_it_chooses_none_of_several_with_one_name() -> None:
    an_enterprise("甲示例有限公司", uscc=USCC)
    an_enterprise("甲示例有限公司", uscc=OTHER_USCC)

    assert _match("甲示例有限公司") == Match(None, "", "NAME_AMBIGUOUS")


def test_it_knows_former_names_after_present_ones() -> None:
    renamed = an_enterprise("旧示例有限公司")
    services.rename_enterprise(enterprise=renamed, name="新示例有限公司", on=date(2020, 3, 1), at=AT)

    before = _match("旧示例有限公司")
    successor = an_enterprise("旧示例有限公司")
    after = _match("旧示例有限公司")

    assert (before.enterprise.id if before.enterprise else 0, before.by) == (renamed.pk, "FORMER_NAME")
    assert (after.enterprise.id if after.enterprise else 0, after.by) == (successor.pk, "NAME")


def test_it_notices_a_branch_with_its_parent_s_code() -> None:
    an_enterprise("甲示例有限公司", uscc=USCC)

    branch = _match("甲示例有限公司历下分公司", USCC)
    itself = _match("甲示例有限公司", USCC)

    assert (branch.problem, itself.problem) == ("BRANCH_WITH_PARENT_USCC", "")


def test_it_does_not_blame_a_branch_for_its_own_code() -> None:
    an_enterprise("甲示例有限公司历下分公司", uscc=USCC)

    assert _match("甲示例有限公司历下第一分公司", USCC).problem == ""


@pytest.mark.parametrize(
    ("name", "uscc"), [("", None), ("没有的示例有限公司", None), ("没有的示例有限公司", USCC), ("", "")]
)
def test_it_finds_nothing_for_what_is_not_there(name: str, uscc: str | None) -> None:
    an_enterprise("甲示例有限公司")

    assert _match(name, uscc) == Match(None)


def test_it_keeps_the_order_of_the_rows_and_refuses_unequal_lists() -> None:
    an_enterprise("甲示例有限公司", uscc=USCC)

    found = selectors.match_enterprises(usccs=[None, USCC, None], name_keys=["无", "无", match_key("甲示例有限公司")])

    assert [match.by for match in found] == ["", "USCC", "NAME"]
    with pytest.raises(ValueError, match="zip"):
        selectors.match_enterprises(usccs=[None], name_keys=[])


def test_it_matches_ten_thousand_rows_in_few_queries(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    names = [f"示例{number:05}号餐饮有限公司" for number in range(5000)]
    services.register_enterprises(rows=[a_row(name) for name in names], source=Source.STATISTICS, on=ON, at=AT)
    keys = [match_key(f"示例{number:05}号餐饮有限公司") for number in range(10_000)]

    with django_assert_max_num_queries(60):
        found = selectors.match_enterprises(usccs=[None] * 10_000, name_keys=keys)

    assert sum(match.by == "NAME" for match in found) == 5000
    assert all(match.enterprise is not None for match in found[:5000])


def test_it_suggests_similar_names_and_only_those() -> None:
    near = an_enterprise("历下示例餐饮管理有限公司")
    an_enterprise("完全不同的名称集团有限公司")

    found = selectors.suggest_similar(match_key("历下示例餐饮管理有限公可"), scope=["370102"])

    assert [(suggestion.code, suggestion.name) for suggestion in found] == [(near.code, near.name)]
    assert found[0].similarity >= 0.9
    assert selectors.suggest_similar("毫不相干", scope=["370102"]) == []
    assert selectors.suggest_similar("", scope=["370102"]) == []


def test_it_suggests_three_at_most_and_the_best_first() -> None:
    for last in "甲乙丙丁戊":
        an_enterprise(f"历下示例餐饮管理服务有限公司{last}")

    found = selectors.suggest_similar("历下示例餐饮管理服务有限公司乙", scope=["370102"])

    assert len(found) == 3
    assert (found[0].name, found[0].similarity) == ("历下示例餐饮管理服务有限公司乙", 1.0)
