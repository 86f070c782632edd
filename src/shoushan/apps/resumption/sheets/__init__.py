"""The two tables that come in: the statistics bureau's list, and the subdistricts' resumption ledgers (handbook C5)."""

from shoushan.apps.resumption.sheets.frame import FrameSheet
from shoushan.apps.resumption.sheets.ledger import LedgerSheet

__all__ = ["SHEETS", "FrameSheet", "LedgerSheet"]

SHEETS = (FrameSheet, LedgerSheet)
