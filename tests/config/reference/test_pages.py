"""docs/reference says what the code says, and the check names the page that does not."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from shoushan.config.reference import pages

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("reference")
    pages.write(path)
    return path


@pytest.mark.parametrize("name", sorted(pages.PAGES))
def test_it_keeps_the_page_that_the_code_gives(folder: Path, name: str) -> None:
    kept = (pages.FOLDER / name).read_text(encoding="utf-8")

    assert kept == (folder / name).read_text(encoding="utf-8"), "run script/reference"


def test_it_finds_nothing_to_mend_in_what_it_wrote(folder: Path) -> None:
    assert pages.differing(folder) == []


def test_it_names_a_page_that_was_edited_and_one_that_is_missing(tmp_path: Path) -> None:
    pages.write(tmp_path)
    with (tmp_path / "states.md").open("a") as file:
        file.write("By hand.\n")
    (tmp_path / "sheets.md").unlink()

    assert pages.differing(tmp_path) == ["sheets.md", "states.md"]


def test_it_leaves_pages_of_others_alone(tmp_path: Path) -> None:
    (tmp_path / "permissions.md").write_text("made elsewhere")

    pages.write(tmp_path)

    assert (tmp_path / "permissions.md").read_text() == "made elsewhere"
    assert pages.differing(tmp_path) == []


def test_the_script_fails_and_names_the_page(tmp_path: Path) -> None:
    pages.write(tmp_path)
    (tmp_path / "measures.md").write_text("")

    command = [str(ROOT / "script" / "reference"), "--check", "--folder", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert done.stderr == "measures.md 与代码不一致，请运行 script/reference 后一并提交。\n"


@pytest.mark.parametrize("name", sorted(pages.PAGES))
def test_it_is_listed_in_the_folder(name: str) -> None:
    assert f"({name})" in (pages.FOLDER / "README.md").read_text()
