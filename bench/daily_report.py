"""The district's daily report: 2,000 enterprises of the frame with three days of returns, every sum asked three ways."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bench import harness


def run(*, full: bool) -> None:
    """Milliseconds of one report, composed from the ledger; the median of as many."""
    rows, rounds = (2_000, 15) if full else (300, 5)
    with harness.instance() as home:
        fill(home, rows)
        from bench.workbook import AS_OF
        from shoushan.apps.resumption.services.daily_reports import ENTERPRISES, FRAME, compose_report

        report = compose_report(as_of=AS_OF)
        if report.total.sums[FRAME] != rows or not report.total.sums[ENTERPRISES] or not report.is_right:
            raise AssertionError(report.total)
        took = [harness.seconds(lambda: compose_report(as_of=AS_OF)) * 1000 for _round in range(rounds)]
        harness.report("daily_report_ms", harness.median(took), "<=300", {"rows": rows, "ms": took})


def fill(home: Path, rows: int) -> None:
    """The list of the bureau with these enterprises, and their returns of three days."""
    from django.utils import timezone

    from bench import workbook
    from shoushan.exchange.declarations import sheet
    from shoushan.exchange.services import bring_in

    now = timezone.now()
    members = home / "名单(2020年3月).xlsx"
    workbook.write_frame(members, rows)
    bring_in(members, at=now, sheet=sheet("resumption.frame"), commit=True)
    for back in (2, 1, 0):
        path = home / f"list{back}.xlsx"
        workbook.write(path, rows)
        day = workbook.AS_OF - timedelta(days=back)
        bring_in(path, at=now, sheet=sheet("resumption.ledger"), as_of=day, commit=True)
