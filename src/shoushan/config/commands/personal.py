"""`shoushan personal`: the keys of personal data."""

from __future__ import annotations

import argparse
from typing import Any

from django.utils.translation import gettext as _

from shoushan.privacy import keys
from shoushan.privacy.services import rekey


def add_commands(commands: Any) -> None:
    """Add the parsers."""
    parser = commands.add_parser("personal", help=_("个人信息：密钥"))
    verbs = parser.add_subparsers(title=_("命令"), metavar=_("命令"), required=True)
    changed = verbs.add_parser("rekey", help=_("用最新的密钥重新加密个人信息，可在运行中执行，中断后可再次执行"))
    changed.add_argument("--new-key", action="store_true", help=_("先生成一把新密钥；之后请重启服务，再执行一次本命令"))
    changed.set_defaults(run=run_rekey)


def run_rekey(options: argparse.Namespace) -> int:
    """Encrypt anew what older keys encrypted."""
    if options.new_key:
        print(_("已生成新密钥 %(id)s，请立即备份 keys 文件夹。") % {"id": keys.add_key().id})
    print(_("已重新加密 %(count)d 项个人信息。") % {"count": rekey()})
    return 0
