"""The pool of ideas: filtered and in order, and how far it is from being doubled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from django.conf import settings
from django.db.models import Q, QuerySet

from shoushan.apps.projects.enums.pool import POOL_RULE, PoolTerm
from shoushan.apps.projects.models import Idea, Project
from shoushan.directory import scopes
from shoushan.lifecycle.selectors import rule_in_force
from shoushan.registry.spelled import is_like

ORDERS: Final = {"name": "name_key", "invest": "invest_fen", "tax": "tax_fen", "jobs": "jobs", "on": "proposed_on"}


def ideas(*, areas: Sequence[str]) -> QuerySet[Idea]:
    """All ideas within areas."""
    found = Idea.objects.filter(scopes.within_any(areas, "area_code"))
    return found.select_related("lead", "zone", "project")


def ideas_like(found: QuerySet[Idea], asked: dict[str, Any], *, order: str = "") -> QuerySet[Idea]:
    """Those that the filters ask for, the newest first unless told otherwise."""
    for name, field in (("area", "area_code"), ("theme", "theme"), ("source", "source"), ("state", "state")):
        if asked.get(name):
            found = found.filter(**{field: asked[name]})
    if asked.get("text"):
        found = found.filter(is_like(asked["text"]) | Q(content__contains=asked["text"]))
    field = ORDERS.get(order.removeprefix("-"), "")
    if not field:
        return found.order_by("-proposed_on", "-pk")
    return found.order_by(f"-{field}" if order.startswith("-") else field, "pk")


@dataclass(frozen=True, slots=True)
class Goal:
    """The base of a day and what it is to become: so many times as many ideas, and as much investment."""

    base_on: date
    count: int
    invest_fen: int
    factor: Fraction
    document: str

    @property
    def target_count(self) -> int:
        """How many ideas there are to be."""
        return int(self.count * self.factor)

    @property
    def target_fen(self) -> int:
        """How much investment they are to expect."""
        return int(self.invest_fen * self.factor)


def goal(*, on: date) -> Goal | None:
    """The goal by the rule of a day; None where none was set or it isn't complete."""
    found = rule_in_force(POOL_RULE, on=on, area=settings.DISTRICT_CODE)
    terms = {row["name"]: Fraction(Decimal(str(row["value"]))) for row in found.rows} if found else {}
    if found is None or set(terms) != set(PoolTerm.values) or min(terms.values()) <= 0:
        return None
    return Goal(
        base_on=found.rule.valid_from,
        count=int(terms[PoolTerm.COUNT]),
        invest_fen=int(terms[PoolTerm.INVEST] * 10**10),
        factor=terms[PoolTerm.FACTOR],
        document=found.document.number,
    )


def share(value: int, target: int) -> Fraction | None:
    """Per cent of a target."""
    return Fraction(value, target) * 100 if target else None


def project_choices(_idea: Idea) -> list[tuple[str, str]]:
    """The projects that an idea may have become, by name."""
    return list(Project.objects.exclude(state="WITHDRAWN").order_by("name_key", "pk").values_list("code", "name"))
