"""Corrections of the past: every day shows what the newest records say of it, and nothing of what was withdrawn."""

from datetime import date
from pathlib import Path

import pytest

from shoushan.figures.measures import measure
from shoushan.figures.values import evaluate
from shoushan.ledger import api as ledger
from tests.apps.resumption.factories import JANUARY, frame, report
from tests.kept import district

pytestmark = pytest.mark.django_db

FEB_10, FEB_15, FEB_17, FEB_24 = date(2020, 2, 10), date(2020, 2, 15), date(2020, 2, 17), date(2020, 2, 24)
DAYS = [date(2020, 2, 9), FEB_10, date(2020, 2, 12), FEB_15, FEB_17, FEB_24, date(2020, 3, 1)]


@pytest.fixture(autouse=True)
def _district() -> None:
    district()


def course(code: str) -> list[int]:
    return [evaluate(measure(code), as_of=day).numerator for day in DAYS]


@pytest.mark.parametrize(
    ("steps", "resumed"),
    [
        (["2020-02-15", "2020-02-10"], [0, 1, 1, 1, 1, 1, 1]),
        (["2020-02-10", "2020-02-15"], [0, 0, 0, 1, 1, 1, 1]),
        (["2020-02-15", "2020-02-10", "2020-02-12"], [0, 0, 1, 1, 1, 1, 1]),
        (["2020-02-10", "", "2020-02-15"], [0, 0, 0, 1, 1, 1, 1]),
        (["2020-02-15", "", "2020-02-10"], [0, 1, 1, 1, 1, 1, 1]),
        (["2020-02-15", "2020-02-10", "2020-02-15"], [0, 0, 0, 1, 1, 1, 1]),
    ],
)
def test_it_follows_every_correction_of_the_first_day_of_work(
    tmp_path: Path, steps: list[str], resumed: list[int]
) -> None:
    frame(tmp_path, JANUARY, {1: "规上工业"})

    for step in steps:
        report(tmp_path, FEB_17, [[1, 50, step, 30 if step else 0]])

    assert course("resumption.enterprises_resumed") == resumed
    assert course("resumption.enterprises_in_frame") == [1] * len(DAYS)
    assert ledger.verify() == []
