"""The sentences of this package's own findings; those of single cells stand in lib.readings."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from shoushan.lib import readings
from shoushan.lib.marking import noop
from shoushan.lib.readings import Reading

SENTENCES: dict[str, str] = {
    "missing": noop("“%(column)s”是必填项，本行为空，请补填。"),
    "too_long": noop("“%(column)s”的内容超过 %(suggestion)s 个字，请缩短后重新填写。"),
    "too_small": noop("“%(column)s”填写的“%(read)s”小于允许的最小值 %(suggestion)s，请核对。"),
    "too_large": noop("“%(column)s”填写的“%(read)s”大于允许的最大值 %(suggestion)s，请核对。"),
    "not_a_choice": noop("“%(column)s”填写的“%(read)s”不在可选范围内，可填：%(suggestion)s。"),
    "not_a_span": noop("“%(column)s”填写的“%(read)s”不是起止日期，请写成“2020-02-12至2020-02-26”。"),
    "span_backwards": noop("“%(column)s”填写的“%(read)s”结束早于开始，请核对两个日期。"),
    "not_years": noop("“%(column)s”填写的“%(read)s”不是起止年份，请写成“2019-2021”。"),
    "years_backwards": noop("“%(column)s”填写的“%(read)s”结束早于开始，请核对两个年份。"),
    "area_unknown": noop("“%(column)s”填写的“%(read)s”不是本区登记的区域名称，请按街道、社区的规范名称填写。"),
    "merged_cell": noop("“%(column)s”的单元格与相邻单元格合并，无法判断属于哪一行，请取消合并后逐行填写。"),
    "ditto_without_above": noop("“%(column)s”填写了“%(read)s”，但上方没有可沿用的内容，请填写具体内容。"),
    "duplicate_in_file": noop("本行与第 %(suggestion)s 行重复，同一文件内每个对象只能出现一次，请删去多余的一行。"),
}


def refusal(code: str, raw: Any, *, suggestion: str = "") -> Reading:
    """A reading that refuses the cell with one of this module's codes."""
    return Reading(None, code, readings.shown(raw), suggestion)


def sentence(reading: Reading, column_title: str) -> str:
    """The sentence for a reading, from this module or from lib.readings."""
    own = SENTENCES.get(reading.code)
    if own is None:
        return readings.sentence(reading, column_title)
    return _(own) % {"column": column_title, "read": reading.read, "suggestion": reading.suggestion}
