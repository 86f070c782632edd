"""`shoushan area`: a community that belongs to another subdistrict from a day on."""

from __future__ import annotations

import argparse
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.apps.resumption.services import move_community
from shoushan.config.commands.common import area, day


def add_commands(commands: Any) -> None:
    """Add the parsers."""
    parser = commands.add_parser("area", help=_("辖区：社区划转"))
    verbs = parser.add_subparsers(title=_("命令"), metavar=_("命令"), required=True)
    moved = verbs.add_parser("move", help=_("社区划归另一街道，区内企业随之划转，以往各日的数字不变"))
    moved.add_argument("old", type=area, metavar=_("原代码"), help=_("现在的 12 位社区代码"))
    moved.add_argument("new", type=area, metavar=_("新代码"), help=_("新街道之下的 12 位社区代码"))
    moved.add_argument("--on", type=day, required=True, metavar=_("日期"), help=_("从哪一天起"))
    moved.add_argument("--reason", required=True, metavar=_("理由"), help=_("依据的文件或决定"))
    moved.add_argument("--name", default="", metavar=_("名称"), help=_("新名称，不写则沿用原名"))
    moved.set_defaults(run=run_move)


def run_move(options: argparse.Namespace) -> int:
    """Move a community with its enterprises."""
    count = move_community(
        old_code=options.old,
        new_code=options.new,
        name=options.name,
        on=options.on,
        reason=options.reason,
        at=timezone.now(),
    )
    words = {"old": options.old, "new": options.new, "on": options.on.isoformat(), "count": count}
    print(_("社区 %(old)s 自 %(on)s 起为 %(new)s，随之划转企业 %(count)d 家。") % words)
    return 0
