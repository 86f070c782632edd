"""What waits for people in the key projects."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shoushan.apps.projects.enums.permits import PermitState
from shoushan.apps.projects.enums.projects import ReturnState
from shoushan.apps.projects.lifecycle import (
    CONFIRM,
    DECIDE,
    IDEAS,
    PERMITS,
    PROJECTS,
    REPORT,
    RETURNS,
    VIEW,
    is_office,
)
from shoushan.apps.projects.models import Idea, MonthlyReturn, Permit, Project
from shoushan.directory import scopes
from shoushan.directory.access import area_scope, visible
from shoushan.directory.models import User
from shoushan.lifecycle.queues import record_queue
from shoushan.lifecycle.record_kinds import RecordKind


def page_of(noun: str) -> Callable[[str], str]:
    """The address of a record's page by its code."""
    return lambda code: reverse(f"projects:{noun}-detail", args=[code])


def step_address(record: MonthlyReturn, step: str) -> str:
    """The page of a return's step; to report it again is a form of its own."""
    if step == "report_again":
        return reverse("projects:return-report", args=[record.project.code, f"{record.month:%Y-%m}"])
    return reverse("projects:return-step", args=[record.code, step])


def _within(model: Any, *related: str) -> Callable[[User, date], QuerySet[Any]]:
    """The records of a kind that a person may see on a day."""

    def visible_on(user: User, on: date) -> QuerySet[Any]:
        return visible(model.objects.select_related(*related), user=user, permission=VIEW, on=on)

    return visible_on


PROJECT: Final = RecordKind(
    lifecycle=lambda _record: PROJECTS,
    address=lambda record: page_of("project")(record.code),
    step_address=lambda record, step: reverse("projects:project-step", args=[record.code, step]),
    title=lambda record: record.name,
    visible=_within(Project, "lead"),
    together=("reserve", "prepare", "build", "use", "enter_statistics"),
)
RETURN: Final = RecordKind(
    lifecycle=lambda _record: RETURNS,
    address=lambda record: page_of("return")(record.code),
    step_address=step_address,
    title=lambda record: f"{record.project.name} {record.month:%Y-%m}",
    visible=_within(MonthlyReturn, "project"),
    together=("review", "send_back"),
)


def _to_review(user: User, on: date) -> QuerySet[Any]:
    """Returns that wait for the office that confirms."""
    found = MonthlyReturn.objects.select_related("project")
    areas = area_scope(user, CONFIRM, on=on) if is_office(user, CONFIRM, on=on) else ()
    return found.filter(scopes.within_any(areas, "area_code"), state=ReturnState.REPORTED)


def _sent_back(user: User, on: date) -> QuerySet[Any]:
    """Returns sent back to those who report: the lead organisation, or the office of the subdistrict."""
    own = user.organisation
    areas = area_scope(user, REPORT, on=on) if own is not None else ()
    found = MonthlyReturn.objects.select_related("project").filter(
        scopes.within_any(areas, "area_code"), state=ReturnState.SENT_BACK
    )
    if own is None:
        return found
    mine = Q(project__lead=own)
    return found.filter(mine | Q(area_code__startswith=own.area_code) if len(own.area_code) > 6 else mine)


PERMIT: Final = RecordKind(
    lifecycle=lambda _record: PERMITS,
    address=lambda record: page_of("permit")(record.code),
    step_address=lambda record, step: reverse("projects:permit-step", args=[record.code, step]),
    title=lambda record: f"{record.item_name} {record.project.name}",
    visible=_within(Permit, "project__lead", "organisation"),
)
IDEA: Final = RecordKind(
    lifecycle=lambda _record: IDEAS,
    address=lambda record: page_of("idea")(record.code),
    step_address=lambda record, step: reverse("projects:idea-step", args=[record.code, step]),
    title=lambda record: record.name,
    visible=_within(Idea, "lead"),
)


def _permits_in(*states: str) -> Callable[[User, date], QuerySet[Any]]:
    """Applications in these states that wait for the person's organisation."""

    def find(user: User, on: date) -> QuerySet[Any]:
        areas = area_scope(user, DECIDE, on=on) if user.organisation_id else ()
        found = Permit.objects.select_related("project").filter(organisation=user.organisation_id)
        return found.filter(scopes.within_any(areas, "area_code"), state__in=states)

    return find


KINDS: Final = (
    ("project", PROJECT, page_of("project")),
    ("progress", RETURN, page_of("return")),
    ("permit", PERMIT, page_of("permit")),
    ("idea", IDEA, page_of("idea")),
)
"""Type of subject, kind of record, and the address of its page by code."""
QUEUES: Final = (
    record_queue(RETURN, "projects.returns_reported", _("项目月报待审核"), _to_review, ("review", "send_back")),
    record_queue(RETURN, "projects.returns_sent_back", _("项目月报待更正"), _sent_back, ("report_again",)),
    record_queue(
        PERMIT,
        "projects.permits_applied",
        _("审批申请待受理"),
        _permits_in(PermitState.APPLIED),
        ("accept", "accept_lacking", "decline"),
    ),
    record_queue(
        PERMIT,
        "projects.permits_processing",
        _("审批事项待办结"),
        _permits_in(PermitState.PROCESSING, PermitState.WAITING),
        ("grant", "ask_more", "go_on"),
    ),
)
