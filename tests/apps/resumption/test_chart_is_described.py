"""Every account in which the chart puts something, and every kind of entry, is described."""

from __future__ import annotations

from itertools import product

from shoushan.apps.resumption import chart
from shoushan.apps.resumption.chart import Head
from shoushan.apps.resumption.enums import Category
from shoushan.apps.resumption.lifecycle import DIFFICULTY, WORKERS
from shoushan.casework.lifecycle import matter_lifecycle

AREA = "370102011"


def test_it_describes_exactly_the_accounts_that_it_uses() -> None:
    used: dict[str, str] = {}
    for category, is_resumed, is_stopped in product(Category.values, (True, False), (True, False)):
        positions = chart.standing_positions(AREA, category, is_resumed=is_resumed, is_stopped=is_stopped)
        positions += chart.staff_positions(AREA, category, Head(9, 5, 8_500), is_resumed=is_resumed)
        used |= {account.code: account.unit for account, _amount in positions}

    described = {code: unit for code, (unit, _meaning) in chart.ACCOUNTS.items()}
    others = {code for code in described if code.startswith((f"{chart.DIFFICULTIES}.", f"{chart.WORKERS}."))}
    assert {code: unit for code, unit in described.items() if code not in others} == used


def test_it_describes_every_state_of_a_difficulty_that_is_counted() -> None:
    counted = {
        f"{chart.DIFFICULTIES}.{state.account}" for state in matter_lifecycle(DIFFICULTY).states if state.account
    }
    described = {code for code in chart.ACCOUNTS if code.startswith(f"{chart.DIFFICULTIES}.")}

    assert counted
    assert {code for code in described if code.count(".") == 2} == counted


def test_it_describes_every_state_of_a_worker_that_is_counted() -> None:
    counted = {f"{chart.WORKERS}.{state.account}" for state in WORKERS.states if state.account}

    assert {code for code in chart.ACCOUNTS if code.startswith(f"{chart.WORKERS}.")} == counted


def test_it_describes_every_kind_of_entry() -> None:
    kinds = {
        value
        for name, value in vars(chart).items()
        if name.isupper() and isinstance(value, str) and value.endswith(("ed",)) and value.count(".") == 1
    }

    assert kinds == chart.KINDS.keys()
