"""Accounts and their roles, for two administrators; the record of what they did, for the third; one's own password."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shoushan.directory import selectors
from shoushan.directory import services_administration as services
from shoushan.directory.access import (
    AuthenticatedRequest,
    area_scope,
    found_or_404,
    has_permission,
    requires,
    signed_in,
)
from shoushan.directory.enums import AreaLevel, Role, TargetKind
from shoushan.directory.errors import DirectoryError
from shoushan.directory.forms import AccountForm, GrantForm, LastDayForm, PasswordForm, UserFilter
from shoushan.directory.models import AdministrativeEntry, RoleGrant, User
from shoushan.directory.views.refusals import told_in, told_to
from shoushan.ui.listing import page_of

VIEW: Final = "directory.view_user"


@require_safe
@requires(VIEW)
def user_list(request: AuthenticatedRequest) -> HttpResponse:
    """Accounts within the administrator's scope, with the roles of today."""
    today = timezone.localdate()
    form = UserFilter(request.GET, units=selectors.organisations(on=today))
    asked = form.cleaned_data if form.is_valid() else {}
    areas = area_scope(request.user, VIEW, on=today) if form.is_valid() else ()
    found = selectors.accounts(areas=areas, on=today, **asked)
    page = page_of(request, found)
    names = selectors.area_names()
    context = {
        "form": form,
        "page_obj": page,
        "lines": [{"user": each, "roles": _roles(each, names, today)} for each in page],
        "may_manage": has_permission(request.user, services.MANAGE, on=today),
    }
    return render(request, "directory/user_list.html", context)


def _roles(user: User, names: dict[str, str], today: date) -> list[dict[str, Any]]:
    """The roles that hold today."""
    return [
        _role(each, names)
        for each in user.role_grants.all()
        if each.valid_from <= today and (each.valid_to is None or each.valid_to >= today)
    ]


def _role(grant: RoleGrant, names: dict[str, str]) -> dict[str, Any]:
    """A role with its own name and that of its area."""
    return {"grant": grant, "role": Role(grant.role).label, "area": names.get(grant.area_code, grant.area_code)}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires(services.MANAGE)
def user_create(request: AuthenticatedRequest) -> HttpResponse:
    """Open an account; its first password is shown once."""
    form = AccountForm(request.POST or None, units=selectors.organisations(on=timezone.localdate()))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            with told_in(form):
                user, password = services.open_account(**form.cleaned_data, actor=request.user, at=timezone.now())
                return _first_password(request, user, password)
    return render(request, "directory/user_create.html", {"form": form}, status=status)


def _first_password(request: AuthenticatedRequest, user: User, password: str) -> HttpResponse:
    """The only page that ever shows it."""
    return render(request, "directory/first_password.html", {"account": user, "password": password})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(VIEW)
def user_detail(request: AuthenticatedRequest, username: str) -> HttpResponse:
    """One account: what it is, its roles then and now; POST changes name and organisation."""
    account, today = _account_or_404(request, username), timezone.localdate()
    initial = {
        "display_name": account.display_name,
        "organisation": account.organisation.code if account.organisation else "",
    }
    units = selectors.organisations(on=today)
    form = AccountForm(request.POST or None, units=units, is_new=False, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            with told_in(form):
                services.change_account(user=account, **form.cleaned_data, actor=request.user, at=timezone.now())
                messages.success(request, _("账号已更新。"))
                return redirect("directory:user-detail", account.username)
    return _page_of(request, account, form=form, status=status)


def _page_of(
    request: AuthenticatedRequest, account: User, *, form: Any = None, grant_form: Any = None, status: int = 200
) -> HttpResponse:
    today, names = timezone.localdate(), selectors.area_names()
    grants = account.role_grants.select_related("organisation").order_by("-valid_from", "role")
    context = {
        "account": account,
        "form": form,
        "grant_form": grant_form or GrantForm(initial={"valid_from": today}, names=_offered_areas()),
        "end_form": LastDayForm(initial={"last_day": today}),
        "grants": [_role(each, names) | {"is_open": each.valid_to is None or each.valid_to > today} for each in grants],
        "is_own": account.pk == request.user.pk,
        "may_manage": has_permission(request.user, services.MANAGE, on=today),
        "may_grant": has_permission(request.user, services.GRANT, on=today),
    }
    return render(request, "directory/user_detail.html", context, status=status)


def _offered_areas() -> dict[str, str]:
    """District, subdistricts and communities; roles of grids are given on the command line."""
    levels = (AreaLevel.DISTRICT, AreaLevel.SUBDISTRICT, AreaLevel.COMMUNITY)
    return {code: name for level in levels for code, name in selectors.area_names(level=level).items()}


@never_cache
@require_POST
@requires(services.MANAGE)
def user_password(request: AuthenticatedRequest, username: str) -> HttpResponse:
    """Another first password, shown once."""
    account = _account_or_404(request, username)
    with told_to(request):
        password = services.reset_password(user=account, actor=request.user, at=timezone.now())
        return _first_password(request, account, password)
    return redirect("directory:user-detail", account.username)


@require_POST
@requires(services.MANAGE)
def user_switch(request: AuthenticatedRequest, username: str) -> HttpResponse:
    """Close an account, or open it again."""
    account = _account_or_404(request, username)
    is_active = request.POST.get("active") == "1"
    with told_to(request):
        services.set_active(user=account, is_active=is_active, actor=request.user, at=timezone.now())
        messages.success(request, _("账号已启用。") if is_active else _("账号已停用，当前登录随即失效。"))
    return redirect("directory:user-detail", account.username)


@require_POST
@requires(services.GRANT)
def user_grant(request: AuthenticatedRequest, username: str) -> HttpResponse:
    """Give a role."""
    account = _account_or_404(request, username)
    form = GrantForm(request.POST, names=_offered_areas())
    if form.is_valid():
        words = form.cleaned_data | {"role": Role(form.cleaned_data["role"])}
        with told_in(form):
            services.give_role(user=account, **words, actor=request.user, at=timezone.now())
            messages.success(request, _("角色已授予。"))
            return redirect("directory:user-detail", account.username)
    return _page_of(request, account, grant_form=form, status=422)


@require_POST
@requires(services.GRANT)
def user_grant_end(request: AuthenticatedRequest, username: str, number: int) -> HttpResponse:
    """Give a role its last day."""
    account = _account_or_404(request, username)
    grant = found_or_404(RoleGrant.objects.filter(user=account).select_related("user__organisation"), pk=number)
    form = LastDayForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请填写最后一日。"))
    else:
        with told_to(request):
            services.end_role(grant=grant, **form.cleaned_data, actor=request.user, at=timezone.now())
            messages.success(request, _("角色已结束。"))
    return redirect("directory:user-detail", account.username)


def _account_or_404(request: AuthenticatedRequest, username: str) -> User:
    areas = area_scope(request.user, VIEW, on=timezone.localdate())
    own = selectors.accounts(areas=areas, on=timezone.localdate()).select_related("organisation")
    return found_or_404(own, username=username)


@require_safe
@requires("directory.view_administration")
def administration_list(request: AuthenticatedRequest) -> HttpResponse:
    """What administrators did, newest first."""
    areas = area_scope(request.user, "directory.view_administration", on=timezone.localdate())
    found = selectors.administrative_entries(areas=areas)
    page = page_of(request, found)
    names = selectors.area_names()
    context = {"page_obj": page, "lines": [{"entry": each, "words": _words(each, names)} for each in page]}
    return render(request, "directory/administration_list.html", context)


def _words(entry: AdministrativeEntry, names: dict[str, str]) -> str:
    """The contents as people read them."""
    details = dict(entry.details)
    if "role" in details:
        details["role"] = str(Role(details["role"]).label)
    if "kind" in details:
        details["kind"] = str(TargetKind(details["kind"]).label)
    for name in ("area", "code"):
        details[name] = names.get(details.get(name, ""), details.get(name, ""))
    return " ".join(str(value) for value in details.values() if value)


@never_cache
@sensitive_post_parameters("old", "new", "again")
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def own_password(request: AuthenticatedRequest) -> HttpResponse:
    """A person's own new password."""
    form = PasswordForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            old, new = form.cleaned_data["old"], form.cleaned_data["new"]
            try:
                services.change_own_password(user=request.user, old=old, new=new, at=timezone.now())
            except ValidationError as error:
                form.add_error(None, error)
            except DirectoryError as error:
                form.add_error("new", str(error))
            else:
                update_session_auth_hash(request, request.user)
                messages.success(request, _("密码已修改，其他设备上的登录已失效。"))
                return redirect("directory:own-password")
    return render(request, "directory/own_password.html", {"form": form}, status=status)
