from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from shoushan.apps.resumption.lifecycle import SEEDS
from shoushan.directory.enums import Role
from shoushan.directory.models import Area
from shoushan.directory.services import load_reference_district
from shoushan.lifecycle import seeds, services
from shoushan.lifecycle.models import Evidence, Rule
from tests.directory.factories import a_user, signed_in
from tests.lifecycle.factories import AT, a_case, clerk

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.samples.urls")]


@pytest.fixture
def office() -> Client:
    if not Area.objects.exists():
        load_reference_district()
    services.load_policies(seeds.registered(), at=AT)
    return signed_in(a_user("office", (Role.HQ_OFFICE, "370102")))


# ---- steps ------------------------------------------------------------------------------------------
def test_it_shows_what_a_step_needs_and_takes_it() -> None:
    client = signed_in(clerk())
    case = a_case()
    address = f"/cases/{case.code}/submit/"

    page = client.get(address).content.decode()
    assert "职工人数已填写" in page
    assert 'name="planned_on"' in page
    sent = client.post(
        address,
        {"seen": "0", "planned_on": "2020-03-05", "plan": SimpleUploadedFile("方案.pdf", b"%PDF-1.4")},
    )

    assert (sent.status_code, sent["Location"]) == (302, "/")
    case.refresh_from_db()
    assert (case.state, case.planned_on) == ("SUBMITTED", date(2020, 3, 5))
    assert Evidence.objects.get().file_name == "方案.pdf"


@pytest.mark.parametrize(
    ("data", "status", "sentence"),
    [
        ({"seen": "0", "planned_on": ""}, 422, "请填写“计划日期”。"),
        ({"seen": "0", "planned_on": "2020-02-05"}, 422, "2月10日之前不得复工"),
        ({"seen": "7", "planned_on": "2020-03-05"}, 409, "已经有人办理过"),
    ],
)
def test_it_says_why_a_step_is_not_taken(data: dict[str, str], status: int, sentence: str) -> None:
    client = signed_in(clerk())
    case = a_case()

    answer = client.post(f"/cases/{case.code}/submit/", data)

    assert answer.status_code == status
    assert sentence in answer.content.decode()
    case.refresh_from_db()
    assert case.state == "DRAFT"


def test_a_program_reads_what_a_step_needs_and_takes_it() -> None:
    client = signed_in(clerk())
    case = a_case()
    address, asked = f"/cases/{case.code}/submit/", {"Accept": "application/json"}

    found = client.get(address, headers=asked).json()
    assert (found["record"], found["state"]["code"], found["revision"]) == (case.code, "DRAFT", 0)
    assert found["step"] == {"name": "submit", "label": "提交", "is_open": True, "problem": ""}
    first = found["needs"][0]
    assert (first["name"], first["kind"], first["is_required"]) == ("planned_on", "DAY", True)
    assert "submit" in [each["name"] for each in found["steps"]]

    missing = client.post(address, {"seen": "0", "planned_on": ""}, headers=asked)
    assert missing.status_code == 422
    assert missing.json()["fields"]["planned_on"] == "请填写“计划日期”。"
    stale = client.post(address, {"seen": "7", "planned_on": "2020-03-05"}, headers=asked)
    assert (stale.status_code, stale.json()["fields"]) == (409, {})
    assert "已经有人办理过" in stale.json()["sentence"]

    plan = SimpleUploadedFile("方案.pdf", b"%PDF-1.4")
    done = client.post(address, {"seen": "0", "planned_on": "2020-03-05", "plan": plan}, headers=asked)
    assert done.status_code == 200
    assert (done.json()["state"]["code"], done.json()["revision"]) == ("SUBMITTED", 1)
    case.refresh_from_db()
    assert case.state == "SUBMITTED"


def test_a_program_without_the_role_reads_one_sentence() -> None:
    client = signed_in(a_user("reader"))
    answer = client.post(f"/cases/{a_case().code}/submit/", {"seen": "0"}, headers={"Accept": "application/json"})

    assert answer.status_code == 403
    assert answer.json()["sentence"].endswith("。")


def test_it_offers_no_step_that_is_stopped_unknown_or_the_systems_own() -> None:
    client = signed_in(clerk())
    case = a_case(people=0)

    assert "职工人数为 0，请先填写职工人数。" in client.get(f"/cases/{case.code}/submit/").content.decode()
    assert [client.get(f"/cases/{case.code}/{name}/").status_code for name in ("vanish", "lapse")] == [404, 404]


def test_it_refuses_a_step_to_people_of_another_area() -> None:
    case = a_case()

    answer = signed_in(clerk("outsider", "370102013")).post(f"/cases/{case.code}/submit/", {"planned_on": "2020-03-05"})

    assert answer.status_code == 403
    assert "不包括该辖区" in answer.content.decode()


# ---- rules ------------------------------------------------------------------------------------------
def test_it_lists_the_rules_of_a_day(office: Client) -> None:
    march = office.get(reverse("lifecycle:rule-list"), {"on": "2020-03-05"}).content.decode()
    before = office.get(reverse("lifecycle:rule-list"), {"on": "2020-01-02"}).content.decode()

    assert "国办发明电〔2020〕6号" in march
    assert "国办发明电" not in before
    assert "当日没有有效版本" in before


def test_it_shows_a_rule_with_its_versions(office: Client) -> None:
    page = office.get(reverse("lifecycle:rule-detail", args=["resumption.regime"]), {"on": "2020-03-05"})
    older = office.get(reverse("lifecycle:rule-detail", args=["resumption.regime"]), {"on": "2020-01-02"})

    assert "低风险地区不得采取审批、备案等方式延缓开工" in page.content.decode()
    assert "这一天没有有效的版本" in older.content.decode()
    assert office.get(reverse("lifecycle:rule-detail", args=["nothing"])).status_code == 404


def test_it_tells_the_documents_and_the_risk_levels(office: Client) -> None:
    documents = office.get(reverse("lifecycle:document-list")).content.decode()
    risks = office.get(reverse("lifecycle:risk-list")).content.decode()

    assert all(seed.document.number in documents for seed in SEEDS)
    assert "历下区" in risks


NEW = {
    "valid_from": "2020-03-10",
    "number": "济政办〔2020〕9号",
    "title": "复工办理方式调整",
    "issuer": "济南市人民政府办公厅",
    "issued_on": "2020-03-09",
    "cell-0-risk": "*",
    "cell-0-exempt": "",
    "cell-0-regime": "FILING",
    "cell-0-reply_days": "1",
    "cell-1-regime": "",
}


def test_it_previews_a_version_before_it_enters_it(office: Client) -> None:
    address = reverse("lifecycle:rule-create", args=["resumption.regime"])
    before = Rule.objects.count()

    blank, preview = office.get(address), office.post(address, NEW)
    assert 'name="cell-0-regime"' in blank.content.decode()
    assert "没有在办记录因此改变" in preview.content.decode()
    assert Rule.objects.count() == before

    entered = office.post(address, NEW | {"confirm": "1"})
    assert entered.status_code == 302
    rule = Rule.objects.latest("entered_at")
    assert (rule.valid_from, rule.document.number) == (date(2020, 3, 10), "济政办〔2020〕9号")
    assert rule.rows == [{"risk": "*", "exempt": "*", "regime": "FILING", "reply_days": 1, "note": ""}]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"cell-0-regime": ""}, "第 1 行没有填写“办理方式”。"),
        ({"number": "国办发明电〔2020〕6号"}, "已登记为"),
        ({"valid_to": "2020-03-01"}, "最后一日早于施行日期"),
        ({"valid_from": "3月"}, "施行日期"),
    ],
)
def test_it_says_why_a_version_is_not_entered(office: Client, change: dict[str, str], sentence: str) -> None:
    before = Rule.objects.count()

    answer = office.post(reverse("lifecycle:rule-create", args=["resumption.regime"]), NEW | {"confirm": "1"} | change)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Rule.objects.count() == before


def test_the_page_of_a_record_shows_steps_clocks_story_and_files() -> None:
    client = signed_in(clerk())
    case = a_case()
    upload = SimpleUploadedFile("方案.pdf", b"%PDF-1.4")
    client.post(f"/cases/{case.code}/submit/", {"seen": "0", "planned_on": "2020-03-05", "plan": upload})

    page = client.get(f"/cases/{case.code}/").content.decode()

    assert f'href="/cases/{case.code}/approve/">同意</a>' in page
    assert "lapse" not in page
    assert "Reply" in page
    assert "方案.pdf" in page
    file = client.get(f"/cases/{case.code}/files/{Evidence.objects.get().pk}/")
    assert b"".join(file.streaming_content) == b"%PDF-1.4"
    assert file["Content-Disposition"].startswith("attachment")
    assert client.get(f"/cases/{case.code}/files/0/").status_code == 404
