"""Kinds of enterprises and their codes."""

from __future__ import annotations

import pytest

from shoushan.registry.enums import EntityKind
from shoushan.registry.kinds import ALPHABET, entity_kind, is_branch_name, new_codes


@pytest.mark.parametrize(
    "name",
    [
        "示例餐饮有限公司济南分公司",
        "示例银行股份有限公司济南历下支行",
        "示例银行济南分行",
        "示例超市有限公司泉城路分店",
        "示例证券有限公司经十路营业部",
        "示例科技有限公司济南办事处",
        "示例餐饮有限公司济南分公司(演示)",
    ],
)
def test_it_knows_a_branch_by_the_end_of_its_name(name: str) -> None:
    assert is_branch_name(name)


@pytest.mark.parametrize(
    "name", ["", "示例餐饮有限公司", "示例分公司管理有限公司", "示例办事处装饰工程有限公司", "分行者网络有限公司"]
)
def test_it_does_not_take_a_word_inside_the_name_for_a_branch(name: str) -> None:
    assert not is_branch_name(name)


@pytest.mark.parametrize(
    ("name", "uscc", "stated", "kind"),
    [
        ("示例有限公司", None, None, EntityKind.ENTERPRISE),
        ("示例有限公司", "913701020000001740", None, EntityKind.ENTERPRISE),
        ("示例有限公司历下分公司", "913701020000001740", None, EntityKind.BRANCH),
        ("示例有限公司历下分公司", None, EntityKind.ENTERPRISE, EntityKind.BRANCH),
        ("示例小吃店第一分店", "92370102MA3N000000", None, EntityKind.INDIVIDUAL),
        ("示例合作社", "93370102MA3N000113", None, EntityKind.COOPERATIVE),
        ("示例中心", "12370102100000016T", None, EntityKind.INSTITUTION),
        ("示例村经济合作社", "N2370102MF0000013X", None, EntityKind.OTHER),
        ("示例商行", None, EntityKind.INDIVIDUAL, EntityKind.INDIVIDUAL),
    ],
)
def test_it_tells_the_kind(name: str, uscc: str | None, stated: EntityKind | None, kind: EntityKind) -> None:
    assert entity_kind(name=name, uscc=uscc, stated=stated) == kind


def test_it_makes_different_codes_that_no_spreadsheet_reads_as_a_number() -> None:
    codes = new_codes(5000)

    assert len(set(codes)) == 5000
    assert {len(code) for code in codes} == {12}
    assert set("".join(codes)) <= set(ALPHABET)
    assert all(code[0].isalpha() for code in codes)
    assert not set(ALPHABET) & set("ILOU")
    assert new_codes(0) == []
