"""Administration by three separate officers: the system administrator opens accounts and closes them, the security
administrator gives roles and ends them, the auditor reads what both did. Every act is kept.
"""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.directory import services
from shoushan.directory.access import check_permission
from shoushan.directory.enums import AdministrativeAct, Role, TargetKind
from shoushan.directory.errors import DirectoryError
from shoushan.directory.models import AdministrativeEntry, Organisation, Responsibility, RoleGrant, User

MANAGE: Final = "directory.manage_user"
GRANT: Final = "directory.grant_role"
ASSIGN: Final = "directory.assign_responsibility"
EASY_TO_READ: Final = "23456789abcdefghjkmnpqrstuvwxyz"
"""Marks of a first password that nobody mistakes for another."""


def keep_act(act: AdministrativeAct, *, actor: User, user: User | None = None, at: datetime, **details: Any) -> None:
    """Write an act of administration down; other packages keep theirs in the same record."""
    AdministrativeEntry.objects.create(act=act, actor=actor, user=user, details=details, done_at=at)


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()


def _area_of(user: User | None, organisation: Organisation | None = None) -> str:
    """Where an account belongs: its organisation's area, the district for one without."""
    unit = organisation or (user.organisation if user else None)
    return unit.area_code if unit else str(settings.DISTRICT_CODE)


def _check_account(actor: User, user: User, permission: str, at: datetime) -> None:
    check_permission(actor, permission, on=_day(at), area=_area_of(user))
    if user.pk == actor.pk:
        raise DirectoryError(_("不能办理自己的账号，请由另一位管理员办理。"))


def first_password() -> str:
    """A password to begin with, shown once and told to the person: three groups of five marks."""
    return "-".join("".join(secrets.choice(EASY_TO_READ) for _mark in range(5)) for _group in range(3))


# ---- the system administrator ---------------------------------------------------------------------------
@transaction.atomic
def open_account(
    *, username: str, display_name: str, organisation: Organisation | None, actor: User, at: datetime
) -> tuple[User, str]:
    """A new account and its first password. Raises NotAllowedError, DirectoryError."""
    check_permission(actor, MANAGE, on=_day(at), area=_area_of(None, organisation))
    password = first_password()
    user = services.create_user(
        username=username, password=password, display_name=display_name, organisation=organisation, at=at
    )
    unit = organisation.code if organisation else ""
    keep_act(AdministrativeAct.ACCOUNT_OPENED, actor=actor, user=user, at=at, name=user.display_name, organisation=unit)
    return user, password


@transaction.atomic
def change_account(
    *, user: User, display_name: str, organisation: Organisation | None, actor: User, at: datetime
) -> None:
    """Another name or organisation; both the old and the new one are within the administrator's scope."""
    _check_account(actor, user, MANAGE, at)
    check_permission(actor, MANAGE, on=_day(at), area=_area_of(None, organisation))
    if not display_name.strip():
        raise DirectoryError(_("请填写姓名。"))
    user.display_name, user.organisation = display_name.strip(), organisation
    user.save(update_fields=["display_name", "organisation"])
    unit = organisation.code if organisation else ""
    keep_act(
        AdministrativeAct.ACCOUNT_CHANGED, actor=actor, user=user, at=at, name=user.display_name, organisation=unit
    )


@transaction.atomic
def reset_password(*, user: User, actor: User, at: datetime) -> str:
    """Another first password; the account's sessions end."""
    _check_account(actor, user, MANAGE, at)
    password = first_password()
    services.set_password(user=user, password=password)
    keep_act(AdministrativeAct.PASSWORD_RESET, actor=actor, user=user, at=at)
    return password


@transaction.atomic
def set_active(*, user: User, is_active: bool, actor: User, at: datetime) -> None:
    """Close an account when the person leaves, or open it again; what they did stays under their name."""
    _check_account(actor, user, MANAGE, at)
    if user.is_active == is_active:
        return
    user.is_active = is_active
    user.save(update_fields=["is_active"])
    act = AdministrativeAct.ACCOUNT_REOPENED if is_active else AdministrativeAct.ACCOUNT_CLOSED
    keep_act(act, actor=actor, user=user, at=at)


@transaction.atomic
def change_own_password(*, user: User, old: str, new: str, at: datetime) -> None:
    """A person's own new password; who is signed in elsewhere with the old one is signed out."""
    if not user.check_password(old):
        raise ValidationError({"old": _("原密码不正确，请重新输入。")})
    services.set_password(user=user, password=new)
    keep_act(AdministrativeAct.OWN_PASSWORD_CHANGED, actor=user, user=user, at=at)


# ---- the security administrator -------------------------------------------------------------------------
@transaction.atomic
def give_role(
    *, user: User, role: Role, area_code: str, valid_from: date, valid_to: date | None, actor: User, at: datetime
) -> RoleGrant:
    """A role within an area that lies within the administrator's own. Nobody gives a role to themselves."""
    _check_account(actor, user, GRANT, at)
    check_permission(actor, GRANT, on=_day(at), area=area_code or _area_of(user))
    grant = services.grant_role(user=user, role=role, area_code=area_code, valid_from=valid_from, valid_to=valid_to)
    words = {"role": grant.role, "area": grant.area_code, "since": valid_from.isoformat()}
    keep_act(AdministrativeAct.ROLE_GRANTED, actor=actor, user=user, at=at, **words)
    return grant


@transaction.atomic
def end_role(*, grant: RoleGrant, last_day: date, actor: User, at: datetime) -> None:
    """The last day of a role."""
    _check_account(actor, grant.user, GRANT, at)
    check_permission(actor, GRANT, on=_day(at), area=grant.area_code)
    services.revoke_role(grant=grant, last_day=last_day)
    words = {"role": grant.role, "area": grant.area_code, "until": last_day.isoformat()}
    keep_act(AdministrativeAct.ROLE_ENDED, actor=actor, user=grant.user, at=at, **words)


# ---- the office: who answers for what ---------------------------------------------------------------------
@transaction.atomic
def make_responsible(
    *, leader: User, target_kind: TargetKind, target_code: str, valid_from: date, duties: str, actor: User, at: datetime
) -> Responsibility:
    """A leader answers for an area from a day on; the one before answers until the day before (包挂)."""
    check_permission(actor, ASSIGN, on=_day(at), area=settings.DISTRICT_CODE)
    made = services.assign_responsibility(
        leader=leader, target_kind=target_kind, target_code=target_code, valid_from=valid_from, duties=duties.strip()
    )
    words = {"kind": target_kind, "code": target_code, "since": valid_from.isoformat()}
    keep_act(AdministrativeAct.RESPONSIBILITY_GIVEN, actor=actor, user=leader, at=at, **words)
    return made


@transaction.atomic
def end_responsible(*, responsibility: Responsibility, last_day: date, actor: User, at: datetime) -> None:
    """The last day on which a leader answers for a target."""
    check_permission(actor, ASSIGN, on=_day(at), area=settings.DISTRICT_CODE)
    services.end_responsibility(responsibility=responsibility, last_day=last_day)
    words = {
        "kind": responsibility.target_kind, "code": responsibility.target_code, "until": last_day.isoformat(),
    }  # fmt: skip
    keep_act(AdministrativeAct.RESPONSIBILITY_ENDED, actor=actor, user=responsibility.leader, at=at, **words)
