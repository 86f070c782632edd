"""Changes to people: accounts, roles, posts, responsibilities."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shoushan.directory.enums import ADMINISTRATORS, TERRITORIAL_ROLES, Role, TargetKind
from shoushan.directory.errors import DirectoryError
from shoushan.directory.models import Area, Organisation, Post, PostAssignment, Responsibility, RoleGrant, User
from shoushan.directory.services_areas import (
    add_alias,
    close_area,
    create_area,
    load_reference_district,
    move_organisation,
    succeed_areas,
)
from shoushan.directory.services_deputies import appoint_deputy, end_deputation

__all__ = [
    "DirectoryError",
    "add_alias",
    "appoint_deputy",
    "assign_post",
    "assign_responsibility",
    "choose_language",
    "close_area",
    "create_area",
    "create_user",
    "deactivate_user",
    "end_assignment",
    "end_deputation",
    "end_responsibility",
    "grant_role",
    "load_reference_district",
    "move_organisation",
    "revoke_role",
    "set_password",
    "succeed_areas",
]


# ---- accounts -----------------------------------------------------------------------------------
@transaction.atomic
def create_user(
    *, username: str, password: str, display_name: str, organisation: Organisation | None = None, at: datetime
) -> User:
    """Open an account; it may do nothing until a role is granted."""
    name = User.objects.normalise(username)
    if not name or not display_name.strip():
        raise DirectoryError(_("用户名和姓名都要填写。"))
    if User.objects.filter(username=name).exists():
        raise DirectoryError(_("用户名“%(name)s”已经有人使用，请换一个用户名。") % {"name": name})
    draft = User(username=name, display_name=display_name.strip(), organisation=organisation, created_at=at)
    _check_password(password, draft)
    return User.objects.create_user(
        name, password, display_name=draft.display_name, organisation=organisation, created_at=at
    )


@transaction.atomic
def set_password(*, user: User, password: str) -> None:
    """Give an account a new password; its sessions end, because they are bound to the old one."""
    _check_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])


@transaction.atomic
def choose_language(*, user: User, language: str) -> None:
    """Keep the language that the user chose, for the next browser that they sign in with."""
    user.language = language
    user.save(update_fields=["language"])


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise DirectoryError(_("密码不符合要求：%(reasons)s") % {"reasons": " ".join(error.messages)}) from error


@transaction.atomic
def deactivate_user(*, user: User) -> None:
    """Close an account when the person leaves; what they did stays under their name."""
    User.objects.filter(pk=user.pk).update(is_active=False)
    user.is_active = False


# ---- roles --------------------------------------------------------------------------------------
@transaction.atomic
def grant_role(
    *,
    user: User,
    role: Role,
    area_code: str = "",
    organisation: Organisation | None = None,
    valid_from: date,
    valid_to: date | None = None,
) -> RoleGrant:
    """Grant a role within an area.

    Without an area it is the organisation's, else that of the user's own organisation; roles that are not bound to
    a part of the district fall back to the whole district. The same grant again changes nothing.
    """
    _check_span(valid_from, valid_to)
    User.objects.select_for_update().get(pk=user.pk)
    area = area_code or _usual_area(user, role, organisation)
    if not Area.objects.filter(code=area).exists():
        raise DirectoryError(_("没有代码为“%(code)s”的辖区，请先建立辖区或改用已有的辖区代码。") % {"code": area})
    _check_duties_stay_separate(user, role, valid_from, valid_to)
    same = RoleGrant.objects.filter(user=user, role=role, area_code=area, organisation=organisation)
    found = same.overlapping(valid_from, valid_to).order_by("valid_from").first()
    user.__dict__.pop("grants", None)  # the account's cached grants are out of date now
    if found is None:
        return RoleGrant.objects.create(
            user=user, role=role, area_code=area, organisation=organisation, valid_from=valid_from, valid_to=valid_to
        )
    if (found.valid_from, found.valid_to) != (valid_from, valid_to):
        raise DirectoryError(_("该用户在这段时间内已有同样的授权，请先结束原授权再重新授予。"))
    return found


def _usual_area(user: User, role: Role, organisation: Organisation | None) -> str:
    unit = organisation or user.organisation
    if unit is not None:
        return unit.area_code
    if role in TERRITORIAL_ROLES:
        raise DirectoryError(_("角色“%(role)s”必须限定辖区，请选择街道、社区或网格。") % {"role": Role(role).label})
    return str(settings.DISTRICT_CODE)


def _check_duties_stay_separate(user: User, role: Role, valid_from: date, valid_to: date | None) -> None:
    held = set(RoleGrant.objects.filter(user=user).overlapping(valid_from, valid_to).values_list("role", flat=True))
    others = held - {role}
    if others and (role in ADMINISTRATORS or others & ADMINISTRATORS):
        raise DirectoryError(_("系统、安全、审计三种管理员必须由不同账号担任，也不能兼任业务角色，请使用另一个账号。"))


@transaction.atomic
def revoke_role(*, grant: RoleGrant, last_day: date) -> None:
    """End a grant by its last day. To shut someone out at once, deactivate the account."""
    _check_span(grant.valid_from, last_day)
    grant.valid_to = last_day
    grant.save(update_fields=["valid_to"])


# ---- posts --------------------------------------------------------------------------------------
@transaction.atomic
def assign_post(*, user: User, organisation: Organisation, title: str, valid_from: date) -> PostAssignment:
    """A person takes up a post, which is made if it is new; holding other posts too is allowed (兼任)."""
    if not title.strip():
        raise DirectoryError(_("职务不能为空，请填写职务。"))
    post, _made = Post.objects.get_or_create(organisation=organisation, title=title.strip())
    if PostAssignment.objects.filter(post=post, user=user).overlapping(valid_from, None).exists():
        raise DirectoryError(_("%(name)s在该日期已经担任这一职务，请核对任职日期。") % {"name": user.display_name})
    return PostAssignment.objects.create(post=post, user=user, valid_from=valid_from)


@transaction.atomic
def end_assignment(*, assignment: PostAssignment, last_day: date) -> None:
    """A person leaves a post; the history stays."""
    _check_span(assignment.valid_from, last_day)
    assignment.valid_to = last_day
    assignment.save(update_fields=["valid_to"])


# ---- responsibilities ---------------------------------------------------------------------------
@transaction.atomic
def assign_responsibility(
    *,
    leader: User,
    target_kind: TargetKind,
    target_code: str,
    valid_from: date,
    valid_to: date | None = None,
    is_primary: bool = True,
    duties: str = "",
) -> Responsibility:
    """A leader answers for a target (包挂). An open primary leader is followed: their last day is the day before."""
    _check_span(valid_from, valid_to)
    if is_primary:
        _make_room_for_primary(target_kind, target_code, valid_from, valid_to)
    return Responsibility.objects.create(
        leader=leader,
        target_kind=target_kind,
        target_code=target_code,
        is_primary=is_primary,
        duties=duties,
        valid_from=valid_from,
        valid_to=valid_to,
    )


def _make_room_for_primary(target_kind: TargetKind, target_code: str, valid_from: date, valid_to: date | None) -> None:
    rows = Responsibility.objects.select_for_update().filter(
        target_kind=target_kind, target_code=target_code, is_primary=True
    )
    before = rows.filter(valid_to=None, valid_from__lt=valid_from).first()
    if before is not None and valid_to is None:
        end_responsibility(responsibility=before, last_day=valid_from - timedelta(days=1))
    if rows.overlapping(valid_from, valid_to).exists():
        raise DirectoryError(_("该对象在这段时间内已有牵头包挂领导，请先结束原包挂关系或调整日期。"))


@transaction.atomic
def end_responsibility(*, responsibility: Responsibility, last_day: date) -> None:
    """A leader no longer answers for a target after this day; what happened before stays theirs."""
    _check_span(responsibility.valid_from, last_day)
    responsibility.valid_to = last_day
    responsibility.save(update_fields=["valid_to"])


def _check_span(valid_from: date, valid_to: date | None) -> None:
    if valid_to is not None and valid_to < valid_from:
        raise DirectoryError(
            _("结束日期 %(to)s 早于开始日期 %(since)s，请核对日期。") % {"to": valid_to, "since": valid_from}
        )
