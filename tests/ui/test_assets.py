"""What the content security policy and readable colours demand of every template and asset in the repository."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

import shoushan

PACKAGE = Path(shoushan.__file__).resolve().parent
TEMPLATES = sorted(path for folder in PACKAGE.rglob("templates") for path in folder.rglob("*.html"))
ASSETS = sorted(
    path
    for folder in PACKAGE.rglob("static")
    for path in folder.rglob("*")
    if path.suffix in {".css", ".js", ".svg"} and path.parent.name != "vendor"
)
STYLESHEET = PACKAGE / "ui" / "static" / "ui" / "tokens.css"

FORBIDDEN = {
    "inline style element": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "inline script": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "event handler attribute": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "script evaluated by htmx": re.compile(r"\shx-on|\bjs:|javascript:", re.IGNORECASE),
    "asset from another host": re.compile(r"(?:src|href|action)\s*=\s*[\"']?(?:https?:)?//", re.IGNORECASE),
}


def identifier(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def test_it_finds_templates_and_assets() -> None:
    assert any(path.name == "base.html" for path in TEMPLATES)
    assert STYLESHEET in ASSETS


@pytest.mark.parametrize("path", TEMPLATES, ids=identifier)
def test_it_has_no_template_that_the_security_policy_would_break(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    broken = [rule for rule, pattern in FORBIDDEN.items() if pattern.search(text)]

    assert broken == []


@pytest.mark.parametrize(
    "html",
    [
        "<style>a{}</style>",
        '<p style="color:red">',
        "<script>1</script>",
        '<a onclick="x()">',
        '<script src="//cdn.example/x.js"></script>',
        '<a href="javascript:x()">',
    ],
)
def test_it_would_notice_what_is_forbidden(html: str) -> None:
    assert any(pattern.search(html) for pattern in FORBIDDEN.values())


@pytest.mark.parametrize("path", ASSETS, ids=identifier)
def test_it_loads_nothing_from_other_hosts(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")

    assert not re.search(r"https?://|@import|url\(", text)


def tokens(theme: str) -> dict[str, str]:
    """The colours of one theme; what the dark theme does not change, it takes from the light one."""
    text = STYLESHEET.read_text(encoding="utf-8")
    light = re.findall(r"^:root \{(.*?)\}", text, re.DOTALL | re.MULTILINE)[0]
    dark = re.findall(r"^\[data-bs-theme=\"dark\"\] \{(.*?)\}", text, re.DOTALL | re.MULTILINE)[0]
    blocks = (light,) if theme == "light" else (light, dark)
    return {name: value for block in blocks for name, value in re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{3,6});", block)}


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[index : index + 2], 16) / 255 for index in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


TEXT_PAIRS = [
    *product(["ink", "muted", "accent", "late", "soon", "good"], ["paper", "surface", "sunken"]),
    *[("late", "late-soft"), ("soon", "soon-soft"), ("good", "good-soft"), ("accent-strong", "accent-soft")],
    *[("ink", "late-soft"), ("ink", "soon-soft"), ("ink", "good-soft"), ("ink", "accent-soft")],
    *product(["ink"], ["scale-1", "scale-2", "scale-3"]),
    *product(["on-scale"], ["scale-4", "scale-5"]),
    *[("on-accent", "accent"), ("on-accent", "accent-strong"), ("on-top", "top")],
]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_it_keeps_text_readable(theme: str, text: str, ground: str) -> None:
    colours = tokens(theme)

    ratio = contrast(colours[text], colours[ground])

    assert ratio >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), list(product(["line-strong", "focus"], ["paper", "surface", "sunken"])))
def test_it_keeps_borders_of_controls_visible(theme: str, edge: str, ground: str) -> None:
    colours = tokens(theme)

    ratio = contrast(colours[edge], colours[ground])

    assert ratio >= 3.0
