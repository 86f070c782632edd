"""The frozen figures of a release: computed when publishing, computed again when verifying."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from shoushan.figures import arithmetic, naming, values
from shoushan.figures.measures import Measure
from shoushan.ledger import api as ledger


def freeze(measures: Sequence[Measure], *, as_of: date, known_at: int) -> dict[str, Any]:
    """Figures, and the holdings that they are computed from: [subject, account, area, category, amount] by day."""
    days: dict[date, set[str]] = {as_of: set()}
    for measure in measures:
        days[as_of].update(measure.numerator, measure.denominator)
        if measure.days_back:
            days.setdefault(arithmetic.days_before(as_of, measure.days_back), set()).update(measure.numerator)
    holdings = {
        day.isoformat(): [
            [subject, account.code, account.area, account.category, amount]
            for subject, account, amount in ledger.holdings(sorted(codes), as_of=day, known_at=known_at)
        ]
        for day, codes in days.items()
    }
    subjects = {str(line[0]) for lines in holdings.values() for line in lines}
    return {
        "figures": [_frozen(measure, as_of, holdings, known_at) for measure in measures],
        "holdings": holdings,
        "names": naming.subject_names(sorted(subjects)),
        "breakdown_names": {
            "area": _names("area"),
            "category": {
                key: name for by in {each.categories: None for each in measures} for key, name in _names(by).items()
            },
        },
    }


def _names(by: str) -> dict[str, str]:
    return {key: str(name) for key, name in naming.breakdown_names(by).items()}


def _frozen(measure: Measure, as_of: date, holdings: dict[str, list[list[Any]]], known_at: int) -> dict[str, Any]:
    frame = values.frame_in_force(measure, as_of, known_at)
    return {"definition": measure.as_dict(), "frame": frame, **computed(measure.as_dict(), as_of, holdings)}


def computed(definition: Mapping[str, Any], as_of: date, holdings: Mapping[str, list[list[Any]]]) -> dict[str, Any]:
    """Value, parts and breakdowns of a definition over frozen holdings: when publishing, and when verifying."""
    top = arithmetic.release_lines(holdings[as_of.isoformat()], definition["numerator"])
    if definition["days_back"]:
        earlier = arithmetic.days_before(as_of, definition["days_back"]).isoformat()
        top += [
            (area, category, -amount)
            for area, category, amount in arithmetic.release_lines(holdings[earlier], definition["numerator"])
        ]
    bottom = (
        arithmetic.release_lines(holdings[as_of.isoformat()], definition["denominator"])
        if definition["denominator"]
        else None
    )
    decimals, scale = definition["decimals"], definition.get("scale", 1)  # older files name no scale
    factor = definition.get("factor", 100)
    numerator = sum(line[2] for line in top)
    denominator = None if bottom is None else sum(line[2] for line in bottom)
    breakdowns = {}
    for by in ("area", "category"):
        tops = arithmetic.sums_by(top, by, values.SUBDISTRICT_DIGITS)
        bottoms = arithmetic.sums_by(bottom, by, values.SUBDISTRICT_DIGITS) if bottom is not None else {}
        breakdowns[by] = {
            key: arithmetic.plain(
                arithmetic.value_of(
                    tops.get(key, 0), None if bottom is None else bottoms.get(key, 0), decimals, scale, factor
                )
            )
            for key in sorted(tops.keys() | bottoms.keys())
        }
    value = arithmetic.plain(arithmetic.value_of(numerator, denominator, decimals, scale, factor))
    return {"value": value, "numerator": numerator, "denominator": denominator, "by": breakdowns}
