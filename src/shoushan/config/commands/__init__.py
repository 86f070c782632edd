"""The commands of `shoushan`, one module a group; each adds its parsers and returns an exit code."""

from __future__ import annotations

import argparse
from typing import Final

from django.utils.translation import gettext as _

from shoushan.apps.resumption.services import BulletinError
from shoushan.config.commands import accounts, areas, bulletins, figures, imports, ledgers, people, personal, serving
from shoushan.config.commands.common import CommandRefused
from shoushan.deadlines.errors import DeadlineError
from shoushan.directory.errors import DirectoryError
from shoushan.exchange.declarations import UnknownSheetError
from shoushan.exchange.limits import FileRefusedError
from shoushan.figures.measures import UnknownMeasureError
from shoushan.figures.services import ReleaseError
from shoushan.ledger.api import LedgerError
from shoushan.lifecycle.errors import LifecycleError, PolicyError
from shoushan.privacy.errors import PrivacyError
from shoushan.registry.errors import RegistryError

__all__ = ["REFUSALS", "CommandRefused", "build_parser"]

REFUSALS: Final = (
    BulletinError,
    DeadlineError,
    DirectoryError,
    FileRefusedError,
    LedgerError,
    LifecycleError,
    PolicyError,
    PrivacyError,
    RegistryError,
    ReleaseError,
    UnknownMeasureError,
    UnknownSheetError,
)
"""What a service refuses with a sentence that can be shown as it is."""


def build_parser(kind: type[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The whole command line."""
    parser = kind(prog="shoushan", description=_("首善：数出一源的区级运行平台"))
    commands = parser.add_subparsers(title=_("命令"), metavar=_("命令"), required=True)
    for group in (serving, imports, figures, bulletins, ledgers, people, accounts, areas, personal):
        group.add_commands(commands)
    return parser
