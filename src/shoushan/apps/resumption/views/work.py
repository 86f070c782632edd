"""What waits for people in work resumption."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shoushan.apps.resumption.enums.applications import ApplicationState, ViolationState
from shoushan.apps.resumption.enums.contacts import ClaimState
from shoushan.apps.resumption.enums.filings import FilingState
from shoushan.apps.resumption.enums.policies import Regime
from shoushan.apps.resumption.enums.trips import TripState
from shoushan.apps.resumption.enums.workers import EXPECTED_STATES, WorkerState
from shoushan.apps.resumption.lifecycle import APPLICATIONS, CLAIMS, FILINGS, TRIPS, VIOLATIONS, WORKERS
from shoushan.apps.resumption.lifecycle.applications import ACCEPT, CHECK, DECIDE, FILE, PERMITTED
from shoushan.apps.resumption.models import (
    Application,
    CharterTrip,
    EnterpriseClaim,
    EnterpriseStanding,
    ReturnFiling,
    Violation,
    Worker,
)
from shoushan.apps.resumption.selectors import COMMUNITY, contacts
from shoushan.apps.resumption.selectors.applications import visible_applications
from shoushan.apps.resumption.selectors.contacts import CONFIRM
from shoushan.apps.resumption.selectors.filings import visible_filings
from shoushan.apps.resumption.selectors.workers import visible_workers
from shoushan.directory import scopes
from shoushan.directory.access import area_scope, visible
from shoushan.directory.models import User
from shoushan.lifecycle.declarations import Lifecycle
from shoushan.lifecycle.queues import record_queue
from shoushan.lifecycle.record_kinds import RecordKind
from shoushan.ui.subjects import among

Find = Callable[[User, date], QuerySet[Any]]


def _kind(
    lifecycle: Lifecycle, noun: str, title: Callable[[Any], str], seen: Find, together: tuple[str, ...]
) -> RecordKind:
    return RecordKind(
        lifecycle=lambda _record: lifecycle,
        address=lambda record: page_of(noun)(record.code),
        step_address=lambda record, step: _step_address(noun, record.code, step),
        title=title,
        visible=seen,
        together=together,
    )


def _step_address(noun: str, code: str, step: str) -> str:
    if step == "record_check":  # has a page of its own with the check list
        return reverse("resumption:application-check", args=[code])
    return reverse(f"resumption:{noun}-step", args=[code, step])


def page_of(noun: str) -> Callable[[str], str]:
    """The address of a record's page by its code."""
    return lambda code: reverse(f"resumption:{noun}-detail", args=[code])


def _of_enterprise(record: Any) -> str:
    return str(record.enterprise.name)


def _of_area(model: Any, permission: str, *related: str) -> Find:
    """Records of a kind that a person may see in the areas in which they hold the permission."""

    def seen(user: User, on: date) -> QuerySet[Any]:
        return visible(model.objects.select_related(*related), user=user, permission=permission, on=on)

    return seen


APPLICATION: Final = _kind(
    APPLICATIONS,
    "application",
    _of_enterprise,
    lambda user, on: visible_applications(user, on=on),
    ("accept", "return_incomplete", "pass_check", "approve", "register_filing", "refuse", "confirm_start"),
)
CLAIM: Final = _kind(
    CLAIMS,
    "contact",
    lambda each: f"{each.enterprise.name} {each.user.display_name}",
    lambda user, on: contacts.visible_claims(user, on=on),
    ("confirm", "refuse"),
)
FILING: Final = _kind(
    FILINGS,
    "filing",
    lambda each: f"{each.enterprise.name} {each.as_of:%Y-%m-%d}",
    lambda user, on: visible_filings(user, "resumption.view_ledger", on=on),
    ("approve", "accept", "send_back"),
)
VIOLATION: Final = _kind(
    VIOLATIONS,
    "violation",
    lambda each: str(each.permit.application.enterprise.name),
    _of_area(Violation, CHECK, "permit__application__enterprise"),
    (),
)
WORKER: Final = _kind(
    WORKERS,
    "worker",
    lambda each: str(each.enterprise.name),
    lambda user, on: visible_workers(user, on=on),
    ("set_out", "settle", "clear", "start_work", "leave"),
)
TRIP: Final = _kind(
    TRIPS,
    "trip",
    lambda each: f"{each.origin} {each.depart_at:%Y-%m-%d}",
    _of_area(CharterTrip, "resumption.plan_trips"),
    ("depart", "arrive", "cancel"),
)


def _enterprises(user: User, on: date) -> QuerySet[Any]:
    """Enterprises whose page a person may open."""
    return visible(
        EnterpriseStanding.objects.all(),
        user=user,
        permission="resumption.view_ledger",
        on=on,
        community_field=COMMUNITY,
    )


def _within(model: Any, permission: str, wanted: Q, *related: str) -> Find:
    """Records of a kind in the areas in which the person holds the permission."""

    def find(user: User, on: date) -> QuerySet[Any]:
        areas = area_scope(user, permission, on=on)
        found: QuerySet[Any] = model.objects.filter(scopes.within_any(areas, "area_code"), wanted)
        return found.select_related(*related) if related else found

    return find


def _applications(permission: str, wanted: Q) -> Find:
    return _within(Application, permission, wanted, "enterprise")


def _workers_due(user: User, on: date) -> QuerySet[Any]:
    """Who should have arrived, whose observation is over, who was found abnormal."""
    wanted = (
        Q(state__in=EXPECTED_STATES, planned_on__lte=on)
        | Q(state=WorkerState.OBSERVED, observe_to__lte=on)
        | Q(state=WorkerState.ABNORMAL)
    )
    return _within(Worker, "resumption.manage_workers", wanted, "enterprise")(user, on)


KINDS: Final = (
    ("application", APPLICATION, page_of("application")),
    ("filing", FILING, page_of("filing")),
    ("violation", VIOLATION, page_of("violation")),
    ("claim", CLAIM, page_of("contact")),
    ("worker", WORKER, page_of("worker")),
    ("trip", TRIP, page_of("trip")),
)
"""Type of subject, kind of record, and the address of its page by code."""
ENTERPRISE: Final = ("enterprise", page_of("enterprise"), among(_enterprises, "enterprise__code"))
"""Enterprises have a page but no lifecycle."""

S = ApplicationState
QUEUES: Final = (
    record_queue(
        APPLICATION,
        "resumption.applications_submitted",
        _("复工申请待受理"),
        _applications(ACCEPT, Q(state=S.SUBMITTED)),
        ("accept", "return_incomplete"),
    ),
    record_queue(
        APPLICATION,
        "resumption.applications_accepted",
        _("复工申请待核验"),
        _applications(CHECK, Q(state=S.ACCEPTED)),
        ("record_check", "pass_check", "order_rectification"),
    ),
    record_queue(
        APPLICATION,
        "resumption.applications_checked",
        _("复工申请待批复"),
        _applications(DECIDE, Q(state=S.CHECKED, regime=Regime.APPROVAL)),
        ("approve", "refuse"),
    ),
    record_queue(
        APPLICATION,
        "resumption.applications_to_file",
        _("复工申请待备案"),
        _applications(FILE, Q(state=S.CHECKED, regime=Regime.FILING)),
        ("register_filing",),
    ),
    record_queue(
        APPLICATION,
        "resumption.starts_declared",
        _("复工首日待确认"),
        _applications(ACCEPT, Q(state__in=PERMITTED, declared_on__isnull=False)),
        ("confirm_start",),
    ),
    record_queue(
        FILING,
        "resumption.filings_filed",
        _("企业日报待审核"),
        _within(ReturnFiling, "resumption.approve_return", Q(state=FilingState.FILED), "enterprise"),
        ("approve", "send_back"),
    ),
    record_queue(
        FILING,
        "resumption.filings_approved",
        _("企业日报待验收"),
        _within(ReturnFiling, "resumption.accept_return", Q(state=FilingState.APPROVED), "enterprise"),
        ("accept", "reopen"),
    ),
    record_queue(
        VIOLATION,
        "resumption.violations_reported",
        _("违规举报待查实"),
        _within(Violation, CHECK, Q(state=ViolationState.RECEIVED), "permit__application__enterprise"),
        ("found_true", "found_untrue"),
    ),
    record_queue(
        CLAIM,
        "resumption.claims_made",
        _("联络人待确认"),
        _within(EnterpriseClaim, CONFIRM, Q(state=ClaimState.CLAIMED), "enterprise", "user"),
        ("confirm", "refuse"),
    ),
    record_queue(
        WORKER,
        "resumption.workers_due",
        _("返岗人员到期事项"),
        _workers_due,
        ("arrive", "clear", "observe_again", "rule_out"),
    ),
    record_queue(
        TRIP,
        "resumption.trips_planned",
        _("返岗包车待确认"),
        _within(CharterTrip, "resumption.plan_trips", Q(state=TripState.PLANNED)),
        ("confirm",),
    ),
)
