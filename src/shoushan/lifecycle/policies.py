"""Declarations of dated rules, and how they answer: which rows are in force on a day, which row of a table decides."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from shoushan.lib import numbers, texts
from shoushan.lib.declaring import declare

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ANY: Final = "*"
"""In a condition: whatever it is."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RuleColumn:
    """One column of a rule's rows."""

    name: str
    label: StrOrPromise
    choices: tuple[tuple[str, StrOrPromise], ...] = ()
    is_number: bool = False
    is_condition: bool = False
    """Decides whether the row applies; `*` applies always."""
    is_required: bool = True


class Change(NamedTuple):
    """An open record that a new version would judge otherwise."""

    subject: str
    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RuleDeclaration:
    """What kind of rows a rule has. A decision table is read from the top; the first row that applies decides."""

    code: str
    label: StrOrPromise
    columns: tuple[RuleColumn, ...]
    hint: StrOrPromise = ""
    preview: Callable[[Sequence[Row], date, str], list[Change]] | None = None
    """Open records that these rows, in force from a day in an area, would judge otherwise than now."""
    key: str = ""
    """The column that names a row; each value stands once."""

    @property
    def conditions(self) -> tuple[RuleColumn, ...]:
        """The columns that decide."""
        return tuple(column for column in self.columns if column.is_condition)


class Decision(NamedTuple):
    """The row that applied, and its place from 1 on."""

    row: Row
    place: int


_declared: dict[str, RuleDeclaration] = {}


def register(*declarations: RuleDeclaration) -> None:
    """Make rules known; apps do so when they are ready."""
    for declaration in declarations:
        declare(_declared, declaration.code, declaration, "rule")


def declared() -> tuple[RuleDeclaration, ...]:
    """Every rule, by code."""
    return tuple(_declared[code] for code in sorted(_declared))


def declaration_of(code: str) -> RuleDeclaration | None:
    """The declaration of this code."""
    return _declared.get(code)


Fact = str | frozenset[str]
"""What is so. Where something counts as several things at once (a category and those above it), the set of them."""


def decide(declaration: RuleDeclaration, rows: Sequence[Row], facts: Mapping[str, Fact]) -> Decision | None:
    """The first row whose conditions all fit the facts; None when none does."""
    for place, row in enumerate(rows, 1):
        if all(_fits(row.get(column.name, ANY), facts.get(column.name, "")) for column in declaration.conditions):
            return Decision(row, place)
    return None


def _fits(asked: str, fact: Fact) -> bool:
    return asked in {ANY, ""} or (asked in fact if isinstance(fact, frozenset) else asked == fact)


def clean_rows(
    declaration: RuleDeclaration, rows: Sequence[Mapping[str, Any]]
) -> tuple[list[dict[str, Any]], list[tuple[int, str, str]]]:
    """Rows as they are kept, without empty ones, and what is wrong: row from 1 on, column, code of the problem."""
    kept: list[dict[str, Any]] = []
    problems: list[tuple[int, str, str]] = []
    seen: set[Any] = set()
    for place, row in enumerate(rows, 1):
        cells = {column.name: texts.clean(row.get(column.name)) for column in declaration.columns}
        if not any(cells.values()):
            continue
        clean: dict[str, Any] = {}
        for column in declaration.columns:
            value, problem = _cell(column, cells[column.name])
            clean[column.name] = value
            if problem:
                problems.append((place, column.name, problem))
        if declaration.key and clean[declaration.key] in seen:
            problems.append((place, declaration.key, "repeated"))
        seen.add(clean.get(declaration.key))
        kept.append(clean)
    return kept, problems


def _cell(column: RuleColumn, text: str) -> tuple[Any, str]:
    if not text:
        default = ANY if column.is_condition else None if column.is_number else ""
        return default, "missing" if column.is_required and not column.is_condition else ""
    if column.is_condition and text == ANY:
        return ANY, ""
    if column.choices:
        by_label = {texts.match_key(str(label)): code for code, label in column.choices}
        known = {code for code, _label in column.choices}
        code = text if text in known else by_label.get(texts.match_key(text), "")
        return code, "" if code else "not_a_choice"
    if column.is_number:
        reading = numbers.read_decimal(text, 2)
        if reading.code and not reading.is_warning:
            return None, "not_a_number"
        value = reading.value
        return (int(value) if value == int(value) else float(value)), ""
    return text, ""
