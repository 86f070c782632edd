"""产能恢复率: what the returns last said, of enterprises that work, in files and day by day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from shoushan.apps.resumption import books
from shoushan.apps.resumption.models import EnterpriseStanding
from shoushan.figures.measures import measure
from shoushan.figures.values import evaluate
from shoushan.ledger import api as ledger
from tests.apps.resumption.factories import AT, JANUARY, frame, report
from tests.kept import district

pytestmark = pytest.mark.django_db

FEB_10, FEB_12, FEB_17 = date(2020, 2, 10), date(2020, 2, 12), date(2020, 2, 17)


@pytest.fixture(autouse=True)
def _district(tmp_path: Path) -> None:
    district()
    frame(tmp_path, JANUARY, {1: "规上工业", 2: "限上零售"})


def rate(day: date) -> Decimal | int | None:
    return evaluate(measure("resumption.capacity_rate"), as_of=day).value


def test_it_is_the_mean_of_what_working_enterprises_stated(tmp_path: Path) -> None:
    report(tmp_path, FEB_10, [[1, 50, "2020-02-10", 30, 60], [2, 20, "", 0, 10]])
    report(tmp_path, FEB_17, [[1, 50, "2020-02-10", 45, "85.55"], [2, 20, "2020-02-17", 20, 100], [3, 9, "", 0, ""]])

    assert [rate(day) for day in (date(2020, 2, 9), FEB_10, FEB_12, FEB_17)] == [
        None,
        Decimal("60.0"),
        Decimal("60.0"),
        Decimal("92.8"),
    ]
    assert ledger.verify() == []


def test_an_enterprise_that_no_longer_states_it_is_not_counted(tmp_path: Path) -> None:
    report(tmp_path, FEB_10, [[1, 50, "2020-02-10", 30, 60], [2, 20, "2020-02-10", 5, 40]])
    report(tmp_path, FEB_17, [[1, 50, "2020-02-10", 30, ""], [2, 20, "2020-02-10", 5, 40]])

    assert (rate(FEB_10), rate(FEB_17)) == (Decimal("50.0"), Decimal("40.0"))


def test_it_says_the_same_when_the_ledger_is_told_anew_from_the_records(tmp_path: Path) -> None:
    report(tmp_path, FEB_10, [[1, 50, "", 0, 15]])
    report(tmp_path, FEB_17, [[1, 50, "2020-02-12", 45, 80]])
    before = [rate(day) for day in (FEB_10, FEB_12, FEB_17)]
    stated = ledger.stated_levels("resumption.staff", subjects())

    books.sync_timelines(EnterpriseStanding.objects.values_list("pk", flat=True), at=AT, actor="system")

    assert before == [rate(day) for day in (FEB_10, FEB_12, FEB_17)] == [None, Decimal("15.0"), Decimal("80.0")]
    assert ledger.stated_levels("resumption.staff", subjects()) == stated


def subjects() -> list[str]:
    return [f"enterprise:{code}" for code in EnterpriseStanding.objects.values_list("enterprise__code", flat=True)]
