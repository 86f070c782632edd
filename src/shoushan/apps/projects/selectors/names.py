"""Names of projects for the figures."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

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


def projects_by_code(codes: Collection[str]) -> dict[str, Project]:
    """Projects by their number here or the national code."""
    found: dict[str, Project] = {}
    for part in rows.chunks(sorted({*codes} - {""}), 400):
        for each in Project.objects.filter(Q(code__in=part) | Q(project_code__in=part)).select_related("lead"):
            found |= {code: each for code in (each.code, each.project_code) if code}
    return found
