"""The import wizard: what a file is recognised as, what its sender puts right, and what both steps make of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from shoushan.apps.resumption.models import DailyReturn
from shoushan.apps.resumption.sheets.ledger import LedgerSheet
from shoushan.directory.enums import Role
from shoushan.directory.models import User
from shoushan.directory.services import create_user, grant_role
from shoushan.exchange import importing, services
from shoushan.exchange.enums import UploadState
from shoushan.exchange.forms import columns_of
from shoushan.exchange.models import SourceFile, Upload
from tests.apps.resumption.factories import AT, ledger_file, uscc, workbook
from tests.kept import district

pytestmark = pytest.mark.django_db

DAY = date(2020, 2, 10)
YAOJIA, WHOLE = "370102011", "370102"
HEAD = "填报单位:姚家街道  截至时间:2020年2月10日17时"
TITLES = ["序号", "企业全称", "统一社会信用代码", "职工总数", "实际复工时间", "返岗人数", "楼宇"]
ROWS: list[list[Any]] = [
    [1, "示例1号有限公司", uscc(1), 50, "2020-02-10", 30, "甲座"],
    [2, "示例2号有限公司", uscc(2), 20, "2020-02-10", 99, "乙座"],
]


@pytest.fixture(autouse=True)
def _district(settings: Any, tmp_path: Path) -> None:
    settings.UPLOADS = tmp_path / "uploads"
    district()


@pytest.fixture
def clerk() -> Client:
    return signed_in(Role.STREET_ADMIN, YAOJIA)


def signed_in(role: Role, area: str, name: str = "clerk") -> Client:
    user = create_user(username=name, password="long-enough-2020", display_name="测试账号", at=AT)
    grant_role(user=user, role=role, area_code=area, valid_from=date(2020, 1, 1))
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


def send(client: Client, path: Path) -> Upload:
    """Page 1."""
    answer = client.post(reverse("exchange:upload-create"), {"file": SimpleUploadedFile(path.name, path.read_bytes())})
    assert answer.status_code == 302
    return check(Upload.objects.order_by("-pk")[0])


def check(upload: Upload) -> Upload:
    services.check_upload(upload_id=upload.pk, at=lambda: AT)
    upload.refresh_from_db()
    return upload


def bring_in(client: Client, upload: Upload) -> Upload:
    """Page 3, and the work that follows."""
    client.post(reverse("exchange:upload-confirm", args=[upload.pk]))
    services.import_upload(upload_id=upload.pk, at=lambda: AT)
    upload.refresh_from_db()
    return upload


def page_of(client: Client, upload: Upload, **asked: str) -> str:
    answer = client.get(reverse("exchange:upload-detail", args=[upload.pk]), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def say(client: Client, upload: Upload, named: dict[str, str] | None = None, **more: str) -> HttpResponse:
    """What the form of page 2 sends: everything as shown but for the columns in `named` (heading -> column)."""
    found = columns_of(upload.preview)
    sent = {
        f"column_{place}": (named or {}).get(column["heading"], column["name"]) for place, column in enumerate(found)
    }
    shown = {"sheet": upload.sheet, "as_of": upload.preview["as_of"] or "", "unit_text": upload.preview["unit"]}
    address = reverse("exchange:upload-recheck", args=[upload.pk])
    answer: HttpResponse = client.post(address, {**shown, **sent, **more})  # type: ignore[assignment]
    return answer


def odd_file(folder: Path, titles: Sequence[str] = TITLES, rows: Sequence[list[Any]] = ROWS) -> Path:
    return workbook(folder / "姚家街道复工台账.xlsx", HEAD, list(titles), list(rows))


# ---- what was recognised --------------------------------------------------------------------------
def test_it_recognises_the_sheet_by_its_headings(clerk: Client, tmp_path: Path) -> None:
    upload = send(clerk, ledger_file(tmp_path, DAY, [[1, 50, "2020-02-10", 30]]))

    assert (upload.state, upload.sheet) == (UploadState.CHECKED, "resumption.ledger")
    [tab] = upload.preview["tabs"]
    assert tab["heading_rows"] == [3]
    assert [(each["letters"], each["title"]) for each in tab["columns"]][:2] == [
        ("A", "企业名称"),
        ("B", "统一社会信用代码"),
    ]
    assert (upload.preview["as_of"], upload.preview["unit"]) == ("2020-02-10", "姚家街道")
    page = page_of(clerk, upload)
    assert "表头在第 3 行" in page
    assert 'value="2020-02-10"' in page
    assert 'value="姚家街道"' in page


def test_it_takes_no_sheet_that_the_sender_may_not_send(clerk: Client, tmp_path: Path) -> None:
    titles = ["企业名称", "统一社会信用代码", "四上类别", "所属街道", "行业代码"]
    rows = [["示例1号有限公司", uscc(1), "规上工业", "姚家街道", "1311"]]

    upload = send(clerk, workbook(tmp_path / "名单.xlsx", "统计月份:2020年1月", titles, rows))

    assert upload.state == UploadState.REFUSED
    assert "您没有“导入四上企业在库名单”权限" in upload.refusal


def test_it_asks_for_the_column_that_it_could_not_find(clerk: Client, tmp_path: Path) -> None:
    upload = send(clerk, odd_file(tmp_path))

    assert (upload.state, upload.sheet) == (UploadState.REFUSED, "resumption.ledger")
    assert "缺少必需的列“企业名称”" in upload.refusal
    assert "企业全称" in page_of(clerk, upload)


def test_it_thinks_first_of_the_sheets_that_the_sender_may_send(clerk: Client, tmp_path: Path) -> None:
    titles = ["企业名称", "统一社会信用代码", "四上类别", "所属街道", "返岗人数", "复工日期"]
    rows = [["示例1号有限公司", uscc(1), "规上工业", "姚家街道", 30, "2020-02-10"]]

    upload = send(clerk, odd_file(tmp_path, [title.replace("四上类别", "类型") for title in titles], rows))

    assert upload.sheet == "resumption.ledger"
    assert "缺少必需的列“职工总数”" in upload.refusal


def test_it_says_what_it_found_where_it_knows_no_sheet(clerk: Client, tmp_path: Path) -> None:
    upload = send(clerk, workbook(tmp_path / "会议.xlsx", "", ["会议", "时间"], [["例会", "周一"]]))

    assert upload.state == UploadState.REFUSED
    assert "“会议”、“时间”" in upload.refusal
    assert "请选择" in page_of(clerk, upload)


# ---- what the sender puts right -------------------------------------------------------------------
def test_it_uses_a_changed_mapping_in_both_steps(clerk: Client, tmp_path: Path) -> None:
    upload = send(clerk, odd_file(tmp_path))

    assert say(clerk, upload, {"企业全称": "name", "楼宇": "note"}).status_code == 302
    check(upload)
    assert upload.state == UploadState.CHECKED
    assert (upload.report["new"], upload.report["rejected"]) == (1, 1)

    bring_in(clerk, upload)
    assert upload.state == UploadState.DONE
    assert DailyReturn.objects.get().note == "甲座"
    sheet = openpyxl.load_workbook(services.error_book_path(upload)).active
    assert sheet is not None
    assert [cell.value for cell in sheet[3]] == [*TITLES, "错误说明"]
    assert [cell.value for cell in sheet[4]][1] == "示例2号有限公司"
    assert sheet.max_row == 4


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ({}, "缺少必需的列“企业名称”，请在“列的对应”中指定文件的哪一列是它。"),
        ({"企业全称": "name", "楼宇": "name"}, "B 列“企业全称” 和 G 列“楼宇” 两列都对应“企业名称”"),
        ({"企业全称": "name", "返岗人数": ""}, "缺少必需的列“返岗人数”"),
    ],
)
def test_it_refuses_a_mapping_that_can_not_be(
    clerk: Client, tmp_path: Path, named: dict[str, str], sentence: str
) -> None:
    upload = send(clerk, odd_file(tmp_path))

    answer = say(clerk, upload, named)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    upload.refresh_from_db()
    assert (upload.state, upload.chosen) == (UploadState.REFUSED, {})


def test_it_takes_the_other_of_two_columns_of_one_name(clerk: Client, tmp_path: Path) -> None:
    titles = ["企业名称", "统一社会信用代码", "职工总数", "实际复工时间", "返岗人数", "返岗人数"]
    rows = [["示例1号有限公司", uscc(1), 50, "2020-02-10", 1, 30]]
    upload = send(clerk, odd_file(tmp_path, titles, rows))
    assert "两列都对应“返岗人数”" in upload.refusal

    found = columns_of(upload.preview)
    sent = {f"column_{place}": column["name"] for place, column in enumerate(found)}
    sent |= {"column_4": "", "column_5": "at_work", "sheet": upload.sheet}
    clerk.post(reverse("exchange:upload-recheck", args=[upload.pk]), sent)
    bring_in(clerk, check(upload))

    assert DailyReturn.objects.get().at_work == 30


def test_it_takes_day_and_unit_from_the_sender(clerk: Client, tmp_path: Path) -> None:
    upload = send(clerk, ledger_file(tmp_path, DAY, [[1, 50, "2020-02-10", 30]]))

    say(clerk, upload, as_of="2020-02-12", unit_text="智远街道")
    check(upload)

    assert (upload.report["as_of"], upload.report["unit"]) == ("2020-02-12", "智远街道")
    assert [each["code"] for each in upload.report["problems"]] == ["other_subdistrict"]


def test_it_leaves_to_the_file_what_is_as_found(clerk: Client, tmp_path: Path) -> None:
    upload = send(clerk, ledger_file(tmp_path, DAY, [[1, 50, "2020-02-10", 30]]))

    say(clerk, upload)
    check(upload)

    assert (upload.chosen, upload.as_of, upload.unit_text) == ({}, None, "")


def test_it_recognises_anew_when_the_sheet_changes(tmp_path: Path) -> None:
    office = signed_in(Role.HQ_OFFICE, WHOLE)
    upload = send(office, ledger_file(tmp_path, DAY, [[1, 50, "2020-02-10", 30]]))

    say(office, upload, sheet="resumption.frame")
    check(upload)

    assert upload.state == UploadState.REFUSED
    assert "缺少必需的列“四上类别”" in upload.refusal


def test_it_lets_the_sender_name_the_day_when_the_file_names_none(clerk: Client, tmp_path: Path) -> None:
    titles = ["企业名称", "统一社会信用代码", "职工总数", "实际复工时间", "返岗人数"]
    path = workbook(tmp_path / "姚家.xlsx", "截至时间:2020年2月30日", titles, [["示例1号", uscc(1), 5, "", 0]])
    upload = send(clerk, path)
    assert "不是有效日期" in upload.refusal

    say(clerk, upload, as_of="2020-02-29", unit_text="姚家街道")
    check(upload)

    assert (upload.state, upload.report["as_of"]) == (UploadState.CHECKED, "2020-02-29")


# ---- what was found -------------------------------------------------------------------------------
def test_it_filters_findings_by_column_and_kind_and_pages_them(clerk: Client, tmp_path: Path) -> None:
    rows = [[n, 50, "2020-02-10", 99] for n in range(1, 61)] + [[61, 5, "2020-02-10", 0], [62, "约5", "", 0]]
    upload = send(clerk, ledger_file(tmp_path, DAY, rows))

    def rows_shown(**asked: str) -> int:
        return page_of(clerk, upload, **asked).count('<td class="read" lang="zh-Hans">')

    assert (rows_shown(), rows_shown(page="2")) == (50, 12)
    assert rows_shown(column="职工总数") == 1
    assert rows_shown(kind="warning") == 1
    assert rows_shown(kind="at_work_exceeds_staff", page="2") == 10
    assert rows_shown(column="返岗人数", kind="warning") == 1
    assert rows_shown(column="没有这一列", kind="nonsense", page="x") == 50


def test_it_shows_whole_rows_apart(clerk: Client, tmp_path: Path) -> None:
    upload = send(clerk, ledger_file(tmp_path, DAY, [[1, 50, "2020-02-10", 30]]))
    problem = {"row": 4, "column": "", "value": "", "code": "x", "message": "整行不对。", "level": "error", "tab": ""}
    upload.report["problems"] = [problem, problem | {"column": "备注", "message": "备注不对。"}]
    upload.save()

    page = page_of(clerk, upload, column="-")

    assert "整行（1）" in page
    assert '<td class="sentence" lang="zh-Hans">整行不对。' in page
    assert '<td class="sentence" lang="zh-Hans">备注不对。' not in page


# ---- agreeing -------------------------------------------------------------------------------------
def test_it_shows_what_will_be_written_before_it_is(clerk: Client, tmp_path: Path) -> None:
    upload = send(clerk, ledger_file(tmp_path, DAY, [[1, 50, "2020-02-10", 30], [2, 20, "", 99]]))

    page = clerk.get(reverse("exchange:upload-confirm", args=[upload.pk])).content.decode()

    assert "将写入新增 1 行、变更 0 行；未变 0 行不再写入，退回 1 行不写入。" in page
    assert not DailyReturn.objects.exists()


def test_it_asks_nobody_to_agree_twice(clerk: Client, tmp_path: Path) -> None:
    upload = send(clerk, ledger_file(tmp_path, DAY, [[1, 50, "2020-02-10", 30]]))
    address = reverse("exchange:upload-confirm", args=[upload.pk])

    assert [clerk.post(address).status_code for _again in range(2)] == [302, 409]
    assert clerk.get(address).status_code == 409
    assert clerk.post(reverse("exchange:upload-recheck", args=[upload.pk]), {}).status_code == 409


def test_it_finds_the_same_file_unchanged(clerk: Client, tmp_path: Path) -> None:
    path = ledger_file(tmp_path, DAY, [[1, 50, "2020-02-10", 30], [2, 20, "", 99]])
    bring_in(clerk, send(clerk, path))

    again = bring_in(clerk, send(clerk, path))

    assert "读取 2 = 新增 0 + 变更 0 + 未变 1 + 退回 1" in page_of(clerk, again)
    assert SourceFile.objects.count() == 2
    assert DailyReturn.objects.get().source_id != again.source_id


def test_it_takes_the_error_book_away_with_the_errors(clerk: Client, tmp_path: Path) -> None:
    rows = [["示例1号有限公司", uscc(1), 50, "2020-02-10", "", 30]]
    titles = ["企业名称", "统一社会信用代码", "职工总数", "实际复工时间", "返岗人数", "实到"]
    upload = send(clerk, odd_file(tmp_path, titles, rows))
    say(clerk, upload, {"返岗人数": "supplies_days", "实到": "at_work"})
    assert check(upload).report["rejected"] == 0

    say(clerk, upload, {"实到": "planned_on", "返岗人数": "at_work"})
    assert check(upload).report["rejected"] == 1
    assert services.error_book_path(upload).exists()
    say(clerk, upload, {"实到": "at_work", "返岗人数": ""})
    assert check(upload).report["rejected"] == 0

    assert not services.error_book_path(upload).exists()
    assert clerk.get(reverse("exchange:upload-errors", args=[upload.pk])).status_code == 404


# ---- the work in the background -------------------------------------------------------------------
def test_it_shows_how_far_a_commit_is_while_it_runs(
    clerk: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = send(clerk, ledger_file(tmp_path, DAY, [[n, 50, "2020-02-10", 30] for n in range(1, 6)]))
    monkeypatch.setattr(importing, "run", partial(importing.run, chunk=2))
    apply, seen, pages = LedgerSheet.apply, [], []

    def watched(sheet: LedgerSheet, *given: Any) -> None:
        seen.append(services.standing(upload))
        pages.append(page_of(clerk, upload))
        apply(sheet, *given)

    monkeypatch.setattr(LedgerSheet, "apply", watched)
    clock = iter(AT + timedelta(seconds=second) for second in range(1000))
    clerk.post(reverse("exchange:upload-confirm", args=[upload.pk]))
    services.import_upload(upload_id=upload.pk, at=lambda: next(clock))

    assert [each.done for each in seen if each] == [0, 2, 4]
    assert "正在处理" in pages[0]
    assert 'value="4"' in pages[2]
    assert services.standing(upload) is None


def test_it_says_so_when_a_step_fails(clerk: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    upload = send(clerk, ledger_file(tmp_path, DAY, [[1, 50, "2020-02-10", 30]]))
    clerk.post(reverse("exchange:upload-confirm", args=[upload.pk]))

    def broken(*_given: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(LedgerSheet, "apply", broken)
    with pytest.raises(ZeroDivisionError):
        services.import_upload(upload_id=upload.pk, at=lambda: AT)

    upload.refresh_from_db()
    assert upload.state == UploadState.REFUSED
    assert "没有写入任何内容" in page_of(clerk, upload)
    assert not SourceFile.objects.exists()


def test_it_leaves_the_end_of_a_step_to_its_latest_attempt(clerk: Client, tmp_path: Path) -> None:
    upload = send(clerk, ledger_file(tmp_path, DAY, [[1, 50, "2020-02-10", 30]]))
    say(clerk, upload)
    late = services._start(upload.pk, UploadState.RECEIVED, UploadState.CHECKING, AT)
    check(upload)

    services._finish(late, UploadState.REFUSED, AT, refusal="来晚了。")
    services.check_upload(upload_id=upload.pk, at=lambda: AT)

    upload.refresh_from_db()
    assert (upload.state, upload.refusal) == (UploadState.CHECKED, "")


def test_it_gives_a_file_up_that_ends_every_worker(clerk: Client, tmp_path: Path) -> None:
    upload = send(clerk, ledger_file(tmp_path, DAY, [[1, 50, "2020-02-10", 30]]))
    say(clerk, upload)

    states = [
        services._start(upload.pk, UploadState.RECEIVED, UploadState.CHECKING, AT).state
        for _kill in range(services.MOST_LOSSES + 2)
    ]

    assert states == [*["CHECKING"] * (services.MOST_LOSSES + 1), "REFUSED"]
    assert "多次中断" in page_of(clerk, upload)


@pytest.mark.parametrize(("seconds", "expected"), [(10, []), (30, [True])])
def test_it_knows_an_abandoned_step_by_its_last_sign(
    clerk: Client, tmp_path: Path, seconds: int, expected: list[bool]
) -> None:
    upload = send(clerk, ledger_file(tmp_path, DAY, [[1, 50, "2020-02-10", 30]]))
    say(clerk, upload)
    services._start(upload.pk, UploadState.RECEIVED, UploadState.CHECKING, AT)
    Upload.objects.filter(pk=upload.pk).update(worked_at=AT - timedelta(hours=1))
    path = services.progress_path(upload)
    path.write_text(json.dumps({"done": 1, "total": 2, "at": (AT - timedelta(seconds=seconds)).isoformat()}))

    def asked() -> list[bool]:
        return [each.pk == upload.pk for each in services.abandoned_uploads(before=AT - timedelta(seconds=20), at=AT)]

    assert asked() == expected
    assert asked() == []  # who asked first has it


@pytest.mark.parametrize("content", ["", "{", "[]", '{"done": 1}', '{"done": "x", "total": 1, "at": "now"}'])
def test_it_takes_no_harm_from_a_damaged_progress_file(clerk: Client, tmp_path: Path, content: str) -> None:
    upload = send(clerk, ledger_file(tmp_path, DAY, [[1, 50, "2020-02-10", 30]]))
    say(clerk, upload)
    services.progress_path(upload).write_text(content)

    assert services.standing(upload) is None
    assert "正在处理" in page_of(clerk, upload)


def test_it_answers_htmx_with_the_changing_part(clerk: Client, tmp_path: Path) -> None:
    upload = send(clerk, ledger_file(tmp_path, DAY, [[1, 50, "2020-02-10", 30]]))
    page = reverse("exchange:upload-detail", args=[upload.pk])

    done = clerk.get(page, headers={"HX-Request": "true"}).content.decode()
    say(clerk, upload)
    working = clerk.get(page, headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in done + working
    assert "hx-trigger" in working
    assert "hx-trigger" not in done


def test_it_lists_what_can_be_gone_on_with(clerk: Client, tmp_path: Path) -> None:
    upload = send(clerk, ledger_file(tmp_path, DAY, [[1, 50, "2020-02-10", 30]]))

    page = clerk.get(reverse("exchange:upload-list")).content.decode()

    assert "继续核对" in page
    assert reverse("exchange:upload-detail", args=[upload.pk]) in page
