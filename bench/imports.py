"""Import of a workbook of 25 columns: read, every cell validated, records upserted, ledger posted.

Peer: django-import-export importing the same file into the same fields (enterprise and return), one pass, with
the model's validation, no ledger.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from bench import harness


def ours(path: str) -> dict[str, Any]:
    """The product's importer, committing; in a process of its own for its memory."""
    harness.prepare()
    from django.utils import timezone

    from bench.workbook import AS_OF
    from shoushan.exchange.declarations import sheet
    from shoushan.exchange.services import bring_in

    start = harness.peak_megabytes()
    results: list[Any] = []
    took = harness.seconds(
        lambda: results.append(
            bring_in(Path(path), at=timezone.now(), sheet=sheet("resumption.ledger"), as_of=AS_OF, commit=True)
        )
    )
    result = results[0]
    if result.new != result.rows or not result.rows:
        raise AssertionError(f"{result.rows} rows, {result.new} new: {result.problems[:3]}")
    return {"seconds": took, "rows": result.rows, "megabytes": harness.peak_megabytes(), "at_start": start}


def peer(path: str) -> dict[str, Any]:
    """The peer, one pass, into an enterprise table and a return table."""
    harness.prepare()
    import tablib
    from django.db import transaction

    from bench.harness import AREAS
    from bench.peers.models import PeerReturn
    from bench.peers.resources import return_resource
    from bench.workbook import AREA_NAMES

    resource = return_resource({f"{name}街道": code for name, code in zip(AREA_NAMES, AREAS, strict=True)})
    answers: list[Any] = []

    def work() -> None:
        data = tablib.Dataset().load(Path(path).read_bytes(), format="xlsx")
        with transaction.atomic():
            answers.append(resource.import_data(data, dry_run=False, raise_errors=False))

    took = harness.seconds(work)
    result = answers[0]
    if result.has_errors() or result.has_validation_errors() or PeerReturn.objects.count() < result.total_rows:
        raise AssertionError(
            f"{PeerReturn.objects.count()} of {result.total_rows}: {result.base_errors} {result.row_errors()[:2]} {result.invalid_rows[:2]}"
        )
    return {"seconds": took, "rows": result.total_rows, "megabytes": harness.peak_megabytes()}


def run(*, full: bool) -> None:
    """Import `rows` new enterprises on both sides; in the full run also 100,000 rows for the growth of time and memory."""
    rows, rounds = (10_000, 3) if full else (800, 1)
    with harness.instance() as home:
        from bench import workbook

        mine, theirs = [], []
        for serial in range(rounds):
            path = home / f"{serial}.xlsx"
            workbook.write(path, rows, serial=serial)
            theirs.append(harness.child("bench.imports", "peer", str(path)))
            mine.append(harness.child("bench.imports", "ours", str(path)))
        ratio = harness.median([them["seconds"] / me["seconds"] for me, them in zip(mine, theirs, strict=True)])
        harness.report("import", ratio, ">=10", {"rows": rows, "ours": mine, "peer": theirs})
        memory = max(me["megabytes"] for me in mine)
        harness.report("import_memory_mb", memory, "<=250", {})
        if full:
            path = home / "large.xlsx"
            workbook.write(path, rows * 10, serial=9)
            large = harness.child("bench.imports", "ours", str(path))
            small = harness.median([me["seconds"] for me in mine])
            harness.report("import_time_growth_10x", large["seconds"] / small, "<=11", {"large": large})
            harness.report("import_memory_growth_10x", large["megabytes"] / memory, "<=1.3", {"large": large})


if __name__ == "__main__":
    print(json.dumps({"ours": ours, "peer": peer}[sys.argv[1]](sys.argv[2])))
