"""Handing one's work over, with word to whoever takes it on; keeping lists under a name."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.directory.access import check_permission
from shoushan.directory.models import Deputation, User
from shoushan.directory.services import appoint_deputy, end_deputation
from shoushan.lib.languages import official
from shoushan.notices.services import Message, tell
from shoushan.portal.errors import ViewError
from shoushan.portal.models import SavedView
from shoushan.portal.saved_views import SHARE, kept_query


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


MOST_VIEWS: Final = 20


@transaction.atomic
def save_view(*, page: str, name: str, query: str, role: str = "", actor: User, at: datetime) -> SavedView:
    """Keep a list's address under a name, for the actor or for a role; the same name again takes the new one.

    Raises ViewError without a name, for an address that is too long, or when there are too many.
    """
    name, query = " ".join(name.split()), kept_query(query)
    if not name or len(name) > 30:
        raise ViewError(_("请给视图起一个30字以内的名称。"))
    if len(query) > 1000:
        raise ViewError(_("筛选条件太多，保存不下，请减少一些。"))
    if role:
        check_permission(actor, SHARE, on=timezone.localtime(at).date())
    owner = {"user": None, "role": role} if role else {"user": actor, "role": ""}
    kept = SavedView.objects.filter(**owner, page=page)
    if kept.exclude(name=name).count() >= MOST_VIEWS:
        raise ViewError(_("这个列表最多保存%(most)d个视图，请先删去不用的。") % {"most": MOST_VIEWS})
    made, _is_new = SavedView.objects.update_or_create(
        **owner, page=page, name=name, defaults={"query": query, "made_by": actor, "made_at": at}
    )
    return made


@transaction.atomic
def drop_view(*, view: SavedView, actor: User, on: date) -> None:
    """Remove a view: one's own, or one of a role where one may share."""
    if view.user_id != actor.pk:
        check_permission(actor, SHARE, on=on)
    view.delete()
