"""Status and head count by the 13 subdistricts on a past day, over 10,000 enterprises.

Peer: django-simple-history's `as_of` with aggregation over the same history. In the full run the ledger also grows tenfold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from bench import harness
from bench.harness import AREAS

FIRST = date(2020, 2, 10)
AT = datetime(2020, 2, 9, tzinfo=UTC)
RESUMED, NOT_RESUMED, AT_WORK = (
    "bench.enterprises.resumed",
    "bench.enterprises.not_resumed",
    "bench.people.at_work",
)

Change = tuple[int, date, str, int]
"""Enterprise, day, status, people at work."""


def history(enterprises: int, days: int, seed: int = 1) -> Iterator[list[Change]]:
    """Day by day, what every enterprise reports: it resumes once, its head count moves every day."""
    random = Random(seed)
    resumes = [random.randrange(days) for _ in range(enterprises)]
    for number in range(days):
        day = FIRST + timedelta(days=number)
        yield [
            (each, day, "resumed", 5 + (each * 7 + number * 13) % 400)
            if resumes[each] <= number
            else (each, day, "not_resumed", 0)
            for each in range(enterprises)
        ]


def fill_ledger(enterprises: int, days: int, *, offset: int = 0) -> int:
    """The history as postings: one entry an enterprise and day, status and head count moved; returns the transfers."""
    from django.db import transaction

    from shoushan.ledger import api as ledger

    transfers = 0
    before: dict[int, tuple[str, int]] = {}
    for changes in history(enterprises, days):
        postings = []
        for each, day, status, people in changes:
            moves = _moves(AREAS[each % 13], before.get(each), status, people)
            before[each] = (status, people)
            transfers += len(moves)
            subject = f"enterprise:E{offset + each:07d}"
            key = f"bench/{subject}/{day.isoformat()}"
            postings.append(ledger.Posting(key, "bench.return_reported", day, subject, moves))
        for start in range(0, len(postings), 5_000):
            with transaction.atomic():
                ledger.post_many(postings[start : start + 5_000], at=AT, actor="system")
    return transfers


def _moves(area: str, before: tuple[str, int] | None, status: str, people: int) -> tuple[Any, ...]:
    from shoushan.ledger.transfers import Account, Position, plan_moves

    def positions(status: str, people: int) -> tuple[Any, ...]:
        at_work = (Position(Account(AT_WORK, "person", area, ""), people),) if people else ()
        return (Position(Account(f"bench.enterprises.{status}", "enterprise", area, ""), 1), *at_work)

    return plan_moves(positions(*before) if before else (), positions(status, people))


def fill_peer(enterprises: int, days: int) -> int:
    """The same history as simple-history keeps it: one historical row a save, with the indexes it makes."""
    from bench.peers.models import PeerEnterprise

    historical = PeerEnterprise.history.model
    firms = [
        PeerEnterprise(id=each + 1, uscc=f"{each:018d}", area=AREAS[each % 13], status="x", at_work=0)
        for each in range(enterprises)
    ]
    PeerEnterprise.objects.bulk_create(firms, batch_size=1_000)
    made = 0
    for changes in history(enterprises, days):
        moment = datetime.combine(changes[0][1], time(8), tzinfo=UTC)
        rows = [
            historical(
                id=each + 1,
                uscc=f"{each:018d}",
                area=AREAS[each % 13],
                status=status,
                at_work=people,
                history_date=moment,
                history_type="~",
            )
            for each, _day, status, people in changes
        ]
        historical.objects.bulk_create(rows, batch_size=1_000)
        made += len(rows)
    return made


def ask_ledger(day: date) -> dict[str, tuple[int, int]]:
    """Enterprises resumed and people at work, by subdistrict."""
    from shoushan.ledger import api as ledger

    found: dict[str, list[int]] = {}
    for account, amount in ledger.balances([RESUMED, AT_WORK], as_of=day):
        found.setdefault(account.area, [0, 0])[account.code == AT_WORK] += amount
    return {area: (firms, people) for area, (firms, people) in sorted(found.items())}


def ask_peer(day: date) -> dict[str, tuple[int, int]]:
    """The same from the historical rows."""
    from django.db.models import Count, Sum

    from bench.peers.models import PeerEnterprise

    moment = datetime.combine(day, time(23, 59), tzinfo=UTC)
    rows = (
        PeerEnterprise.history.as_of(moment)
        .filter(status="resumed")
        .values("area")
        .annotate(firms=Count("id"), people=Sum("at_work"))
    )
    return {row["area"]: (row["firms"], row["people"]) for row in rows.order_by("area")}


def timed(ask: Callable[[date], Any], days: list[date], times: int) -> list[float]:
    """Milliseconds of each question."""
    return [harness.seconds(lambda day=day: ask(day)) * 1000 for day in days for _ in range(times)]  # type: ignore[misc]


def run(*, full: bool) -> None:
    """Early, middle and last day; both sides must give the same numbers first."""
    enterprises, days = (10_000, 110) if full else (500, 40)
    with harness.instance():
        transfers = fill_ledger(enterprises, days)
        rows = fill_peer(enterprises, days)
        asked = [FIRST + timedelta(days=number) for number in (days // 8, days // 2, days - 1)]
        for day in asked:
            if ask_ledger(day) != ask_peer(day):
                raise AssertionError(f"{day}: the two sides differ")
        theirs = timed(ask_peer, asked, 1 if full else 2)
        mine = timed(ask_ledger, asked, 30)
        ratio = sum(theirs) / len(theirs) / (sum(mine) / len(mine))
        details = {"transfers": transfers, "history_rows": rows, "ours_ms": mine, "peer_ms": theirs}
        harness.report("as_of", ratio, ">=100", details)
        own = harness.median(mine)
        harness.report("as_of_ms", own, "<=5", {})
        if full:
            grow(asked, own, transfers)


def grow(asked: list[date], before: float, transfers: int) -> None:
    """Nine times as many transfers come in for the same accounts and days; the same questions again."""
    for number in range(1, 10):
        fill_ledger(10_000, 110, offset=number * 10_000)
    after = harness.median(timed(ask_ledger, asked, 30))
    harness.report("as_of_growth_10x", after / before, "<=1.3", {"ms": after, "transfers": transfers * 10})
