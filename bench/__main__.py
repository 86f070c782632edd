"""All benchmarks: `python -m bench [--small|--full] [--only NAME …] [--pg SERVER]`; prints `name ratio floor` lines."""

from __future__ import annotations

import argparse
import importlib
import os
import subprocess
import sys

from bench import harness

NAMES = (
    "imports",
    "as_of",
    "decision",
    "transition",
    "posting",
    "verifying",
    "list_page",
    "daily_report",
    "charters",
    "portfolio",
    "cut_off",
)


def main() -> int:
    """Each benchmark in a process of its own; 1 when one of them failed to run."""
    parser = argparse.ArgumentParser(prog="script/bench")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--small", action="store_true", help="under a minute in all (default)")
    size.add_argument("--full", action="store_true", help="the sizes that the floors are stated for")
    parser.add_argument("--only", nargs="+", choices=NAMES, default=NAMES)
    parser.add_argument("--pg", metavar="ADDRESS", help="on this PostgreSQL server instead of SQLite")
    parser.add_argument("--inside", choices=NAMES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.pg:
        os.environ["SHOUSHAN_BENCH_PG"] = options.pg
    if options.inside:
        importlib.import_module(f"bench.{options.inside}").run(full=options.full)
        return 0
    failed = 0
    with harness.template():
        for name in options.only:
            command = [sys.executable, "-m", "bench", "--full" if options.full else "--small", "--inside", name]
            failed |= subprocess.run(command, check=False).returncode
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
