"""The pages of difficulties, visits, service officers, funds and public copies, as their users open them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shoushan.apps.resumption.models import EnterpriseVisit, FundsNeed
from shoushan.casework.models import Matter, PublicCopy
from shoushan.exchange.importing import ImportResult
from shoushan.exchange.services import bring_in
from tests.apps.resumption.difficulties import FUNDS, MONDAY, Offices, answered, offices, raised, step
from tests.apps.resumption.factories import workbook
from tests.directory.factories import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(tmp_path: Path) -> Offices:
    return offices(tmp_path)


def shown(client: Client, name: str, *args: Any, **asked: str) -> str:
    answer = client.get(reverse(name, args=args), asked)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def code_of(who: Offices) -> str:
    return who.who.claim.enterprise.code


# ---- raising ------------------------------------------------------------------------------------------------
def test_a_contact_raises_one_and_reads_its_way(who: Offices) -> None:
    client = signed_in(who.who.contact)
    address = reverse("resumption:difficulty-create", args=[code_of(who)])

    wrong = client.post(address, {"category": "FUNDS_LOAN", "text": ""})
    assert wrong.status_code == 422
    assert Matter.objects.count() == 0
    answer = client.post(address, {"category": "TRANSPORT", "text": "需要两辆包车"}, follow=True)
    matter = Matter.objects.get()
    assert f"已登记，编号 {matter.code}。" in answer.content.decode()
    assert matter.source == "PLATFORM"
    assert matter.code in shown(client, "resumption:contact-home")
    assert "下一步可办" in answer.content.decode() or "撤回" in answer.content.decode()


def test_a_need_for_funds_says_amount_term_and_use(who: Offices) -> None:
    client = signed_in(who.who.contact)
    address = reverse("resumption:difficulty-create", args=[code_of(who)])
    typed = {
        "category": "FUNDS_LOAN",
        "text": "流动资金不足",
        "amount": "500",
        "term_months": "12",
        "purpose": "支付货款",
    }

    wrong = client.post(address, typed | {"amount": "", "term_months": ""}).content.decode()
    assert wrong.count("请填写") >= 2
    client.post(address, typed)
    assert FundsNeed.objects.get().amount_fen == 500_000_000
    listed = shown(signed_in(who.reform), "resumption:funds-list")
    assert "支付货款" in listed
    assert "500" in listed


def test_an_enterprise_of_another_area_is_not_there(who: Offices) -> None:
    stranger = signed_in(who.industry)
    assert stranger.get(reverse("resumption:difficulty-create", args=["ENT-NONE"])).status_code == 404


# ---- visits, service officer ------------------------------------------------------------------------------------
def test_a_visit_finds_a_difficulty_on_the_spot(who: Offices) -> None:
    client = signed_in(who.yaojia)
    address = reverse("resumption:visit-create", args=[code_of(who)])
    visit = {
        "visited_at": "2020-02-17T09:00",
        "form": "ON_SITE",
        "organisations": ["OFFICE_370102011", "DEPT_INDUSTRY_INFORMATION"],
        "note": "现场查看宿舍",
    }
    found = {"category": "SUPPLIES", "text": "口罩只够两天"}

    assert client.get(address).status_code == 200
    wrong = client.post(address, visit | found | {"text": ""})
    assert wrong.status_code == 422
    assert (EnterpriseVisit.objects.count(), Matter.objects.count()) == (0, 0)
    answer = client.post(address, visit | found, follow=True)
    assert "走访已登记。" in answer.content.decode()
    record, matter = EnterpriseVisit.objects.get(), Matter.objects.get()
    assert (record.organisations.count(), matter.source) == (2, "VISIT")
    assert list(record.matters.all()) == [matter]
    assert "现场查看宿舍" in shown(client, "resumption:visit-list")


def test_an_enterprise_gets_a_service_officer_in_the_place_of_the_last(who: Offices) -> None:
    client = signed_in(who.who.office)
    address = reverse("resumption:officer-appoint", args=[code_of(who)])

    assert client.get(address).status_code == 200
    for username, since in (("industry", "2020-02-10"), ("reform", "2020-03-01")):
        answer = client.post(address, {"officer": username, "since": since}, follow=True)
        assert "已指定服务专员。" in answer.content.decode()
    page = shown(client, "resumption:enterprise-detail", code_of(who))
    assert who.reform.display_name in page


# ---- lists and statistics ------------------------------------------------------------------------------------------
def test_the_list_shows_what_waits_and_more_when_asked(who: Offices) -> None:
    matter = raised(who)
    industry, health = signed_in(who.industry), signed_in(who.health)

    assert matter.code in shown(industry, "casework:matter-list")
    step(matter, "sign", who.other_industry)
    assert matter.code not in shown(industry, "casework:matter-list")
    assert matter.code in shown(industry, "casework:matter-list", show="open", category="TRANSPORT", q="包车")
    assert matter.code not in shown(industry, "casework:matter-list", show="open", category="FUNDS")
    assert matter.code in shown(health, "casework:matter-list")
    assert matter.code not in shown(industry, "casework:matter-list", show="no-such")


def test_the_statistics_name_the_organisations(who: Offices) -> None:
    closed(who)
    page = shown(signed_in(who.who.office), "casework:statistics", as_of="2020-02-20")
    assert str(who.industry.organisation) in page


def test_a_step_is_taken_on_its_page_and_refused_to_others(who: Offices) -> None:
    matter = raised(who)
    address = reverse("casework:matter-step", args=[matter.code, "sign"])

    assert signed_in(who.reform).get(address).status_code == 404
    industry = signed_in(who.industry)
    done = industry.post(address, {"seen": str(matter.revision)}, follow=True)
    assert done.status_code == 200
    matter.refresh_from_db()
    assert (matter.state, matter.officer) == ("WORKING", who.industry)
    again = industry.post(address, {"seen": str(matter.revision)})
    assert again.status_code == 409
    assert "办理中" in again.content.decode()


# ---- public copies ---------------------------------------------------------------------------------------------------
COPY = {"title": "外省员工返济包车", "text": "企业需要包车。", "answer": "已经安排两辆客车。"}


def closed(who: Offices) -> Matter:
    values = {"satisfaction": "SATISFIED"}
    return step(answered(who), "call_back", who.who.office, MONDAY + timedelta(days=2), values=values)


def test_a_copy_is_published_without_names_and_withdrawn(who: Offices) -> None:
    matter, client, public = closed(who), signed_in(who.who.office), Client()
    address = reverse("casework:copy-publish", args=[matter.code])

    named = client.post(address, COPY | {"text": f"{matter.about_name}需要包车"})
    assert named.status_code == 422
    assert "请删去后再公开" in named.content.decode()
    assert "已公开。" in client.post(address, COPY, follow=True).content.decode()
    copy = PublicCopy.objects.get()
    assert COPY["title"] in shown(public, "casework:copy-list")
    page = shown(public, "casework:copy-detail", copy.pk)
    assert COPY["answer"] in page
    assert matter.about_name not in page
    client.post(reverse("casework:copy-withdraw", args=[matter.code]))
    assert public.get(reverse("casework:copy-detail", args=[copy.pk])).status_code == 404
    assert COPY["title"] not in shown(public, "casework:copy-list")


def test_a_copy_says_when_the_matter_changed_since(who: Offices) -> None:
    matter, client = closed(who), signed_in(who.who.office)
    client.post(reverse("casework:copy-publish", args=[matter.code]), COPY)
    warning = "公开以后，本件的内容又有变化"

    assert warning not in shown(client, "casework:matter-detail", matter.code)
    step(matter, "archive", who.who.office, MONDAY + timedelta(days=3))
    assert warning in shown(client, "casework:matter-detail", matter.code)


def test_an_open_matter_is_not_published(who: Offices) -> None:
    matter = raised(who, "FUNDS", funds=FUNDS)
    answer = signed_in(who.who.office).post(reverse("casework:copy-publish", args=[matter.code]), COPY)
    assert answer.status_code == 422
    assert "还没有办结" in answer.content.decode()


# ---- the ledger -------------------------------------------------------------------------------------------------------
TITLES = [
    "序号",
    "企业",
    "问题类别",
    "具体问题",
    "提出时间",
    "责任单位",
    "办理措施",
    "完成时限",
    "进展",
    "是否办结",
    "企业评价",
]


def ledger_of(folder: Path, *rows: list[Any]) -> ImportResult:
    path = workbook(
        folder / "姚家街道问题诉求台账(2.18).xlsx", "填报单位:姚家街道", TITLES, [[1, *row] for row in rows]
    )
    return bring_in(path, at=MONDAY + timedelta(days=1))


def test_the_ledger_brings_in_what_is_new_and_once(who: Offices, tmp_path: Path) -> None:
    rows = [
        ["示例1号有限公司", "交通运输", "缺两辆包车", "2020-02-17", "", "", "", "", "", ""],
        ["示例1号有限公司", "防疫物资", "口罩不足", "2020-02-16", "区商务局", "调拨", "", "", "是", ""],
        ["示例1号有限公司", "资金融资", "缺流动资金", "", "", "", "", "", "", ""],
        ["没有这家公司", "用工", "招工难", "", "", "", "", "", "", ""],
        ["示例1号有限公司", "用工", "招工难", "2020-12-01", "", "", "", "", "", ""],
    ]
    first, again = ledger_of(tmp_path, *rows), ledger_of(tmp_path, *rows[:2])

    assert (first.new, first.rejected, again.unchanged) == (2, 3, 2)
    assert [each.code for each in first.problems] == [
        "handled_elsewhere",
        "funds_by_form",
        "enterprise_unknown",
        "day_ahead",
    ]
    assert {each.category for each in Matter.objects.all()} == {"TRANSPORT", "SUPPLIES"}
    assert Matter.objects.get(category="TRANSPORT").lead == who.industry.organisation


def test_what_goes_out_comes_in_again_unchanged(who: Offices, tmp_path: Path) -> None:
    closed(who)
    raised(who, "SUPPLIES", text="口罩不足")
    answer = signed_in(who.who.office).get(reverse("resumption:difficulty-export"))
    path = tmp_path / "导出.xlsx"
    path.write_bytes(answer.content)

    result = bring_in(path, at=MONDAY + timedelta(days=5))
    assert (result.unchanged, result.rejected) == (2, 0)
    assert signed_in(who.industry).get(reverse("resumption:difficulty-export")).status_code == 403
