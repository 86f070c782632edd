"""The tables that come in: the statistics bureau's list, and the subdistricts' resumption ledgers (handbook C5)."""

from shoushan.apps.resumption.sheets.difficulties import DifficultySheet
from shoushan.apps.resumption.sheets.frame import FrameSheet
from shoushan.apps.resumption.sheets.ledger import LedgerSheet
from shoushan.apps.resumption.sheets.workers import WorkerSheet

__all__ = ["SHEETS", "DifficultySheet", "FrameSheet", "LedgerSheet", "WorkerSheet"]

SHEETS = (DifficultySheet, FrameSheet, LedgerSheet, WorkerSheet)
