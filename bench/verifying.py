"""`ledger verify` over a sealed ledger.

Limit: hashing the same bytes with hashlib in a loop, each entry's canonical text once.
"""

from __future__ import annotations

import hashlib

from bench import harness


def run(*, full: bool) -> None:
    """Everything that verify does (accounts, entries, tree, totals, levels) against the bare hashing of the entries."""
    count, rounds = (200_000, 3) if full else (20_000, 2)
    with harness.instance():
        from bench import posting
        from bench.decision import AT
        from shoushan.ledger import api as ledger
        from shoushan.ledger import canonical
        from shoushan.lib import rows

        posting.ours(count)
        ledger.seal(at=AT)
        texts = [
            row[0].encode()
            for row in rows.fetch(f"SELECT {canonical.text_sql()} FROM ledger_entry e{canonical.JOINS} ORDER BY e.id")
        ]

        def check() -> float:
            found: list[object] = []
            took = harness.seconds(lambda: found.extend(ledger.verify()))
            if found:
                raise AssertionError(str(found[:3]))
            return took

        def hashing() -> float:
            def work() -> None:
                for text in texts:
                    hashlib.sha256(b"\x00" + text).digest()

            return harness.seconds(work)

        mine, theirs = harness.alternating(check, hashing, rounds)
        ratio = harness.median([them / me for me, them in zip(mine, theirs, strict=True)])
        details = {"entries": count, "bytes": sum(map(len, texts)), "verify_s": mine, "hashing_s": theirs}
        harness.report("verify", ratio, ">=0.4", details)
