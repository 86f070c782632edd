"""The ledger of workers who come back: brought in, judged, sent again, exported with a log (handbook C5, C7)."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shoushan.apps.resumption.models import Worker
from shoushan.apps.resumption.sheets import WorkerSheet
from shoushan.exchange.importing import ImportResult
from shoushan.exchange.services import bring_in
from shoushan.lifecycle.models import Step
from shoushan.privacy.models import Access
from shoushan.registry.models import Person
from tests.apps.resumption.applications import Cast
from tests.apps.resumption.factories import AT, workbook
from tests.apps.resumption.workers import number, people

pytestmark = pytest.mark.django_db
TITLES = ["序号", *(column.title for column in WorkerSheet.columns)]


@pytest.fixture
def who(tmp_path: Path) -> Cast:
    return people(tmp_path)


def line(serial: int = 1, **changed: Any) -> list[Any]:
    """A worker who came by train, was observed and is at post."""
    values: dict[str, Any] = {
        "enterprise": "示例1号有限公司",
        "name": f"示例工{serial}",
        "document_no": number(serial),
        "phone": f"1380000{serial:04d}",
        "household": "河南省商丘市示例县",
        "origin": "河南省商丘市",
        "arrived_on": "2020-02-12",
        "transport": "火车 K0001",
        "certificate_no": "",
        "key_area": "否",
        "observe_place": "示例酒店",
        "observed": "2020-02-12至2020-02-26",
        "cleared_on": "2020-02-26",
        "at_post_on": "2020-02-27",
    }
    return [serial, *(values | changed).values()]


def send(folder: Path, *rows: list[Any], commit: bool = True) -> ImportResult:
    path = workbook(folder / "姚家街道返岗人员台账(3.23).xlsx", "填报单位:姚家街道", TITLES, list(rows))
    return bring_in(path, at=AT, commit=commit)


def codes(result: ImportResult) -> list[str]:
    return [each.code for each in result.problems if each.level == "error"]


def test_it_brings_a_worker_as_far_as_the_line_says(who: Cast, tmp_path: Path) -> None:
    send(
        tmp_path,
        line(1),
        line(2, cleared_on="", at_post_on=""),
        line(3, arrived_on="", observed="", cleared_on="", at_post_on=""),
    )

    states = {each.person.name: each.state for each in Worker.objects.select_related("person")}
    assert states == {"示例工1": "AT_POST", "示例工2": "OBSERVED", "示例工3": "EXPECTED"}
    first = Worker.objects.get(person__name="示例工1")
    assert (first.arrived_on, first.cleared_on, first.at_post_on) == (
        date(2020, 2, 12),
        date(2020, 2, 26),
        date(2020, 2, 27),
    )
    steps = Step.objects.filter(subject=first.subject).order_by("revision")
    assert [each.transition for each in steps] == ["take_over", "clear_by_ledger", "start_work"]
    logged = Access.objects.get()
    assert (logged.kind, logged.count) == ("IMPORTED", 3)
    assert number(1) not in logged.fields


def test_it_changes_nothing_when_sent_again_and_goes_on_when_there_is_more(who: Cast, tmp_path: Path) -> None:
    first = send(tmp_path, line(1, cleared_on="", at_post_on=""))
    again = send(tmp_path, line(1, cleared_on="", at_post_on=""))
    on = send(tmp_path, line(1))

    assert [(each.new, each.changed, each.unchanged) for each in (first, again, on)] == [
        (1, 0, 0),
        (0, 0, 1),
        (0, 1, 0),
    ]
    assert (Worker.objects.get().state, Person.objects.count()) == ("AT_POST", 1)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"document_no": number(1)[:-1] + ("0" if number(1)[-1] != "0" else "1")}, "resident_id_check"),
        ({"document_no": "3.70102E+17"}, "scientific_notation"),
        ({"origin": "武汉(路过)"}, "origin_passed"),
        ({"observed": "2020-02-26至2020-02-12"}, "span_backwards"),
        ({"observed": "十四天"}, "not_a_span"),
        ({"cleared_on": "2020-02-10"}, "days_out_of_order"),
        ({"at_post_on": "2020-02-20"}, "days_out_of_order"),
        ({"cleared_on": ""}, "clearing_missing"),
        ({"observed": ""}, "span_missing"),
        ({"arrived_on": ""}, "arrival_missing"),
        ({"at_post_on": "2020-12-27"}, "day_ahead"),
        ({"enterprise": "没有这家公司"}, "enterprise_unknown"),
        ({"phone": "0531-88880000"}, "mobile_landline"),
    ],
)
def test_it_rejects_a_line_that_cannot_be_and_keeps_the_others(
    who: Cast, tmp_path: Path, changed: dict[str, Any], code: str
) -> None:
    result = send(tmp_path, line(1, **changed), line(2))

    assert codes(result) == [code]
    assert [each.person.name for each in Worker.objects.select_related("person")] == ["示例工2"]


def test_it_names_a_contradiction_to_what_was_entered(who: Cast, tmp_path: Path) -> None:
    send(tmp_path, line(1))
    result = send(tmp_path, line(1, arrived_on="2020-02-11"))

    assert codes(result) == ["contradicts_record"]
    assert Worker.objects.get().arrived_on == date(2020, 2, 12)


def test_it_takes_nobody_of_another_subdistrict(who: Cast, tmp_path: Path) -> None:
    from shoushan.exchange.declarations import Batch

    assert Batch(WorkerSheet(), AT, "", "", area_scope=("370102012",)).may_write("370102011") is False


# ---- export --------------------------------------------------------------------------------------------------------
def export(client: Client, purpose: str) -> Any:
    return client.post(
        reverse("resumption:worker-export"), {"purpose": purpose, "state": "", "area": "", "q": "", "due": ""}
    )


def test_it_exports_for_a_purpose_and_what_it_exports_comes_in_again(who: Cast, tmp_path: Path) -> None:
    send(tmp_path, line(1), line(2, cleared_on="", at_post_on=""))
    client = Client()
    client.force_login(who.street)

    refused = export(client, "")
    assert refused.status_code == 302
    assert Access.objects.filter(kind="EXPORTED").count() == 0
    answer = export(client, "核对返岗人员")
    logged = Access.objects.get(kind="EXPORTED")
    assert (logged.user, logged.count, logged.purpose) == (who.street, 2, "核对返岗人员")
    assert answer.headers["Cache-Control"] == "no-store"
    path = tmp_path / "导出.xlsx"
    path.write_bytes(BytesIO(answer.content).getvalue())
    again = bring_in(path, at=AT)
    assert (again.unchanged, again.rejected) == (2, 0)


def test_nobody_exports_without_the_permission(who: Cast) -> None:
    client = Client()
    client.force_login(who.office)
    assert export(client, "核对").status_code == 403
