"""Concerns of buildings and their tenants as a kind of matter, with the rules that the product brings along."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shoushan.apps.premises.chart import CONCERNS
from shoushan.apps.premises.enums.concerns import ConcernCategory
from shoushan.casework.kinds import MatterCategory, MatterKind
from shoushan.lifecycle.policies import ANY
from shoushan.lifecycle.seeds import Seed, SeedDocument, SeedRule


def _page_of(about: str) -> str:
    return reverse("premises:building-detail", args=[about.partition(":")[2]])


CONCERN: Final = MatterKind(
    code="premises.concern",
    label=_("楼宇诉求"),
    prefix="BLC",
    family=CONCERNS,
    categories=tuple(MatterCategory(each.value, each.label) for each in ConcernCategory),
    apply_permission="premises.record_visit",
    about_address=_page_of,
    measures=CONCERNS,
)


def _route(category: str, lead: str, *, level: str = "DEPARTMENT", direct: str = "YES") -> dict[str, Any]:
    words = {"category": category, "area": ANY, "industry": ANY, "level": level, "lead": lead}
    return {**words, "assist": "", "officer": "", "direct": direct}


def _term(step: str, unit: str, budget: int) -> dict[str, Any]:
    return {"category": ANY, "step": step, "unit": unit, "budget": budget, "remind": 50, "again": 2}


SINCE: Final = date(2020, 1, 1)
SEEDS: Final = (
    Seed(
        SeedDocument(
            "历下区楼宇诉求办理规则（演示）",
            "楼宇走访诉求的分派和办理时限",
            "历下区投资促进局",
            SINCE,
            note="产品自带，可按当地规定修改",
        ),
        rules=(
            SeedRule(
                CONCERN.routing_rule,
                SINCE,
                (
                    _route("LEASE", "DEPT_INVESTMENT_PROMOTION"),
                    _route("FIT_OUT", "DEPT_HOUSING_CONSTRUCTION"),
                    _route("REGISTRATION", "DEPT_ADMINISTRATIVE_APPROVAL"),
                    _route("POLICY_DUE", "DEPT_INVESTMENT_PROMOTION"),
                    _route(ANY, "STREET", level="STREET", direct="NO"),
                ),
            ),
            SeedRule(
                CONCERN.terms_rule,
                SINCE,
                (
                    _term("DISPATCH", "WORKING_DAYS", 1),
                    _term("RESPOND", "NATURAL_HOURS", 48),
                    _term("PLAN", "NATURAL_HOURS", 24 * 60),
                    _term("CLOSE", "NATURAL_DAYS", 10),
                    _term("CALL_BACK", "WORKING_DAYS", 2),
                    _term("ASSIST", "WORKING_DAYS", 2),
                ),
            ),
        ),
    ),
)
