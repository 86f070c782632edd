"""Counting words behind a number: 家 in Chinese stands close to it, in English it is a noun with its plural."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

from django.utils.translation import npgettext, npgettext_lazy

from shoushan.lib.languages import is_english

KNOWN: Final = {
    "家": npgettext_lazy("unit", "家", "家", "number"),
    "人": npgettext_lazy("unit", "人", "人", "number"),
    "行": npgettext_lazy("unit", "行", "行", "number"),
    "条": npgettext_lazy("unit", "条", "条", "number"),
    "元": npgettext_lazy("unit", "元", "元", "number"),
    "件": npgettext_lazy("unit", "件", "件", "number"),
    "个": npgettext_lazy("unit", "个", "个", "number"),
    "天": npgettext_lazy("unit", "天", "天", "number"),
    "亿元": npgettext_lazy("unit", "亿元", "亿元", "number"),
    "万元": npgettext_lazy("unit", "万元", "万元", "number"),
    "平方米": npgettext_lazy("unit", "平方米", "平方米", "number"),
    "万平方米": npgettext_lazy("unit", "万平方米", "万平方米", "number"),
    "元/平方米": npgettext_lazy("unit", "元/平方米", "元/平方米", "number"),
    "公顷": npgettext_lazy("unit", "公顷", "公顷", "number"),
    "米": npgettext_lazy("unit", "米", "米", "number"),
    "座": npgettext_lazy("unit", "座", "座", "number"),
    "份": npgettext_lazy("unit", "份", "份", "number"),
    "张": npgettext_lazy("unit", "张", "张", "number"),
    "间": npgettext_lazy("unit", "间", "间", "number"),
    "个百分点": npgettext_lazy("unit", "个百分点", "个百分点", "number"),
}
"""The words that measures, columns and pages use. Kept for the catalogue and its test; another word is shown as it is."""


def word(unit: str, value: int | float | Decimal | Fraction | str | None = None) -> str:
    """The unit in the reader's language, in the plural unless the value is one. `%` and unknown words stay."""
    if unit not in KNOWN:
        return unit
    return npgettext("unit", unit, unit, 1 if value == 1 else 2)


def gap_and_word(unit: str, value: int | float | Decimal | Fraction | str | None = None) -> tuple[str, str]:
    """What stands behind a written number: `1,096家`, `1,096 enterprises`, `92.9%`."""
    said = word(unit, value)
    return " " if said and said != "%" and is_english() else "", said
