"""Kinds of matters: declared by the apps whose difficulties, obstacles or events they are, registered in `AppConfig.ready()`."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from shoushan.casework.models import Matter
    from shoushan.directory.models import User


@dataclass(frozen=True, slots=True)
class MatterCategory:
    """One category of a tree; a code without a parent is a top category, by which matters are counted."""

    code: str
    label: StrOrPromise
    parent: str = ""


def _nobody(_user: User) -> Collection[str]:
    return ()


def _no_facts(_matter: Matter) -> list[tuple[Any, Any]]:
    return []


def _about_name(matter: Matter) -> Collection[str]:
    return (matter.about_name,)


@dataclass(frozen=True, kw_only=True)
class MatterKind:
    """What all matters of one kind have in common.

    `code` is also that of its lifecycle and the stem of its rules: `code_routing`, `code_terms`.
    """

    code: str
    label: StrOrPromise
    prefix: str
    """Of its numbers: DIF in DIF-370102-20200211-0001."""
    family: str
    """Ledger account family, such as `resumption.difficulties`."""
    categories: tuple[MatterCategory, ...]
    apply_permission: str
    """What those who raise such matters for themselves hold; they may see, supplement, evaluate and withdraw theirs."""
    applicant_of: Callable[[User], Collection[str]] = field(default=_nobody)
    """The typed codes for which this person speaks (`enterprise:E1`)."""
    about_address: Callable[[str], str] = field(default=lambda _code: "")
    """The page of what a matter is about, by its typed code."""
    facts: Callable[[Matter], list[tuple[Any, Any]]] = field(default=_no_facts)
    """Further facts of a matter for its page: label and value."""
    withheld_names: Callable[[Matter], Collection[str]] = field(default=_about_name)
    """Names that its public copy must not hold."""
    measures: str = ""
    """Stem of the codes of its figures: `stem_on_time_rate` and so on (`casework.measures`)."""

    @property
    def routing_rule(self) -> str:
        """Code of the decision table that says who does it."""
        return f"{self.code}_routing"

    @property
    def terms_rule(self) -> str:
        """Code of the decision table that says how long each step may take."""
        return f"{self.code}_terms"

    @property
    def choices(self) -> list[tuple[str, StrOrPromise]]:
        """Categories as choices, each below the one above it."""
        return [(each.code, each.label) for each in self.categories]

    def category_label(self, code: str) -> StrOrPromise:
        """The label of a category."""
        return next((each.label for each in self.categories if each.code == code), code)

    def lineage(self, code: str) -> frozenset[str]:
        """A category with all those above it."""
        parents = {each.code: each.parent for each in self.categories}
        found: list[str] = []
        while code and code not in found:
            found.append(code)
            code = parents.get(code, "")
        return frozenset(found)

    def top(self, code: str) -> str:
        """The top category above a category."""
        parents = {each.code: each.parent for each in self.categories}
        while parents.get(code):
            code = parents[code]
        return code


_kinds: dict[str, MatterKind] = {}


def register(kind: MatterKind) -> None:
    """Make a kind of matter known with its lifecycle and rules. The very same one again changes nothing."""
    from shoushan.casework.lifecycle import matter_lifecycle
    from shoushan.casework.rules import routing_rule, terms_rule
    from shoushan.lifecycle import declarations, policies

    if kind.code in _kinds:
        if _kinds[kind.code] is not kind:
            raise ValueError(f"kind of matter {kind.code} is declared twice")
        return
    _kinds[kind.code] = kind
    policies.register(routing_rule(kind), terms_rule(kind))
    declarations.register(matter_lifecycle(kind))


def kind_of(code: str) -> MatterKind:
    """The kind of this code; KeyError when no app declared it."""
    return _kinds[code]


def all_kinds() -> tuple[MatterKind, ...]:
    """Every kind, by code."""
    return tuple(_kinds[code] for code in sorted(_kinds))
