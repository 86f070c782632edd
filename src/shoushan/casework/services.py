"""Raising a matter, and releasing a public copy of it; every other step goes through `lifecycle.services.advance`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.casework.enums import Level, MatterState
from shoushan.casework.kinds import MatterKind, kind_of
from shoushan.casework.lifecycle.access import PUBLISH, RAISE
from shoushan.casework.models import Matter, PublicCopy
from shoushan.casework.routing import office_of, route_of
from shoushan.casework.selectors import copy_of
from shoushan.casework.tidings import tell_office
from shoushan.directory.access import check_permission
from shoushan.lifecycle.declarations import Lifecycle, lifecycle_of
from shoushan.lifecycle.errors import GuardError, MissingError
from shoushan.lifecycle.numbering import next_code
from shoushan.lifecycle.services import advance, begin

if TYPE_CHECKING:
    from shoushan.directory.models import User

LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is raised: what it is about (typed code and name), where, of which category, in which words."""

    about: str
    about_name: str
    area_code: str
    category: str
    text: str
    source: str
    industry_code: str = ""


def lifecycle_of_matter(matter: Matter) -> Lifecycle:
    """The lifecycle of a matter's kind."""
    found = lifecycle_of(matter.kind)
    if found is None:
        raise LookupError(matter.kind)
    return found


@transaction.atomic
def raise_matter(kind: MatterKind, complaint: Complaint, *, at: datetime, actor: User | None) -> Matter:
    """A new matter with its number and clocks; sent on at once where the rule says so, else the office is told.

    Those who speak for what it is about raise it for themselves, everybody else needs the permission in the area.
    Raises NotAllowedError, MissingError or GuardError; then nothing is there.
    """
    on = timezone.localtime(at).date()
    if actor is not None:
        _check_may_raise(kind, complaint, actor, at)
    _check(kind, complaint)
    matter = Matter(
        code=next_code(kind.prefix, on=on),
        kind=kind.code,
        area_code=complaint.area_code,
        source=complaint.source,
        about=complaint.about,
        about_name=complaint.about_name,
        industry_code=complaint.industry_code,
        category=complaint.category,
        text=complaint.text.strip(),
        raised_at=at,
        raised_by=actor,
    )
    route = route_of(matter, on=on)
    matter.level = route.level
    lifecycle = lifecycle_of_matter(matter)
    begin(lifecycle, matter, on=on, at=at, actor=actor)
    if route.lead is not None and route.is_direct:
        sent: Matter = advance(lifecycle, matter.pk, "route", actor=None, at=at, on=on)
        return sent
    office = (
        office_of(matter.area_code, on=on) if route.level == Level.STREET or route.lead is None else route.lead.parent
    )
    tell_office(matter, office, _("有新的诉求待分派"), at=at, occasion="raised")
    return matter


def _check_may_raise(kind: MatterKind, complaint: Complaint, actor: User, at: datetime) -> None:
    on = timezone.localtime(at).date()
    if complaint.about not in kind.applicant_of(actor):
        check_permission(actor, RAISE, on=on, area=complaint.area_code)
        return
    check_permission(actor, kind.apply_permission, on=on)


def _check(kind: MatterKind, complaint: Complaint) -> None:
    problems: dict[str, str] = {}
    if complaint.category not in {each.code for each in kind.categories}:
        problems["category"] = _("请从列表中选择问题类别。")
    text = complaint.text.strip()
    if not text:
        problems["text"] = _("请写明具体问题。")
    elif len(text) > LONGEST:
        words = {"most": LONGEST, "length": len(text)}
        problems["text"] = _("具体问题最多 %(most)d 字，现在有 %(length)d 字，请精简。") % words
    if problems:
        raise MissingError(problems)


@transaction.atomic
def publish_copy(*, matter: Matter, title: str, text: str, answer: str, at: datetime, actor: User) -> PublicCopy:
    """What the public reads of a matter that was answered; a new copy takes the place of the last one.

    The words are the publisher's: names of people and enterprises don't belong in there. Raises GuardError, MissingError.
    """
    check_permission(actor, PUBLISH, on=timezone.localtime(at).date(), area=settings.DISTRICT_CODE)
    if matter.state not in {MatterState.CLOSED, MatterState.ARCHIVED}:
        raise GuardError(_("%(code)s还没有办结，办结后才能公开。") % {"code": matter.code})
    words = {"title": title.strip(), "text": text.strip(), "answer": answer.strip()}
    missing = {name: _("请填写公开的内容。") for name, value in words.items() if not value}
    named = {
        name: _("公开的内容里写有“%(name)s”，请删去后再公开。") % {"name": withheld}
        for name, value in words.items()
        for withheld in kind_of(matter.kind).withheld_names(matter)
        if withheld and withheld in value
    }
    if problems := missing | named:
        raise MissingError(problems)
    return PublicCopy.objects.create(
        matter=matter,
        **words,
        seen_text=matter.text,
        seen_answer=matter.answer,
        seen_state=matter.state,
        published_at=at,
        published_by=actor,
    )


@transaction.atomic
def withdraw_copy(*, matter: Matter, at: datetime, actor: User) -> None:
    """The public reads it no more; the copy itself is kept."""
    check_permission(actor, PUBLISH, on=timezone.localtime(at).date(), area=settings.DISTRICT_CODE)
    copy = copy_of(matter)
    if copy is None:
        raise GuardError(_("%(code)s没有公开，不需要撤下。") % {"code": matter.code})
    PublicCopy.objects.filter(matter=matter, withdrawn_at=None).update(withdrawn_at=at)
