"""`ledger verify` over a sealed ledger.

Limit: the least that any verification must do: read every entry's text once and hash it with hashlib in a loop. A second line
compares with hashing the same bytes ready in memory.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from bench import harness


def run(*, full: bool) -> None:
    """Everything that verify does (accounts, entries, tree, totals, levels) against the bare hashing of the entries."""
    count, rounds = (200_000, 3) if full else (12_000, 2)
    with harness.instance():
        from bench import posting
        from bench.decision import AT
        from shoushan.ledger import api as ledger
        from shoushan.ledger import canonical
        from shoushan.lib import rows

        posting.ours(count)
        ledger.seal(at=AT)
        sql = f"SELECT {canonical.text_sql()} FROM ledger_entry e{canonical.JOINS} WHERE e.id > %s ORDER BY e.id LIMIT 20000"

        def texts() -> Iterator[bytes]:
            for after in range(0, count, 20_000):
                yield from (row[0].encode() for row in rows.fetch(sql, [after]))

        def hashing(source: Iterable[bytes]) -> None:
            for text in source:
                hashlib.sha256(b"\x00" + text).digest()

        def check() -> float:
            found: list[object] = []
            took = harness.seconds(lambda: found.extend(ledger.verify()))
            if found:
                raise AssertionError(str(found[:3]))
            return took

        ready = list(texts())
        mine, theirs = harness.alternating(check, lambda: harness.seconds(lambda: hashing(texts())), rounds)
        bare = [harness.seconds(lambda: hashing(ready)) for _round in range(rounds)]
        details = {
            "entries": count,
            "bytes": sum(map(len, ready)),
            "verify_s": mine,
            "reading_s": theirs,
            "hashing_s": bare,
        }
        harness.report("verify", harness.median(theirs) / harness.median(mine), ">=0.4", details)
        harness.report("verify_in_memory", harness.median(bare) / harness.median(mine), ">=0.4", details)
