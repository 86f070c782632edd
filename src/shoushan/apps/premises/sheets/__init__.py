"""The tables of premises that come in and go out."""

from shoushan.apps.premises.sheets.leases import LeaseSheet
from shoushan.apps.premises.sheets.ledger import BuildingSheet
from shoushan.apps.premises.sheets.vacancies import VacancySheet

SHEETS = (BuildingSheet, LeaseSheet, VacancySheet)

__all__ = ["SHEETS", "BuildingSheet", "LeaseSheet", "VacancySheet"]
