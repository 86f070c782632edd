"""The tables of key projects that come in and go out."""

from shoushan.apps.projects.sheets.lists import ProjectListSheet
from shoushan.apps.projects.sheets.returns import MonthlySheet

SHEETS = (ProjectListSheet, MonthlySheet)

__all__ = ["SHEETS", "MonthlySheet", "ProjectListSheet"]
