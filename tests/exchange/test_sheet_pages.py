"""The sheets as pages: columns, headings that the district adds as dated rows, and the files that came in with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from shoushan.apps.resumption.models import DailyReturn
from shoushan.apps.resumption.sheets.ledger import LedgerSheet
from shoushan.directory.access import NotAllowedError
from shoushan.directory.enums import AdministrativeAct, Role
from shoushan.directory.models import AdministrativeEntry, User
from shoushan.exchange import services, services_headings
from shoushan.exchange.declarations import all_sheets
from shoushan.exchange.limits import FileRefusedError
from shoushan.exchange.models import SheetHeading, Upload
from shoushan.exchange.services_headings import HeadingError
from shoushan.exchange.views.sheets import kind_of
from tests.apps.resumption.factories import AT, uscc, workbook
from tests.directory.factories import a_user, signed_in
from tests.kept import district

pytestmark = pytest.mark.django_db
FIRST, DAY = date(2020, 3, 1), AT.date()
PAGE = "/imports/sheets/resumption.ledger/"
HEAD = "填报单位:姚家街道  截至时间:2020年2月10日17时"
TITLES = ["企业名称", "统一社会信用代码", "职工总数", "实际复工时间", "上班人头数"]
ROWS: list[list[Any]] = [["示例1号有限公司", uscc(1), 50, "2020-02-10", 30]]
ASKED = {"column": "at_work", "heading": "上班人头数", "valid_from": "2020-03-01", "reason": "姚家街道的表"}


@pytest.fixture(autouse=True)
def _district(settings: Any, tmp_path: Path) -> None:
    settings.UPLOADS = tmp_path / "uploads"
    district()


@pytest.fixture
def office() -> User:
    return a_user("office", (Role.HQ_OFFICE, "370102"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A ledger whose column of people at work has a heading that nobody declared."""
    return workbook(tmp_path / "姚家街道复工台账(2.10).xlsx", HEAD, TITLES, ROWS)


def add(actor: User, **changes: Any) -> SheetHeading:
    asked = {"column": "at_work", "heading": "上班人头数", "valid_from": FIRST, "reason": "姚家街道的表"} | changes
    return services_headings.add_heading(declared=LedgerSheet(), actor=actor, at=AT, **asked)


# ---- the importer ------------------------------------------------------------------------------------------
def test_the_importer_reads_an_added_heading_from_its_first_day_to_its_last(office: User, file: Path) -> None:
    with pytest.raises(FileRefusedError):
        services.bring_in(file, at=AT, commit=False)

    made = add(office)
    with pytest.raises(FileRefusedError):
        services.bring_in(file, at=AT.replace(month=2, day=28), commit=False)
    result = services.bring_in(file, at=AT)
    assert (result.new, result.unknown_columns) == (1, [])
    assert DailyReturn.objects.get().at_work == 30

    services_headings.end_heading(heading=made, last_day=DAY, actor=office, at=AT)
    assert services.bring_in(file, at=AT).unchanged == 1
    with pytest.raises(FileRefusedError):
        services.bring_in(file, at=AT + timedelta(days=1), commit=False)


def test_the_wizard_recognises_it_and_the_page_counts_the_file(office: User, file: Path) -> None:
    add(office)
    sent = SimpleUploadedFile(file.name, file.read_bytes())
    upload = services.receive_upload(file=sent, name=file.name, actor=office, at=AT)
    services.check_upload(upload_id=upload.pk, at=lambda: AT)
    services.confirm_upload(upload_id=upload.pk, actor=office, at=AT)
    services.import_upload(upload_id=upload.pk, at=lambda: AT)

    assert Upload.objects.get().report["new"] == 1
    page = signed_in(office).get(PAGE)
    (line,) = next(each for each in page.context["columns"] if each["column"].name == "at_work")["added"]
    assert (line["heading"].heading, line["files"]) == ("上班人头数", 1)
    assert file.name in page.content.decode()


def test_what_senders_point_out_by_hand_is_offered(office: User, file: Path) -> None:
    sent = SimpleUploadedFile(file.name, file.read_bytes())
    upload = services.receive_upload(file=sent, name=file.name, actor=office, at=AT)
    services.check_upload(upload_id=upload.pk, at=lambda: AT)
    asked = {"sheet": "resumption.ledger", "chosen": {"上班人头数": "at_work"}}
    services.recheck_upload(upload_id=upload.pk, actor=office, at=AT, **asked)
    services.check_upload(upload_id=upload.pk, at=lambda: AT)
    services.confirm_upload(upload_id=upload.pk, actor=office, at=AT)
    services.import_upload(upload_id=upload.pk, at=lambda: AT)

    client = signed_in(office)
    page = client.get(PAGE)
    assert [(each.heading, each.title, each.files) for each in page.context["pointed"]] == [
        ("上班人头数", "返岗人数", 1)
    ]
    filled = client.get(f"{PAGE}?column=at_work&heading=上班人头数").context["form"]
    assert (filled["column"].value(), filled["heading"].value()) == ("at_work", "上班人头数")


def test_a_declared_heading_always_wins(office: User) -> None:
    """The table even if a row says otherwise: nothing that a sheet declares can be taken from its column."""
    SheetHeading.objects.create(
        sheet="resumption.ledger",
        column="note",
        heading="返岗人数",
        form="返岗人数",
        reason="测试",
        valid_from=FIRST,
        entered_by=office,
        entered_at=AT,
    )
    from shoushan.exchange import headings, selectors

    declared = LedgerSheet()
    with selectors.known_headings(on=DAY):
        assert headings.dictionary(declared.columns)["返岗人数"] == declared.position("at_work")
    assert headings.dictionary(declared.columns) == headings.dictionary(declared.columns)


# ---- refusals ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"heading": "到岗人数"}, "已经认作“返岗人数”"),
        ({"heading": "职工人数"}, "已经认作“职工总数”"),
        ({"heading": "序号"}, "不能作为表头别名"),
        ({"heading": " 、 "}, "不能作为表头别名"),
        ({"column": "nothing"}, "没有这一列"),
        ({"reason": "  "}, "请写明依据"),
    ],
)
def test_it_refuses_what_would_take_a_heading_away(office: User, changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(HeadingError, match=sentence):
        add(office, **changes)
    assert not SheetHeading.objects.exists()


def test_one_heading_stands_for_one_column_at_a_time(office: User) -> None:
    made = add(office)
    with pytest.raises(HeadingError, match="已登记为“返岗人数”的别名"):
        add(office, column="note", heading="上班 人头数")

    services_headings.end_heading(heading=made, last_day=FIRST, actor=office, at=AT)
    with pytest.raises(HeadingError, match="已经停用"):
        services_headings.end_heading(heading=made, last_day=DAY, actor=office, at=AT)
    assert add(office, column="note", valid_from=date(2020, 3, 2)).column == "note"
    again = SheetHeading.objects.get(valid_to=None)
    with pytest.raises(HeadingError, match="早于开始日期"):
        services_headings.end_heading(heading=again, last_day=FIRST, actor=office, at=AT)


def test_the_database_refuses_a_second_open_row(office: User) -> None:
    row = add(office)
    row.pk, row.column = None, "note"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_only_the_office_enters_and_ends(office: User) -> None:
    clerk = a_user("clerk", (Role.STREET_ADMIN, "370102011"))
    with pytest.raises(NotAllowedError):
        add(clerk)
    made = add(office)
    client = signed_in(clerk)

    page = client.get(PAGE)
    assert page.context["form"] is None
    assert "登记表头别名" not in page.content.decode().split("本区登记的别名")[1]
    assert client.post(PAGE, ASKED | {"heading": "其他写法"}).status_code == 403
    assert client.post(f"{PAGE}headings/{made.pk}/end/", {"last_day": "2020-03-31"}).status_code == 403
    assert SheetHeading.objects.get().valid_to is None


# ---- the pages ---------------------------------------------------------------------------------------------
def test_the_office_adds_and_ends_a_heading_on_the_page_and_both_are_in_the_record(office: User) -> None:
    client = signed_in(office)

    assert client.post(PAGE, ASKED)["Location"] == PAGE
    made = SheetHeading.objects.get()
    assert (made.form, made.reason, made.entered_by) == ("上班人头数", "姚家街道的表", office)
    assert client.post(f"{PAGE}headings/{made.pk}/end/", {"last_day": ""}).status_code == 302
    client.post(f"{PAGE}headings/{made.pk}/end/", {"last_day": "2020-03-31"})
    made.refresh_from_db()
    assert made.valid_to == date(2020, 3, 31)
    added, ended = AdministrativeEntry.objects.order_by("pk")
    assert (added.act, ended.act) == (AdministrativeAct.HEADING_ADDED, AdministrativeAct.HEADING_ENDED)
    assert added.details == {
        "sheet": "企业复工复产台账",
        "column": "返岗人数",
        "heading": "上班人头数",
        "since": "2020-03-01",
        "reason": "姚家街道的表",
    }
    auditor = signed_in(a_user("auditor", (Role.AUDITOR, "370102")))
    log = auditor.get("/administration/log/").content.decode()
    assert "登记表头别名" in log
    assert "上班人头数" in log


def test_a_refusal_stands_above_the_form_and_keeps_what_was_typed(office: User) -> None:
    page = signed_in(office).post(PAGE, ASKED | {"heading": "到岗人数"})

    assert page.status_code == 422
    assert "已经认作“返岗人数”" in page.content.decode()
    assert 'value="到岗人数"' in page.content.decode()


def test_every_sheet_has_its_page_and_every_column_its_kind(
    office: User, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    client = signed_in(office)

    listed = client.get("/imports/sheets/").content.decode()
    for each in all_sheets():
        assert f"/imports/sheets/{each.code}/" in listed
        with django_assert_max_num_queries(20):
            page = client.get(f"/imports/sheets/{each.code}/").content.decode()
        for column in each.columns:
            assert column.title in page
            assert kind_of(column)
    assert client.get("/imports/sheets/no.such/").status_code == 404


def test_a_sender_sees_their_own_imports_only(office: User, tmp_path: Path) -> None:
    titles = [*TITLES[:-1], "返岗人数"]
    services.bring_in(workbook(tmp_path / "区级.xlsx", HEAD, titles, ROWS), at=AT, actor=office, sheet=LedgerSheet())

    clerk = a_user("clerk", (Role.STREET_ADMIN, "370102011"))
    assert "区级.xlsx" in signed_in(office).get(PAGE).content.decode()
    assert "区级.xlsx" not in signed_in(clerk).get(PAGE).content.decode()
