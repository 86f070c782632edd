"""Names as people type them."""

from __future__ import annotations

import pytest

from shoushan.lib.pinyin import is_named, spelling, typed_letters


@pytest.mark.parametrize(
    ("name", "initials", "syllables"),
    [
        ("济南银行股份有限公司", "jnyhgfyxgs", "jinanyinhanggufenyouxiangongsi"),
        ("绿地集团", "ldjt", "lvdijituan"),
        ("重庆路", "cql", "chongqinglu"),
        ("CBD大厦A座", "cbddsaz", "cbddashaazuo"),
        ("历下·1号（东区）", "lx1hdq", "lixia1haodongqu"),
        ("", "", ""),
    ],
)
def test_it_spells_names(name: str, initials: str, syllables: str) -> None:
    assert spelling(name) == (initials, syllables)


@pytest.mark.parametrize(
    ("text", "letters"),
    [("ldjt", "ldjt"), (" LD JT ", "ldjt"), ("绿地", ""), ("l", ""), ("2020", ""), ("91370102", ""), ("a-b", "")],
)
def test_it_knows_what_can_only_be_a_spelling(text: str, letters: str) -> None:
    assert typed_letters(text) == letters


@pytest.mark.parametrize("text", ["绿地", "ldjt", "lvdi", "djt", "集团"])
def test_a_name_is_found_by_its_characters_and_its_spelling(text: str) -> None:
    assert is_named("绿地集团", text)


@pytest.mark.parametrize("text", ["蓝地", "ldx", "", "x"])
def test_another_name_is_not(text: str) -> None:
    assert not is_named("绿地集团", text)
