"""What is done with key projects."""

from shoushan.apps.projects.services.lists import Arrival, ListLine, PartLine, take_lines, take_parts
from shoushan.apps.projects.services.plans import adjust_plan, set_milestone
from shoushan.apps.projects.services.returns import RETURN_FIELDS, report_month

__all__ = [
    "RETURN_FIELDS",
    "Arrival",
    "ListLine",
    "PartLine",
    "adjust_plan",
    "report_month",
    "set_milestone",
    "take_lines",
    "take_parts",
]
