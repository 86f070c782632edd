"""A stock that is printed in another unit than the ledger keeps: rounded once, its members unrounded."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from shoushan.figures import arithmetic, releases
from shoushan.figures.measures import Measure
from shoushan.figures.values import evaluate, members, series
from shoushan.ledger import api as ledger

pytestmark = pytest.mark.django_db

AT = datetime(2020, 3, 31, tzinfo=UTC)
DAY = date(2020, 3, 23)
ACCOUNT = "tests.money.planned"
MONEY = Measure(
    code="tests.money",
    name="投资",
    unit="亿元",
    definition="测试",
    owner="测试",
    numerator=(ACCOUNT,),
    decimals=2,
    scale=10**10,
)


@pytest.fixture(autouse=True)
def _amounts() -> None:
    for number, (area, fen) in enumerate((("370102011", 123_456_789_012), ("370102013", 5_000_000_000))):
        positions = (ledger.Position(ledger.Account(ACCOUNT, "yuan", area, "A"), fen),)
        statement = ledger.Statement(f"project:P{number}", DAY, positions, "tests.money_stated")
        ledger.state_many("tests.book", [statement], at=AT, actor="system")


def test_it_is_rounded_once() -> None:
    figure = evaluate(MONEY, as_of=DAY, by="area")

    assert (figure.value, figure.numerator) == (Decimal("12.85"), 128_456_789_012)
    assert [str(part.value) for part in figure.parts] == ["12.35", "0.50"]
    assert [str(value) for _day, value in series(MONEY, first=date(2020, 3, 22), last=DAY)] == ["0.00", "12.85"]


def test_what_is_behind_it_is_shown_unrounded() -> None:
    found = members(MONEY, as_of=DAY)

    assert [str(each.shown) for each in found] == ["12.3456789012", "0.5"]
    assert sum(Decimal(each.shown) for each in found) == MONEY.shown(128_456_789_012)
    assert Measure(code="a.b", name="", unit="个", definition="", owner="", numerator=()).shown(3) == 3


def test_a_release_computes_it_again_and_an_older_file_has_no_scale() -> None:
    holdings = {DAY.isoformat(): [["project:P0", ACCOUNT, "370102011", "A", 123_456_789_012]]}
    definition = MONEY.as_dict()

    assert releases.computed(definition, DAY, holdings)["value"] == 12.35
    del definition["scale"]
    assert releases.computed(definition, DAY, holdings)["value"] == 123_456_789_012


def test_units_are_powers_of_ten() -> None:
    assert arithmetic.in_units(118, 100) == Decimal("1.18")
    assert arithmetic.value_of(1, 3, 1, 100) == Decimal("33.3")


def test_a_quotient_in_a_unit_is_computed_again_from_a_release() -> None:
    parts = {"numerator": (ACCOUNT,), "denominator": ("tests.space.held",), "decimals": 2}
    per_sqm = Measure(code="tests.per_sqm", name="", unit="元/平方米", definition="", owner="", factor=1, **parts)  # type: ignore[arg-type]
    rate = Measure(code="tests.rate", name="", unit="%", definition="", owner="", **parts)  # type: ignore[arg-type]
    held = [["project:P0", ACCOUNT, "370102011", "A", 1_000], ["project:P0", "tests.space.held", "370102011", "A", 300]]
    holdings = {DAY.isoformat(): held}

    assert per_sqm.as_dict()["factor"] == 1
    assert "factor" not in rate.as_dict()
    assert releases.computed(per_sqm.as_dict(), DAY, holdings)["value"] == 3.33
    assert releases.computed(rate.as_dict(), DAY, holdings)["value"] == 333.33
