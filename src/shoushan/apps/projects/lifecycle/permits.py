"""An application for a permit as states and steps: accepted, paused while its applicant makes something good, decided."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shoushan.apps.projects import chart
from shoushan.apps.projects.enums.permits import PERMIT_TONES
from shoushan.apps.projects.enums.permits import PermitState as S
from shoushan.apps.projects.lifecycle import permit_effects as effects
from shoushan.apps.projects.lifecycle.duties import CONFIRM, REPORT, check_project_access
from shoushan.apps.projects.models import Permit
from shoushan.apps.projects.selectors.permits import lacks_before, row_of
from shoushan.directory.access import NotAllowedError, check_permission
from shoushan.lifecycle.declarations import (
    STAY,
    Guard,
    Lifecycle,
    Need,
    NeedKind,
    Occasion,
    State,
    transitions_of,
)

if TYPE_CHECKING:
    from shoushan.directory.models import User

DECIDE: Final = "projects.decide_permit"


def check_permit_access(user: User, permit: Permit, permission: str, on: date) -> None:
    """Raise NotAllowedError unless this person may take a step of an application that asks for the permission.

    The authority decides; who reports for the project applies and withdraws.
    """
    if permission != DECIDE:
        check_project_access(user, permit.project, permission, on)
        return
    check_permission(user, DECIDE, on=on, area=permit.area_code)
    if user.organisation_id != permit.organisation_id:
        words = {"item": permit.item_name, "who": permit.organisation}
        raise NotAllowedError(_("“%(item)s”由“%(who)s”办理。") % words)


# ---- what stops a step ------------------------------------------------------------------------------------
def _may_lack(permit: Permit, occasion: Occasion) -> str:
    row = row_of(permit.item, on=occasion.on)
    if row is not None and row.allows_missing:
        return ""
    return _("“%(item)s”按规则不能容缺受理，请一次告知后退件，材料齐全再受理。") % {"item": permit.item_name}


def _is_complete(permit: Permit, _occasion: Occasion) -> str:
    names = "、".join(each.name for each in effects.open_missing(permit))
    return _("容缺的“%(names)s”还没有补齐，补齐后才能办结。") % {"names": names} if names else ""


def _has_earlier(permit: Permit, occasion: Occasion) -> str:
    names = "、".join(lacks_before(permit.project, permit.item, on=occasion.on))
    if not names:
        return ""
    words = {"item": permit.item_name, "names": names, "day": occasion.on.isoformat()}
    return (
        _(
            "到 %(day)s 还没有取得“%(names)s”，不能准予“%(item)s”；已经取得的，请在项目页面申请该事项后办理“补录已取得的许可”。"
        )
        % words
    )


def _lacks(permit: Permit, _occasion: Occasion) -> str:
    return "" if effects.open_missing(permit) else _("没有待补齐的材料。")


def _lacks_too_long(permit: Permit, occasion: Occasion) -> str:
    if any(each.due_on < occasion.on for each in effects.open_missing(permit)):
        return ""
    return _("没有逾期未补的材料，不能按承诺失效退件。")


MAY_LACK: Final = Guard("may_lack", gettext_lazy("规则允许容缺受理"), _may_lack)
IS_COMPLETE: Final = Guard("is_complete", gettext_lazy("容缺材料已经补齐"), _is_complete)
HAS_EARLIER: Final = Guard("has_earlier", gettext_lazy("规则所列的前置许可已经取得"), _has_earlier)
LACKS: Final = Guard("lacks", gettext_lazy("有待补齐的材料"), _lacks)
LACKS_TOO_LONG: Final = Guard("lacks_too_long", gettext_lazy("有逾期未补的材料"), _lacks_too_long)

ACCEPTED_ON: Final = Need("on", gettext_lazy("受理日期"), NeedKind.DAY)
DECIDED_ON: Final = Need("on", gettext_lazy("决定日期"), NeedKind.DAY)
NUMBER: Final = Need("document_no", gettext_lazy("证书或文件编号"))
PAPER: Final = Need("paper", gettext_lazy("证书或批准文件"), NeedKind.FILE)


_step = transitions_of("projects.permit_", DECIDE)


RECEIVING: Final = (
    _step(
        "accept",
        gettext_lazy("受理"),
        {S.APPLIED},
        S.PROCESSING,
        "accepted",
        needs=(ACCEPTED_ON,),
        effect=effects.accept,
    ),
    _step(
        "accept_lacking",
        gettext_lazy("容缺受理"),
        {S.APPLIED},
        S.PROCESSING,
        "accepted_lacking",
        needs=(
            ACCEPTED_ON,
            Need(
                "missing_names",
                gettext_lazy("缺少的材料"),
                NeedKind.LONG_TEXT,
                hint=gettext_lazy("一行一份，只列可以容缺的次要材料"),
            ),
            Need("missing_due", gettext_lazy("补齐期限"), NeedKind.DAY),
        ),
        guards=(MAY_LACK,),
        effect=effects.accept_lacking,
    ),
    _step(
        "decline",
        gettext_lazy("不予受理"),
        {S.APPLIED},
        S.RETURNED,
        "declined",
        is_reason_required=True,
        effect=effects.decline,
    ),
    _step(
        "register",
        gettext_lazy("补录已取得的许可"),
        {S.APPLIED},
        S.GRANTED,
        "registered",
        permission=CONFIRM,
        needs=(DECIDED_ON, NUMBER, PAPER),
        effect=effects.register,
    ),
)
WORKING: Final = (
    _step(
        "grant",
        gettext_lazy("准予，办结"),
        {S.PROCESSING},
        S.GRANTED,
        "granted",
        needs=(DECIDED_ON, NUMBER, PAPER),
        guards=(HAS_EARLIER, IS_COMPLETE),
        effect=effects.decide,
        moves=effects.decided_moves,
    ),
    _step(
        "ask_more",
        gettext_lazy("一次告知补正"),
        {S.PROCESSING},
        S.WAITING,
        "more_asked",
        is_reason_required=True,
        effect=effects.pause,
    ),
    _step(
        "go_on",
        gettext_lazy("已补正，继续办理"),
        {S.WAITING},
        S.PROCESSING,
        "gone_on",
        effect=effects.go_on,
    ),
    _step(
        "make_good",
        gettext_lazy("登记容缺材料补齐"),
        {S.PROCESSING, S.WAITING},
        STAY,
        "made_good",
        needs=(
            Need(
                "missing_document",
                gettext_lazy("补齐的材料"),
                NeedKind.CHOICE,
                choices=effects.missing_choices,
                are_names=True,
            ),
            Need("material", gettext_lazy("补交的材料"), NeedKind.FILE, is_required=False),
        ),
        guards=(LACKS,),
        effect=effects.make_good,
    ),
    _step(
        "lapse",
        gettext_lazy("逾期未补，退件"),
        {S.PROCESSING, S.WAITING},
        S.RETURNED,
        "lapsed",
        guards=(LACKS_TOO_LONG,),
        effect=effects.lapse,
        tone="danger",
    ),
    _step(
        "refuse",
        gettext_lazy("不予许可"),
        {S.PROCESSING},
        S.REFUSED,
        "refused",
        needs=(DECIDED_ON,),
        is_reason_required=True,
        effect=effects.decide,
        moves=effects.decided_moves,
        tone="danger",
    ),
    _step(
        "withdraw",
        gettext_lazy("撤回申请"),
        {S.APPLIED, S.PROCESSING, S.WAITING},
        S.WITHDRAWN,
        "withdrawn",
        permission=REPORT,
        is_reason_required=True,
        effect=effects.withdraw,
    ),
    _step(
        "close",
        gettext_lazy("随项目退出终止"),
        {S.APPLIED, S.PROCESSING, S.WAITING},
        S.WITHDRAWN,
        "closed",
        is_reason_required=True,
        is_by_system=True,
        effect=effects.withdraw,
    ),
)

PERMITS: Final = Lifecycle(
    code="projects.permit",
    label=gettext_lazy("项目审批事项"),
    model="projects.Permit",
    initial=S.APPLIED,
    family=chart.PERMITS,
    category=lambda permit: permit.stage,
    check_access=check_permit_access,
    states=tuple(
        State(
            state.value,
            state.label,
            PERMIT_TONES[state],
            account="" if state == S.WITHDRAWN else state.value.lower(),
            is_final=state in {S.GRANTED, S.REFUSED, S.RETURNED, S.WITHDRAWN},
        )
        for state in S
    ),
    transitions=(*RECEIVING, *WORKING),
)
