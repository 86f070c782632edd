"""Every relative link of the Markdown files leads to a file, and to a heading where it names one."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).parents[2]
SKIPPED = {"var", "node_modules", "build", "dist"}


def is_ours(path: Path) -> bool:
    """Outside of environments, caches and data: hidden folders hold other people's pages, but for the forge's."""
    folders = path.relative_to(ROOT).parts[:-1]
    return not any(folder in SKIPPED or (folder.startswith(".") and folder != ".github") for folder in folders)


PAGES = sorted(filter(is_ours, ROOT.rglob("*.md")))
LINK = re.compile(r"!?\[[^\]]*\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)")


def links_of(text: str) -> list[str]:
    """Targets outside of code, without addresses of other machines."""
    prose = re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)
    return [target for target in LINK.findall(prose) if not re.match(r"[a-z]+:", target)]


def anchors_of(text: str) -> set[str]:
    """Headings as a link spells them."""
    headings = re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", text, flags=re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def broken_links(path: Path) -> list[str]:
    """Targets that lead nowhere."""
    broken = []
    for target in links_of(path.read_text(encoding="utf-8")):
        name, _, anchor = unquote(target).partition("#")
        file = (path.parent / name).resolve() if name else path
        is_there = file.exists() and (not anchor or file.suffix != ".md" or anchor in anchors_of(file.read_text()))
        if not is_there:
            broken.append(target)
    return broken


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_it_has_no_link_that_leads_nowhere(path: Path) -> None:
    assert broken_links(path) == []


def test_an_environment_beside_the_first_is_left_out() -> None:
    assert not is_ours(ROOT / ".venv-next" / "lib" / "README.md")
    assert is_ours(ROOT / ".github" / "PULL_REQUEST_TEMPLATE.md")
    assert is_ours(ROOT / "README.md")


def test_it_finds_a_missing_file_and_a_missing_heading(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    (tmp_path / "other.md").write_text("# A title\n")
    page.write_text(
        "[a](other.md) [b](gone.md) [c](other.md#a-title) [d](other.md#none) `[e](code.md)` [f](https://x.cn)"
    )

    assert broken_links(page) == ["gone.md", "other.md#none"]


@pytest.mark.parametrize("folder", ["docs/explanation", "docs/how-to", "docs/reference"])
def test_every_page_is_listed_in_its_folder(folder: str) -> None:
    listed = links_of((ROOT / folder / "README.md").read_text())

    pages = {path.name for path in (ROOT / folder).glob("*.md")} - {"README.md"}
    assert pages <= set(listed)


def test_every_how_to_has_its_chinese_page() -> None:
    names = {path.name for path in (ROOT / "docs/how-to").glob("*.md")} - {"README.md"}
    english = {name for name in names if not name.endswith(".zh-CN.md")}

    assert {name.removesuffix(".zh-CN.md") for name in names - english} == {
        name.removesuffix(".md") for name in english
    }
