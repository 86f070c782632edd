"""Nouns of matters: which a person may see, what waits for whom, the parts and orders of one, the public copies."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from shoushan.casework.enums import OPEN, AssignmentState, MatterState, SupervisionState
from shoushan.casework.kinds import all_kinds
from shoushan.casework.lifecycle.access import HANDLE, RULE, VIEW_AREA
from shoushan.casework.models import Assignment, Matter, PublicCopy, Supervision
from shoushan.directory import scopes
from shoushan.directory.access import area_scope, has_permission
from shoushan.directory.models import Organisation

if TYPE_CHECKING:
    from shoushan.directory.models import User

MINE, OPEN_ONES, LATE_ONES, ALL = "mine", "open", "late", "all"


def visible_matters(user: User, *, on: date) -> QuerySet[Matter]:
    """Those of the areas in the person's scope, those that their organisation leads or assists, and their own."""
    wanted = scopes.within_any(area_scope(user, VIEW_AREA, on=on), "area_code") | Q(raised_by=user)
    wanted |= Q(officer__in=user.acting_ids(on=on))
    if user.organisation_id and has_permission(user, HANDLE, on=on):
        parts = Assignment.objects.filter(matter=OuterRef("pk"), organisation_id=user.organisation_id)
        wanted |= Q(lead_id=user.organisation_id) | Q(Exists(parts))
    for kind in all_kinds():
        if has_permission(user, kind.apply_permission, on=on):
            wanted |= Q(kind=kind.code, about__in=list(kind.applicant_of(user)))
    return Matter.objects.filter(wanted).select_related("lead", "officer")


class Wait(StrEnum):
    """Why a matter waits for somebody."""

    DISPATCH = "DISPATCH"
    SIGN = "SIGN"
    WORK = "WORK"
    ASSIST = "ASSIST"
    RULE = "RULE"
    EXTEND = "EXTEND"
    CALL_BACK = "CALL_BACK"


def waiting_for(user: User, *, on: date) -> Q:
    """The condition that a matter waits for this person, for whichever reason."""
    wanted = Q(pk__in=())
    for wait in Wait:
        wanted |= waiting(wait, user, on=on)
    return wanted


def waiting(wait: Wait, user: User, *, on: date) -> Q:
    """The condition that a matter waits for this person for one reason."""
    nothing = Q(pk__in=())
    if wait == Wait.DISPATCH:
        return Q(state=MatterState.RAISED) & _within(user, "casework.dispatch_matter", on)
    if wait == Wait.CALL_BACK:
        answered = Q(state=MatterState.ANSWERED) & ~Q(answered_by__in=user.acting_ids(on=on))
        return answered & _within(user, "casework.call_back_matter", on)
    if wait in {Wait.RULE, Wait.EXTEND}:
        asked = Q(state=MatterState.RULING) if wait == Wait.RULE else Q(extension_days__isnull=False)
        return asked if has_permission(user, RULE, on=on) else nothing
    is_staff = user.organisation_id is not None and has_permission(user, HANDLE, on=on)
    if wait == Wait.ASSIST:
        return Q(Exists(_parts_of_office(user).filter(matter=OuterRef("pk")))) if is_staff else nothing
    if wait == Wait.WORK:
        return Q(officer__in=user.acting_ids(on=on), state__in=[MatterState.WORKING, MatterState.WAITING])
    inbox = Q(lead_id=user.organisation_id, officer=None) if is_staff else nothing
    return Q(state=MatterState.DISPATCHED) & (Q(officer__in=user.acting_ids(on=on)) | inbox)


def _parts_of_office(user: User) -> QuerySet[Assignment]:
    states = [AssignmentState.ASSIGNED, AssignmentState.SIGNED]
    return Assignment.objects.filter(organisation=user.organisation_id, state__in=states)


def open_parts(user: User, *, on: date) -> QuerySet[Assignment]:
    """The parts that wait for the person's organisation."""
    if user.organisation_id is None or not has_permission(user, HANDLE, on=on):
        return Assignment.objects.none()
    return _parts_of_office(user).select_related("matter", "organisation")


def _within(user: User, permission: str, on: date) -> Q:
    return scopes.within_any(area_scope(user, permission, on=on), "area_code")


def matter_rows(
    found: QuerySet[Matter],
    *,
    user: User,
    on: date,
    show: str = MINE,
    kind: str = "",
    state: str = "",
    category: str = "",
    area: str = "",
    lead: str = "",
    q: str = "",
) -> QuerySet[Matter]:
    """A list's matters, the newest first, as its filters say."""
    if show == MINE:
        found = found.filter(waiting_for(user, on=on))
    elif show == OPEN_ONES:
        found = found.filter(state__in=OPEN)
    elif show == LATE_ONES:
        found = found.filter(state__in=OPEN, is_late=True)
    exact = {"kind": kind, "state": state, "category": category, "lead__code": lead}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if area:
        found = found.filter(scopes.within("area_code", area))
    if q:
        found = found.filter(Q(code__icontains=q) | Q(about_name__icontains=q) | Q(text__icontains=q))
    return found.order_by("-raised_at", "-pk")


def parts_of(matter: Matter) -> QuerySet[Assignment]:
    """The parts of assisting organisations, in the order in which they were given."""
    return matter.assignments.select_related("organisation", "matter").order_by("pk")


def orders_on(matter: Matter) -> QuerySet[Supervision]:
    """The supervision orders on a matter."""
    return matter.supervisions.select_related("organisation", "matter").order_by("pk")


def open_orders(user: User, *, on: date) -> QuerySet[Supervision]:
    """The supervision orders that wait for the person's organisation, or whose feedback waits for them."""
    wanted = Q(pk__in=())
    if user.organisation_id and has_permission(user, HANDLE, on=on):
        wanted |= Q(organisation_id=user.organisation_id, state=SupervisionState.ISSUED)
    wanted |= Q(state=SupervisionState.ANSWERED) & _within(user, "casework.supervise_matter", on)
    return Supervision.objects.filter(wanted).select_related("matter", "organisation").order_by("pk")


def current_copies() -> QuerySet[PublicCopy]:
    """The newest copy of each matter that is public, newest first."""
    newer = PublicCopy.objects.filter(matter=OuterRef("matter"), pk__gt=OuterRef("pk"))
    found = PublicCopy.objects.filter(~Exists(newer), withdrawn_at=None)
    return found.select_related("matter").order_by("-published_at", "-pk")


def copy_of(matter: Matter) -> PublicCopy | None:
    """The public copy of a matter, where it has one."""
    return current_copies().filter(matter=matter).first()


def names_of_organisations() -> dict[str, str]:
    """Organisations by code, as figures by organisation are broken down; also those that are no more."""
    return {each.code: str(each) for each in Organisation.objects.order_by("sort_no", "code")}


def names_of_matters(codes: Collection[str]) -> dict[str, str]:
    """What matters are about, by number, for the members of a figure."""
    found: QuerySet[Any, Any] = Matter.objects.filter(code__in=codes).values_list("code", "about_name")
    return {code: f"{code} {name}" for code, name in found}
