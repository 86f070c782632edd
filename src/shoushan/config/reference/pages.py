"""Which pages there are, how they are written, and how they are compared."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from django.conf import settings

from shoushan.config.reference import accounts, commands, dependencies, measures, models, sheets, states, variables

FOLDER: Final = Path(settings.CHECKOUT) / "docs" / "reference"

PAGES: Final[dict[str, Callable[[], str]]] = {
    "accounts.md": accounts.render,
    "commands.md": commands.render,
    "dependencies.md": dependencies.render,
    "measures.md": measures.render,
    "models.md": models.render,
    "settings.md": variables.render,
    "sheets.md": sheets.render,
    "states.md": states.render,
}


def write(folder: Path) -> None:
    """Write every page; files of other names are left alone."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, render in PAGES.items():
        (folder / name).write_text(render(), encoding="utf-8")


def differing(folder: Path) -> list[str]:
    """Pages that are missing in the folder or not what the code says now."""
    return [name for name, render in PAGES.items() if not _is_same(folder / name, render())]


def _is_same(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text
