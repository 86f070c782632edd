"""Names of projects for the figures."""

from __future__ import annotations

from collections.abc import Collection

from shoushan.apps.projects.models import Project
from shoushan.lib import rows


def names_of_projects(codes: Collection[str]) -> dict[str, str]:
    """Names of projects by their code."""
    names: dict[str, str] = {}
    for part in rows.chunks(sorted(codes), 500):
        names.update(Project.objects.filter(code__in=part).values_list("code", "name"))
    return names
