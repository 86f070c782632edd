"""One decision: the record changes state, the entry with its transfer is posted, the totals follow, in one transaction.

Peer: a plain Django `save()` of the same row with simple-history.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count

from bench import harness

AT = datetime(2020, 3, 23, 9, tzinfo=UTC)
DAY = date(2020, 3, 23)


def run(*, full: bool) -> None:
    """Both sides decide on rows of a table of 2,000, in turn."""
    each, rounds = (500, 5) if full else (150, 3)
    with harness.instance():
        from bench.peers.models import PeerEnterprise
        from shoushan.apps.resumption.models import EnterpriseStanding
        from shoushan.ledger import api as ledger
        from shoushan.registry.enums import Source
        from shoushan.registry.services import NewEnterprise, enter_enterprises

        from django.db import transaction

        entered = enter_enterprises(
            rows=[NewEnterprise(f"示例第{n:06d}号企业（演示）", harness.AREAS[n % 13]) for n in range(2_000)],
            source=Source.SUBDISTRICT,
            on=DAY,
            at=AT,
        )
        EnterpriseStanding.objects.bulk_create(
            [EnterpriseStanding(enterprise_id=key.id, area_code=harness.AREAS[n % 13]) for n, key in enumerate(entered)]
        )
        PeerEnterprise.objects.bulk_create(
            [PeerEnterprise(uscc=f"{n:018d}", area=harness.AREAS[n % 13], status="x", at_work=0) for n in range(2_000)]
        )
        codes = dict(entered)
        peers = list(PeerEnterprise.objects.all())
        standings = list(EnterpriseStanding.objects.all())
        numbers = count()

        def accounts(area: str) -> tuple[ledger.Account, ledger.Account]:
            return (
                ledger.Account("bench.decisions.submitted", "case", area),
                ledger.Account("bench.decisions.approved", "case", area),
            )

        submitted = []  # every case is in the ledger before it is decided on
        for n, key in enumerate(entered):
            here = accounts(harness.AREAS[n % 13])[0]
            moves = (ledger.Move(here.origin, here, 1_000),)
            key_text, subject = f"bench/{key.code}/submitted", f"enterprise:{key.code}"
            submitted.append(ledger.Posting(key_text, "bench.case_submitted", DAY, subject, moves))
        ledger.post_many(submitted, at=AT, actor="system")

        def decide() -> None:
            standing = standings[next(numbers) % 2_000]
            code, area = codes[standing.pk], standing.area_code
            with transaction.atomic():
                standing.reported_on = DAY
                standing.save(update_fields=["reported_on"])
                ledger.post(
                    key=f"bench/{code}/{next(numbers)}",
                    kind="bench.case_approved",
                    occurred_on=DAY,
                    subject=f"enterprise:{code}",
                    moves=[ledger.Move(*accounts(area), 1)],
                    at=AT,
                    actor="user:1",
                )

        def save() -> None:
            peer = peers[next(numbers) % 2_000]
            peer.status = "approved"
            peer.save()

        def many(work: object) -> float:
            return harness.seconds(lambda: [work() for _ in range(each)])  # type: ignore[operator]

        many(decide), many(save)
        mine, theirs = harness.alternating(lambda: many(decide), lambda: many(save), rounds)
        ratio = harness.median([them / me for me, them in zip(mine, theirs, strict=True)])
        per_second = {"ours_per_s": each / harness.median(mine), "peer_per_s": each / harness.median(theirs)}
        harness.report("decision", ratio, ">=1", per_second)
