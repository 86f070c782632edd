"""`shoushan ledger`: verify, seal, and the list of seals."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from shoushan.config.commands.common import Progress, print_json
from shoushan.ledger import api as ledger


def add_commands(commands: Any) -> None:
    """Add the parsers."""
    parser = commands.add_parser("ledger", help=_("台账核验与封存"))
    verbs = parser.add_subparsers(title=_("命令"), metavar=_("命令"), required=True)
    check = verbs.add_parser("verify", help=_("逐行核验，并从零重算累计数"))
    check.add_argument("--json", action="store_true", help=_("输出 JSON"))
    check.set_defaults(run=run_verify)
    seal = verbs.add_parser("seal", help=_("封存新的分录"))
    seal.set_defaults(run=run_seal)
    seals = verbs.add_parser("seals", help=_("列出封存"))
    seals.set_defaults(run=run_seals)


def run_verify(options: argparse.Namespace) -> int:
    """Print every row that is not as it was entered; exit 1 when there is any."""
    bars: dict[str, Progress] = {}

    def watch(stage: str, done: int, total: int) -> None:
        if stage not in bars:
            for bar in bars.values():
                bar.end()
            bars.clear()
            bars[stage] = Progress(stage)
        bars[stage](done, total)

    findings = ledger.verify(watch)
    for bar in bars.values():
        bar.end()
    if options.json:
        print_json([finding._asdict() for finding in findings])
    for finding in findings if not options.json else []:
        print(finding.sentence, file=sys.stderr)
    if findings:
        return 1
    if not options.json:
        print(_("台账完好：每条分录、划转、累计数和封存都与入账时一致。"))
    return 0


def run_seal(options: argparse.Namespace) -> int:
    """Seal and print the root."""
    progress = Progress(_("封存"))
    sealed = ledger.seal(at=timezone.now(), progress=progress)
    progress.end()
    print(_("已封存 %(size)d 条分录，根 %(root)s") % {"size": sealed.size, "root": sealed.root})
    return 0


def run_seals(options: argparse.Namespace) -> int:
    """Print all seals."""
    for sealed in ledger.seals():
        print(f"{sealed.size}\t{sealed.sealed_at:%Y-%m-%d %H:%M:%S}\t{sealed.root}")
    return 0
