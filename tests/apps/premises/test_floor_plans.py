"""Drawings of floors: handed in, newest first, public where a room is offered."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from shoushan.apps.premises.models import Building, FloorPlan, Unit
from shoushan.apps.premises.services import plans, release_vacancy, withdraw_vacancy
from shoushan.directory.models import User
from tests.apps.premises.factories import AT, JANUARY_1, Who, rooms, sent, setting, shown, two_buildings
from tests.directory.factories import signed_in

pytestmark = pytest.mark.django_db
PNG, PDF = b"\x89PNG\r\n\x1a\n", b"%PDF-1.7\n"


@pytest.fixture
def who() -> Who:
    return setting()


@pytest.fixture
def building(who: Who) -> Building:
    return two_buildings()


@pytest.fixture(autouse=True)
def _march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


def hand_in(
    user: User, building: Building, name: str = "平面图.png", content: bytes = PNG, floor: str = "1"
) -> tuple[int, str]:
    file = SimpleUploadedFile(name, content)
    return sent(user, "plan-upload", building.code, floor=floor, file=file)


def offer(unit: Unit) -> None:
    release_vacancy(unit, released_on=JANUARY_1, rent_fen=None, available_on=None, actor=None, at=AT)


def body(client: Client, name: str, *args: object) -> tuple[int, bytes, str, str]:
    """Status, content, kind and disposition of a file."""
    answer = client.get(reverse(f"premises:{name}", args=args))
    if answer.status_code != 200:
        return answer.status_code, b"", "", ""
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert answer["X-Content-Type-Options"] == "nosniff"
    return 200, content, answer["Content-Type"], answer["Content-Disposition"].partition(";")[0]


def test_a_drawing_is_handed_in_and_the_newest_of_a_floor_counts(building: Building, who: Who) -> None:
    assert hand_in(who.street, building)[0] == 302
    assert hand_in(who.street, building)[0] == 302
    assert hand_in(who.street, building, "修改后.png", PNG + b"2")[0] == 302
    assert hand_in(who.office, building, "地下.pdf", PDF, floor="B1")[0] == 302

    found = FloorPlan.objects.order_by("floor", "revision").values_list("floor", "revision", "file_name")
    assert list(found) == [(-1, 1, "地下.pdf"), (1, 1, "平面图.png"), (1, 2, "修改后.png")]
    client = signed_in(who.leader)
    text = shown(client, "building-detail", building.code)
    assert text.index("1 层平面图") < text.index("B1 层平面图")
    assert "修改后.png" in text
    assert "平面图.png" not in text
    newest, below = FloorPlan.objects.get(revision=2), FloorPlan.objects.get(floor=-1)
    assert newest.entered_by == who.street
    assert body(client, "plan-file", building.code, newest.pk) == (200, PNG + b"2", "image/png", "inline")
    assert body(client, "plan-file", building.code, below.pk) == (200, PDF, "application/pdf", "attachment")
    other = Building.objects.get(name="智远大厦")
    assert body(client, "plan-file", other.code, below.pk)[0] == 404


@pytest.mark.parametrize(
    ("name", "content", "floor", "sentence"),
    [
        ("平面图.dwg", b"AC1027", "1", "“平面图.dwg”不能上传，请上传 PDF、JPG、PNG 或 WebP 文件。"),
        ("平面图.png", b"<svg/>", "1", "“平面图.png”的内容与扩展名不符，请重新导出后上传。"),
        ("平面图.pdf", b"", "1", "“平面图.pdf”是空文件，请重新选择。"),
        ("平面图.png", PNG + bytes(100), "1", "“平面图.png”超过 0 MB，请压缩后再上传。"),
        ("平面图.png", PNG, "中庭", "楼层看不懂，地上的写数字，如 12；地下的写 B1。"),
        ("平面图.png", PNG, "21", "楼宇地上共 20 层，没有 21 层"),
    ],
)
def test_it_says_why_a_drawing_is_not_taken(
    building: Building, who: Who, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes, floor: str, sentence: str
) -> None:
    monkeypatch.setattr(plans, "MOST_BYTES", 100)
    Building.objects.filter(pk=building.pk).update(floors_above=20)

    status, text = hand_in(who.street, building, name, content, floor)

    assert (status, sentence in text) == (422, True)
    assert FloorPlan.objects.count() == 0


def test_only_who_keeps_the_building_hands_in_drawings(building: Building, who: Who, client: Client) -> None:
    assert hand_in(who.elsewhere, building)[0] == 404
    assert hand_in(who.leader, building)[0] == 403
    assert FloorPlan.objects.count() == 0

    hand_in(who.street, building)
    place = (building.code, FloorPlan.objects.get().pk)
    assert body(signed_in(who.elsewhere), "plan-file", *place)[0] == 404
    assert body(client, "plan-file", *place)[0] == 302
    assert "上传平面图" in shown(signed_in(who.street), "building-detail", building.code)
    assert "上传平面图" not in shown(signed_in(who.leader), "building-detail", building.code)


def test_the_public_sees_drawings_of_floors_with_an_offered_room(building: Building, who: Who, client: Client) -> None:
    (first,), (_second,) = rooms(building, 100), rooms(building, 100, floor=2)
    for floor, content in (("1", PNG), ("2", PNG + b"2")):
        hand_in(who.street, building, content=content, floor=floor)
    assert body(client, "floor-plan", building.code, "1")[0] == 404

    offer(first)

    page = shown(client, "vacancy-plan", building.code)
    assert reverse("premises:floor-plan", args=[building.code, "1"]) in page
    assert reverse("premises:floor-plan", args=[building.code, "2"]) not in page
    assert body(client, "floor-plan", building.code, "1") == (200, PNG, "image/png", "inline")
    for code, floor in ((building.code, "2"), (building.code, "中庭"), (building.code, "3"), ("BLD-0", "1")):
        assert body(client, "floor-plan", code, floor)[0] == 404
    hand_in(who.street, building, "新.pdf", PDF)
    assert body(client, "floor-plan", building.code, "1") == (200, PDF, "application/pdf", "attachment")
    withdraw_vacancy(first, on=AT.date(), actor=None, at=AT)
    assert body(client, "floor-plan", building.code, "1")[0] == 404


def test_an_offered_floor_without_a_drawing_has_none(building: Building, client: Client) -> None:
    offer(rooms(building, 100)[0])

    assert "平面图" not in shown(client, "vacancy-plan", building.code)
    assert body(client, "floor-plan", building.code, "1")[0] == 404


def test_what_was_handed_in_stays(building: Building, who: Who) -> None:
    hand_in(who.street, building)

    for write in (lambda: FloorPlan.objects.update(floor=2), lambda: FloorPlan.objects.all().delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            write()
