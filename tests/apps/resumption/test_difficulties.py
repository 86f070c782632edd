"""Difficulties of enterprises through casework: routed, clocked, handed back, assisted, answered, called back (C3, C4)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from shoushan.apps.resumption.models import FundsNeed
from shoushan.apps.resumption.selectors.difficulties import funds_rows
from shoushan.casework.lifecycle import ASSIGNMENTS, SUPERVISIONS
from shoushan.casework.models import Assignment, Matter, Supervision
from shoushan.casework.selectors import visible_matters, waiting_for
from shoushan.deadlines.models import Clock
from shoushan.deadlines.services import fire_due_rungs
from shoushan.directory.access import NotAllowedError
from shoushan.figures.measures import measure
from shoushan.figures.values import evaluate, members
from shoushan.lifecycle.errors import GuardError, LifecycleError, MissingError, WrongStateError
from shoushan.lifecycle.services import advance
from shoushan.notices.models import Notice
from shoushan.notices.selectors import unread
from tests.apps.resumption.difficulties import (
    FUNDS,
    MONDAY,
    Offices,
    answered,
    finish_parts,
    offices,
    planned,
    raised,
    step,
)

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PLAN: dict[str, Any] = {"plan": "协调客车", "planned_on": "2020-02-20"}
ANSWER: dict[str, Any] = {"outcome": "SOLVED", "answer": "车辆已安排"}


@pytest.fixture
def who(tmp_path: Path) -> Offices:
    return offices(tmp_path)


def clocks(matter: Matter) -> dict[str, Clock]:
    found = Clock.objects.filter(subject=matter.subject).order_by("pk")
    return {each.kind.removeprefix("casework."): each for each in found}


def told(user: Any) -> list[str]:
    return [each.title for each in unread(user)]


def rate(name: str, day: date = date(2020, 3, 31)) -> tuple[int, int | None]:
    found = evaluate(measure(f"resumption.difficulties_{name}"), as_of=day)
    return found.numerator, found.denominator


# ---- where it goes --------------------------------------------------------------------------------------
def test_it_sends_a_matter_on_by_the_rule_with_its_clocks_and_tells_the_lead_and_those_who_assist(who: Offices) -> None:
    matter = raised(who)
    assert (matter.state, matter.level, matter.lead.code) == ("DISPATCHED", "DEPARTMENT", "DEPT_INDUSTRY_INFORMATION")
    assert matter.code.startswith("DIF-370102-20200217-")
    running = clocks(matter)
    assert running["dispatch"].outcome == "MET"
    assert (running["respond"].unit, running["respond"].budget) == ("NATURAL_HOURS", 60)
    assert running["respond"].due_at == MONDAY + HOUR
    assert (running["close"].unit, running["close"].budget) == ("NATURAL_DAYS", 7)
    assert [each.organisation.code for each in matter.assignments.all()] == ["DEPT_HEALTH"]
    assert told(who.industry) == ["有新的诉求待签收：示例1号有限公司"]
    assert told(who.health) == ["有新的协办事项：示例1号有限公司"]


def test_it_waits_for_the_subdistrict_where_the_rule_sends_nothing_on(who: Offices) -> None:
    matter = raised(who, "LABOUR_RECRUITING")
    assert (matter.state, matter.lead, matter.level) == ("RAISED", None, "STREET")
    assert told(who.yaojia) == ["有新的诉求待分派：示例1号有限公司"]
    done = step(matter, "dispatch", who.yaojia, values={"office": "OFFICE_370102011", "level": "STREET"})
    assert (done.state, done.lead.code) == ("DISPATCHED", "OFFICE_370102011")


def test_it_judges_a_finer_category_by_the_one_above(who: Offices) -> None:
    assert raised(who, "TRANSPORT_CHARTER").lead.code == "DEPT_INDUSTRY_INFORMATION"  # type: ignore[union-attr]


@pytest.mark.parametrize(("category", "days"), [("SUPPLIES", 3), ("TRANSPORT", 7)])
def test_it_takes_the_time_to_close_from_the_row_of_the_category(who: Offices, category: str, days: int) -> None:
    assert clocks(raised(who, category))["close"].budget == days


def test_it_refuses_a_matter_without_words_or_of_no_category(who: Offices) -> None:
    with pytest.raises(MissingError) as refused:
        raised(who, "NONE", text="  ")
    assert refused.value.fields == {"category": "请从列表中选择问题类别。", "text": "请写明具体问题。"}
    assert not Matter.objects.exists()


def test_it_lets_nobody_raise_for_an_enterprise_of_another_area(who: Offices) -> None:
    from tests.apps.resumption.applications import ZHIYUAN
    from tests.directory.factories import a_user

    other = a_user("other", ("STREET_USER", ZHIYUAN))  # type: ignore[arg-type]
    with pytest.raises(NotAllowedError):
        raised(who, actor=other)


# ---- signing, handing back, ruling ----------------------------------------------------------------------
def test_it_is_signed_for_by_a_person_of_the_lead_alone(who: Offices) -> None:
    matter = raised(who)
    with pytest.raises(NotAllowedError, match="由“区工信局”办理"):
        step(matter, "sign", who.health)
    done = step(matter, "sign", who.industry, MONDAY + HOUR)
    assert (done.state, done.officer) == ("WORKING", who.industry)
    assert clocks(matter)["respond"].outcome == "MET"


def test_it_may_be_handed_back_twice_and_then_is_ruled(who: Offices) -> None:
    matter = raised(who)
    for _time in range(2):
        step(matter, "hand_back", who.industry, reason="不属本局职责")
        step(matter, "dispatch", who.who.office, values={"office": "DEPT_INDUSTRY_INFORMATION", "level": "DEPARTMENT"})
    with pytest.raises(GuardError, match="已退回 2 次"):
        step(matter, "hand_back", who.industry, reason="不属本局职责")
    step(matter, "ask_ruling", who.industry, reason="职责不清")
    with pytest.raises(NotAllowedError):
        step(matter, "rule", who.yaojia, values={"office": "DEPT_COMMERCE"}, reason="指定")
    ruled = step(matter, "rule", who.leader, values={"office": "DEPT_INDUSTRY_INFORMATION"}, reason="由工信局牵头")
    assert (ruled.state, ruled.is_ruled) == ("DISPATCHED", True)
    with pytest.raises(GuardError, match="已经裁定"):
        step(matter, "hand_back", who.industry, reason="还是不属本局职责")
    with pytest.raises(IntegrityError), transaction.atomic():
        Matter.objects.filter(pk=matter.pk).update(times_handed_back=3)


def test_it_asks_for_a_reason_before_it_is_handed_back(who: Offices) -> None:
    matter = raised(who)
    with pytest.raises(MissingError, match="请写明退回分派的理由"):
        step(matter, "hand_back", who.industry)
    assert Matter.objects.get(pk=matter.pk).state == "DISPATCHED"


# ---- work -------------------------------------------------------------------------------------------------
def test_it_stands_still_while_it_waits_and_says_for_whom(who: Offices) -> None:
    matter = planned(who)
    due = clocks(matter)["close"].due_at
    waiting = step(
        matter, "wait", who.industry, MONDAY + DAY, values={"waiting_for": "APPLICANT"}, reason="请补充员工名单"
    )
    assert (waiting.state, waiting.waiting_for) == ("WAITING", "APPLICANT")
    assert clocks(matter)["close"].state == "PAUSED"
    assert "请补充情况：示例1号有限公司" in told(who.who.contact)
    back = step(matter, "supplement", who.who.contact, MONDAY + 3 * DAY, values={"supplement": "名单已附"})
    assert (back.state, back.waiting_for) == ("WORKING", "")
    assert clocks(matter)["close"].due_at == due + 2 * DAY


def test_it_is_answered_only_when_planned_and_all_parts_are_done(who: Offices) -> None:
    matter = raised(who)
    step(matter, "sign", who.industry)
    with pytest.raises(GuardError, match="还没有办理措施"):
        step(matter, "answer", who.industry, values=ANSWER)
    step(matter, "plan", who.industry, values=PLAN)
    with pytest.raises(GuardError, match="“区卫健局”的协办事项还没有完成"):
        step(matter, "answer", who.industry, values=ANSWER)
    finish_parts(who, matter, MONDAY)
    assert step(matter, "answer", who.industry, values=ANSWER).state == "ANSWERED"


def test_it_gives_a_part_to_an_organisation_once_at_a_time(who: Offices) -> None:
    matter = planned(who)
    with pytest.raises(GuardError, match="未完成的协办事项"):
        step(matter, "assign", who.industry, values={"organisation": "DEPT_HEALTH", "task": "核对"})
    step(matter, "assign", who.industry, values={"organisation": "DEPT_COMMERCE", "task": "联系货车"})
    assert matter.assignments.count() == 2
    part = Assignment.objects.get(organisation__code="DEPT_COMMERCE")
    part.pk, part.code, part.entry_id = None, "X-1", None
    with pytest.raises(IntegrityError), transaction.atomic():
        part.save(force_insert=True)


def test_a_part_handed_back_is_told_to_the_lead(who: Offices) -> None:
    matter = planned(who)
    part = matter.assignments.get()
    advance(ASSIGNMENTS, part.pk, "give_back", actor=who.health, at=MONDAY, reason="名单不全")
    assert "区卫健局退回协办事项：示例1号有限公司" in told(who.industry)


def test_it_extends_only_with_a_reason_and_a_second_person(who: Offices) -> None:
    matter = planned(who)
    due = clocks(matter)["close"].due_at
    with pytest.raises(MissingError):
        step(matter, "ask_extension", who.industry, values={"extension_days": "3"})
    step(matter, "ask_extension", who.industry, values={"extension_days": "3"}, reason="车辆要从外地调")
    with pytest.raises(NotAllowedError):
        step(matter, "grant_extension", who.industry)
    done = step(matter, "grant_extension", who.leader)
    assert clocks(matter)["close"].due_at == due + 3 * DAY
    assert (done.extension_days, done.extension_reason) == (None, "")
    with pytest.raises(GuardError, match="没有待批的延期申请"):
        step(matter, "grant_extension", who.leader)


def test_it_goes_up_a_level_and_back_to_be_dispatched(who: Offices) -> None:
    matter = planned(who)
    with pytest.raises(GuardError, match="应选更高的层级"):
        step(matter, "raise_level", who.industry, values={"level": "STREET"}, reason="本局不能解决")
    done = step(matter, "raise_level", who.industry, values={"level": "DISTRICT"}, reason="本局不能解决")
    assert (done.state, done.level) == ("RAISED", "DISTRICT")
    with pytest.raises(NotAllowedError, match="全区统一办理"):
        step(matter, "dispatch", who.yaojia, values={"office": "DEPT_COMMERCE", "level": "DISTRICT"})


def test_an_order_has_a_number_a_time_limit_and_a_feedback_that_is_accepted(who: Offices) -> None:
    matter = planned(who)
    step(matter, "supervise", who.leader, values={"demand": "两日内落实车辆", "days": "2"})
    order = Supervision.objects.get()
    assert order.code == f"{matter.code}-S1"
    assert Clock.objects.get(subject=order.subject).budget == 2
    with pytest.raises(NotAllowedError):
        advance(SUPERVISIONS, order.pk, "feed_back", actor=who.health, at=MONDAY, values={"feedback": "已落实"})
    advance(SUPERVISIONS, order.pk, "feed_back", actor=who.industry, at=MONDAY + DAY, values={"feedback": "已落实"})
    advance(SUPERVISIONS, order.pk, "accept_feedback", actor=who.leader, at=MONDAY + DAY)
    found = evaluate(measure("casework.supervisions_on_time_rate"), as_of=date(2020, 3, 1), by="category")
    assert [(part.key, part.numerator, part.denominator) for part in found.parts] == [
        ("DEPT_INDUSTRY_INFORMATION", 1, 1)
    ]


# ---- time is over ---------------------------------------------------------------------------------------
def test_nobody_who_signs_for_it_has_it_told_above_and_one_level_up(who: Offices) -> None:
    matter = raised(who, "ISOLATION")
    assert (matter.level, matter.officer) == ("STREET", None)
    fire_due_rungs(at=MONDAY + timedelta(minutes=31))
    assert "请尽快办理“签收响应 DIF-370102-20200217-0001”：示例1号有限公司" in told(who.yaojia)
    assert Matter.objects.get(pk=matter.pk).level == "STREET"
    fire_due_rungs(at=MONDAY + timedelta(minutes=61))
    assert Matter.objects.get(pk=matter.pk).level == "DEPARTMENT"
    assert "“签收响应 DIF-370102-20200217-0001”已逾期：示例1号有限公司" in told(who.leader)
    count = Notice.objects.count()
    fire_due_rungs(at=MONDAY + timedelta(minutes=61))
    assert Notice.objects.count() == count


def test_it_is_late_once_its_time_is_over_whatever_comes_later(who: Offices) -> None:
    matter = planned(who)
    fire_due_rungs(at=MONDAY + 9 * DAY)
    late = Matter.objects.get(pk=matter.pk)
    assert (late.is_late, late.is_counted) == (True, True)
    assert rate("on_time_rate") == (0, 1)
    finish_parts(who, matter, MONDAY + 9 * DAY)
    step(matter, "answer", who.industry, MONDAY + 9 * DAY, values=ANSWER)
    step(matter, "call_back", who.who.office, MONDAY + 9 * DAY, values={"satisfaction": "SATISFIED"})
    assert rate("on_time_rate") == (0, 1)
    assert rate("closed_rate") == (1, 1)


def test_it_counts_as_late_when_answered_late_before_the_job_ran(who: Offices) -> None:
    answered(who, days=9)
    assert rate("on_time_rate") == (0, 1)


def test_only_people_send_a_matter_to_the_city(who: Offices) -> None:
    matter = raised(who)
    for hour in range(2, 24 * 12, 12):
        fire_due_rungs(at=MONDAY + hour * HOUR)
    assert Matter.objects.get(pk=matter.pk).level == "DISTRICT"


# ---- closing --------------------------------------------------------------------------------------------
def test_it_is_not_closed_before_somebody_else_called_back(who: Offices) -> None:
    matter = answered(who)
    with pytest.raises(NotAllowedError):
        step(matter, "call_back", who.industry, MONDAY + DAY, values={"satisfaction": "SATISFIED"})
    with pytest.raises(WrongStateError):
        step(matter, "archive", who.who.office, MONDAY + DAY)
    with pytest.raises(MissingError):
        step(matter, "call_back", who.who.office, MONDAY + DAY, values={"satisfaction": "DISSATISFIED"})
    done = step(matter, "call_back", who.who.office, MONDAY + DAY, values={"satisfaction": "MOSTLY"})
    assert (done.state, rate("on_time_rate"), rate("satisfied_rate")) == ("CLOSED", (1, 1), (1, 1))
    assert step(matter, "archive", who.who.office, MONDAY + DAY).state == "ARCHIVED"
    assert rate("closed_rate") == (1, 1)


def test_it_is_worked_on_again_at_most_twice_and_the_last_evaluation_counts(who: Offices) -> None:
    matter = answered(who)
    at = MONDAY + DAY
    for _time in range(2):
        step(matter, "reject_answer", who.who.contact, at, reason="只来了一辆车")
        assert rate("satisfied_rate") == (0, 1)
        step(matter, "answer", who.industry, at, values=ANSWER)
    with pytest.raises(GuardError, match="不能再退回"):
        step(matter, "reject_answer", who.who.contact, at, reason="还是一辆车")
    with pytest.raises(NotAllowedError):
        step(matter, "close_dissatisfied", who.yaojia, at, reason="已尽力")
    done = step(matter, "evaluate", who.who.contact, at, values={"satisfaction": "SATISFIED"})
    assert (done.times_reopened, done.satisfaction) == (2, "SATISFIED")
    assert rate("satisfied_rate") == (1, 1)


def test_it_merges_into_another_and_tells_both_when_closed(who: Offices) -> None:
    first, second = planned(who), raised(who)
    with pytest.raises(GuardError, match="没有编号为"):
        step(second, "merge", who.who.office, values={"into": "DIF-1"})
    done = step(second, "merge", who.who.office, values={"into": first.code})
    assert (done.state, done.merged_into, second.assignments.get().state) == ("MERGED", first, "CANCELLED")
    assert not Clock.objects.open().filter(subject=second.subject).exists()
    assert rate("received") == (1, None)
    finish_parts(who, first, MONDAY)
    step(first, "answer", who.industry, values=ANSWER)
    step(first, "call_back", who.who.office, values={"satisfaction": "SATISFIED"})
    assert "并案办理的诉求已办结：示例1号有限公司" in told(who.who.contact)


def test_its_applicant_may_withdraw_it_with_a_reason(who: Offices) -> None:
    matter = planned(who)
    step(matter, "withdraw", who.who.contact, reason="已自行解决")
    assert rate("received") == (0, None)
    assert not Clock.objects.open().filter(subject=matter.subject).exists()


# ---- who sees it, what is counted -------------------------------------------------------------------------
def test_departments_see_what_they_lead_or_assist_and_nothing_else(who: Offices) -> None:
    matter = raised(who)
    on = date(2020, 2, 17)
    seeing = {
        user.username
        for user in (who.industry, who.health, who.reform, who.yaojia, who.who.contact, who.leader, who.who.department)
        if visible_matters(user, on=on).filter(pk=matter.pk).exists()
    }
    assert seeing == {"industry", "health", "yaojia", "contact", "leader"}


def test_it_waits_for_whoever_has_the_next_step(who: Offices) -> None:
    on = date(2020, 2, 17)

    def waiting(user: Any) -> bool:
        return visible_matters(user, on=on).filter(waiting_for(user, on=on)).exists()

    raised(who)
    assert [waiting(each) for each in (who.industry, who.health, who.yaojia)] == [True, True, False]
    step(Matter.objects.get(), "sign", who.industry)
    assert [waiting(each) for each in (who.industry, who.other_industry)] == [True, False]


def test_its_figures_are_the_sum_of_their_members(who: Offices) -> None:
    answered(who)
    raised(who, "FUNDS", funds=FUNDS)
    found = evaluate(measure("resumption.difficulties_received"), as_of=date(2020, 2, 20), by="category")
    assert {part.key: part.value for part in found.parts} == {"TRANSPORT": 1, "FUNDS": 1}
    behind = members(measure("resumption.difficulties_received"), as_of=date(2020, 2, 20))
    assert sum(each.amount for each in behind) == found.value == 2
    assert all("示例1号有限公司" in each.name for each in behind)


# ---- funds --------------------------------------------------------------------------------------------------
def test_funds_say_how_much_how_long_and_what_for(who: Offices) -> None:
    with pytest.raises(MissingError) as refused:
        raised(who, "FUNDS_LOAN")
    assert set(refused.value.fields) == {"amount", "term_months", "purpose"}
    matter = raised(who, "FUNDS_LOAN", funds=FUNDS)
    assert matter.lead.code == "DEPT_DEVELOPMENT_REFORM"  # type: ignore[union-attr]
    need = FundsNeed.objects.get()
    assert (need.amount_fen, need.term_months) == (5_000_000_000, 12)
    assert list(funds_rows(areas=["370102"], is_open=True)) == [need]
    assert list(funds_rows(areas=["370102013"], is_open=True)) == []


def test_a_step_is_refused_twice_and_from_a_stale_page(who: Offices) -> None:
    matter = raised(who)
    step(matter, "sign", who.industry, seen=matter.revision)
    with pytest.raises(LifecycleError, match="现在是“办理中”"):
        step(matter, "sign", who.industry)
    with pytest.raises(LifecycleError, match="已经有人办理过"):
        step(matter, "plan", who.industry, values=PLAN, seen=matter.revision)
