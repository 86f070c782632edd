"""Applications for work resumption: the regimes, the four measures, the permit, stops and restarts (handbook C3, C4, C7)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from shoushan.apps.resumption.enums import Standing
from shoushan.apps.resumption.enums.applications import ItemResult
from shoushan.apps.resumption.lifecycle import APPLICATIONS, VIOLATIONS
from shoushan.apps.resumption.models import Application, CheckFinding, EnterpriseStanding, Permit, Violation, WorkStop
from shoushan.apps.resumption.selectors.applications import measures_of, public_permits
from shoushan.apps.resumption.services import (
    Found,
    change_draft,
    draft_application,
    items_of,
    move_enterprise,
    record_check,
    report_violation,
)
from shoushan.deadlines.models import Clock
from shoushan.deadlines.services import fire_due_rungs
from shoushan.directory.access import NotAllowedError
from shoushan.directory.enums import Role
from shoushan.figures.measures import measure
from shoushan.figures.values import evaluate
from shoushan.ledger import api as ledger
from shoushan.lifecycle.errors import GuardError, LifecycleError, MissingError, StaleError, WrongStateError
from shoushan.lifecycle.services import advance
from shoushan.notices.models import Notice
from shoushan.registry.services import Place
from tests.apps.resumption.applications import (
    FEB_11,
    FEB_12,
    MARCH_5,
    VALUES,
    YAOJIA,
    ZHIYUAN,
    Cast,
    approved,
    cast,
    checked,
    drafted,
    moment,
    package,
    step,
    submitted,
)
from tests.directory.factories import a_user

pytestmark = pytest.mark.django_db
FEB_13, FEB_14, FEB_20 = date(2020, 2, 13), date(2020, 2, 14), date(2020, 2, 20)
RESUMED = "resumption.enterprises_resumed"


@pytest.fixture
def who(tmp_path: Path, settings: Any) -> Cast:
    settings.UPLOADS = tmp_path / "uploads"
    return cast(tmp_path)


def value(code: str, day: date) -> int | None:
    return evaluate(measure(code), as_of=day).numerator


def count(state: str, day: date) -> int:
    return sum(each.amount for each in ledger.balances([f"resumption.applications.{state}"], as_of=day))


def permit_of(application: Application) -> Permit:
    return Permit.objects.get(application=application)


# ---- the regime of the day --------------------------------------------------------------------------
def test_on_11_february_it_goes_through_approval_to_a_permit(who: Cast) -> None:
    application = approved(who)

    assert (application.state, application.regime, application.decided_on) == ("APPROVED", "APPROVAL", FEB_11)
    permit = permit_of(application)
    assert permit.is_valid
    assert permit.number == application.decision_number == "PMT-370102-20200211-0001"
    assert application.code == "RES-370102-20200211-0001"
    assert [permit] == list(public_permits(text="示例1号"))
    assert count("approved", FEB_11) == 1
    assert not Clock.objects.open().filter(subject=application.subject).exists()


def test_on_5_march_approval_is_refused_with_the_document_and_it_becomes_a_report(who: Cast) -> None:
    application = drafted(who, MARCH_5)

    with pytest.raises(GuardError, match="国办发明电〔2020〕6号"):
        step(application, "submit", who.contact, MARCH_5, files=package())
    with pytest.raises(MissingError, match="承诺书"):
        step(application, "report", who.contact, MARCH_5)
    reported = step(application, "report", who.contact, MARCH_5, files={"commitment": package()["commitment"]})

    assert (reported.state, reported.regime) == ("REPORTED", "NOTICE_ONLY")
    assert permit_of(reported).is_valid


def test_what_was_applied_for_before_is_not_accepted_or_approved_after_the_rule_changed(who: Cast) -> None:
    waiting = submitted(who)

    with pytest.raises(GuardError, match="国办发明电〔2020〕6号"):
        step(waiting, "accept", who.street, MARCH_5)
    turned = step(waiting, "turn_to_report", who.street, MARCH_5)
    assert (turned.state, turned.applied_on) == ("REPORTED", FEB_11)
    with pytest.raises(GuardError, match="请提交申请"):
        step(drafted(who), "report", who.contact, FEB_11, files={"commitment": package()["commitment"]})


def test_before_9_february_only_the_exempt_may_apply(who: Cast) -> None:
    day = date(2020, 2, 5)

    with pytest.raises(GuardError, match="现在不能申请复工"):
        submitted(who, day)
    assert submitted(who, day, is_exempt=True).state == "SUBMITTED"


# ---- what the package must say --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("changed", "part"),
    [
        ({"staff_total": None, "staff_planned": None}, "请填写职工总数"),
        ({"staff_planned": 0}, "不能为 0"),
        ({"staff_from_hubei": 3}, "来自疫情重点地区 3 人，正在隔离观察 0 人"),
        ({"planned_on": None}, "请填写拟复工时间"),
        ({"planned_on": date(2020, 2, 10)}, "已经过去"),
        ({"site": " "}, "复工地点和住宿方式"),
        ({"masks": 600}, "只够用 1.0 天"),
        ({"masks_daily": 0, "disinfectant_daily": 0}, "库存和日用量"),
        ({"isolation_rooms": 5}, "隔离房间 5 间，按职工人数不少于 6 间"),
    ],
)
def test_it_refuses_a_package_that_can_t_be_right(who: Cast, changed: dict[str, Any], part: str) -> None:
    application = drafted(who, **changed)

    with pytest.raises(GuardError, match=part):
        step(application, "submit", who.contact, files=package())
    application.refresh_from_db()
    assert (application.state, application.revision) == ("DRAFT", 0)


def test_it_names_every_paper_that_is_missing(who: Cast) -> None:
    with pytest.raises(MissingError) as refused:
        step(drafted(who), "submit", who.contact)

    assert set(refused.value.fields) == {"plan", "emergency_plan", "commitment", "roster"}


def test_the_database_refuses_more_returning_than_staff(who: Cast) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        drafted(who, staff_planned=601)


def test_what_is_missing_is_said_once(who: Cast) -> None:
    application = submitted(who)

    application = step(application, "return_incomplete", who.street, values={"completion_list": "承诺书未盖章"})
    assert application.state == "INCOMPLETE"
    change_draft(application_id=application.pk, values={"masks": 5000}, actor=who.contact, at=moment(FEB_11))
    application = step(application, "resubmit", who.contact)
    with pytest.raises(GuardError, match="只能一次性告知"):
        step(application, "return_incomplete", who.street, values={"completion_list": "又缺一项"})
    with pytest.raises(LifecycleError, match="内容不能再改"):
        change_draft(application_id=application.pk, values={"masks": 1}, actor=who.contact, at=moment(FEB_11))


# ---- the check on site -------------------------------------------------------------------------------------
def test_two_working_days_to_reply_run_from_acceptance_and_pause_while_it_is_put_right(who: Cast) -> None:
    application = step(submitted(who), "accept", who.street)
    clock = Clock.objects.open().get(subject=application.subject)

    assert clock.due_at.date() in {FEB_13, FEB_14}
    checked(application, who.street, I2="没有通风记录")
    step(application, "order_rectification", who.street, reason="补通风记录")
    assert clock.pauses.count() == 1
    application = step(application, "put_right", who.contact, FEB_12, values={"note": "已补"})
    assert clock.pauses.get().resumed_at is not None
    assert application.state == "ACCEPTED"


def test_each_measure_is_judged_by_itself_by_both_parties(who: Cast) -> None:
    application = step(submitted(who), "accept", who.street)

    checked(application, who.street)
    assert {each.state for each in measures_of(application)} == {"REVIEW"}
    checked(application, who.department, P1="口罩不足")
    states = {each.measure: each.state for each in measures_of(application)}
    assert states == {"MECHANISM": "PASSED", "STAFF": "PASSED", "SUPPLIES": "REVISE", "MANAGEMENT": "PASSED"}
    with pytest.raises(GuardError, match="设施物资到位"):
        step(application, "pass_check", who.street)
    step(application, "order_rectification", who.department, reason="补充口罩")
    application = step(application, "put_right", who.contact, values={"note": "已购置"})
    checked(application, who.street, FEB_12)
    assert {each.state for each in measures_of(application)} == {"PASSED", "REVIEW"}
    checked(application, who.department, FEB_12)
    assert step(application, "pass_check", who.street, FEB_12).state == "CHECKED"
    assert CheckFinding.objects.filter(measure="MECHANISM").count() == 6


def test_it_asks_for_every_item_and_for_a_note_where_one_fails(who: Cast) -> None:
    application = step(submitted(who), "accept", who.street)
    codes = [row["code"] for row in items_of(application, at=moment(FEB_11))]
    found = {code: Found(ItemResult.PASSED) for code in codes[1:]} | {codes[-1]: Found(ItemResult.FAILED)}

    with pytest.raises(MissingError) as refused:
        record_check(application_id=application.pk, found=found, actor=who.street, at=moment(FEB_11))

    assert set(refused.value.fields) == {codes[0], codes[-1]}
    assert not CheckFinding.objects.exists()


def test_findings_stay_as_they_were_made(who: Cast) -> None:
    application = step(submitted(who), "accept", who.street)
    checked(application, who.street)

    with pytest.raises(DatabaseError), transaction.atomic():
        CheckFinding.objects.update(note="改")
    with pytest.raises(DatabaseError), transaction.atomic():
        CheckFinding.objects.all().delete()
    with pytest.raises(StaleError):
        record_check(
            application_id=application.pk,
            found={row["code"]: Found(ItemResult.PASSED) for row in items_of(application, at=moment(FEB_11))},
            actor=who.department,
            at=moment(FEB_11),
            seen=0,
        )


# ---- who may ----------------------------------------------------------------------------------------------------
def test_each_step_is_for_those_whom_the_table_names(who: Cast) -> None:
    other_street = a_user("elsewhere", (Role.STREET_USER, ZHIYUAN))
    application = submitted(who)

    for actor in (who.contact, who.lead, who.department, other_street):
        with pytest.raises(NotAllowedError):
            step(application, "accept", actor)
    step(application, "accept", who.street)
    for actor in (who.contact, who.lead, other_street):
        with pytest.raises(NotAllowedError):
            checked(application, actor)
    with pytest.raises(WrongStateError):
        step(application, "approve", who.lead)
    checked(application, who.street)
    checked(application, who.department)
    step(application, "pass_check", who.street)
    for actor in (who.contact, who.street, who.department):
        with pytest.raises(NotAllowedError):
            step(application, "approve", actor)
    with pytest.raises(StaleError):
        step(application, "approve", who.lead, seen=1)


def test_only_a_confirmed_contact_applies(who: Cast) -> None:
    stranger = a_user("stranger", (Role.ENTERPRISE_CONTACT, "370102"))

    with pytest.raises(NotAllowedError, match="不是该企业经确认的联络人"):
        draft_application(enterprise=who.claim.enterprise, values=VALUES, actor=stranger, at=moment(FEB_11))
    assert not Application.objects.exists()


def test_the_database_refuses_a_state_without_an_entry(who: Cast) -> None:
    application = submitted(who)

    with pytest.raises(DatabaseError, match="without an entry"), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(state="APPROVED")


# ---- the first day of work, stops -----------------------------------------------------------------------------------
def resumed(who: Cast, day: date = FEB_12) -> Application:
    application = approved(who)
    step(application, "declare_start", who.contact, day, values={"declared_on": day.isoformat()})
    return step(application, "confirm_start", who.street, day)


def test_the_confirmed_first_day_makes_it_count(who: Cast) -> None:
    application = resumed(who)

    assert application.started_on == FEB_12
    assert (value(RESUMED, FEB_11), value(RESUMED, FEB_12)) == (0, 1)
    assert EnterpriseStanding.objects.get(pk=application.enterprise_id).status == Standing.RESUMED


def test_work_can_t_begin_before_the_decision_or_in_the_future(who: Cast) -> None:
    application = approved(who)

    with pytest.raises(GuardError, match="早于批复日期"):
        step(application, "declare_start", who.contact, values={"declared_on": "2020-02-10"})
    with pytest.raises(GuardError, match="还没有到"):
        step(application, "declare_start", who.contact, values={"declared_on": "2020-02-20"})
    with pytest.raises(GuardError, match="还没有申报复工首日"):
        step(application, "confirm_start", who.street)


def test_two_places_of_one_enterprise_count_once(who: Cast) -> None:
    resumed(who)

    second = resumed(who, FEB_13)

    assert second.started_on == FEB_13
    assert value(RESUMED, FEB_13) == 1
    assert EnterpriseStanding.objects.get(pk=second.enterprise_id).confirmed_on == FEB_12


def test_a_stop_takes_it_out_of_the_count_until_it_is_lifted(who: Cast) -> None:
    application = resumed(who)

    step(application, "order_stop", who.street, FEB_14, reason="发现病例")
    assert not permit_of(application).is_valid
    assert (value(RESUMED, FEB_13), value(RESUMED, FEB_14)) == (1, 0)
    with pytest.raises(NotAllowedError):
        step(application, "restart", who.street, FEB_20, reason="已解除")
    with pytest.raises(GuardError, match="尚未由街道和行业主管部门都核验合格"):
        step(application, "restart", who.office, FEB_20, reason="已解除")
    checked(application, who.street, FEB_20)
    checked(application, who.department, FEB_20)
    assert not permit_of(application).is_valid
    application = step(application, "restart", who.office, FEB_20, reason="已解除")
    assert (application.state, permit_of(application).is_valid) == ("RESUMED", True)
    assert (value(RESUMED, FEB_14), value(RESUMED, FEB_20)) == (0, 1)
    assert WorkStop.objects.get().until == FEB_20


def test_an_enterprise_is_not_stopped_while_another_of_its_places_works(who: Cast) -> None:
    first, _second = resumed(who), resumed(who)

    step(first, "order_stop", who.street, FEB_14, reason="检查不合格")

    assert value(RESUMED, FEB_14) == 1
    assert not WorkStop.objects.exists()


def test_a_permit_lapses_at_once_and_holds_again_when_all_is_in_place(who: Cast) -> None:
    application = resumed(who)

    step(application, "review_measure", who.street, FEB_13, values={"measure": "MANAGEMENT"}, reason="入口无人测温")
    permit = permit_of(application)
    assert (permit.is_valid, permit.lapse_reason) == (False, "“内部管理到位”重新核验")
    assert not public_permits().exists()
    checked(application, who.street, FEB_13)
    assert not permit_of(application).is_valid
    checked(application, who.department, FEB_13)
    assert permit_of(application).is_valid


def test_a_revoked_permit_never_comes_back(who: Cast) -> None:
    application = approved(who)

    application = step(application, "revoke", who.street, FEB_12, reason="企业注销")

    assert (application.state, permit_of(application).is_valid) == ("ENDED", False)
    with pytest.raises(WrongStateError):
        step(application, "review_measure", who.street, FEB_13, values={"measure": "STAFF"}, reason="复查")


# ---- violations -------------------------------------------------------------------------------------------------------
def test_a_true_report_sends_the_measure_back_and_an_untrue_one_does_nothing(who: Cast) -> None:
    application = resumed(who)
    permit = permit_of(application)
    report = {"permit": permit, "measure": "MANAGEMENT", "at": moment(FEB_13)}
    first, second = (report_violation(text=text, **report) for text in ("无人测温", "没有消毒"))

    advance(VIOLATIONS, second.pk, "found_untrue", actor=who.street, at=moment(FEB_13), values={"finding": "有记录"})
    assert permit_of(application).is_valid
    advance(VIOLATIONS, first.pk, "found_true", actor=who.street, at=moment(FEB_13), values={"finding": "属实"})
    assert not permit_of(application).is_valid
    assert sorted(Violation.objects.values_list("state", flat=True)) == ["FOUNDED", "UNFOUNDED"]


def test_the_story_tells_every_step(who: Cast) -> None:
    application = resumed(who)

    kinds = [line.kind.removeprefix("resumption.") for line in reversed(ledger.timeline(application.subject))]

    assert kinds == [
        "application_submitted",
        "application_accepted",
        "application_inspected",
        "application_inspected",
        "application_checked",
        "application_approved",
        "start_declared",
        "start_confirmed",
    ]
    assert APPLICATIONS.state(application.state).account == "resumed"


def test_open_records_go_along_when_the_enterprise_moves(who: Cast) -> None:
    application, ended = approved(who), drafted(who)
    step(ended, "withdraw", who.contact)

    move_enterprise(
        enterprise=who.claim.enterprise,
        place=Place(ZHIYUAN),
        on=FEB_14,
        reason="迁址",
        at=moment(FEB_14),
        actor=None,
    )

    areas = {each.pk: each.area_code for each in Application.objects.all()}
    assert areas == {application.pk: ZHIYUAN, ended.pk: YAOJIA}
    who.claim.refresh_from_db()
    assert (who.claim.area_code, who.claim.state) == (ZHIYUAN, "CONFIRMED")
    by_area = [
        {each.account.area: each.amount for each in ledger.balances(["resumption.applications.approved"], as_of=day)}
        for day in (FEB_13, FEB_14)
    ]
    assert by_area == [{YAOJIA: 1}, {ZHIYUAN: 1}]
    with pytest.raises(NotAllowedError):
        step(application, "revoke", who.street, FEB_14, reason="注销")


def test_an_application_without_reply_is_told_to_the_subdistrict_and_then_above(who: Cast) -> None:
    application = step(submitted(who), "accept", who.street)
    clock = Clock.objects.open().get(subject=application.subject)

    fire_due_rungs(at=clock.started_at + (clock.due_at - clock.started_at) / 2 + timedelta(hours=1))
    reminded = Notice.objects.filter(subject=application.subject)
    assert [str(each.organisation) for each in reminded] == ["姚家街道办"]
    fire_due_rungs(at=clock.due_at + timedelta(minutes=1))
    fire_due_rungs(at=clock.due_at + timedelta(minutes=2))
    overdue = reminded.filter(is_urgent=True)
    assert overdue.count() == 2
    assert all("逾期未答复" in each.title for each in overdue)
