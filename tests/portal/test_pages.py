"""The pages as people of each role meet them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from shoushan.directory.access import all_permissions
from shoushan.directory.enums import Role
from shoushan.directory.models import User
from shoushan.directory.services import create_user, grant_role
from shoushan.exchange import services
from shoushan.exchange.enums import UploadState
from shoushan.exchange.models import Upload
from shoushan.figures.models import Release
from shoushan.figures.verifying import problems_of_text
from shoushan.ledger import api as ledger
from shoushan.registry.models import Enterprise
from tests.apps.resumption.factories import AT, JANUARY, frame, ledger_file, report
from tests.kept import district

pytestmark = pytest.mark.django_db

DAY = date(2020, 2, 10)
YAOJIA, ZHIYUAN, WHOLE = "370102011", "370102013", "370102"
PAGES = {
    "portal:home": "",
    "portal:search": "",
    "portal:workbench": "portal.open_workbench",
    "portal:cockpit": "figures.view_figure",
    "projects:project-list": "projects.view_project",
    "projects:return-list": "projects.view_project",
    "resumption:ledger": "resumption.view_ledger",
    "resumption:ledger-export": "resumption.export_ledger",
    "resumption:bulletin": "resumption.view_bulletin",
    "figures:measure-list": "figures.view_figure",
    "figures:release-list": "figures.view_release",
    "exchange:upload-list": "exchange.view_upload",
    "exchange:upload-create": "exchange.view_upload",
}


@pytest.fixture(autouse=True)
def _district() -> None:
    district()


@pytest.fixture
def _facts(tmp_path: Path) -> None:
    frame(tmp_path, JANUARY, {1: "规上工业", 2: "限上零售"})
    report(tmp_path, DAY, [[1, 50, "2020-02-10", 30], [2, 20, "2020-02-09", 11]])
    report(tmp_path, DAY, [[7, 9, "2020-02-10", 9]], area="智远街道")


def signed_in(role: Role, area: str = WHOLE, name: str = "someone") -> Client:
    user = create_user(username=name, password="long-enough-2020", display_name="测试账号", at=AT)
    grant_role(user=user, role=role, area_code=area, valid_from=date(2020, 1, 1))
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


@pytest.mark.parametrize("name", PAGES)
def test_it_sends_strangers_to_the_sign_in_page(client: Client, name: str) -> None:
    answer = client.get(reverse(name))

    assert answer.status_code == 302
    assert reverse("directory:sign-in") in answer.headers["Location"]


@pytest.mark.parametrize("role", list(Role))
def test_it_opens_each_page_to_the_roles_that_hold_its_permission(role: Role) -> None:
    client = signed_in(role, YAOJIA)
    roles = {code: permission.roles for code, permission in all_permissions().items()}

    for name, permission in PAGES.items():
        answer = client.get(reverse(name), follow=True)
        expected = 200 if not permission or role in roles[permission] else 403
        assert answer.status_code == expected, name


@pytest.mark.usefixtures("_facts")
def test_it_shows_the_bulletin_with_doors_and_figures() -> None:
    answer = signed_in(Role.HQ_OFFICE).get(reverse("resumption:bulletin"), {"as_of": "2020-02-10"})

    text = answer.content.decode()
    assert "累计复工2家,累计开工总人数41人" in text
    assert "/figures/resumption.people_at_work/?as_of=2020-02-10" in text


@pytest.mark.usefixtures("_facts")
@pytest.mark.parametrize(("area", "expected"), [(WHOLE, 3), (YAOJIA, 2), (ZHIYUAN, 1)])
def test_it_lists_and_exports_the_reader_s_own_area(area: str, expected: int) -> None:
    client = signed_in(Role.STREET_ADMIN if area != WHOLE else Role.HQ_OFFICE, area)

    page = client.get(reverse("resumption:ledger"))
    csv = client.get(reverse("resumption:ledger-export"), {"format": "csv"})
    xlsx = client.get(reverse("resumption:ledger-export"))

    assert page.context["page_obj"].paginator.count == expected
    assert csv.content.decode("utf-8-sig").count("有限公司") == expected
    assert xlsx.content[:2] == b"PK"


@pytest.mark.usefixtures("_facts")
def test_it_says_what_can_t_be_read_instead_of_an_empty_file() -> None:
    client = signed_in(Role.HQ_OFFICE, WHOLE)

    answer = client.get(reverse("resumption:ledger-export"), {"status": "NOWHERE"})

    assert answer.headers["Location"] == f"{reverse('resumption:ledger')}?status=NOWHERE"
    assert "NOWHERE" in client.get(answer.headers["Location"]).content.decode()


@pytest.mark.usefixtures("_facts")
def test_it_hides_others_enterprises_and_narrows_numbers() -> None:
    client = signed_in(Role.STREET_ADMIN, ZHIYUAN)
    other = Enterprise.objects.get(name="示例1号有限公司")
    own = Enterprise.objects.get(name="示例7号有限公司")

    assert client.get(reverse("resumption:enterprise-detail", args=[other.code])).status_code == 404
    assert client.get(reverse("resumption:enterprise-detail", args=[own.code])).status_code == 200
    receipt = client.get(reverse("figures:receipt", args=["resumption.people_at_work"]), {"as_of": "2020-02-10"})
    assert receipt.context["figure"].numerator == 0
    asked = {"as_of": "2020-02-10", "area": YAOJIA}
    assert client.get(reverse("figures:receipt", args=["resumption.people_at_work"]), asked).status_code == 404
    entry = ledger.timeline(other.subject)[0].number
    assert client.get(reverse("figures:entry", args=[entry])).status_code == 404


@pytest.mark.usefixtures("_facts")
def test_it_shows_an_entry_and_once_sealed_its_proof() -> None:
    client = signed_in(Role.STREET_ADMIN, YAOJIA)
    number = ledger.timeline(Enterprise.objects.get(name="示例1号有限公司").subject)[0].number

    before = client.get(reverse("figures:entry", args=[number]))
    ledger.seal(at=AT)
    after = client.get(reverse("figures:entry", args=[number]))

    assert (before.context["receipt"], before.status_code) == (None, 200)
    assert after.context["problem"] == ""
    assert "回执成立" in after.content.decode()
    assert after.context["receipt"].seal["root"] in after.content.decode()


@pytest.mark.usefixtures("_facts")
def test_it_opens_a_number_onto_members_that_add_up() -> None:
    client = signed_in(Role.DISTRICT_LEADER)

    answer = client.get(reverse("figures:receipt", args=["resumption.people_at_work"]), {"as_of": "2020-02-10"})

    assert answer.context["members_sum"] == answer.context["figure"].value == 41
    assert client.get(reverse("figures:receipt", args=["nothing"])).status_code == 404
    for area, expected in ((YAOJIA, 41), (ZHIYUAN, 0)):
        asked = {"as_of": "2020-02-10", "area": area}
        narrowed = client.get(reverse("figures:receipt", args=["resumption.people_at_work"]), asked)
        assert narrowed.context["members_sum"] == narrowed.context["figure"].value == expected
    assert (
        client.get(reverse("figures:receipt", args=["resumption.people_at_work"]), {"as_of": "bad"}).status_code == 200
    )


@pytest.mark.usefixtures("_facts")
def test_it_releases_and_gives_a_file_that_verifies() -> None:
    client = signed_in(Role.HQ_OFFICE)

    answer = client.post(reverse("resumption:bulletin-release"), {"as_of": "2020-02-10"})

    release = Release.objects.get()
    assert answer.headers["Location"] == reverse("figures:release-detail", args=[release.number])
    file = client.get(reverse("figures:release-file", args=[release.number])).content.decode()
    assert problems_of_text(file) == []
    assert json.loads(file)["content"]["figures"][1]["value"] == 2
    assert client.get(reverse("figures:release-detail", args=[release.number])).status_code == 200
    assert client.get(reverse("resumption:bulletin-release")).status_code == 405
    assert (
        signed_in(Role.DISTRICT_LEADER, name="leader")
        .post(reverse("resumption:bulletin-release"), {"as_of": "2020-02-10"})
        .status_code
        == 403
    )


def upload(client: Client, path: Path, **more: Any) -> Upload:
    sent = SimpleUploadedFile(path.name, path.read_bytes())
    answer = client.post(reverse("exchange:upload-create"), {"file": sent, **more})
    assert answer.status_code == 302
    return Upload.objects.order_by("-pk")[0]


def test_it_takes_a_file_through_the_wizard(tmp_path: Path) -> None:
    client = signed_in(Role.STREET_ADMIN, YAOJIA)
    path = ledger_file(tmp_path, DAY, [[1, 50, "2020-02-10", 30], [2, 20, "2020-02-10", 99]])
    sent = upload(client, path)
    page = reverse("exchange:upload-detail", args=[sent.pk])

    services.check_upload(upload_id=sent.pk, at=lambda: AT)
    checked = client.get(page).content.decode()
    assert "读取 2 = 新增 1 + 变更 0 + 未变 0 + 退回 1" in checked
    assert "返岗人数 99 大于职工总数 20" in checked
    assert Enterprise.objects.count() == 0
    waiting = client.get(reverse("portal:workbench"), {"queue": "exchange.uploads"})
    assert [line.item.address for line in waiting.context["workbench"].waiting[:]] == [page]

    client.post(reverse("exchange:upload-confirm", args=[sent.pk]))
    services.import_upload(upload_id=sent.pk, at=lambda: AT)
    sent.refresh_from_db()
    assert (sent.state, Enterprise.objects.count()) == (UploadState.DONE, 1)
    assert services.error_book_path(sent).read_bytes()[:2] == b"PK"
    assert reverse("exchange:upload-errors", args=[sent.pk]) in client.get(page).content.decode()
    assert client.post(reverse("exchange:upload-confirm", args=[sent.pk])).status_code == 409
    assert "<html" not in client.get(page, headers={"HX-Request": "true"}).content.decode()

    again = upload(client, path)
    services.check_upload(upload_id=again.pk, at=lambda: AT)
    again.refresh_from_db()
    assert again.report["unchanged"] == 1


def test_it_refuses_rows_of_another_subdistrict_in_the_wizard(tmp_path: Path) -> None:
    client = signed_in(Role.STREET_ADMIN, ZHIYUAN)
    sent = upload(client, ledger_file(tmp_path, DAY, [[1, 50, "2020-02-10", 30]]))

    services.check_upload(upload_id=sent.pk, at=lambda: AT)

    sent.refresh_from_db()
    assert [problem["code"] for problem in sent.report["problems"]] == ["outside_scope"]


def test_it_says_why_a_file_is_refused_and_keeps_it_from_others(tmp_path: Path) -> None:
    client = signed_in(Role.STREET_ADMIN, YAOJIA)
    path = tmp_path / "空.xlsx"
    path.write_bytes(b"not a workbook at all")
    sent = upload(client, path)

    services.check_upload(upload_id=sent.pk, at=lambda: AT)

    page = reverse("exchange:upload-detail", args=[sent.pk])
    sent.refresh_from_db()
    assert sent.state == UploadState.REFUSED
    assert sent.refusal in client.get(page).content.decode()
    assert signed_in(Role.STREET_ADMIN, ZHIYUAN, name="other").get(page).status_code == 404


def test_it_asks_no_more_queries_for_more_rows(tmp_path: Path, django_assert_max_num_queries: Any) -> None:
    report(tmp_path, DAY, [[number, 50, "2020-02-10", 30] for number in range(60)])
    client = signed_in(Role.HQ_OFFICE)

    with django_assert_max_num_queries(9):
        client.get(reverse("resumption:ledger"))
