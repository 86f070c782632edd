"""Obstacles of projects as a kind of matter, with the rules that the product brings along."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shoushan.apps.projects.chart import OBSTACLES
from shoushan.apps.projects.enums.obstacles import ObstacleCategory
from shoushan.apps.projects.lifecycle.duties import REPORT
from shoushan.apps.projects.selectors.obstacles import facts_of, projects_led_by, withheld_names
from shoushan.casework.kinds import MatterCategory, MatterKind
from shoushan.lifecycle.policies import ANY
from shoushan.lifecycle.seeds import Seed, SeedDocument, SeedRule

if TYPE_CHECKING:
    from shoushan.directory.models import User


def _speaks_for(user: User) -> Collection[str]:
    return [f"project:{code}" for code in projects_led_by(user).values_list("code", flat=True)]


def _page_of(about: str) -> str:
    return reverse("projects:project-detail", args=[about.partition(":")[2]])


OBSTACLE: Final = MatterKind(
    code="projects.obstacle",
    label=_("项目堵点"),
    prefix="OBS",
    family=OBSTACLES,
    categories=tuple(MatterCategory(each.value, each.label) for each in ObstacleCategory),
    apply_permission=REPORT,
    applicant_of=_speaks_for,
    about_address=_page_of,
    facts=facts_of,
    withheld_names=withheld_names,
    measures=OBSTACLES,
)


def _route(category: str, level: str, lead: str, *, assist: str = "", direct: str = "YES") -> dict[str, Any]:
    words = {"category": category, "level": level, "lead": lead, "assist": assist, "direct": direct}
    return {"area": ANY, "industry": ANY, "officer": "", **words}


def _term(step: str, unit: str, budget: int) -> dict[str, Any]:
    return {"category": ANY, "step": step, "unit": unit, "budget": budget, "remind": 50, "again": 2}


_ROUTES: Final = (
    _route("LAND", "DEPARTMENT", "DEPT_ADMINISTRATIVE_APPROVAL", assist="DEPT_DEVELOPMENT_REFORM"),
    _route("DEMOLITION", "STREET", "STREET", assist="DEPT_HOUSING_CONSTRUCTION"),
    _route("PLANNING", "DEPARTMENT", "DEPT_ADMINISTRATIVE_APPROVAL"),
    _route("APPROVAL", "DEPARTMENT", "DEPT_ADMINISTRATIVE_APPROVAL"),
    _route("FUNDS", "DEPARTMENT", "DEPT_DEVELOPMENT_REFORM"),
    _route("LABOUR", "DEPARTMENT", "DEPT_HOUSING_CONSTRUCTION", assist="DEPT_HEALTH"),
    _route("EPIDEMIC", "DEPARTMENT", "DEPT_HEALTH"),
    _route("UTILITIES", "DEPARTMENT", "DEPT_HOUSING_CONSTRUCTION"),
    _route("PETITION", "STREET", "STREET"),
    _route(ANY, "STREET", "STREET", direct="NO"),
)
_TERMS: Final = (
    _term("DISPATCH", "WORKING_DAYS", 1),
    _term("RESPOND", "WORKING_DAYS", 1),
    _term("PLAN", "WORKING_DAYS", 2),
    _term("CLOSE", "WORKING_DAYS", 10),
    _term("CALL_BACK", "WORKING_DAYS", 2),
    _term("ASSIST", "WORKING_DAYS", 3),
)
OBSTACLE_SEEDS: Final = (
    Seed(
        SeedDocument(
            "历下区重点项目堵点办理规则（演示）",
            "重点项目堵点的分派和办理时限",
            "历下区人民政府办公室",
            date(2020, 1, 1),
            note="参考区的初始设置，区级问题一个工作日内分派，请换成本区的文件",
        ),
        rules=(
            SeedRule(OBSTACLE.routing_rule, date(2020, 1, 1), _ROUTES),
            SeedRule(OBSTACLE.terms_rule, date(2020, 1, 1), _TERMS),
        ),
    ),
)
