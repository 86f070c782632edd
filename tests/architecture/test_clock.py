"""The clock is read where time comes in, the transaction is opened where rules are; both are seen in the syntax tree."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.architecture.sources import MODULES, imported, name, tree, words

READERS = {"views", "tasks", "config"}
CLOCKS = {
    *[f"django.utils.timezone.{each}" for each in ("now", "localdate", "localtime")],
    *[f"time.{each}" for each in ("time", "time_ns", "localtime", "gmtime")],
}
METHODS = {"now", "localdate", "utcnow", "today"}
OWNERS = {"timezone", "datetime", "date", "dt"}


def reads_the_clock(node: ast.AST) -> bool:
    """`timezone.now()`, and `timezone.now` handed over uncalled; `datetime.datetime.now()` too."""
    if not isinstance(node, ast.Attribute) or node.attr not in METHODS:
        return False
    owner = node.value
    return (isinstance(owner, ast.Name) and owner.id in OWNERS) or (
        isinstance(owner, ast.Attribute) and owner.attr in OWNERS
    )


@pytest.mark.parametrize("path", [path for path in MODULES if not READERS & words(path)], ids=name)
def test_it_reads_the_clock_only_where_time_comes_in(path: Path) -> None:
    assert not CLOCKS.intersection(imported(path))
    assert [node.lineno for node in ast.walk(tree(path)) if reads_the_clock(node)] == []


def opens_transactions(path: Path) -> bool:
    """In a services module or package, or in the ledger."""
    return "ledger" in words(path) or any(part.startswith("services") for part in words(path))


@pytest.mark.parametrize("path", [path for path in MODULES if not opens_transactions(path)], ids=name)
def test_it_opens_transactions_only_in_services_and_in_the_ledger(path: Path) -> None:
    assert "django.db.transaction.atomic" not in set(imported(path))
    found = [node.lineno for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute) and node.attr == "atomic"]
    assert found == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("timezone.now()", True),
        ("field(default=timezone.now)", True),
        ("datetime.datetime.now(UTC)", True),
        ("date.today()", True),
        ("calendar.today(at)", False),
        ("at.date()", False),
    ],
)
def test_it_knows_the_clock_when_it_sees_one(text: str, expected: bool) -> None:
    assert any(reads_the_clock(node) for node in ast.walk(ast.parse(text))) is expected
