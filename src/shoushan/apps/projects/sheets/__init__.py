"""The tables of key projects that come in and go out."""

from shoushan.apps.projects.sheets.campaigns import CampaignSheet
from shoushan.apps.projects.sheets.lists import ProjectListSheet
from shoushan.apps.projects.sheets.returns import MonthlySheet

SHEETS = (ProjectListSheet, MonthlySheet, CampaignSheet)

__all__ = ["SHEETS", "CampaignSheet", "MonthlySheet", "ProjectListSheet"]
