"""Current state of work resumption; its history is in the ledger."""

from shoushan.apps.resumption.models.applications import (
    Application,
    CheckFinding,
    MeasureStanding,
    Permit,
    Violation,
)
from shoushan.apps.resumption.models.contacts import EnterpriseClaim
from shoushan.apps.resumption.models.difficulties import EnterpriseVisit, FundsNeed
from shoushan.apps.resumption.models.filings import ReturnFiling, ReturnReminder
from shoushan.apps.resumption.models.standings import DailyReturn, EnterpriseStanding, WorkStop

__all__ = [
    "Application",
    "CheckFinding",
    "DailyReturn",
    "EnterpriseClaim",
    "EnterpriseStanding",
    "EnterpriseVisit",
    "FundsNeed",
    "MeasureStanding",
    "Permit",
    "ReturnFiling",
    "ReturnReminder",
    "Violation",
    "WorkStop",
]
