"""The surroundings of commands that tests start in processes of their own."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).parents[1]


def surroundings(**given: str) -> dict[str, str]:
    """Nothing of the caller's environment but what measures coverage, and what is given."""
    measuring = {name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")}
    return {"PATH": os.environ["PATH"], "PYTHONPATH": "src", "PYTHONUTF8": "1", **measuring, **given}
