"""Names of projects for the figures; what somebody means who types a name."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from shoushan.apps.projects.models import FormerProjectCode, FormerProjectName, Idea, Permit, Project
from shoushan.lib import rows, texts
from shoushan.registry.spelled import is_like


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


def project_like(text: str) -> Q:
    """Projects by name or spelling, by number here, national code or owner, as they are or were; none for marks alone."""
    if not texts.match_key(text):
        return Q(pk__in=())
    like = is_like(text)
    coded = Q(code=text.upper()) | Q(project_code=text.upper())
    coded |= Q(pk__in=FormerProjectCode.objects.filter(code=text.upper()).values("project"))
    return (
        like | Q(pk__in=FormerProjectName.objects.filter(like).values("project")) | Q(owner_name__contains=text) | coded
    )


def projects_by_code(codes: Collection[str]) -> dict[str, Project]:
    """Projects by their number here or the national code, that of now or one from before."""
    found: dict[str, Project] = {}
    for part in rows.chunks(sorted({*codes} - {""}), 400):
        for each in Project.objects.filter(Q(code__in=part) | Q(project_code__in=part)).select_related("lead"):
            found |= {code: each for code in (each.code, each.project_code) if code}
        former = FormerProjectCode.objects.filter(code__in=part).select_related("project__lead")
        found |= {each.code: each.project for each in former if each.code not in found}
    return found
