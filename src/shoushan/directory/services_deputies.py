"""Handing over to a deputy, and taking it back (委托代办)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from shoushan.directory.enums import NOT_HANDED_OVER
from shoushan.directory.errors import DirectoryError
from shoushan.directory.models import Deputation, User
from shoushan.directory.selectors import deputies_for

LONGEST: Final = 90
"""Days. Longer is not standing in for somebody but another appointment, which an administrator makes."""


@transaction.atomic
def appoint_deputy(
    *, principal: User, deputy: User, valid_from: date, valid_to: date, reason: str, on: date, at: datetime
) -> Deputation:
    """The deputy acts for the principal from a day to a day.

    Raises DirectoryError for a span that has begun, is empty or too long, a deputy who may not be one, or when either has
    handed over in these days already.
    """
    _check_days(valid_from, valid_to, on)
    list(User.objects.select_for_update().filter(pk__in=[principal.pk, deputy.pk]).order_by("pk"))
    if not deputies_for(principal, on=on).filter(pk=deputy.pk).exists():
        raise DirectoryError(_("“%(name)s”不能作您的代办人，请从本单位同事中选择。") % {"name": deputy.display_name})
    if not any(each.principal_id is None and each.role not in NOT_HANDED_OVER for each in principal.grants):
        raise DirectoryError(_("您没有可以委托的业务角色。"))
    for person in (principal, deputy):
        if other := _handed_over(person, valid_from, valid_to):
            words = {"name": person.display_name, "other": other.deputy.display_name}
            raise DirectoryError(_("“%(name)s”在这段时间已委托“%(other)s”代办，请先收回或另选日期。") % words)
    deputy.__dict__.pop("grants", None)
    return Deputation.objects.create(
        principal=principal, deputy=deputy, valid_from=valid_from, valid_to=valid_to, reason=reason.strip(), made_at=at
    )


def _check_days(valid_from: date, valid_to: date, on: date) -> None:
    if valid_from < on:
        raise DirectoryError(_("开始日期不能早于今天。"))
    if valid_to < valid_from:
        raise DirectoryError(_("最后一日不能早于开始日期。"))
    if (valid_to - valid_from).days >= LONGEST:
        raise DirectoryError(_("一次委托最长%(days)d天；更长的请由管理员调整角色。") % {"days": LONGEST})


def _handed_over(person: User, valid_from: date, valid_to: date) -> Deputation | None:
    rows = Deputation.objects.filter(principal=person).overlapping(valid_from, valid_to).select_related("deputy")
    return next((each for each in rows if each.last_day >= valid_from), None)


@transaction.atomic
def end_deputation(*, deputation_id: int, principal: User, on: date) -> Deputation:
    """Take it back from today on; one's own only."""
    found = Deputation.objects.select_for_update().filter(pk=deputation_id, principal=principal).first()
    if found is None or found.last_day < on:
        raise DirectoryError(_("这项委托已经结束，不需要收回。"))
    found.ended_on = on
    found.save(update_fields=["ended_on"])
    return found
