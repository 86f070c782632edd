"""Difficulties of enterprises as a kind of matter, with the rules that the product brings along."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shoushan.apps.resumption.chart import DIFFICULTIES
from shoushan.apps.resumption.enums.difficulties import FINER, DifficultyCategory
from shoushan.apps.resumption.selectors.contacts import REPRESENT, enterprises_of
from shoushan.apps.resumption.selectors.difficulties import facts_of
from shoushan.casework.kinds import MatterCategory, MatterKind
from shoushan.lifecycle.policies import ANY
from shoushan.lifecycle.seeds import Seed, SeedDocument, SeedRule

if TYPE_CHECKING:
    from shoushan.directory.models import User


def _speaks_for(user: User) -> Collection[str]:
    return [each.subject for each in enterprises_of(user)]


def _page_of(about: str) -> str:
    return reverse("resumption:enterprise-detail", args=[about.partition(":")[2]])


DIFFICULTY: Final = MatterKind(
    code="resumption.difficulty",
    label=_("企业诉求"),
    prefix="DIF",
    family=DIFFICULTIES,
    categories=(
        *(MatterCategory(each.value, each.label) for each in DifficultyCategory),
        *(MatterCategory(*each) for each in FINER),
    ),
    apply_permission=REPRESENT,
    applicant_of=_speaks_for,
    about_address=_page_of,
    facts=facts_of,
    measures=DIFFICULTIES,
)


def _route(category: str, level: str, lead: str, *, assist: str = "", direct: str = "YES") -> dict[str, Any]:
    return {
        "category": category,
        "area": ANY,
        "industry": ANY,
        "level": level,
        "lead": lead,
        "assist": assist,
        "officer": "",
        "direct": direct,
    }


def _term(category: str, step: str, unit: str, budget: int, *, again: int = 2) -> dict[str, Any]:
    return {"category": category, "step": step, "unit": unit, "budget": budget, "remind": 50, "again": again}


_ROUTES: Final = (
    _route("TRANSPORT", "DEPARTMENT", "DEPT_INDUSTRY_INFORMATION", assist="DEPT_HEALTH"),
    _route("ISOLATION", "STREET", "STREET", assist="DEPT_HEALTH"),
    _route("SUPPLIES", "DEPARTMENT", "DEPT_INDUSTRY_INFORMATION", assist="DEPT_MARKET_REGULATION"),
    _route("FUNDS", "DEPARTMENT", "DEPT_DEVELOPMENT_REFORM"),
    _route("MATERIALS", "DEPARTMENT", "DEPT_INDUSTRY_INFORMATION"),
    _route("LOGISTICS", "DEPARTMENT", "DEPT_COMMERCE"),
    _route("APPROVAL", "DEPARTMENT", "DEPT_ADMINISTRATIVE_APPROVAL"),
    _route("UTILITIES", "DEPARTMENT", "DEPT_HOUSING_CONSTRUCTION"),
    _route("POLICY", "DEPARTMENT", "DEPT_DEVELOPMENT_REFORM"),
    _route(ANY, "STREET", "STREET", direct="NO"),
)
_TERMS: Final = (
    _term("SUPPLIES", "CLOSE", "NATURAL_DAYS", 3),
    _term(ANY, "DISPATCH", "WORKING_DAYS", 1),
    _term(ANY, "RESPOND", "NATURAL_HOURS", 60),
    _term(ANY, "PLAN", "NATURAL_HOURS", 24 * 60),
    _term(ANY, "CLOSE", "NATURAL_DAYS", 7),
    _term(ANY, "CALL_BACK", "WORKING_DAYS", 2),
    _term(ANY, "ASSIST", "WORKING_DAYS", 2),
)
DIFFICULTY_SEEDS: Final = (
    Seed(
        SeedDocument(
            "历下区企业诉求办理规则（2020-02-08）",
            "企业诉求的分派和办理时限",
            "历下区企业复工复产工作专班",
            date(2020, 2, 8),
            note="产品自带，可按当地规定修改",
        ),
        rules=(
            SeedRule(DIFFICULTY.routing_rule, date(2020, 2, 8), _ROUTES),
            SeedRule(DIFFICULTY.terms_rule, date(2020, 2, 8), _TERMS),
        ),
    ),
)
