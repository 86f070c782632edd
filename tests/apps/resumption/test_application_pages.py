"""The pages of applications, permits and violations, each in the role concerned."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shoushan.apps.resumption.enums.applications import ItemResult
from shoushan.apps.resumption.models import Application, Permit, Violation
from shoushan.apps.resumption.services import items_of
from shoushan.directory.enums import Role
from tests.apps.resumption.applications import (
    FEB_11,
    VALUES,
    ZHIYUAN,
    Cast,
    approved,
    cast,
    confirmed,
    drafted,
    moment,
    package,
    step,
    submitted,
)
from tests.directory.factories import a_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(tmp_path: Path, settings: Any) -> Cast:
    settings.UPLOADS = tmp_path / "uploads"
    return cast(tmp_path)


def page(client: Client, user: Any, name: str, *parts: object, status: int = 200, **query: str) -> str:
    if user is not None:
        client.force_login(user)
    answer = client.get(reverse(f"resumption:{name}", args=parts), query)
    assert answer.status_code == status, answer.text
    return answer.text


def asked() -> dict[str, Any]:
    words = {name: str(value) for name, value in VALUES.items()}
    return words | {
        "planned_on": (timezone.localdate() + timedelta(days=3)).isoformat(),
        **dict.fromkeys(("staff_from_hubei", "staff_from_other", "staff_isolated"), "0"),
    }


def test_a_contact_drafts_changes_and_reports(client: Client, who: Cast) -> None:
    code = who.claim.enterprise.code
    assert "保存草稿" in page(client, who.contact, "application-create", code)
    create = reverse("resumption:application-create", args=[code])

    refused = client.post(create, asked() | {"staff_planned": "601"})
    assert (refused.status_code, "拟返岗人数多于职工总数" in refused.text) == (422, True)
    assert client.post(create, asked()).status_code == 302
    application = Application.objects.get()
    assert application.code in page(client, who.contact, "contact-home")
    edit = reverse("resumption:application-edit", args=[application.code])
    assert client.post(edit, asked() | {"masks": "9000"}).status_code == 302
    text = page(client, who.contact, "application-detail", application.code)
    assert "9,000" in text
    assert "报告复工" in text
    assert "不需审批、备案，请改用" in text  # today's rules, shown before it is tried
    paper = SimpleUploadedFile("承诺书.pdf", b"%PDF-1.4 promise")
    done = client.post(
        reverse("resumption:application-step", args=[application.code, "report"]), {"seen": "0", "commitment": paper}
    )
    assert done.status_code == 302
    text = page(client, who.contact, "application-detail", application.code)
    assert "PMT-370102-" in text
    address = re.search(r'href="([^"]+/files/\d+/)"', text)
    assert address is not None
    assert b"".join(client.get(address[1])) == b"%PDF-1.4 promise"  # type: ignore[arg-type]
    late = client.post(edit, asked())
    assert (late.status_code, "内容不能再改" in late.text) == (422, True)


def test_drafts_are_their_enterprise_s_own(client: Client, who: Cast) -> None:
    draft = drafted(who)

    assert draft.code not in page(client, who.street, "application-list")
    page(client, who.street, "application-detail", draft.code, status=404)
    page(client, who.contact, "application-create", "E00000000000", status=404)


def test_staff_see_their_area_and_filter(client: Client, who: Cast) -> None:
    application = submitted(who)

    assert application.code in page(client, who.street, "application-list", text="示例1号")
    assert application.code in page(client, who.lead, "application-list", state="SUBMITTED", regime="APPROVAL")
    assert application.code not in page(client, who.street, "application-list", state="APPROVED")
    assert application.code not in page(client, who.street, "application-list", area="bad")
    elsewhere = a_user("elsewhere", (Role.STREET_USER, ZHIYUAN))
    assert application.code not in page(client, elsewhere, "application-list")
    page(client, elsewhere, "application-detail", application.code, status=404)


def test_an_inspector_fills_the_check_list(client: Client, who: Cast) -> None:
    application = step(submitted(who), "accept", who.street)
    address = reverse("resumption:application-check", args=[application.code])
    codes = [row["code"] for row in items_of(application, at=moment(FEB_11))]
    answers = {f"result_{code}": ItemResult.PASSED.value for code in codes} | {"seen": str(application.revision)}

    assert "成立防控工作小组" in page(client, who.street, "application-check", application.code)
    empty = client.post(address, {"seen": answers["seen"]})
    assert (empty.status_code, "请选择“成立防控工作小组" in empty.text) == (422, True)
    fault = client.post(address, answers | {"result_P1": "FAILED"})
    assert (fault.status_code, "请写明问题和整改要求" in fault.text) == (422, True)
    stale = client.post(address, answers | {"seen": "0"})
    assert (stale.status_code, "已经有人办理过" in stale.text) == (409, True)
    photo = SimpleUploadedFile("现场.png", b"\x89PNG\r\n\x1a\n place")
    done = client.post(address, answers | {"result_P1": "FAILED", "note_P1": "口罩不足", "photo": photo})
    assert done.status_code == 302
    text = page(client, who.street, "application-detail", application.code)
    assert "口罩不足" in text
    assert "现场.png" in text
    assert "需整改" in text
    client.force_login(who.contact)
    assert client.get(address).status_code == 403
    go = reverse("resumption:application-step", args=[application.code, "record_check"])
    client.force_login(who.department)
    assert client.get(go).headers["Location"] == address


def test_the_same_paper_from_two_enterprises_is_shown_to_staff_alone(client: Client, who: Cast) -> None:
    first = submitted(who)
    second = confirmed(2, "second", who.street, FEB_11)
    other = replace(who, contact=second.user, claim=second)
    copied = drafted(other)
    papers = package() | {"roster": [SimpleUploadedFile("another.pdf", b"%PDF-1.4 another roster")]}
    step(copied, "submit", other.contact, files=papers)

    text = page(client, who.street, "application-detail", first.code)
    assert "与其他企业相同的材料" in text
    shared = text.partition("与其他企业相同的材料")[2].partition("</section>")[0]
    assert re.findall(r"[a-z_]+\.pdf", shared) == ["commitment.pdf", "emergency_plan.pdf", "plan.pdf"]
    assert copied.code in shared
    assert first.code in page(client, who.street, "application-detail", copied.code)
    text = page(client, who.contact, "application-detail", first.code)
    assert "与其他企业相同的材料" not in text
    assert copied.code not in text

    Application.objects.filter(pk=copied.pk).update(area_code=ZHIYUAN)
    text = page(client, who.street, "application-detail", first.code)
    assert "另有 1 家在其他辖区" in text
    assert copied.code not in text


def test_nothing_waits_once_all_is_in_place(client: Client, who: Cast) -> None:
    application = approved(who)

    assert "没有待核验的措施" in page(client, who.street, "application-check", application.code)


def test_the_public_sees_the_permit_and_reports_a_violation(client: Client, who: Cast) -> None:
    permit = Permit.objects.get(application=approved(who))
    client.logout()

    assert permit.number in page(client, None, "permit-list", text="示例1号")
    assert permit.number not in page(client, None, "permit-list", area=ZHIYUAN)
    text = page(client, None, "permit-detail", permit.token)
    assert "许可有效" in text
    assert "<svg" in text.split('class="qr"')[1]
    page(client, None, "permit-detail", "0" * 24, status=404)
    address = reverse("resumption:permit-detail", args=[permit.token])
    assert client.post(address, {"measure": "STAFF", "text": " "}).status_code == 422
    assert client.post(address, {"measure": "STAFF", "text": "未查来访人员"}).status_code == 302
    violation = Violation.objects.get()
    assert violation.code in page(client, who.street, "violation-list", state="RECEIVED")
    assert "未查来访人员" in page(client, who.street, "violation-detail", violation.code)
    assert violation.code not in page(client, a_user("elsewhere", (Role.STREET_USER, ZHIYUAN)), "violation-list")
    client.force_login(who.street)
    found = reverse("resumption:violation-step", args=[violation.code, "found_true"])
    photo = SimpleUploadedFile("现场.png", b"\x89PNG\r\n\x1a\n door")
    assert client.post(found, {"seen": "0", "finding": "属实", "photo": photo}).status_code == 302
    story = page(client, who.street, "violation-detail", violation.code)
    file = re.search(r'href="([^"]+/files/\d+/)"', story)
    assert file is not None
    assert b"".join(client.get(file[1])) == b"\x89PNG\r\n\x1a\n door"  # type: ignore[arg-type]
    client.logout()
    text = page(client, None, "permit-detail", permit.token)
    assert "许可目前无效" in text
    assert permit.number not in page(client, None, "permit-list")


def test_a_flood_of_reports_is_refused(client: Client, who: Cast) -> None:
    permit = Permit.objects.get(application=approved(who))
    address = reverse("resumption:permit-detail", args=[permit.token])
    client.logout()

    answers = [client.post(address, {"measure": "STAFF", "text": f"情况{number}"}) for number in range(21)]

    assert {answer.status_code for answer in answers[:-1]} == {302}
    assert answers[-1].status_code in {409, 422}
    assert "请稍后再试" in answers[-1].text
