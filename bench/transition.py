"""Steps of records: one transition with its record, entry and step, and five hundred returns approved as one action.

Peer of the one: a plain Django `get()` and `save()` of a row of the same table size with simple-history, in a transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from bench import harness

AT = datetime(2020, 3, 23, 9, tzinfo=UTC)
DAY = date(2020, 3, 23)
MANY = 500


def run(*, full: bool) -> None:
    """Both sides take a step of the next of as many rows, in turn; then one officer approves five hundred returns."""
    each, rounds = (400, 5) if full else (60, 3)
    with harness.instance():
        from bench.decision import saver

        officer = an_officer()
        take, save = taker(officer, (rounds + 1) * each), saver(is_loaded=True)

        def many(work: Callable[[], None]) -> float:
            return harness.seconds(lambda: [work() for _ in range(each)])

        many(take)
        many(save)
        mine, theirs = harness.alternating(lambda: many(take), lambda: many(save), rounds)
        ratio = harness.median([them / me for me, them in zip(mine, theirs, strict=True)])
        per_second = {"ours_per_s": each / harness.median(mine), "peer_per_s": each / harness.median(theirs)}
        harness.report("transition", ratio, ">=1", per_second)
        took = [harness.seconds(approval(officer, batch)) for batch in range(3 if full else 1)]
        harness.report("approve_500_s", harness.median(took), "<=2", {"seconds": took})


def an_officer() -> Any:
    """An officer of the first subdistrict."""
    from shoushan.directory.enums import Role
    from shoushan.directory.services import create_user, grant_role

    user = create_user(username="officer", password="long-enough-2020", display_name="街道（演示）", at=AT)
    grant_role(user=user, role=Role.STREET_USER, area_code=harness.AREAS[0], valid_from=DAY - timedelta(days=1))
    return user


def filings(size: int, days_before: int) -> list[Any]:
    """As many returns that wait to be approved, each of an enterprise of its own."""
    from django.db import transaction

    from shoushan.apps.resumption.lifecycle import FILINGS
    from shoushan.apps.resumption.models import ReturnFiling
    from shoushan.lifecycle.numbering import next_code
    from shoushan.lifecycle.services import begin
    from shoushan.registry.enums import Source
    from shoushan.registry.services import NewEnterprise, enter_enterprises

    names = [f"示例第{days_before:02d}批{number:05d}号企业（演示）" for number in range(size)]
    rows = [NewEnterprise(name, harness.AREAS[0]) for name in names]
    entered = enter_enterprises(rows=rows, source=Source.SUBDISTRICT, on=DAY, at=AT)
    day = DAY - timedelta(days=days_before)
    with transaction.atomic():
        return [
            begin(
                FILINGS,
                ReturnFiling(
                    code=next_code("RTN", on=day),
                    enterprise_id=key.id,
                    area_code=harness.AREAS[0],
                    as_of=day,
                    filed_at=AT,
                ),
                on=DAY,
                at=AT,
                actor=None,
            )
            for key in entered
        ]


def taker(officer: Any, size: int) -> Callable[[], None]:
    """Approves the next of as many returns, each in a transaction of its own."""
    from shoushan.apps.resumption.lifecycle import FILINGS
    from shoushan.lifecycle.services import advance

    waiting: Iterator[Any] = iter(filings(size, 0))

    def take() -> None:
        advance(FILINGS, next(waiting).pk, "approve", actor=officer, at=AT)

    return take


def approval(officer: Any, batch: int) -> Callable[[], None]:
    """Approves five hundred fresh returns as the page does."""
    from shoushan.apps.resumption.services import decide_filings

    codes = [filing.code for filing in filings(MANY, 1 + batch)]
    numbers = count()

    def approve() -> None:
        done = decide_filings(codes=codes, step="approve", actor=officer, at=AT)
        if done != MANY or next(numbers):
            raise AssertionError(f"{done} approved")

    return approve
