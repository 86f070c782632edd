"""Money against time: what was planned by the end of each month, what was done, and how far the year has gone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from shoushan.apps.projects.models import MonthlyReturn, ProjectPlan
from shoushan.apps.projects.selectors.returns import completion, plan_at, time_progress
from shoushan.lib.money import from_fen, rounded


class MoneyLine(NamedTuple):
    """One month of a year; amounts in 万元, shares in per cent. What wasn't reported is None."""

    month: date
    planned: Decimal
    done: Decimal | None
    share: Fraction | None
    time: Fraction

    @property
    def share_shown(self) -> Decimal | None:
        """The share with one place, as the chart draws it."""
        return None if self.share is None else rounded(self.share, 1)

    @property
    def time_shown(self) -> Decimal:
        """The time with one place, as the chart draws it."""
        return rounded(self.time, 1)


def money_lines(year: int, plans: Sequence[ProjectPlan], returns: Sequence[MonthlyReturn]) -> list[MoneyLine]:
    """The twelve months: the year's plan as it stood at the end of each, in equal parts, beside the returns."""
    own = sorted((each for each in plans if each.year == year), key=lambda each: each.revision)
    done = {each.month: each for each in returns}
    if not own:
        return []
    lines = []
    for number in range(1, 13):
        month = date(year, number, 1)
        plan, said, time = plan_at(own, month) or own[0], done.get(month), time_progress(number)
        share = completion(said.year_fen, plan.year_fen) if said else None
        lines.append(
            MoneyLine(
                month,
                from_fen(int(plan.year_fen * time), "万元"),
                from_fen(said.year_fen, "万元") if said else None,
                None if share is None else share * 100,
                time * 100,
            )
        )
    return lines
