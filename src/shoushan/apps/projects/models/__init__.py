"""Key projects; their history is in steps, plans and the ledger."""

from shoushan.apps.projects.models.campaigns import Campaign, CampaignBatch, CampaignItem, DispatchDecision
from shoushan.apps.projects.models.projects import (
    FormerProjectName,
    ListMembership,
    Project,
    ProjectPart,
    ProjectPlan,
)
from shoushan.apps.projects.models.returns import Milestone, MonthlyReturn
from shoushan.apps.projects.models.zones import Zone

__all__ = [
    "Campaign",
    "CampaignBatch",
    "CampaignItem",
    "DispatchDecision",
    "FormerProjectName",
    "ListMembership",
    "Milestone",
    "MonthlyReturn",
    "Project",
    "ProjectPart",
    "ProjectPlan",
    "Zone",
]
