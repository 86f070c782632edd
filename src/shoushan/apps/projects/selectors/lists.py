"""What a list needs to know of the projects that are there, and of who may lead them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple

from django.db.models import Max, Q

from shoushan.apps.projects.enums.projects import Level
from shoushan.apps.projects.models import MonthlyReturn, Project, Zone
from shoushan.apps.projects.selectors.codes import codes_in_force
from shoushan.directory.models import Organisation
from shoushan.directory.selectors import organisations
from shoushan.lib import rows, texts

PROJECT_FIELDS: Final = (
    "project_code",
    "kind",
    "owner_id",
    "owner_name",
    "zone_id",
    "site",
    "content",
    "lead_id",
    "sponsor",
    "service_officer",
    "note",
)
"""What a list says of a project itself."""
PLAN_FIELDS: Final = (
    "total_fen",
    "done_before_fen",
    "year_fen",
    "year_content",
    "start_year",
    "end_year",
    "premises_sqm",
)
"""What a list says of its plan for the year."""


class Known(NamedTuple):
    """A project as a list can compare it."""

    id: int
    code: str
    name: str
    name_key: str
    project_code: str
    kind: str
    area_code: str
    state: str
    state_on: date
    lead: str
    owner_name: str
    zone_id: int | None
    total_fen: int
    values: tuple[Any, ...]
    plan: tuple[Any, ...]
    level: str
    parts: frozenset[tuple[str, str]]
    newest_on: date | None
    """The day of the newest list or adjustment of the year."""
    reported_fen: int
    """The largest investment since the beginning that a return has reported."""


@dataclass(frozen=True, slots=True)
class KnownProjects:
    """The projects that a file may mean, by code, by name present or former, and by owner."""

    by_code: dict[str, Known]
    by_name: dict[str, Known]
    by_owner: dict[str, list[Known]]
    by_part: dict[str, Known]
    """Packaged projects by the names of their parts."""
    former_codes: dict[str, str] = field(default_factory=dict)
    """Codes that a project had before, with the code that it has now."""

    def code_in_force(self, code: str) -> str:
        """The code that the project has now which a list names by a former one; any other as it is."""
        return self.former_codes.get(code, code)

    def of(self, code: str, name_key: str) -> Known | None:
        """The project of a line: its code decides, then its name."""
        return (self.by_code.get(self.code_in_force(code)) if code else None) or self.by_name.get(name_key)


def known_projects(*, name_keys: Collection[str], codes: Collection[str], year: int) -> KnownProjects:
    """The projects of these names and codes, and all others of a year's lists, in nine queries."""
    former = codes_in_force(codes)
    wanted = Q(memberships__year=year)
    found: dict[int, Project] = {}
    related = ("plans", "memberships", "parts", "former_names", "profiles")
    known = Project.objects.select_related("lead")
    for each in known.filter(wanted).distinct().prefetch_related(*related):
        found[each.pk] = each
    for part in rows.chunks(sorted({*name_keys} - {""}), 400):
        named = Q(name_key__in=part) | Q(former_names__name_key__in=part)
        for each in known.filter(named).distinct().prefetch_related(*related):
            found[each.pk] = each
    for part in rows.chunks(sorted({former.get(code, code) for code in codes} - {""}), 400):
        for each in known.filter(project_code__in=part).prefetch_related(*related):
            found[each.pk] = each
    return _indexed(list(found.values()), year, former)


def _indexed(projects: list[Project], year: int, former: dict[str, str]) -> KnownProjects:
    by_code: dict[str, Known] = {}
    by_name: dict[str, Known] = {}
    by_owner: dict[str, list[Known]] = {}
    reported = _reported([each.pk for each in projects])
    briefs = {each.pk: _brief(each, year, reported.get(each.pk, 0)) for each in projects}
    for project in sorted(projects, key=lambda each: each.pk):
        brief = briefs[project.pk]
        if brief.project_code:
            by_code[brief.project_code] = brief
        for earlier in project.former_names.all():
            by_name.setdefault(earlier.name_key, brief)
        by_owner.setdefault(texts.match_key(brief.owner_name), []).append(brief)
    by_name |= {each.name_key: briefs[each.pk] for each in projects}
    by_part = {texts.match_key(name): each for each in by_name.values() for name, _content in each.parts}
    return KnownProjects(by_code, by_name, by_owner, by_part, former)


def _reported(ids: list[int]) -> dict[int, int]:
    """The largest total that returns of these projects have reported."""
    found: dict[int, int] = {}
    for part in rows.chunks(ids, 500):
        totals = (
            MonthlyReturn.objects.filter(project__in=part).order_by().values("project").annotate(most=Max("total_fen"))
        )
        found |= dict(totals.values_list("project", "most"))
    return found


def _brief(project: Project, year: int, reported_fen: int) -> Known:
    plans = [each for each in project.plans.all() if each.year == year]
    plan = max(plans, key=lambda each: each.revision, default=None)
    listed = [each for each in project.memberships.all() if each.year == year]
    levels = [each.level for each in listed if each.until is None]
    days = [each.effective_on for each in plans] + [each.until or each.since for each in listed]
    days += [each.since for each in project.profiles.all()]
    return Known(
        id=project.pk,
        code=project.code,
        name=project.name,
        name_key=project.name_key,
        project_code=project.project_code,
        kind=project.kind,
        area_code=project.area_code,
        state=project.state,
        state_on=project.state_on,
        lead=str(project.lead),
        owner_name=project.owner_name,
        zone_id=project.zone_id,
        total_fen=plan.total_fen if plan else 0,
        values=tuple(getattr(project, name) for name in PROJECT_FIELDS),
        plan=tuple(getattr(plan, name) for name in PLAN_FIELDS) if plan else (),
        level=Level.highest(levels),
        parts=frozenset((each.name, each.content) for each in project.parts.all() if each.until is None),
        newest_on=max(days, default=None),
        reported_fen=reported_fen,
    )


def lead_organisations(*, on: date) -> dict[str, int]:
    """Organisations by the key of their name and short name."""
    found: dict[str, int] = {}
    for each in organisations(on=on):
        for name in (each.short_name, each.name):
            if name:
                found.setdefault(texts.match_key(name), each.pk)
    return found


def lead_choices() -> list[tuple[str, str]]:
    """Code and name of the organisations that may lead a project."""
    return [(each.code, str(each)) for each in Organisation.objects.filter(valid_to__isnull=True)]


def zones_by_name() -> dict[str, int]:
    """Zones by the key of their name."""
    return {texts.match_key(name): pk for pk, name in Zone.objects.values_list("pk", "name")}
