"""What the pages of key projects ask for."""

from shoushan.apps.projects.forms.projects import (
    MilestoneForm,
    MonthFilter,
    PlanForm,
    PortfolioFilter,
    ReturnForm,
)

__all__ = ["MilestoneForm", "MonthFilter", "PlanForm", "PortfolioFilter", "ReturnForm"]
