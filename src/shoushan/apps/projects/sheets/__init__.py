"""The tables of key projects that come in and go out."""

from shoushan.apps.projects.sheets.campaigns import CampaignSheet, campaign_record
from shoushan.apps.projects.sheets.completions import CompletionSheet, completion_record
from shoushan.apps.projects.sheets.lists import ProjectListSheet
from shoushan.apps.projects.sheets.returns import MonthlySheet

SHEETS = (ProjectListSheet, MonthlySheet, CampaignSheet, CompletionSheet)

__all__ = [
    "SHEETS",
    "CampaignSheet",
    "CompletionSheet",
    "MonthlySheet",
    "ProjectListSheet",
    "campaign_record",
    "completion_record",
]
