"""The policy timeline of 2020 (handbook 0.2) as documents, with the rules and risk levels that they made.

A document without a number of its own is named by what it is and its day. Sources of the rows: handbook 0.2 and C2.
"""

from datetime import date
from typing import Any, Final

from shoushan.lifecycle.policies import ANY
from shoushan.lifecycle.seeds import Seed, SeedDocument, SeedRisk, SeedRule

LIXIA, SHANDONG, HUBEI = "370102", "37", "42"
REGIME_CODE: Final = "resumption.regime"


def _regime(
    risk: str, regime: str, *, exempt: str = ANY, reply_days: int | None = None, note: str = ""
) -> dict[str, Any]:
    return {"risk": risk, "exempt": exempt, "regime": regime, "reply_days": reply_days, "note": note}


def _isolation(origin: str, result: str, **conditions: str) -> dict[str, Any]:
    asked = dict.fromkeys(("low_risk", "certificate", "charter", "normal"), ANY)
    return {"origin": origin, **asked, **conditions, "result": result}


_ITEMS: Final = (
    ("MECHANISM", "M1", "成立防控工作小组，主要负责人为第一责任人", "有名单、分工和联系电话"),
    ("MECHANISM", "M2", "制定复工防控方案和应急预案", "方案、预案均已签发"),
    ("MECHANISM", "M3", "签订防控承诺书", "加盖公章"),
    ("STAFF", "S1", "建立员工健康档案，一人一档", "名册与在岗人数一致"),
    ("STAFF", "S2", "排查员工旅居和接触情况", "来自疫情重点地区的员工均有隔离观察记录"),
    ("STAFF", "S3", "每日汇总员工健康状况", "集中住宿和隔离员工每日测温两次"),
    ("SUPPLIES", "P1", "口罩、消毒用品、测温设备", "可用天数不少于规定"),
    ("SUPPLIES", "P2", "设置隔离观察区域", "隔离房间数不少于规定"),
    ("MANAGEMENT", "I1", "入口测温登记", "每个入口有专人值守"),
    ("MANAGEMENT", "I2", "办公生产场所通风消毒", "有通风、消毒记录"),
    ("MANAGEMENT", "I3", "错时分散就餐，减少聚集", "有就餐安排，停用指纹考勤"),
)
_CHECK_LIST: Final = tuple(
    {"measure": measure, "code": code, "text": text, "standard": standard} for measure, code, text, standard in _ITEMS
)
_LIMITS: Final = (
    {"name": "体温上限", "value": 37.3, "unit": "℃", "note": "高于此值为异常"},
    {"name": "防疫物资最少天数", "value": 3, "unit": "天", "note": ""},
    {"name": "每百人隔离房间", "value": 1, "unit": "间", "note": "500至10000人的企业"},
    {"name": "包车最高载客率", "value": 50, "unit": "%", "note": ""},
    {"name": "隔离观察天数", "value": 14, "unit": "天", "note": ""},
    {"name": "隔离房间最多人数", "value": 1, "unit": "人", "note": "一人一间"},
    {"name": "日报截止时间", "value": 16, "unit": "时", "note": "此后填报为迟报"},
    {"name": "日报补报天数", "value": 7, "unit": "天", "note": "此前的日报须更正"},
)
_VEHICLES: Final = (
    {"name": "大型客车", "seats": 55, "fixed": 1200, "per_km": 4.5},
    {"name": "中型客车", "seats": 35, "fixed": 900, "per_km": 3.4},
    {"name": "小型客车", "seats": 19, "fixed": 600, "per_km": 2.4},
    {"name": "商务车", "seats": 7, "fixed": 300, "per_km": 1.4},
)
_FROM_JANUARY: Final = (
    _regime(ANY, "APPROVAL", exempt="YES", note="公用事业、防疫物资、生活必需、国计民生"),
    _regime(ANY, "NOT_ALLOWED", note="不早于2月9日24时复工"),
)
_FROM_MARCH_3: Final = (
    _regime("LOW", "NOTICE_ONLY", note="低风险地区不得采取审批、备案等方式延缓开工"),
    _regime(ANY, "APPROVAL", reply_days=2, note="只限省级公布的清单，由一个部门牵头"),
)
_ISOLATION_FEBRUARY: Final = (
    _isolation("OUTBREAK", "MUST_NOT_COME"),
    _isolation("ABROAD", "FOURTEEN_DAYS"),
    _isolation("OTHER_PROVINCE", "NONE", certificate="YES", charter="YES", normal="YES"),
    _isolation("IN_PROVINCE", "NONE", certificate="YES", normal="YES"),
    _isolation(ANY, "FOURTEEN_DAYS"),
)
_ISOLATION_APRIL: Final = (
    _isolation("OUTBREAK", "FOURTEEN_DAYS", low_risk="NO"),
    _isolation("ABROAD", "FOURTEEN_DAYS"),
    _isolation(ANY, "NONE", low_risk="YES", normal="YES"),
    _isolation(ANY, "FOURTEEN_DAYS"),
)

SEEDS: Final = (
    Seed(
        SeedDocument(
            "国家卫生健康委公告（2020-01-20）",
            "新型冠状病毒感染的肺炎纳入乙类传染病并采取甲类传染病措施",
            "国家卫生健康委员会",
            date(2020, 1, 20),
        )
    ),
    Seed(
        SeedDocument(
            "山东省Ⅰ级响应（2020-01-24）", "启动重大突发公共卫生事件Ⅰ级响应", "山东省人民政府", date(2020, 1, 24)
        ),
        risks=(SeedRisk(HUBEI, "湖北省", "OUTBREAK", date(2020, 1, 24), date(2020, 4, 6)),),
    ),
    Seed(
        SeedDocument(
            "山东省企业复工通知（2020-01-31）",
            "各类企业不早于2月9日24时复工",
            "山东省人民政府办公厅",
            date(2020, 1, 31),
        ),
        rules=(
            SeedRule(REGIME_CODE, date(2020, 1, 31), _FROM_JANUARY, SHANDONG, date(2020, 2, 9)),
            SeedRule(
                REGIME_CODE, date(2020, 2, 10), (_regime(ANY, "APPROVAL", reply_days=2),), SHANDONG, date(2020, 3, 2)
            ),
        ),
    ),
    Seed(
        SeedDocument(
            "中央网信办通知（2020-02-04）",
            "做好个人信息保护利用大数据支撑联防联控工作",
            "中央网络安全和信息化委员会办公室",
            date(2020, 2, 4),
            date(2020, 2, 9),
        )
    ),
    Seed(
        SeedDocument(
            "济南市返济人员规定（2020-02-10）", "返济复工复学人员健康管理", "济南市", date(2020, 2, 10), note="文号待核"
        ),
        rules=(SeedRule("resumption.isolation", date(2020, 2, 10), _ISOLATION_FEBRUARY, "3701", date(2020, 4, 6)),),
    ),
    Seed(
        SeedDocument(
            "国发明电〔2020〕4号",
            "企事业单位复工复产疫情防控措施指南",
            "国务院应对新型冠状病毒感染肺炎疫情联防联控机制",
            date(2020, 2, 21),
        ),
        rules=(
            SeedRule("resumption.check_list", date(2020, 2, 8), _CHECK_LIST, note="地方先行使用，指南印发后照用"),
            SeedRule(
                "resumption.vehicles", date(2020, 2, 8), _VEHICLES, note="车型和费用为示例，按本地承运单位报价修改"
            ),
            SeedRule("resumption.limits", date(2020, 2, 8), _LIMITS, note="地方数值，可按当地规定修改"),
        ),
    ),
    Seed(
        SeedDocument("山东省风险分区表（2020-03-01）", "县（市、区）疫情风险等级", "山东省", date(2020, 3, 1)),
        risks=(SeedRisk(LIXIA, "历下区", "LOW", date(2020, 3, 1)),),
    ),
    Seed(
        SeedDocument(
            "国办发明电〔2020〕6号", "进一步精简审批优化服务精准稳妥推进企业复工复产", "国务院办公厅", date(2020, 3, 3)
        ),
        rules=(SeedRule(REGIME_CODE, date(2020, 3, 3), _FROM_MARCH_3),),
    ),
    Seed(SeedDocument("山东省响应调整（2020-03-07）", "Ⅰ级响应调整为Ⅱ级", "山东省人民政府", date(2020, 3, 7))),
    Seed(
        SeedDocument(
            "企事业单位复工复产指南修订（2020-04-07）",
            "不同风险地区企事业单位复工复产疫情防控措施指南",
            "国务院应对新型冠状病毒感染肺炎疫情联防联控机制",
            date(2020, 4, 7),
            date(2020, 4, 9),
        ),
        rules=(SeedRule("resumption.isolation", date(2020, 4, 7), _ISOLATION_APRIL),),
    ),
    Seed(SeedDocument("山东省响应调整（2020-05-06）", "Ⅱ级响应调整为Ⅲ级", "山东省人民政府", date(2020, 5, 6))),
)
