"""Small pieces of Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def code(text: object) -> str:
    """Text in a code font; empty stays empty."""
    return f"`{text}`" if str(text) else ""


def codes(texts: Iterable[object]) -> str:
    """Several pieces in a code font."""
    return ", ".join(code(text) for text in texts)


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; a bar or a line break in a cell can't break it."""
    lines = [_line(headings), "|" + "---|" * len(headings)]
    return "\n".join([*lines, *(_line(row) for row in rows)])


def _line(cells: Sequence[object]) -> str:
    return "| " + " | ".join(cell(each) for each in cells) + " |"


def cell(content: object) -> str:
    """What may stand between two bars."""
    return " ".join(str(content).replace("|", "\\|").split())


def page(title: str, lead: str, sections: Iterable[str]) -> str:
    """A whole page: title, what it lists, where it comes from, sections."""
    note = "Generated from the code by `script/reference`; don't edit."
    return "\n\n".join([f"# {title}", f"{lead} {note}", *sections]) + "\n"


def prose(docstring: str) -> str:
    """A docstring as paragraphs, without its indentation."""
    paragraphs = docstring.strip().split("\n\n")
    return "\n\n".join(" ".join(line.strip() for line in paragraph.splitlines()) for paragraph in paragraphs)
