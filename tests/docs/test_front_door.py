"""The first things a stranger sees: a small picture, and facts that agree with the package."""

from __future__ import annotations

import re
from pathlib import Path

import shoushan

ROOT = Path(__file__).parents[2]


def test_it_keeps_pictures_small() -> None:
    pictures = list((ROOT / "docs" / "images").iterdir())

    assert pictures
    assert all(path.stat().st_size <= 120 * 1024 for path in pictures)


def test_it_states_the_version_of_the_package() -> None:
    stated = re.search(r"^softwareVersion: (\S+)$", (ROOT / "publiccode.yml").read_text(), re.MULTILINE)

    assert stated is not None
    assert stated.group(1) == shoushan.__version__


def test_it_names_screenshots_that_are_there() -> None:
    [named] = re.findall(r"screenshots: \[(.*)\]", (ROOT / "publiccode.yml").read_text())

    assert all((ROOT / path.strip()).exists() for path in named.split(","))


def test_both_readmes_show_the_two_commands_and_the_picture() -> None:
    for name in ("README.md", "README.zh-CN.md"):
        text = (ROOT / name).read_text()
        assert "\nscript/demo " in text
        assert "\nscript/test " in text
        assert "(docs/images/bulletin.webp)" in text
