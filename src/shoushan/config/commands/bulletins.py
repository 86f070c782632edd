"""`shoushan bulletin` and `shoushan verify`: the day's text, its release, and the check of a released file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from django.utils import timezone

from shoushan.apps.resumption.services import compose_bulletin, release_bulletin
from shoushan.config.commands.common import CommandRefused, day
from shoushan.figures.models import Release
from shoushan.figures.releases import document_text
from shoushan.figures.verifying import problems_of_text, summary_of_text


def add_commands(commands: Any) -> None:
    """Add the parsers."""
    text = commands.add_parser("bulletin", help="复工日报")
    text.add_argument("--as-of", type=day, required=True, metavar="日期", help="截至哪一天，如 2020-03-23")
    text.add_argument("--release", type=Path, metavar="OUT.json", help="冻结并写出发布文件")
    text.add_argument("--corrects", metavar="发布编号", help="更正已发布的一期")
    text.add_argument("--reason", default="", metavar="原因", help="更正的原因")
    text.set_defaults(run=run_bulletin)
    check = commands.add_parser("verify", help="核验发布文件（不需要数据库）")
    check.add_argument("file", type=Path, metavar="文件", help="发布文件")
    check.add_argument("--key", default="", metavar="公钥", help="只认这个公钥的签署")
    check.set_defaults(run=run_verify)


def run_bulletin(options: argparse.Namespace) -> int:
    """Print the bulletin; with --release freeze its numbers and write the file."""
    if options.release is None:
        if options.corrects or options.reason:
            raise CommandRefused("--corrects 和 --reason 要与 --release 一起使用。", 2)
        print(compose_bulletin(as_of=options.as_of).text())
        return 0
    if options.release.is_dir() or not options.release.absolute().parent.is_dir():
        raise CommandRefused(f"发布文件不能写到 {options.release}，请换一个已有目录下的文件名。")
    corrected = Release.objects.filter(number=options.corrects).first() if options.corrects else None
    if options.corrects and corrected is None:
        raise CommandRefused(f"没有编号为 {options.corrects} 的发布。")
    release = release_bulletin(
        as_of=options.as_of, at=timezone.now(), actor=None, corrects=corrected, reason=options.reason
    )
    options.release.write_text(document_text(release), encoding="utf-8")
    print(compose_bulletin(as_of=options.as_of).text())
    print(f"\n已发布 {release.number}，发布文件 {options.release}", file=sys.stderr)
    return 0


def run_verify(options: argparse.Namespace) -> int:
    """Check a released file by itself."""
    try:
        text = options.file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise CommandRefused(f"{options.file.name} 不是发布文件：内容不是 UTF-8 文本。") from None
    problems = problems_of_text(text, trusted_key=options.key)
    for problem in problems:
        print(f"不成立：{problem}", file=sys.stderr)
    if problems:
        return 1
    print(summary_of_text(text))
    return 0
