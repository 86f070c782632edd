"""A year's list as it was at the end of a day: who was on it under which name, with the plan, profile and stage of that day."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from shoushan.apps.projects.enums.projects import WAY, Level
from shoushan.apps.projects.models import (
    ListMembership,
    Project,
    ProjectPart,
    ProjectPlan,
    ProjectProfile,
    ZoneStay,
)
from shoushan.apps.projects.selectors.comparison import names_on
from shoushan.apps.projects.selectors.records import record_of
from shoushan.apps.projects.selectors.stages import stages_on
from shoushan.directory import scopes
from shoushan.lib import rows


def records_on(year: int, on: date, *, areas: Sequence[str]) -> list[dict[str, Any]]:
    """The list of a year at the end of a day within areas, as its columns name the values; parts follow their package.

    A project that has left the list since, or has another name, lead or plan now, is there as it was.
    """
    levels = _levels(year, on, areas)
    found: list[dict[str, Any]] = []
    for part in rows.chunks(sorted(levels), 500):
        found += _records(part, levels, year, on)
    return found


def memberships_on(year: int, day: date) -> QuerySet[ListMembership]:
    """On which lists of a year projects were at the end of a day."""
    return ListMembership.objects.filter(Q(until__isnull=True) | Q(until__gt=day), year=year, since__lte=day)


def _levels(year: int, on: date, areas: Sequence[str]) -> dict[int, list[str]]:
    listed = memberships_on(year, on).filter(scopes.within_any(areas, "project__area_code"))
    found: dict[int, list[str]] = {}
    for pk, level in listed.values_list("project_id", "level"):
        found.setdefault(pk, []).append(level)
    return found


def _records(ids: Sequence[int], levels: dict[int, list[str]], year: int, on: date) -> Iterator[dict[str, Any]]:
    projects = Project.objects.filter(pk__in=ids).order_by("name_key")
    names, stages = names_on(on, ids), stages_on([each.subject for each in projects], on)
    plans, profiles = plans_on(ids, on, year=year), profiles_on(ids, on)
    stays = ZoneStay.objects.filter(project__in=ids, since__lte=on).order_by("since", "pk")
    zone_of = dict(stays.values_list("project_id", "zone__name"))
    parts: dict[int, list[ProjectPart]] = {}
    for each in ProjectPart.objects.filter(project__in=ids, since__lte=on).exclude(until__lte=on).order_by("pk"):
        parts.setdefault(each.project_id, []).append(each)
    for project in projects:
        stage = stages.get(project.subject, project.state)
        yield from record_of(
            project,
            name=names.get(project.pk, project.name),
            level=Level.highest(levels[project.pk]),
            profile=profiles.get(project.pk, project),
            zone=zone_of.get(project.pk),
            stage=stage if stage in WAY else None,
            plan=plans.get(project.pk),
            parts=parts.get(project.pk, []),
        )


def plans_on(ids: Collection[int], day: date, *, year: int) -> dict[int, ProjectPlan]:
    """The plans of a year that were in force at the end of a day, by project."""
    found: dict[int, ProjectPlan] = {}
    for part in rows.chunks(sorted(ids), 500):
        plans = ProjectPlan.objects.filter(project__in=part, year=year, effective_on__lte=day)
        found |= {each.project_id: each for each in plans.order_by("effective_on", "revision")}
    return found


def profiles_on(ids: Collection[int], day: date) -> dict[int, ProjectProfile]:
    """Whose projects were at the end of a day, where, what and who led them; of one not known yet what was said first."""
    found: dict[int, ProjectProfile] = {}
    for part in rows.chunks(sorted(ids), 500):
        profiles = ProjectProfile.objects.filter(project__in=part).select_related("lead").order_by("since", "pk")
        for each in profiles:
            if each.since <= day or each.project_id not in found:
                found[each.project_id] = each
    return found
