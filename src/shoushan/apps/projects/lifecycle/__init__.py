"""The lifecycles of projects and their monthly returns, and the rules they read."""

from shoushan.apps.projects.lifecycle import duties
from shoushan.apps.projects.lifecycle.duties import (
    CONFIRM,
    LIGHTS,
    REPORT,
    STATISTICS,
    VIEW,
    check_duty,
    check_project_access,
    is_office,
)
from shoushan.apps.projects.lifecycle.effects import keep_profile
from shoushan.apps.projects.lifecycle.obstacles import OBSTACLE, OBSTACLE_SEEDS
from shoushan.apps.projects.lifecycle.permit_effects import CLOCKS
from shoushan.apps.projects.lifecycle.permit_rule import PERMIT_SEEDS, PERMIT_STEPS
from shoushan.apps.projects.lifecycle.permits import DECIDE, PERMITS
from shoushan.apps.projects.lifecycle.pool import IDEAS, POOL_SEEDS, POOL_TARGET
from shoushan.apps.projects.lifecycle.returns import PHOTOS, RETURNS
from shoushan.apps.projects.lifecycle.stages import PROJECTS

LIFECYCLES = (PROJECTS, RETURNS, PERMITS, IDEAS)
RULES = (*duties.RULES, PERMIT_STEPS, POOL_TARGET)
SEEDS = (*duties.SEEDS, *PERMIT_SEEDS, *OBSTACLE_SEEDS, *POOL_SEEDS)

__all__ = [
    "CLOCKS",
    "CONFIRM",
    "DECIDE",
    "IDEAS",
    "LIFECYCLES",
    "LIGHTS",
    "OBSTACLE",
    "PERMITS",
    "PHOTOS",
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
    "keep_profile",
]
