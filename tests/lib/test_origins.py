"""Where somebody comes from, body temperatures and masks."""

from __future__ import annotations

import pytest

from shoushan.lib.masks import mask_name, mask_number, mask_phone
from shoushan.lib.origins import ABROAD, CITIES, PROVINCES, name_of, read_origin
from shoushan.lib.regions import is_known_region
from shoushan.lib.temperatures import read_temperature


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("湖北省武汉市江岸区", "420100"),
        ("武汉", "420100"),
        ("河南省商丘市", "411400"),
        ("河南", "410000"),
        ("山东济南", "370100"),
        ("广西壮族自治区", "450000"),
        ("内蒙古呼和浩特", "150100"),
        ("吉林省长春市", "220100"),
        ("境外", ABROAD),
        ("韩国首尔", ABROAD),
        ("420100", "420100"),
    ],
)
def test_it_reads_where_somebody_comes_from(text: str, code: str) -> None:
    assert read_origin(text).value == code


@pytest.mark.parametrize(
    ("text", "code"), [("武汉(路过)", "origin_passed"), ("途经湖北", "origin_passed"), ("火星", "origin_unknown")]
)
def test_it_refuses_what_is_no_origin(text: str, code: str) -> None:
    assert (read_origin(text).value, read_origin(text).code) == (None, code)


def test_every_name_has_a_code_that_there_is() -> None:
    assert len(PROVINCES) == 34
    assert all(is_known_region(code) for name, code in PROVINCES.items() if name not in {"台湾", "香港", "澳门"})
    assert all(code[:2] in {each[:2] for each in PROVINCES.values()} for code in CITIES.values())
    assert [name_of(code) for code in ("421100", ABROAD, "000000")] == ["湖北", "境外", "000000"]


@pytest.mark.parametrize(
    ("raw", "value", "suggestion"),
    [
        ("36.5", "36.5", ""),
        ("36.5℃", "36.5", ""),
        ("３６．８", "36.8", ""),
        (36.5, "36.5", ""),
        ("34", "34.0", ""),
        ("42.0", "42.0", ""),
        (365, None, "36.5"),
        ("36。5", None, "36.5"),
        ("42.1", None, ""),
        ("33.9", None, ""),
        ("正常", None, ""),
        (True, None, ""),
    ],
)
def test_it_reads_a_temperature_or_says_what_may_be_meant(raw: object, value: str | None, suggestion: str) -> None:
    reading = read_temperature(raw)  # type: ignore[arg-type]
    assert (None if reading.value is None else f"{reading.value:.1f}", reading.suggestion) == (value, suggestion)


def test_it_masks_enough_to_be_of_no_use() -> None:
    assert mask_number("370102189003070017") == "370*************17"
    assert mask_number("E1234") == "*****"
    assert mask_phone("13800001234") == "138****1234"
    assert mask_phone("") == ""
    assert [mask_name(name) for name in ("王伟", "阿不都·买买提", "李", "")] == ["王*", "阿******", "李*", ""]
