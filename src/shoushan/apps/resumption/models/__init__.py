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
from shoushan.apps.resumption.models.filings import LockException, ReturnFiling, ReturnLock, ReturnReminder
from shoushan.apps.resumption.models.standings import DailyReturn, EnterpriseStanding, WorkStop
from shoushan.apps.resumption.models.trips import CharterTrip, Seat, SeatBooking
from shoushan.apps.resumption.models.workers import Bed, BedStay, HealthCheck, IsolationPlace, NucleicTest, Worker

__all__ = [
    "Application",
    "Bed",
    "BedStay",
    "CharterTrip",
    "CheckFinding",
    "DailyReturn",
    "EnterpriseClaim",
    "EnterpriseStanding",
    "EnterpriseVisit",
    "FundsNeed",
    "HealthCheck",
    "IsolationPlace",
    "LockException",
    "MeasureStanding",
    "NucleicTest",
    "Permit",
    "ReturnFiling",
    "ReturnLock",
    "ReturnReminder",
    "Seat",
    "SeatBooking",
    "Violation",
    "WorkStop",
    "Worker",
]
