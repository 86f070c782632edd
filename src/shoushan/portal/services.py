"""Handing one's work over, with word to whoever takes it on."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from shoushan.directory.models import Deputation, User
from shoushan.directory.services import appoint_deputy, end_deputation
from shoushan.lib.languages import official
from shoushan.notices.services import Message, tell


@transaction.atomic
def hand_over(
    *, principal: User, deputy: User, valid_from: date, valid_to: date, reason: str, on: date, at: datetime
) -> Deputation:
    """Appoint a deputy, and tell them. Raises DirectoryError as `appoint_deputy` does."""
    made = appoint_deputy(
        principal=principal, deputy=deputy, valid_from=valid_from, valid_to=valid_to, reason=reason, on=on, at=at
    )
    words = {"name": principal.display_name, "first": valid_from.isoformat(), "last": valid_to.isoformat()}
    with official():
        title = _("%(name)s委托您自 %(first)s 至 %(last)s 代办") % words
    _tell(made, "made", deputy, title, at)
    return made


@transaction.atomic
def take_back(*, deputation_id: int, principal: User, on: date, at: datetime) -> Deputation:
    """Call a deputation off from today on, and tell the deputy."""
    ended = end_deputation(deputation_id=deputation_id, principal=principal, on=on)
    with official():
        title = _("%(name)s已收回委托") % {"name": principal.display_name}
    _tell(ended, "ended", ended.deputy, title, at)
    return ended


def _tell(deputation: Deputation, occasion: str, user: User, title: str, at: datetime) -> None:
    message = Message(
        key=f"deputation/{deputation.pk}/{occasion}",
        subject=f"deputation:{deputation.pk}",
        title=title,
        detail=deputation.reason,
        address=reverse("portal:workbench"),
    )
    tell(message, at=at, users=[user])
