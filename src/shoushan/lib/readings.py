"""What comes out of reading one cell: a value, or a code of a closed list with the sentence that tells how to mend it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple, TypeAlias

from django.utils.translation import gettext as _

from shoushan.lib.marking import noop

Cell: TypeAlias = str | int | float | date | None
"""A raw cell as a file reader hands it over (a bool is an int, a datetime is a date)."""

LONGEST_QUOTE = 60


class Code(StrEnum):
    """Everything that a reader can find wrong, or doubtful, in one cell."""

    # any cell
    ERROR_CELL = "error_cell"
    WRONG_KIND = "wrong_kind"
    DITTO = "ditto"
    SCIENTIFIC_NOTATION = "scientific_notation"
    PRECISION_LOST = "precision_lost"
    BROKEN_TEXT = "broken_text"
    # numbers
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    APPROXIMATE = "approximate"
    NUMBER_RANGE = "number_range"
    NUMBER_TOO_LARGE = "number_too_large"
    GROUPING = "grouping"
    UNIT_UNEXPECTED = "unit_unexpected"
    FOREIGN_CURRENCY = "foreign_currency"
    ROUNDED = "rounded"
    PERCENT_ASSUMED = "percent_assumed"
    # dates
    NOT_A_DAY = "not_a_day"
    DAY_IMPOSSIBLE = "day_impossible"
    DAY_MISSING = "day_missing"
    YEAR_MISSING = "year_missing"
    YEAR_TWO_DIGITS = "year_two_digits"
    DAY_AMBIGUOUS = "day_ambiguous"
    DAY_OUT_OF_RANGE = "day_out_of_range"
    SERIAL_AS_TEXT = "serial_as_text"
    # unified social credit codes
    USCC_LENGTH = "uscc_length"
    USCC_CHARACTERS = "uscc_characters"
    USCC_AUTHORITY = "uscc_authority"
    USCC_REGION = "uscc_region"
    USCC_CHECK = "uscc_check"
    USCC_INNER_CHECK = "uscc_inner_check"
    USCC_LEGACY = "uscc_legacy"
    # resident identity numbers
    RESIDENT_ID_LENGTH = "resident_id_length"
    RESIDENT_ID_CHARACTERS = "resident_id_characters"
    RESIDENT_ID_REGION = "resident_id_region"
    RESIDENT_ID_BIRTH = "resident_id_birth"
    ORIGIN_UNKNOWN = "origin_unknown"
    ORIGIN_PASSED = "origin_passed"
    TEMPERATURE_RANGE = "temperature_range"
    RESIDENT_ID_FUTURE = "resident_id_future"
    RESIDENT_ID_CHECK = "resident_id_check"
    RESIDENT_ID_AGE = "resident_id_age"
    RESIDENT_ID_LEGACY = "resident_id_legacy"
    # telephones
    MOBILE_FORMAT = "mobile_format"
    MOBILE_LANDLINE = "mobile_landline"
    MOBILE_SERVICE_LINE = "mobile_service_line"
    MOBILE_HOTLINE = "mobile_hotline"
    MOBILE_SEVERAL = "mobile_several"
    # area and industry codes
    AREA_CODE_FORMAT = "area_code_format"
    AREA_CODE_PROVINCE = "area_code_province"
    AREA_CODE_TRUNCATED = "area_code_truncated"
    INDUSTRY_FORMAT = "industry_format"
    INDUSTRY_UNKNOWN = "industry_unknown"
    INDUSTRY_LETTER = "industry_letter"
    INDUSTRY_ZERO_LOST = "industry_zero_lost"


class Reading(NamedTuple):
    """The result of reading one cell; an empty cell, or one that states nothing, has neither value nor code."""

    value: Any
    code: str = ""
    read: str = ""
    suggestion: str = ""
    is_warning: bool = False

    @property
    def is_ok(self) -> bool:
        """The value may be used: nothing was found, or only something to look at."""
        return not self.code or self.is_warning


EMPTY = Reading(None)

SENTENCES: dict[Code, str] = {
    Code.ERROR_CELL: noop("读到公式错误“%(read)s”，请改正公式或直接填写内容"),
    Code.WRONG_KIND: noop("读到“%(read)s”，单元格类型与本列不符，请改为文本格式后重新填写"),
    Code.DITTO: noop("读到“%(read)s”，本列不接受同上，请填写具体内容"),
    Code.SCIENTIFIC_NOTATION: noop("读到“%(read)s”，是 Excel 科学计数法，请以文本格式重新导出"),
    Code.PRECISION_LOST: noop("读到“%(read)s”，第15位以后的数字已被表格软件改为0，请以文本格式重新填写完整号码"),
    Code.BROKEN_TEXT: noop("读到“%(read)s”，其中有无法识别的乱码，请核对原件后重新填写"),
    Code.NOT_A_NUMBER: noop("读到“%(read)s”，不是数字，请只填写阿拉伯数字"),
    Code.NOT_WHOLE: noop("读到“%(read)s”，不是整数，请填写整数"),
    Code.APPROXIMATE: noop("读到“%(read)s”，是约数，请核实后填写准确数字"),
    Code.NUMBER_RANGE: noop("读到“%(read)s”，是数字范围，请填写一个准确数字"),
    Code.NUMBER_TOO_LARGE: noop("读到“%(read)s”，数字超过15位，请核对数值和单位"),
    Code.GROUPING: noop("读到“%(read)s”，千分位分隔的位置不对，请去掉分隔符，小数点写成“.”后重新填写"),
    Code.UNIT_UNEXPECTED: noop("读到“%(read)s”，其中的单位与本列不符，请换算后只填写数字"),
    Code.FOREIGN_CURRENCY: noop("读到“%(read)s”，是外币金额，请按批准文件的汇率换算成人民币后填写"),
    Code.ROUNDED: noop("读到“%(read)s”，小数位数多于本列规定，已按四舍五入读作%(suggestion)s，请核对"),
    Code.PERCENT_ASSUMED: noop("读到“%(read)s”，没有百分号，已读作%(suggestion)s，请核对并补上百分号"),
    Code.NOT_A_DAY: noop("读到“%(read)s”，不是日期，请按2020-03-23的格式填写"),
    Code.DAY_IMPOSSIBLE: noop("读到“%(read)s”，日历上没有这一天，请核对年月日"),
    Code.DAY_MISSING: noop("读到“%(read)s”，没有写明是哪一日，请按2020-03-23的格式补全"),
    Code.YEAR_MISSING: noop("读到“%(read)s”，没有写明年份，请按2020-03-23的格式补全"),
    Code.YEAR_TWO_DIGITS: noop("读到“%(read)s”，年份不是四位数字，请按2020-03-23的格式填写"),
    Code.DAY_AMBIGUOUS: noop("读到“%(read)s”，分不清年、月、日的先后，请按2020-03-23的格式填写"),
    Code.DAY_OUT_OF_RANGE: noop("读到“%(read)s”，年份不在1900年至2100年之间，请核对"),
    Code.SERIAL_AS_TEXT: noop("读到“%(read)s”，是表格软件的日期序号，已读作%(suggestion)s，请核对"),
    Code.USCC_LENGTH: noop("读到“%(read)s”，统一社会信用代码应为18位，请对照营业执照重新填写"),
    Code.USCC_CHARACTERS: noop(
        "读到“%(read)s”，统一社会信用代码只含数字和除I、O、S、V、Z以外的大写字母，第3至8位应为数字，请对照营业执照重新填写"
    ),
    Code.USCC_AUTHORITY: noop("读到“%(read)s”，第1位不是已知的登记管理部门代码，请对照营业执照重新填写"),
    Code.USCC_REGION: noop("读到“%(read)s”，第3、4位不是已知的省级行政区划代码，请对照营业执照重新填写"),
    Code.USCC_CHECK: noop("读到“%(read)s”，末位校验码不符，代码有误，请对照营业执照重新填写"),
    Code.USCC_INNER_CHECK: noop("读到“%(read)s”，第9至17位主体标识码的校验码不符，已照录，请对照营业执照核对"),
    Code.USCC_LEGACY: noop("读到“%(read)s”，是15位旧注册号，请填写营业执照上的18位统一社会信用代码"),
    Code.RESIDENT_ID_LENGTH: noop("读到“%(read)s”，公民身份号码应为18位，请对照证件重新填写"),
    Code.RESIDENT_ID_CHARACTERS: noop(
        "读到“%(read)s”，公民身份号码前17位应为数字、末位应为数字或X，请对照证件重新填写"
    ),
    Code.RESIDENT_ID_REGION: noop("读到“%(read)s”，前6位不是现行或曾用的行政区划代码，请对照证件重新填写"),
    Code.ORIGIN_UNKNOWN: noop("读到“%(read)s”，认不出是哪个省市，请从省级名称写起，如“河南省商丘市”，境外写“境外”"),
    Code.ORIGIN_PASSED: noop("读到“%(read)s”，路过的地方不是来源地，请填写出发地，途经地区填在“是否途经重点地区”"),
    Code.TEMPERATURE_RANGE: noop("读到“%(read)s”，体温应在 34.0 至 42.0 ℃之间，请核对"),
    Code.RESIDENT_ID_BIRTH: noop("读到“%(read)s”，第7至14位不是日历上的日期，请对照证件重新填写"),
    Code.RESIDENT_ID_FUTURE: noop("读到“%(read)s”，出生日期晚于填报日期，请对照证件重新填写"),
    Code.RESIDENT_ID_CHECK: noop("读到“%(read)s”，末位校验码不符，号码有误，请对照证件重新填写"),
    Code.RESIDENT_ID_AGE: noop("读到“%(read)s”，按出生日期年龄超过120岁，已照录，请对照证件核对"),
    Code.RESIDENT_ID_LEGACY: noop("读到“%(read)s”，是已停用的15位旧身份证号码，请填写18位公民身份号码"),
    Code.MOBILE_FORMAT: noop("读到“%(read)s”，不是手机号码，请填写以1开头的11位号码"),
    Code.MOBILE_LANDLINE: noop("读到“%(read)s”，是固定电话，请填写在固定电话一列，本列填写手机号码"),
    Code.MOBILE_SERVICE_LINE: noop("读到“%(read)s”，是400或800客服电话，本列请填写手机号码"),
    Code.MOBILE_HOTLINE: noop("读到“%(read)s”，是热线短号，本列请填写手机号码"),
    Code.MOBILE_SEVERAL: noop("读到“%(read)s”，一格内有多个号码，已取第一个手机号码，其余为%(suggestion)s，请分开填写"),
    Code.AREA_CODE_FORMAT: noop("读到“%(read)s”，行政区划代码应为6位、9位或12位数字，请重新填写"),
    Code.AREA_CODE_PROVINCE: noop("读到“%(read)s”，前2位不是已知的省级行政区划代码，请重新填写"),
    Code.AREA_CODE_TRUNCATED: noop("读到“%(read)s”，街道代码的末3位为000，可能已丢失精度，请以文本格式重新填写"),
    Code.INDUSTRY_FORMAT: noop("读到“%(read)s”，不是国民经济行业代码，请填写门类字母加2至4位数字，如K7020"),
    Code.INDUSTRY_UNKNOWN: noop("读到“%(read)s”，前2位不是国民经济行业大类代码（01至97），请重新填写"),
    Code.INDUSTRY_LETTER: noop("读到“%(read)s”，门类字母与数字不符，请核对后重新填写"),
    Code.INDUSTRY_ZERO_LOST: noop("读到“%(read)s”，数字前的0可能已丢失，请以文本格式填写门类字母和完整代码"),
}

_SAID_BY_THE_SENTENCE = frozenset(code for code, text in SENTENCES.items() if "%(suggestion)s" in text)


def failure(code: Code, raw: object, suggestion: object = "") -> Reading:
    """A reading without value: the cell is refused."""
    return Reading(None, code, shown(raw), str(suggestion))


def warning(value: object, code: Code, raw: object, suggestion: object = "") -> Reading:
    """A reading whose value may be used, with something that a person should look at."""
    return Reading(value, code, shown(raw), str(suggestion), is_warning=True)


def shown(raw: object) -> str:
    """The cell as a person finds it in the file, on one line and of bearable length."""
    text = format(raw, ".15g") if isinstance(raw, float) else str(raw)
    text = "".join(mark if mark.isprintable() else " " for mark in text[: LONGEST_QUOTE + 1])
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"


def sentence(reading: Reading, column_title: str = "") -> str:
    """One Chinese sentence which says where, what was read and how to mend it; empty for a reading without code."""
    if not reading.code:
        return ""
    code = Code(reading.code)
    parts = {
        "where": _("“%(column)s”") % {"column": column_title} if column_title else _("此单元格"),
        "finding": _(SENTENCES[code]) % {"read": reading.read, "suggestion": reading.suggestion},
        "suggestion": reading.suggestion,
    }
    if reading.suggestion and code not in _SAID_BY_THE_SENTENCE:
        return _("%(where)s%(finding)s；可能应为“%(suggestion)s”，请核实。") % parts
    return _("%(where)s%(finding)s。") % parts
