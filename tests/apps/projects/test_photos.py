"""Photos of monthly returns: taken or refused one by one, kept with the step that handed them in, shown to who may see."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from shoushan.apps.projects.models import MonthlyReturn, Project
from shoushan.apps.projects.services import report_month
from shoushan.lifecycle.errors import MissingError
from shoushan.lifecycle.models import Evidence, Step
from tests.apps.projects.factories import AT, WAN, Who, a_project, moment, setting
from tests.directory.factories import signed_in

pytestmark = pytest.mark.django_db
JAN, FEB = date(2020, 1, 1), date(2020, 2, 1)
SUMS = {"month_fen": "1500", "year_fen": "1500", "total_fen": "21500", "progress": "主体施工至3层"}


@pytest.fixture
def who() -> Who:
    return setting()


@pytest.fixture
def project(tmp_path: Path, who: Who, settings: Any) -> Project:
    settings.UPLOADS = tmp_path / "uploads"
    return a_project(tmp_path)


@pytest.fixture(autouse=True)
def _april(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment(date(2020, 4, 10)))


def photo(name: str = "现场.jpg", content: bytes = b"\xff\xd8\xff one") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def report(project: Project, month: date = JAN, *photos: Any, who: Who, more: int = 0) -> MonthlyReturn:
    number = month.month
    sums = {"month_fen": 100, "year_fen": 100 * number + more, "total_fen": 20_000 + 100 * number + more}
    values: dict[str, Any] = {name: amount * WAN for name, amount in sums.items()}
    values |= {"month_fen": (100 + more) * WAN, "progress": f"施工至{number}层"}
    return report_month(project=project, month=month, values=values, photos=photos, actor=who.lead, at=AT)


def page(client: Client, name: str, *args: Any, **asked: str) -> str:
    answer = client.get(reverse(f"projects:{name}", args=args), asked)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_they_belong_to_the_step_that_handed_them_in(project: Project, who: Who) -> None:
    record = report(project, JAN, photo("a.jpg"), photo("b.png", b"\x89PNG\r\n\x1a\n two"), who=who)
    report(project, JAN, photo("c.webp", b"RIFF----WEBP"), who=who)
    report(project, JAN, who=who)  # the very same without a photo is no step

    steps = list(Step.objects.filter(subject=record.subject).order_by("revision"))
    assert [(step.transition, step.revision) for step in steps] == [("report", 0), ("report_again", 1)]
    assert [[each.file_name for each in step.evidence.order_by("pk")] for step in steps] == [
        ["a.jpg", "b.png"],
        ["c.webp"],
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.heic", b"....ftypheic", "“a.heic”是 HEIC 照片"),
        ("a.pdf", b"%PDF-1.4", "“a.pdf”不是照片，请上传 JPG、PNG 或 WebP 文件。"),
        ("a.jpg", b"", "“a.jpg”是空文件"),
        ("a.jpg", b"GIF89a", "“a.jpg”的内容与扩展名不符"),
        ("a.jpg", b"\xff\xd8\xff" + b"x" * 1024, "“a.jpg”超过 0 MB"),
    ],
)
def test_one_that_can_t_be_taken_is_named(
    project: Project, who: Who, settings: Any, name: str, content: bytes, said: str
) -> None:
    settings.MAX_UPLOAD_BYTES = 1000

    with pytest.raises(MissingError) as error:
        report(project, JAN, photo("good.jpg"), photo(name, content), who=who)

    assert error.value.fields["photos"].startswith(said)
    assert not MonthlyReturn.objects.exists()


def test_all_that_can_t_be_taken_are_named_at_once(project: Project, who: Who) -> None:
    with pytest.raises(MissingError) as error:
        report(project, JAN, *[photo(f"{number}.jpg") for number in range(9)], photo("x.gif"), photo("y.gif"), who=who)

    said = error.value.fields["photos"]
    assert "“x.gif”不是照片" in said
    assert "“y.gif”不是照片" in said
    assert "最多 9 张，现在选了 11 张" in said


def test_the_form_takes_them_and_loses_nothing_that_was_typed(project: Project, who: Who) -> None:
    client, address = signed_in(who.lead), reverse("projects:return-report", args=[project.code, "2020-01"])

    refused = client.post(address, SUMS | {"photos": [photo(), photo("bad.heic")]})
    assert refused.status_code == 422
    text = refused.content.decode()
    assert "“bad.heic”是 HEIC 照片" in text
    assert "主体施工至3层" in text
    assert "照片“现场.jpg”“bad.heic”没有保存" in text

    assert client.post(address, SUMS | {"photos": [photo(), photo("b.jpg", b"\xff\xd8\xff b")]}).status_code == 302
    assert [each.file_name for each in Evidence.objects.order_by("pk")] == ["现场.jpg", "b.jpg"]
    assert client.post(address, SUMS).status_code == 302


def test_they_are_seen_before_a_review_and_on_the_project(project: Project, who: Who) -> None:
    record = report(project, JAN, photo("a.jpg"), who=who)
    report(project, FEB, photo("b.jpg", b"\xff\xd8\xff two"), who=who)
    kept = Evidence.objects.get(file_name="a.jpg")
    address = reverse("projects:return-file", args=[record.code, kept.pk])

    office = signed_in(who.office)
    text = page(office, "return-detail", record.code)
    assert f'<img src="{address}" alt="2020-01 现场照片“a.jpg”"' in text
    assert "首次报送" in text
    assert 'loading="lazy"' in text
    assert "照片 1" in page(office, "return-list", month="2020-01")
    text = page(office, "project-detail", project.code)
    assert text.index("b.jpg") < text.index("a.jpg")

    answer = office.get(address)
    assert answer["Content-Disposition"].startswith("inline")
    assert b"".join(answer.streaming_content) == b"\xff\xd8\xff one"  # type: ignore[attr-defined]
    assert office.get(reverse("projects:return-file", args=[record.code, kept.pk + 99])).status_code == 404
    other = MonthlyReturn.objects.exclude(pk=record.pk).get()
    assert office.get(reverse("projects:return-file", args=[other.code, kept.pk])).status_code == 404


def test_a_photo_that_was_handed_in_before_is_pointed_out(tmp_path: Path, project: Project, who: Who) -> None:
    another = a_project(tmp_path, 项目名称="另一项目", 建设单位="另一公司", **{"总投资(亿元)": 13})
    report(project, JAN, photo(), who=who)
    again = report(project, FEB, photo("改名.jpg"), who=who)
    elsewhere = report(another, JAN, photo("第三次.jpg"), who=who)

    office = signed_in(who.office)
    assert "与 2020-01 月报的照片相同" in page(office, "return-detail", again.code)
    assert "与其他项目月报的照片相同" in page(office, "return-detail", elsewhere.code)
    assert project.returns.count() == 2
