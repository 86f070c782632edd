"""The way back of a worker as states and steps (handbook C2, C3), from expected to at post."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy

from shoushan.apps.resumption import chart
from shoushan.apps.resumption.enums.policies import YES_NO
from shoushan.apps.resumption.enums.workers import KeyAreaContact
from shoushan.apps.resumption.enums.workers import WorkerState as S
from shoushan.apps.resumption.lifecycle import worker_effects as effects
from shoushan.apps.resumption.lifecycle import worker_guards as guards
from shoushan.apps.resumption.models import Worker
from shoushan.apps.resumption.selectors.contacts import REPRESENT, is_contact
from shoushan.directory.access import check_permission, has_permission
from shoushan.lifecycle.declarations import STAY, Lifecycle, Need, NeedKind, State, Transition

if TYPE_CHECKING:
    from shoushan.directory.models import User

MANAGE: Final = "resumption.manage_workers"
TONES: Final = {S.TRAVELLING: "soon", S.OBSERVED: "soon", S.AT_POST: "good", S.ABNORMAL: "late"}
TEMPERATURE: Final = Need(
    "temperature",
    gettext_lazy("到达时体温（℃）"),
    hint=gettext_lazy("如 36.5"),
    is_personal=True,
)
CERTIFICATE: Final = Need(
    "certificate_no",
    gettext_lazy("健康通行卡号或健康证明编号"),
    is_required=False,
    hint=gettext_lazy("没有的不填"),
    is_personal=True,
)
JOURNEY: Final = Need(
    "transport",
    gettext_lazy("交通方式及车次"),
    is_required=False,
    initial=lambda worker: worker.transport,
    is_personal=True,
)


def check_worker_access(user: User, worker: Worker, permission: str, on: date) -> None:
    """A contact acts for the workers of the enterprises for which they speak, everybody else within their area."""
    if has_permission(user, REPRESENT, on=on) and is_contact(user, worker.enterprise_id):
        return
    check_permission(user, permission, on=on, area=worker.area_code)


def _choices(pairs: Any) -> Any:
    return lambda _worker: list(pairs)


ARRIVE: Final = Transition(
    name="arrive",
    label=gettext_lazy("登记到达"),
    sources=frozenset({S.EXPECTED, S.TRAVELLING}),
    target=S.WAITING,
    branches=(S.OBSERVED,),
    choose=effects.state_on_arrival,
    permission=MANAGE,
    kind="resumption.worker_arrived",
    needs=(
        JOURNEY,
        Need("charter", gettext_lazy("点对点直达（包车）"), NeedKind.CHOICE, choices=_choices(YES_NO)),
        CERTIFICATE,
        Need(
            "certificate_until",
            gettext_lazy("健康证明有效期至"),
            NeedKind.DAY,
            is_required=False,
            hint=gettext_lazy("证明上没有写的不填"),
        ),
        Need("key_area", gettext_lazy("是否途经重点地区"), NeedKind.CHOICE, choices=_choices(KeyAreaContact.choices)),
        TEMPERATURE,
    ),
    guards=(guards.TEMPERATURE_READ, guards.CERTIFICATE_VALID, guards.RULE_IN_FORCE),
    effect=effects.arrive,
)

TAKE_OVER: Final = Transition(
    name="take_over",
    label=gettext_lazy("按台账登记到达"),
    sources=ARRIVE.sources,
    target=S.WAITING,
    branches=(S.OBSERVED,),
    choose=effects.state_by_ledger,
    permission=MANAGE,
    kind="resumption.worker_taken_over",
    is_by_system=True,
    needs=(
        Need("charter", gettext_lazy("点对点直达（包车）"), NeedKind.CHOICE, choices=_choices(YES_NO)),
        Need("observe_place", gettext_lazy("隔离地点"), is_required=False),
        Need("observe_from", gettext_lazy("隔离开始"), NeedKind.DAY, is_required=False),
        Need("observe_to", gettext_lazy("隔离结束"), NeedKind.DAY, is_required=False),
    ),
    effect=effects.take_over,
)

WORKERS: Final = Lifecycle(
    code="resumption.worker",
    label=gettext_lazy("返岗人员"),
    model="resumption.Worker",
    initial=S.EXPECTED,
    family=chart.WORKERS,
    unit=chart.PERSON,
    category=lambda worker: effects.origin_group(worker.origin),
    check_access=check_worker_access,
    states=tuple(
        State(
            state.value,
            state.label,
            TONES.get(state, "neutral"),
            account="" if state == S.GONE else state.value.lower(),
            is_final=state == S.GONE,
        )
        for state in S
    ),
    transitions=(
        Transition(
            name="set_out",
            label=gettext_lazy("登记出发"),
            sources=frozenset({S.EXPECTED}),
            target=S.TRAVELLING,
            permission=MANAGE,
            kind="resumption.worker_set_out",
            needs=(JOURNEY,),
        ),
        ARRIVE,
        TAKE_OVER,
        Transition(
            name="settle",
            label=gettext_lazy("登记隔离地点"),
            sources=frozenset({S.OBSERVED}),
            target=STAY,
            permission=MANAGE,
            kind="resumption.worker_settled",
            needs=(Need("observe_place", gettext_lazy("隔离地点")),),
        ),
        Transition(
            name="clear",
            label=gettext_lazy("解除隔离"),
            sources=frozenset({S.OBSERVED}),
            target=S.WAITING,
            permission=MANAGE,
            kind="resumption.worker_cleared",
            guards=(guards.OBSERVED_TO_THE_END, guards.TESTS_NEGATIVE),
            effect=effects.clear,
        ),
        Transition(
            name="clear_by_ledger",
            label=gettext_lazy("按台账解除隔离"),
            sources=frozenset({S.OBSERVED}),
            target=S.WAITING,
            permission=MANAGE,
            kind="resumption.worker_cleared",
            is_by_system=True,
            guards=(guards.TESTS_NEGATIVE,),
            effect=effects.clear,
        ),
        Transition(
            name="start_work",
            label=gettext_lazy("登记上岗"),
            sources=frozenset({S.WAITING}),
            target=S.AT_POST,
            permission=MANAGE,
            kind="resumption.worker_at_post",
            guards=(guards.TESTS_NEGATIVE,),
            effect=effects.start_work,
        ),
        Transition(
            name="report_abnormal",
            label=gettext_lazy("报告异常"),
            sources=frozenset({S.TRAVELLING, S.OBSERVED, S.WAITING, S.AT_POST}),
            target=S.ABNORMAL,
            permission=MANAGE,
            kind="resumption.worker_abnormal",
            is_reason_required=True,
            effect=effects.tell_abnormal,
        ),
        Transition(
            name="find_abnormal",
            label=gettext_lazy("体温或检测异常"),
            sources=frozenset({S.TRAVELLING, S.OBSERVED, S.WAITING, S.AT_POST}),
            target=S.ABNORMAL,
            permission=MANAGE,
            kind="resumption.worker_abnormal",
            is_by_system=True,
            effect=effects.tell_abnormal,
        ),
        Transition(
            name="observe_again",
            label=gettext_lazy("转隔离观察"),
            sources=frozenset({S.ABNORMAL}),
            target=S.OBSERVED,
            permission=MANAGE,
            kind="resumption.worker_observed_again",
            is_reason_required=True,
            effect=effects.observe_again,
        ),
        Transition(
            name="rule_out",
            label=gettext_lazy("排除异常"),
            sources=frozenset({S.ABNORMAL}),
            target=S.WAITING,
            permission=MANAGE,
            kind="resumption.worker_ruled_out",
            guards=(guards.TESTED_NEGATIVE,),
            is_reason_required=True,
            effect=effects.clear,
        ),
        Transition(
            name="leave",
            label=gettext_lazy("不再返岗"),
            sources=frozenset({S.EXPECTED, S.TRAVELLING, S.WAITING, S.AT_POST}),
            target=S.GONE,
            permission=MANAGE,
            kind="resumption.worker_gone",
            is_reason_required=True,
            effect=effects.leave,
        ),
    ),
)
