"""`shoushan setup` and `shoushan demo-accounts`: a database ready for work, and accounts to try it with."""

from __future__ import annotations

import argparse
from datetime import date, datetime
from typing import Any, Final

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.config import messages
from shoushan.deadlines.services import load_calendars
from shoushan.directory.enums import Role
from shoushan.directory.models import Area, Organisation, User
from shoushan.directory.services import create_user, grant_role, load_reference_district
from shoushan.lib.marking import noop
from shoushan.lifecycle import seeds
from shoushan.lifecycle.services import load_policies

DEMO_PASSWORD: Final = "qiushi-2020-demo"  # noqa: S105 - printed by the demonstration, for accounts that exist only there
REFERENCE_DISTRICT: Final = "370102"

DEMO_ACCOUNTS: Final = (
    ("leader", noop("区级领导（演示）"), Role.DISTRICT_LEADER, "370102"),
    ("office", noop("领导小组办公室（演示）"), Role.HQ_OFFICE, "370102"),
    ("statistics", noop("区统计局（演示）"), Role.DEPT_USER, "370102"),
    ("yaojia", noop("姚家街道办事处（演示）"), Role.STREET_ADMIN, "370102011"),
    ("zhiyuan", noop("智远街道办事处（演示）"), Role.STREET_USER, "370102013"),
    ("auditor", noop("审计管理员（演示）"), Role.AUDITOR, "370102"),
    ("sysadmin", noop("系统管理员（演示）"), Role.SYS_ADMIN, "370102"),
    ("secadmin", noop("安全管理员（演示）"), Role.SECURITY_ADMIN, "370102"),
)
"""User name, display name (a post, never a person), role, area."""


def add_commands(commands: Any) -> None:
    """Add the parsers."""
    setup = commands.add_parser("setup", help=_("建库、装入辖区、工作日历和政策规则、收集静态文件"))
    setup.set_defaults(run=run_setup)
    demo = commands.add_parser("demo-accounts", help=_("建立演示账号（只用于试用）"))
    demo.set_defaults(run=run_demo_accounts)


def run_setup(options: argparse.Namespace) -> int:
    """Make or upgrade the database, load the reference district, calendars and rules once, prepare what pages need."""
    messages.compile_messages(settings.LOCALE_PATHS[0])
    call_command("migrate", verbosity=0, interactive=False)
    if settings.DISTRICT_CODE == REFERENCE_DISTRICT and not Area.objects.exists():
        load_reference_district()
    load_calendars(at=timezone.now())
    load_policies(seeds.registered(), at=timezone.now())
    call_command("collectstatic", verbosity=0, interactive=False)
    print(
        _("数据目录 %(home)s 已就绪：%(areas)d 个辖区，%(organisations)d 个单位。")
        % {
            "home": settings.HOME.name,
            "areas": Area.objects.count(),
            "organisations": Organisation.objects.count(),
        }
    )
    return 0


def run_demo_accounts(options: argparse.Namespace) -> int:
    """Open the demonstration's accounts where they are missing, and print them."""
    for username, display_name, role, area in DEMO_ACCOUNTS:
        if not User.objects.filter(username=username).exists():
            _open(username, display_name, role, area, timezone.now())
        print(f"  {username:<12}{DEMO_PASSWORD}  {_(display_name)}")
    return 0


def _open(username: str, display_name: str, role: Role, area: str, at: datetime) -> None:
    user = create_user(username=username, password=DEMO_PASSWORD, display_name=display_name, at=at)
    grant_role(user=user, role=role, area_code=area, valid_from=date(2020, 1, 1))
