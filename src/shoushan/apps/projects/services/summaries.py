"""What the district says of its key projects: sentences composed from figures alone, nothing in them is typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from shoushan.apps.projects.measures import PROGRESS, SUMMARY
from shoushan.apps.projects.selectors.returns import ahead_on
from shoushan.figures.values import Figure, evaluate_many

Value = int | Decimal | None
BY_CODE = {each.code: each for each in (*SUMMARY, *PROGRESS)}
COUNT, TOTAL, YEAR = "projects.large_projects", "projects.large_total_investment", "projects.large_year_plan"
CITY, COMPLETING, PREMISES = (
    "projects.city_level_projects",
    "projects.completing_projects",
    "projects.planned_premises",
)
PARTS, DONE, RATE = "projects.large_parts", "projects.large_year_done", "projects.year_plan_rate"
CODES = (COUNT, PARTS, TOTAL, YEAR, CITY, COMPLETING, PREMISES, DONE, RATE)


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a day. What it says is a document: Chinese for every reader."""

    as_of: date
    figures: dict[str, Figure]

    @property
    def headline(self) -> str:
        """The sentence for the press (handbook Appendix 1 no. 3)."""
        said = {code: plain(figure.value) for code, figure in self.figures.items()}
        return (
            f"今年实施亿元以上重点项目{said[COUNT]}个，总投资{said[TOTAL]}亿元，年度计划投资{said[YEAR]}亿元；"
            f"其中市级重点项目{said[CITY]}个，年内计划竣工{said[COMPLETING]}个、商业载体{said[PREMISES]}万平方米。"
        )

    @property
    def basis(self) -> str:
        """How it was counted: both counts are always named (handbook D5)."""
        said = {code: plain(figure.value) for code, figure in self.figures.items()}
        return f"个数按打包项目计；按子项计为{said[PARTS]}个。"

    @property
    def is_empty(self) -> bool:
        """Is there no list in force?"""
        return not self.figures[COUNT].numerator

    @property
    def ahead(self) -> Fraction | None:
        """By how many percentage points the year is ahead of the time that has passed by the last full month."""
        rate = self.figures[RATE]
        return ahead_on(self.as_of, rate.numerator, rate.denominator or 0) if rate.numerator else None


def plain(value: Value) -> str:
    """A value as a sentence says it: 1610, not 1610.00."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value else "0"
    return "—" if value is None else str(value)


def summary(*, as_of: date, areas: tuple[str, ...] = ()) -> Summary:
    """Ask the ledger for the day's figures, within area prefixes."""
    return Summary(as_of, evaluate_many([BY_CODE[code] for code in CODES], as_of=as_of, areas=areas))
