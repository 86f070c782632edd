"""Where somebody comes from, read from words: the division code (GB/T 2260), as closely as the words say.

Provinces, and the cities of Shandong, of Hubei and those that are known without their province.
"""

from __future__ import annotations

import re
from typing import Final

from shoushan.lib.code_text import code_text
from shoushan.lib.readings import Cell, Code, Reading, failure
from shoushan.lib.regions import is_known_region

ABROAD: Final = "ABROAD"
"""Stands for a code where somebody comes from another country."""
_PROVINCES: Final = (
    "11北京 12天津 13河北 14山西 15内蒙古 21辽宁 22吉林 23黑龙江 31上海 32江苏 33浙江 34安徽 35福建 36江西 37山东 41河南 42湖北 43湖南 "
    "44广东 45广西 46海南 50重庆 51四川 52贵州 53云南 54西藏 61陕西 62甘肃 63青海 64宁夏 65新疆 71台湾 81香港 82澳门"
)
_CITIES: Final = (
    "3701济南 3702青岛 3703淄博 3704枣庄 3705东营 3706烟台 3707潍坊 3708济宁 3709泰安 3710威海 3711日照 3713临沂 3714德州 3715聊城 "
    "3716滨州 3717菏泽 3701莱芜 4201武汉 4202黄石 4203十堰 4205宜昌 4206襄阳 4207鄂州 4208荆门 4209孝感 4210荆州 4211黄冈 4212咸宁 "
    "4213随州 4228恩施 4290仙桃 4290潜江 4290天门 4290神农架 1301石家庄 1401太原 1501呼和浩特 2101沈阳 2102大连 2201长春 2301哈尔滨 "
    "3201南京 3202无锡 3205苏州 3301杭州 3302宁波 3303温州 3401合肥 3501福州 3502厦门 3601南昌 4101郑州 4115信阳 4301长沙 4401广州 "
    "4403深圳 4419东莞 4501南宁 4601海口 5101成都 5201贵阳 5301昆明 5401拉萨 6101西安 6201兰州 6301西宁 6401银川 6501乌鲁木齐 "
    "3203徐州 1303秦皇岛 1304邯郸 1306保定 1309沧州 4109濮阳 4114商丘"
)
_ABROAD_WORDS: Final = (
    "境外",
    "国外",
    "海外",
    "韩国",
    "日本",
    "意大利",
    "伊朗",
    "美国",
    "英国",
    "德国",
    "法国",
    "新加坡",
)
_PASSING: Final = re.compile(r"[(（]?\s*(路过|途经|途径|经停|中转|换乘)")
_ENDING: Final = re.compile(r"(壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区|省|市)")


def _table(text: str) -> dict[str, str]:
    """Name -> code of six digits."""
    found = (re.fullmatch(r"(\d+)(\D+)", part) for part in text.split())
    return {match[2]: match[1].ljust(6, "0") for match in found if match}


PROVINCES: Final = _table(_PROVINCES)
CITIES: Final = _table(_CITIES)
LONGEST: Final = 40


def read_origin(raw: Cell) -> Reading:
    """A code of six digits or ABROAD; a code as text is taken as it is. A place that was only passed is refused."""
    text = code_text(raw)
    if isinstance(text, Reading):
        return text
    if text.isascii() and text.isdigit() and len(text) == 6:
        return Reading(text) if is_known_region(text) else failure(Code.ORIGIN_UNKNOWN, raw)
    if _PASSING.search(text):
        return failure(Code.ORIGIN_PASSED, raw)
    code = code_of(text)
    return Reading(code) if code else failure(Code.ORIGIN_UNKNOWN, raw)


def code_of(text: str) -> str:
    """The code that the beginning of the words names, the city before the province; "" when none does."""
    if text.startswith(_ABROAD_WORDS):
        return ABROAD
    province = next((name for name in PROVINCES if text.startswith(name)), "")
    rest = _ENDING.sub("", text.removeprefix(province), count=1) if province else text
    city = next((name for name in CITIES if rest.startswith(name)), "")
    if city and (not province or CITIES[city][:2] == PROVINCES[province][:2]):
        return CITIES[city]
    return PROVINCES[province] if province else ""


def name_of(code: str) -> str:
    """The province of a code, as an origin is called in lists; the code itself where it is unknown."""
    if code == ABROAD:
        return "境外"
    return next((name for name, number in PROVINCES.items() if number[:2] == code[:2]), code)
