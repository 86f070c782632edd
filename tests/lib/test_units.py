"""Units behind numbers, in both languages."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.apps import apps
from django.utils import translation

from shoushan.figures.measures import all_measures
from shoushan.lib import units


@pytest.mark.parametrize(
    ("unit", "value", "chinese", "english"),
    [
        ("家", 1096, ("", "家"), (" ", "enterprises")),
        ("家", 1, ("", "家"), (" ", "enterprise")),
        ("家", 0, ("", "家"), (" ", "enterprises")),
        ("人", None, ("", "人"), (" ", "people")),
        ("%", Decimal("92.9"), ("", "%"), ("", "%")),
        ("", 3, ("", ""), ("", "")),
        ("吨", 2, ("", "吨"), (" ", "吨")),
    ],
)
def test_it_stands_behind_a_number_as_the_language_has_it(
    unit: str, value: int | None, chinese: tuple[str, str], english: tuple[str, str]
) -> None:
    with translation.override("zh-hans"):
        assert units.gap_and_word(unit, value) == chinese
    with translation.override("en"):
        assert units.gap_and_word(unit, value) == english


def test_it_knows_the_unit_of_every_measure() -> None:
    assert apps.ready
    assert {measure.unit for measure in all_measures().values()} <= {"%", *units.KNOWN}
