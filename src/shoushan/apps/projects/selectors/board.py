"""The portfolio as a board: for each stage how many projects there are, with what investment, and the largest of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, F, QuerySet, Sum, Window
from django.db.models.functions import RowNumber

from shoushan.apps.projects.enums.projects import WAY, ProjectStage
from shoushan.apps.projects.models import Project

CARDS: Final = 12
"""So many cards a column has; the others are behind its link to the list."""
COLUMNS: Final = (*WAY, ProjectStage.HALTED)


@dataclass(frozen=True, slots=True)
class Column:
    """One stage."""

    stage: ProjectStage
    count: int
    total_fen: int
    cards: list[Any]

    @property
    def more(self) -> int:
        """How many projects have no card here."""
        return self.count - len(self.cards)


def board(found: QuerySet[Project]) -> list[Column]:
    """The projects of a portfolio by stage, in two queries whatever their number; a stage without any has no column."""
    sums = {
        each["state"]: each
        for each in found.order_by().values("state").annotate(count=Count("pk"), total_fen=Sum("plan_total"))
    }
    place = Window(RowNumber(), partition_by=F("state"), order_by=[F("plan_total").desc(nulls_last=True), "pk"])
    cards: dict[str, list[Any]] = {}
    for project in found.annotate(place=place).filter(place__lte=CARDS).order_by("place"):
        cards.setdefault(project.state, []).append(project)
    return [
        Column(stage, sums[stage]["count"], sums[stage]["total_fen"] or 0, cards.get(stage, []))
        for stage in COLUMNS
        if stage in sums
    ]
