"""Who is told what of a matter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.directory import selectors as directory
from shoushan.directory.enums import TargetKind
from shoushan.lib.languages import official
from shoushan.lib.texts import shortened
from shoushan.notices.services import Message, tell

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from shoushan.casework.models import Matter
    from shoushan.directory.models import Organisation, User


def matter_address(code: str) -> str:
    """The page of a matter."""
    return reverse("casework:matter-detail", args=[code])


def tell_holder(matter: Matter, title: StrOrPromise, *, at: datetime, occasion: str, is_urgent: bool = False) -> None:
    """Tell the named officer, or the inbox of the organisation that leads."""
    officer, lead = matter.officer, matter.lead
    _tell(
        matter,
        title,
        at=at,
        occasion=occasion,
        users=[officer],
        organisations=[] if officer else [lead],
        is_urgent=is_urgent,
    )


def tell_applicant(matter: Matter, title: StrOrPromise, *, at: datetime, occasion: str) -> None:
    """Tell the person who raised it, where they have an account."""
    _tell(matter, title, at=at, occasion=occasion, users=[matter.raised_by])


def tell_office(
    matter: Matter, office: Organisation | None, title: StrOrPromise, *, at: datetime, occasion: str
) -> None:
    """Tell an organisation's inbox."""
    _tell(matter, title, at=at, occasion=occasion, organisations=[office])


def tell_superiors(matter: Matter, title: StrOrPromise, *, at: datetime, occasion: str) -> None:
    """Tell those above whoever has it: their organisation where a person has it, the one above, the area's leader.

    A matter that lies in an inbox and that nobody took is told to those above just the same.
    """
    lead = matter.lead
    leader = responsible_leader(matter.area_code, on=timezone.localtime(at).date())
    above = lead.parent if lead else None
    _tell(matter, title, at=at, occasion=occasion, users=[leader], organisations=[lead, above], is_urgent=True)


def responsible_leader(area_code: str, *, on: date) -> User | None:
    """The leader who answers for the subdistrict on a day."""
    found = directory.primary_leader(target_kind=TargetKind.AREA, target_code=area_code[:9], on=on)
    return found.leader if found else None


def _tell(
    matter: Matter,
    title: StrOrPromise,
    *,
    at: datetime,
    occasion: str,
    users: Iterable[User | None] = (),
    organisations: Iterable[Organisation | None] = (),
    is_urgent: bool = False,
) -> None:
    with official():
        message = Message(
            key=f"{matter.code}/{occasion}",
            subject=matter.subject,
            title=_("%(title)s：%(name)s") % {"title": title, "name": matter.about_name},
            detail=_("%(code)s %(text)s") % {"code": matter.code, "text": shortened(matter.text, 200)},
            address=matter_address(matter.code),
            is_urgent=is_urgent,
        )
    tell(message, at=at, users=users, organisations=organisations)
