"""`script/messages`: collects the sentences of the program into the English catalogue, or checks that it is in order."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog

from shoushan.config import extraction
from shoushan.config.messages import CATALOGUES, INSIDE, read_catalogue

PACKAGE: Final = Path(__file__).resolve().parent.parent
ENGLISH: Final = CATALOGUES / "en" / INSIDE
STALE: Final = "src/shoushan/locale is not what the program says now: run script/messages"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the catalogue and name what is still to be translated; with --check write nothing, and fail for either."""
    parser = argparse.ArgumentParser(prog="script/messages", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when something is to be done")
    options = parser.parse_args(arguments)
    kept = read_catalogue(ENGLISH) if ENGLISH.exists() else Catalog(locale="en")
    catalogue = extraction.merged(extraction.extracted(PACKAGE), kept)
    text = extraction.as_text(catalogue)
    wrong = extraction.problems(catalogue)
    if options.check:
        wrong += [] if ENGLISH.exists() and ENGLISH.read_text(encoding="utf-8") == text else [STALE]
    else:
        ENGLISH.parent.mkdir(parents=True, exist_ok=True)
        ENGLISH.write_text(text, encoding="utf-8")
    for line in wrong:
        print(line, file=sys.stderr)
    if wrong:
        print(f"{len(wrong)} to be done in {ENGLISH.relative_to(PACKAGE.parent.parent)}", file=sys.stderr)
    return 1 if options.check and wrong else 0


if __name__ == "__main__":
    sys.exit(main())
