from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from shoushan.directory.access import NotAllowedError
from shoushan.directory.enums import Role
from shoushan.directory.services import load_reference_district
from shoushan.lifecycle import selectors, services
from shoushan.lifecycle.errors import PolicyError
from shoushan.lifecycle.models import Document
from shoushan.lifecycle.seeds import Seed, SeedDocument, SeedRisk, SeedRule
from tests.directory.factories import AT, a_user

pytestmark = pytest.mark.django_db

LIXIA, SHIZHONG = "370102", "370103"


def document(number: str = "国办发明电〔2020〕6号", on: date = date(2020, 3, 3)) -> Document:
    return services.enter_document(number=number, title=f"{number}通知", issuer="国务院办公厅", issued_on=on)


def enter(rows: list[dict], valid_from: date, *, area: str = "", number: str = "甲1号", **words: object) -> None:
    services.enter_rule(
        code="samples.regime",
        rows=rows,
        valid_from=valid_from,
        document=document(number),
        at=AT,
        actor=None,
        area_code=area,
        **words,  # type: ignore[arg-type]
    )


APPROVAL = [{"risk": "*", "regime": "审批", "days": "2"}]
NOTICE = [{"risk": "低风险", "regime": "NOTICE"}, {"risk": "", "regime": "审批", "days": 2}]


def ruled(on: date, risk: str = "LOW", area: str = LIXIA) -> tuple[str, int, str]:
    found = selectors.ruling("samples.regime", on=on, area=area, facts={"risk": risk})
    return found.row["regime"], found.place, found.cited


def test_it_judges_by_the_rules_of_the_day_and_cites_them() -> None:
    enter(APPROVAL, date(2020, 2, 10), number="鲁1号")
    enter(NOTICE, date(2020, 3, 3), number="国办发明电〔2020〕6号")

    assert ruled(date(2020, 2, 11)) == ("APPROVAL", 1, "依据鲁1号（第1项）")
    assert ruled(date(2020, 3, 5)) == ("NOTICE", 1, "依据国办发明电〔2020〕6号（第1项）")
    assert ruled(date(2020, 3, 5), "HIGH")[:2] == ("APPROVAL", 2)


def test_it_prefers_the_closer_area_then_the_later_entry() -> None:
    enter(APPROVAL, date(2020, 2, 10))
    enter(NOTICE, date(2020, 2, 10), area=LIXIA)
    assert ruled(date(2020, 2, 11))[0] == "NOTICE"
    assert ruled(date(2020, 2, 11), area=SHIZHONG)[0] == "APPROVAL"

    enter([{"risk": "*", "regime": "审批"}], date(2020, 2, 10), area=LIXIA, note="更正")

    assert ruled(date(2020, 2, 11))[0] == "APPROVAL"
    assert selectors.versions("samples.regime").count() == 3


def test_it_says_when_no_rule_is_in_force() -> None:
    enter(APPROVAL, date(2020, 2, 10), valid_to=date(2020, 3, 2))

    with pytest.raises(PolicyError, match="2020-03-03没有有效的“样例方式”"):
        ruled(date(2020, 3, 3))
    enter([{"risk": "HIGH", "regime": "审批"}], date(2020, 3, 3))
    with pytest.raises(PolicyError, match="没有适用于这种情况的一项"):
        ruled(date(2020, 3, 3))


def test_it_refuses_rows_with_a_sentence_for_each_cell() -> None:
    rows = [{"risk": "中等", "regime": "", "days": "两"}, {}, {"risk": "*", "regime": "审批"}]

    with pytest.raises(PolicyError) as refused:
        enter(rows, date(2020, 2, 10))

    assert str(refused.value) == (
        "第 1 行的“风险等级”不在可选的范围内。第 1 行没有填写“方式”。第 1 行的“工作日”不是数字。"
    )
    with pytest.raises(PolicyError, match="至少要有一行"):
        enter([{}], date(2020, 2, 10))
    with pytest.raises(PolicyError, match="早于施行日期"):
        enter(APPROVAL, date(2020, 2, 10), valid_to=date(2020, 2, 9))


def test_it_knows_thresholds_by_name() -> None:
    rows = [{"name": "TEMPERATURE", "value": "37.3"}, {"name": "DAYS", "value": "14天"}]
    words = {"valid_from": date(2020, 2, 1), "document": document(), "at": AT, "actor": None}
    with pytest.raises(PolicyError, match="第 2 行的“名称”与前面的行重复"):
        services.enter_rule(code="samples.limits", rows=[rows[0], rows[0]], **words)  # type: ignore[arg-type]
    services.enter_rule(code="samples.limits", rows=[rows[0], {"name": "DAYS", "value": 14}], **words)  # type: ignore[arg-type]

    on, area = date(2020, 2, 11), LIXIA
    assert selectors.threshold("samples.limits", "TEMPERATURE", on=on, area=area) == 37.3
    assert selectors.threshold("samples.limits", "DAYS", on=on, area=area) == 14
    with pytest.raises(PolicyError, match="没有规定“HOURS”"):
        selectors.threshold("samples.limits", "HOURS", on=on, area=area)


def test_it_knows_the_risk_of_an_area_by_its_longest_prefix() -> None:
    words = {"document": document(), "at": AT, "actor": None}
    services.enter_risk(area_code="42", name="湖北省", level="OUTBREAK", valid_from=date(2020, 1, 23), **words)
    services.enter_risk(area_code="3701", name="济南市", level="MEDIUM", valid_from=date(2020, 2, 1), **words)
    services.enter_risk(area_code="370102", name="历下区", level="LOW", valid_from=date(2020, 3, 1), **words)

    assert selectors.risk_level("420106", on=date(2020, 2, 1)) == "OUTBREAK"
    assert selectors.risk_level("370102", on=date(2020, 2, 29)) == "MEDIUM"
    assert selectors.risk_level("370102", on=date(2020, 3, 1)) == "LOW"
    assert selectors.risk_level("330100", on=date(2020, 3, 1)) == "LOW"
    with pytest.raises(PolicyError, match="2 至 12 位数字"):
        services.enter_risk(area_code="湖北", name="", level="LOW", valid_from=date(2020, 3, 1), **words)


def test_it_is_entered_by_the_office_alone_and_never_changed() -> None:
    load_reference_district()
    clerk = a_user("clerk", (Role.STREET_ADMIN, "370102011"))
    with pytest.raises(NotAllowedError):
        services.enter_rule(
            code="samples.regime", rows=APPROVAL, valid_from=date(2020, 2, 10), document=document(), at=AT, actor=clerk
        )
    enter(APPROVAL, date(2020, 2, 10))

    for table in ("rule", "document"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM lifecycle_{table}")


def test_it_previews_what_a_new_version_changes() -> None:
    changes = services.preview_rule(code="samples.regime", rows=NOTICE, valid_from=date(2020, 3, 3), area_code=LIXIA)

    assert changes == [("case:1", "2020-03-03 370102", "审批", "NOTICE")]
    assert not Document.objects.exists()


def test_it_enters_what_the_product_brings_once() -> None:
    seeds = [
        Seed(
            SeedDocument("甲1号", "甲", "某机关", date(2020, 2, 1)),
            rules=(SeedRule("samples.regime", date(2020, 2, 10), tuple(APPROVAL)),),
            risks=(SeedRisk("42", "湖北省", "OUTBREAK", date(2020, 1, 23)),),
        )
    ]

    assert services.load_policies(seeds, at=AT) == 2
    assert services.load_policies(seeds, at=AT) == 0
    with pytest.raises(PolicyError, match="已登记为《甲》"):
        services.enter_document(number="甲1号", title="乙", issuer="", issued_on=date(2020, 2, 1))
