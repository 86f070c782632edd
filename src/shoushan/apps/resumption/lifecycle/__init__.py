"""The dated rules of work resumption: how they are declared, and those that the product brings along."""

from shoushan.apps.resumption.lifecycle.applications import APPLICATIONS
from shoushan.apps.resumption.lifecycle.claims import CLAIMS
from shoushan.apps.resumption.lifecycle.clocks import REPLY_CLOCK
from shoushan.apps.resumption.lifecycle.difficulties import DIFFICULTY, DIFFICULTY_SEEDS
from shoushan.apps.resumption.lifecycle.filings import FILINGS
from shoushan.apps.resumption.lifecycle.rules import CHECK_LIST, ISOLATION, LIMITS, REGIME, RULES, VEHICLES
from shoushan.apps.resumption.lifecycle.seeds import SEEDS
from shoushan.apps.resumption.lifecycle.trips import TRIPS
from shoushan.apps.resumption.lifecycle.violations import VIOLATIONS
from shoushan.apps.resumption.lifecycle.workers import WORKERS

LIFECYCLES = (APPLICATIONS, CLAIMS, FILINGS, TRIPS, VIOLATIONS, WORKERS)

__all__ = [
    "APPLICATIONS",
    "CHECK_LIST",
    "CLAIMS",
    "DIFFICULTY",
    "DIFFICULTY_SEEDS",
    "FILINGS",
    "ISOLATION",
    "LIFECYCLES",
    "LIMITS",
    "REGIME",
    "REPLY_CLOCK",
    "RULES",
    "SEEDS",
    "TRIPS",
    "VEHICLES",
    "VIOLATIONS",
    "WORKERS",
]
