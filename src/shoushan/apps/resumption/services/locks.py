"""Closing a subdistrict's day, and the exceptions to it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shoushan.apps.resumption.enums.filings import FilingState
from shoushan.apps.resumption.lifecycle.filings import ACCEPT_RETURN
from shoushan.apps.resumption.models import EnterpriseStanding, LockException, ReturnFiling, ReturnLock
from shoushan.apps.resumption.selectors.locks import lock_of
from shoushan.directory.access import check_permission
from shoushan.lib import texts
from shoushan.lifecycle.errors import GuardError, MissingError

if TYPE_CHECKING:
    from shoushan.directory.models import User


@transaction.atomic
def lock_day(*, as_of: date, area: str, actor: User, at: datetime) -> ReturnLock:
    """Nothing of the day is changed any more without an exception. The same once more changes nothing.

    Raises NotAllowedError; GuardError while returns of the day wait to be accepted, or before the day is over.
    """
    on = timezone.localtime(at).date()
    check_permission(actor, ACCEPT_RETURN, on=on, area=area)
    if as_of > on:
        raise GuardError(_("%(day)s 还没有到，不能锁定。") % {"day": as_of.isoformat()})
    waiting = ReturnFiling.objects.filter(as_of=as_of, area_code=area).exclude(state=FilingState.ACCEPTED).count()
    if waiting:
        sentence = ngettext(
            "还有 %(n)d 件日报没有验收，验收后再锁定。", "还有 %(n)d 件日报没有验收，验收后再锁定。", waiting
        )
        raise GuardError(sentence % {"n": waiting})
    lock, _is_new = ReturnLock.objects.get_or_create(
        as_of=as_of, area_code=area, defaults={"locked_by": actor, "locked_at": at}
    )
    return lock


@transaction.atomic
def except_from_lock(*, as_of: date, area: str, text: str, reason: str, actor: User, at: datetime) -> LockException:
    """Let one enterprise's return of a locked day be changed once; `text` is its full name or its credit code.

    Raises NotAllowedError, MissingError or GuardError.
    """
    key = texts.match_key(text)
    named = Q(enterprise__uscc=key) | Q(enterprise__name_key=key) | Q(enterprise__code=text.strip())
    found = list(EnterpriseStanding.objects.select_related("enterprise").filter(named, area_code=area)[:2])
    if len(found) != 1:
        raise GuardError(
            _("该街道没有“%(text)s”这家企业，或有多家同名，请填写统一社会信用代码。") % {"text": text.strip()}
        )
    standing = found[0]
    check_permission(actor, ACCEPT_RETURN, on=timezone.localtime(at).date(), area=standing.area_code)
    if not reason.strip():
        raise MissingError({"reason": _("请写明例外的理由。")})
    lock = lock_of(as_of, standing.area_code)
    if lock is None:
        raise GuardError(_("%(day)s 没有锁定，可以直接更正。") % {"day": as_of.isoformat()})
    made, _is_new = LockException.objects.get_or_create(
        lock=lock,
        enterprise=standing.enterprise,
        used_at=None,
        defaults={"reason": reason.strip()[:500], "granted_by": actor, "granted_at": at},
    )
    return made


def use_exceptions(enterprise_ids: Iterable[int], *, as_of: date, at: datetime) -> None:
    """These returns were changed: their exceptions are used up. Within the caller's transaction."""
    open_ones = LockException.objects.filter(lock__as_of=as_of, used_at=None, enterprise_id__in=list(enterprise_ids))
    open_ones.update(used_at=at)
