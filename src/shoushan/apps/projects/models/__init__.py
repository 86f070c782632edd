"""Key projects; their history is in steps, plans and the ledger."""

from shoushan.apps.projects.models.campaigns import (
    Campaign,
    CampaignBatch,
    CampaignChange,
    CampaignItem,
    DispatchDecision,
)
from shoushan.apps.projects.models.completions import CompletionStatement
from shoushan.apps.projects.models.obstacles import Obstacle
from shoushan.apps.projects.models.permits import MissingDocument, Permit
from shoushan.apps.projects.models.pool import Idea
from shoushan.apps.projects.models.projects import (
    FormerProjectCode,
    FormerProjectName,
    ListMembership,
    Project,
    ProjectPart,
    ProjectPlan,
    ProjectProfile,
)
from shoushan.apps.projects.models.reports import StatusReport
from shoushan.apps.projects.models.returns import Milestone, MonthlyReturn
from shoushan.apps.projects.models.zones import Zone, ZoneOutline, ZoneStay

__all__ = [
    "Campaign",
    "CampaignBatch",
    "CampaignChange",
    "CampaignItem",
    "CompletionStatement",
    "DispatchDecision",
    "FormerProjectCode",
    "FormerProjectName",
    "Idea",
    "ListMembership",
    "Milestone",
    "MissingDocument",
    "MonthlyReturn",
    "Obstacle",
    "Permit",
    "Project",
    "ProjectPart",
    "ProjectPlan",
    "ProjectProfile",
    "StatusReport",
    "Zone",
    "ZoneOutline",
    "ZoneStay",
]
