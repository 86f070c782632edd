"""What the pages of key projects ask for."""

from shoushan.apps.projects.forms.projects import (
    CompareForm,
    MilestoneForm,
    MonthFilter,
    PlanForm,
    PortfolioFilter,
    ReturnForm,
)

__all__ = ["CompareForm", "MilestoneForm", "MonthFilter", "PlanForm", "PortfolioFilter", "ReturnForm"]
