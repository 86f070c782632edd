"""The lifecycle of the sample record: every feature of a declaration once."""

from datetime import date
from typing import Any

from shoushan.deadlines import kinds
from shoushan.deadlines.enums import Unit
from shoushan.ledger import api as ledger
from shoushan.lifecycle.declarations import (
    STAY,
    ClockEffect,
    ClockVerb,
    Guard,
    Lifecycle,
    Need,
    NeedKind,
    Occasion,
    State,
    Transition,
    register,
)

VIEW = "resumption.view_ledger"
REPLY = kinds.ClockKind(code="samples.reply", label="Reply", unit=Unit.WORKING_DAYS, budget=2)


def people_problem(case: Any, occasion: Occasion) -> str:
    """Nobody works in an empty enterprise."""
    return "" if case.people else "职工人数为 0，请先填写职工人数。"


def plan_problem(case: Any, occasion: Occasion) -> str:
    """The planned day, once it is stated, isn't before February 10."""
    planned = occasion.values.get("planned_on") or date(2020, 2, 10)
    return "" if planned >= date(2020, 2, 10) else "2月10日之前不得复工，请改填计划日期。"


def visit_moves(case: Any, occasion: Occasion) -> list[ledger.Move]:
    """A visit is counted beside the case."""
    return list(
        ledger.plan_moves((), (ledger.Position(ledger.Account("samples.visits", "visit", case.area_code, ""), 1),))
    )


CASES = Lifecycle(
    code="samples.case",
    label="样例事项",
    model="samples.Case",
    initial="DRAFT",
    family="samples.cases",
    category=lambda case: "LARGE" if case.people > 100 else "SMALL",
    states=(
        State("DRAFT", "草稿"),
        State("SUBMITTED", "已提交", "soon", account="submitted"),
        State("WAITING", "待补正", "soon", account="waiting"),
        State("APPROVED", "已同意", "good", account="approved", is_final=True),
        State("REFUSED", "不同意", "late", account="refused", is_final=True),
    ),
    transitions=(
        Transition(
            name="submit",
            label="提交",
            sources=frozenset({"DRAFT"}),
            target="SUBMITTED",
            permission=VIEW,
            kind="samples.case_submitted",
            needs=(
                Need("planned_on", "计划日期", NeedKind.DAY),
                Need("plan", "方案", NeedKind.FILE, is_required=False),
            ),
            guards=(
                Guard("people", "职工人数已填写", people_problem),
                Guard("plan", "计划日期不早于2月10日", plan_problem),
            ),
            clocks=(ClockEffect(ClockVerb.START, "samples.reply"),),
        ),
        Transition(
            name="ask",
            label="要求补正",
            sources=frozenset({"SUBMITTED"}),
            target="WAITING",
            permission=VIEW,
            kind="samples.case_returned",
            is_reason_required=True,
            clocks=(ClockEffect(ClockVerb.PAUSE, "samples.reply"),),
        ),
        Transition(
            name="complete",
            label="补正",
            sources=frozenset({"WAITING"}),
            target="SUBMITTED",
            permission=VIEW,
            kind="samples.case_completed",
            needs=(Need("people", "职工人数", NeedKind.WHOLE, is_required=False),),
            clocks=(ClockEffect(ClockVerb.RESUME, "samples.reply"),),
        ),
        Transition(
            name="approve",
            label="同意",
            sources=frozenset({"SUBMITTED"}),
            target="APPROVED",
            permission=VIEW,
            kind="samples.case_approved",
            clocks=(ClockEffect(ClockVerb.STOP, "samples.reply"),),
        ),
        Transition(
            name="visit",
            label="走访",
            sources=frozenset({"SUBMITTED", "WAITING"}),
            target=STAY,
            permission=VIEW,
            kind="samples.case_visited",
            moves=visit_moves,
        ),
        Transition(
            name="lapse",
            label="逾期不予受理",
            sources=frozenset({"SUBMITTED", "WAITING"}),
            target="REFUSED",
            permission=VIEW,
            kind="samples.case_refused",
            is_by_system=True,
            clocks=(ClockEffect(ClockVerb.STOP, "samples.reply"),),
        ),
    ),
)


def install() -> None:
    """Known as long as the process lives."""
    kinds.register(REPLY)
    register(CASES)
