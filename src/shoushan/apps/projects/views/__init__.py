"""Pages of key projects."""

from shoushan.apps.projects.views.campaign_items import (
    campaign_items,
    campaign_items_export,
    item_explain,
    item_plan,
    item_remove,
)
from shoushan.apps.projects.views.campaign_rooms import campaign_meeting, campaign_room, campaign_weekly
from shoushan.apps.projects.views.campaigns import (
    campaign_change,
    campaign_decide,
    campaign_list,
    campaign_place,
    decision_close,
)
from shoushan.apps.projects.views.comparison import compare_export, past_export, project_compare
from shoushan.apps.projects.views.completions import completion_export, completion_list
from shoushan.apps.projects.views.obstacles import obstacle_raise
from shoushan.apps.projects.views.permits import (
    permit_apply,
    permit_detail,
    permit_export,
    permit_file,
    permit_list,
    permit_step,
)
from shoushan.apps.projects.views.plans import milestone_set, plan_adjust
from shoushan.apps.projects.views.pool import (
    idea_change,
    idea_create,
    idea_detail,
    idea_export,
    idea_list,
    idea_step,
)
from shoushan.apps.projects.views.projects import (
    project_board,
    project_detail,
    project_export,
    project_file,
    project_gantt,
    project_list,
    project_step,
)
from shoushan.apps.projects.views.reports import (
    project_report_issue,
    report_correct,
    report_detail,
    report_file,
    report_issue,
    report_list,
    report_paper,
)
from shoushan.apps.projects.views.returns import (
    monthly_export,
    return_detail,
    return_file,
    return_list,
    return_report,
    return_review,
    return_step,
)
from shoushan.apps.projects.views.zones import zone_change, zone_create, zone_detail, zone_draw, zone_list

__all__ = [
    "campaign_change",
    "campaign_decide",
    "campaign_items",
    "campaign_items_export",
    "campaign_list",
    "campaign_meeting",
    "campaign_place",
    "campaign_room",
    "campaign_weekly",
    "compare_export",
    "completion_export",
    "completion_list",
    "decision_close",
    "idea_change",
    "idea_create",
    "idea_detail",
    "idea_export",
    "idea_list",
    "idea_step",
    "item_explain",
    "item_plan",
    "item_remove",
    "milestone_set",
    "monthly_export",
    "obstacle_raise",
    "past_export",
    "permit_apply",
    "permit_detail",
    "permit_export",
    "permit_file",
    "permit_list",
    "permit_step",
    "plan_adjust",
    "project_board",
    "project_compare",
    "project_detail",
    "project_export",
    "project_file",
    "project_gantt",
    "project_list",
    "project_report_issue",
    "project_step",
    "report_correct",
    "report_detail",
    "report_file",
    "report_issue",
    "report_list",
    "report_paper",
    "return_detail",
    "return_file",
    "return_list",
    "return_report",
    "return_review",
    "return_step",
    "zone_change",
    "zone_create",
    "zone_detail",
    "zone_draw",
    "zone_list",
]
