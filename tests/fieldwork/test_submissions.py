"""What a phone sends is taken once, whoever it reaches how often; what is refused can be put right and sent again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shoushan.apps.resumption.models import Application, CheckFinding, EnterpriseVisit
from shoushan.apps.resumption.services import appoint_officer, items_of
from shoushan.directory.enums import Role
from shoushan.directory.models import User
from shoushan.fieldwork import tasks
from shoushan.fieldwork.errors import SubmissionError
from shoushan.fieldwork.models import Submission
from shoushan.fieldwork.services import answer_of, take_once
from shoushan.lifecycle.models import Evidence, Step
from tests.apps.resumption.applications import FEB_11, YAOJIA, ZHIYUAN, Cast, approved, cast, checked, step, submitted
from tests.directory.factories import a_user

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 16


@pytest.fixture
def who(tmp_path: Path, settings: Any) -> Cast:
    settings.UPLOADS = tmp_path / "uploads"
    return cast(tmp_path)


@pytest.fixture
def waiting(who: Cast) -> Application:
    """An application whose measures are to be checked."""
    return step(submitted(who), "accept", who.street)


def found(application: Application, key: UUID, **more: Any) -> dict[str, Any]:
    """The check list as a phone sends it."""
    rows = items_of(application, at=timezone.now())
    results = {f"result_{row['code']}": "PASSED" for row in rows} | {f"note_{row['code']}": "" for row in rows}
    return {
        "seen": application.revision,
        "submission": str(key),
        "filled_at": "2026-11-28T01:02:03Z",
        **results,
        **more,
    }


def send(client: Client, address: str, data: dict[str, Any]) -> HttpResponse:
    answer: Any = client.post(address, data, headers={"Accept": "application/json"})
    return answer  # type: ignore[no-any-return]


def check_of(application: Application) -> str:
    return reverse("resumption:application-check", args=[application.code])


# ---- once ------------------------------------------------------------------------------------------------
def test_the_same_sending_twice_is_one_check(client: Client, who: Cast, waiting: Application) -> None:
    client.force_login(who.street)
    address, key = check_of(waiting) + "?field=1&next=/field/", uuid4()
    files = {"photo": SimpleUploadedFile("门口.png", PNG), "signature": SimpleUploadedFile("signature.png", PNG + b"1")}
    first = send(client, address, found(waiting, key, **files))
    again = send(client, address, found(waiting, key))

    assert (first.status_code, first.content) == (200, b'{"address": "/field/"}')
    assert (again.status_code, again.content) == (200, first.content)
    assert Step.objects.filter(transition="record_check").count() == 1
    assert set(Evidence.objects.filter(step__transition="record_check").values_list("name", flat=True)) == {
        "photo",
        "signature",
    }
    kept = Submission.objects.get()
    assert (kept.user, kept.address, kept.answer) == (who.street, check_of(waiting), "/field/")
    assert kept.filled_at == datetime(2026, 11, 28, 1, 2, 3, tzinfo=UTC)
    assert abs(kept.taken_at - timezone.now()) < timedelta(minutes=5)


def test_a_refused_one_leaves_nothing_and_is_taken_when_it_is_put_right(
    client: Client, who: Cast, waiting: Application
) -> None:
    client.force_login(who.street)
    key = uuid4()
    code = items_of(waiting, at=timezone.now())[0]["code"]
    faulty = send(client, check_of(waiting), found(waiting, key, **{f"result_{code}": "FAILED"}))
    empty = send(client, check_of(waiting), {"submission": str(key)})

    assert (faulty.status_code, empty.status_code) == (422, 422)
    assert "不合格，请写明问题和整改要求" in faulty.content.decode()
    assert f"note_{code}" in faulty.json()["fields"]  # type: ignore[attr-defined]
    assert "的核验结果" in empty.content.decode()
    assert not Submission.objects.exists()
    assert not CheckFinding.objects.exists()
    mended = found(waiting, key, **{f"result_{code}": "FAILED", f"note_{code}": "请补登记表。"})
    assert send(client, check_of(waiting), mended).status_code == 200
    assert Submission.objects.count() == 1


def test_what_somebody_else_did_meanwhile_is_told(client: Client, who: Cast, waiting: Application) -> None:
    typed = found(waiting, uuid4())
    checked(waiting, who.department)
    client.force_login(who.street)
    answer = send(client, check_of(waiting), typed)

    assert answer.status_code == 409
    assert "已经有人办理过" in answer.json()["sentence"]  # type: ignore[attr-defined]
    assert not Submission.objects.exists()


def test_a_key_is_its_author_s_and_its_form_s(who: Cast) -> None:
    key = uuid4()
    words = {"user": who.street, "address": "/a/"}
    assert answer_of(key, **words) == ""  # type: ignore[arg-type]
    assert take_once(key, take=lambda: "/done/", **words) == "/done/"  # type: ignore[arg-type]
    assert take_once(key, take=lambda: pytest.fail("twice"), **words) == "/done/"  # type: ignore[arg-type]
    for other in ({"user": who.office, "address": "/a/"}, {"user": who.street, "address": "/b/"}):
        with pytest.raises(SubmissionError):
            take_once(key, take=lambda: "/done/", **other)  # type: ignore[arg-type]


def test_a_key_of_another_form_is_told(client: Client, who: Cast, waiting: Application) -> None:
    key = uuid4()
    take_once(key, user=who.street, address="/elsewhere/", take=lambda: "/done/")
    client.force_login(who.street)
    answer = send(client, check_of(waiting), found(waiting, key))
    stepped = send(
        client,
        reverse("resumption:application-step", args=[waiting.code, "order_rectification"]),
        {"submission": str(key), "reason": "整改", "seen": "1"},
    )

    assert (answer.status_code, stepped.status_code) == (409, 409)
    assert "编号已用于另一份填报" in answer.json()["sentence"]  # type: ignore[attr-defined]
    assert not CheckFinding.objects.exists()


def test_a_step_of_a_record_is_taken_once(client: Client, who: Cast) -> None:
    sent = submitted(who)
    client.force_login(who.street)
    address = reverse("resumption:application-step", args=[sent.code, "return_incomplete"]) + "?next=/field/"
    data = {"submission": str(uuid4()), "completion_list": "请补交员工名册。", "seen": str(sent.revision)}
    refused = send(client, address, data | {"completion_list": ""})
    answers = [send(client, address, data) for _time in range(2)]
    late = send(client, address, data | {"submission": str(uuid4())})

    assert refused.status_code == 422
    assert [each.json() for each in answers] == [{"address": "/field/"}] * 2  # type: ignore[attr-defined]
    assert Step.objects.filter(transition="return_incomplete").count() == 1
    assert late.status_code == 409


def test_a_visit_is_recorded_once_and_what_is_wrong_is_said(client: Client, who: Cast) -> None:
    client.force_login(who.street)
    address = reverse("resumption:visit-create", args=[who.claim.enterprise.code])
    office = client.get(address).context["form"].fields["organisations"].choices[0][0]
    data = {
        "submission": str(uuid4()),
        "visited_at": "2020-03-02T10:00",
        "form": client.get(address).context["form"].fields["form"].choices[0][0],
        "organisations": office,
        "note": "生产正常。",
        "filled_at": "no moment",
    }
    half = send(client, address, data | {"amount": "-1", "text": "缺贷款"})
    answers = [send(client, address, data) for _time in range(2)]

    assert half.status_code == 422
    assert "现场发现的问题没有填好" in half.json()["sentence"]  # type: ignore[attr-defined]
    assert [each.status_code for each in answers] == [200, 200]
    assert EnterpriseVisit.objects.count() == 1
    assert Submission.objects.get().filled_at is None


def test_a_browser_without_a_key_is_answered_as_ever(client: Client, who: Cast, waiting: Application) -> None:
    client.force_login(who.street)
    data = found(waiting, uuid4())
    del data["submission"]
    answer = client.post(check_of(waiting), data)

    assert (answer.status_code, answer.headers["Location"]) == (302, f"/resumption/applications/{waiting.code}/")
    assert not Submission.objects.exists()


# ---- the list ----------------------------------------------------------------------------------------------
def listed(client: Client, user: User) -> str:
    client.force_login(user)
    return client.get("/field/").text


def test_the_list_is_what_the_person_has_to_do_in_their_area(client: Client, who: Cast, waiting: Application) -> None:
    appoint_officer(enterprise=who.claim.enterprise, officer=who.street, since=FEB_11, actor=who.office)
    page = listed(client, who.street)

    assert f"{check_of(waiting)}?field=1&amp;next=%2Ffield%2F" in page
    assert "登记走访" in page
    assert waiting.site in page
    assert "登记走访" not in listed(client, who.department)
    assert waiting.code in listed(client, who.department), "the department checks as well"
    assert waiting.code not in listed(client, a_user("zhiyuan", (Role.STREET_USER, ZHIYUAN)))
    assert "今天没有现场任务" in listed(client, a_user("grid", (Role.GRID_MEMBER, YAOJIA)))
    client.force_login(who.lead)
    assert client.get("/field/").status_code == 403


def test_who_has_checked_is_done_until_it_has_to_be_checked_anew(
    client: Client, who: Cast, waiting: Application
) -> None:
    checked(waiting, who.street)

    assert waiting.code not in listed(client, who.street)
    assert waiting.code in listed(client, who.department)
    checked(waiting, who.department)
    assert waiting.code not in listed(client, who.department)
    place = approved(who, FEB_11)
    step(place, "review_measure", who.street, values={"measure": "STAFF"}, reason="抽查")
    assert place.code in listed(client, who.street)


def test_a_form_is_kept_by_the_phone_only_when_it_is_opened_from_the_list(
    client: Client, who: Cast, waiting: Application
) -> None:
    client.force_login(who.street)
    kept, plain = client.get(check_of(waiting), {"field": "1"}).text, client.get(check_of(waiting)).text

    assert 'data-offline data-title="' in kept
    assert 'data-user="street"' in kept
    assert "data-offline" not in plain
    assert "signature-pad" in plain


def test_a_kind_is_declared_once() -> None:
    kind = tasks.FieldWork(code="tests.once", label="一", find=lambda _person, _on, _at: ())
    tasks.register(kind, kind)
    with pytest.raises(ValueError, match="declared twice"):
        tasks.register(tasks.FieldWork(code="tests.once", label="二", find=kind.find))
    del tasks._kinds["tests.once"]


# ---- on the phone ------------------------------------------------------------------------------------------
def test_the_phone_asks_who_is_signed_in(client: Client, who: Cast) -> None:
    assert client.get("/field/state/").json() == {"user": "", "token": ""}
    client.force_login(who.street)
    state = client.get("/field/state/")

    assert state.json()["user"] == "street"
    assert len(state.json()["token"]) > 30
    assert "no-store" in state.headers["Cache-Control"]


def test_the_script_that_answers_without_a_network_may_do_so_for_the_whole_site(client: Client, settings: Any) -> None:
    answer = client.get("/field-worker.js")

    assert answer.headers["Content-Type"] == "text/javascript"
    assert answer.headers["Service-Worker-Allowed"] == "/"
    assert 'LIST = "/field/"' in answer.text
    assert "{{" not in answer.text


def test_the_manifest_names_the_list_and_its_pictures(client: Client) -> None:
    words = client.get("/manifest.webmanifest").json()

    assert (words["start_url"], words["display"]) == ("/field/", "standalone")
    assert [each["sizes"] for each in words["icons"]] == ["192x192", "512x512", "any"]


def test_policy_lets_the_script_and_the_manifest_be_ours_alone(client: Client) -> None:
    policy = client.get("/sign-in/").headers["Content-Security-Policy"]

    assert "worker-src 'self'" in policy
    assert "manifest-src 'self'" in policy
