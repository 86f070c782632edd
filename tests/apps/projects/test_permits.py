"""Permits: promised days run from acceptance, stand while the applicant mends, and say who decides in time."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction

from shoushan.apps.projects import measures
from shoushan.apps.projects.enums.permits import PERMIT_STEPS_RULE
from shoushan.apps.projects.lifecycle import PERMITS, PROJECTS
from shoushan.apps.projects.models import MissingDocument, Permit, Project
from shoushan.apps.projects.selectors import permits as questions
from shoushan.apps.projects.services.permits import apply_permit
from shoushan.apps.projects.views.work import QUEUES
from shoushan.deadlines.models import Clock
from shoushan.deadlines.services import fire_due_rungs
from shoushan.directory.access import NotAllowedError
from shoushan.directory.models import User
from shoushan.figures.values import evaluate, members
from shoushan.lifecycle.errors import GuardError, MissingError
from shoushan.lifecycle.models import Step
from shoushan.lifecycle.services import advance, enter_document, enter_rule
from shoushan.notices.models import Notice
from tests.apps.projects.factories import AT, Who, a_project, moment, of_office, setting
from tests.directory.factories import signed_in
from tests.kept import calendars

pytestmark = pytest.mark.django_db
APRIL_1, APRIL_10 = date(2020, 4, 1), date(2020, 4, 10)
BUILD_STEPS = ("PROJECT_APPROVAL", "LAND_PERMIT", "DESIGN_REVIEW", "WORKS_PERMIT")


@pytest.fixture
def who() -> Who:
    found = setting()
    calendars(at=AT)
    return found


@pytest.fixture
def approval(who: Who) -> User:
    return of_office("DEPT_ADMINISTRATIVE_APPROVAL", "approval")


@pytest.fixture
def project(tmp_path: Path, who: Who) -> Project:
    return a_project(tmp_path, 当前阶段="前期")


def paper(name: str) -> dict[str, Any]:
    return {name: [SimpleUploadedFile(f"{name}.pdf", b"%PDF-1.4 " + name.encode())]}


def apply(project: Project, item: str, who: Who, on: date = APRIL_1, at: datetime | None = None) -> Permit:
    return apply_permit(project=project, item=item, on=on, actor=who.lead, at=at or moment(on))


def take(permit: Permit, name: str, actor: User, at: datetime, reason: str = "", **values: Any) -> Permit:
    files = paper("paper") if name in {"grant", "register"} else {}
    done: Permit = advance(PERMITS, permit.pk, name, actor=actor, at=at, values=values, files=files, reason=reason)
    return done


def value(code: str, day: date) -> Any:
    return evaluate(next(each for each in measures.PERMITS if each.code == code), as_of=day).value


def registered(project: Project, who: Who, *items: str) -> None:
    for item in items:
        permit = apply(project, item, who, on=date(2020, 3, 20), at=moment(APRIL_1))
        take(permit, "register", who.office, moment(APRIL_1), on="2020-03-25", document_no=f"{item}-1")


# ---- the promised days ------------------------------------------------------------------------------------
def test_promised_days_run_from_acceptance_and_stand_while_the_applicant_mends(
    project: Project, who: Who, approval: User
) -> None:
    permit = apply(project, "PROJECT_APPROVAL", who)
    assert (permit.promised_days, permit.organisation.code) == (3, "DEPT_ADMINISTRATIVE_APPROVAL")
    assert not Clock.objects.filter(subject=permit.subject).exists()

    take(permit, "accept", approval, moment(APRIL_1, 3), on="2020-04-01")
    take(permit, "ask_more", approval, moment(date(2020, 4, 2)), reason="请补地块权属材料")
    take(permit, "go_on", approval, moment(date(2020, 4, 8)))
    (line,) = questions.permit_lines([permit], at=moment(date(2020, 4, 9)), on=date(2020, 4, 9))
    assert line.used == 2
    assert line.clock is not None
    assert line.clock.due == "2020-04-10 24:00"

    done = take(permit, "grant", approval, moment(APRIL_10), on="2020-04-10", document_no="2020-370102-70-03-000001")
    assert (done.used_days, done.outcome, done.decided_on) == (3, "IN_TIME", APRIL_10)
    assert value("projects.permits_in_time_rate", APRIL_10) == 100
    assert value("projects.permits_open", date(2020, 4, 9)) == 1
    assert value("projects.permits_open", APRIL_10) == 0


def test_a_decision_entered_later_counts_on_its_own_day(project: Project, who: Who, approval: User) -> None:
    permit = apply(project, "PROJECT_APPROVAL", who)
    entered = moment(APRIL_10)
    take(permit, "accept", approval, entered, on="2020-04-01")

    done = take(permit, "grant", approval, entered, on="2020-04-03", document_no="1")

    assert (done.used_days, done.outcome) == (2, "IN_TIME")
    assert value("projects.permits_decided", date(2020, 4, 2)) == 0
    assert value("projects.permits_decided", date(2020, 4, 3)) == 1


def test_a_late_decision_counts_against_the_authority_and_says_so(project: Project, who: Who, approval: User) -> None:
    permit = apply(project, "PROJECT_APPROVAL", who)
    take(permit, "accept", approval, moment(APRIL_1, 3), on="2020-04-01")
    late_by = moment(date(2020, 4, 9))
    assert list(questions.overdue(Permit.objects.all(), at=late_by)) == [permit]
    (authority,) = questions.authorities(areas=("370102",), at=late_by)
    assert (authority.name, authority.open, authority.overdue) == ("区行政审批局", 1, 1)

    done = take(permit, "refuse", approval, late_by, on="2020-04-09", reason="不符合规划")

    assert (done.used_days, done.outcome, done.state) == (5, "LATE", "REFUSED")
    rate = evaluate(measures.PERMITS[2], as_of=APRIL_10, by="category")
    assert [(part.key, part.value) for part in rate.parts] == [("DEPT_ADMINISTRATIVE_APPROVAL", 0)]
    (member,) = members(measures.PERMITS[1], as_of=APRIL_10)
    assert member.name == "项目审批、核准或备案（测试商务中心(示例)）"
    again = apply(project, "PROJECT_APPROVAL", who, on=APRIL_10)
    assert again.state == "APPLIED"


def test_the_authority_is_reminded_and_overdue_the_one_above_it_too(project: Project, who: Who, approval: User) -> None:
    permit = apply(project, "PROJECT_APPROVAL", who)
    take(permit, "accept", approval, moment(APRIL_1, 3), on="2020-04-01")

    fire_due_rungs(at=moment(date(2020, 4, 10)))

    said = list(Notice.objects.filter(subject=permit.subject).order_by("pk").values_list("title", "organisation__code"))
    assert said[0] == ("有新的审批申请：项目审批、核准或备案（测试商务中心(示例)）", "DEPT_ADMINISTRATIVE_APPROVAL")
    assert {title.partition("：")[0] for title, _office in said} == {
        "有新的审批申请",
        "请尽快办理审批事项",
        "审批事项已超承诺时限",
    }
    assert "DISTRICT_GOVERNMENT" in {office for _title, office in said}


# ---- stages, ahead ------------------------------------------------------------------------------------------
def test_a_step_of_a_later_stage_waits_unless_the_rule_lets_it_go_ahead(
    project: Project, who: Who, approval: User
) -> None:
    with pytest.raises(GuardError, match="不能提前办理，请先办结“项目审批、核准或备案、建设用地规划许可证"):
        apply(project, "COMPLETION_RECORD", who)

    ahead = apply(project, "BUILDING_PERMIT", who)

    assert ahead.is_ahead
    assert apply(project, "SITE_OPINION", who).is_ahead is False


def test_a_construction_permit_is_handled_early_and_granted_after_land_and_planning(
    project: Project, who: Who, approval: User
) -> None:
    permit = apply(project, "BUILDING_PERMIT", who)
    take(permit, "accept", approval, moment(APRIL_1, 3), on="2020-04-01")
    words = {"on": "2020-04-03", "document_no": "370102202004030101"}
    at = moment(date(2020, 4, 3))

    with pytest.raises(GuardError, match="还没有取得“建设用地规划许可证、建设工程规划许可证”"):
        take(permit, "grant", approval, at, **words)
    registered(project, who, "LAND_PERMIT")
    works = apply(project, "WORKS_PERMIT", who)
    take(works, "accept", approval, moment(APRIL_1, 3), on="2020-04-01")
    with pytest.raises(GuardError, match="还没有取得“建设工程规划许可证”"):
        take(permit, "grant", approval, at, **words)
    take(works, "grant", approval, at, on="2020-04-03", document_no="历规许1号")

    with pytest.raises(GuardError, match="到 2020-04-02 还没有取得“建设工程规划许可证”"):
        take(permit, "grant", approval, at, **words | {"on": "2020-04-02"})
    assert take(permit, "grant", approval, at, **words).state == "GRANTED"


def test_a_rule_that_names_no_permits_before_works_means_the_required_ones(project: Project, who: Who) -> None:
    document = enter_document(number="历政办〔2020〕9号", title="审批", issuer="区府办", issued_on=date(2020, 4, 2))
    rows = [
        {"stage": stage, "code": code, "item": item, "organisation": "DEPT_ADMINISTRATIVE_APPROVAL", "days": "1"}
        | {"required": required, "tolerant": "NO", "ahead": "YES"}
        for stage, code, item, required in (
            ("LAND", "L1", "立项", "YES"),
            ("LAND", "L2", "用地", "NO"),
            ("WORKS", "W1", "规划", "YES"),
            ("BUILD", "B1", "建筑工程施工许可证", "YES"),
        )
    ]
    entered = {"area_code": "370102", "valid_to": None, "note": "", "actor": None, "at": moment(APRIL_1)}
    enter_rule(code=PERMIT_STEPS_RULE, rows=rows, valid_from=date(2020, 4, 2), document=document, **entered)

    assert questions.lacks_before(project, "B1", on=APRIL_10) == ["立项", "规划"]
    assert questions.lacks_before(project, "W1", on=APRIL_10) == []


def test_permits_from_before_are_registered_without_a_clock_and_open_the_next_stage(
    project: Project, who: Who, approval: User
) -> None:
    registered(project, who, *BUILD_STEPS)

    assert not Clock.objects.exists()
    assert value("projects.permits_decided", APRIL_10) == 0
    assert apply(project, "BUILDING_PERMIT", who).is_ahead is False
    with pytest.raises(NotAllowedError):
        take(Permit.objects.get(item="BUILDING_PERMIT"), "register", who.lead, AT, on="2020-04-01", document_no="1")


def test_a_step_is_applied_for_once_at_a_time(project: Project, who: Who) -> None:
    first = apply(project, "PROJECT_APPROVAL", who)

    with pytest.raises(GuardError, match=f"已经申请过（{first.code}）"):
        apply(project, "PROJECT_APPROVAL", who)
    take(first, "withdraw", who.lead, moment(APRIL_1, 4), reason="材料有误")
    assert apply(project, "PROJECT_APPROVAL", who).pk != first.pk


def test_what_can_not_be_applied_for_is_said(project: Project, who: Who) -> None:
    for item, on, name in (("NOTHING", APRIL_1, "item"), ("PROJECT_APPROVAL", date(2020, 4, 11), "on")):
        with pytest.raises(MissingError) as error:
            apply(project, item, who, on=on, at=moment(APRIL_10))
        assert set(error.value.fields) == {name}
    with pytest.raises(NotAllowedError):
        apply_permit(project=project, item="PROJECT_APPROVAL", on=APRIL_1, actor=who.other, at=moment(APRIL_1))


def test_another_version_of_the_rule_counts_for_later_applications_only(project: Project, who: Who) -> None:
    before = apply(project, "PROJECT_APPROVAL", who)
    document = enter_document(number="历政办〔2020〕9号", title="压缩时限", issuer="区府办", issued_on=date(2020, 4, 2))
    row = {"stage": "LAND", "code": "LAND_PERMIT", "item": "建设用地规划许可证", "organisation": "DEPT_NOWHERE"}
    rows = [row | {"days": "1", "required": "YES", "tolerant": "NO", "ahead": "NO"}]
    entered = {"area_code": "370102", "valid_to": None, "note": "", "actor": None, "at": moment(APRIL_1)}
    enter_rule(code=PERMIT_STEPS_RULE, rows=rows, valid_from=date(2020, 4, 2), document=document, **entered)

    assert before.promised_days == 3
    with pytest.raises(GuardError, match="DEPT_NOWHERE"):
        apply(project, "LAND_PERMIT", who, on=date(2020, 4, 3))
    land, works, *_rest = questions.matrix(project, at=moment(APRIL_10), on=APRIL_10, names={})
    assert [(cell.code, cell.authority) for cell in land.cells] == [
        ("LAND_PERMIT", "DEPT_NOWHERE"),
        ("PROJECT_APPROVAL", "区行政审批局"),
    ]
    assert works.cells == ()


# ---- tolerance of missing documents ---------------------------------------------------------------------------
def lacking(project: Project, who: Who, approval: User) -> Permit:
    permit = apply(project, "PROJECT_APPROVAL", who)
    words = {"on": "2020-04-01", "missing_names": "资金证明\n\n 环评承诺书 \n资金证明", "missing_due": "2020-04-08"}
    return take(permit, "accept_lacking", approval, moment(APRIL_1, 3), **words)


def test_an_application_is_accepted_without_some_documents_until_a_day(
    project: Project, who: Who, approval: User
) -> None:
    permit = lacking(project, who, approval)
    assert permit.is_tolerant
    assert [each.name for each in permit.missing.all()] == ["资金证明", "环评承诺书"]

    with pytest.raises(GuardError, match="容缺的“资金证明、环评承诺书”还没有补齐"):
        take(permit, "grant", approval, moment(date(2020, 4, 3)), on="2020-04-03", document_no="1")
    for number in ("1", "2"):
        take(permit, "make_good", approval, moment(date(2020, 4, 7)), missing_document=number)
    assert (
        take(permit, "grant", approval, moment(date(2020, 4, 7)), on="2020-04-07", document_no="1").outcome == "IN_TIME"
    )
    assert not Clock.objects.open().exists()


def test_what_did_not_come_is_red_and_the_application_goes_back(project: Project, who: Who, approval: User) -> None:
    permit = lacking(project, who, approval)
    with pytest.raises(GuardError, match="没有逾期未补的材料"):
        take(permit, "lapse", approval, moment(date(2020, 4, 8)))
    assert not questions.missing_overdue(areas=("370102",), on=date(2020, 4, 8)).exists()

    fire_due_rungs(at=moment(date(2020, 4, 9)))
    assert questions.missing_overdue(areas=("370102",), on=date(2020, 4, 9)).count() == 2
    titles = Notice.objects.filter(organisation__code="DEPT_HOUSING_CONSTRUCTION").values_list("title", flat=True)
    assert any(title.startswith("容缺材料已逾期未补") for title in titles)

    back = take(permit, "lapse", approval, moment(date(2020, 4, 9)))
    assert (back.state, back.outcome) == ("RETURNED", "")
    assert {each.lapsed_on for each in MissingDocument.objects.all()} == {date(2020, 4, 9)}
    assert not Clock.objects.open().exists()


@pytest.mark.parametrize(
    ("changed", "name", "said"),
    [
        ({"missing_due": "2020-04-01"}, "missing_due", "应晚于受理日期"),
        ({"missing_names": "\n".join(f"材料{number}" for number in range(21))}, "missing_names", "最多列 20 份"),
        ({"missing_names": "长" * 101}, "missing_names", "超过 100 字"),
    ],
)
def test_bad_lists_of_missing_documents_are_refused(
    project: Project, who: Who, approval: User, changed: dict[str, str], name: str, said: str
) -> None:
    permit = apply(project, "PROJECT_APPROVAL", who)
    words = {"on": "2020-04-01", "missing_names": "资金证明", "missing_due": "2020-04-08"} | changed

    with pytest.raises(MissingError) as error:
        take(permit, "accept_lacking", approval, moment(APRIL_1, 3), **words)
    assert said in error.value.fields[name]
    assert Permit.objects.get().state == "APPLIED"


def test_not_every_step_may_lack_documents(project: Project, who: Who, approval: User) -> None:
    permit = apply(project, "LAND_PERMIT", who)

    with pytest.raises(GuardError, match="不能容缺受理"):
        take(permit, "accept_lacking", approval, AT, on="2020-04-01", missing_names="图纸", missing_due="2020-04-20")


# ---- who, and the project's start ---------------------------------------------------------------------------
def test_only_the_authority_decides_and_only_who_reports_withdraws(project: Project, who: Who, approval: User) -> None:
    permit = apply(project, "PROJECT_APPROVAL", who)

    for actor in (who.office, who.lead, who.street, who.leader):
        with pytest.raises(NotAllowedError):
            take(permit, "accept", actor, AT, on="2020-04-01")
    with pytest.raises(NotAllowedError):
        take(permit, "withdraw", approval, AT, reason="不办")


def test_a_start_may_cite_the_construction_permit(project: Project, who: Who, approval: User) -> None:
    registered(project, who, *BUILD_STEPS)
    permit = apply(project, "BUILDING_PERMIT", who)
    take(permit, "accept", approval, moment(APRIL_1, 3), on="2020-04-01")
    take(permit, "grant", approval, moment(date(2020, 4, 2)), on="2020-04-02", document_no="370102202004020101")
    words = {"on": "2020-04-03", "first_work": "PERMANENT", "start_basis": "PERMIT"}

    with pytest.raises(GuardError, match="请引用已办结的施工许可"):
        advance(PROJECTS, project.pk, "start", actor=who.office, at=AT, values=words, files=paper("photos"))
    started = advance(
        PROJECTS,
        project.pk,
        "start",
        actor=who.office,
        at=AT,
        values=words | {"permit_record": permit.code},
        files=paper("photos"),
    )
    assert (started.state, started.start_document) == ("STARTED", "370102202004020101")


def test_no_other_permit_of_its_stage_is_cited_as_the_construction_permit(project: Project, who: Who) -> None:
    registered(project, who, *BUILD_STEPS, "DRAWING_REVIEW", "BUILDING_PERMIT")

    (offered,) = questions.construction_permits(project)

    assert offered[1] == "建筑工程施工许可证 BUILDING_PERMIT-1"
    drawings = project.permits.get(item="DRAWING_REVIEW")
    words = {"on": "2020-04-03", "first_work": "PERMANENT", "start_basis": "PERMIT", "permit_record": drawings.code}
    with pytest.raises(MissingError, match="请从建筑工程施工许可证"):
        advance(PROJECTS, project.pk, "start", actor=who.office, at=AT, values=words, files=paper("photos"))


def test_a_project_that_withdraws_takes_its_open_applications_along(project: Project, who: Who, approval: User) -> None:
    registered(project, who, "PROJECT_APPROVAL")
    apply(project, "DRAWING_REVIEW", who)
    lacking = apply(project, "SITE_OPINION", who)
    words = {"on": "2020-04-01", "missing_names": "资金证明", "missing_due": "2020-04-08"}
    take(lacking, "accept_lacking", approval, moment(APRIL_1, 3), **words)
    waiting = apply(project, "LAND_PERMIT", who)
    take(waiting, "accept", approval, moment(APRIL_1, 3), on="2020-04-01")
    take(waiting, "ask_more", approval, moment(date(2020, 4, 3)), reason="请补地块权属材料")
    assert Clock.objects.open().count() == 3

    words = {"on": "2020-04-02"}
    advance(PROJECTS, project.pk, "withdraw", actor=who.office, at=AT, values=words, reason="投资方终止")

    assert not Clock.objects.open().exists()
    assert dict(project.permits.values_list("item", "state")) == {
        "PROJECT_APPROVAL": "GRANTED",
        "SITE_OPINION": "WITHDRAWN",
        "DRAWING_REVIEW": "WITHDRAWN",
        "LAND_PERMIT": "WITHDRAWN",
    }
    assert [value("projects.permits_open", date(2020, 4, day)) for day in (1, 2, 3)] == [3, 1, 0]
    told = Step.objects.filter(subject=waiting.subject, transition="close").get()
    assert (told.reason, told.occurred_on) == ("项目退出：投资方终止", date(2020, 4, 3))
    with pytest.raises(NotAllowedError):
        take(lacking, "close", approval, AT, reason="不办")


def test_the_database_refuses_a_state_without_an_entry(project: Project, who: Who) -> None:
    permit = apply(project, "PROJECT_APPROVAL", who)

    with pytest.raises(DatabaseError, match="without an entry"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE projects_permit SET state = 'GRANTED' WHERE id = %s", [permit.pk])


# ---- pages ------------------------------------------------------------------------------------------------
def test_the_pages_lead_from_the_project_to_the_decision(
    project: Project, who: Who, approval: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    lead, authority = signed_in(who.lead), signed_in(approval)
    page = f"/projects/{project.code}/"
    assert "拿地即开工" not in lead.get(page).content.decode()
    form = f"{page}permits/apply/"
    refused = lead.post(form, {"item": "COMPLETION_RECORD", "on": "2020-04-01"})
    assert refused.status_code == 422
    assert "不能提前办理" in refused.content.decode()
    sent = lead.post(form, {"item": "BUILDING_PERMIT", "on": "2020-04-01"})
    permit = Permit.objects.get()
    assert sent.headers["Location"] == f"/projects/permits/{permit.code}/"
    assert "拿地即开工" in lead.get(page).content.decode()

    accept = f"/projects/permits/{permit.code}/steps/accept/"
    assert authority.post(accept, {"on": "2020-04-01", "seen": "0"}).status_code == 302
    shown = lead.get("/projects/permits/", {"mark": "LATE"}).content.decode()
    assert "建筑工程施工许可证" in shown
    assert "已逾期" in shown
    assert "建筑工程施工许可证" not in lead.get("/projects/permits/", {"state": "GRANTED"}).content.decode()
    assert lead.get("/projects/permits/export/", {"area": "nowhere"}).status_code == 302
    book = openpyxl.load_workbook(BytesIO(lead.get("/projects/permits/export/").content))
    (row,) = list(book.active.iter_rows(min_row=4, values_only=True))  # type: ignore[union-attr]
    assert row[4:7] == ("建筑工程施工许可证", "区行政审批局", "办理中")
    assert row[9:14] == ("3", "6", "2020-04-07 24:00", "是", "是")


def test_the_authority_finds_what_waits_on_its_desk(project: Project, who: Who, approval: User) -> None:
    apply(project, "PROJECT_APPROVAL", who)
    queue = next(each for each in QUEUES if each.code == "projects.permits_applied")

    assert queue.count(approval, APRIL_10, AT) == 1
    assert queue.count(who.lead, APRIL_10, AT) == 0
    (item,) = queue.items(approval, APRIL_10, AT, 0, 10)
    assert [str(action.label) for action in item.actions] == ["受理", "容缺受理", "不予受理"]
