"""Enterprises under a stop order: no longer counted as resumed, their people not as at work, until they work again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from shoushan.apps.resumption import books
from shoushan.apps.resumption.enums import Standing
from shoushan.apps.resumption.models import EnterpriseStanding, WorkStop
from shoushan.figures.measures import measure
from shoushan.figures.values import evaluate
from shoushan.ledger import api as ledger
from shoushan.registry.models import Enterprise
from tests.apps.resumption.factories import AT, JANUARY, frame, report
from tests.kept import district

pytestmark = pytest.mark.django_db

FEB_10, FEB_14, FEB_15, FEB_16, FEB_20 = (date(2020, 2, day) for day in (10, 14, 15, 16, 20))


@pytest.fixture(autouse=True)
def _district(tmp_path: Path) -> None:
    district()
    frame(tmp_path, JANUARY, {1: "规上工业"})
    report(tmp_path, FEB_10, [[1, 50, "2020-02-10", 30], [7, 9, "2020-02-10", 9]])


def firm() -> Enterprise:
    return Enterprise.objects.get(name="示例1号有限公司")


def stopped(since: date, until: date | None = None) -> None:
    WorkStop.objects.create(enterprise=firm(), since=since, until=until)
    books.sync_timelines([firm().pk], at=AT, actor="system")


def value(code: str, day: date) -> int | None:
    return evaluate(measure(code), as_of=day).numerator


def at_a_stand(day: date) -> int:
    return sum(each.amount for each in ledger.balances(["resumption.enterprises.stopped"], as_of=day))


def test_it_counts_neither_the_enterprise_nor_its_people_while_it_is_stopped() -> None:
    stopped(FEB_15, FEB_20)

    assert [value("resumption.people_at_work", day) for day in (FEB_14, FEB_15, FEB_20)] == [30, 0, 30]
    assert [at_a_stand(day) for day in (FEB_14, FEB_15, FEB_20)] == [0, 1, 0]


def test_a_return_in_between_does_not_lift_the_order(tmp_path: Path) -> None:
    stopped(FEB_15)

    report(tmp_path, FEB_16, [[1, 50, "2020-02-10", 28]])

    assert EnterpriseStanding.objects.get(pk=firm().pk).status == Standing.STOPPED
    assert value("resumption.people_at_work", FEB_16) == 0


def test_it_is_under_one_order_at_a_time_and_works_again_no_earlier_than_it_stopped() -> None:
    stopped(FEB_15)

    with pytest.raises(IntegrityError), transaction.atomic():
        WorkStop.objects.create(enterprise=firm(), since=FEB_16)
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkStop.objects.filter(enterprise=firm()).update(until=FEB_14)
