"""The lifecycles of projects and their monthly returns, and the rules they read."""

from shoushan.apps.projects.lifecycle.duties import (
    CONFIRM,
    LIGHTS,
    REPORT,
    RULES,
    SEEDS,
    STATISTICS,
    VIEW,
    check_duty,
    check_project_access,
    is_office,
)
from shoushan.apps.projects.lifecycle.returns import RETURNS
from shoushan.apps.projects.lifecycle.stages import PROJECTS

LIFECYCLES = (PROJECTS, RETURNS)

__all__ = [
    "CONFIRM",
    "LIFECYCLES",
    "LIGHTS",
    "PROJECTS",
    "REPORT",
    "RETURNS",
    "RULES",
    "SEEDS",
    "STATISTICS",
    "VIEW",
    "check_duty",
    "check_project_access",
    "is_office",
]
