"""Nouns of the dated rules and of records: the version in force, a decision, a threshold, a risk level; a state on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from shoushan.lib import rows
from shoushan.lifecycle import policies
from shoushan.lifecycle.enums import Risk
from shoushan.lifecycle.errors import PolicyError
from shoushan.lifecycle.models import Document, RiskArea, Rule, Step


@dataclass(frozen=True, slots=True)
class RuleInForce:
    """The version that counts for an area on a day."""

    rule: Rule
    declaration: policies.RuleDeclaration

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Its rows."""
        return list(self.rule.rows)

    @property
    def document(self) -> Document:
        """The document that made it."""
        return self.rule.document


@dataclass(frozen=True, slots=True)
class RuleHistory:
    """Versions of a rule for one area."""

    rules: tuple[Rule, ...]
    declaration: policies.RuleDeclaration

    def on(self, day: date) -> RuleInForce | None:
        """The version that counts on a day: the closest area, the latest first day, the last entered."""
        there = [
            each for each in self.rules if each.valid_from <= day and (each.valid_to is None or each.valid_to >= day)
        ]
        best = max(
            there, key=lambda rule: (len(rule.area_code), rule.valid_from, rule.entered_at, rule.pk), default=None
        )
        return RuleInForce(best, self.declaration) if best else None


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a decision table says of some facts: the row, its place, the version with its document."""

    row: Mapping[str, Any]
    place: int
    rule: Rule

    @property
    def cited(self) -> str:
        """How the rule is cited: number of the document and row."""
        return _("依据%(number)s（第%(place)d项）") % {"number": self.rule.document.number, "place": self.place}


def rule_in_force(code: str, *, on: date, area: str) -> RuleInForce | None:
    """The version of a rule that counts for an area on a day: the closest area, the latest first day, the last entered."""
    in_force = Q(valid_to__isnull=True) | Q(valid_to__gte=on), Q(valid_from__lte=on)
    return _history(code, area, *in_force).on(on)


def rule_history(code: str, *, area: str) -> RuleHistory:
    """All versions of a rule for an area in one query, for who asks for many days."""
    return _history(code, area)


def _history(code: str, area: str, *wanted: Q) -> RuleHistory:
    declaration = policies.declaration_of(code)
    if declaration is None:
        raise LookupError(code)
    rows = Rule.objects.filter(*wanted, code=code).select_related("document")
    return RuleHistory(tuple(rule for rule in rows if area.startswith(rule.area_code)), declaration)


def check_rule_in_force(code: str, *, on: date, area: str) -> RuleInForce:
    """As rule_in_force, but refuses with a sentence where there is none."""
    found = rule_in_force(code, on=on, area=area)
    if found is None:
        declaration = policies.declaration_of(code)
        label = declaration.label if declaration else code
        words = {"label": label, "day": on.isoformat()}
        raise PolicyError(_("%(day)s没有有效的“%(label)s”，请先在“政策规则”中录入。") % words)
    return found


def ruling(code: str, *, on: date, area: str, facts: Mapping[str, policies.Fact]) -> Ruling:
    """What the decision table in force says; refuses with a sentence where no row applies."""
    found = check_rule_in_force(code, on=on, area=area)
    decision = policies.decide(found.declaration, found.rule.rows, facts)
    if decision is None:
        words = {"label": found.declaration.label, "number": found.document.number}
        raise PolicyError(_("“%(label)s”（%(number)s）没有适用于这种情况的一项，请补充规则。") % words)
    return Ruling(decision.row, decision.place, found.rule)


def threshold(code: str, name: str, *, on: date, area: str) -> Any:
    """One named value of a rule whose rows have `name` and `value`; refuses where it isn't stated."""
    found = check_rule_in_force(code, on=on, area=area)
    for row in found.rule.rows:
        if row["name"] == name:
            return row["value"]
    words = {"label": found.declaration.label, "name": name}
    raise PolicyError(_("“%(label)s”没有规定“%(name)s”，请补充规则。") % words)


def risk_of(area_code: str, *, on: date) -> RiskArea | None:
    """The risk level of an area on a day; the longest prefix decides, then what was published last."""
    return risks_of([area_code], on=on)[area_code]


def risks_of(area_codes: Iterable[str], *, on: date) -> dict[str, RiskArea | None]:
    """Risk levels of many areas at once."""
    wanted = set(area_codes)
    prefixes = {code[:length] for code in wanted for length in range(2, len(code) + 1)}
    rows = RiskArea.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)
    known = list(rows.filter(area_code__in=prefixes).select_related("document"))
    return {code: _closest(code, known) for code in wanted}


def _closest(code: str, known: list[RiskArea]) -> RiskArea | None:
    found = [row for row in known if code.startswith(row.area_code)]
    return max(found, key=lambda row: (len(row.area_code), row.valid_from, row.pk), default=None)


def risk_level(area_code: str, *, on: date) -> str:
    """The level, low where nothing was published: an area without a case is not listed."""
    found = risk_of(area_code, on=on)
    return found.level if found else Risk.LOW.value


def states_on(subjects: Collection[str], day: date) -> dict[str, str]:
    """In which state records were at the end of a day, by subject; those that were not there yet are left out."""
    found: dict[str, str] = {}
    for part in rows.chunks(sorted(subjects), 500):
        steps = Step.objects.filter(subject__in=part, occurred_on__lte=day).order_by("revision")
        found |= dict(steps.values_list("subject", "target"))
    return found


def versions(code: str) -> QuerySet[Rule]:
    """All versions of a rule, the latest first day first."""
    return (
        Rule.objects.filter(code=code).select_related("document", "entered_by").order_by("-valid_from", "-entered_at")
    )
