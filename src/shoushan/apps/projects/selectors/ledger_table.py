"""What the list as it is published says of a project beside the facts of a page (handbook D4)."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from shoushan.apps.projects.models import ProjectPlan


class PlanWords(NamedTuple):
    """Of the plan that counts: what was done before its year, in fen, and what is built within it."""

    done_before_fen: int
    year_content: str


def plan_words(ids: Collection[int], year: int) -> dict[int, PlanWords]:
    """The newest plan of a year of these projects, by their id, in one query: the projects of one page."""
    found = ProjectPlan.objects.filter(project_id__in=list(ids), year=year).order_by("revision")
    rows = found.values_list("project_id", "done_before_fen", "year_content")
    return {project_id: PlanWords(done, content) for project_id, done, content in rows}
