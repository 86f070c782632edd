"""A year's list as it was at the end of a day: who was on it under which name, with the plan, profile and stage of that day."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

from shoushan.apps.projects.enums.projects import WAY, Level, ProjectStage
from shoushan.apps.projects.models import (
    ListMembership,
    Project,
    ProjectPart,
    ProjectPlan,
    ProjectProfile,
    Zone,
    ZoneStay,
)
from shoushan.apps.projects.selectors.comparison import names_on
from shoushan.apps.projects.selectors.records import record_of
from shoushan.apps.projects.selectors.stages import corrected_days
from shoushan.directory import scopes
from shoushan.directory.models import Organisation
from shoushan.lib import rows
from shoushan.lifecycle.models import Step


def records_on(year: int, on: date, *, areas: Sequence[str]) -> list[dict[str, Any]]:
    """The list of a year at the end of a day within areas, as its columns name the values; parts follow their package.

    A project that has left the list since, or has another name, lead or plan now, is there as it was.
    """
    levels = _levels(year, on, areas)
    found: list[dict[str, Any]] = []
    for part in rows.chunks(sorted(levels), 500):
        found += _records(part, levels, year, on)
    return found


def _levels(year: int, on: date, areas: Sequence[str]) -> dict[int, list[str]]:
    listed = ListMembership.objects.filter(
        scopes.within_any(areas, "project__area_code"), year=year, since__lte=on
    ).exclude(until__lte=on)
    found: dict[int, list[str]] = {}
    for pk, level in listed.values_list("project_id", "level"):
        found.setdefault(pk, []).append(level)
    return found


def _records(ids: Sequence[int], levels: dict[int, list[str]], year: int, on: date) -> Iterator[dict[str, Any]]:
    projects = Project.objects.filter(pk__in=ids).order_by("name_key")
    names, stages = names_on(on, ids), stages_on(on, [each.subject for each in projects])
    plans = ProjectPlan.objects.filter(project__in=ids, year=year, effective_on__lte=on)
    plan_of = {each.project_id: each for each in plans.order_by("effective_on", "revision")}
    profiles = ProjectProfile.objects.filter(project__in=ids, since__lte=on).select_related("lead")
    profile_of = {each.project_id: each for each in profiles.order_by("since", "pk")}
    zones = dict(Zone.objects.values_list("pk", "name"))
    stays = ZoneStay.objects.filter(project__in=ids, since__lte=on).order_by("since", "pk")
    zone_of = {pk: zones[zone] for pk, zone in stays.values_list("project_id", "zone_id")}
    parts: dict[int, list[ProjectPart]] = {}
    for each in ProjectPart.objects.filter(project__in=ids, since__lte=on).exclude(until__lte=on).order_by("pk"):
        parts.setdefault(each.project_id, []).append(each)
    for project in projects:
        profile = profile_of.get(project.pk)
        stage = stages.get(project.subject, project.state)
        yield from record_of(
            project,
            name=names.get(project.pk, project.name),
            level=Level.highest(levels[project.pk]),
            profile=profile or project,
            zone=zone_of.get(project.pk),
            stage=stage if stage in WAY else None,
            plan=plan_of.get(project.pk),
            parts=parts.get(project.pk, []),
        )


def leads_on(on: date, ids: Collection[int]) -> dict[int, Organisation]:
    """Who led projects at the end of a day; of one that was not known yet who led it first."""
    found: dict[int, Organisation] = {}
    for part in rows.chunks(sorted(ids), 500):
        profiles = ProjectProfile.objects.filter(project__in=part).select_related("lead").order_by("since", "pk")
        for each in profiles:
            if each.since <= on or each.project_id not in found:
                found[each.project_id] = each.lead
    return found


def stages_on(on: date, subjects: Collection[str]) -> dict[str, str]:
    """The stage of projects at the end of a day, by subject; of one that took its first step later the stage before it."""
    found: dict[str, str] = {}
    for part in rows.chunks(sorted(subjects), 500):
        corrected = corrected_days(part)
        steps = Step.objects.filter(subject__in=part, lifecycle="projects.project").order_by("revision")
        for subject, source, target, day in steps.values_list("subject", "source", "target", "occurred_on"):
            if corrected.get(subject, {}).get(target, day) <= on:
                found[subject] = target
            else:
                found.setdefault(subject, source or ProjectStage.PLANNING.value)
    return found
