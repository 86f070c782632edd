"""What waits for people among the matters, their parts and the supervision orders."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shoushan.casework import selectors
from shoushan.casework.lifecycle import ASSIGNMENTS, SUPERVISIONS
from shoushan.casework.models import Matter
from shoushan.casework.selectors import Wait
from shoushan.casework.services import lifecycle_of_matter
from shoushan.directory.models import User
from shoushan.lifecycle.queues import record_queue
from shoushan.lifecycle.record_kinds import RecordKind

Find = Callable[[User, date], QuerySet[Any]]


def page_of(code: str) -> str:
    """The address of a matter's page."""
    return reverse("casework:matter-detail", args=[code])


MATTER: Final = RecordKind(
    lifecycle=lifecycle_of_matter,
    address=lambda matter: page_of(matter.code),
    step_address=lambda matter, step: reverse("casework:matter-step", args=[matter.code, step]),
    title=lambda matter: f"{matter.about_name}：{matter.text}",
    visible=lambda user, on: selectors.visible_matters(user, on=on),
    together=("dispatch", "sign", "go_on", "archive"),
)
PART: Final = RecordKind(
    lifecycle=lambda _part: ASSIGNMENTS,
    address=lambda part: page_of(part.matter.code),
    step_address=lambda part, step: reverse("casework:assignment-step", args=[part.code, step]),
    title=lambda part: f"{part.matter.about_name}：{part.task}",
    visible=lambda user, on: selectors.open_parts(user, on=on),
)
ORDER: Final = RecordKind(
    lifecycle=lambda _order: SUPERVISIONS,
    address=lambda order: page_of(order.matter.code),
    step_address=lambda order, step: reverse("casework:supervision-step", args=[order.code, step]),
    title=lambda order: f"{order.matter.about_name}：{order.demand}",
    visible=lambda user, on: selectors.open_orders(user, on=on),
)


def _matters(wait: Wait) -> Find:
    def find(user: User, on: date) -> QuerySet[Any]:
        return Matter.objects.filter(selectors.waiting(wait, user, on=on))

    return find


def _orders(user: User, on: date) -> QuerySet[Any]:
    return selectors.open_orders(user, on=on)


def _parts(user: User, on: date) -> QuerySet[Any]:
    return selectors.open_parts(user, on=on)


QUEUES: Final = (
    record_queue(ORDER, "casework.orders", _("督办单"), _orders, ("feed_back", "accept_feedback", "send_back")),
    record_queue(MATTER, "casework.dispatch", _("诉求待分派"), _matters(Wait.DISPATCH), ("dispatch", "route")),
    record_queue(MATTER, "casework.sign", _("诉求待签收"), _matters(Wait.SIGN), ("sign", "hand_back")),
    record_queue(
        MATTER, "casework.work", _("诉求办理中"), _matters(Wait.WORK), ("plan", "answer", "report_progress", "go_on")
    ),
    record_queue(PART, "casework.parts", _("协办事项"), _parts, ("sign", "report_done", "give_back")),
    record_queue(MATTER, "casework.rule", _("诉求待裁定"), _matters(Wait.RULE), ("rule",)),
    record_queue(
        MATTER, "casework.extend", _("延期申请待审定"), _matters(Wait.EXTEND), ("grant_extension", "refuse_extension")
    ),
    record_queue(
        MATTER, "casework.call_back", _("诉求待回访"), _matters(Wait.CALL_BACK), ("call_back", "send_to_be_redone")
    ),
)
