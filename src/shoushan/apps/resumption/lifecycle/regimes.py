"""How an enterprise may reopen on a day, and whether a worker who comes back is isolated: the rules of that day answer."""

from __future__ import annotations

from datetime import date

from shoushan.apps.resumption.enums.policies import IsolationResult, Origin, Regime
from shoushan.apps.resumption.lifecycle.rules import ISOLATION, LIMITS, REGIME
from shoushan.lifecycle import selectors
from shoushan.lifecycle.enums import Risk
from shoushan.lifecycle.selectors import Ruling

PROVINCE = "37"
ABROAD = "ABROAD"
"""Stands for an area code where somebody comes from another country."""


def regime_on(*, area: str, on: date, is_exempt: bool = False) -> tuple[Regime, Ruling]:
    """The regime for an enterprise in an area on the day of its application, with the rule that says so.

    Raises PolicyError where no rule is in force or none applies.
    """
    facts = {"risk": selectors.risk_level(area, on=on), "exempt": _yes(is_exempt)}
    found = selectors.ruling(REGIME.code, on=on, area=area, facts=facts)
    return Regime(found.row["regime"]), found


def isolation_of(
    *, area: str, origin: str, on: date, has_certificate: bool, by_charter: bool, is_normal: bool
) -> tuple[IsolationResult, Ruling]:
    """What a worker who arrives in `area` from the division `origin` has to do, with the rule (handbook C2).

    `origin` is a division code or `ABROAD`; its risk is that of the day of arrival.
    """
    risk = Risk.MEDIUM.value if origin == ABROAD else selectors.risk_level(origin, on=on)
    facts = {
        "origin": origin_kind(origin, risk).value,
        "low_risk": _yes(risk == Risk.LOW),
        "certificate": _yes(has_certificate),
        "charter": _yes(by_charter),
        "normal": _yes(is_normal),
    }
    found = selectors.ruling(ISOLATION.code, on=on, area=area, facts=facts)
    return IsolationResult(found.row["result"]), found


def origin_kind(origin: str, risk: str) -> Origin:
    """The kind of place as the rule on isolation asks."""
    if origin == ABROAD:
        return Origin.ABROAD
    if risk == Risk.OUTBREAK:
        return Origin.OUTBREAK
    return Origin.IN_PROVINCE if origin.startswith(PROVINCE) else Origin.OTHER_PROVINCE


def limit(name: str, *, area: str, on: date) -> float:
    """A limit of the day by its name, such as 体温上限."""
    return float(selectors.threshold(LIMITS.code, name, on=on, area=area))


def _yes(is_so: object) -> str:
    return "YES" if is_so else "NO"
