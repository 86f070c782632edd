"""Nouns of work resumption, by subject."""

from shoushan.apps.resumption.selectors.applications import own_applications
from shoushan.apps.resumption.selectors.contacts import claim_rows, claims_of, visible_claims
from shoushan.apps.resumption.selectors.filings import reminders_of
from shoushan.apps.resumption.selectors.ledgers import (
    COMMUNITY,
    ROW_FIELDS,
    ledger_rows,
    missing_subdistricts,
    names_of_areas,
    names_of_enterprises,
    names_of_subdistricts,
    newest_returns,
    report_days,
    total_differences,
)
from shoushan.apps.resumption.selectors.workers import names_of_workers

__all__ = [
    "COMMUNITY",
    "ROW_FIELDS",
    "claim_rows",
    "claims_of",
    "ledger_rows",
    "missing_subdistricts",
    "names_of_areas",
    "names_of_enterprises",
    "names_of_subdistricts",
    "names_of_workers",
    "newest_returns",
    "own_applications",
    "reminders_of",
    "report_days",
    "total_differences",
    "visible_claims",
]
