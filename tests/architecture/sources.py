"""What the architecture tests read: the product's modules, as files and as syntax trees."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "shoushan"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())


def name(path: Path) -> str:
    """A file's name in messages."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(path.read_text())


def words(path: Path) -> set[str]:
    """Names of the packages and of the module itself: {"apps", "resumption", "views"}."""
    return {part.removesuffix(".py") for part in path.relative_to(PACKAGE).parts}


def imported(path: Path) -> Iterator[str]:
    """Dotted names of what a module imports."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{each.name}" for each in node.names)


def lines(paths: list[Path]) -> int:
    """Lines that are not blank."""
    return sum(bool(line.strip()) for path in paths for line in path.read_text().splitlines())
