"""The lifecycles of a matter, of an assisting organisation's part, and of a supervision order."""

from shoushan.casework.lifecycle.assignments import ASSIGNMENTS
from shoushan.casework.lifecycle.matters import matter_lifecycle
from shoushan.casework.lifecycle.supervisions import SUPERVISIONS

LIFECYCLES = (ASSIGNMENTS, SUPERVISIONS)

__all__ = ["ASSIGNMENTS", "LIFECYCLES", "SUPERVISIONS", "matter_lifecycle"]
