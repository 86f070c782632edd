"""One decision: the record changes, the entry with its transfer is posted, the totals follow, in one transaction.

Peer: a plain Django `save()` of the same row with simple-history.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from bench import harness

AT = datetime(2020, 3, 23, 9, tzinfo=UTC)
DAY = date(2020, 3, 23)
RECORDS = 2_000


def run(*, full: bool) -> None:
    """Both sides decide on rows of a table of 2,000, in turn."""
    each, rounds = (500, 5) if full else (150, 3)
    with harness.instance():
        decide, save = decider(), saver()

        def many(work: Callable[[], None]) -> float:
            return harness.seconds(lambda: [work() for _ in range(each)])

        many(decide)
        many(save)
        mine, theirs = harness.alternating(lambda: many(decide), lambda: many(save), rounds)
        ratio = harness.median([them / me for me, them in zip(mine, theirs, strict=True)])
        per_second = {"ours_per_s": each / harness.median(mine), "peer_per_s": each / harness.median(theirs)}
        harness.report("decision", ratio, ">=1", per_second)


def decider() -> Callable[[], None]:
    """Decides on the next case; every case is in the ledger before it is decided on."""
    from django.db import transaction

    from shoushan.apps.resumption.models import EnterpriseStanding
    from shoushan.ledger import api as ledger

    codes = dict(enter_cases())
    standings = list(EnterpriseStanding.objects.all())
    numbers = count()

    def decide() -> None:
        number = next(numbers)
        standing = standings[number % RECORDS]
        code = codes[standing.pk]
        with transaction.atomic():
            standing.reported_on = DAY
            standing.save(update_fields=["reported_on"])
            ledger.post(
                key=f"bench/{code}/{number}",
                kind="bench.case_approved",
                occurred_on=DAY,
                subject=f"enterprise:{code}",
                moves=[ledger.Move(*accounts(standing.area_code), 1)],
                at=AT,
                actor="user:1",
            )

    return decide


def enter_cases() -> list[tuple[int, str]]:
    """Enterprises with their standing, and a submitted case of each in the ledger."""
    from shoushan.apps.resumption.models import EnterpriseStanding
    from shoushan.ledger import api as ledger
    from shoushan.registry.enums import Source
    from shoushan.registry.services import NewEnterprise, enter_enterprises

    areas = [harness.AREAS[number % 13] for number in range(RECORDS)]
    new = [NewEnterprise(f"示例第{number:06d}号企业（演示）", area) for number, area in enumerate(areas)]
    entered = enter_enterprises(rows=new, source=Source.SUBDISTRICT, on=DAY, at=AT)
    EnterpriseStanding.objects.bulk_create(
        [EnterpriseStanding(enterprise_id=key.id, area_code=area) for key, area in zip(entered, areas, strict=True)]
    )
    submitted = []
    for key, area in zip(entered, areas, strict=True):
        here = accounts(area)[0]
        moves = (ledger.Move(here.origin, here, 1_000),)
        text, subject = f"bench/{key.code}/submitted", f"enterprise:{key.code}"
        submitted.append(ledger.Posting(text, "bench.case_submitted", DAY, subject, moves))
    ledger.post_many(submitted, at=AT, actor="system")
    return [(key.id, key.code) for key in entered]


def accounts(area: str) -> tuple[Any, Any]:
    """Where a case is before and after."""
    from shoushan.ledger import api as ledger

    return (
        ledger.Account("bench.decisions.submitted", "case", area),
        ledger.Account("bench.decisions.approved", "case", area),
    )


def saver(*, is_loaded: bool = False) -> Callable[[], None]:
    """Saves the next of as many rows, with history; `is_loaded` reads the row first, in one transaction."""
    from django.db import transaction

    from bench.peers.models import PeerEnterprise

    PeerEnterprise.objects.bulk_create(
        [PeerEnterprise(uscc=f"{n:018d}", area=harness.AREAS[n % 13], status="x", at_work=0) for n in range(RECORDS)]
    )
    peers = list(PeerEnterprise.objects.all())
    numbers = count()

    def save() -> None:
        peer = peers[next(numbers) % RECORDS]
        peer.status = "approved"
        peer.save()

    def load_and_save() -> None:
        with transaction.atomic():
            peer = PeerEnterprise.objects.select_for_update().get(pk=peers[next(numbers) % RECORDS].pk)
            peer.status = "approved"
            peer.save()

    return load_and_save if is_loaded else save
