"""Bulk posting: entries with transfers, totals and digests.

Limit: the same entry and transfer rows by raw executemany (SQLite) or COPY (PostgreSQL).
"""

from __future__ import annotations

from bench import harness


def run(*, full: bool) -> None:
    """Both sides write the same rows, in turn; the raw rows are taken from what the ledger wrote and undone each time."""
    count, rounds = (50_000, 3) if full else (6_000, 2)
    with harness.instance():
        mine, theirs = harness.alternating(lambda: ours(count), lambda: raw(count), rounds)
        ratio = harness.median([them / me for me, them in zip(mine, theirs, strict=True)])
        details = {
            "entries": count,
            "ours_per_s": count / harness.median(mine),
            "raw_per_s": count / harness.median(theirs),
        }
        harness.report("posting", ratio, ">=0.25", details)


rounds_done = 0


def ours(count: int) -> float:
    """Post through the ledger's door in one transaction."""
    from django.db import transaction

    from bench.decision import AT, DAY
    from shoushan.ledger import api as ledger

    global rounds_done
    rounds_done += 1
    outside = [ledger.Account("bench.people.outside", "person", area) for area in harness.AREAS]
    inside = [ledger.Account("bench.people.at_work", "person", area) for area in harness.AREAS]
    postings = [
        ledger.Posting(
            f"bench/{rounds_done}/{number}",
            "bench.people_counted",
            DAY,
            f"enterprise:E{number:07d}",
            (ledger.Move(outside[number % 13], inside[number % 13], 1 + number % 50),),
        )
        for number in range(count)
    ]

    def work() -> None:
        with transaction.atomic():
            for start in range(0, count, 5_000):
                ledger.post_many(postings[start : start + 5_000], at=AT, actor="system")

    return harness.seconds(work)


def raw(count: int) -> float:
    """The last round's rows again, into copies of the two tables with the same indexes and constraints."""
    from django.db import transaction

    from shoushan.ledger.posting import ENTRY_COLUMNS, TRANSFER_COLUMNS
    from shoushan.lib import rows

    entries = rows.fetch(f"SELECT {', '.join(ENTRY_COLUMNS)} FROM ledger_entry ORDER BY id DESC LIMIT {count}")
    first = min(row[0] for row in entries)
    transfers = rows.fetch(f"SELECT {', '.join(TRANSFER_COLUMNS)} FROM ledger_transfer WHERE entry_id >= {first}")
    shift = count * 1_000
    entries = [(row[0] + shift, f"raw/{row[1]}", *row[2:]) for row in reversed(entries)]
    transfers = [(row[0] + shift, *row[1:]) for row in transfers]

    def work() -> None:
        rows.insert("ledger_entry", ENTRY_COLUMNS, entries)
        rows.insert("ledger_transfer", TRANSFER_COLUMNS, transfers)

    with transaction.atomic():
        took = harness.seconds(work)
        transaction.set_rollback(True)
    return took
