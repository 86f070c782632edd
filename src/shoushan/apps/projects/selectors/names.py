"""Names of projects for the figures."""

from __future__ import annotations

from collections.abc import Collection

from shoushan.apps.projects.models import Idea, Permit, Project
from shoushan.lib import rows


def names_of_projects(codes: Collection[str]) -> dict[str, str]:
    """Names of projects by their code."""
    names: dict[str, str] = {}
    for part in rows.chunks(sorted(codes), 500):
        names.update(Project.objects.filter(code__in=part).values_list("code", "name"))
    return names


def names_of_permits(codes: Collection[str]) -> dict[str, str]:
    """Names of applications for permits by their code: the step and its project."""
    names: dict[str, str] = {}
    for part in rows.chunks(sorted(codes), 500):
        found = Permit.objects.filter(code__in=part).values_list("code", "item_name", "project__name")
        names.update({code: f"{item}（{name}）" for code, item, name in found})
    return names


def names_of_ideas(codes: Collection[str]) -> dict[str, str]:
    """Names of ideas by their code."""
    names: dict[str, str] = {}
    for part in rows.chunks(sorted(codes), 500):
        names.update(Idea.objects.filter(code__in=part).values_list("code", "name"))
    return names
