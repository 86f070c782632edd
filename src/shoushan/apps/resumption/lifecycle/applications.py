"""The lifecycle of an application for work resumption (handbook C4) in all regimes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shoushan.apps.resumption.enums.applications import ApplicationState as S
from shoushan.apps.resumption.lifecycle import guards, permits
from shoushan.apps.resumption.models import Application
from shoushan.apps.resumption.selectors.contacts import REPRESENT, is_contact
from shoushan.directory.access import NotAllowedError, check_permission
from shoushan.lib.languages import official
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
)

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from shoushan.directory.models import User

ACCEPT: Final = "resumption.accept_application"
CHECK: Final = "resumption.check_application"
DECIDE: Final = "resumption.decide_application"
FILE: Final = "resumption.file_application"
ORDER_STOP: Final = "resumption.order_stop"
LIFT_STOP: Final = "resumption.lift_stop"
REPLY: Final = "resumption.reply"

PERMITTED: Final = frozenset({S.APPROVED, S.FILED, S.REPORTED})
WORKING: Final = frozenset({S.RESUMED, S.FULL})
UNDECIDED: Final = frozenset({S.SUBMITTED, S.INCOMPLETE, S.ACCEPTED, S.RECTIFYING, S.CHECKED})
TONES: Final = {
    S.SUBMITTED: "soon",
    S.INCOMPLETE: "late",
    S.ACCEPTED: "soon",
    S.RECTIFYING: "late",
    S.CHECKED: "soon",
    S.STOPPED: "late",
    S.REFUSED: "late",
    **dict.fromkeys(PERMITTED | WORKING, "good"),
}
UNCOUNTED: Final = {S.DRAFT, S.WITHDRAWN, S.ENDED}
FINAL: Final = {S.REFUSED, S.WITHDRAWN, S.ENDED}


def check_application_access(user: User, application: Application, permission: str, on: date) -> None:
    """Contacts act for enterprises for which they speak, everybody else within their area."""
    if permission != REPRESENT:
        check_permission(user, permission, on=on, area=application.area_code)
        return
    check_permission(user, REPRESENT, on=on)
    if not is_contact(user, application.enterprise_id):
        raise NotAllowedError(_("您不是该企业经确认的联络人，请先认领企业并由街道确认。"))


def _terms(application: Application, _occasion: Occasion) -> dict[str, Any]:
    """The time to reply that the rule states, in working days; without one it is the kind's own."""
    row = application.rule.rows[application.rule_place - 1] if application.rule else {}
    with official():
        words: dict[str, Any] = {"purpose": _("答复复工申请 %(code)s") % {"code": application.code}}
    return words | ({"budget": int(row["reply_days"])} if row.get("reply_days") else {})


def _step(
    name: str,
    label: StrOrPromise,
    sources: frozenset[S],
    target: str,
    permission: str,
    kind: str,
    *,
    needs: tuple[Need, ...] = (),
    when: tuple[Guard, ...] = (),
    clock: ClockVerb | None = None,
    is_reasoned: bool = False,
    effect: Callable[[Any, Occasion], None] | None = None,
) -> Transition:
    return Transition(
        name=name,
        label=label,
        sources=frozenset(state.value for state in sources),
        target=target,
        permission=permission,
        kind=f"resumption.{kind}",
        needs=needs,
        guards=when,
        clocks=(ClockEffect(clock, REPLY, _terms if clock == ClockVerb.START else None),) if clock else (),
        is_reason_required=is_reasoned,
        effect=effect,
    )


PACKAGE: Final = (
    Need("plan", gettext_lazy("疫情防控方案"), NeedKind.FILE),
    Need("emergency_plan", gettext_lazy("应急预案"), NeedKind.FILE),
    Need("commitment", gettext_lazy("承诺书（加盖公章）"), NeedKind.FILE),
    Need("roster", gettext_lazy("返岗人员名册"), NeedKind.FILE, hint=gettext_lazy("扫描件或照片。")),
)
COMPLETION: Final = (
    Need("commitment", gettext_lazy("补充材料"), NeedKind.FILE, is_required=False),
    Need("plan", gettext_lazy("补充材料（二）"), NeedKind.FILE, is_required=False),
)


def _opens(application: Application, occasion: Occasion) -> None:
    permits.open_measures(application, occasion)


APPLICATIONS: Final = Lifecycle(
    code="resumption.application",
    label=gettext_lazy("复工申请"),
    model="resumption.Application",
    initial=S.DRAFT,
    family="resumption.applications",
    category=lambda record: record.regime,
    check_access=check_application_access,
    states=tuple(
        State(
            state.value,
            state.label,
            TONES.get(state, "neutral"),
            account="" if state in UNCOUNTED else state.value.lower(),
            is_final=state in FINAL,
        )
        for state in S
    ),
    transitions=(
        # ---- the enterprise
        _step(
            "submit",
            gettext_lazy("提交申请"),
            frozenset({S.DRAFT}),
            S.SUBMITTED,
            REPRESENT,
            "application_submitted",
            needs=PACKAGE,
            when=(guards.APPLICATION_IS_DUE, *guards.COMPLETE),
            effect=permits.judge,
        ),
        _step(
            "report",
            gettext_lazy("报告复工"),
            frozenset({S.DRAFT}),
            S.REPORTED,
            REPRESENT,
            "application_reported",
            needs=(Need("commitment", gettext_lazy("承诺书（加盖公章）"), NeedKind.FILE),),
            when=(guards.REPORT_IS_ENOUGH, *guards.COMPLETE),
            effect=permits.report,
        ),
        _step(
            "resubmit",
            gettext_lazy("补正后提交"),
            frozenset({S.INCOMPLETE}),
            S.SUBMITTED,
            REPRESENT,
            "application_completed",
            needs=COMPLETION,
            when=(guards.APPLICATION_IS_DUE, *guards.COMPLETE),
        ),
        _step(
            "put_right",
            gettext_lazy("整改完成，申请复查"),
            frozenset({S.RECTIFYING}),
            S.ACCEPTED,
            REPRESENT,
            "application_rectified",
            needs=(
                Need("note", gettext_lazy("整改情况"), NeedKind.LONG_TEXT),
                Need("photo", gettext_lazy("整改照片"), NeedKind.FILE, is_required=False),
            ),
            clock=ClockVerb.RESUME,
            effect=permits.put_right,
        ),
        _step(
            "declare_start",
            gettext_lazy("申报复工首日"),
            PERMITTED,
            STAY,
            REPRESENT,
            "start_declared",
            needs=(Need("declared_on", gettext_lazy("复工首日"), NeedKind.DAY),),
            when=(guards.PERMIT_HOLDS, guards.NOT_BEFORE_DECISION),
        ),
        # ---- the subdistrict and the department
        _step(
            "accept",
            gettext_lazy("受理"),
            frozenset({S.SUBMITTED}),
            S.ACCEPTED,
            ACCEPT,
            "application_accepted",
            when=(guards.APPLICATION_IS_DUE,),
            clock=ClockVerb.START,
            effect=_opens,
        ),
        _step(
            "return_incomplete",
            gettext_lazy("一次性告知补正"),
            frozenset({S.SUBMITTED}),
            S.INCOMPLETE,
            ACCEPT,
            "application_returned",
            needs=(Need("completion_list", gettext_lazy("一次性补正清单"), NeedKind.LONG_TEXT),),
            when=(guards.LIST_GIVEN_ONCE,),
        ),
        _step(
            "record_check",
            gettext_lazy("现场核验"),
            frozenset({S.ACCEPTED, S.STOPPED}) | PERMITTED | WORKING,
            STAY,
            CHECK,
            "application_inspected",
            when=(guards.SOMETHING_TO_CHECK,),
        ),
        _step(
            "order_rectification",
            gettext_lazy("责令整改"),
            frozenset({S.ACCEPTED}),
            S.RECTIFYING,
            CHECK,
            "rectification_ordered",
            when=(guards.SOME_FAILED,),
            clock=ClockVerb.PAUSE,
            is_reasoned=True,
        ),
        _step(
            "pass_check",
            gettext_lazy("核验合格"),
            frozenset({S.ACCEPTED}),
            S.CHECKED,
            CHECK,
            "application_checked",
            when=(guards.ALL_PASSED,),
        ),
        _step(
            "approve",
            gettext_lazy("批复同意"),
            frozenset({S.CHECKED}),
            S.APPROVED,
            DECIDE,
            "application_approved",
            needs=(Need("conditions", gettext_lazy("附加要求"), NeedKind.TEXT, is_required=False),),
            when=(guards.APPLICATION_IS_DUE, guards.BY_APPROVAL),
            clock=ClockVerb.STOP,
            effect=permits.issue,
        ),
        _step(
            "register_filing",
            gettext_lazy("办理备案"),
            frozenset({S.CHECKED}),
            S.FILED,
            FILE,
            "application_filed",
            when=(guards.APPLICATION_IS_DUE, guards.BY_FILING),
            clock=ClockVerb.STOP,
            effect=permits.issue,
        ),
        _step(
            "refuse",
            gettext_lazy("不予同意"),
            frozenset({S.ACCEPTED, S.RECTIFYING, S.CHECKED}),
            S.REFUSED,
            DECIDE,
            "application_refused",
            when=(guards.APPLICATION_IS_DUE,),
            clock=ClockVerb.STOP,
            is_reasoned=True,
        ),
        _step(
            "turn_to_report",
            gettext_lazy("转为报告"),
            UNDECIDED,
            S.REPORTED,
            ACCEPT,
            "application_turned_to_report",
            when=(guards.REPORT_IS_ENOUGH,),
            clock=ClockVerb.STOP,
            effect=permits.report,
        ),
        _step(
            "confirm_start",
            gettext_lazy("确认复工"),
            PERMITTED,
            S.RESUMED,
            ACCEPT,
            "start_confirmed",
            when=(guards.FIRST_DAY_DECLARED, guards.PERMIT_HOLDS, guards.NOT_BEFORE_DECISION),
            effect=permits.start,
        ),
        _step(
            "full_capacity",
            gettext_lazy("确认达产"),
            frozenset({S.RESUMED}),
            S.FULL,
            CHECK,
            "full_capacity_confirmed",
            needs=(Need("capacity_rate", gettext_lazy("产能恢复%"), NeedKind.WHOLE),),
        ),
        _step(
            "review_measure",
            gettext_lazy("一项措施重新核验"),
            PERMITTED | WORKING,
            STAY,
            CHECK,
            "measure_sent_back",
            needs=(
                Need("measure", gettext_lazy("四个到位"), NeedKind.CHOICE, choices=permits.measure_choices),
                Need("photo", gettext_lazy("现场照片"), NeedKind.FILE, is_required=False),
            ),
            is_reasoned=True,
            effect=permits.review,
        ),
        _step(
            "order_stop",
            gettext_lazy("责令停工"),
            WORKING,
            S.STOPPED,
            ORDER_STOP,
            "stop_ordered",
            is_reasoned=True,
            effect=permits.stop,
        ),
        _step(
            "restart",
            gettext_lazy("解除停工"),
            frozenset({S.STOPPED}),
            S.RESUMED,
            LIFT_STOP,
            "stop_lifted",
            when=(guards.ALL_PASSED,),
            is_reasoned=True,
            effect=permits.restart,
        ),
        _step(
            "revoke",
            gettext_lazy("撤销许可"),
            PERMITTED | {S.STOPPED},
            S.ENDED,
            ORDER_STOP,
            "permit_revoked",
            is_reasoned=True,
            effect=permits.revoke,
        ),
        _step(
            "withdraw",
            gettext_lazy("撤回申请"),
            UNDECIDED | {S.DRAFT},
            S.WITHDRAWN,
            REPRESENT,
            "application_withdrawn",
            clock=ClockVerb.STOP,
        ),
    ),
)
