"""The reference district, generated once for the tests that only read it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from demo.generate import generate

DATES = (
    date(2020, 2, 10),
    date(2020, 3, 20),
    date(2020, 3, 22),
    date(2020, 3, 23),
    date(2020, 3, 24),
    date(2020, 3, 30),
)


@pytest.fixture(scope="session")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory with the files of six dates."""
    out = tmp_path_factory.mktemp("district")
    generate(out, dates=DATES)
    return out


@pytest.fixture(scope="session")
def listed(district: Path) -> dict[str, Any]:
    """The manifest of those files."""
    content: dict[str, Any] = json.loads((district / "manifest.json").read_text(encoding="utf-8"))
    return content
