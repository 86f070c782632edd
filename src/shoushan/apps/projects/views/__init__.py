"""Pages of key projects."""

from shoushan.apps.projects.views.campaigns import (
    campaign_decide,
    campaign_list,
    campaign_place,
    campaign_room,
    campaign_weekly,
    decision_close,
)
from shoushan.apps.projects.views.comparison import compare_export, project_compare
from shoushan.apps.projects.views.plans import milestone_set, plan_adjust
from shoushan.apps.projects.views.projects import (
    project_board,
    project_detail,
    project_export,
    project_file,
    project_list,
    project_step,
)
from shoushan.apps.projects.views.returns import (
    monthly_export,
    return_detail,
    return_list,
    return_report,
    return_review,
    return_step,
)

__all__ = [
    "campaign_decide",
    "campaign_list",
    "campaign_place",
    "campaign_room",
    "campaign_weekly",
    "compare_export",
    "decision_close",
    "milestone_set",
    "monthly_export",
    "plan_adjust",
    "project_board",
    "project_compare",
    "project_detail",
    "project_export",
    "project_file",
    "project_list",
    "project_step",
    "return_detail",
    "return_list",
    "return_report",
    "return_review",
    "return_step",
]
