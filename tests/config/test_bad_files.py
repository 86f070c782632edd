"""Bad files at both doors, the command line and the site: one sentence or a full account, never a traceback."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from shoushan.config.cli import main
from shoushan.directory.enums import Role
from shoushan.directory.models import User
from shoushan.directory.services import create_user, grant_role
from shoushan.exchange import services
from shoushan.exchange.enums import UploadState
from shoushan.exchange.models import SourceFile, Upload
from shoushan.registry.models import Enterprise
from tests.apps.resumption.factories import AT, uscc
from tests.kept import district

pytestmark = pytest.mark.django_db

MEGABYTE = 1024 * 1024
HEAD = "填报单位：姚家街道  截至时间：2020年2月10日17时"
TITLES = ["企业名称", "统一社会信用代码", "所属街道", "职工总数", "实际复工时间", "返岗人数", "备注"]
SOUND = ["示例1号有限公司", uscc(1), "姚家街道", 50, "2020-02-10", 30, ""]


def csv_of(*rows: list[Any], encoding: str = "utf-8") -> bytes:
    return "\r\n".join(",".join(map(str, row)) for row in rows).encode(encoding)


def book_of(*rows: list[Any]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_numbers": False})
    page = book.add_worksheet()
    for place, row in enumerate(rows):
        page.write_row(place, 0, row)
    book.close()
    return out.getvalue()


def changed(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same workbook with one part changed or added."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    parts[name] = change(parts.get(name, b""))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, data in parts.items():
            archive.writestr(entry, data)
    return out.getvalue()


def with_document_type(part: bytes) -> bytes:
    """Entities that double themselves a billion times, and one that reads a file of the server."""
    declared = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    head, mark, rest = part.partition(b"?>")
    return head + mark + declared + rest


def bomb(_part: bytes) -> bytes:
    return b"<x>" + b" " * (60 * MEGABYTE) + b"</x>"


TABLE = book_of([HEAD], TITLES, SOUND)
LONG = "长" * (10 * MEGABYTE // 3)
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "空文件.xlsx": (lambda: b"", "空的"),
    "空文件.csv": (lambda: b"", "空的"),
    "只有空格.csv": (lambda: b" \r\n \r\n", "没有"),
    "网页.xls": (lambda: "<html><table><tr><td>企业名称</td></tr></table></html>".encode(), "网页"),
    "文本.xls": (lambda: csv_of([HEAD], TITLES, SOUND, encoding="gb18030"), "纯文本"),
    "繁体.csv": (lambda: csv_of(["填報單位"], ["企業名稱", "職工總數"], ["甲", 5], encoding="big5"), "企業名稱"),
    "乱码.csv": (lambda: b"\xff\xff\xff,\xff\n", "编码"),
    "二进制.csv": (lambda: bytes(range(256)) * 20, "空字节"),
    "炸弹.xlsx": (lambda: changed(TABLE, "xl/media/a.xml", bomb), "解压后体积异常"),
    "实体.xlsx": (lambda: changed(TABLE, "xl/worksheets/sheet1.xml", with_document_type), "实体声明"),
    "字符串实体.xlsx": (lambda: changed(TABLE, "xl/sharedStrings.xml", with_document_type), "实体声明"),
    "工作簿实体.xlsx": (lambda: changed(TABLE, "xl/workbook.xml", with_document_type), "实体声明"),
    "宏.xlsx": (lambda: changed(TABLE, "xl/vbaProject.bin", lambda _part: b"x"), "宏"),
    "第61行表头.xlsx": (lambda: book_of(*[["说明"]] * 60, [HEAD], TITLES, SOUND), "说明"),
    "缺列.xlsx": (lambda: book_of([HEAD], TITLES[:3], SOUND[:3]), "列名"),
    "零字节.csv": (lambda: csv_of([HEAD], TITLES, ["示例\0一号公司", *SOUND[1:]]), "空字节"),
    "后面的零字节.csv": (lambda: csv_of([HEAD], TITLES, *[SOUND] * 100, ["示例\0公司", *SOUND[1:]]), "空字节"),
    "巨大单元格.csv": (lambda: csv_of([HEAD], TITLES, [*SOUND[:6], LONG]), "第 3 行附近有一格超过"),
    "引号不成对.csv": (lambda: csv_of([HEAD], TITLES, ['"示例', *SOUND[1:]], *[SOUND] * 3000), "引号是否成对"),
    "日期.xlsx": (lambda: book_of(["截至时间：2020年2月30日"], TITLES, SOUND), "不是有效日期"),
    "没有日期.xlsx": (lambda: book_of(TITLES, SOUND), "截至时间"),
}
ACCOUNTED: dict[str, tuple[Callable[[], bytes], tuple[int, int, int], list[str]]] = {
    "没有数据.xlsx": (lambda: book_of([HEAD], TITLES), (0, 0, 0), []),
    "没有数据.csv": (lambda: csv_of([HEAD], TITLES), (0, 0, 0), []),
    "只有合计.xlsx": (lambda: book_of([HEAD], TITLES, ["合计", "", "", 0, "", 0]), (0, 0, 0), []),
    "第60行表头.xlsx": (lambda: book_of([HEAD], *[["说明"]] * 58, TITLES, SOUND), (1, 1, 0), []),
    "隔空的第60行表头.xlsx": (lambda: book_of([HEAD], *[[]] * 58, TITLES, SOUND), (1, 1, 0), []),
    "巨大单元格.xlsx": (
        lambda: changed(
            book_of([HEAD], TITLES, [*SOUND[:6], "填"]),
            "xl/sharedStrings.xml",
            lambda part: part.replace("填<".encode(), f"{LONG}<".encode()),
        ),
        (1, 0, 1),
        ["too_long"],
    ),
    "外部链接.xlsx": (
        lambda: changed(TABLE, "xl/externalLinks/externalLink1.xml", lambda _part: b"<externalLink/>"),
        (1, 1, 0),
        [],
    ),
    "不认识的列.xlsx": (lambda: book_of([HEAD], [*TITLES, "楼宇"], [*SOUND, "甲"]), (1, 1, 0), []),
}


@pytest.fixture(autouse=True)
def _district(settings: Any, tmp_path: Path) -> None:
    settings.UPLOADS = tmp_path / "uploads"
    district()


@pytest.fixture
def office() -> Client:
    user = create_user(username="office", password="long-enough-2020", display_name="办公室", at=AT)
    grant_role(user=user, role=Role.HQ_OFFICE, area_code="370102", valid_from=date(2020, 1, 1))
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


def command(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as end:
        main([str(each) for each in arguments])
    said = capsys.readouterr()
    assert "Traceback" not in said.out + said.err
    return int(end.value.code or 0), said.out, said.err


def sent(client: Client, path: Path) -> Upload | None:
    """The upload after its check; None when page 1 refuses the file."""
    file = SimpleUploadedFile(path.name, path.read_bytes())
    answer = client.post(reverse("exchange:upload-create"), {"file": file})
    if answer.status_code == 422:
        return None
    assert answer.status_code == 302
    return services.check_upload(upload_id=Upload.objects.order_by("-pk")[0].pk, at=lambda: AT)


@pytest.mark.parametrize("name", REFUSED)
def test_it_refuses_with_one_sentence_at_the_command_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str
) -> None:
    content, words = REFUSED[name]
    (tmp_path / name).write_bytes(content())

    code, _out, err = command(capsys, "import", tmp_path / name)

    assert code == 1
    assert err.startswith(f"{name}：")
    assert (err.count("\n"), err[-2:]) == (1, "。\n")
    assert words in err
    assert not SourceFile.objects.exists()


@pytest.mark.parametrize("name", REFUSED)
def test_it_refuses_with_one_sentence_on_a_page(office: Client, tmp_path: Path, name: str) -> None:
    content, words = REFUSED[name]
    (tmp_path / name).write_bytes(content())

    upload = sent(office, tmp_path / name)

    if upload is None:
        assert not content()
        return
    assert upload.state == UploadState.REFUSED
    assert words in upload.refusal
    assert upload.refusal.endswith("。")
    page = office.get(reverse("exchange:upload-detail", args=[upload.pk]))
    assert page.status_code == 200
    assert office.post(reverse("exchange:upload-confirm", args=[upload.pk])).status_code == 409
    assert office.post(reverse("exchange:upload-recheck", args=[upload.pk]), {}).status_code == 422


@pytest.mark.parametrize("name", ACCOUNTED)
def test_it_accounts_for_every_row_at_the_command_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str
) -> None:
    content, counts, codes = ACCOUNTED[name]
    (tmp_path / name).write_bytes(content())

    code, out, err = command(capsys, "import", tmp_path / name, "--json", "--errors", tmp_path / "退回.xlsx")

    [one] = json.loads(out)
    assert (code, err) == (0, "")
    assert (one["rows"], one["new"], one["rejected"]) == counts
    assert [problem["code"] for problem in one["problems"]] == codes
    assert Enterprise.objects.count() == counts[1]


@pytest.mark.parametrize("name", ACCOUNTED)
def test_it_accounts_for_every_row_on_a_page(office: Client, tmp_path: Path, name: str) -> None:
    content, counts, codes = ACCOUNTED[name]
    (tmp_path / name).write_bytes(content())

    upload = sent(office, tmp_path / name)

    assert upload is not None
    assert upload.state == UploadState.CHECKED
    assert [problem["code"] for problem in upload.report["problems"] if problem["level"] == "error"] == codes
    page = office.get(reverse("exchange:upload-detail", args=[upload.pk]))
    assert f"读取 {counts[0]} = 新增 {counts[1]} + 变更 0 + 未变 0 + 退回 {counts[2]}" in page.content.decode()
    assert len(page.content) < MEGABYTE
    office.post(reverse("exchange:upload-confirm", args=[upload.pk]))
    assert services.import_upload(upload_id=upload.pk, at=lambda: AT).state == UploadState.DONE
    errors = office.get(reverse("exchange:upload-errors", args=[upload.pk]))
    assert errors.status_code == (200 if counts[2] else 404)
    if counts[2]:
        book = openpyxl.load_workbook(io.BytesIO(b"".join(errors.streaming_content)))  # type: ignore[attr-defined]
        assert book.worksheets[0].max_row == 3


def test_it_refuses_a_file_over_the_limit_before_keeping_it(office: Client, settings: Any, tmp_path: Path) -> None:
    settings.MAX_UPLOAD_BYTES = MEGABYTE
    path = tmp_path / "大.csv"
    path.write_bytes(b"a" * (MEGABYTE + 1))

    answer = office.post(reverse("exchange:upload-create"), {"file": SimpleUploadedFile(path.name, path.read_bytes())})

    assert answer.status_code == 422
    assert "文件超过 1 MB" in answer.content.decode()
    assert not Upload.objects.exists()


def test_it_refuses_a_file_over_the_limit_at_the_command_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "大.csv"
    with path.open("wb") as file:
        file.truncate(51 * MEGABYTE)

    code, _out, err = command(capsys, "import", path)

    assert (code, err.count("\n")) == (1, 1)
    assert "文件超过 50 MB 的上限" in err


@pytest.mark.parametrize(
    "name", ["", "长" * 201 + ".xlsx", "..", "a\x00b.xlsx", "../../etc/passwd", "无后缀", "引号\"'.csv"]
)
def test_it_takes_no_harm_from_a_file_s_name(office: Client, name: str) -> None:
    file = io.BytesIO(TABLE)
    file.name = name

    answer = office.post(reverse("exchange:upload-create"), {"file": file})

    assert answer.status_code in {302, 422}
    for upload in Upload.objects.all():
        checked = services.check_upload(upload_id=upload.pk, at=lambda: AT)
        assert checked.state == UploadState.CHECKED
        assert services.stored_path(upload).resolve().is_relative_to(services.uploads_folder().resolve())
        for page in ("upload-detail", "upload-file", "upload-list"):
            arguments = [] if page == "upload-list" else [upload.pk]
            answer = office.get(reverse(f"exchange:{page}", args=arguments))
            assert answer.status_code == 200
            if page == "upload-file":
                assert b"".join(answer.streaming_content) == TABLE  # type: ignore[attr-defined]
