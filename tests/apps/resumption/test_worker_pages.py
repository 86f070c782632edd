"""The pages of workers on their way back, as contacts and subdistricts open them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shoushan.apps.resumption.models import Bed, HealthCheck, IsolationPlace, NucleicTest, Worker
from shoushan.privacy.models import Access
from tests.apps.resumption.applications import YAOJIA, Cast
from tests.apps.resumption.workers import a_worker, number, observed, people, step
from tests.directory.factories import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(tmp_path: Path) -> Cast:
    return people(tmp_path)


def shown(client: Client, name: str, *args: Any, **asked: str) -> str:
    answer = client.get(reverse(f"resumption:{name}", args=args), asked)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_a_contact_registers_a_worker_and_reads_masks(who: Cast) -> None:
    client = signed_in(who.contact)
    address = reverse("resumption:worker-create", args=[who.claim.enterprise.code])
    typed = {"name": "示例工", "document_no": number(1), "phone": "13800000001", "origin": "湖北省武汉市"}

    wrong = client.post(address, typed | {"origin": "火星"})
    assert wrong.status_code == 422
    assert "认不出是哪个省市" in wrong.content.decode()
    page = client.post(address, typed, follow=True).content.decode()
    worker = Worker.objects.get()
    assert f"已登记，编号 {worker.code}。" in page
    listed = shown(client, "worker-list")
    for text in (page, listed):
        assert number(1) not in text
        assert "13800000001" not in text
    assert worker.code in listed


def test_a_number_is_shown_once_for_a_purpose_that_is_logged(who: Cast) -> None:
    worker = a_worker(who)
    client, address = signed_in(who.street), reverse("resumption:worker-show", args=[worker.code])

    assert client.post(address, {"purpose": ""}).status_code == 422
    assert number(1) in client.post(address, {"purpose": "核对返程车次"}).content.decode()
    assert number(1) not in shown(client, "worker-detail", worker.code)
    assert [(each.user, each.subject) for each in Access.objects.all()] == [(who.street, worker.subject)]
    assert signed_in(who.office).post(address, {"purpose": "想看看"}).status_code == 404
    assert Access.objects.count() == 1


def test_temperatures_of_a_day_are_typed_in_one_table(who: Cast) -> None:
    first, second = observed(who, 1, timezone.now()), observed(who, 2, timezone.now())
    client, address = signed_in(who.street), reverse("resumption:check-list")

    assert client.get(address).content.decode().count('inputmode="decimal"') == 4
    cells = {f"{first.code}/MORNING": "36.5", f"{second.code}/MORNING": "365"}
    wrong = client.post(address, cells)
    assert wrong.status_code == 422
    assert "可能应为“36.5”" in wrong.content.decode()
    assert HealthCheck.objects.filter(slot="MORNING").count() == 0
    page = client.post(address, cells | {f"{second.code}/MORNING": "36.4"}, follow=True).content.decode()
    assert "已登记体温 2 项。" in page
    assert page.count('inputmode="decimal"') == 2
    assert "36.4" in shown(client, "worker-detail", second.code)


def test_a_test_and_a_bed_are_recorded_on_the_worker_s_page(who: Cast) -> None:
    worker, client = observed(who, 1, timezone.now()), signed_in(who.street)
    place = {"name": "示例酒店", "area_code": YAOJIA, "address": "示例路1号", "rooms": "12"}
    assert client.post(reverse("resumption:place-list"), place | {"rooms": "0"}).status_code == 422
    assert "隔离点已启用。" in client.post(reverse("resumption:place-list"), place, follow=True).content.decode()
    assert IsolationPlace.objects.get().beds.count() == 12

    bed = Bed.objects.order_by("pk").first()
    assert bed is not None
    address = reverse("resumption:worker-bed", args=[worker.code])
    assert client.post(address, {"bed": "0"}).status_code == 422
    assert "示例酒店 01-1" in client.post(address, {"bed": bed.pk}, follow=True).content.decode()
    other = observed(who, 2, timezone.now())
    taken = client.post(reverse("resumption:worker-bed", args=[other.code]), {"bed": bed.pk})
    assert taken.status_code == 422
    test = {"sampled_on": timezone.localdate().isoformat(), "laboratory": "示例检测所", "result": "NEGATIVE"}
    address = reverse("resumption:worker-test", args=[worker.code])
    assert client.post(address, test).status_code == 422
    client.post(address, test | {"resulted_on": timezone.localdate().isoformat()})
    assert NucleicTest.objects.get().result == "NEGATIVE"


def test_a_step_is_taken_on_its_page(who: Cast) -> None:
    worker, client = a_worker(who, origin="境外"), signed_in(who.contact)
    address = reverse("resumption:worker-step", args=[worker.code, "arrive"])
    typed = {"seen": str(worker.revision), "charter": "NO", "key_area": "NO", "temperature": "36.5"}

    assert "登记到达" in client.get(address).content.decode()
    page = client.post(address, typed, follow=True).content.decode()
    assert "隔离中" in page
    assert client.post(address, typed).status_code == 409


def test_the_list_filters_and_counts(who: Cast) -> None:
    a_worker(who, 1)
    worker = observed(who, 2, timezone.now())
    client = signed_in(who.street)
    text = shown(client, "worker-list", state="OBSERVED")
    assert worker.code in text
    assert text.count("resumption/workers/WRK") == 1
    assert worker.code in shown(client, "worker-list", due=worker.observe_to.isoformat())
    assert worker.code not in shown(client, "worker-list", q="没有")
    step(worker, "report_abnormal", who.street, timezone.now(), reason="咳嗽")
    assert "异常" in shown(client, "worker-list", state="ABNORMAL")


def test_others_see_no_workers(who: Cast) -> None:
    worker = a_worker(who)
    client = signed_in(who.department)
    assert client.get(reverse("resumption:worker-list")).status_code == 404
    assert client.get(reverse("resumption:worker-detail", args=[worker.code])).status_code == 404
