"""`shoushan bulletin` and `shoushan verify`: the day's text, its release, and the check of a released file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.apps.resumption.services import compose_bulletin, release_bulletin
from shoushan.config.commands.common import CommandRefused, day
from shoushan.figures.models import Release
from shoushan.figures.publications import document_text
from shoushan.figures.verifying import problems_of_text, summary_of_text


def add_commands(commands: Any) -> None:
    """Add the parsers."""
    text = commands.add_parser("bulletin", help=_("复工日报"))
    text.add_argument("--as-of", type=day, required=True, metavar=_("日期"), help=_("截至哪一天，如 2020-03-23"))
    text.add_argument("--release", type=Path, metavar="OUT.json", help=_("冻结并写出发布文件"))
    text.add_argument("--corrects", metavar=_("发布编号"), help=_("更正已发布的一期"))
    text.add_argument("--reason", default="", metavar=_("原因"), help=_("更正的原因"))
    text.set_defaults(run=run_bulletin)
    check = commands.add_parser("verify", help=_("核验发布文件（不需要数据库）"))
    check.add_argument("file", type=Path, metavar=_("文件"), help=_("发布文件"))
    check.add_argument("--key", default="", metavar=_("公钥"), help=_("只认这个公钥的签署"))
    check.set_defaults(run=run_verify)


def run_bulletin(options: argparse.Namespace) -> int:
    """Print the bulletin; with --release freeze its numbers and write the file."""
    if options.release is None:
        if options.corrects or options.reason:
            raise CommandRefused(_("--corrects 和 --reason 要与 --release 一起使用。"), 2)
        print(compose_bulletin(as_of=options.as_of).text())
        return 0
    if options.release.is_dir() or not options.release.absolute().parent.is_dir():
        raise CommandRefused(_("发布文件不能写到 %(file)s，请换一个已有目录下的文件名。") % {"file": options.release})
    corrected = Release.objects.filter(number=options.corrects).first() if options.corrects else None
    if options.corrects and corrected is None:
        raise CommandRefused(_("没有编号为 %(number)s 的发布。") % {"number": options.corrects})
    release = release_bulletin(
        as_of=options.as_of, at=timezone.now(), actor=None, corrects=corrected, reason=options.reason
    )
    options.release.write_text(document_text(release), encoding="utf-8")
    print(compose_bulletin(as_of=options.as_of).text())
    words = {"number": release.number, "file": options.release}
    print("\n" + _("已发布 %(number)s，发布文件 %(file)s") % words, file=sys.stderr)
    return 0


def run_verify(options: argparse.Namespace) -> int:
    """Check a released file by itself."""
    try:
        text = options.file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise CommandRefused(_("%(file)s 不是发布文件：内容不是 UTF-8 文本。") % {"file": options.file.name}) from None
    problems = problems_of_text(text, trusted_key=options.key)
    for problem in problems:
        print(_("不成立：%(problem)s") % {"problem": problem}, file=sys.stderr)
    if problems:
        return 1
    print(summary_of_text(text))
    return 0
