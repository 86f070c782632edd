"""A project as the columns of the list of key projects name its values."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from shoushan.apps.projects.enums.projects import WAY
from shoushan.apps.projects.models import Project, ProjectPart, ProjectPlan, ProjectProfile
from shoushan.apps.projects.selectors.portfolio import level_of


def records_of(project: Any, year: int) -> list[dict[str, Any]]:
    """A row of the portfolio, with all facts, as it is now."""
    plans = (each for each in project.plans.all() if each.year == year)
    return record_of(
        project,
        name=project.name,
        level=level_of(project.level_rank),
        profile=project,
        zone=str(project.zone) if project.zone else None,
        stage=project.state if project.state in WAY else None,
        plan=max(plans, key=lambda each: each.revision, default=None),
        parts=[each for each in project.parts.all() if each.until is None],
    )


def record_of(
    project: Project,
    *,
    name: str,
    level: str,
    profile: Project | ProjectProfile,
    zone: str | None,
    stage: str | None,
    plan: ProjectPlan | None,
    parts: Iterable[ProjectPart],
) -> list[dict[str, Any]]:
    """A project with what is said of it; the parts of a package follow it, without its money."""
    whole: dict[str, Any] = {
        "name": name,
        "level": level or None,
        "owner": profile.owner_name,
        "site": profile.site,
        "content": profile.content,
        "lead": str(profile.lead),
        "sponsor": profile.sponsor or None,
        "service_officer": profile.service_officer or None,
        "note": project.note or None,
        "project_code": project.project_code or None,
        "kind": profile.kind,
        "area": project.area_code,
        "zone": zone,
        "stage": stage,
    }
    if plan is None:
        return [whole]
    whole |= {
        "years": (plan.start_year, plan.end_year),
        "total_fen": plan.total_fen,
        "done_before_fen": plan.done_before_fen or None,
        "year_fen": plan.year_fen,
        "year_content": plan.year_content or None,
        "premises": Decimal(plan.premises_sqm) / 10_000 if plan.premises_sqm else None,
    }
    shared = {key: whole[key] for key in ("level", "owner", "site", "lead", "years", "area")}
    nothing = {"total_fen": 0, "year_fen": 0, "package": name}
    return [whole, *({**shared, **nothing, "name": each.name, "content": each.content or each.name} for each in parts)]
