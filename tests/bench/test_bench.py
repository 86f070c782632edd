"""The benchmarks run and print lines of three fields; their numbers are nobody's business here."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


NAMES = ("decision", "transition", "posting", "verifying")


@pytest.mark.slow
def test_it_prints_name_ratio_and_floor(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bench", "--small", "--only", *NAMES]
    environment = {"PATH": "", "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}", "SHOUSHAN_BENCH_DETAILS": str(tmp_path)}

    answer = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, check=True)

    lines = [line.split(" ") for line in answer.stdout.splitlines()]
    assert len(lines) >= len(NAMES)
    assert all(len(line) == 3 and float(line[1]) > 0 and line[2][:2] in {">=", "<="} for line in lines)
    assert {path.stem for path in tmp_path.glob("*.json")} == {line[0] for line in lines}
