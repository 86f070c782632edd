"""The settings page, the README and the code name the same variables with the same defaults."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shoushan.config.reference import markdown, variables

ROOT = Path(__file__).parents[3]


def test_it_gives_every_variable_that_is_read_a_meaning() -> None:
    assert [each.name for each in variables.variables()] == list(variables.MEANINGS)


def test_it_takes_defaults_from_the_code() -> None:
    found = {each.name: each.default for each in variables.variables()}

    assert found["SHOUSHAN_MAX_UPLOAD_MB"] == "`50`"
    assert found["SHOUSHAN_HTTPS"] == "`0`"
    assert found["SHOUSHAN_LOG_LEVEL"] == "`WARNING`"
    assert all(found.values())


def test_it_refuses_a_variable_without_a_meaning(monkeypatch: pytest.MonkeyPatch) -> None:
    fewer = {name: text for name, text in variables.MEANINGS.items() if name != "SHOUSHAN_HTTPS"}
    monkeypatch.setattr(variables, "MEANINGS", fewer)

    with pytest.raises(variables.UndescribedVariableError, match="SHOUSHAN_HTTPS"):
        variables.variables()


def test_it_misses_no_variable_anywhere_in_the_product_and_its_scripts() -> None:
    known = variables.MEANINGS.keys() | variables.FOR_TESTS.keys()
    files = [*(ROOT / "src").rglob("*.py"), *(ROOT / "script").iterdir()]
    named = {name for path in files for name in variables.NAME.findall(path.read_text())}

    assert named - known == set()


@pytest.mark.parametrize("name", ["README.md"])
def test_the_readme_says_the_same(name: str) -> None:
    rows = re.findall(r"^\| `SHOUSHAN_.*$", (ROOT / name).read_text(), re.MULTILINE)
    lines = markdown.table(("", "", ""), (each.row for each in variables.variables())).splitlines()[2:]

    assert rows == lines
