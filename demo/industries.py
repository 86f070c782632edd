"""Trades of the synthetic enterprises: industry class (GB/T 4754-2017), its name, a word for the company name, the department."""

from typing import NamedTuple

from demo.scenario import Category

INDUSTRY_BUREAU = "历下区工业和信息化局"
HOUSING_BUREAU = "历下区住房和城乡建设局"
COMMERCE_BUREAU = "历下区商务局"
TOURISM_BUREAU = "历下区文化和旅游局"
SCIENCE_BUREAU = "历下区科学技术局"
EDUCATION_BUREAU = "历下区教育和体育局"
HEALTH_BUREAU = "历下区卫生健康局"
JUSTICE_BUREAU = "历下区司法局"
REFORM_BUREAU = "历下区发展和改革局"


class Trade(NamedTuple):
    """One industry class as enterprises of a category have it; essential ones were let to work first."""

    code: str
    title: str
    word: str
    department: str
    is_essential: bool = False


TRADES = {
    Category.INDUSTRY: (
        Trade("C2720", "化学药品制剂制造", "药业", INDUSTRY_BUREAU, is_essential=True),
        Trade("C2710", "化学药品原料药制造", "制药", INDUSTRY_BUREAU, is_essential=True),
        Trade("C3821", "变压器、整流器和电感器制造", "电气设备", INDUSTRY_BUREAU),
        Trade("C4011", "工业自动控制系统装置制造", "自动化", INDUSTRY_BUREAU),
        Trade("C3911", "计算机整机制造", "信息设备", INDUSTRY_BUREAU),
        Trade("C2319", "包装装潢及其他印刷", "印务", INDUSTRY_BUREAU),
        Trade("C1411", "糕点、面包制造", "食品", INDUSTRY_BUREAU, is_essential=True),
        Trade("D4430", "热力生产和供应", "热力", HOUSING_BUREAU, is_essential=True),
        Trade("D4620", "污水处理及其再生利用", "水务", HOUSING_BUREAU, is_essential=True),
    ),
    Category.CONSTRUCTION: (
        Trade("E4710", "住宅房屋建筑", "建设", HOUSING_BUREAU),
        Trade("E4813", "市政道路工程建筑", "市政工程", HOUSING_BUREAU),
        Trade("E4910", "电气安装", "电力工程", HOUSING_BUREAU),
        Trade("E4920", "管道和设备安装", "设备安装", HOUSING_BUREAU),
        Trade("E5011", "公共建筑装饰和装修", "装饰工程", HOUSING_BUREAU),
        Trade("E4790", "其他房屋建筑业", "建筑", HOUSING_BUREAU),
    ),
    Category.WHOLESALE: (
        Trade("F5151", "西药批发", "医药", COMMERCE_BUREAU, is_essential=True),
        Trade("F5154", "医疗用品及器材批发", "医疗器械", COMMERCE_BUREAU, is_essential=True),
        Trade("F5161", "煤炭及制品批发", "能源", COMMERCE_BUREAU),
        Trade("F5164", "金属及金属矿批发", "钢铁贸易", COMMERCE_BUREAU),
        Trade("F5165", "建材批发", "建材", COMMERCE_BUREAU),
        Trade("F5127", "酒、饮料及茶叶批发", "酒业", COMMERCE_BUREAU),
        Trade("F5176", "计算机、软件及辅助设备批发", "数码科技", COMMERCE_BUREAU),
    ),
    Category.RETAIL: (
        Trade("F5212", "超级市场零售", "超市", COMMERCE_BUREAU, is_essential=True),
        Trade("F5251", "西药零售", "大药房", COMMERCE_BUREAU, is_essential=True),
        Trade("F5211", "百货零售", "百货", COMMERCE_BUREAU),
        Trade("F5232", "服装零售", "服饰", COMMERCE_BUREAU),
        Trade("F5245", "珠宝首饰零售", "珠宝", COMMERCE_BUREAU),
        Trade("F5261", "汽车新车零售", "汽车销售", COMMERCE_BUREAU),
        Trade("F5292", "互联网零售", "电子商务", COMMERCE_BUREAU),
    ),
    Category.HOTEL_CATERING: (
        Trade("H6110", "旅游饭店", "大酒店", TOURISM_BUREAU),
        Trade("H6121", "经济型连锁酒店", "酒店管理", TOURISM_BUREAU),
        Trade("H6210", "正餐服务", "餐饮", COMMERCE_BUREAU),
        Trade("H6220", "快餐服务", "快餐", COMMERCE_BUREAU),
    ),
    Category.REALESTATE_DEV: (
        Trade("K7010", "房地产开发经营", "置业", HOUSING_BUREAU),
        Trade("K7010", "房地产开发经营", "房地产开发", HOUSING_BUREAU),
    ),
    Category.SERVICE: (
        Trade("I6513", "应用软件开发", "软件", SCIENCE_BUREAU),
        Trade("I6531", "信息系统集成服务", "信息技术", SCIENCE_BUREAU),
        Trade("L7231", "律师及相关法律服务", "法律咨询", JUSTICE_BUREAU),
        Trade("L7241", "会计、审计及税务服务", "会计咨询", REFORM_BUREAU),
        Trade("L7259", "其他广告服务", "广告传媒", TOURISM_BUREAU),
        Trade("L7271", "安全服务", "保安服务", REFORM_BUREAU, is_essential=True),
        Trade("M7452", "检测服务", "检测技术", SCIENCE_BUREAU),
        Trade("M7482", "工程监理服务", "工程监理", HOUSING_BUREAU),
        Trade("M7484", "工程设计活动", "设计咨询", HOUSING_BUREAU),
        Trade("K7020", "物业管理", "物业服务", HOUSING_BUREAU, is_essential=True),
        Trade("K7030", "房地产中介服务", "房产经纪", HOUSING_BUREAU),
        Trade("Q8415", "专科医院", "医疗管理", HEALTH_BUREAU, is_essential=True),
        Trade("P8391", "职业技能培训", "教育培训", EDUCATION_BUREAU),
        Trade("O8010", "家庭服务", "家政服务", COMMERCE_BUREAU),
    ),
}

# Enterprises outside the statistics bureau's list: small service firms, and households in trade.
SMALL_CATEGORIES = (Category.SERVICE, Category.RETAIL, Category.HOTEL_CATERING, Category.WHOLESALE)
HOUSEHOLD_WORDS = {
    "F5212": "便民超市",
    "F5232": "服装店",
    "F5211": "百货店",
    "H6210": "饭馆",
    "H6220": "快餐店",
}
