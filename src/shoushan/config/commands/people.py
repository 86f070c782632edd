"""`shoushan account`: accounts of people opened, given roles, given a new password, closed — without a page."""

from __future__ import annotations

import argparse
import getpass
import sys
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.config.commands.common import CommandRefused, area, day
from shoushan.directory import services
from shoushan.directory.enums import Role
from shoushan.directory.models import Organisation, User


def add_commands(commands: Any) -> None:
    """Add the parsers."""
    parser = commands.add_parser("account", help=_("账号：开通、授予角色、重设口令、停用"))
    verbs = parser.add_subparsers(title=_("命令"), metavar=_("命令"), required=True)
    opened = verbs.add_parser("open", help=_("开通账号，口令从键盘或标准输入读取"))
    opened.add_argument("username", metavar=_("用户名"), help=_("登录用的名字"))
    opened.add_argument("--name", required=True, metavar=_("姓名"), help=_("页面上显示的姓名"))
    opened.add_argument("--organisation", metavar=_("单位代码"), help=_("所在单位"))
    opened.set_defaults(run=run_open)
    granted = verbs.add_parser("grant", help=_("授予角色"))
    granted.add_argument("username", metavar=_("用户名"), help=_("已开通的账号"))
    granted.add_argument("role", choices=[role.value for role in Role], metavar=_("角色"), help=_("如 STREET_USER"))
    granted.add_argument("--area", type=area, metavar=_("区划代码"), help=_("管辖范围，不写则按所在单位"))
    granted.add_argument("--since", type=day, metavar=_("日期"), help=_("从哪一天起，不写则从今天起"))
    granted.set_defaults(run=run_grant)
    password = verbs.add_parser("password", help=_("重设口令，口令从键盘或标准输入读取"))
    password.add_argument("username", metavar=_("用户名"), help=_("已开通的账号"))
    password.set_defaults(run=run_password)
    closed = verbs.add_parser("close", help=_("停用账号，所办的事仍记在其名下"))
    closed.add_argument("username", metavar=_("用户名"), help=_("已开通的账号"))
    closed.set_defaults(run=run_close)
    listed = verbs.add_parser("list", help=_("列出账号和当日有效的角色"))
    listed.set_defaults(run=run_list)


def run_open(options: argparse.Namespace) -> int:
    """Open an account."""
    organisation = None
    if options.organisation:
        organisation = Organisation.objects.filter(code=options.organisation).first()
        if organisation is None:
            raise CommandRefused(_("没有代码为 %(code)s 的单位。") % {"code": options.organisation})
    user = services.create_user(
        username=options.username,
        password=_asked_password(),
        display_name=options.name,
        organisation=organisation,
        at=timezone.now(),
    )
    print(_("已开通账号 %(name)s，还没有角色。") % {"name": user.username})
    return 0


def run_grant(options: argparse.Namespace) -> int:
    """Grant a role within an area."""
    since: date = options.since or timezone.localdate()
    grant = services.grant_role(
        user=_user(options.username), role=Role(options.role), area_code=options.area or "", valid_from=since
    )
    words = {"name": options.username, "role": Role(options.role).label, "area": grant.area_code, "day": since}
    print(_("账号 %(name)s 自 %(day)s 起为%(role)s，范围 %(area)s。") % words)
    return 0


def run_password(options: argparse.Namespace) -> int:
    """Give a new password."""
    services.set_password(user=_user(options.username), password=_asked_password())
    print(_("账号 %(name)s 的口令已重设，原有登录已失效。") % {"name": options.username})
    return 0


def run_close(options: argparse.Namespace) -> int:
    """Close an account."""
    services.deactivate_user(user=_user(options.username))
    print(_("账号 %(name)s 已停用。") % {"name": options.username})
    return 0


def run_list(_options: argparse.Namespace) -> int:
    """Accounts in order of their names, a line each, with the roles of the day."""
    today = timezone.localdate()
    for user in User.objects.order_by("username").prefetch_related("role_grants"):
        grants = [each for each in user.role_grants.all() if each.valid_from <= today <= (each.valid_to or today)]
        roles = [f"{grant.role}@{grant.area_code}" for grant in grants]
        state = "" if user.is_active else _("（已停用）")
        print(f"{user.username}\t{user.display_name}{state}\t{' '.join(sorted(roles)) or '—'}")
    return 0


def _user(username: str) -> User:
    user = User.objects.filter(username=User.objects.normalise(username)).first()
    if user is None:
        raise CommandRefused(_("没有名为 %(name)s 的账号。") % {"name": username})
    return user


def _asked_password() -> str:
    """Typed twice at a terminal; one line of standard input elsewhere. Never an argument: those are seen by others."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass(_("口令："))
    if getpass.getpass(_("再输一遍：")) != first:
        raise CommandRefused(_("两次输入的口令不同，请重来。"))
    return first
